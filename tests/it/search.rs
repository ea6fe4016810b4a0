//! Searching: what is found, what comes first, what is marked, and that nothing breaks it.

use std::collections::BTreeMap;

use chrono::Duration;
use civigraph::{
    catalogue::Files,
    document::Own,
    publish::{self, PublishError, publish},
};
use entity::{derivation, folded_text, node_facet, search_entry, search_word};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, sea_query::Expr};
use serde_json::{Value, json};

use crate::{
    database::{Engine, engines},
    service::{Service, documents, named, noon, world},
};

/// What a search finds, from its first page of 100: kinds and slugs, in order.
async fn found(service: &Service, arguments: &Value) -> Vec<String> {
    let body = json!({
        "query": "query($query: String!, $kinds: [ContentType!], $language: LanguageTag, $filter: ContentFilter) { search(query: $query, kinds: $kinds, language: $language, filter: $filter, first: 100) { totalCount nodes { __typename slug } } }",
        "variables": arguments,
    });
    let (_, text) = service.text(&body).await;
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["errors"], Value::Null, "{arguments}");
    let nodes = answer["data"]["search"]["nodes"].as_array().unwrap();
    let name = |node: &Value| {
        let (kind, slug) = (
            node["__typename"].as_str().unwrap(),
            node["slug"].as_str().unwrap(),
        );
        format!("{kind}:{slug}")
    };
    nodes.iter().map(name).collect()
}

async fn first(service: &Service, query: &str) -> String {
    let found = found(service, &json!({ "query": query })).await;
    found
        .into_iter()
        .next()
        .unwrap_or_else(|| format!("nothing for {query}"))
}

#[tokio::test]
async fn words_are_found_wherever_they_stand() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for (query, expected) in [
            ("singpass", "Programme:singpass"),
            ("SINGPASS", "Programme:singpass"),
            ("sing", "Programme:singpass"),
            ("ecole", "Partner:ecole-42"),
            ("École", "Partner:ecole-42"),
            // In a body, a venue, a session, a figure as people write it, a mitigation, a role.
            ("sign services", "Programme:singpass"),
            ("moscone", "Event:google-cloud-next-23"),
            ("roundtable", "Event:industry-engagement-2024"),
            ("\"3.36 billion\"", "Statistic:ict-spending-2024"),
            // One slip: left out, put in, another letter, two that changed places.
            ("singpss", "Programme:singpass"),
            ("scamshieeld", "Programme:scamshield"),
            ("scamshiald", "Programme:scamshield"),
            ("scamsheild", "Programme:scamshield"),
            // Translations, in letters and without spaces between words.
            ("penipuan", "Programme:scamshield"),
            ("防诈盾", "Programme:scamshield"),
            ("诈盾", "Programme:scamshield"),
            // One form for another.
            ("events of singpass", "nothing for events of singpass"),
            ("swindler", "Programme:scamshield"),
        ] {
            assert_eq!(first(&service, query).await, expected, "{query}");
        }
        assert_eq!(
            found(&service, &json!({"query": "\"identity digital\""})).await,
            Vec::<String>::new()
        );
        assert_eq!(
            first(&service, "\"digital identity\"").await,
            "Programme:singpass"
        );
        assert_eq!(
            first(&service, "identity digital").await,
            "Programme:singpass"
        );
        assert_eq!(
            found(&service, &json!({"query": "诈防"})).await,
            Vec::<String>::new()
        );
    }
}

#[tokio::test]
async fn titles_come_first_and_lists_of_hits_are_lists() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let all = found(&service, &json!({"query": "google"})).await;
        // The title itself, then titles with it by kind and length, then what only mentions it.
        assert_eq!(
            all[..4],
            [
                "Partner:google",
                "Partner:google-cloud",
                "Event:google-ai-bootcamp",
                "Event:google-cloud-next-23"
            ]
        );
        let (mut walked, mut place) = (Vec::new(), String::new());
        loop {
            let query = format!(
                "{{ search(query: \"google\", first: 2{place}) {{ edges {{ cursor node {{ __typename slug }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} totalCount }} }}"
            );
            let data = service.data(&query).await;
            let page = &data["search"];
            assert_eq!(page["totalCount"], all.len());
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !walked.is_empty());
            for edge in page["edges"].as_array().unwrap() {
                let node = &edge["node"];
                walked.push(format!(
                    "{}:{}",
                    node["__typename"].as_str().unwrap(),
                    node["slug"].as_str().unwrap()
                ));
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            place = format!(", after: {}", page["pageInfo"]["endCursor"]);
        }
        assert_eq!(walked, all);
        let other = format!("{{ search(query: \"cloud\"{place}) {{ nodes {{ slug }} }} }}");
        let answer = service.query(&other).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_CURSOR",
            "a rank is of its query"
        );
    }
}

