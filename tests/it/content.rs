//! The bundled catalogue answers what it is there for.

use civigraph::catalogue::Files;
use serde_json::{Value, json};

use crate::{
    database::{Engine, engines},
    service::Service,
};

fn slugs(list: &Value) -> Vec<&str> {
    let nodes = list["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["slug"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn goals_lead_to_programmes() {
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        let query = "{ goals { nodes { slug title programmes(first: 5) { totalCount nodes { slug title leadAgency { title } media(first: 2) { nodes { kind url altText } } } } } } }";
        let data = service.data(query).await;
        assert_eq!(
            service.statements().len(),
            5,
            "goals, programmes, totals, agencies, media"
        );
        let goals = data["goals"]["nodes"].as_array().unwrap();
        let goal = |slug: &str| goals.iter().find(|goal| goal["slug"] == slug).unwrap();
        let trust = slugs(&goal("trust")["programmes"]);
        for programme in [
            "singpass",
            "satis",
            "scamshield",
            "digital-infrastructure-act",
        ] {
            assert!(trust.contains(&programme), "{trust:?}");
        }
        let programmes = goal("trust")["programmes"]["nodes"].as_array().unwrap();
        let singpass = programmes
            .iter()
            .find(|one| one["slug"] == "singpass")
            .unwrap();
        assert_eq!(singpass["leadAgency"]["title"], "GovTech");
        assert_eq!(singpass["media"]["nodes"][0]["kind"], "IMAGE");
    }
}

#[tokio::test]
async fn a_partner_leads_to_its_events() {
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        let query = r#"{ partner(by: {slug: "google-cloud"}) { title events(first: 10) { totalCount edges { role node { slug title startsOn kind programme { slug } } } } } }"#;
        let data = service.data(query).await;
        assert_eq!(
            service.statements().len(),
            4,
            "partner, events, total, programmes"
        );
        let events = &data["partner"]["events"];
        let titles: Vec<_> = events["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| edge["node"]["title"].as_str().unwrap())
            .collect();
        for title in [
            "Google Cloud Next '23",
            "Google AI Bootcamp",
            "AI Trailblazers",
        ] {
            assert!(titles.contains(&title), "{titles:?}");
        }
        assert_eq!(events["totalCount"], titles.len());
    }
}

