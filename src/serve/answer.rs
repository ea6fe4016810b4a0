//! From a request to a finished answer: kept, or run and serialised.

use std::{sync::Arc, time::Duration};

use async_graphql::{Response, ServerError, Value, parser::types::OperationType};
use axum::http::HeaderValue;
use sea_orm::DbErr;
use tokio::time::timeout;

use super::{
    Service,
    answers::{Answer, Kept, Lookup, Question},
    fault::{exceeded, refused},
    guard::kinds::touched,
    operation::{Chosen, Operation, Ran},
};
use crate::{
    error::{code, told},
    graphql::write,
    load::{Columns, Read, Rows, Seen},
};

/// How often a query is run again because content was published while it ran.
const TRIES: usize = 3;

impl Service {
    /// The answer to an operation, as fresh as the moment it was asked; in time, whatever it is.
    pub(super) async fn answer(&self, operation: &Operation, id: &str) -> (Arc<Answer>, Kept) {
        match self.at_hand(operation) {
            Some(answer) => (answer, Kept::Hit),
            // On the heap, so that what is at hand is not carried about in a future of many kilobytes.
            None => Box::pin(self.in_time(operation, id)).await,
        }
    }

    /// The answer that is kept: then nothing must be waited for.
    pub(super) fn at_hand(&self, chosen: &Chosen) -> Option<Arc<Answer>> {
        if chosen.kind != OperationType::Query {
            return None;
        }
        let revision = self.revision.known()?;
        self.answers.kept(&Lookup {
            of: &chosen.identity,
            today: self.today(),
            revision,
        })
    }

    async fn in_time(&self, operation: &Operation, id: &str) -> (Arc<Answer>, Kept) {
        let longest = Duration::from_millis(self.limits.max_milliseconds);
        match timeout(longest, self.fresh(operation, id)).await {
            Ok(answer) => answer,
            Err(_) => (Arc::new(self.out_of_time(operation)), Kept::Pass),
        }
    }

    fn out_of_time(&self, operation: &Operation) -> Answer {
        let most = self.limits.max_milliseconds;
        let message = format!(
            "The request was worked on for {most} milliseconds, which is the limit: ask for less at once."
        );
        let error = exceeded(code::TIMEOUT, "milliseconds", None, most, &message);
        self.metrics.error(&error);
        self.finished(operation, &Ran::failed(error))
    }

    async fn fresh(&self, operation: &Operation, id: &str) -> (Arc<Answer>, Kept) {
        if operation.kind != OperationType::Query {
            let rows = self.rows(Arc::new(Columns::ALL), None);
            let ran = self.run(operation, Arc::new(rows), id).await;
            return (Arc::new(self.finished(operation, &ran)), Kept::Pass);
        }
        let revision = match self.revision.now().await {
            Ok(revision) => revision,
            Err(cause) => {
                let answer = self.unavailable(operation, &cause, id);
                return (Arc::new(answer), Kept::Pass);
            }
        };
        let question = Question {
            of: operation.identity.clone(),
            today: self.today(),
            revision,
        };
        let made = self.made(operation, id, revision);
        let (answer, kept) = self.answers.get(question, made).await;
        if kept == Kept::Miss {
            self.holding.leave(self.answers.bytes());
        }
        (answer, kept)
    }

    /// Runs a query, and tells whether its answer is of this revision, and so may be kept. It is wholly of this
    /// or a later one.
    async fn made(&self, operation: &Operation, id: &str, revision: i64) -> (Arc<Answer>, bool) {
        let mut before = revision;
        for _ in 0..TRIES {
            let columns = operation.document.columns(&self.shapes);
            let rows = Arc::new(self.rows(columns, Some(before)));
            let ran = self.run(operation, rows.clone(), id).await;
            let answer = self.finished(operation, &ran);
            let keep = !answer.errors && before == revision;
            let read = rows.read();
            if read == Read::Nothing || answer.unavailable {
                return (Arc::new(answer), keep);
            }
            // Statements that ran before and after a publication do not fit together.
            if read != Read::Of(before) {
                let Ok(now) = self.revision.anew().await else {
                    return (Arc::new(answer), false);
                };
                if now != before {
                    before = now;
                    continue;
                }
            }
            rows.hold();
            return (Arc::new(answer), keep);
        }
        (Arc::new(self.of_one_moment(operation, id).await), false)
    }

