//! The content revision: the number that changes whenever content does.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use entity::content_revision;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, QueryFilter,
    QuerySelect, Select, error::ConnAcquireErr,
};
use tokio::{
    sync::oneshot,
    time::{sleep, timeout},
};

use super::Attempts;

/// The channel on which PostgreSQL tells other processes that content changed.
pub(super) const CHANNEL: &str = "civigraph_content";

/// Tells, once this transaction is committed, all processes on this database that content changed.
pub async fn announce(transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let notify = format!("NOTIFY {CHANNEL}");
        transaction.execute_unprepared(&notify).await?;
    }
    Ok(())
}

/// The content revision as it is in the database.
pub async fn content_revision(db: &DatabaseConnection) -> Result<i64, DbErr> {
    let mut attempts = Attempts::on(db);
    loop {
        let read = content_revision_seen(db).await;
        if !attempts.again(read.as_ref().err()) {
            return read;
        }
    }
}

/// The content revision as this connection or transaction sees it.
pub async fn content_revision_seen(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let read = content_revision_query().into_tuple::<i64>().one(db).await;
    Ok(read?.unwrap_or_default())
}

/// Asks for the content revision, alone or as a part of another query.
pub fn content_revision_query() -> Select<content_revision::Entity> {
    content_revision::Entity::find()
        .select_only()
        .column(content_revision::Column::Revision)
        .filter(content_revision::Column::Id.eq(1))
}

/// How long the database may take to tell the revision.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// For how long a process may serve what was the content revision when it last asked.
///
/// Nobody can know of newer content before that: whoever published it says so only after this time
/// ([`settled`]), and a process that sees a new revision waits for it before it tells anybody what it saw
/// (`docs/decisions/012`). All processes on one database must agree on it.
const LEASE: Duration = Duration::from_millis(20);

/// From what age on a lease that is in use is renewed, so that nobody waits for the next one.
const RENEWAL: Duration = Duration::from_millis(15);

/// Waits until no process serves what was there before: whoever has published, or has seen what others
/// published, tells nobody before.
pub async fn settled() {
    sleep(LEASE).await;
}

/// Reads the content revision for many askers at once, and remembers it for the time of a [`LEASE`].
///
/// Nobody is told of less than they could know. Those who ask while a read is under way share the next one.
#[derive(Clone)]
pub struct Revision {
    db: DatabaseConnection,
    asked: Arc<Mutex<Asked>>,
    fresh: Arc<Fresh>,
}

type Told = Result<i64, Arc<DbErr>>;

#[derive(Default)]
struct Asked {
    waiting: Vec<oneshot::Sender<Told>>,
    reading: bool,
    known: Option<Known>,
}

#[derive(Clone, Copy)]
struct Known {
    revision: i64,
    /// When it was asked for, which is no later than when it was read.
    asked: Instant,
}

/// What is known for as long as nobody need renew it: nearly all requests need no more, and take no turns for it.
struct Fresh {
    begin: Instant,
    revision: AtomicI64,
    /// In nanoseconds since `begin`.
    until: AtomicU64,
}

impl Fresh {
    fn new() -> Self {
        Self {
            begin: Instant::now(),
            revision: AtomicI64::default(),
            until: AtomicU64::default(),
        }
    }

    fn revision(&self) -> Option<i64> {
        let until = self.until.load(Ordering::Acquire);
        let is_fresh = self.nanoseconds(Instant::now()) < until;
        is_fresh.then(|| self.revision.load(Ordering::Acquire))
    }

    fn learn(&self, known: Known) {
        // In this order: whoever sees the time sees the revision, too, or a newer one.
        self.revision.store(known.revision, Ordering::Release);
        let until = self.nanoseconds(known.asked + RENEWAL);
        self.until.store(until, Ordering::Release);
    }

    fn nanoseconds(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.begin).as_nanos()).unwrap_or(u64::MAX)
    }
}

impl Revision {
    /// The revision of the content in this database.
    pub fn new(db: DatabaseConnection) -> Self {
        Self {
            db,
            asked: Arc::default(),
            fresh: Arc::new(Fresh::new()),
        }
    }

    /// What it is, as far as anybody can know.
    pub async fn now(&self) -> Told {
        match self.known() {
            Some(revision) => Ok(revision),
            None => self.anew().await,
        }
    }

    /// What it is, as far as anybody can know, unless the database must be asked first.
    pub fn known(&self) -> Option<i64> {
        if let Some(revision) = self.fresh.revision() {
            return Some(revision);
        }
        let mut asked = self.asked();
        let known = asked.known?;
        let age = known.asked.elapsed();
        if age >= LEASE {
            return None;
        }
        if age >= RENEWAL && !std::mem::replace(&mut asked.reading, true) {
            tokio::spawn(self.clone().read());
        }
        Some(known.revision)
    }

    /// What it is in the database at this moment or later: whether something was published since.
    pub async fn anew(&self) -> Told {
        let (teller, told) = oneshot::channel();
        let first = {
            let mut asked = self.asked();
            asked.waiting.push(teller);
            !std::mem::replace(&mut asked.reading, true)
        };
        if first {
            // A task of its own: who asked first may go before the answer comes.
            tokio::spawn(self.clone().read());
        }
        told.await.expect("the reading task answers all who wait")
    }

    /// Reads it, and again for those who asked meanwhile.
    async fn read(self) {
        let mut first = true;
        loop {
            let waiting = {
                let mut asked = self.asked();
                asked.reading = first || !asked.waiting.is_empty();
                std::mem::take(&mut asked.waiting)
            };
            if !first && waiting.is_empty() {
                return;
            }
            first = false;
            let asked = Instant::now();
            let read = timeout(PATIENCE, content_revision(&self.db)).await;
            let read = read.unwrap_or(Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)));
            if let Ok(revision) = read {
                self.learn(Known { revision, asked }).await;
            }
            let told = read.map_err(Arc::new);
            let mut waiting = waiting;
            if told.is_err() {
                // Who came meanwhile need not wait for the next failure.
                waiting.append(&mut self.asked().waiting);
            }
            for teller in waiting {
                // Who went away needs no answer.
                let _ = teller.send(told.clone());
            }
        }
    }

    /// Remembers the revision; a new one only when no other process serves the one before it.
    async fn learn(&self, known: Known) {
        let before = self.asked().known;
        if before.is_none_or(|before| before.revision != known.revision) {
            settled().await;
        }
        self.asked().known = Some(known);
        self.fresh.learn(known);
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, Asked> {
        self.asked.lock().expect("nobody panics while holding it")
    }
}
