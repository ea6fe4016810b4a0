use crate::serve::guard::{
    checked,
    samples::{INTROSPECTION, limits, on_small_stack, refusal},
};

fn told(text: &str) -> String {
    told_within(text, |_| ())
}

fn told_within(text: &str, change: impl FnOnce(&mut super::Limits)) -> String {
    let mut limits = limits();
    change(&mut limits);
    checked(text, &limits).map_or_else(|error| refusal(&error), |_| String::new())
}

/// Fragments each of which spreads the next so many times.
fn bomb(length: usize, times: usize) -> String {
    let fragment = |level: usize| {
        let spreads = format!("...f{} ", level + 1).repeat(times);
        format!("fragment f{level} on Query {{ {spreads}}}")
    };
    let fragments: Vec<_> = (0..length).map(fragment).collect();
    let fragments = fragments.join(" ");
    format!("{{ ...f0 }} {fragments} fragment f{length} on Query {{ __typename }}")
}

#[test]
fn a_bomb_of_fragments_is_counted_not_expanded() {
    assert_eq!(told(&bomb(20, 2)), "fields 1048576/5000 at 1:3");
    assert_eq!(
        told(&bomb(60, 10)),
        format!("fields {}/5000 at 1:3", u64::MAX)
    );
    assert_eq!(told(&bomb(5, 2)), "");
}

#[test]
fn a_chain_of_fragments_is_refused_before_it_takes_the_stack() {
    on_small_stack(|| {
        assert_eq!(told(&bomb(62, 1)), "");
        let long = |length: usize| {
            let text = bomb(length, 1);
            told_within(&text, |limits| {
                limits.max_document_bytes = usize::MAX;
                limits.max_tokens = usize::MAX;
            })
        };
        for length in [63, 64, 100_000] {
            assert!(
                long(length).starts_with("nesting 65/64"),
                "{}",
                long(length)
            );
        }
    });
}

#[test]
fn a_fragment_that_is_known_is_refused_where_it_is_spread_too_deep() {
    let fragment = |level: usize| format!("fragment f{} on Query {{ ...f{level} }}", level + 1);
    let fragments: Vec<_> = (0..70).map(fragment).collect();
    let spreads: Vec<_> = (0..=70).map(|level| format!("...f{level}")).collect();
    let chain = format!(
        "{{ {} }} {} fragment f0 on Query {{ a }}",
        spreads.join(" "),
        fragments.join(" ")
    );
    assert!(
        told(&chain).starts_with("nesting 65/64"),
        "{}",
        told(&chain)
    );
}

#[test]
fn circles_of_fragments_are_refused_as_validation_would() {
    let circle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    assert_eq!(told(circle), "GRAPHQL_VALIDATION_FAILED at 1:61");
    let itself = "{ ...a } fragment a on Query { x { ...a } }";
    assert_eq!(told(itself), "GRAPHQL_VALIDATION_FAILED at 1:36");
}

#[test]
fn fragments_that_nobody_spreads_are_refused_as_validation_would() {
    let unused = "{ a } fragment y on Query { ...x } fragment x on Query { a }";
    assert_eq!(told(unused), "GRAPHQL_VALIDATION_FAILED at 1:7");
    assert_eq!(told("{ ...unknown }"), "");
}

#[test]
fn depth_is_of_fields_through_fragments_without_introspection() {
    let nested = |levels: usize| format!("{}{}", "{a".repeat(levels), "}".repeat(levels));
    assert_eq!(told(&nested(20)), "");
    assert_eq!(told(&nested(21)), "depth 21/20 at 1:2");
    let spread = format!("{{ b c{{...f}} }} fragment f on T {}", nested(20));
    assert_eq!(told(&spread), "depth 21/20 at 1:5");
    let inline = format!("{{ a {{ ... {{ ... on B {} }} }} }}", nested(19));
    assert_eq!(told(&inline), "");
    let types = "{ofType".repeat(25) + "{name" + &"}".repeat(26);
    assert_eq!(told(&format!("{{__type(name:\"A\"){types}}}")), "");
}

#[test]
fn aliases_root_fields_directives_and_variables_count_after_expansion() {
    let aliases = (0..51)
        .map(|n| format!("a{n}:b "))
        .collect::<Vec<_>>()
        .concat();
    let twice = format!("{{ x{{...f}} y{{...f}} }} fragment f on Query {{ {aliases}}}");
    assert_eq!(told(&twice), "aliases 102/100 at 1:11");
    let roots = format!(
        "{{ a ...f ...f }} fragment f on Query {{ {}}}",
        "b ".repeat(25)
    );
    assert_eq!(told(&roots), "rootFields 51/50 at 1:10");
    let directives = format!(
        "query @a {{ b {{ ...f @c ...f }} }} fragment f on B @d {{ e {} }}",
        "@g".repeat(49)
    );
    assert_eq!(told(&directives), "directives 102/100 at 1:12");
    let variables = (0..101)
        .map(|n| format!("$v{n}:Int "))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(
        told(&format!("query({variables}){{a}}")),
        "variables 101/100 at 1:1"
    );
}

#[test]
fn sums_are_over_all_operations_since_validation_sees_them_all() {
    let fields = "a ".repeat(45);
    let operations = (0..120)
        .map(|n| format!("query q{n} {{ ...f }} "))
        .collect::<Vec<_>>()
        .concat();
    let document = format!("{operations} fragment f on Query {{ {fields}}}");
    assert_eq!(told(&document), "fields 5400/5000 at 1:2124");
    let roots = "query a { a b c } query b { a b c }";
    assert_eq!(told_within(roots, |limits| limits.max_root_fields = 3), "");
}

#[test]
fn the_introspection_of_tools_passes() {
    assert_eq!(told(INTROSPECTION), "");
    let inline = "{ __type(name: \"A\") { fields { type { ...T } } interfaces { name } } }
        fragment T on __Type { name ofType { name ofType { name } } }";
    assert_eq!(told(inline), "");
}

#[test]
fn circles_in_introspection_are_refused_also_through_fragments() {
    let circle =
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(told(circle), "introspectionDepth 4/2 at 1:3");
    let circle = "{ ...q } fragment q on Query { a: __schema { types { ...f } } }
        fragment f on __Type { fields { type { ...i } } }
        fragment i on __Type { ... { interfaces { possibleTypes { inputFields { name } } } } }";
    assert_eq!(told(circle), "introspectionDepth 5/2 at 1:32");
    // Elsewhere these names mean nothing.
    let other = "{ types { fields { fields { fields { fields { name } } } } } }";
    assert_eq!(told(other), "");
}

#[test]
fn introspection_that_repeats_itself_is_refused() {
    let names = "name ".repeat(200);
    let repeated = format!("{{ __schema {{ types {{ fields {{ args {{ {names}}} }} }} }} }}");
    assert_eq!(told(&repeated), "introspectionCost 2002202/1000000 at 1:3");
    let aliases = (0..5)
        .map(|n| format!("a{n}: __schema {{ ...S }} "))
        .collect::<Vec<_>>()
        .concat();
    let text = INTROSPECTION.replace(
        "{\n      __schema {",
        &format!("{{ {aliases} }}\n    fragment S on __Schema {{"),
    );
    let text = text.replacen("      }\n    }\n", "      }\n", 1);
    assert!(
        told(&text).starts_with("introspectionCost"),
        "{}",
        told(&text)
    );
}
