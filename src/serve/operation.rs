//! One operation of a document, ready to run, and running it.

use std::{
    collections::HashSet,
    ops::Deref,
    sync::{Arc, OnceLock, Weak},
};

use async_graphql::{
    Name, Request, Response, ServerError, Value, Variables,
    futures_util::stream::{BoxStream, StreamExt},
    parser::types::{DocumentOperations, ExecutableDocument, OperationType, Selection},
};
use sea_orm::DbErr;
use tokio::task::unconstrained;
use tracing::error;

use super::{
    Service,
    answers::Identity,
    documents::Document,
    fault::{refused, shorten},
    guard::{
        chosen,
        cost::{Cost, cost},
    },
    metrics::Meters,
    request::Asked,
};
use crate::{
    error::code,
    graphql::{Writing, has_null, read_again},
    load::{Columns, Rows, Seen},
};

/// One operation of a document with its variables: it has passed all guards.
#[derive(Clone)]
pub(super) struct Operation {
    pub(super) document: Arc<Document>,
    pub(super) chosen: Arc<Chosen>,
}

/// Which operation of a document, and with which variables.
pub(super) struct Chosen {
    pub(super) name: Option<String>,
    pub(super) kind: OperationType,
    pub(super) variables: Variables,
    /// What tells it apart from all others.
    pub(super) identity: Arc<Identity>,
    /// Where those of its requests are counted that have nothing wrong with them.
    pub(super) meters: OnceLock<Meters>,
    /// Kept with the parsed ones, or no more: many operations share it, and none that is kept keeps it.
    document: Weak<Document>,
    cost: Cost,
}

/// What came of running an operation.
pub(super) struct Ran {
    pub(super) response: Response,
    /// Nothing was run: the request itself is at fault.
    pub(super) refused: bool,
    /// Which content the answer has.
    pub(super) seen: Seen,
    /// Whether something in it is null.
    pub(super) null: bool,
}

impl Ran {
    /// What came of a request that was not at fault, and yet has no answer.
    pub(super) fn failed(error: ServerError) -> Self {
        Self {
            refused: false,
            ..Self::refused(vec![error])
        }
    }

    /// What came of a request that is at fault.
    pub(super) fn refused(errors: Vec<ServerError>) -> Self {
        Self {
            response: Response::from_errors(errors),
            refused: true,
            seen: Seen::default(),
            null: false,
        }
    }
}

impl Deref for Operation {
    type Target = Chosen;

    fn deref(&self) -> &Chosen {
        &self.chosen
    }
}

impl Operation {
    /// With its document, if that is still kept.
    pub(super) fn of(chosen: Arc<Chosen>) -> Option<Self> {
        let document = chosen.document.upgrade()?;
        Some(Self { document, chosen })
    }

    fn request(&self, document: ExecutableDocument) -> Request {
        let mut request = Request::new("").variables(self.variables.clone());
        if let Some(name) = &self.name {
            request = request.operation_name(name);
        }
        request.set_parsed_query(document);
        request
    }

    /// How much room it takes while it runs, in fields.
    fn weight(&self) -> u64 {
        // As many as the whole schema has, about.
        const INTROSPECTION: u64 = 50_000;
        let introspection = u64::from(self.document.introspects) * INTROSPECTION;
        self.cost.requested.saturating_add(introspection)
    }

    /// What was asked for and what came of it, in fields.
    fn cost(&self, response: &Response, writing: &Writing) -> Value {
        let charged = if response.errors.is_empty() {
            self.cost.charged(&response.data, writing.fields())
        } else {
            // Something may have been written and then given up for an error.
            self.cost.charged(&read_again(&response.data), 0)
        };
        let cost = [("requested", self.cost.requested), ("charged", charged)];
        let entries = cost.map(|(name, fields)| (Name::new(name), fields.into()));
        Value::Object(entries.into_iter().collect())
    }
}

impl Service {
    /// The operation that a request asks for, if it may run.
    pub(super) fn operation(&self, asked: Asked) -> Result<Operation, ServerError> {
        let document = self.documents.find(&asked)?;
        let (name, kind) = document.operation(asked.operation_name.as_deref())?;
        let name = name.map(ToOwned::to_owned);
        let variables = document.variables(name.as_deref(), asked.variables)?;
        let variables = serde_json::Value::Object(variables);
        let variables_text = variables.to_string();
        let variables = Variables::from_json(variables);
        let cost = cost(&document.parsed, name.as_deref(), &variables, &self.shapes);
        cost.check(&self.limits)?;
        let identity = Identity::new(document.text.clone(), name.clone(), variables_text);
        let chosen = Chosen {
            name,
            kind,
            variables,
            identity: Arc::new(identity),
            meters: OnceLock::new(),
            document: Arc::downgrade(&document),
            cost,
        };
        Ok(Operation {
            document,
            chosen: Arc::new(chosen),
        })
    }

    /// Runs a query, once there is room for it, over what `rows` reads. `id` is the request's, for the log.
    pub(super) async fn run(&self, operation: &Operation, rows: Arc<Rows>, id: &str) -> Ran {
        let _room = self.room.work(operation.weight()).await;
        let request = operation.request(operation.document.parsed.clone());
        let writing = Arc::new(Writing::new(operation.document.repeats));
        let request = request
            .data(rows.clone())
            .data(writing.clone())
            .data(self.limits);
        // What waits for a batch would else be put off after a hundred of its kind, and looked at once more.
        let mut response = unconstrained(self.schema.execute(request)).await;
        let refused = was_refused(&response);
        self.tell(&mut response, id);
        if !refused {
            let cost = operation.cost(&response, &writing);
            response.extensions.insert("cost".to_owned(), cost);
        }
        Ran {
            null: writing.has_null() || has_null(&response.data),
            response,
            refused,
            seen: rows.seen(),
        }
    }

