use async_graphql::parser::parse_query;

use super::*;
use crate::serve::guard::samples::{Dice, limits, on_small_stack, refusal};

/// Which limit a text passes, how much it asks for and where; or the code of another refusal.
fn told(text: &str) -> String {
    check(text, &limits()).map_or_else(|error| refusal(&error), |()| String::new())
}

/// The smallest number of tokens and of levels with which a text is let through.
fn counted(text: &str) -> (usize, usize) {
    let mut limits = limits();
    let needed = |limits: &mut Limits, field: fn(&mut Limits) -> &mut usize| {
        for allowed in 0..1_000 {
            *field(limits) = allowed;
            if check(text, limits).is_ok() {
                return allowed;
            }
        }
        unreachable!("the text has an end")
    };
    let nesting = needed(&mut limits, |limits| &mut limits.max_nesting);
    (
        needed(&mut limits, |limits| &mut limits.max_tokens),
        nesting,
    )
}

#[test]
fn tokens_are_counted_as_the_specification_has_them() {
    assert_eq!(counted("{ a }"), (3, 1));
    assert_eq!(
        counted("\u{feff}query, Q($a: [Int!] = [1, -2.5e+3]) @x { ...F }"),
        (22, 2)
    );
    assert_eq!(counted(r#"{a(b:"x # {" c:"""y "z" { """)}#{{ {"#), (11, 2));
    assert_eq!(counted("# a comment alone {"), (0, 0));
    assert_eq!(counted("# one\r{#two\n}"), (2, 1));
    assert_eq!(counted("[1-2]"), (4, 1));
}

#[test]
fn brackets_count_only_where_they_are_brackets() {
    assert_eq!(counted("{ a(b: [[1]]) { c } }").1, 4);
    assert_eq!(counted(r#"{ a(b: "[[[\"[[") } # {{{"#).1, 2);
    assert_eq!(counted(r#"{ a(b: """ [[[ \""" [[[ """) }"#).1, 2);
    assert_eq!(counted(r#"{ a(b: "\\") [ """"""{ """\\""" "{" """ }"#).1, 3);
    assert_eq!(counted("}}}{").1, 1);
}

#[test]
fn the_first_excess_is_told_with_its_place() {
    let at = |text: &str| told(text);
    assert_eq!(at(&"{\n a".repeat(100)), "nesting 65/64 at 65:3");
    assert_eq!(
        at(&format!("{{\r\n é{}", "b".repeat(201))),
        "nameLength 201/200 at 2:3"
    );
    assert_eq!(
        at(&format!("[{}]", "1".repeat(10_000))),
        "nameLength 10000/200 at 1:2"
    );
    assert_eq!(
        at(&format!("[-1.{}e+7]", "1".repeat(300))),
        "nameLength 306/200 at 1:2"
    );
    assert_eq!(at(&"a ".repeat(10_001)), "tokens 10001/10000 at 1:20001");
    assert_eq!(at(&" ".repeat(100_001)), "documentBytes 100001/100000");
    assert_eq!(at(&" ".repeat(100_000)), "");
    assert_eq!(at(&format!("{{a(b:\"{}\")}}", "x".repeat(50_000))), "");
}

#[test]
fn ten_megabytes_are_not_read_once_a_limit_is_passed() {
    // Reading on would meet the text without an end.
    let text = format!("{} \"", "{ a ".repeat(2_500_000));
    let mut limits = limits();
    assert_eq!(told(&text), "documentBytes 10000002/100000");
    limits.max_document_bytes = usize::MAX;
    let error = check(&text, &limits).unwrap_err();
    assert_eq!(refusal(&error), "nesting 65/64 at 1:257");
}

#[test]
fn nesting_is_found_in_every_construct() {
    let many = 20_000;
    for construct in [
        "{ a ",
        "{a(b:[",
        "{a(b:{c:",
        "{ ... { ",
        "{a(b:1){",
        "query(",
        "query($a:[",
        "{a@b(c:[",
        "[",
    ] {
        let told = told(&construct.repeat(many / construct.len()));
        assert!(told.starts_with("nesting 65/64"), "{construct}: {told}");
    }
    let types = format!(
        "query($a: {}Int{}) {{ a }}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    assert!(told(&types).starts_with("nesting 65/64"));
}

#[test]
fn a_text_without_end_is_refused_since_the_parser_would_read_it_otherwise() {
    // To the parser this is an empty text, another one, and brackets.
    let hidden = |depth| format!("{{ a(b: [\"\"\" x\" {}", "[".repeat(depth));
    assert!(parse_query(hidden(3) + "]]]])}").is_ok());
    assert_eq!(told(&hidden(40_000)), "GRAPHQL_PARSE_FAILED at 1:9");
    // It looks for the end anew at each of these: 5,000 of them would take seconds.
    let quadratic = format!("{{ a(b: [{}])}}", "\"\"\"\\\\\"".repeat(3));
    assert!(parse_query(&quadratic).is_ok());
    assert_eq!(told(&quadratic), "GRAPHQL_PARSE_FAILED at 1:9");
    for text in [
        "\"",
        "\"\"\"",
        "\"a\n\"",
        "\"a\r\"",
        "\"\\\n\"",
        "\"a\\\"",
        "\"\"\"\\\"\"\"",
    ] {
        let text = format!("[1 {text}");
        assert_eq!(told(&text), "GRAPHQL_PARSE_FAILED at 1:4", "{text:?}");
        assert!(parse_query(&text).is_err(), "{text:?}");
    }
}

/// Brackets that only the parser sees as such overflow its stack, and end the tests: as many as
/// these when not optimised. (Of many more pest itself says that there is no stack left.)
#[test]
fn the_parser_never_nests_deeper_than_was_counted() {
    const PIECES: &[&str] = &[
        "\"", "\"", "\"\"", "\"\"\"", "\"\"\"", "\\", "\\\"", "\\\\", "\\u00e9", "\\ud800", "\n",
        "\r", "#", " ", "\u{feff}", "é", "\u{2028}", "1", "-0.5e3", "$a", "[", "]",
    ];
    const ENDS: &[&str] = &["", "\"", "\"\"\"", "\n", "\r\"", "\\\"\"", "\\\"\"\"\"\"\""];
    on_small_stack(|| {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let mut parsed = 0;
        for _ in 0..10_000 {
            let soup = (0..dice.roll(7)).map(|_| dice.pick(PIECES));
            let soup = soup.collect::<String>();
            let text = format!("{{a(b:[{soup}{deep}{}])}}", dice.pick(ENDS));
            if told(&text).is_empty() && parse_query(&text).is_ok() {
                parsed += 1;
            }
        }
        assert!(parsed > 100, "{parsed}");
    });
}

#[test]
fn token_soups_neither_panic_nor_overflow() {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        "=",
        "!",
        "$",
        "@",
        "|",
        "&",
        "...",
        "a",
        "b",
        "on",
        "Query",
        "query",
        "fragment",
        "__schema",
        "types",
        "fields",
        "skip",
        "if",
        "true",
        "1",
        "-1.5e9",
        "\"x\"",
        "\"\"\"y\"\"\"",
        "#c\n",
        "\"",
        "\u{feff}",
        "é",
        "\0",
    ];
    on_small_stack(|| {
        let mut dice = Dice(88_172_645_463_325_252);
        for _ in 0..20_000 {
            let pieces = (0..dice.roll(60)).map(|_| dice.pick(PIECES));
            let text = pieces.collect::<Vec<_>>().join(" ");
            drop(crate::serve::guard::checked(&text, &limits()));
        }
    });
}

#[test]
fn what_is_allowed_fits_a_small_stack() {
    let nested = |open: &str, middle: &str, close: &str, many: usize| {
        format!("{}{middle}{}", open.repeat(many), close.repeat(many))
    };
    let texts = [
        nested("{a", "{a}", "}", 63),
        nested("{...", "{a}", "}", 63),
        format!("{{a(b:{})}}", nested("[", "1", "]", 62)),
        format!("{{a(b:{})}}", nested("{c:", "1", "}", 62)),
        format!("query($a:{}){{a}}", nested("[", "Int", "]", 63)),
        format!("query($a:Int={}){{a}}", nested("[", "1", "]", 63)),
        format!("{{a@b(c:{})}}", nested("[", "1", "]", 62)),
    ];
    on_small_stack(move || {
        for text in &texts {
            let parsed = parse_query(text);
            assert!(
                told(text).is_empty() && parsed.is_ok(),
                "{text}: {parsed:?}"
            );
        }
    });
}
