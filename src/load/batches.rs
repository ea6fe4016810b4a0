//! When a batch is read: once, after all resolvers of a level have asked.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use tokio::{
    sync::{self, Notify, futures::OwnedNotified},
    task::yield_now,
};

use super::{
    Asked,
    asking::{AnyAnswer, Asking},
    fingerprint::ByFingerprint,
};
use crate::error::Result;

/// Three turns of the runtime let every resolver of a level ask before the first one answers:
/// fewer split a level into several statements, more only wait (`docs/decisions/001`).
const TURNS: usize = 3;

/// What one asker gets.
type Answer = Result<Option<AnyAnswer>>;

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
    reached: Arc<Notify>,
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
    Other(Arc<End>, OwnedNotified, usize),
}

impl Batches {
    pub(super) fn new(asked: Arc<Asked>) -> Self {
        Self {
            asked,
            state: Mutex::default(),
            alone: sync::Mutex::default(),
        }
    }

    /// Answers this question together with all others that are asked meanwhile.
    pub(super) async fn ask(&self, asking: Asking) -> Answer {
        // A batch is lost if the resolver that reads it is dropped, as happens when a field beside it fails:
        // who waited for it asks again.
        loop {
            match self.join(&asking) {
                Part::Knows(answer) => return answer,
                // On the heap: most do not read.
                Part::First(end) => return Box::pin(self.read(end)).await,
                Part::Other(end, reached, place) => {
                    reached.await;
                    if let Some(answers) = end.answers.get() {
                        return answers[place].clone();
                    }
                }
            }
        }
    }

    fn join(&self, asking: &Asking) -> Part {
        let mut state = self.state();
        if let Some(answer) = state.known.get(&asking.fingerprint()) {
            return Part::Knows(answer.clone());
        }
        if let Some(round) = &mut state.gathered {
            let place = round.place(asking);
            let end = round.end.clone();
            // Before the round can end, so that its end is not missed.
            let reached = end.reached.clone().notified_owned();
            return Part::Other(end, reached, place);
        }
        let round = state.gathered.insert(Round::default());
        round.place(asking);
        Part::First(round.end.clone())
    }

    /// Reads what a round asks. Whoever does so was the first to ask.
    async fn read(&self, end: Arc<End>) -> Answer {
        let reading = Reading { batches: self, end };
        for _ in 0..TURNS {
            yield_now().await;
        }
        // While another batch is read there is time for more to ask.
        let _alone = self.alone.lock().await;
        let (questions, new) = self.close(&reading.end);
        let read = self.asked.read(&new).await;
        let answers = self.remember(&questions, &new, read);
        // An answer can be quicker than those who began to read at the same time: what it leads to must not be asked
        // together with what they ask, or it is asked in two parts.
        yield_now().await;
        let answers = reading.end.answers.get_or_init(|| answers);
        answers[0].clone()
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

/// The first of a round, from its beginning to its end.
struct Reading<'b> {
    batches: &'b Batches,
    end: Arc<End>,
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.batches.close(&self.end);
        self.end.reached.notify_waiters();
    }
}
