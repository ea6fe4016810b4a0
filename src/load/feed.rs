//! The feed of changes as it grows: what subscribers read.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, Once},
    time::Duration,
};

use entity::{
    change,
    node::{self, Kind},
};
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use tokio::{sync::watch, time::sleep};
use tracing::warn;

use super::{Key, Row, Scope, Whole, cursor};
use crate::{error::Result, store};

/// A change, and what kind of content it is of.
#[derive(Clone, Debug)]
pub struct News {
    /// The change.
    pub change: Arc<change::Model>,
    /// The kind of its piece.
    pub kind: Kind,
}

/// How many of the last changes are kept for subscribers that are near the end. Who is further behind
/// reads from the database.
const KEPT: usize = 1_000;

/// How many changes are read at a time.
const AT_ONCE: u64 = 200;

/// The end of the feed, for all subscribers of this process.
#[derive(Clone)]
pub struct Feed {
    db: DatabaseConnection,
    /// Connections that no query takes: one listens.
    watch: DatabaseConnection,
    end: Arc<Mutex<VecDeque<News>>>,
    /// The number of the last change.
    last: watch::Sender<i64>,
    begun: Arc<Once>,
}

impl Feed {
    /// The feed of this database. Nothing is read before somebody wants to know.
    pub fn new(db: DatabaseConnection, watch: DatabaseConnection) -> Self {
        Self {
            db,
            watch,
            end: Arc::default(),
            last: watch::Sender::new(0),
            begun: Arc::new(Once::new()),
        }
    }

    fn begin(&self) {
        self.begun.call_once(|| {
            tokio::spawn(self.clone().follow());
        });
    }

    /// Reads what is published, as it is published, by whatever process: for ever.
    async fn follow(self) {
        let (teller, mut revision) = watch::channel(-1);
        tokio::spawn(store::listen(self.watch.clone(), teller));
        // The sender goes only with its task, which ends when nobody listens.
        while revision.changed().await.is_ok() {
            while let Err(error) = self.catch_up().await {
                warn!(%error, "Cannot read the feed of changes");
                sleep(AGAIN).await;
            }
        }
    }

    async fn catch_up(&self) -> Result<(), DbErr> {
        loop {
            let last = *self.last.borrow();
            let news = match last {
                // What was published before this process began is read by those who ask for it.
                0 => newest(&self.db, None).await?.into_iter().collect(),
                last => after(&self.db, last).await?,
            };
            let Some(end) = news.last() else {
                return Ok(());
            };
            store::settled().await;
            let number = end.change.seq;
            let mut kept = self.kept();
            kept.extend(news);
            let excess = kept.len().saturating_sub(KEPT);
            kept.drain(..excess);
            drop(kept);
            self.last.send_replace(number);
        }
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<News>> {
        self.end.lock().expect("nobody panics while holding it")
    }

    /// A place in the feed: after the change that this cursor marks, or right before the last one that is of
    /// one of these kinds, or of any.
    pub async fn reader<R>(&self, cursor: Option<&str>, kinds: Option<&[Kind]>) -> Result<Reader>
    where
        R: Row<Table = change::Entity>,
    {
        let at = match cursor {
            Some(cursor) => Some(number_of::<R>(cursor)?),
            None => newest(&self.db, kinds)
                .await?
                .map(|news| news.change.seq - 1),
        };
        self.begin();
        Ok(Reader {
            feed: self.clone(),
            at: at.unwrap_or_default(),
            last: self.last.subscribe(),
        })
    }
}

/// Reads on, at the pace of one subscriber.
pub struct Reader {
    feed: Feed,
    at: i64,
    last: watch::Receiver<i64>,
}

/// How long a reader waits for a database that failed.
const AGAIN: Duration = Duration::from_secs(1);

impl Reader {
    /// The next changes, in order: at least one. It waits until there are any.
    pub async fn next(&mut self) -> Vec<News> {
        loop {
            self.last.mark_unchanged();
            let news = match self.near_the_end() {
                Some(news) => news,
                None => match after(&self.feed.db, self.at).await {
                    Ok(news) => {
                        store::settled().await;
                        news
                    }
                    Err(error) => {
                        warn!(%error, "Cannot read the feed of changes for a subscriber");
                        sleep(AGAIN).await;
                        continue;
                    }
                },
            };
            if let Some(end) = news.last() {
                self.at = end.change.seq;
                return news;
            }
            if self.last.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// What comes next, if all of it is kept.
    fn near_the_end(&self) -> Option<Vec<News>> {
        let kept = self.feed.kept();
        let first = kept.front()?.change.seq;
        let near = first <= self.at.saturating_add(1);
        near.then(|| {
            let after = kept.iter().skip_while(|news| news.change.seq <= self.at);
            after.cloned().collect()
        })
    }
}

/// The cursor of a change: the same as in every list of changes.
pub fn cursor_of<R>(change: &change::Model) -> String
where
    R: Row<Table = change::Entity>,
{
    let terms = Whole::<R>::default().terms();
    cursor::encode(&terms, &terms.place::<change::Entity>(change, &(), &[]))
}

/// The number of the change that a cursor marks.
fn number_of<R>(cursor: &str) -> Result<i64>
where
    R: Row<Table = change::Entity>,
{
    let place = cursor::decode("after", cursor, &Whole::<R>::default().terms())?;
    match place.first() {
        Some(Key::Int(number)) => Ok(*number),
        _ => unreachable!("changes go by their number first"),
    }
}

async fn newest(db: &DatabaseConnection, kinds: Option<&[Kind]>) -> Result<Option<News>, DbErr> {
    let mut newest = change::Entity::find()
        .find_also_related(node::Entity)
        .order_by_desc(change::Column::Seq);
    if let Some(kinds) = kinds {
        newest = newest.filter(node::Column::Kind.is_in(kinds.iter().copied()));
    }
    let read = newest.one(db).await?;
    Ok(read.and_then(News::of))
}

async fn after(db: &DatabaseConnection, number: i64) -> Result<Vec<News>, DbErr> {
    let changes = change::Entity::find()
        .filter(change::Column::Seq.gt(number))
        .order_by_asc(change::Column::Seq)
        .limit(AT_ONCE);
    let read = changes.find_also_related(node::Entity).all(db).await?;
    Ok(read.into_iter().filter_map(News::of).collect())
}

impl News {
    fn of((change, node): (change::Model, Option<node::Model>)) -> Option<Self> {
        let kind = node?.kind;
        let change = Arc::new(change);
        Some(Self { change, kind })
    }
}
