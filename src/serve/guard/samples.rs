//! What the tests of the guards share.

use std::{fmt::Write, sync::LazyLock, thread};

use async_graphql::ServerError;
use clap::Parser;

use super::{limits::Limits, shapes::Shapes};
use crate::config::Cli;

/// The limits that are safe by default.
pub(super) fn limits() -> Limits {
    Cli::parse_from(["civigraph"]).config.limits
}

/// Those of the schema that is committed.
pub(super) fn shapes() -> &'static Shapes {
    static SHAPES: LazyLock<Shapes> =
        LazyLock::new(|| Shapes::of(include_str!("../../../schema.graphql")).unwrap());
    &SHAPES
}

/// A refusal in short: which limit, how much of how much, and where; or its code.
pub(super) fn refusal(error: &ServerError) -> String {
    let error = serde_json::to_value(error).unwrap();
    let about = &error["extensions"];
    let mut told = match about["limit"].as_str() {
        Some(limit) => format!("{limit} {}/{}", about["asked"], about["allowed"]),
        None => about["code"].as_str().unwrap().to_owned(),
    };
    if let Some(at) = error["locations"].get(0) {
        write!(told, " at {}:{}", at["line"], at["column"]).unwrap();
    }
    told
}

/// Runs something with the stack of tokio's threads.
pub(super) fn on_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(run);
    thread.unwrap().join().unwrap();
}

/// Numbers without order that are the same in every run (xorshift).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// From 0 to one less than the number of sides.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub(super) fn pick<'p>(&mut self, pieces: &[&'p str]) -> &'p str {
        pieces[self.roll(pieces.len())]
    }
}

/// `getIntrospectionQuery` of graphql-js with all options, which GraphiQL, Apollo, Relay and
/// generators of code send.
pub(super) const INTROSPECTION: &str = r"
    query IntrospectionQuery {
      __schema {
        description
        queryType { name kind }
        mutationType { name kind }
        subscriptionType { name kind }
        types { ...FullType }
        directives {
          name
          description
          isRepeatable
          locations
          args(includeDeprecated: true) { ...InputValue }
        }
      }
    }
    fragment FullType on __Type {
      kind
      name
      description
      specifiedByURL
      isOneOf
      fields(includeDeprecated: true) {
        name
        description
        args(includeDeprecated: true) { ...InputValue }
        type { ...TypeRef }
        isDeprecated
        deprecationReason
      }
      inputFields(includeDeprecated: true) { ...InputValue }
      interfaces { ...TypeRef }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...TypeRef }
    }
    fragment InputValue on __InputValue {
      name
      description
      type { ...TypeRef }
      defaultValue
      isDeprecated
      deprecationReason
    }
    fragment TypeRef on __Type {
      kind
      name
      ofType {
        kind
        name
        ofType {
          kind
          name
          ofType {
            kind
            name
            ofType {
              kind
              name
              ofType {
                kind
                name
                ofType {
                  kind
                  name
                  ofType {
                    kind
                    name
                    ofType { kind name ofType { kind name } }
                  }
                }
              }
            }
          }
        }
      }
    }
";
