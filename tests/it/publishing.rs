//! Content comes in through one door: all or nothing, and only what is new.

use chrono::{DateTime, Duration, Utc};
use civigraph::{
    document::{Document, Own, Withdrawn},
    publish::{PublishError, Published, publish},
};
use entity::{
    change, content_revision, edition, edition_document, node, programme, translation::Status,
};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use serde_json::json;

use crate::{
    database::{TestDatabase, engines},
    service::{Service, documents, named, noon, world},
};

fn later() -> DateTime<Utc> {
    noon() + Duration::hours(1)
}

async fn revision(db: &DatabaseConnection) -> i64 {
    let row = content_revision::Entity::find().one(db).await.unwrap();
    row.unwrap().revision
}

#[tokio::test]
async fn the_same_catalogue_twice_changes_nothing() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let before = (revision(&service.db).await, changes(&service.db).await);
        let documents = documents(&world());
        let published = publish(&service.db, &documents, later()).await.unwrap();
        let nothing = Published {
            unchanged: documents.len(),
            ..Published::default()
        };
        assert_eq!(published, nothing);
        let after = (revision(&service.db).await, changes(&service.db).await);
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn a_changed_document_changes_that_piece_alone() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let singpass = named(&mut documents, "singpass");
        let Own::Programme(programme) = &mut singpass.own else {
            panic!("Singpass is a programme")
        };
        programme.goals.truncate(1);
        programme.partners.clear();
        let id = singpass.id().node;
        let published = publish(&service.db, &documents, later()).await.unwrap();
        assert_eq!((published.created, published.updated), (0, 1));
        assert_eq!(revision(&service.db).await, 2);

        let newest = change::Entity::find()
            .order_by_desc(change::Column::Seq)
            .one(&service.db)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(newest.node_id, id);
        assert_eq!(newest.action, change::Action::Update);
        assert_eq!(newest.fields, serde_json::json!(["goals", "partners"]));
        assert_eq!((newest.edition, newest.revision), (2, 2));
        let others = node::Entity::find()
            .filter(node::Column::RecordUpdatedAt.ne(noon()))
            .all(&service.db)
            .await
            .unwrap();
        assert_eq!(others.len(), 1);
        // The words are as they were.
        assert_eq!(others[0].content_updated_at, noon());
        assert_eq!(others[0].record_updated_at, later());

        let query = r#"{ programme(by: {slug: "singpass"}) { edition goals { nodes { slug } } partners { totalCount } } }"#;
        let data = service.data(query).await;
        assert_eq!(
            data["programme"],
            serde_json::json!({ "edition": 2, "goals": { "nodes": [{ "slug": "trust" }] }, "partners": { "totalCount": 0 } })
        );
    }
}

#[tokio::test]
async fn every_edition_is_kept_as_it_was() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let document = named(&mut documents, "singpass");
        let first = document.to_value();
        document.piece.summary = "Something else.".to_owned();
        let second = document.to_value();
        let id = document.id().node;
        publish(&service.db, &documents, later()).await.unwrap();
        let editions = edition::Entity::find()
            .filter(edition::Column::NodeId.eq(id))
            .order_by_asc(edition::Column::Number)
            .all(&service.db)
            .await
            .unwrap();
        let mut told = Vec::new();
        for edition in editions {
            let document = edition_document::Entity::find_by_id(edition.id);
            let document = document.one(&service.db).await.unwrap().unwrap();
            told.push((edition.number, edition.state, document.document));
        }
        assert_eq!(
            told,
            [
                (1, edition::State::Superseded, first.clone()),
                (2, edition::State::Published, second)
            ]
        );
        // Where it is from is part of it.
        assert_eq!(first["sources"][0]["page"], "smart-nation-2");
        let node = node::Entity::find_by_id(id).one(&service.db).await.unwrap();
        assert_eq!(node.unwrap().content_updated_at, later());
    }
}

