//! Connections that read one statement after the other. The driver's pool asks a connection that is given back whether it
//! is still there, which costs as much as to read a row: those who read hand theirs on instead.

use std::sync::{Arc, Mutex, MutexGuard};

use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr,
    Statement, Values,
    sqlx::{self, PgPool, Postgres, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// Reads over connections of a pool.
#[derive(Clone)]
pub struct Readers(Arc<Inner>);

struct Inner {
    db: DatabaseConnection,
    /// Who is told of each statement that the pool is not told of.
    told: Box<dyn Fn(&Statement) + Send + Sync>,
    /// As many as may read at a time. Those who come wait here, not for the pool.
    turns: Semaphore,
    /// How many connections are kept for the next who reads.
    kept: usize,
    /// Connections that nobody reads over now.
    idle: Mutex<Vec<Lent>>,
}

/// A connection that the pool lent.
struct Lent {
    connection: PoolConnection<Postgres>,
    /// How many statements it is read over before the pool has it back.
    left: u32,
}

/// The pool has its connections back from time to time: it closes those that are too old.
const STATEMENTS: u32 = 500;

impl Readers {
    /// Reads over connections of this pool, all but a quarter, which are for those who do something else. SQLite's
    /// connections are not asked, so they go the pool's way.
    pub fn new(db: DatabaseConnection, told: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        let most = match db.get_database_backend() {
            DbBackend::Postgres => pool(&db).options().get_max_connections(),
            _ => 1,
        };
        let kept = (most - most.div_ceil(4)) as usize;
        Self(Arc::new(Inner {
            db,
            told: Box::new(told),
            turns: Semaphore::new(kept.max(1)),
            kept,
            idle: Mutex::default(),
        }))
    }

    /// The pool.
    pub fn pool(&self) -> &DatabaseConnection {
        &self.0.db
    }

    /// The rows of a statement.
    pub async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Inner { db, told, .. } = &*self.0;
        if db.get_database_backend() != DbBackend::Postgres {
            return db.query_all_raw(statement).await;
        }
        let _turn = self.turn().await?;
        // If this is dropped while it reads, the pool looks after the connection.
        let mut lent = self.lent().await?;
        let values = statement.values.clone();
        let values = SqlxValues(values.unwrap_or_else(|| Values(Vec::new())));
        let sql = sqlx::AssertSqlSafe(statement.sql.as_str());
        let rows = sqlx::query_with(sql, values);
        let rows = rows.fetch_all(&mut *lent.connection).await;
        told(&statement);
        match rows {
            Ok(rows) => {
                self.give_back(lent);
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
            Err(fault) => Err(DbErr::Query(RuntimeErr::SqlxError(fault.into()))),
        }
    }

    /// Gives all connections back to the pool, so that it can be closed.
    pub fn close(&self) {
        self.0.turns.close();
        self.idle().clear();
    }

    /// A turn to read, once there is one.
    async fn turn(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        let Inner { db, turns, .. } = &*self.0;
        let longest = pool(db).options().get_acquire_timeout();
        let turn = timeout(longest, turns.acquire()).await;
        let turn = turn.map_err(|_| ConnAcquireErr::Timeout);
        let turn = turn.and_then(|turn| turn.map_err(|_| ConnAcquireErr::ConnectionClosed));
        turn.map_err(DbErr::ConnectionAcquire)
    }

    async fn lent(&self) -> Result<Lent, DbErr> {
        let kept = self.idle().pop();
        if let Some(lent) = kept {
            return Ok(lent);
        }
        let connection = pool(&self.0.db).acquire().await;
        let connection = connection.map_err(|fault| match fault {
            sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
            fault => DbErr::Conn(RuntimeErr::SqlxError(fault.into())),
        })?;
        Ok(Lent {
            connection,
            left: STATEMENTS,
        })
    }

    /// Keeps a connection for the next who reads.
    fn give_back(&self, mut lent: Lent) {
        lent.left -= 1;
        let mut idle = self.idle();
        if lent.left > 0 && idle.len() < self.0.kept && !self.0.turns.is_closed() {
            idle.push(lent);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Lent>> {
        self.0.idle.lock().expect("nobody panics while holding it")
    }
}

fn pool(db: &DatabaseConnection) -> &PgPool {
    db.get_postgres_connection_pool()
}
