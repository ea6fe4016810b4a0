//! What the server says of itself.

use async_graphql::{Context, Object};

use crate::{config::Limits as Settings, load::MAX_SIZE};

/// This server.
pub struct Service;

/// What the server says of itself.
#[Object]
impl Service {
    /// Which version of Civigraph it runs.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// What one request may ask for. A request that exceeds a limit is refused with an error whose
    /// `extensions` name the limit as it is called here, what was `asked` and what is `allowed`.
    async fn limits(&self, ctx: &Context<'_>) -> Limits {
        Limits(*ctx.data_unchecked())
    }
}

/// The limits of the server.
pub struct Limits(Settings);

/// What one request may ask for.
#[Object]
impl Limits {
    /// How large the body of a request may be, in bytes.
    async fn request_bytes(&self) -> i64 {
        number(self.0.max_request_bytes)
    }

    /// How long a document may be, in bytes.
    async fn document_bytes(&self) -> i64 {
        number(self.0.max_document_bytes)
    }

    /// How many tokens a document may have: names, numbers, texts and punctuation.
    async fn tokens(&self) -> i64 {
        number(self.0.max_tokens)
    }

    /// How deep the brackets of a document may nest.
    async fn nesting(&self) -> i64 {
        number(self.0.max_nesting)
    }

    /// How long a name or a number in a document may be, in bytes.
    async fn name_length(&self) -> i64 {
        number(self.0.max_name_length)
    }

    /// How deep the fields of a query may nest once its fragments are expanded. Introspection has a rule
    /// of its own: it may not go round in circles.
    async fn depth(&self) -> i64 {
        number(self.0.max_depth)
    }

    /// How many fields a document may have once its fragments are expanded.
    async fn fields(&self) -> i64 {
        number(self.0.max_fields)
    }

    /// How many aliases a document may have once its fragments are expanded.
    async fn aliases(&self) -> i64 {
        number(self.0.max_aliases)
    }

    /// How many fields a query may have at its root.
    async fn root_fields(&self) -> i64 {
        number(self.0.max_root_fields)
    }

    /// How many directives a document may have once its fragments are expanded.
    async fn directives(&self) -> i64 {
        number(self.0.max_directives)
    }

    /// How many variables an operation may have.
    async fn variables(&self) -> i64 {
        number(self.0.max_variables)
    }

    /// How many lists of types and fields may nest in introspection: in circles, or in depth.
    async fn introspection_depth(&self) -> i64 {
        number(self.0.max_introspection_depth)
    }

    /// How many fields the answer to an introspection may have, as roughly reckoned: nearly twice the
    /// whole schema.
    async fn introspection_cost(&self) -> i64 {
        number(self.0.max_introspection_cost)
    }

    /// How much a request may cost: the number of fields that its answer has if all its pages are full.
    /// `extensions.cost` of every answer tells its own.
    async fn cost(&self) -> i64 {
        number(self.0.max_cost)
    }

    /// How many rows the lists of one answer may have in all, nested ones included.
    async fn rows(&self) -> i64 {
        number(self.0.max_rows)
    }

    /// How many entries a page of a list may have.
    async fn page_size(&self) -> i64 {
        MAX_SIZE.into()
    }

    /// How many requests may come as one batch; 1 means that batches are refused.
    async fn batch_size(&self) -> i64 {
        number(self.0.max_batch)
    }

    /// How long a request may be worked on, in milliseconds.
    async fn milliseconds(&self) -> i64 {
        i64::try_from(self.0.max_milliseconds).unwrap_or(i64::MAX)
    }

    /// How many operations one WebSocket may have at a time.
    async fn socket_operations(&self) -> i64 {
        number(self.0.max_operations)
    }
}

fn number(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

#[derive(Default)]
pub struct ServiceQuery;

#[Object]
impl ServiceQuery {
    /// This server: its version, and the limits that requests must keep.
    async fn service(&self) -> Service {
        Service
    }
}