#[tokio::test]
async fn one_fault_and_nothing_is_published() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        named(&mut documents, "scamshield").piece.summary = "New words.".to_owned();
        let Own::Programme(programme) = &mut named(&mut documents, "singpass").own else {
            panic!("Singpass is a programme")
        };
        programme.lead_agency = Some("nobody".parse().unwrap());
        let error = publish(&service.db, &documents, later()).await.unwrap_err();
        let PublishError::Faulty(faults) = error else {
            panic!("{error}")
        };
        let told: Vec<_> = faults.iter().map(|(_, fault)| fault.to_string()).collect();
        assert_eq!(told, ["lead_agency: there is no partner `nobody`"]);
        assert_eq!(revision(&service.db).await, 1);
        let query = r#"{ programme(by: {slug: "scamshield"}) { summary edition } }"#;
        let data = service.data(query).await;
        assert_eq!(data["programme"]["edition"], 1);
    }
}

#[tokio::test]
async fn an_address_belongs_to_one_piece() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let thief = named(&mut documents, "myinfo");
        thief.piece.url = Some("https://www.scamshield.gov.sg/".to_owned());
        let thief = thief.clone();
        let error = publish(&service.db, &[thief], later()).await.unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("url: another piece of content has this address"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn pieces_may_swap_addresses() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let one = named(&mut documents, "singpass").piece.url.take();
        let other = named(&mut documents, "scamshield").piece.url.take();
        named(&mut documents, "singpass").piece.url = other;
        named(&mut documents, "scamshield").piece.url = one;
        let published = publish(&service.db, &documents, later()).await.unwrap();
        assert_eq!(published.updated, 2);
    }
}

#[tokio::test]
async fn pieces_may_swap_slugs() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let rename = |document: &mut Document, slug: &str| {
            document.piece.first_slug = Some(document.piece.slug.clone());
            document.piece.slug = slug.parse().unwrap();
        };
        let one = documents
            .iter()
            .position(|document| document.piece.slug.as_str() == "google");
        let other = documents
            .iter()
            .position(|document| document.piece.slug.as_str() == "imda");
        rename(&mut documents[one.unwrap()], "imda");
        rename(&mut documents[other.unwrap()], "google");
        publish(&service.db, &documents, later()).await.unwrap();
        let query = r#"{ partner(by: {slug: "imda"}) { title subOrganisations { nodes { slug } } } programme(by: {slug: "code-for-fun"}) { leadAgency { title } } }"#;
        let data = service.data(query).await;
        assert_eq!(data["partner"]["title"], "Google");
        // Links follow the slug: the document says `imda`, which is Google now.
        assert_eq!(data["programme"]["leadAgency"]["title"], "Google");
        // And the feed says which fields name others now.
        let feed = service
            .data("{ changes(last: 100, kinds: [PROGRAMME]) { nodes { action changedFields content { slug } } } none: changes(kinds: []) { totalCount } }")
            .await;
        let changes = feed["changes"]["nodes"].as_array().unwrap();
        let update = changes.iter().find(|change| {
            change["action"] == "UPDATE" && change["content"]["slug"] == "code-for-fun"
        });
        let fields = update.unwrap()["changedFields"].as_array().unwrap();
        assert!(fields.contains(&json!("lead_agency")), "{fields:?}");
        assert_eq!(feed["none"]["totalCount"], 0);
    }
}

#[tokio::test]
async fn a_new_slug_does_not_make_a_new_piece() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let document = named(&mut documents, "scamshield");
        let id = document.id();
        document.piece.first_slug = Some(document.piece.slug.clone());
        document.piece.slug = "scam-shield".parse().unwrap();
        assert_eq!(document.id(), id);
        let published = publish(&service.db, &documents, later()).await.unwrap();
        assert_eq!((published.created, published.updated), (0, 1));
        let row = programme::Entity::find_by_id(id.node)
            .one(&service.db)
            .await
            .unwrap();
        assert_eq!(row.unwrap().slug, "scam-shield");
    }
}

