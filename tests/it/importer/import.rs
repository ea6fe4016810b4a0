//! A site is imported again and again: only what is new is written, and nothing is lost.

use civigraph::{
    document::{self, Document},
    importer::{Became, Report},
    publish::publish,
};
use entity::{edition, edition_document, node::Kind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::harbour::{Harbour, MAP};
use crate::{
    database::engines,
    service::{documents, noon, world},
};

const TIDES: &str = "_services/tides.md";
const BERTHS: &str = "_services/berths.md";

fn changes(report: &Report) -> Vec<(Became, &str)> {
    let changes = report.changes.iter();
    changes
        .map(|change| (change.became, &*change.piece))
        .collect()
}

/// Publishes a piece of the site as a person has edited it.
async fn edit(harbour: &Harbour, kind: Kind, slug: &str, field: &str, value: Value) {
    let db = &harbour.service.db;
    let id = civigraph::document::Id::of(kind, &slug.parse().unwrap()).node;
    let edition = edition::Entity::find()
        .filter(edition::Column::NodeId.eq(id))
        .filter(edition::Column::State.eq(edition::State::Published));
    let edition = edition.one(db).await.unwrap().unwrap();
    let document = edition_document::Entity::find_by_id(edition.id);
    let mut value_of_piece = document.one(db).await.unwrap().unwrap().document;
    value_of_piece[field] = value;
    let (document, faults) = document::read(kind, value_of_piece);
    assert_eq!(faults, []);
    let document: Document = document.unwrap();
    let at = noon() + chrono::Duration::days(1);
    publish(db, &[document], at).await.unwrap();
}

async fn page(harbour: &Harbour, slug: &str) -> Value {
    let query = format!(
        r#"{{ page(by: {{ slug: "{slug}" }}) {{ title summary body {{ plainText }} lifeCycle {{ __typename ... on Withdrawn {{ reason }} ... on Redirected {{ to }} }} }} }}"#
    );
    harbour.ask(&query).await["page"].clone()
}

#[tokio::test]
async fn an_unchanged_site_writes_nothing() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let first = harbour.import().await;
        assert!(first.changed() > 20, "{first}");
        let before = harbour.state().await;
        let again = harbour.import().await;
        assert_eq!(again.changed(), 0, "{again}");
        assert_eq!(harbour.state().await, before);
        assert_eq!(first.warnings, again.warnings);
    }
}

#[tokio::test]
async fn a_changed_page_is_one_edition() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let (_, before, _) = harbour.state().await;
        harbour.replace("index.md", "the ships", "the boats");
        let report = harbour.import().await;
        assert_eq!(
            changes(&report),
            [(Became::Updated, "page:harbour-gov-sg-home")]
        );
        assert_eq!(harbour.state().await.1, before + 1);
        let home = page(&harbour, "harbour-gov-sg-home").await;
        let text = home["body"]["plainText"].as_str().unwrap();
        assert!(text.contains("the boats"), "{text}");
    }
}

#[tokio::test]
async fn a_page_that_vanished_is_withdrawn_and_comes_back() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let text = harbour.read(BERTHS);
        harbour.remove(BERTHS);
        let report = harbour.import().await;
        let mut ended = changes(&report);
        ended.retain(|(became, _)| *became == Became::Withdrawn);
        ended.sort_by_key(|(_, piece)| *piece);
        let pieces: Vec<_> = ended.iter().map(|(_, piece)| *piece).collect();
        assert_eq!(
            pieces[..2],
            ["page:harbour-gov-sg-services-berths", "programme:berths"]
        );
        assert!(
            pieces[2].starts_with("quote:mei-tan-on-berths-"),
            "{pieces:?}"
        );
        assert_eq!(pieces.len(), 3);
        let gone = page(&harbour, "harbour-gov-sg-services-berths").await;
        assert_eq!(gone["lifeCycle"]["__typename"], "Withdrawn");
        assert_eq!(
            gone["lifeCycle"]["reason"],
            "It is no longer on harbour.gov.sg."
        );
        // Once is enough.
        let before = harbour.state().await;
        assert_eq!(harbour.import().await.changed(), 0);
        assert_eq!(harbour.state().await, before);
        harbour.write(BERTHS, &text);
        harbour.import().await;
        let back = page(&harbour, "harbour-gov-sg-services-berths").await;
        assert_eq!(back["lifeCycle"]["__typename"], "Live");
    }
}

