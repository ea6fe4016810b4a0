//! What HTTP clients get, and how.

use std::path::PathBuf;

use clap::Args;

/// The settings of the server.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Server")]
pub struct Http {
    /// Other sites whose pages may read answers, as in `https://www.example.gov.sg`; `*` for all.
    #[arg(
        long,
        env = "CIVIGRAPH_CORS_ORIGINS",
        global = true,
        value_name = "ORIGINS",
        value_delimiter = ','
    )]
    pub cors_origins: Vec<String>,

    /// A file with the documents that may be meant by their identifiers, as Apollo's and Relay's tools
    /// write it.
    #[arg(
        long,
        env = "CIVIGRAPH_TRUSTED_DOCUMENTS",
        global = true,
        value_name = "FILE"
    )]
    pub trusted_documents: Option<PathBuf>,

    /// Answer no other documents than the trusted ones.
    #[arg(
        long,
        env = "CIVIGRAPH_TRUSTED_ONLY",
        global = true,
        requires = "trusted_documents"
    )]
    pub trusted_only: bool,

    /// How many bytes of documents are kept that clients then ask for by their hash alone.
    #[arg(
        long,
        env = "CIVIGRAPH_PERSISTED_QUERY_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 8_388_608
    )]
    pub persisted_query_bytes: u64,

    /// How many bytes of parsed documents are kept, about; and half as many of requests that came before.
    #[arg(
        long,
        env = "CIVIGRAPH_PARSED_DOCUMENT_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 4_194_304
    )]
    pub parsed_document_bytes: u64,

    /// How many bytes of finished answers are kept; 0 keeps none.
    #[arg(
        long,
        env = "CIVIGRAPH_ANSWER_CACHE_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 8_388_608
    )]
    pub answer_cache_bytes: u64,

    /// How many bytes of rows and lists are held of the present content, so that they are not read again; 0
    /// holds none. Answers that are kept take of this, up to half of it.
    #[arg(
        long,
        env = "CIVIGRAPH_ROW_CACHE_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 25_165_824
    )]
    pub row_cache_bytes: u64,

    /// How long clients and networks may use an answer without asking again, in seconds, at most.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_AGE",
        global = true,
        value_name = "SECONDS",
        default_value_t = 60
    )]
    pub max_age: u32,

    /// How many connections there may be; more wait.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_CONNECTIONS",
        global = true,
        value_name = "CONNECTIONS",
        default_value_t = 10_000
    )]
    pub max_connections: u32,

    /// How many WebSockets and event streams there may be.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_STREAMS",
        global = true,
        value_name = "STREAMS",
        default_value_t = 2_000
    )]
    pub max_streams: u32,

    /// How long a client may take to send a request, in seconds, and a connection may be idle.
    #[arg(
        long,
        env = "CIVIGRAPH_READ_SECONDS",
        global = true,
        value_name = "SECONDS",
        default_value_t = 15
    )]
    pub read_seconds: u64,

    /// How long a subscriber may take to read what it is sent, in seconds.
    #[arg(
        long,
        env = "CIVIGRAPH_WRITE_SECONDS",
        global = true,
        value_name = "SECONDS",
        default_value_t = 10
    )]
    pub write_seconds: u64,
}
