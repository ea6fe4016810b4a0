//! Which piece a page is, whatever happens to its file, its address and its neighbours.

use civigraph::{
    document::{self, Document},
    importer::{Became, ProblemKind, Report},
    publish::publish,
};
use entity::node::Kind;
use serde_json::{Value, json};

use super::harbour::Harbour;
use crate::{database::engines, service::noon};

fn page(title: &str, permalink: &str, body: &str) -> String {
    format!("---\ntitle: {title}\npermalink: {permalink}\n---\n{body}\n")
}

async fn titles(harbour: &Harbour) -> Vec<(String, String)> {
    let data = harbour
        .ask("{ pages(first: 100) { nodes { title url } } }")
        .await;
    let nodes = data["pages"]["nodes"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    nodes
        .map(|node| (text(&node["title"]), text(&node["url"])))
        .collect()
}

async fn has(harbour: &Harbour, title: &str, url: &str) {
    let all = titles(harbour).await;
    let meant = (title.to_owned(), format!("https://www.harbour.gov.sg{url}"));
    assert!(all.contains(&meant), "{meant:?} in {all:?}");
}

/// The second time nothing changes.
async fn is_settled(harbour: &mut Harbour) {
    let before = harbour.state().await;
    let again = harbour.import().await;
    assert_eq!(again.changed(), 0, "{again}\n{:?}", again.changes);
    assert_eq!(harbour.state().await, before);
}

fn count(report: &Report, kind: ProblemKind) -> usize {
    report
        .warnings
        .get(&kind)
        .map_or(0, |warnings| warnings.count)
}

/// What somebody else has published.
async fn publish_elsewhere(harbour: &Harbour, documents: &[(Kind, Value)]) {
    let documents = documents.iter().map(|(kind, value)| {
        let (document, faults) = document::read(*kind, value.clone());
        assert_eq!(faults, []);
        document.unwrap()
    });
    let documents: Vec<Document> = documents.collect();
    publish(&harbour.service.db, &documents, noon())
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_a_page_is_no_medium_too() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write(
            "a.md",
            &page(
                "A",
                "/a/",
                "<img src='/'> ![b](/b/) [r](/files/r.pdf) [a](/a/)",
            ),
        );
        harbour.write("b.md", &page("B", "/b/", "Text."));
        harbour.write("r.md", &page("R", "/files/r.pdf", "Text."));
        harbour.import().await;
        for (title, url) in [("A", "/a/"), ("B", "/b/"), ("R", "/files/r.pdf")] {
            has(&harbour, title, url).await;
        }
        is_settled(&mut harbour).await;
        // A page may come where a medium was.
        harbour.write("b.md", &page("B", "/b/", "![q](/quay.png)"));
        harbour.import().await;
        harbour.write("q.md", &page("Q", "/quay.png", "Text."));
        let report = harbour.import().await;
        assert!(
            count(&report, ProblemKind::DuplicatePermalink) > 0,
            "{report}"
        );
    }
}

#[tokio::test]
async fn one_medium_has_many_spellings() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write(
            "a.md",
            &page(
                "A",
                "/a/",
                "![](http://o.org/a.png) ![](https://o.org/a.png)",
            ),
        );
        harbour.write("b.md", &page("B", "/b/", "![](//o.org/a.png)"));
        harbour.import().await;
        let data = harbour
            .ask(r#"{ media(filter: { url: { in: ["http://o.org/a.png", "https://o.org/a.png"] } }) { totalCount } }"#)
            .await;
        assert_eq!(data["media"]["totalCount"], 1);
        is_settled(&mut harbour).await;
    }
}

