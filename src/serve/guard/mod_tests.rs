use super::{
    checked,
    samples::{limits, refusal},
};

#[test]
fn what_is_no_graphql_is_told_in_few_words() {
    let error = checked(&format!("{{ a ({} ", "x ".repeat(5_000)), &limits()).unwrap_err();
    assert!(refusal(&error).starts_with("GRAPHQL_PARSE_FAILED at 1:"));
    assert!(error.message.chars().count() <= 300);
}

#[test]
fn what_is_within_all_limits_is_parsed() {
    let document = checked("query Q { programmes { nodes { title } } }", &limits()).unwrap();
    assert_eq!(document.operations.iter().count(), 1);
}
