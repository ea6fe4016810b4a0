//! From a request to a finished answer: kept, or run and serialised.

use std::{sync::Arc, time::Duration};

use async_graphql::{Response, ServerError, Value, parser::types::OperationType};
use sea_orm::DbErr;
use serde::Serialize;
use tokio::time::timeout;

use super::{
    Service,
    answers::{Answer, Kept, Question},
    fault::{exceeded, refused},
    guard::kinds::touched,
    operation::{Operation, Ran},
};
use crate::{
    error::{code, told},
    load::Seen,
};

/// How often a query is run again because content was published while it ran.
const TRIES: usize = 3;

impl Service {
    /// The answer to an operation, as fresh as the moment it was asked; in time, whatever it is.
    pub(super) async fn answer(&self, operation: &Operation, id: &str) -> (Arc<Answer>, Kept) {
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
        if operation.kind != OperationType::Query || !self.answers.are_kept() {
            let ran = self.run(operation, id).await;
            return (Arc::new(self.finished(operation, &ran)), Kept::Pass);
        }
        let revision = match self.revision.now().await {
            Ok(revision) => revision,
            Err(cause) => {
                tracing::error!(request.id = %id, %cause, "The database failed");
                return (
                    Arc::new(self.unavailable(operation, &cause, id)),
                    Kept::Pass,
                );
            }
        };
        let question = Question {
            document: operation.document.text.clone(),
            operation: operation.name.clone(),
            variables: operation.variables_text.clone(),
            today: self.today(),
            revision,
        };
        let made = self.made(operation, id, revision);
        self.answers.get(question, made).await
    }

    /// Runs a query, and tells whether its answer is wholly of this revision, and so may be kept.
    async fn made(&self, operation: &Operation, id: &str, revision: i64) -> (Arc<Answer>, bool) {
        let mut before = revision;
        for attempt in 1.. {
            let ran = self.run(operation, id).await;
            let answer = self.finished(operation, &ran);
            if answer.errors {
                return (Arc::new(answer), false);
            }
            // Statements that ran before and after a publication do not fit together.
            let now = self.revision.now().await.unwrap_or(-1);
            if now == before {
                return (Arc::new(answer), now == revision);
            }
            if attempt == TRIES {
                let mut answer = answer;
                answer.max_age = None;
                return (Arc::new(answer), false);
            }
            before = now;
        }
        unreachable!("the last attempt returns")
    }

    /// Serialises what came of an operation.
    pub(super) fn finished(&self, operation: &Operation, ran: &Ran) -> Answer {
        let mut answer = Answer::new(body(ran));
        answer.refused = ran.refused;
        answer.errors = !ran.response.errors.is_empty();
        answer.unavailable = ran.response.data == Value::Null && is_unavailable(&ran.response);
        if !answer.errors {
            answer.max_age = max_age(&ran.response, self.http.max_age);
            answer.surrogate_keys = self.surrogate_keys(operation, &ran.seen, &ran.response.data);
        }
        answer
    }

    fn unavailable(&self, operation: &Operation, cause: &DbErr, id: &str) -> Answer {
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
    fn surrogate_keys(&self, operation: &Operation, seen: &Seen, data: &Value) -> String {
        let Some(ids) = seen.ids() else {
            return "content".to_owned();
        };
        let touched = touched(
            &operation.document.parsed,
            operation.name.as_deref(),
            &operation.variables,
            &self.shapes,
        );
        // A field that found nothing may find something once there is more.
        let absent = has_null(data).then_some(touched.singles);
        let lists = touched.lists.iter().chain(absent.iter().flatten());
        let lists = lists.map(|kind| format!("list:{kind}"));
        let mut keys: Vec<_> = ids.map(|id| id.to_string()).chain(lists).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.join(" ")
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::List(items) => items.iter().any(has_null),
        Value::Object(entries) => entries.values().any(has_null),
        _ => false,
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

#[derive(Serialize)]
struct Body<'r> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'r [ServerError],
    /// There is none where nothing was run (GraphQL, section 7.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'r Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<&'r std::collections::BTreeMap<String, Value>>,
}

/// The JSON of what came of an operation.
pub(super) fn body(ran: &Ran) -> Vec<u8> {
    let response = &ran.response;
    let body = Body {
        errors: &response.errors,
        data: (!ran.refused).then_some(&response.data),
        extensions: Some(&response.extensions).filter(|extensions| !extensions.is_empty()),
    };
    serde_json::to_vec(&body).expect("values and errors are JSON")
}