/// Publications wait for each other, so that changes are numbered without gaps.
#[tokio::test]
async fn publications_at_the_same_time_leave_no_gap() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        let documents = documents(&world());
        publish(&db, &documents, noon()).await.unwrap();
        let writers = (0..6).map(|writer| {
            let (db, mut documents) = (db.clone(), documents.clone());
            tokio::spawn(async move {
                let document = &mut documents[writer];
                document.piece.summary = format!("Words of writer {writer}.");
                let document = document.clone();
                publish(&db, &[document], later()).await.unwrap()
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            assert_eq!(writer.await.unwrap().updated, 1);
        }
        let seqs: Vec<_> = change::Entity::find()
            .order_by_asc(change::Column::Seq)
            .all(&db)
            .await
            .unwrap()
            .into_iter()
            .map(|change| change.seq)
            .collect();
        let expected: Vec<_> = (1..).take(documents.len() + 6).collect();
        assert_eq!(seqs, expected);
        assert_eq!(revision(&db).await, 7);
    }
}

async fn changes(db: &DatabaseConnection) -> u64 {
    change::Entity::find().count(db).await.unwrap()
}

#[tokio::test]
async fn a_translation_older_than_the_words_is_outdated() {
    let query = r#"{ programme(by: {slug: "scamshield"}) {
        ms: translation(language: "ms") { status outdated }
        zh: translation(language: "zh-Hans") { status outdated }
        ta: translation(language: "ta") { language status outdated } } }"#;
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let document = named(&mut documents, "scamshield");
        document.piece.summary = "Blocks calls of swindlers, and now messages.".to_owned();
        document.piece.translations[1].title = "新防诈盾".to_owned();
        publish(&service.db, &documents, later()).await.unwrap();
        let told = service.data(query).await["programme"].clone();
        // The Malay text is as it was; the Chinese one was made anew.
        assert_eq!(
            told["ms"],
            json!({ "status": "REVIEWED", "outdated": true })
        );
        assert_eq!(
            told["zh"],
            json!({ "status": "MACHINE", "outdated": false })
        );
        assert_eq!(
            told["ta"],
            json!({ "language": "en", "status": "ORIGINAL", "outdated": false })
        );

        // A new standing is no new text.
        let document = named(&mut documents, "scamshield");
        document.piece.translations[0].status = Status::Official;
        publish(&service.db, &documents, later()).await.unwrap();
        let told = service.data(query).await["programme"].clone();
        assert_eq!(
            told["ms"],
            json!({ "status": "OFFICIAL", "outdated": true })
        );

        // What changes beside the words makes no translation older.
        let document = named(&mut documents, "scamshield");
        document.piece.translations[0].title = "Perisai".to_owned();
        publish(&service.db, &documents, later()).await.unwrap();
        named(&mut documents, "scamshield").piece.topics.clear();
        publish(&service.db, &documents, later()).await.unwrap();
        let told = service.data(query).await["programme"].clone();
        assert_eq!(told["ms"]["outdated"], false);
    }
}

