//! When a batch is read: once, after all resolvers of a level have asked.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::futures_util::future::{BoxFuture, join, join_all};
use tokio::{
    sync::{self, Notify},
    task::yield_now,
};

use super::{
    Asked, Fingerprint,
    asking::{AnyAnswer, Asking},
    fingerprint::ByFingerprint,
};
use crate::error::Result;

/// Three turns of the runtime let every resolver of a level ask before the first one answers:
/// fewer split a level into several statements, more only wait (`docs/decisions/001`).
const TURNS: usize = 3;

/// What one asker gets.
pub(super) type Answer = Result<Option<AnyAnswer>>;

/// The batches of one kind of question, of one request.
///
/// Whoever is the first to ask waits for others and then reads for all; they are woken once, when that is done. What was
/// read is remembered: nothing is read twice in a request.
pub(super) struct Batches {
    asked: Arc<Asked>,
    state: Mutex<State>,
    /// Whoever reads.
    alone: sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    known: ByFingerprint<Answer>,
    gathered: Option<Round>,
}

/// Those that share a batch.
#[derive(Default)]
struct Round {
    /// What they ask, each question once.
    questions: Vec<Asking>,
    places: ByFingerprint<usize>,
    end: Arc<End>,
}

/// What those wait for who do not read themselves.
#[derive(Default)]
struct End {
    reached: Notify,
    over: AtomicBool,
    /// What was read, in the order of the questions; nothing if the one that reads was gone before.
    answers: OnceLock<Vec<Answer>>,
}

/// Who one is.
enum Part {
    /// The question was answered before.
    Knows(Answer),
    /// The first of a round, who reads for all.
    First(Arc<End>),
    /// One of those who wait, with the place of their answer.
    Other(Arc<End>, usize),
}

impl Batches {
    pub(super) fn new(asked: Arc<Asked>) -> Self {
        Self {
            asked,
            state: Mutex::default(),
            alone: sync::Mutex::default(),
        }
    }

    /// The answer, if the question was answered before.
    pub(super) fn known(&self, fingerprint: Fingerprint) -> Option<Answer> {
        self.state().known.get(&fingerprint).cloned()
    }

    /// Answers this question together with all others that are asked meanwhile.
    pub(super) async fn ask(self: Arc<Self>, asking: Asking) -> Answer {
        // A batch is lost if the resolver that reads it is dropped, as happens when a field beside it fails:
        // who waited for it asks again.
        loop {
            match self.join(&asking) {
                Part::Knows(answer) => return answer,
                Part::First(end) => return self.first(end).read().await,
                Part::Other(end, place) => {
                    end.reach().await;
                    if let Some(answers) = end.answers.get() {
                        return answers[place].clone();
                    }
                }
            }
        }
    }

    /// Notes the question among those that are to be read. Gives the answer if it was answered before.
    pub(super) fn note(self: &Arc<Self>, asking: &Asking, noted: &mut Noted) -> Option<Answer> {
        match self.join(asking) {
            Part::Knows(answer) => return Some(answer),
            Part::First(end) => noted.to_read.push(self.first(end)),
            Part::Other(end, _) => noted.wait_for(end),
        }
        None
    }

    fn first(self: &Arc<Self>, end: Arc<End>) -> Reading {
        let batches = self.clone();
        Reading { batches, end }
    }

    fn join(&self, asking: &Asking) -> Part {
        let mut state = self.state();
        if let Some(answer) = state.known.get(&asking.fingerprint()) {
            return Part::Knows(answer.clone());
        }
        if let Some(round) = &mut state.gathered {
            let place = round.place(asking);
            return Part::Other(round.end.clone(), place);
        }
        let round = state.gathered.insert(Round::default());
        round.place(asking);
        Part::First(round.end.clone())
    }

    /// Ends the gathering of this round, if it goes on: what it asks, and what of that nobody has read.
    fn close(&self, end: &Arc<End>) -> (Vec<Asking>, Vec<Asking>) {
        let mut state = self.state();
        let State { known, gathered } = &mut *state;
        let round = gathered.take_if(|round| Arc::ptr_eq(&round.end, end));
        let questions = round.map(|round| round.questions).unwrap_or_default();
        let new = questions.iter();
        let new = new.filter(|question| !known.contains_key(&question.fingerprint()));
        let new = new.cloned().collect();
        (questions, new)
    }

    /// Remembers what was read, and gives the answers to all that a round asked.
    fn remember(
        &self,
        questions: &[Asking],
        new: &[Asking],
        read: Result<Vec<Option<AnyAnswer>>>,
    ) -> Vec<Answer> {
        let mut state = self.state();
        let answers = match read {
            Ok(answers) => answers.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error); new.len()],
        };
        for (question, answer) in new.iter().zip(answers) {
            state.known.insert(question.fingerprint(), answer);
        }
        let answers = questions.iter();
        let answers = answers.map(|question| state.known[&question.fingerprint()].clone());
        answers.collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding it")
    }
}

impl Round {
    /// Where the answer to this question will be.
    fn place(&mut self, asking: &Asking) -> usize {
        let questions = &mut self.questions;
        *self.places.entry(asking.fingerprint()).or_insert_with(|| {
            questions.push(asking.clone());
            questions.len() - 1
        })
    }
}

impl End {
    async fn reach(&self) {
        // Whoever begins to wait before it is over is woken.
        let reached = self.reached.notified();
        if !self.over.load(Ordering::Acquire) {
            reached.await;
        }
    }
}

/// The first of a round, from its beginning to its end.
struct Reading {
    batches: Arc<Batches>,
    end: Arc<End>,
}

impl Reading {
    /// Reads what the round asks. Gives the answer to its first question.
    fn read(self) -> BoxFuture<'static, Answer> {
        // On the heap: most do not read.
        Box::pin(async move {
            for _ in 0..TURNS {
                yield_now().await;
            }
            let Self { batches, end } = &self;
            // While another batch is read there is time for more to ask.
            let _alone = batches.alone.lock().await;
            let (questions, new) = batches.close(end);
            let read = batches.asked.read(&new).await;
            let answers = batches.remember(&questions, &new, read);
            // An answer can be quicker than those who began to read at the same time: what it leads to must not be
            // asked together with what they ask, or it is asked in two parts.
            yield_now().await;
            let answers = end.answers.get_or_init(|| answers);
            answers[0].clone()
        })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.batches.close(&self.end);
        self.end.over.store(true, Ordering::Release);
        self.end.reached.notify_waiters();
    }
}

/// Questions that were noted to be read together: the rounds that they are in.
#[derive(Default)]
pub struct Noted {
    to_read: Vec<Reading>,
    to_wait_for: Vec<Arc<End>>,
}

impl Noted {
    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.to_read.is_empty() && self.to_wait_for.is_empty()
    }

    fn wait_for(&mut self, end: Arc<End>) {
        let mut begun = self.to_read.iter().map(|reading| &reading.end);
        let mut waits = self.to_wait_for.iter();
        if !begun.any(|known| Arc::ptr_eq(known, &end))
            && !waits.any(|known| Arc::ptr_eq(known, &end))
        {
            self.to_wait_for.push(end);
        }
    }

    /// Reads what was noted, together with what others ask. Whoever asks then finds it known.
    pub async fn read(self) {
        let reads = self.to_read.into_iter().map(Reading::read);
        let waits = self.to_wait_for.iter().map(|end| end.reach());
        join(join_all(reads), join_all(waits)).await;
    }
}