#[tokio::test]
async fn searches_are_narrowed_and_counted() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let only_events = json!({"query": "google", "kinds": ["EVENT"]});
        assert_eq!(
            found(&service, &only_events).await,
            ["Event:google-ai-bootcamp", "Event:google-cloud-next-23"]
        );
        let with_google_cloud = json!({"query": "google", "filter": {"partners": {"some": {"slug": {"eq": "google-cloud"}}}, "year": {"eq": 2023}}});
        assert_eq!(
            found(&service, &with_google_cloud).await,
            ["Event:google-cloud-next-23"]
        );
        let query = "{ search(query: \"google\", kinds: [EVENT]) { facets(by: [CONTENT_TYPE, KIND, YEAR, PARTNER]) { buckets { value count } } } }";
        service.statements();
        let data = service.data(query).await;
        assert_eq!(
            service.statements().len(),
            5,
            "a statement for each, and one for the spelling"
        );
        let facets = data["search"]["facets"].to_string();
        assert_eq!(
            facets,
            r#"[{"buckets":[{"count":2,"value":"EVENT"},{"count":2,"value":"PARTNER"}]},{"buckets":[{"count":1,"value":"BOOTCAMP"},{"count":1,"value":"CONFERENCE"}]},{"buckets":[{"count":1,"value":"2023"}]},{"buckets":[{"count":2,"value":"google"},{"count":2,"value":"google-cloud"}]}]"#
        );
    }
}

#[tokio::test]
async fn texts_are_searched_in_the_language_that_is_served() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let hit = ["Programme:scamshield"].as_slice();
        for (query, language, expected) in [
            ("perisai", "ms", hit),
            ("perisai", "en", &[]),
            // The summary is not translated into Chinese: the original's is served.
            ("防诈盾", "zh-Hans-SG", hit),
            ("防诈盾", "zh-hans", hit),
            ("防诈盾", "zh", &[]),
            ("swindlers", "zh-Hans", hit),
            ("swindlers", "ms", &[]),
            // What has no translation is served in the original.
            ("singpass", "ms", &["Programme:singpass"]),
        ] {
            let all = found(&service, &json!({"query": query, "language": language})).await;
            assert_eq!(
                all.iter().take(1).collect::<Vec<_>>(),
                expected.iter().collect::<Vec<_>>(),
                "{query} in {language}"
            );
        }
    }
}

#[tokio::test]
async fn what_was_found_is_marked_without_breaking_anything() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let singpass = named(&mut documents, "singpass");
        singpass.piece.title = "Singpass <script>alert(\"1\")</script> & more".to_owned();
        publish(&service.db, &documents, noon() + Duration::hours(1))
            .await
            .unwrap();
        let query = "{ search(query: \"singpass alert\") { edges { highlights { field language html parts { text matched } } } } }";
        let data = service.data(query).await;
        assert_eq!(
            data["search"]["edges"][0]["highlights"][0],
            json!({
                "field": "TITLE",
                "language": "en",
                "html": "<mark>Singpass</mark> &lt;script&gt;<mark>alert</mark>(&quot;1&quot;)&lt;/script&gt; &amp; more",
                "parts": [
                    {"text": "Singpass", "matched": true},
                    {"text": " <script>", "matched": false},
                    {"text": "alert", "matched": true},
                    {"text": "(\"1\")</script> & more", "matched": false},
                ],
            })
        );
        let data = service
            .data("{ search(query: \"penipu\") { edges { highlights { field language html } } } }")
            .await;
        let marked = data["search"]["edges"][0]["highlights"].to_string();
        assert!(marked.contains(r#""language":"ms""#), "{marked}");
        assert!(marked.contains("Perisai <mark>Penipuan</mark>"), "{marked}");
    }
}

