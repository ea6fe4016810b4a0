//! Content comes in through one door: all or nothing, and only what is new.

use chrono::{DateTime, Duration, Utc};
use civigraph::{
    document::{Document, Own},
    publish::{PublishError, Published, publish},
};
use entity::{change, content_revision, edition, node, programme};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::{
    database::{TestDatabase, engines},
    service::{Service, documents, noon, world},
};

fn later() -> DateTime<Utc> {
    noon() + Duration::hours(1)
}

async fn revision(db: &DatabaseConnection) -> i64 {
    let row = content_revision::Entity::find().one(db).await.unwrap();
    row.unwrap().revision
}

fn named<'d>(documents: &'d mut [Document], slug: &str) -> &'d mut Document {
    let found = |document: &&mut Document| document.piece.slug.as_str() == slug;
    documents.iter_mut().find(found).unwrap()
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
        let told: Vec<_> = editions
            .iter()
            .map(|edition| (edition.number, edition.state, &edition.document))
            .collect();
        assert_eq!(
            told,
            [
                (1, edition::State::Superseded, &first),
                (2, edition::State::Published, &second)
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
