//! Runs each `queries/*.graphql`; the snapshots beside it have the answer and the SQL it took.

use std::{fs, path::Path};

use async_graphql::{Name, parser::parse_query};
use serde_json::json;

use crate::{
    database::{Engine, engines},
    service::Service,
};

#[test]
fn queries() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("queries");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("queries/*.graphql", |path| {
            for engine in engines() {
                let snapshot = run(engine, path);
                match engine {
                    Engine::Sqlite => insta::assert_snapshot!("sqlite", snapshot),
                    Engine::Postgres => insta::assert_snapshot!("postgres", snapshot),
                }
            }
        });
    });
}

/// The answers of a file's operations and the SQL that each took, on one engine.
///
/// Each is a request of its own, so that its statements stand beside it.
#[tokio::main(flavor = "current_thread")]
async fn run(engine: Engine, path: &Path) -> String {
    let service = Service::forgetful(engine).await;
    let query = fs::read_to_string(path).unwrap();
    let document = parse_query(&query).unwrap();
    let mut operations: Vec<_> = document
        .operations
        .iter()
        .map(|(name, operation)| (operation.pos, name))
        .collect();
    operations.sort_by_key(|(place, _)| *place);
    let mut told = Vec::new();
    for (_, name) in operations {
        let request = json!({ "query": query, "operationName": name.map(Name::as_str) });
        let (_, answer) = service.text(&request).await;
        // As text: the order of the fields is part of the promise.
        let answer = pretty(&answer);
        told.push(format!("{answer}\n\n{}", once_each(service.statements())));
    }
    told.join("\n\n")
}

/// Statements without their repetitions. Two branches of a query that ask for rows of one table by their
/// ids share a statement if they happen to ask at once: how often such a text comes is chance, but never
/// more than the branches are.
fn once_each(mut statements: Vec<String>) -> String {
    const BRANCHES: usize = 3;
    for repeated in statements.chunk_by(|one, other| one == other) {
        let (times, text) = (repeated.len(), &repeated[0]);
        assert!(
            times <= BRANCHES,
            "{times} times, once for each row? {text}"
        );
    }
    statements.dedup();
    statements.join("\n")
}

/// Indents JSON without touching the order of its fields.
fn pretty(json: &str) -> String {
    let mut pretty = String::new();
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (index, char) in json.char_indices() {
        let rest = &json[index + char.len_utf8()..];
        let empty = rest.starts_with(['}', ']']);
        match char {
            _ if quoted => {
                pretty.push(char);
                quoted = escaped || char != '"';
                escaped = !escaped && char == '\\';
                continue;
            }
            '"' => quoted = true,
            '{' | '[' if !empty => depth += 1,
            '}' | ']' if !json[..index].ends_with(['{', '[']) => {
                depth -= 1;
                pretty.push('\n');
                pretty.push_str(&"  ".repeat(depth));
            }
            _ => {}
        }
        pretty.push(char);
        match char {
            '{' | '[' if !empty => {
                pretty.push('\n');
                pretty.push_str(&"  ".repeat(depth));
            }
            ',' => {
                pretty.push('\n');
                pretty.push_str(&"  ".repeat(depth));
            }
            ':' => pretty.push(' '),
            _ => {}
        }
    }
    pretty
}