#[tokio::test]
async fn a_page_that_moved_leads_to_where_it_is() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        harbour.replace(
            "pages/film.md",
            "permalink: /film/",
            "permalink: /films/first/",
        );
        let text = harbour.read("index.md");
        harbour.remove("index.md");
        harbour.write(
            "pages/home.md",
            &text.replace("permalink: /", "permalink: /start/"),
        );
        harbour.import().await;
        let old = page(&harbour, "harbour-gov-sg-film").await;
        assert_eq!(old["lifeCycle"]["__typename"], "Redirected");
        assert_eq!(
            old["lifeCycle"]["to"],
            "https://www.harbour.gov.sg/films/first/"
        );
        let old = page(&harbour, "harbour-gov-sg-home").await;
        assert_eq!(old["lifeCycle"]["to"], "https://www.harbour.gov.sg/start/");
    }
}

#[tokio::test]
async fn media_that_are_still_shown_stay() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        harbour.replace(BERTHS, "![](/images/tides.png)", "");
        let report = harbour.import().await;
        assert!(
            changes(&report)
                .iter()
                .all(|(became, _)| *became == Became::Updated)
        );
        harbour.replace(TIDES, "![Water at the quay](/images/tides.png)", "");
        harbour.replace(TIDES, "image: /images/tides.png\n", "");
        let report = harbour.import().await;
        let ended = changes(&report).into_iter();
        let ended: Vec<_> = ended
            .filter(|(became, _)| *became == Became::Withdrawn)
            .collect();
        assert_eq!(ended.len(), 1, "{ended:?}");
        assert!(ended[0].1.starts_with("media:tides-"), "{ended:?}");
    }
}

#[tokio::test]
async fn what_a_person_edited_is_not_overwritten() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let slug = "harbour-gov-sg-services-tides";
        edit(
            &harbour,
            Kind::Page,
            slug,
            "summary",
            json!("Edited by hand."),
        )
        .await;
        // The site says nothing new: nothing is written, nothing is told.
        let before = harbour.state().await;
        let report = harbour.import().await;
        assert_eq!((report.changed(), report.kept.len()), (0, 0), "{report}");
        assert_eq!(harbour.state().await.0, before.0);
        // Another field comes from the site, as ever.
        harbour.replace(TIDES, "[All of 2024]", "[The whole of 2024]");
        let report = harbour.import().await;
        assert_eq!(report.kept, []);
        let now = page(&harbour, slug).await;
        assert_eq!(now["summary"], "Edited by hand.");
        assert!(
            now["body"]["plainText"]
                .to_string()
                .contains("The whole of 2024")
        );
        // Both have changed one field: the person's stays, and the report says so.
        harbour.replace(TIDES, "When the water comes.", "When the water goes.");
        let report = harbour.import().await;
        assert_eq!(page(&harbour, slug).await["summary"], "Edited by hand.");
        let kept: Vec<_> = report
            .kept
            .iter()
            .filter(|kept| kept.piece.starts_with("page:"))
            .collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].fields, ["summary"]);
        assert_eq!(kept[0].file, format!("harbour/{TIDES}"));
        assert!(report.is_partial());
    }
}