#[tokio::test]
async fn a_new_page_takes_no_others_place() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write("z.md", &page("Z", "/a-b/", "Text of Z."));
        harbour.write("_services/z.md", &page("Mooring", "/z/mooring/", "Text."));
        harbour.import().await;
        harbour.write("a.md", &page("A", "/a/b/", "Text of A."));
        harbour.write("_services/a.md", &page("Mooring", "/a/mooring/", "Text."));
        harbour.import().await;
        has(&harbour, "A", "/a/b/").await;
        has(&harbour, "Z", "/a-b/").await;
        let data = harbour
            .ask(r#"{ programmes(filter: { title: { eq: "Mooring" } }) { totalCount } }"#)
            .await;
        assert_eq!(data["programmes"]["totalCount"], 2);
        is_settled(&mut harbour).await;
    }
}

#[tokio::test]
async fn slugs_and_addresses_of_others_are_left_to_them() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let foreign = [
            (
                Kind::Page,
                json!({ "slug": "harbour-gov-sg-a", "title": "Other", "summary": "Other.", "url": "https://other.org/x/" }),
            ),
            (
                Kind::Page,
                json!({ "slug": "harbour-gov-sg-b", "first_slug": "zzz", "title": "Zzz", "summary": "Zzz." }),
            ),
            (
                Kind::Page,
                json!({ "slug": "from", "title": "From", "summary": "From." }),
            ),
            (
                Kind::Programme,
                json!({ "slug": "c", "title": "Taken", "summary": "Taken.", "kind": "platform",
                    "url": "https://www.harbour.gov.sg/c/", "sources": [{ "page": "from", "locator": "All" }] }),
            ),
        ];
        publish_elsewhere(&harbour, &foreign).await;
        harbour.write("a.md", &page("A", "/a/", "Text."));
        harbour.write("b.md", &page("B", "/b/", "Text."));
        harbour.write("c.md", &page("C", "/c/", "Text."));
        let report = harbour.import().await;
        assert_eq!(report.adopted, []);
        assert_eq!(count(&report, ProblemKind::DuplicatePermalink), 1);
        has(&harbour, "A", "/a/").await;
        has(&harbour, "B", "/b/").await;
        let all = titles(&harbour).await;
        assert!(all.contains(&("C".to_owned(), String::new())), "{all:?}");
        assert!(all.contains(&("Other".to_owned(), "https://other.org/x/".to_owned())));
        is_settled(&mut harbour).await;
    }
}

#[tokio::test]
async fn pages_may_change_places() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write("a.md", &page("A", "/a/", "Text of A."));
        harbour.write("b.md", &page("B", "/b/", "Text of B."));
        harbour.import().await;
        harbour.write("a.md", &page("A", "/b/", "Text of A."));
        harbour.write("b.md", &page("B", "/a/", "Text of B."));
        let report = harbour.import().await;
        assert!(
            report
                .changes
                .iter()
                .all(|change| change.became == Became::Updated)
        );
        has(&harbour, "A", "/b/").await;
        has(&harbour, "B", "/a/").await;
        is_settled(&mut harbour).await;
        // One moves away, and comes back: each time the old address leads to the new one.
        for (from, to) in [("/b/", "/c/"), ("/c/", "/b/")] {
            harbour.replace(
                "a.md",
                &format!("permalink: {from}"),
                &format!("permalink: {to}"),
            );
            harbour.import().await;
            has(&harbour, "A", to).await;
            let query = format!(
                r#"{{ resource(url: "https://www.harbour.gov.sg{from}") {{ lifeCycle {{ ... on Redirected {{ to }} }} }} }}"#
            );
            let data = harbour.ask(&query).await;
            let to = format!("https://www.harbour.gov.sg{to}");
            assert_eq!(data["resource"]["lifeCycle"]["to"], to);
            is_settled(&mut harbour).await;
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_not_withdrawn() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let large = page("Tide Tables", "/services/tides/", &"a ".repeat(2_000_000));
        harbour.write("_services/tides.md", &large);
        let report = harbour.import().await;
        assert_eq!(count(&report, ProblemKind::TooLarge), 1);
        has(&harbour, "Tide Tables", "/services/tides/").await;
        let data = harbour
            .ask(r#"{ programme(by: { slug: "tides" }) { lifeCycle { __typename } } }"#)
            .await;
        assert_eq!(data["programme"]["lifeCycle"]["__typename"], "Live");
    }
}