    /// Runs a subscription: what comes of each event.
    pub(super) fn subscribe(
        &self,
        operation: &Operation,
        id: String,
    ) -> Result<BoxStream<'static, Ran>, ServerError> {
        let document = alone(&operation.document, operation.name.as_deref())?;
        let mut request = Request::new("").variables(operation.variables.clone());
        request.set_parsed_query(document);
        let request = request
            .data(Arc::new(self.rows(Arc::new(Columns::ALL), None)))
            .data(Arc::new(Writing::new(operation.document.repeats)))
            .data(self.feed.clone())
            .data(self.limits);
        let service = self.clone();
        let events = self.schema.execute_stream(request);
        let ran = events.then(move |mut response| {
            let refused = was_refused(&response);
            service.tell(&mut response, &id);
            let service = service.clone();
            async move {
                // It may be of newer content than its event: then others must be able to see that, too.
                let _ = service.revision.anew().await;
                Ran {
                    response,
                    refused,
                    seen: Seen::default(),
                    null: false,
                }
            }
        });
        Ok(ran.boxed())
    }

    /// The batching layer of a request of this content revision.
    pub(super) fn rows(&self, columns: Arc<Columns>, revision: Option<i64>) -> Rows {
        let held = revision.and_then(|revision| self.holding.of(revision));
        let (readers, most) = (self.readers.clone(), self.limits.max_rows);
        Rows::new(readers, columns, held, self.today(), most)
    }

    /// Gives every error a code, and logs those that are our fault, once each: the caller learns no more of
    /// them than the identifier of their request.
    fn tell(&self, response: &mut Response, id: &str) {
        // A short document can be wrong in thousands of places.
        const MOST_ERRORS: usize = 100;
        if was_refused(response) {
            response.errors.truncate(MOST_ERRORS);
        }
        let mut logged: Vec<*const DbErr> = Vec::new();
        for error in &mut response.errors {
            if let Some(cause) = error.source::<DbErr>() {
                // The answers of one batch share their failure.
                let place: *const DbErr = cause;
                if !logged.contains(&place) {
                    logged.push(place);
                    error!(request.id = %id, %cause, "The database failed");
                }
                let extensions = error.extensions.get_or_insert_default();
                extensions.set("requestId", id);
            }
            with_code(error);
            self.metrics.error(error);
        }
    }
}

/// The library's own errors have no code.
fn with_code(error: &mut ServerError) {
    shorten(error);
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code::GRAPHQL_VALIDATION_FAILED);
    }
}

/// Whether nothing was run: an error of a field has a path.
fn was_refused(response: &Response) -> bool {
    let errors = &response.errors;
    !errors.is_empty() && errors.iter().all(|error| error.path.is_empty())
}

/// A subscription has one root field (GraphQL, section 5.2.3.1): makes a document of it alone, out of the
/// fragments that it may stand in, where the library does not look for it.
fn alone(document: &Document, name: Option<&str>) -> Result<ExecutableDocument, ServerError> {
    let fragments = &document.parsed.fragments;
    let operation = chosen(&document.parsed, name);
    let (_, operation) = operation.expect("the operation was found before");
    let mut operation = operation.clone();
    let mut roots = Vec::new();
    let mut waiting = std::mem::take(&mut operation.node.selection_set.node.items);
    while let Some(selection) = waiting.pop() {
        // The guards have refused circles, and bounded how many there are.
        match selection.node {
            Selection::Field(_) => roots.push(selection),
            Selection::InlineFragment(fragment) => {
                waiting.extend(fragment.node.selection_set.node.items);
            }
            Selection::FragmentSpread(spread) => {
                let fragment = fragments.get(&spread.node.fragment_name.node);
                let items = fragment.map(|fragment| &fragment.node.selection_set.node.items);
                waiting.extend(items.into_iter().flatten().cloned());
            }
        }
    }
    if roots.len() != 1 {
        let message = "A subscription has one field at its root: send one subscription for each.";
        return Err(refused(code::GRAPHQL_VALIDATION_FAILED, message));
    }
    let mut spread = HashSet::new();
    let mut waiting: Vec<_> = roots.iter().collect();
    while let Some(selection) = waiting.pop() {
        let set = match &selection.node {
            Selection::Field(field) => Some(&field.node.selection_set),
            Selection::InlineFragment(fragment) => Some(&fragment.node.selection_set),
            Selection::FragmentSpread(fragment) => {
                let name = &fragment.node.fragment_name.node;
                let fragment = fragments.get(name).filter(|_| spread.insert(name.clone()));
                fragment.map(|fragment| &fragment.node.selection_set)
            }
        };
        waiting.extend(set.into_iter().flat_map(|set| &set.node.items));
    }
    operation.node.selection_set.node.items = roots;
    let fragments = fragments.iter().filter(|(name, _)| spread.contains(*name));
    Ok(ExecutableDocument {
        operations: DocumentOperations::Single(operation),
        fragments: fragments
            .map(|(name, fragment)| (name.clone(), fragment.clone()))
            .collect(),
    })
}