#[tokio::test]
async fn what_is_withdrawn_takes_its_links_along_and_brings_them_back() {
    let query = r#"{
        programmes { totalCount }
        goal(by: {slug: "trust"}) { programmes { totalCount nodes { slug } } }
        programme(by: {slug: "myinfo"}) { title parent { slug } leadAgency { slug } lifeCycle { __typename } }
        singpass: programme(by: {slug: "singpass"}) { title lifeCycle { __typename } media { totalCount } }
        event(by: {slug: "industry-engagement-2024"}) { title programme { slug } }
        partner(by: {slug: "google"}) { programmes { totalCount } }
        statistic(by: {slug: "ict-spending-2024"}) { measures { totalCount nodes { slug } } }
    }"#;
    for engine in engines() {
        let service = Service::start(engine).await;
        let before = service.data(query).await;
        assert_eq!(before["programme"]["parent"]["slug"], "singpass");
        let mut documents = documents(&world());
        let document = named(&mut documents, "singpass");
        document.piece.withdrawn = Some(Withdrawn {
            reason: "It was renamed.".to_owned(),
            successor: None,
        });
        publish(&service.db, &documents, later()).await.unwrap();
        let hidden = service.data(query).await;
        let count =
            |data: &serde_json::Value, list: &str| data[list]["totalCount"].as_i64().unwrap();
        assert_eq!(
            count(&hidden, "programmes"),
            count(&before, "programmes") - 1
        );
        let trust = hidden["goal"]["programmes"]["nodes"].as_array().unwrap();
        assert!(
            trust
                .iter()
                .all(|programme| programme["slug"] != "singpass")
        );
        assert_eq!(hidden["goal"]["programmes"]["totalCount"], trust.len());
        // Single links are null, and their parents are whole.
        assert_eq!(hidden["programme"]["parent"], json!(null));
        assert_eq!(hidden["programme"]["title"], "Myinfo");
        assert_eq!(hidden["event"]["programme"], json!(null));
        assert_eq!(hidden["singpass"]["lifeCycle"]["__typename"], "Withdrawn");
        assert_eq!(hidden["statistic"]["measures"]["totalCount"], 1);

        named(&mut documents, "singpass").piece.withdrawn = None;
        publish(&service.db, &documents, later()).await.unwrap();
        assert_eq!(service.data(query).await, before);
        let feed = service
            .data("{ changes(last: 2) { nodes { action edition content { slug } } } }")
            .await;
        assert_eq!(
            feed["changes"]["nodes"],
            json!([
                { "action": "WITHDRAW", "edition": 2, "content": { "slug": "singpass" } },
                { "action": "UPDATE", "edition": 3, "content": { "slug": "singpass" } }
            ])
        );
    }
}

/// A client that was away for a month misses nothing and gets nothing twice.
#[tokio::test]
async fn the_feed_of_changes_goes_on_where_it_was_left() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        let mut seen = Vec::new();
        let mut after = String::new();
        for round in 0..3 {
            loop {
                let query = format!(
                    "{{ changes(first: 7{after}) {{ nodes {{ action edition contentId }} pageInfo {{ hasNextPage endCursor }} }} }}"
                );
                let changes = service.data(&query).await["changes"].clone();
                seen.extend(changes["nodes"].as_array().unwrap().clone());
                if let Some(cursor) = changes["pageInfo"]["endCursor"].as_str() {
                    after = format!(", after: {cursor:?}");
                }
                if changes["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            for document in documents.iter_mut().take(5) {
                document.piece.summary = format!("Words of round {round}.");
            }
            publish(&service.db, &documents, later()).await.unwrap();
        }
        // The changes of the last round were not asked for any more.
        assert_eq!(seen.len(), documents.len() + 10);
        let mut told: Vec<_> = seen.iter().map(ToString::to_string).collect();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), seen.len());
    }
}

/// A slug may come to name another piece: what names it must follow.
#[tokio::test]
async fn a_link_follows_its_slug() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let mut documents = documents(&world());
        // GovTech gets another slug, and its old one is given to a new organisation.
        let mut newcomer = named(&mut documents, "ecole-42").clone();
        let govtech = named(&mut documents, "govtech");
        govtech.piece.first_slug = Some("govtech".parse().unwrap());
        govtech.piece.slug = "government-technology-agency".parse().unwrap();
        let moved = govtech.clone();
        publish(&service.db, &[moved], later()).await.unwrap();
        newcomer.piece.slug = "govtech".parse().unwrap();
        newcomer.piece.first_slug = Some("another-govtech".parse().unwrap());
        documents.push(newcomer);
        publish(&service.db, &documents, later()).await.unwrap();
        let data = service
            .data(r#"{ programme(by: {slug: "singpass"}) { leadAgency { title } } }"#)
            .await;
        assert_eq!(data["programme"]["leadAgency"]["title"], "École 42");
    }
}
