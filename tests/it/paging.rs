//! Every list, forwards and backwards, in pages of every size: the same rows, and the truth about more.

use serde_json::Value;

use crate::{database::engines, service::Service};

/// Where the lists are: before the list's field, its name, behind it.
const LISTS: [(&str, &str, &str); 50] = [
    ("", "strategies", ""),
    ("", "goals", ""),
    ("", "programmes", ""),
    ("", "initiatives", ""),
    ("", "partners", ""),
    ("", "events", ""),
    ("", "media", ""),
    (r#"strategy(by: {slug: "smart-nation-2"}) {"#, "goals", "}"),
    (
        r#"strategy(by: {slug: "smart-nation-1"}) {"#,
        "successors",
        "}",
    ),
    (r#"goal(by: {slug: "trust"}) {"#, "programmes", "}"),
    (r#"goal(by: {slug: "trust"}) {"#, "initiatives", "}"),
    (r#"goal(by: {slug: "trust"}) {"#, "media", "}"),
    (r#"programme(by: {slug: "singpass"}) {"#, "goals", "}"),
    (r#"programme(by: {slug: "singpass"}) {"#, "partners", "}"),
    (r#"programme(by: {slug: "singpass"}) {"#, "parts", "}"),
    (r#"programme(by: {slug: "singpass"}) {"#, "events", "}"),
    (r#"programme(by: {slug: "singpass"}) {"#, "media", "}"),
    (
        r#"programme(by: {slug: "code-for-fun"}) {"#,
        "initiatives",
        "}",
    ),
    (
        r#"initiative(by: {slug: "online-harms-agency"}) {"#,
        "goals",
        "}",
    ),
    (
        r#"initiative(by: {slug: "ai-trailblazers"}) {"#,
        "partners",
        "}",
    ),
    (
        r#"initiative(by: {slug: "ai-trailblazers"}) {"#,
        "events",
        "}",
    ),
    (
        r#"partner(by: {slug: "google"}) {"#,
        "subOrganisations",
        "}",
    ),
    (r#"partner(by: {slug: "google"}) {"#, "programmes", "}"),
    (r#"partner(by: {slug: "govtech"}) {"#, "ledProgrammes", "}"),
    (r#"partner(by: {slug: "google-cloud"}) {"#, "events", "}"),
    (
        r#"partner(by: {slug: "google-cloud"}) {"#,
        "initiatives",
        "}",
    ),
    (
        r#"event(by: {slug: "industry-engagement-2024"}) {"#,
        "partners",
        "}",
    ),
    (
        r#"event(by: {slug: "industry-engagement-2024"}) {"#,
        "sessions",
        "}",
    ),
    (
        r#"event(by: {slug: "industry-engagement-2024"}) {"#,
        "media",
        "}",
    ),
    (
        r#"mediaItem(by: {slug: "trust-picture"}) {"#,
        "programmes",
        "}",
    ),
    (r#"mediaItem(by: {slug: "trust-picture"}) {"#, "goals", "}"),
    (
        r#"mediaItem(by: {slug: "opening-address"}) {"#,
        "events",
        "}",
    ),
    ("", "people", ""),
    ("", "quotes", ""),
    ("", "statistics", ""),
    ("", "awards", ""),
    ("", "challenges", ""),
    ("", "pages", ""),
    ("", "topics", ""),
    ("", "overdueReviews", ""),
    ("", "inaccessibleMedia", ""),
    (
        r#"statistic(by: {slug: "ict-spending-2024"}) {"#,
        "seriesPoints",
        "}",
    ),
    (
        r#"statistic(by: {slug: "ict-spending-2024"}) {"#,
        "measures",
        "}",
    ),
    (r#"programme(by: {slug: "singpass"}) {"#, "statistics", "}"),
    (
        r#"event(by: {slug: "industry-engagement-2024"}) {"#,
        "quotesAbout",
        "}",
    ),
    (r#"page(by: {slug: "smart-nation-2"}) {"#, "sourceOf", "}"),
    (r#"page(by: {slug: "smart-nation-2"}) {"#, "mentions", "}"),
    (r#"goal(by: {slug: "trust"}) {"#, "mentionedIn", "}"),
    (r#"topic(by: {slug: "scams"}) {"#, "content", "}"),
    (
        r#"mediaItem(by: {slug: "trust-picture"}) {"#,
        "shownBy",
        "}",
    ),
];

/// A page: its cursors, and whether there is more before and after it.
struct Page {
    cursors: Vec<String>,
    previous: bool,
    next: bool,
}

async fn page(service: &Service, list: (&str, &str, &str), arguments: &str) -> Page {
    let (before, field, after) = list;
    let query = format!(
        "{{ {before} {field}({arguments}) {{ edges {{ cursor node {{ title }} }} nodes {{ title }} totalCount pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} }} {after} }}"
    );
    let data = service.data(&query).await;
    let parent = data.as_object().unwrap().values().next().unwrap();
    let connection = if before.is_empty() {
        parent
    } else {
        &parent[field]
    };
    let edges = connection["edges"].as_array().unwrap();
    let cursor = |edge: &Value| edge["cursor"].as_str().unwrap().to_owned();
    let cursors: Vec<_> = edges.iter().map(cursor).collect();
    let info = &connection["pageInfo"];
    assert_eq!(
        info["startCursor"].as_str(),
        cursors.first().map(String::as_str)
    );
    assert_eq!(
        info["endCursor"].as_str(),
        cursors.last().map(String::as_str)
    );
    let titles: Vec<_> = edges.iter().map(|edge| edge["node"].clone()).collect();
    assert_eq!(connection["nodes"], Value::Array(titles));
    if arguments == "first: 100" {
        assert_eq!(connection["totalCount"], cursors.len(), "{list:?}");
    }
    Page {
        cursors,
        previous: info["hasPreviousPage"].as_bool().unwrap(),
        next: info["hasNextPage"].as_bool().unwrap(),
    }
}

#[tokio::test]
async fn every_list_reads_the_same_both_ways_and_in_pages_of_any_size() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for list in LISTS {
            let all = page(&service, list, "first: 100").await;
            assert!(
                !all.cursors.is_empty(),
                "{list:?} has nothing to page through"
            );
            assert!(!all.previous && !all.next);
            for size in [1, 2, 3] {
                let mut forward = Vec::new();
                let mut backward = Vec::new();
                loop {
                    let after = forward
                        .last()
                        .map_or(String::new(), |cursor| format!(", after: {cursor:?}"));
                    let page = page(&service, list, &format!("first: {size}{after}")).await;
                    assert_eq!(page.previous, !forward.is_empty(), "{list:?}");
                    forward.extend(page.cursors);
                    assert_eq!(page.next, forward.len() < all.cursors.len(), "{list:?}");
                    if !page.next {
                        break;
                    }
                }
                loop {
                    let before = backward
                        .first()
                        .map_or(String::new(), |cursor| format!(", before: {cursor:?}"));
                    let page = page(&service, list, &format!("last: {size}{before}")).await;
                    assert_eq!(page.next, !backward.is_empty(), "{list:?}");
                    backward.splice(0..0, page.cursors);
                    assert_eq!(
                        page.previous,
                        backward.len() < all.cursors.len(),
                        "{list:?}"
                    );
                    if !page.previous {
                        break;
                    }
                }
                assert_eq!(forward, all.cursors, "{list:?} forwards by {size}");
                assert_eq!(backward, all.cursors, "{list:?} backwards by {size}");
            }
        }
    }
}

#[tokio::test]
async fn a_window_between_two_cursors_tells_what_lies_beyond() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for list in [LISTS[2], LISTS[9]] {
            let all = page(&service, list, "first: 100").await;
            let (first, last) = (&all.cursors[0], all.cursors.last().unwrap());
            let bounds = format!("after: {first:?}, before: {last:?}");
            for arguments in [
                format!("first: 100, {bounds}"),
                format!("last: 100, {bounds}"),
            ] {
                let window = page(&service, list, &arguments).await;
                assert_eq!(window.cursors, all.cursors[1..all.cursors.len() - 1]);
                assert!(window.previous && window.next);
            }
            let end = page(&service, list, &format!("first: 3, after: {last:?}")).await;
            assert!(end.cursors.is_empty() && end.previous && !end.next);
            let start = page(&service, list, &format!("last: 3, before: {first:?}")).await;
            assert!(start.cursors.is_empty() && !start.previous && start.next);
        }
    }
}

#[tokio::test]
async fn nested_lists_of_many_parents_take_one_cursor() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let (before, field, after) = LISTS[9];
        let middle = page(&service, (before, field, after), "first: 1")
            .await
            .cursors
            .remove(0);
        let query = format!(
            "{{ goals {{ nodes {{ slug programmes(first: 1, after: {middle:?}) {{ nodes {{ slug }} pageInfo {{ hasPreviousPage hasNextPage }} }} }} }} }}"
        );
        service.statements();
        let data = service.data(&query).await;
        assert_eq!(service.statements().len(), 2);
        let told: Vec<_> = data["goals"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|goal| {
                let page = &goal["programmes"];
                let slug = page["nodes"][0]["slug"].as_str().unwrap_or("none");
                let info = &page["pageInfo"];
                format!(
                    "{} {slug} {} {}",
                    goal["slug"].as_str().unwrap(),
                    info["hasPreviousPage"],
                    info["hasNextPage"]
                )
            })
            .collect();
        // By title: Myinfo is the first of Trust; Community has only Singpass, Growth only Code for Fun.
        assert_eq!(
            told,
            [
                "trust scamshield true true",
                "growth none true false",
                "community singpass false false"
            ]
        );
    }
}

#[tokio::test]
async fn what_cannot_be_paged_is_told_clearly() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let of_events = page(&service, LISTS[5], "first: 1").await.cursors.remove(0);
        service.statements();
        let cases = [
            (
                "first: -1",
                "BAD_USER_INPUT",
                "`first` is -1, but a page has from 0 to 100",
            ),
            (
                "last: 101",
                "BAD_USER_INPUT",
                "`last` is 101, but a page has from 0 to 100",
            ),
            (
                "first: 1, last: 1",
                "BAD_USER_INPUT",
                "`first` and `last` together",
            ),
            ("after: \"\"", "BAD_CURSOR", "`after` is no cursor"),
            ("before: \"garbage\"", "BAD_CURSOR", "`before` is no cursor"),
            ("after: \"bnVsbA\"", "BAD_CURSOR", "`after` is no cursor"),
            (
                &format!("after: {of_events:?}"),
                "BAD_CURSOR",
                "`after` is a cursor of a list in another order",
            ),
        ];
        for (arguments, code, message) in cases {
            let query = format!("{{ programmes({arguments}) {{ nodes {{ slug }} }} }}");
            let answer = service.query(&query).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], code, "{arguments}");
            let told = error["message"].as_str().unwrap();
            assert!(told.starts_with(message), "{arguments}: {told}");
            assert_eq!(answer["data"], Value::Null);
        }
        assert_eq!(service.statements(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_page_of_nothing_still_tells_whether_there_is_anything() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let empty = page(&service, LISTS[2], "first: 0").await;
        assert!(empty.cursors.is_empty() && !empty.previous && empty.next);
    }
}

/// The promise of the batched loaders.
#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_rows() {
    let query = |size| {
        format!(
            "{{ goals(first: {size}) {{ totalCount nodes {{ strategy {{ title }} media(first: {size}) {{ totalCount nodes {{ url }} }}
                programmes(first: {size}) {{ totalCount edges {{ cursor node {{ url body {{ html }} leadAgency {{ title }}
                    partners(first: {size}) {{ totalCount edges {{ role node {{ title events(first: {size}) {{ nodes {{ title programme {{ title }} }} }} }} }} }}
                    media(last: {size}) {{ nodes {{ altText }} pageInfo {{ hasPreviousPage }} }} }} }} pageInfo {{ hasNextPage }} }} }} }} }}"
        )
    };
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let mut numbers = Vec::new();
        for size in [2, 3, 100] {
            service.data(&query(size)).await;
            numbers.push(service.statements().len());
        }
        // goals and their total; strategies; media, total; programmes, total; nodes, bodies, agencies;
        // partners, total; events; the events' programmes; the programmes' media.
        assert_eq!(numbers, [15, 15, 15]);
    }
}
