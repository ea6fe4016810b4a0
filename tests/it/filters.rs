//! Which rows lists have, as clients ask: the same on both engines, and nothing that breaks them.

use std::time::Duration;

use civigraph::{catalogue::Files, document::Own, publish::publish};
use serde_json::{Value, json};

use crate::{
    database::engines,
    service::{Service, documents, named, noon, world},
};

/// A list, a filter of it, and the slugs that pass, by title.
const CASES: [(&str, &str, &[&str]); 56] = [
    ("programmes", r#"slug: {eq: "singpass"}"#, &["singpass"]),
    (
        "programmes",
        r#"slug: {in: ["singpass", "myinfo", "nothing"]}"#,
        &["myinfo", "singpass"],
    ),
    ("programmes", "slug: {in: []}", &[]),
    ("programmes", r#"title: {contains: "PASS"}"#, &["singpass"]),
    ("programmes", r#"title: {contains: "%"}"#, &[]),
    ("programmes", r#"title: {contains: "_"}"#, &[]),
    ("programmes", r#"title: {eq: "sIngpÀss"}"#, &["singpass"]),
    ("programmes", r#"title: {startsWith: "m"}"#, &["myinfo"]),
    ("partners", r#"title: {contains: "ecole"}"#, &["ecole-42"]),
    ("partners", r#"title: {startsWith: "ÉCO"}"#, &["ecole-42"]),
    (
        "programmes",
        r#"summary: {contains: "IDENTITÝ"}"#,
        &["singpass"],
    ),
    ("programmes", "audience: {eq: BUSINESSES}", &["singpass"]),
    (
        "programmes",
        r#"goals: {some: {slug: {eq: "trust"}}, none: {slug: {eq: "community"}}}"#,
        &["myinfo", "scamshield"],
    ),
    (
        "programmes",
        r#"goals: {every: {slug: {eq: "growth"}}}"#,
        &["code-for-fun"],
    ),
    (
        "programmes",
        r#"goals: {some: {slug: {eq: "trust"}}}, partnerCount: {gte: 2}"#,
        &["singpass"],
    ),
    (
        "programmes",
        "partners: {role: {eq: TECHNOLOGY_PROVIDER}}",
        &["singpass"],
    ),
    (
        "programmes",
        r#"partners: {some: {slug: {eq: "imda"}}, role: {eq: TECHNOLOGY_PROVIDER}}"#,
        &[],
    ),
    (
        "programmes",
        r#"partners: {some: {slug: {eq: "imda"}}, role: {in: [TECHNOLOGY_PROVIDER, COLLABORATOR]}}"#,
        &["singpass"],
    ),
    (
        "programmes",
        r#"leadAgency: {is: {title: {contains: "gov"}}, isNull: false}"#,
        &["myinfo", "singpass"],
    ),
    ("programmes", "leadAgency: {isNull: true}", &["scamshield"]),
    (
        "programmes",
        r#"events: {some: {partners: {some: {slug: {eq: "google"}}}}}"#,
        &["code-for-fun"],
    ),
    (
        "programmes",
        "events: {none: {}}",
        &["myinfo", "scamshield"],
    ),
    (
        "programmes",
        r#"or: [{slug: {eq: "singpass"}}, {slug: {eq: "myinfo"}, not: {kind: {eq: POLICY}}}]"#,
        &["myinfo", "singpass"],
    ),
    ("programmes", "or: []", &[]),
    (
        "programmes",
        "not: {or: []}, slug: {eq: \"singpass\"}",
        &["singpass"],
    ),
    (
        "programmes",
        "and: []  slug: {eq: \"singpass\"}",
        &["singpass"],
    ),
    (
        "programmes",
        "eventCount: {gt: 0}",
        &["code-for-fun", "singpass"],
    ),
    (
        "programmes",
        "eventCount: {in: [1, 7], lt: 2}",
        &["code-for-fun", "singpass"],
    ),
    ("programmes", r#"startedOn: {eq: "2003"}"#, &["singpass"]),
    (
        "programmes",
        r#"startedOn: {eq: "2003-03-15"}"#,
        &["singpass"],
    ),
    (
        "programmes",
        r#"startedOn: {gte: "2003-03-15", lte: "2003-03-20"}"#,
        &["singpass"],
    ),
    (
        "programmes",
        r#"startedOn: {gt: "2003-03"}, slug: {eq: "singpass"}"#,
        &[],
    ),
    ("programmes", r#"startedOn: {lt: "2003-03"}"#, &[]),
    (
        "programmes",
        r#"startedOn: {lt: "2003-03-02"}"#,
        &["singpass"],
    ),
    (
        "programmes",
        r#"startedOn: {gt: "2003-03-30"}, slug: {eq: "singpass"}"#,
        &["singpass"],
    ),
    (
        "programmes",
        r#"startedOn: {gt: "2003-03-31"}, slug: {eq: "singpass"}"#,
        &[],
    ),
    (
        "programmes",
        "startedOn: {isNull: false}, kind: {in: [DIGITAL_SERVICE]}",
        &["singpass"],
    ),
    ("programmes", r#"startedOn: {lte: "0001"}"#, &[]),
    ("programmes", r#"startedOn: {gte: "9999-12-31"}"#, &[]),
    (
        "programmes",
        r#"topics: {some: {slug: {eq: "scams"}}}"#,
        &["scamshield"],
    ),
    (
        "programmes",
        r#"sourcePages: {some: {slug: {eq: "smart-nation-2"}}}, topics: {some: {}}"#,
        &["code-for-fun", "scamshield"],
    ),
    (
        "programmes",
        r#"lifeCycle: {eq: LIVE}, slug: {eq: "singpass"}"#,
        &["singpass"],
    ),
    (
        "pages",
        "lifeCycle: {eq: LIVE}, slug: {in: [\"lost\", \"old-release\"]}",
        &[],
    ),
    (
        "pages",
        "lifeCycle: {in: [GONE, REDIRECTED, WITHDRAWN]}",
        &["lost", "old-release"],
    ),
    (
        "events",
        r#"startsOn: {eq: "2016-07"}"#,
        &["digital-government-exchange"],
    ),
    (
        "events",
        r#"startsOn: {gte: "2023", lt: "2024"}"#,
        &["google-cloud-next-23"],
    ),
    (
        "events",
        "startsOn: {isNull: true}",
        &["google-ai-bootcamp"],
    ),
    (
        "events",
        r#"not: {startsOn: {gte: "2000"}}"#,
        &["google-ai-bootcamp"],
    ),
    (
        "events",
        r#"venue: {contains: "CENTER"}"#,
        &["google-cloud-next-23"],
    ),
    (
        "events",
        "venue: {isNull: false}",
        &["google-cloud-next-23"],
    ),
    (
        "events",
        r#"country: {eq: "US"}"#,
        &["google-cloud-next-23"],
    ),
    (
        "events",
        "sessions: {some: {access: {eq: OPEN}}}",
        &["industry-engagement-2024"],
    ),
    (
        "events",
        r#"programme: {is: {goals: {some: {slug: {eq: "community"}}}}}"#,
        &["industry-engagement-2024"],
    ),
    (
        "statistics",
        r#"value: {gt: "3300000000", lt: "3300000000.6"}"#,
        &["ict-spending-2023"],
    ),
    (
        "statistics",
        r#"period: {gte: "2024-12"}, qualifier: {eq: OVER}"#,
        &["ict-spending-2024-release"],
    ),
    (
        "media",
        "shownBy: {some: {type: {eq: GOAL}}}",
        &["trust-picture"],
    ),
];

#[tokio::test]
async fn filters_say_which_rows_a_list_has() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for (list, filter, expected) in CASES {
            let query = format!(
                "{{ {list}(filter: {{{filter}}}, orderBy: {{field: TITLE}}) {{ totalCount nodes {{ slug }} }} }}"
            );
            let data = service.data(&query).await;
            let nodes = data[list]["nodes"].as_array().unwrap();
            let slugs: Vec<_> = nodes
                .iter()
                .map(|node| node["slug"].as_str().unwrap())
                .collect();
            assert_eq!(slugs, expected, "{list} {filter}");
            assert_eq!(data[list]["totalCount"], expected.len(), "{list} {filter}");
        }
    }
}

#[tokio::test]
async fn nested_lists_are_filtered_and_counted_in_one_statement_each() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        service.statements();
        let query = "{ goals { nodes { slug programmes(filter: {partnerCount: {gte: 1}}) { totalCount nodes { slug } } } } }";
        let data = service.data(query).await;
        assert_eq!(service.statements().len(), 3);
        let told: Vec<_> = data["goals"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|goal| {
                format!(
                    "{} {}",
                    goal["slug"].as_str().unwrap(),
                    goal["programmes"]["totalCount"]
                )
            })
            .collect();
        assert_eq!(told, ["trust 1", "growth 1", "community 1"]);
    }
}

/// A filter inside others, so deep.
fn deep(levels: usize) -> Value {
    (0..levels).fold(
        json!({"slug": {"eq": "singpass"}}),
        |inner, _| json!({"not": inner}),
    )
}

#[tokio::test]
async fn what_filters_cannot_be_is_told_clearly() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let slugs: Vec<_> = (0..150).map(|slug| format!("s{slug}")).collect();
        let many: Vec<_> = (0..201)
            .map(|_| json!({"kind": {"eq": "POLICY"}}))
            .collect();
        // What asks nothing makes the statement as long.
        let empty: Vec<_> = (0..990).map(|_| json!({"not": {}})).collect();
        let nothing: Vec<_> = (0..990).map(|_| json!({"or": []})).collect();
        for (filter, code, message) in [
            (
                deep(9),
                "LIMIT_EXCEEDED",
                "`filter` is nested more than 8 deep",
            ),
            (
                json!({"slug": {"in": slugs}}),
                "LIMIT_EXCEEDED",
                "`slug.in` has 150 values, but at most 100",
            ),
            (
                json!({"or": many}),
                "LIMIT_EXCEEDED",
                "`filter` makes 201 comparisons, but at most 200",
            ),
            (
                json!({"and": empty}),
                "LIMIT_EXCEEDED",
                "`filter` makes 1980 comparisons",
            ),
            (
                json!({"or": nothing}),
                "LIMIT_EXCEEDED",
                "`filter` makes 990 comparisons",
            ),
            (
                json!({"title": {"contains": "x".repeat(201)}}),
                "LIMIT_EXCEEDED",
                "`title` is compared with 201 characters",
            ),
            (
                json!({"id": {"eq": "singpass"}}),
                "BAD_USER_INPUT",
                "`singpass` is no identifier",
            ),
            (
                json!({"publishedAt": {"gt": "+12345-01-01T00:00:00Z"}}),
                "BAD_USER_INPUT",
                "`publishedAt` is compared with the year",
            ),
        ] {
            let body = json!({
                "query": "query($filter: ProgrammeFilter) { programmes(filter: $filter) { nodes { slug } } }",
                "variables": {"filter": filter},
            });
            let (_, text) = service.text(&body).await;
            let answer: Value = serde_json::from_str(&text).unwrap();
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], code, "{answer}");
            assert!(
                error["message"].as_str().unwrap().starts_with(message),
                "{answer}"
            );
        }
        let body = json!({
            "query": "query($filter: ProgrammeFilter) { programmes(filter: $filter) { nodes { slug } } }",
            "variables": {"filter": deep(8)},
        });
        let (_, text) = service.text(&body).await;
        assert!(text.contains("singpass"), "eight are allowed: {text}");
    }
}

/// Whatever texts are compared: an answer, or an error of the caller's.
#[tokio::test]
async fn hostile_texts_break_nothing() {
    let texts = [
        "\0",
        "a\0b",
        "%",
        "_",
        "\\",
        "\\\\%",
        "'",
        "\"",
        "''; DROP TABLE node; --",
        "🙂",
        "\u{301}",
        "\u{10ffff}",
        "",
    ];
    for engine in engines() {
        let service = Service::start(engine).await;
        for text in texts {
            for filter in [
                json!({"slug": {"eq": text}}),
                json!({"slug": {"in": [text]}}),
                json!({"title": {"eq": text, "contains": text, "startsWith": text}}),
                json!({"summary": {"contains": text}}),
                json!({"language": {"eq": text}}),
                json!({"licence": {"in": [text]}}),
                json!({"events": {"none": {"venue": {"eq": text}, "series": {"contains": text}}}}),
            ] {
                let body = json!({
                    "query": "query($filter: ProgrammeFilter) { programmes(filter: $filter) { totalCount } }",
                    "variables": {"filter": filter},
                });
                let (_, answer) = service.text(&body).await;
                assert!(!answer.contains("errors"), "{filter}: {answer}");
            }
        }
        let data = service.data("{ programmes { totalCount } }").await;
        assert_eq!(data["programmes"]["totalCount"], 4);
    }
}

#[tokio::test]
async fn null_asks_nothing() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let query = "{ programmes(filter: {slug: null, title: {eq: null}, and: null, or: null, not: null, goals: {some: null}, leadAgency: null, startedOn: {gte: null}}, orderBy: null) { totalCount } all: programmes(filter: null) { totalCount } empty: programmes(filter: {}, orderBy: []) { totalCount } }";
        let data = service.data(query).await;
        assert_eq!(
            data.to_string(),
            r#"{"all":{"totalCount":4},"empty":{"totalCount":4},"programmes":{"totalCount":4}}"#
        );
    }
}

#[tokio::test]
async fn a_list_of_nothing_has_nothing_whatever_it_is_of() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for (list, filter) in [
            ("programmes", "eventCount: {in: []}"),
            ("programmes", "id: {in: []}"),
            ("programmes", "slug: {in: []}"),
            ("programmes", "kind: {in: []}"),
            ("programmes", "leadAgency: {is: {id: {in: []}}}"),
            ("statistics", "value: {in: []}"),
            ("awards", "rank: {in: []}"),
        ] {
            let query = format!("{{ {list}(filter: {{{filter}}}) {{ totalCount }} }}");
            assert_eq!(
                service.data(&query).await[list]["totalCount"],
                0,
                "{filter}"
            );
        }
    }
}

