//! How resolvers read rows: all questions of one kind in a request become one SQL statement.
//!
//! A question is a [`Question`]: [`ById`], [`BySlug`], [`ByUrl`], or, of the lists of a [`Scope`], [`Listing`],
//! [`Total`], [`Facets`] or [`Figures`]. All are generic over the tables that [`entity`] declares, so a new
//! table or relation needs nothing here.

mod by_key;
mod cursor;
mod facet;
mod feed;
mod figures;
mod key;
mod listing;
mod order;
mod page;
mod scope;
mod search;
mod seen;
mod table;
mod test;
mod total;

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    hash::Hash,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use ::dataloader::{BatchFn, cached::Loader};
use async_graphql::Context;
use chrono::NaiveDate;
use sea_orm::DatabaseConnection;
use tracing::{Instrument, debug_span};

use self::key::one_of;
pub use self::{
    by_key::{ById, BySlug, ByUrl},
    facet::{Bucket, Facet, Facets},
    feed::{Feed, News, Reader, cursor_of},
    figures::{Figure, Figures},
    key::{Key, in_calendar},
    listing::Listing,
    order::{By, Order, Terms, Way},
    page::{Arguments, DEFAULT_SIZE, Item, List, MAX_SIZE, Page},
    scope::{Related, Scope, Whole},
    search::{Found, Search, Spelling, Texts},
    seen::Seen,
    table::{Content, Link, Linked, ReadLink, Relation, RelationOrder, Row, Table},
    test::{Is, Path, Test, Via},
    total::Total,
};
use crate::{
    error::{Error, Result},
    store::{Attempts, content_revision},
};

/// Something that a resolver asks the database, answered for many askers at once.
pub trait Question: Clone + Debug + Eq + Hash + Send + Sync + 'static {
    /// What one asker gets.
    type Answer: Clone + Send + Sync + 'static;

    /// Answers all questions in as few statements as it can. Those without an answer are left out.
    fn answer(
        db: &DatabaseConnection,
        questions: &[Self],
    ) -> impl Future<Output = Result<HashMap<Self, Self::Answer>>> + Send;

    /// Notes the pieces of content that an answer has.
    fn see(_answer: &Self::Answer, _seen: &mut Seen) {}
}

/// The target of the spans that traces are made of: in the log they show only if its filter names it.
pub const TRACE: &str = "civigraph::trace";

/// The batching layer of one request: a loader for each kind of question, made when first asked.
///
/// It lives no longer than the request: a loader whose future is dropped loses its batch for all.
pub struct Rows {
    db: DatabaseConnection,
    loaders: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
    today: NaiveDate,
    most: usize,
    shown: AtomicUsize,
    seen: Arc<Mutex<Seen>>,
}

impl Rows {
    /// A batching layer for one request on this day, which shows at most so many rows of lists.
    pub fn new(db: DatabaseConnection, today: NaiveDate, most: usize) -> Self {
        Self {
            db,
            today,
            loaders: Mutex::default(),
            most,
            shown: AtomicUsize::new(0),
            seen: Arc::default(),
        }
    }

    /// The pieces of content that were read so far.
    pub fn seen(&self) -> Seen {
        let mut seen = self.seen.lock().expect("nobody panics while holding it");
        std::mem::take(&mut *seen)
    }

    /// Counts rows that a list shows. Nested lists multiply: this bounds what one request can make of
    /// the server's memory and time.
    pub fn show(&self, rows: usize) -> Result<()> {
        let shown = self.shown.fetch_add(rows, Ordering::Relaxed) + rows;
        if shown <= self.most {
            return Ok(());
        }
        Err(Error::TooManyRows(self.most))
    }

    /// Forgets what was read: what is asked from now on is read anew.
    pub fn renew(&self) {
        let mut loaders = self.loaders.lock().expect("nobody panics while holding it");
        loaders.clear();
        self.shown.store(0, Ordering::Relaxed);
    }

    /// Answers this question together with all others of its kind that are asked meanwhile.
    pub async fn ask<Q: Question>(&self, question: Q) -> Result<Option<Q::Answer>> {
        // A batch is lost if the resolver that reads it is dropped, as happens when a field beside it fails:
        // who waited for it asks again.
        let loader = self.loader::<Q>();
        loop {
            if let Ok(answer) = loader.try_load(question.clone()).await {
                return answer;
            }
        }
    }

    /// How often content was published.
    pub async fn content_revision(&self) -> Result<i64> {
        Ok(content_revision(&self.db).await?)
    }

    fn loader<Q: Question>(&self) -> BatchLoader<Q> {
        let mut loaders = self.loaders.lock().expect("nobody panics while holding it");
        let loader = loaders
            .entry(TypeId::of::<Q>())
            .or_insert_with(|| Box::new(self.batch_loader::<Q>()));
        let loader: &BatchLoader<Q> = loader.downcast_ref().expect("it is kept under its type");
        loader.clone()
    }

    #[expect(clippy::disallowed_methods, reason = "this is where loaders are made")]
    fn batch_loader<Q: Question>(&self) -> BatchLoader<Q> {
        let batch = Batch {
            db: self.db.clone(),
            seen: self.seen.clone(),
        };
        Loader::new(batch)
            .with_yield_count(TURNS)
            // A batch is never cut: the keys travel as one array, however many they are.
            .with_max_batch_size(usize::MAX)
    }
}

type BatchLoader<Q> = Loader<Q, Result<Option<<Q as Question>::Answer>>, Batch>;

/// Three turns of the runtime let every resolver of a level ask before the first one answers:
/// fewer split a level into several statements, more only wait (`docs/decisions/001`).
const TURNS: usize = 3;

struct Batch {
    db: DatabaseConnection,
    seen: Arc<Mutex<Seen>>,
}

impl<Q: Question> BatchFn<Q, Result<Option<Q::Answer>>> for Batch {
    async fn load(&mut self, questions: &[Q]) -> HashMap<Q, Result<Option<Q::Answer>>> {
        let mut attempts = Attempts::on(&self.db);
        let name = std::any::type_name::<Q>();
        let count = questions.len();
        let span = debug_span!(target: TRACE, "read", question = name, count);
        let mut answers = loop {
            let answers = Q::answer(&self.db, questions)
                .instrument(span.clone())
                .await;
            let failure = answers.as_ref().err().and_then(Error::database);
            if !attempts.again(failure) {
                break answers;
            }
        };
        if let Ok(answers) = &answers {
            let mut seen = self.seen.lock().expect("nobody panics while holding it");
            for answer in answers.values() {
                Q::see(answer, &mut seen);
            }
        }
        questions
            .iter()
            .map(|question| {
                let answer = match &mut answers {
                    Ok(answers) => Ok(answers.remove(question)),
                    Err(error) => Err(error.clone()),
                };
                (question.clone(), answer)
            })
            .collect()
    }
}

/// The request's batching layer.
pub fn rows<'c>(ctx: &Context<'c>) -> &'c Rows {
    ctx.data_unchecked::<Arc<Rows>>()
}

/// The day of the request, in UTC.
pub fn today(ctx: &Context<'_>) -> NaiveDate {
    rows(ctx).today
}
