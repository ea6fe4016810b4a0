//! Those who read hand their connections on, and nobody notices.

use std::time::Duration;

use civigraph::store::Readers;
use sea_orm::{DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};
use tokio::{task::JoinSet, time::timeout};

use crate::database::{Engine, TestDatabase, engines};

const SOON: Duration = Duration::from_secs(5);

/// Readers on PostgreSQL, over a pool of four connections.
async fn readers() -> Option<(TestDatabase, DatabaseConnection, Readers)> {
    if !engines().contains(&Engine::Postgres) {
        return None;
    }
    let database = TestDatabase::new(Engine::Postgres).await;
    let db = database.connect().await;
    let readers = Readers::new(db.clone(), |_| ());
    Some((database, db, readers))
}

async fn number(readers: &Readers, number: i32, seconds: f64) -> Result<i32, DbErr> {
    let sql = "SELECT $1 AS number, pg_sleep($2)::text AS slept";
    let values = [number.into(), seconds.into()];
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let rows = readers.rows(statement).await?;
    rows[0].try_get("", "number")
}

/// Asks for numbers at a time, and looks whether each is answered.
async fn ask_for(readers: &Readers, count: i32) {
    let mut asked = JoinSet::new();
    for wanted in 0..count {
        let readers = readers.clone();
        asked.spawn(async move { (wanted, number(&readers, wanted, 0.0).await.unwrap()) });
    }
    while let Some(answer) = timeout(SOON, asked.join_next()).await.unwrap() {
        let (wanted, got) = answer.unwrap();
        assert_eq!(wanted, got);
    }
}

#[tokio::test]
async fn more_may_read_than_there_are_connections_and_others_find_one() {
    let Some((_database, db, readers)) = readers().await else {
        return;
    };
    ask_for(&readers, 100).await;
    // While nobody reads, and while as many read as may.
    let transaction = timeout(SOON, db.begin()).await.unwrap().unwrap();
    transaction.rollback().await.unwrap();
    let mut reading = JoinSet::new();
    for wanted in 0..6 {
        let readers = readers.clone();
        reading.spawn(async move { number(&readers, wanted, 0.3).await });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let transaction = timeout(Duration::from_millis(150), db.begin()).await;
    transaction.unwrap().unwrap().rollback().await.unwrap();
    assert_eq!(reading.join_all().await.len(), 6);
}

#[tokio::test]
async fn a_read_that_is_given_up_leaves_nothing_behind() {
    let Some((_database, _db, readers)) = readers().await else {
        return;
    };
    for wanted in 0..12 {
        let read = number(&readers, wanted, 0.1);
        assert!(timeout(Duration::from_millis(20), read).await.is_err());
        ask_for(&readers, 5).await;
    }
}

#[tokio::test]
async fn a_failed_read_says_so_and_the_next_is_answered() {
    let Some((_database, _db, readers)) = readers().await else {
        return;
    };
    let wrong = || Statement::from_string(DbBackend::Postgres, "SELECT nothing");
    for _ in 0..10 {
        let failure = readers.rows(wrong()).await.unwrap_err();
        assert!(matches!(failure, DbErr::Query(_)), "{failure:?}");
    }
    ask_for(&readers, 5).await;
}

#[tokio::test]
async fn a_pool_can_be_closed_after_its_readers() {
    let Some((_database, db, readers)) = readers().await else {
        return;
    };
    ask_for(&readers, 20).await;
    readers.close();
    timeout(SOON, db.close()).await.unwrap().unwrap();
    let failure = number(&readers, 1, 0.0).await.unwrap_err();
    assert!(
        matches!(failure, DbErr::ConnectionAcquire(_)),
        "{failure:?}"
    );
}
