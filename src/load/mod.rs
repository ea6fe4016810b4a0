//! How resolvers read rows: all questions of one kind in a request become one SQL statement.
//!
//! A question is a [`Question`]: [`ById`], [`BySlug`], [`ByUrl`], or, of the lists of a [`Scope`], [`Listing`],
//! [`Total`], [`Facets`] or [`Figures`]. All are generic over the tables that [`entity`] declares, so a new
//! table or relation needs nothing here.

mod asking;
mod batches;
mod by_key;
mod columns;
mod cursor;
mod facet;
mod feed;
mod figures;
mod fingerprint;
mod held;
mod key;
mod listing;
mod order;
mod packed;
mod page;
mod scope;
mod search;
mod seen;
mod source;
mod table;
mod template;
mod test;
mod total;

use std::{
    any::TypeId,
    collections::HashMap,
    future::pending,
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::Poll,
};

use async_graphql::{Context, ContextBase};
use chrono::NaiveDate;
use sea_orm::{AccessMode, DatabaseConnection, DbErr, IsolationLevel, TransactionTrait};
use tracing::{Instrument, debug_span};

use self::{
    asking::{AnyAnswer, Asking, typed},
    batches::{Answer, Batches},
    held::Recalled,
    key::one_of,
};
pub use self::{
    batches::Noted,
    by_key::{ById, BySlug, ByUrl},
    columns::{ColumnSet, Columns, Names, by_name},
    facet::{Bucket, Facet, Facets},
    feed::{Feed, News, Reader, cursor_of},
    figures::{Figure, Figures},
    fingerprint::Fingerprint,
    held::{Form, Held, Holding, Kept},
    key::{Key, in_calendar},
    listing::Listing,
    order::{By, Order, Terms, Way},
    page::{Arguments, DEFAULT_SIZE, Item, List, MAX_SIZE, Page},
    scope::{Parent, Related, Scope, Whole},
    search::{Found, Search, Spelling, Texts},
    seen::Seen,
    source::{Read, Source},
    table::{Content, Link, Linked, ReadLink, Relation, RelationOrder, Row, Table},
    test::{Is, Path, Test, Via},
    total::Total,
};
use crate::{
    error::{Error, Result},
    store::{Attempts, Readers},
};

/// Something that a resolver asks the database, answered for many askers at once. Equal questions have equal hashes,
/// and others have others: that is what tells them apart.
pub trait Question: Hash + Send + Sync + 'static {
    /// What one asker gets.
    type Answer: Send + Sync + 'static;

    /// Answers all questions, which differ, in as few statements as it can, in their order.
    fn answer(
        db: &Source,
        questions: &[&Self],
    ) -> impl Future<Output = Result<Vec<Option<Arc<Self::Answer>>>>> + Send;

    /// Notes the pieces of content that an answer has.
    fn see(_answer: &Self::Answer, _seen: &mut Seen) {}

    /// What the answer takes of the memory while it is held, in bytes, about.
    fn weight_of(answer: &Self::Answer) -> usize;

    /// How many rows are held besides, which the answer leads to; none if it seems that they are held already.
    fn rows_with(&self, _answer: &Self::Answer, _held: &Held, _columns: &Columns) -> usize {
        0
    }

    /// Which columns an answer must have for a request that reads these; none where an answer is always whole.
    fn columns(&self, _columns: &Columns) -> ColumnSet {
        ColumnSet::NONE
    }

    /// Holds an answer to the question with this fingerprint.
    fn hold(
        &self,
        fingerprint: Fingerprint,
        answer: Option<&Arc<Self::Answer>>,
        held: &Held,
        columns: &Columns,
    ) {
        held.put(self, fingerprint, answer, 0, columns);
    }

    /// The answer in the form in which it is held: rows are held once, whatever asked for them.
    fn keep(answer: &Arc<Self::Answer>, _columns: ColumnSet) -> Form {
        Form::Open(answer.clone())
    }

    /// The answer out of the form in which it is held; nothing if a part of it is held no more.
    fn recall(&self, kept: Kept, _held: &Held, _columns: &Columns) -> Option<Arc<Self::Answer>> {
        kept.open()
    }
}

/// Answers in the order of questions, each found by what it is asked by.
fn in_order<'q, Q, K: Eq + Hash, A>(
    questions: &[&'q Q],
    asked_by: impl Fn(&'q Q) -> K,
    mut found: HashMap<K, A>,
) -> Vec<Option<A>> {
    let questions = questions.iter();
    let answers = questions.map(|&question| found.remove(&asked_by(question)));
    answers.collect()
}

/// Questions by what they have in common.
fn grouped<'q, Q, K: Eq + Hash>(
    questions: &[&'q Q],
    common: impl Fn(&Q) -> K,
) -> HashMap<K, Vec<&'q Q>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for &question in questions {
        groups.entry(common(question)).or_default().push(question);
    }
    groups
}

