//! A site's pages become pieces of the graph.

use serde_json::{Value, json};

use super::harbour::{Harbour, MAP};
use crate::database::engines;

#[tokio::test]
async fn pages_come_with_their_parts() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let report = harbour.import().await;
        let pages = report.pages;
        assert_eq!((pages.found, pages.live, pages.redirects), (9, 7, 1));
        assert_eq!((pages.left_out, pages.unread), (1, 0));
        let data = harbour
            .ask(
                r#"{ page(by: { url: "https://www.harbour.gov.sg/services/tides/" }) {
                    slug title summary site permalink layout language licence { name } review { owner { slug } }
                    sections { heading level } tables { header rows } links { href text }
                    body { html plainText } topics { nodes { slug title } }
                    media { edges { role node { kind url sourceUrl: url accessibility { altText missing } } } }
                    mentions { nodes { __typename slug } } sourceOf { nodes { __typename slug } }
                } }"#,
            )
            .await;
        let page = &data["page"];
        assert_eq!(page["slug"], "harbour-gov-sg-services-tides");
        assert_eq!(page["summary"], "When the water comes.");
        assert_eq!(page["site"], "harbour.gov.sg");
        assert_eq!(page["permalink"], "/services/tides/");
        assert_eq!(page["licence"]["name"], "LicenseRef-Harbour-Terms");
        assert_eq!(page["review"]["owner"]["slug"], "port-authority");
        assert_eq!(page["sections"], json!([{ "heading": "When", "level": 2 }]));
        assert_eq!(
            page["tables"],
            json!([{ "header": ["Port", "Height"], "rows": [["North", "3 m"]] }])
        );
        assert_eq!(page["links"].as_array().unwrap().len(), 2);
        let html = page["body"]["html"].as_str().unwrap();
        assert!(
            html.contains("<h2>When</h2>") && !html.contains("script"),
            "{html}"
        );
        assert_eq!(
            page["topics"]["nodes"],
            json!([{ "slug": "services", "title": "Services" }])
        );
        let media = page["media"]["edges"].as_array().unwrap();
        let shown: Vec<_> = media
            .iter()
            .map(|edge| {
                (
                    edge["role"].as_str().unwrap(),
                    edge["node"]["url"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("COVER", "https://www.harbour.gov.sg/images/tides.png"),
                ("ATTACHMENT", "https://www.harbour.gov.sg/files/tides.pdf")
            ]
        );
        assert_eq!(
            media[0]["node"]["accessibility"]["altText"],
            "Water at the quay"
        );
        // By address, then by name: the event, the programme, the organisations.
        let mentions: Vec<_> = nodes(&page["mentions"]);
        assert_eq!(
            mentions,
            [
                "Page harbour-gov-sg-news-events-tide-day",
                "Programme tides",
                "Partner port-authority",
                "Partner tide-labs"
            ]
        );
    }
}

fn nodes(connection: &Value) -> Vec<String> {
    let nodes = connection["nodes"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes
        .map(|node| format!("{} {}", text(&node["__typename"]), text(&node["slug"])))
        .collect()
}

#[tokio::test]
async fn media_are_there_once() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let data = harbour
            .ask(
                r"{ media { nodes { kind url provider providerId shownBy { nodes { __typename slug } } } }
                    video: media(filter: { kind: { eq: VIDEO } }) { nodes { url providerId } } }",
            )
            .await;
        let media = data["media"]["nodes"].as_array().unwrap();
        assert_eq!(media.len(), 3, "{media:?}");
        let picture = media
            .iter()
            .find(|medium| medium["url"].as_str().unwrap().ends_with("tides.png"));
        let shown = nodes(&picture.unwrap()["shownBy"]);
        assert_eq!(shown.len(), 4, "{shown:?}");
        assert_eq!(
            data["video"]["nodes"],
            json!([{ "url": "https://www.youtube.com/watch?v=-abc_123456", "providerId": "-abc_123456" }])
        );
    }
}

#[tokio::test]
async fn quotations_have_speakers_and_call_outs_are_none() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let data = harbour
            .ask(
                r"{ quotes { nodes { words speaker { title role organisation { slug } }
                    about { nodes { __typename slug } } sources { locator page { slug } } } } }",
            )
            .await;
        assert_eq!(
            data["quotes"]["nodes"],
            json!([{
                "words": "Every ship has its place.",
                "speaker": {
                    "title": "Mei Tan",
                    "role": "Harbour Master",
                    "organisation": { "slug": "port-authority" }
                },
                "about": { "nodes": [{ "__typename": "Programme", "slug": "berths" }] },
                "sources": [{ "locator": "Quotation 1", "page": { "slug": "harbour-gov-sg-services-berths" } }]
            }])
        );
    }
}