    /// The answer where content is published all the time: its statements take turns, and see one moment.
    async fn of_one_moment(&self, operation: &Operation, id: &str) -> Answer {
        let most = self.limits.max_rows;
        let columns = operation.document.columns(&self.shapes);
        let rows = Rows::of_one_moment(&self.db, columns, self.today(), most);
        let answer = match rows.await {
            Ok(rows) => {
                let ran = self.run(operation, Arc::new(rows), id).await;
                self.finished(operation, &ran)
            }
            Err(cause) => self.unavailable(operation, &cause, id),
        };
        // What it shows may be newer than what others know of.
        let _ = self.revision.anew().await;
        answer
    }

    /// Serialises what came of an operation.
    pub(super) fn finished(&self, operation: &Operation, ran: &Ran) -> Answer {
        let mut answer = Answer::new(body(ran));
        answer.refused = ran.refused;
        answer.errors = !ran.response.errors.is_empty();
        answer.unavailable = ran.response.data == Value::Null && is_unavailable(&ran.response);
        if !answer.errors {
            answer.max_age = max_age(&ran.response, self.http.max_age);
            answer.surrogate_keys = self.surrogate_keys(operation, &ran.seen, ran.null);
        }
        answer
    }

    fn unavailable(&self, operation: &Operation, cause: &DbErr, id: &str) -> Answer {
        tracing::error!(request.id = %id, %cause, "The database failed");
        let (code, message) = told(cause);
        let mut error = refused(code, message);
        error
            .extensions
            .get_or_insert_default()
            .set("requestId", id);
        self.metrics.error(&error);
        self.finished(operation, &Ran::failed(error))
    }

    /// The names under which a network can find the answer when content changes: see `docs/clients.md`.
    fn surrogate_keys(
        &self,
        operation: &Operation,
        seen: &Seen,
        null: bool,
    ) -> Option<HeaderValue> {
        let Some(ids) = seen.ids() else {
            return Some(HeaderValue::from_static("content"));
        };
        let touched = touched(
            &operation.document.parsed,
            operation.name.as_deref(),
            &operation.variables,
            &self.shapes,
        );
        // A field that found nothing may find something once there is more.
        let absent = null.then_some(touched.singles);
        let lists = touched.lists.iter().chain(absent.iter().flatten());
        let lists = lists.map(|kind| format!("list:{kind}"));
        let mut keys: Vec<_> = ids.map(|id| id.to_string()).chain(lists).collect();
        keys.sort_unstable();
        keys.dedup();
        let keys = keys.join(" ");
        (!keys.is_empty()).then(|| HeaderValue::try_from(keys).expect("it is of visible letters"))
    }
}

/// The answer to a request that is at fault.
pub(super) fn refusal(errors: Vec<ServerError>) -> Answer {
    let mut answer = Answer::new(body(&Ran::refused(errors)));
    answer.refused = true;
    answer.errors = true;
    answer
}

fn is_unavailable(response: &Response) -> bool {
    response.errors.iter().any(|error| {
        let code = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("code"));
        code == Some(&Value::from(code::SERVICE_UNAVAILABLE))
    })
}

/// How long others may use an answer: what the schema says of its fields, up to what the settings allow.
fn max_age(response: &Response, most: u32) -> Option<u32> {
    let control = response.cache_control;
    let said = u32::try_from(control.max_age).unwrap_or(0);
    control.public.then_some(said.min(most))
}

/// The JSON of what came of an operation.
pub(super) fn body(ran: &Ran) -> Vec<u8> {
    let response = &ran.response;
    let mut json = Vec::with_capacity(match &response.data {
        Value::Binary(data) => data.len() + 100,
        _ => 1_000,
    });
    let begin = |json: &mut Vec<u8>, name: &str| {
        json.push(if json.is_empty() { b'{' } else { b',' });
        json.extend_from_slice(name.as_bytes());
    };
    if !response.errors.is_empty() {
        begin(&mut json, "\"errors\":");
        serde_json::to_writer(&mut json, &response.errors).expect("errors are JSON");
    }
    // There is none where nothing was run (GraphQL, section 7.1).
    if !ran.refused {
        begin(&mut json, "\"data\":");
        write(&mut json, &response.data);
    }
    if !response.extensions.is_empty() {
        begin(&mut json, "\"extensions\":");
        serde_json::to_writer(&mut json, &response.extensions).expect("values are JSON");
    }
    json.push(b'}');
    json
}