/// What `domain.md` says that the seeds must answer, of the kinds that there are.
#[tokio::test]
async fn the_seeds_are_answered() {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    let ask = async |query: &str| service.data(query).await;

    let data = ask(r#"{ strategy(by: {slug: "smart-nation-2"}) { predecessor { launchedOn } goals { nodes { slug } } } }"#).await;
    assert_eq!(
        slugs(&data["strategy"]["goals"]),
        ["trust", "growth", "community"]
    );
    assert_eq!(data["strategy"]["predecessor"]["launchedOn"], "2014");

    let data = ask(r#"{ strategy(by: {slug: "digital-government-blueprint"}) { launchedOn refreshedOn goals { totalCount } } }"#).await;
    assert_eq!(
        data["strategy"],
        json!({ "launchedOn": "2018", "refreshedOn": "2020", "goals": { "totalCount": 6 } })
    );

    for partner in ["microsoft", "aws", "databricks"] {
        let data = ask(&format!(
            r#"{{ partner(by: {{slug: "{partner}"}}) {{ events {{ nodes {{ slug programme {{ slug }} }} }} }} }}"#
        ))
        .await;
        let events = data["partner"]["events"]["nodes"].as_array().unwrap();
        let launch = |event: &&Value| event["programme"]["slug"] == "launch-innovation-programme";
        assert!(events.iter().any(|event| launch(&event)), "{partner}");
    }

    let data = ask(r#"{ event(by: {slug: "digital-government-exchange"}) { startsOn partners(first: 100) { nodes { country kind slug } } } }"#).await;
    let event = &data["event"];
    assert_eq!(event["startsOn"], "2016");
    let partners = event["partners"]["nodes"].as_array().unwrap();
    for country in [
        "AU", "CA", "CN", "DK", "EE", "FI", "FR", "IL", "JP", "NZ", "SE", "NL", "GB", "US",
    ] {
        assert!(
            partners.iter().any(|partner| partner["country"] == country),
            "{country}"
        );
    }
    for institution in ["united-nations", "world-bank", "world-economic-forum"] {
        assert!(
            partners
                .iter()
                .any(|partner| partner["slug"] == institution),
            "{institution}"
        );
    }

    let data = ask(r#"{ partner(by: {slug: "digital-agency-of-japan"}) { events { nodes { kind startsOn startsOnPrecision } } } }"#).await;
    assert_eq!(
        data["partner"]["events"]["nodes"],
        json!([{ "kind": "SIGNING", "startsOn": "2022-05", "startsOnPrecision": "MONTH" }])
    );

    let data = ask("{ events(first: 100) { nodes { kind startsOn } } }").await;
    let visits = data["events"]["nodes"].as_array().unwrap().iter();
    assert_eq!(
        visits
            .filter(|event| **event == json!({ "kind": "VISIT", "startsOn": "2022-06" }))
            .count(),
        2
    );

    let data = ask(r#"{ event(by: {slug: "industry-engagement-2024"}) { sessions { nodes { access } } media { edges { role node { kind provider providerId url } } } } }"#).await;
    let sessions = data["event"]["sessions"]["nodes"].as_array().unwrap();
    assert_eq!(
        sessions
            .iter()
            .filter(|session| session["access"] == "CLOSED_DOOR")
            .count(),
        5
    );
    let media = data["event"]["media"]["edges"].as_array().unwrap();
    assert!(
        media
            .iter()
            .any(|edge| edge["node"]["providerId"] == "aEgsYHFy1CQ")
    );
    assert!(media.iter().any(|edge| edge["node"]["kind"] == "DOCUMENT"));

    let data = ask(r#"{ programme(by: {slug: "codex"}) { parts { totalCount } } }"#).await;
    assert_eq!(data["programme"]["parts"]["totalCount"], 3);

    for programme in [
        "ict-ss-policy-reform",
        "digital-infrastructure-act",
        "im8",
        "tender-lite",
        "sg-tech-stack",
        "gcc",
        "gcsoc",
        "ship-hats",
        "cloudscape",
        "codescape",
        "gebiz",
        "gobusiness",
        "tech-kaki",
    ] {
        let data = ask(&format!(
            r#"{{ programme(by: {{slug: "{programme}"}}) {{ title }} }}"#
        ))
        .await;
        assert_ne!(data["programme"], Value::Null, "{programme}");
    }
}

/// An island is a piece that nobody finds: nothing shows it.
#[tokio::test]
async fn every_medium_is_shown_somewhere() {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    let mut after = String::new();
    loop {
        let query = format!(
            "{{ media(first: 100{after}) {{ nodes {{ slug shownBy {{ totalCount }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let media = service.data(&query).await["media"].clone();
        for medium in media["nodes"].as_array().unwrap() {
            assert_ne!(medium["shownBy"]["totalCount"], 0, "{}", medium["slug"]);
        }
        if media["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", media["pageInfo"]["endCursor"]);
    }
}

/// What no rival offers: every figure, quote and award tells the page that it is from.
#[tokio::test]
async fn every_figure_quote_and_award_tells_its_page() {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    for list in ["statistics", "quotes", "awards"] {
        let query = format!(
            "{{ {list}(first: 100) {{ nodes {{ slug licence {{ name attribution }} sources {{ locator quotedWords page {{ title }} }} }} }} }}"
        );
        for piece in service.data(&query).await[list]["nodes"]
            .as_array()
            .unwrap()
        {
            let sources = piece["sources"].as_array().unwrap();
            assert!(!sources.is_empty(), "{}", piece["slug"]);
            for source in sources {
                assert!(source["page"]["title"].is_string(), "{}", piece["slug"]);
                // The bundled catalogue copies no words.
                assert_eq!(source["quotedWords"], Value::Null);
            }
            assert!(piece["licence"]["attribution"].is_string());
        }
    }
}

/// The figures that the seeds tell, each typed, with its source page.
#[tokio::test]
async fn the_figures_of_the_seeds_are_typed() {
    let service = Service::over(Engine::Sqlite, &Files::Bundled).await;
    let expected = [
        (
            "fy24-ict-procurement-amount",
            "3360000000",
            "SGD",
            "industry-collaboration",
        ),
        (
            "fy24-ict-procurement-projects",
            "89",
            "projects",
            "industry-collaboration",
        ),
        (
            "fy24-ict-procurement-application-share",
            "35",
            "percent",
            "industry-collaboration",
        ),
        (
            "fy24-ict-procurement-infrastructure-share",
            "65",
            "percent",
            "industry-collaboration",
        ),
        (
            "fy24-digital-infrastructure-amount",
            "2100000000",
            "SGD",
            "industry-collaboration",
        ),
    ];
    for (slug, value, unit, page) in expected {
        let query = format!(
            r#"{{ statistic(by: {{slug: "{slug}"}}) {{ value unit period {{ startsOn endsOn label }} sources {{ page {{ slug }} }} }} }}"#
        );
        let statistic = &service.data(&query).await["statistic"];
        assert_eq!(statistic["value"], value, "{slug}");
        assert_eq!(statistic["unit"], unit, "{slug}");
        assert_eq!(
            statistic["period"],
            json!({ "startsOn": "2024-04", "endsOn": "2025-03", "label": "FY24" }),
            "{slug}"
        );
        assert_eq!(statistic["sources"][0]["page"]["slug"], page, "{slug}");
    }
    let ranking = r#"{ award(by: {slug: "smart-city-index-2021"}) { rank outOf awardedOn } }"#;
    assert_eq!(
        service.data(ranking).await["award"],
        json!({ "rank": 1, "outOf": 118, "awardedOn": "2021" })
    );
}