#[tokio::test]
async fn no_query_breaks_a_search() {
    let long = "a".repeat(10_240);
    let many: Vec<_> = (0..40).map(|word| format!("w{word}")).collect();
    let many = many.join(" ");
    let hostile = [
        "",
        " ",
        "\0",
        "a\0b",
        "\"",
        "\"\"",
        "\"a",
        "a\"b\"c",
        "'",
        "''",
        "\\",
        "\\'",
        "(",
        ")",
        "((a",
        "a)",
        "a AND",
        "AND",
        "OR",
        "NOT a",
        "a NOT",
        "NEAR(a b)",
        "NEAR(",
        "title:a",
        "{title} : a",
        "-a",
        "+a",
        "^a",
        "a*",
        "*",
        "**",
        "*a",
        "a:*",
        "a:b",
        "a & b",
        "a | b",
        "!a",
        "a <-> b",
        "<->",
        ":A",
        "'a':*",
        "a;b",
        "--",
        "/*",
        "%",
        "_",
        "🙂",
        "👨‍👩‍👧",
        "\u{301}",
        "\u{200b}",
        "\u{202e}abc",
        "\u{10ffff}",
        "ﷺ",
        "½",
        "a\nb\tc\r",
        "‘a’",
        "“a b",
        "«a»",
        "1",
        "0x00",
        "NaN",
        "; DROP TABLE node;",
    ];
    for engine in engines() {
        let service = Service::start(engine).await;
        for query in hostile {
            found(&service, &json!({ "query": query })).await;
        }
        for query in [&long, &many] {
            let body = json!({"query": "query($query: String!) { search(query: $query) { totalCount } }", "variables": {"query": query}});
            let (_, text) = service.text(&body).await;
            assert!(text.contains("LIMIT_EXCEEDED"), "{text}");
        }
        assert_eq!(
            found(&service, &json!({"query": "!?"})).await,
            Vec::<String>::new()
        );
        assert_eq!(first(&service, "singpass").await, "Programme:singpass");
    }
}

/// The bundled catalogue, by words of its own titles and by parts of them.
#[tokio::test]
async fn the_same_query_finds_the_same_on_both_engines() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        let titles = service
            .data("{ programmes(first: 60) { nodes { title } } }")
            .await;
        let nodes = titles["programmes"]["nodes"].as_array().unwrap().clone();
        let mut queries: Vec<String> = nodes
            .iter()
            .map(|node| node["title"].as_str().unwrap().to_owned())
            .collect();
        let parts: Vec<_> = queries
            .iter()
            .map(|title| title.chars().take(5).collect())
            .collect();
        queries.extend(parts);
        queries.extend(
            [
                "digital government",
                "\"smart nation\"",
                "ai",
                "scams",
                "data s",
                "google cloud",
                "developr portal",
                "2024",
            ]
            .map(str::to_owned),
        );
        for query in queries {
            let all = found(&service, &json!({ "query": query })).await;
            assert!(!all.is_empty(), "{query}");
            let known = seen.entry(query.clone()).or_insert_with(|| all.clone());
            assert_eq!(*known, all, "{query}");
        }
        for node in nodes {
            let title = node["title"].as_str().unwrap();
            let query = json!({"query": format!("\"{}\"", title.replace('"', ""))});
            let all = found(&service, &query).await;
            assert!(
                all[0].starts_with("Programme:") || all.len() > 1,
                "{title}: {all:?}"
            );
        }
    }
}

/// PostgreSQL keeps 256 places of a word: so does SQLite, to find the same. Words in scripts that write vowels
/// as marks are whole words.
#[tokio::test]
async fn long_texts_and_other_scripts_are_found_alike() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        named(&mut documents, "singpass").piece.body = Some(format!(
            "{} the zanzibar வர்த்தகங்கள் s\u{ad}oft",
            "the cat ".repeat(400)
        ));
        publish(&service.db, &documents, noon() + Duration::hours(1))
            .await
            .unwrap();
        let hit = vec!["Programme:singpass".to_owned()];
        for (query, expected) in [
            ("zanzibar", hit.clone()),
            ("\"the zanzibar\"", Vec::new()),
            ("\"the cat the cat\"", hit.clone()),
            ("வர்த்தகங்கள்", hit.clone()),
            ("soft", hit.clone()),
            ("zanzibra", hit),
        ] {
            assert_eq!(
                found(&service, &json!({ "query": query })).await,
                expected,
                "{query}"
            );
        }
    }
}