#[tokio::test]
async fn what_stays_is_still_mentioned() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let large = page("Tide Tables", "/services/tides/", &"a ".repeat(2_000_000));
        harbour.write("_services/tides.md", &large);
        harbour.import().await;
        let data = harbour
            .ask(r#"{ page(by: { slug: "harbour-gov-sg-services-berths" }) { mentions { nodes { slug } } } }"#)
            .await;
        assert!(data.to_string().contains("\"tides\""), "{data}");
    }
}

#[tokio::test]
async fn addresses_with_odd_slashes_and_cases_are_settled() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write("a.md", &page("A", "/foo//", "See [b](/Bar/)."));
        harbour.write("b.md", &page("B", "/Bar/", "Text."));
        harbour.import().await;
        is_settled(&mut harbour).await;
        harbour.write("c.md", &harbour.read("a.md"));
        harbour.remove("a.md");
        harbour.write("0.md", &page("Zero", "/foo/", "Text."));
        harbour.write("b.md", &page("B", "/bar/", "Text."));
        harbour.import().await;
        is_settled(&mut harbour).await;
    }
}

#[tokio::test]
async fn a_page_whose_text_several_have_is_withdrawn() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.write("a.md", &page("A", "/a/", "The same text."));
        harbour.import().await;
        harbour.remove("a.md");
        for number in 0..3 {
            let permalink = format!("/b{number}/");
            harbour.write(
                &format!("b{number}.md"),
                &page("B", &permalink, "The same text."),
            );
        }
        harbour.import().await;
        let query =
            r#"{ resource(url: "https://www.harbour.gov.sg/a/") { lifeCycle { __typename } } }"#;
        let data = harbour.ask(query).await;
        assert_eq!(data["resource"]["lifeCycle"]["__typename"], "Withdrawn");
    }
}

#[tokio::test]
async fn titles_that_change_hands_are_mentioned_rightly_at_once() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        harbour.replace(
            "_services/tides.md",
            "title: Tide Tables",
            "title: Water Levels",
        );
        harbour.replace("_services/berths.md", "title: Berths", "title: Tide Tables");
        harbour.import().await;
        is_settled(&mut harbour).await;
    }
}

#[tokio::test]
async fn without_its_map_a_site_is_not_imported_again() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let before = harbour.state().await;
        let error = harbour.import_without_map().await.unwrap_err();
        assert!(error.to_string().contains("name the map"), "{error}");
        assert_eq!(harbour.state().await, before);
    }
}

#[tokio::test]
async fn maps_are_checked() {
    let refused = |map: &str| civigraph::importer::Map::read(map).unwrap_err().to_string();
    for (map, told) in [
        (
            "site: {language: not a language}",
            "site.language: `not a language` is no language",
        ),
        ("site: {licence: a b}", "site.licence: `a b` is no licence"),
        (
            "site: {url: 'ftp://x.sg'}",
            "site.url: `ftp://x.sg` is no address on the web",
        ),
        (
            "partners: [{slug: a, title: '', kind: agency}]",
            "partners[0].title: there is no text",
        ),
        (
            "partners: [{slug: a, title: A, kind: agency}, {slug: a, title: B, kind: agency}]",
            "partners[1].slug: `a` is there already",
        ),
        (
            "rules: [{folders: [a], event: {kind: forum, country: Singapore}}]",
            "rules[0].event.country: `Singapore` is no country",
        ),
        (
            "rules: [{folders: [a], event: {kind: forum, dates: {label: [x]}}}]",
            "a place such as `title`",
        ),
        (
            "rules: [{event: {kind: forum}}]",
            "rules[0]: the rule would hold for every page",
        ),
        ("rules: [{folders: [a], event: {kind: party}}]", "party"),
    ] {
        let message = refused(map);
        assert!(message.contains(told), "{message}");
    }
}