#[tokio::test]
async fn the_map_makes_programmes_events_and_awards() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let report = harbour.import().await;
        let data = harbour
            .ask(
                r"{ programmes { nodes { slug title kind audiences startedOn startedOnPrecision
                        leadAgency { slug } partners { edges { role node { slug } } } } }
                    events { nodes { slug title kind startsOn endsOn venue
                        partners { edges { role node { slug } } }
                        sources { field quotedWords } } }
                    awards { nodes { slug awardedOn awardedOnPrecision recipients { nodes { slug } }
                        programme { slug } } } }",
            )
            .await;
        let programmes = &data["programmes"]["nodes"];
        assert_eq!(programmes[1]["slug"], "tides");
        assert_eq!(programmes[1]["startedOn"], "2020-05");
        assert_eq!(programmes[1]["startedOnPrecision"], "MONTH");
        assert_eq!(programmes[1]["leadAgency"]["slug"], "port-authority");
        assert_eq!(
            programmes[1]["partners"]["edges"],
            json!([{ "role": "COLLABORATOR", "node": { "slug": "tide-labs" } }])
        );
        let events = data["events"]["nodes"].as_array().unwrap();
        let event = |slug: &str| events.iter().find(|event| event["slug"] == slug).unwrap();
        let day = event("tide-day");
        assert_eq!(day["startsOn"], "2024-05-30");
        assert_eq!(day["endsOn"], "2024-06-01");
        assert_eq!(day["venue"], "North Quay");
        assert_eq!(
            day["partners"]["edges"],
            json!([{ "role": "ORGANISER", "node": { "slug": "port-authority" } }])
        );
        let fields: Vec<_> = day["sources"].as_array().unwrap().iter().collect();
        assert_eq!(fields[1]["field"], "starts_on");
        assert_eq!(fields[1]["quotedWords"], "30 May to 1 June 2024");
        // A Tuesday that is called a Friday is no date.
        let hackathon = event("hackathon");
        assert_eq!(hackathon["kind"], "HACKATHON");
        assert_eq!(hackathon["startsOn"], Value::Null);
        let unsure = &report.warnings[&civigraph::importer::ProblemKind::UnsureDate];
        assert_eq!(unsure.count, 1);
        assert_eq!(
            unsure.places[0].file,
            "harbour/news/events/_posts/2024-06-01-post-Hackathon.md"
        );
        assert_eq!(
            data["awards"]["nodes"],
            json!([{
                "slug": "sea-award",
                "awardedOn": "2023",
                "awardedOnPrecision": "YEAR",
                "recipients": { "nodes": [{ "slug": "port-authority" }] },
                "programme": { "slug": "tides" }
            }])
        );
    }
}

#[tokio::test]
async fn pages_that_lead_elsewhere_are_redirects() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let data = harbour
            .ask(
                r#"{ resource(url: "https://www.harbour.gov.sg/news/links/ships/") {
                    lifeCycle { ... on Redirected { to } } }
                    draft: page(by: { url: "https://www.harbour.gov.sg/draft/" }) { title } }"#,
            )
            .await;
        assert_eq!(
            data["resource"],
            json!({ "lifeCycle": { "to": "https://ships.example.org/list" } })
        );
        assert_eq!(data["draft"], Value::Null);
    }
}

#[tokio::test]
async fn empty_pages_come_in_if_they_are_described() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let empty = |title: &str, more: &str| {
            format!("---\ntitle: {title}\npermalink: /{title}/\n{more}---\n")
        };
        harbour.write("a.md", &empty("a", "description: What it will be.\n"));
        harbour.write("b.md", &empty("b", "description: \"\"\n"));
        harbour.write("c.md", &empty("c", "layout: contact_us\n"));
        let report = harbour.import().await;
        assert_eq!(
            report.warnings[&civigraph::importer::ProblemKind::EmptyPage].count,
            3
        );
        let data = harbour
            .ask(r#"{ pages(filter: { title: { in: ["a", "b", "c"] } }) { nodes { title summary } } }"#)
            .await;
        let mut titles: Vec<_> = data["pages"]["nodes"].as_array().unwrap().iter().collect();
        titles.sort_by_key(|page| page["title"].to_string());
        assert_eq!(
            titles,
            [
                &json!({ "title": "a", "summary": "What it will be." }),
                &json!({ "title": "c", "summary": "c" })
            ]
        );
    }
}

#[tokio::test]
async fn without_a_map_there_are_pages_alone() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let report = harbour.try_import("{}", false).await.unwrap();
        assert_eq!(report.site, "harbour.gov.sg");
        let kinds: Vec<_> = report.pieces.keys().map(String::as_str).collect();
        assert_eq!(kinds, ["media", "page", "person", "quote", "topic"]);
    }
}

#[tokio::test]
async fn a_map_that_names_nobody_changes_nothing() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let before = harbour.state().await;
        let map = MAP.replace("owner: port-authority", "owner: port-authorty");
        let error = harbour.try_import(&map, false).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the map has faults:\n  site.owner: there is no partner `port-authorty` (did you mean `port-authority`?)"
        );
        assert_eq!(harbour.state().await, before);
    }
}