#[tokio::test]
async fn what_a_person_ended_or_renamed_stays_so() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        let slug = "harbour-gov-sg-film";
        edit(
            &harbour,
            Kind::Page,
            slug,
            "withdrawn",
            json!({ "reason": "Not ours." }),
        )
        .await;
        edit(
            &harbour,
            Kind::Programme,
            "berths",
            "first_slug",
            json!("berths"),
        )
        .await;
        edit(
            &harbour,
            Kind::Programme,
            "berths",
            "slug",
            json!("ship-berths"),
        )
        .await;
        harbour.replace("pages/film.md", "Watch it.", "Watch it now.");
        harbour.import().await;
        let film = page(&harbour, slug).await;
        assert_eq!(film["lifeCycle"]["reason"], "Not ours.");
        let data = harbour
            .ask(r#"{ programme(by: { slug: "ship-berths" }) { title media { totalCount } } quotes { nodes { about { nodes { slug } } } } }"#)
            .await;
        assert_eq!(data["programme"]["title"], "Berths");
        assert_eq!(
            data["quotes"]["nodes"][0]["about"]["nodes"][0]["slug"],
            "ship-berths"
        );
        let before = harbour.state().await;
        assert_eq!(harbour.import().await.changed(), 0);
        assert_eq!(harbour.state().await, before);
    }
}

#[tokio::test]
async fn pieces_that_the_graph_has_are_filled_in() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let world = documents(&world());
        publish(&harbour.service.db, &world, noon()).await.unwrap();
        harbour.write(
            "_services/singpass.md",
            "---\ntitle: Singpass\npermalink: /services/singpass/\n---\nOne login for all ships.\n\nLaunched: 2003\n",
        );
        let before = harbour
            .ask(r#"{ programme(by: { slug: "singpass" }) { id summary kind } }"#)
            .await;
        let report = harbour.import().await;
        let adopted: Vec<_> = report
            .adopted
            .iter()
            .map(|adopted| &*adopted.piece)
            .collect();
        assert_eq!(adopted, ["programme:singpass"]);
        let after = harbour
            .ask(r#"{ programme(by: { slug: "singpass" }) { id summary kind } programmes(filter: { title: { eq: "Singpass" } }) { totalCount } }"#)
            .await;
        assert_eq!(after["programme"], before["programme"]);
        assert_eq!(after["programmes"]["totalCount"], 1);
        let before = harbour.state().await;
        let again = harbour.import().await;
        assert_eq!(
            (again.changed(), again.adopted.len(), again.kept.len()),
            (0, 0, 0)
        );
        assert_eq!(harbour.state().await, before);
        // It was there before the site: it does not go with it.
        harbour.remove("_services/singpass.md");
        harbour.import().await;
        let data = harbour
            .ask(r#"{ programme(by: { slug: "singpass" }) { lifeCycle { __typename } } }"#)
            .await;
        assert_eq!(data["programme"]["lifeCycle"]["__typename"], "Live");
    }
}

#[tokio::test]
async fn another_checkout_of_the_site_does_not_end_the_first() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        harbour.import().await;
        harbour.replace("index.md", "the ships", "the boats");
        let report = harbour.import_as(MAP, false, Some("other")).await.unwrap();
        let kind = civigraph::importer::ProblemKind::OfAnotherSite;
        assert_eq!(report.warnings[&kind].count, 8);
        assert!(report.is_partial());
        assert_eq!(report.changed(), 0, "{report}");
    }
}

#[tokio::test]
async fn a_dry_run_tells_what_would_be_and_writes_nothing() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        let before = harbour.state().await;
        let plan = harbour.try_import(MAP, true).await.unwrap();
        assert_eq!(harbour.state().await, before);
        let done = harbour.import().await;
        assert!(plan.dry_run && !done.dry_run);
        assert_eq!(plan.changes, done.changes);
        assert_eq!(plan.pieces, done.pieces);
        harbour.remove(BERTHS);
        let plan = harbour.try_import(MAP, true).await.unwrap();
        let ended = plan
            .changes
            .iter()
            .filter(|change| change.became == Became::Withdrawn);
        assert_eq!(ended.count(), 3);
    }
}