/// The index is written where all else is: with it, or not at all.
#[tokio::test]
async fn the_index_changes_with_the_content() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut changed = documents(&world());
        named(&mut changed, "singpass").piece.title = "Zebra".to_owned();
        let Own::Event(event) = &mut named(&mut changed, "google-ai-bootcamp").own else {
            panic!("it is an event")
        };
        event.programme = Some("nowhere".parse().unwrap());
        let failed = publish(&service.db, &changed, noon() + Duration::hours(1)).await;
        assert!(matches!(failed, Err(PublishError::Faulty(_))));
        assert_eq!(first(&service, "singpass").await, "Programme:singpass");
        assert_eq!(
            found(&service, &json!({"query": "zebra"})).await,
            Vec::<String>::new()
        );

        let mut changed = documents(&world());
        let singpass = named(&mut changed, "singpass");
        singpass.piece.title = "Zebra".to_owned();
        singpass.piece.body = None;
        publish(&service.db, &changed, noon() + Duration::hours(2))
            .await
            .unwrap();
        assert_eq!(first(&service, "zebra").await, "Programme:singpass");
        assert_eq!(
            found(&service, &json!({"query": "\"sign in\""})).await,
            Vec::<String>::new()
        );
        let mut changed = documents(&world());
        named(&mut changed, "singpass").piece.withdrawn = Some(civigraph::document::Withdrawn {
            reason: "It is no more.".to_owned(),
            successor: None,
        });
        publish(&service.db, &changed, noon() + Duration::hours(3))
            .await
            .unwrap();
        let live = found(&service, &json!({"query": "\"digital identity\""})).await;
        assert_eq!(live, Vec::<String>::new(), "lists have what is live");
        let all = json!({"query": "\"digital identity\"", "filter": {"lifeCycle": {"in": ["LIVE", "WITHDRAWN"]}}});
        assert_eq!(found(&service, &all).await, ["Programme:singpass"]);
    }
}

/// A database that an older version filled.
#[tokio::test]
async fn what_is_derived_is_derived_again_after_an_upgrade() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let db = &service.db;
        let counts = async || {
            [
                search_entry::Entity::find().count(db).await.unwrap(),
                search_word::Entity::find().count(db).await.unwrap(),
                folded_text::Entity::find().count(db).await.unwrap(),
                node_facet::Entity::find().count(db).await.unwrap(),
            ]
        };
        let before = counts().await;
        let query = "{ programmes(orderBy: [{field: EVENT_COUNT, direction: DESC}, {field: LEAD_AGENCY_TITLE}]) { nodes { slug } } search(query: \"google\") { nodes { slug } } }";
        let told = service.data(query).await;
        if engine == Engine::Sqlite {
            let words = "DELETE FROM search_index";
            db.execute_unprepared(words).await.unwrap();
        }
        search_entry::Entity::delete_many().exec(db).await.unwrap();
        search_word::Entity::delete_many().exec(db).await.unwrap();
        folded_text::Entity::delete_many().exec(db).await.unwrap();
        node_facet::Entity::delete_many().exec(db).await.unwrap();
        db.execute_unprepared("UPDATE programme SET event_count = 0, lead_agency_sort_title = ''")
            .await
            .unwrap();
        derivation::Entity::update_many()
            .col_expr(derivation::Column::Version, Expr::value(0))
            .exec(db)
            .await
            .unwrap();
        // Nothing was published: the answer to the same text is kept.
        let again = format!("{query} # again");
        assert_ne!(service.data(&again).await, told);
        assert!(publish::derive(db).await.unwrap());
        assert!(!publish::derive(db).await.unwrap(), "once is enough");
        assert_eq!(counts().await, before);
        assert_eq!(service.data(query).await, told);
    }
}

/// Old documents may name pieces by names that they no longer have.
#[tokio::test]
async fn deriving_again_bears_names_that_are_gone() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut renamed = documents(&world());
        let trust = named(&mut renamed, "trust");
        trust.piece.first_slug = Some("trust".parse().unwrap());
        trust.piece.slug = "confidence".parse().unwrap();
        let trust = trust.clone();
        publish(&service.db, &[trust], noon() + Duration::hours(1))
            .await
            .unwrap();
        derivation::Entity::update_many()
            .col_expr(derivation::Column::Version, Expr::value(0))
            .exec(&service.db)
            .await
            .unwrap();
        assert!(publish::derive(&service.db).await.unwrap());
        assert_eq!(first(&service, "singpass").await, "Programme:singpass");
    }
}

/// Editions and changes are written last: where they fail, nothing of the index may stay.
#[tokio::test]
async fn what_fails_late_leaves_the_index_as_it_was() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let break_it = match engine {
            Engine::Sqlite => {
                "CREATE TRIGGER broken BEFORE INSERT ON change BEGIN SELECT RAISE(ABORT, 'broken'); END"
            }
            Engine::Postgres => {
                "ALTER TABLE change ADD CONSTRAINT broken CHECK (seq < 0) NOT VALID"
            }
        };
        service.db.execute_unprepared(break_it).await.unwrap();
        let mut changed = documents(&world());
        named(&mut changed, "singpass").piece.title = "Zebra".to_owned();
        let failed = publish(&service.db, &changed, noon() + Duration::hours(1)).await;
        assert!(matches!(failed, Err(PublishError::Database(_))));
        assert_eq!(first(&service, "singpass").await, "Programme:singpass");
        let zebra = found(&service, &json!({"query": "zebra"})).await;
        assert_eq!(zebra, Vec::<String>::new());
    }
}