/// The target of the spans that traces are made of: in the log they show only if its filter names it.
pub const TRACE: &str = "civigraph::trace";

/// The batching layer of one request: the batches of each kind of question, made when first asked.
///
/// It lives no longer than the request: what was read is remembered.
pub struct Rows {
    asked: Arc<Asked>,
    batches: Mutex<HashMap<TypeId, Arc<Batches>>>,
    /// Whether anything was not held.
    has_read: AtomicBool,
    /// What is asked and not known, as long as it is only to be noted.
    noting: Mutex<Option<Noted>>,
    today: NaiveDate,
    most: usize,
    shown: AtomicUsize,
}

/// What a request asks, and what it has got.
struct Asked {
    source: Source,
    held: Option<Arc<Held>>,
    seen: Mutex<Seen>,
    /// What can be held once it is sure of which revision it is.
    fresh: Mutex<Vec<(Asking, Option<AnyAnswer>)>>,
}

impl Rows {
    /// A batching layer for one request on this day, which reads these columns and shows at most so many rows of
    /// lists. What is held of its content revision is not read again.
    pub fn new(
        readers: Readers,
        columns: Arc<Columns>,
        held: Option<Arc<Held>>,
        today: NaiveDate,
        most: usize,
    ) -> Self {
        Self::at(Source::pool(readers, columns), held, today, most)
    }

    /// The same, but all that it reads is of one moment: one statement after the other.
    pub async fn of_one_moment(
        db: &DatabaseConnection,
        columns: Arc<Columns>,
        today: NaiveDate,
        most: usize,
    ) -> Result<Self, DbErr> {
        let moment = db
            .begin_with_config(
                Some(IsolationLevel::RepeatableRead),
                Some(AccessMode::ReadOnly),
            )
            .await?;
        Ok(Self::at(Source::moment(moment, columns), None, today, most))
    }

    fn at(source: Source, held: Option<Arc<Held>>, today: NaiveDate, most: usize) -> Self {
        let asked = Asked {
            source,
            held,
            seen: Mutex::default(),
            fresh: Mutex::default(),
        };
        Self {
            asked: Arc::new(asked),
            batches: Mutex::default(),
            has_read: AtomicBool::new(false),
            noting: Mutex::default(),
            today,
            most,
            shown: AtomicUsize::new(0),
        }
    }

    /// The pieces of content that were read so far.
    pub fn seen(&self) -> Seen {
        std::mem::take(&mut *self.asked.seen())
    }

    /// What was read from the database: what was not is of the revision that is held.
    pub fn read(&self) -> Read {
        self.asked.source.read()
    }

    /// Holds what was read, for the requests to come. The caller is sure that all of it is of the revision that
    /// is held.
    pub fn hold(&self) {
        let mut fresh = self
            .asked
            .fresh
            .lock()
            .expect("nobody panics while holding it");
        let fresh = std::mem::take(&mut *fresh);
        if let Some(held) = &self.asked.held {
            held.look();
            let columns = self.asked.source.columns();
            for (asking, answer) in &fresh {
                let fingerprint = asking.fingerprint();
                let (question, answer) = (asking.question(), answer.as_ref());
                let rows = || answer.map_or(0, |answer| question.rows_with(answer, held, columns));
                if held.admits(fingerprint, rows) {
                    question.hold(fingerprint, answer, held, columns);
                }
            }
        }
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
        let mut batches = self.batches.lock().expect("nobody panics while holding it");
        batches.clear();
        self.shown.store(0, Ordering::Relaxed);
    }

    /// Polls what is begun anew if it does not end: what it counts until then does not count.
    pub fn attempt<T>(&self, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        let shown = self.shown.load(Ordering::Relaxed);
        let polled = poll();
        if polled.is_pending() {
            self.shown.store(shown, Ordering::Relaxed);
        }
        polled
    }

    /// Answers this question together with all others of its kind that are asked meanwhile.
    ///
    /// While questions are noted ([`Rows::noting`]) it never ends for one that is not known yet.
    pub async fn ask<Q: Question>(&self, question: Q) -> Result<Option<Arc<Q::Answer>>> {
        let fingerprint = Fingerprint::of_any(&question);
        let answer = match self.at_hand(&question, fingerprint) {
            AtHand::Held(answer) => return Ok(answer),
            AtHand::Known(answer) => answer?,
            AtHand::Nothing(batches) => {
                let asking = Asking::new(fingerprint, question);
                if self.note(&batches, &asking) {
                    pending::<()>().await;
                }
                // On the heap, so that whoever may ask is small as long as all is at hand.
                Box::pin(batches.ask(asking)).await?
            }
        };
        Ok(answer.map(typed::<Q>))
    }

