//! What clients build on.

use std::{env, fs};

use civigraph::graphql;

#[test]
fn the_schema_file_is_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(file, graphql::sdl()).unwrap();
    }
    let current = fs::read_to_string(file).unwrap();
    assert!(
        current == graphql::sdl(),
        "run `INSTA_UPDATE=always cargo test` and read the diff of schema.graphql"
    );
}

/// GraphiQL is the manual, so nothing may be without a text.
#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let query = "{ __schema { types { name description
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description }
        enumValues(includeDeprecated: true) { name description } } } }";
    let answer = graphql::schema().finish().execute(query).await;
    let answer = answer.data.into_json().unwrap();
    let mut missing = Vec::new();
    let mut described = 0;
    let mut look = |what: String, described_thing: &serde_json::Value| {
        if described_thing["description"]
            .as_str()
            .unwrap_or_default()
            .is_empty()
        {
            missing.push(what);
        } else {
            described += 1;
        }
    };
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    for kind in list(&answer["__schema"]["types"]) {
        let name = kind["name"].as_str().unwrap();
        // The introspection's own types and `ID` are the specification's.
        if name.starts_with("__") || name == "ID" {
            continue;
        }
        look(name.to_owned(), &kind);
        for field in list(&kind["fields"]) {
            let field_name = format!("{name}.{}", field["name"]);
            for argument in list(&field["args"]) {
                look(format!("{field_name}({})", argument["name"]), &argument);
            }
            look(field_name, &field);
        }
        for part in list(&kind["inputFields"])
            .iter()
            .chain(&list(&kind["enumValues"]))
        {
            look(format!("{name}.{}", part["name"]), part);
        }
    }
    assert!(described > 300, "only {described} texts were found");
    assert_eq!(missing, Vec::<String>::new());
}
