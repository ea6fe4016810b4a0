//! The tables come, go and come again, on both engines, and are what the entities say.

use civigraph::store;
use entity::{
    award, award_recipient, body, challenge, challenge_programme, change, contact,
    content_revision, derivation, edition, edition_document, event, event_partner, event_session,
    folded_text, goal, initiative, initiative_goal, initiative_partner, media, node, node_facet,
    node_media, node_page, node_topic, page, page_mention, page_parts, partner, person, programme,
    programme_goal, programme_partner, quote, quote_about, search_entry, search_word, source,
    statistic, statistic_measure, strategy, topic, transcript, translation,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait};

use crate::{
    database::{Engine, TestDatabase, engines},
    service::{documents, noon, world},
};

#[tokio::test]
async fn up_and_down_and_up() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect().await;
        store::migrate(&db).await.unwrap();
        store::migrate(&db).await.expect("nothing is left to do");
        store::unmigrate(&db).await.unwrap();
        assert_eq!(tables(engine, &db).await, ["seaql_migrations"]);
        store::migrate(&db).await.unwrap();
        civigraph::publish::publish(&db, &documents(&world()), noon())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn processes_that_start_together_migrate_once() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let (one, other) = (database.connect().await, database.connect().await);
        let (one, other) = tokio::join!(store::migrate(&one), store::migrate(&other));
        one.unwrap();
        other.unwrap();
    }
}

#[tokio::test]
async fn every_entity_can_be_read() {
    async fn read<E: EntityTrait>(db: &DatabaseConnection) {
        E::find().all(db).await.unwrap();
    }
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        read::<body::Entity>(&db).await;
        read::<award::Entity>(&db).await;
        read::<award_recipient::Entity>(&db).await;
        read::<challenge::Entity>(&db).await;
        read::<challenge_programme::Entity>(&db).await;
        read::<contact::Entity>(&db).await;
        read::<node_page::Entity>(&db).await;
        read::<node_topic::Entity>(&db).await;
        read::<page::Entity>(&db).await;
        read::<page_mention::Entity>(&db).await;
        read::<person::Entity>(&db).await;
        read::<quote::Entity>(&db).await;
        read::<quote_about::Entity>(&db).await;
        read::<source::Entity>(&db).await;
        read::<statistic::Entity>(&db).await;
        read::<statistic_measure::Entity>(&db).await;
        read::<topic::Entity>(&db).await;
        read::<transcript::Entity>(&db).await;
        read::<translation::Entity>(&db).await;
        read::<change::Entity>(&db).await;
        read::<content_revision::Entity>(&db).await;
        read::<edition::Entity>(&db).await;
        read::<edition_document::Entity>(&db).await;
        read::<derivation::Entity>(&db).await;
        read::<folded_text::Entity>(&db).await;
        read::<node_facet::Entity>(&db).await;
        read::<page_parts::Entity>(&db).await;
        read::<search_entry::Entity>(&db).await;
        read::<search_word::Entity>(&db).await;
        read::<event::Entity>(&db).await;
        read::<event_partner::Entity>(&db).await;
        read::<event_session::Entity>(&db).await;
        read::<goal::Entity>(&db).await;
        read::<initiative::Entity>(&db).await;
        read::<initiative_goal::Entity>(&db).await;
        read::<initiative_partner::Entity>(&db).await;
        read::<media::Entity>(&db).await;
        read::<node::Entity>(&db).await;
        read::<node_media::Entity>(&db).await;
        read::<partner::Entity>(&db).await;
        read::<programme::Entity>(&db).await;
        read::<programme_goal::Entity>(&db).await;
        read::<programme_partner::Entity>(&db).await;
        read::<strategy::Entity>(&db).await;
    }
}

#[tokio::test]
async fn a_row_without_its_node_cannot_be() {
    for engine in engines() {
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        let id = match engine {
            Engine::Sqlite => "x'00000000000000000000000000000001'",
            Engine::Postgres => "'00000000-0000-0000-0000-000000000001'",
        };
        let orphan = format!(
            "INSERT INTO partner (id, slug, title, sort_title, summary, state, kind) VALUES ({id}, 'a', 'A', 'a', 'A.', 'live', 'agency')"
        );
        let error = db
            .execute_unprepared(&orphan)
            .await
            .unwrap_err()
            .to_string();
        assert!(error.to_lowercase().contains("foreign key"), "{error}");
    }
}

async fn tables(engine: Engine, db: &DatabaseConnection) -> Vec<String> {
    let sql = match engine {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Engine::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    let names = rows.iter().map(|row| row.try_get("", "name").unwrap());
    names.collect()
}