    fn at_hand<Q: Question>(&self, question: &Q, fingerprint: Fingerprint) -> AtHand<Q::Answer> {
        let batches = || self.batches(TypeId::of::<Q>());
        let has_read = self.has_read.load(Ordering::Relaxed);
        let reading = has_read.then(batches);
        let known = reading
            .as_ref()
            .and_then(|batches| batches.known(fingerprint));
        if let Some(answer) = known {
            return AtHand::Known(answer);
        }
        match self.asked.held(question, fingerprint) {
            Recalled::Answer(answer) => AtHand::Held(Some(answer)),
            Recalled::None => AtHand::Held(None),
            Recalled::Unknown => {
                self.has_read.store(true, Ordering::Relaxed);
                AtHand::Nothing(reading.unwrap_or_else(batches))
            }
        }
    }

    /// Notes a question to be read later, if that is what is done. It is not known.
    fn note(&self, batches: &Arc<Batches>, asking: &Asking) -> bool {
        let mut noting = self.noted();
        let noted = noting.as_mut();
        noted.is_some_and(|noted| batches.note(asking, noted).is_none())
    }

    /// Notes all that `ask` asks and that is not at hand: such a question is not answered, and who asks it must ask
    /// again once it was read ([`Noted::read`]). That needs no future for each question.
    pub fn noting<T>(&self, ask: impl FnOnce() -> T) -> (T, Noted) {
        let begun = Noting::begin(self);
        let got = ask();
        (got, begun.end())
    }

    /// Whether questions are only noted now.
    pub fn is_noting(&self) -> bool {
        self.noted().is_some()
    }

    fn noted(&self) -> MutexGuard<'_, Option<Noted>> {
        self.noting.lock().expect("nobody panics while holding it")
    }

    /// How often content was published.
    pub async fn content_revision(&self) -> Result<i64> {
        if let Some(held) = &self.asked.held {
            return Ok(held.revision());
        }
        Ok(self.asked.source.content_revision().await?)
    }

    fn batches(&self, kind: TypeId) -> Arc<Batches> {
        let mut batches = self.batches.lock().expect("nobody panics while holding it");
        let new = || Arc::new(Batches::new(self.asked.clone()));
        batches.entry(kind).or_insert_with(new).clone()
    }
}

/// What there is of an answer before anything is read for it.
enum AtHand<A> {
    /// It is held for all requests.
    Held(Option<Arc<A>>),
    /// It was read for this request.
    Known(Answer),
    /// Nothing: these will read it.
    Nothing(Arc<Batches>),
}

/// Questions are noted as long as this lives.
struct Noting<'r>(&'r Rows);

impl<'r> Noting<'r> {
    fn begin(rows: &'r Rows) -> Self {
        *rows.noted() = Some(Noted::default());
        Self(rows)
    }

    fn end(self) -> Noted {
        self.0.noted().take().unwrap_or_default()
    }
}

impl Drop for Noting<'_> {
    fn drop(&mut self) {
        let noted = self.0.noted().take();
        // It has batches of these rows: they are closed when the lock is free.
        drop(noted);
    }
}

impl Asked {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nobody panics while holding it")
    }

    /// The answer, if it is held.
    fn held<Q: Question>(&self, question: &Q, fingerprint: Fingerprint) -> Recalled<Q::Answer> {
        let Some(held) = &self.held else {
            return Recalled::Unknown;
        };
        let recalled = held.get(question, fingerprint, self.source.columns());
        if let Recalled::Answer(answer) = &recalled {
            Q::see(answer, &mut self.seen());
        }
        recalled
    }

    /// Answers questions of one kind, which differ.
    async fn read(&self, questions: &[Asking]) -> Result<Vec<Option<AnyAnswer>>> {
        let Some(first) = questions.first().map(Asking::question) else {
            return Ok(Vec::new());
        };
        let (name, count) = (first.kind(), questions.len());
        let span = debug_span!(target: TRACE, "read", question = name, count);
        let mut attempts = self.source.connections().map(Attempts::on);
        let answers = loop {
            let answers = first.answer(&self.source, questions);
            let answers = answers.instrument(span.clone()).await;
            let failure = answers.as_ref().err().and_then(Error::database);
            let again = |attempts: &mut Attempts| attempts.again(failure);
            if !attempts.as_mut().is_some_and(again) {
                break answers?;
            }
        };
        let mut seen = self.seen();
        for answer in answers.iter().flatten() {
            first.see(answer, &mut seen);
        }
        drop(seen);
        self.keep(questions, &answers);
        Ok(answers)
    }

    /// Remembers what was read until it is sure of which revision it is.
    fn keep(&self, questions: &[Asking], answers: &[Option<AnyAnswer>]) {
        if self.held.is_none() {
            return;
        }
        let answers = questions.iter().cloned().zip(answers.iter().cloned());
        let mut fresh = self.fresh.lock().expect("nobody panics while holding it");
        fresh.extend(answers);
    }
}

/// The request's batching layer.
pub fn rows<'c, T>(ctx: &ContextBase<'c, T>) -> &'c Rows {
    ctx.data_unchecked::<Arc<Rows>>()
}

/// The day of the request, in UTC.
pub fn today(ctx: &Context<'_>) -> NaiveDate {
    rows(ctx).today
}