#[tokio::test]
async fn what_asks_nothing_is_as_if_it_was_not_there() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let all = service
            .data("{ programmes { totalCount } pages { totalCount } }")
            .await;
        let query = "{ programmes(filter: {kind: {}, audience: {}, partners: {role: {eq: null}}, language: {eq: null}, topics: {}, leadAgency: {}, and: [{}]}) { totalCount } pages(filter: {lifeCycle: {eq: null}}) { totalCount } }";
        assert_eq!(service.data(query).await, all);
    }
}

/// Relations within relations of the whole bundled catalogue: asked row by row, these would take minutes.
#[tokio::test]
async fn relations_within_relations_are_asked_for_all_rows_at_once() {
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        for filter in [
            r#"content: {some: {topics: {some: {content: {some: {topics: {some: {title: {eq: "never"}}}}}}}}}"#,
            r#"content: {none: {topics: {none: {content: {none: {title: {contains: "never"}}}}}}}"#,
            r#"content: {none: {sourcePages: {some: {mentions: {some: {title: {contains: "never"}}}}}}}"#,
        ] {
            let query = format!("{{ topics(filter: {{{filter}}}) {{ totalCount }} }}");
            let data = tokio::time::timeout(Duration::from_secs(30), service.data(&query));
            data.await.expect("it is not asked row by row");
        }
    }
}

#[tokio::test]
async fn dates_at_the_end_of_the_calendar_are_dates() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let Own::Event(event) = &mut named(&mut documents, "google-ai-bootcamp").own else {
            panic!("it is an event")
        };
        event.starts_on = Some("9999-12".parse().unwrap());
        event.ends_on = Some("9999".parse().unwrap());
        publish(&service.db, &documents, noon()).await.unwrap();
        for filter in [
            r#"startsOn: {eq: "9999"}"#,
            r#"startsOn: {gte: "9999-12-31"}"#,
            r#"startsOn: {gt: "9999-12-30"}"#,
            r#"endsOn: {eq: "9999-12-31"}"#,
        ] {
            let query = format!(
                "{{ events(filter: {{{filter}}}) {{ totalCount facets(by: [YEAR]) {{ buckets {{ value }} }} }} }}"
            );
            let data = service.data(&query).await;
            assert_eq!(data["events"]["totalCount"], 1, "{filter}");
        }
    }
}
