//! What one request may ask for. Each limit is told to clients by `service { limits { … } }`.

use clap::Args;

/// The limits. A request that exceeds one is refused with an error that names it.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// How large the body of a request may be, in bytes.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_REQUEST_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 262_144
    )]
    pub max_request_bytes: usize,

    /// How long a document may be, in bytes.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_DOCUMENT_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 100_000
    )]
    pub max_document_bytes: usize,

    /// How many tokens a document may have.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_TOKENS",
        global = true,
        value_name = "TOKENS",
        default_value_t = 10_000
    )]
    pub max_tokens: usize,

    /// How deep the brackets of a document may nest.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_NESTING",
        global = true,
        value_name = "LEVELS",
        default_value_t = 64
    )]
    pub max_nesting: usize,

    /// How long a name or a number in a document may be, in bytes.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_NAME_LENGTH",
        global = true,
        value_name = "BYTES",
        default_value_t = 200
    )]
    pub max_name_length: usize,

    /// How deep the fields of a query may nest once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_DEPTH",
        global = true,
        value_name = "LEVELS",
        default_value_t = 20
    )]
    pub max_depth: usize,

    /// How many fields a document may have once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_FIELDS",
        global = true,
        value_name = "FIELDS",
        default_value_t = 5_000
    )]
    pub max_fields: usize,

    /// How many aliases a document may have once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_ALIASES",
        global = true,
        value_name = "ALIASES",
        default_value_t = 100
    )]
    pub max_aliases: usize,

    /// How many root fields a query may have once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_ROOT_FIELDS",
        global = true,
        value_name = "FIELDS",
        default_value_t = 50
    )]
    pub max_root_fields: usize,

    /// How many directives a document may have once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_DIRECTIVES",
        global = true,
        value_name = "DIRECTIVES",
        default_value_t = 100
    )]
    pub max_directives: usize,

    /// How many variables an operation may have.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_VARIABLES",
        global = true,
        value_name = "VARIABLES",
        default_value_t = 100
    )]
    pub max_variables: usize,

    /// How many lists of types and fields may nest in introspection.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_INTROSPECTION_DEPTH",
        global = true,
        value_name = "LISTS",
        default_value_t = 2
    )]
    pub max_introspection_depth: usize,

    /// How many fields the answer to an introspection may have, as roughly reckoned.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_INTROSPECTION_COST",
        global = true,
        value_name = "FIELDS",
        default_value_t = 1_000_000
    )]
    pub max_introspection_cost: usize,

    /// How many fields the answer of a query may have if all its pages are full: its cost.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_COST",
        global = true,
        value_name = "FIELDS",
        default_value_t = 200_000
    )]
    pub max_cost: usize,

    /// How many rows the lists of one answer may have in all, nested ones included.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_ROWS",
        global = true,
        value_name = "ROWS",
        default_value_t = 20_000
    )]
    pub max_rows: usize,

    /// How many requests may come as one batch; with 1, batches are refused.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_BATCH",
        global = true,
        value_name = "REQUESTS",
        default_value_t = 1
    )]
    pub max_batch: usize,

    /// How long a request may be worked on, in milliseconds.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_MILLISECONDS",
        global = true,
        value_name = "MILLISECONDS",
        default_value_t = 10_000
    )]
    pub max_milliseconds: u64,

    /// How many operations one WebSocket may have at a time.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_OPERATIONS",
        global = true,
        value_name = "OPERATIONS",
        default_value_t = 100
    )]
    pub max_operations: usize,
}
