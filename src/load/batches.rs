//! When a batch is read: once, after all resolvers of a level have asked.

use std::{
    any::Any,
    sync::{Arc, Mutex, MutexGuard, OnceLock},
};

use async_graphql::futures_util::future::BoxFuture;
use tokio::{
    sync::{self, Notify, futures::OwnedNotified},
    task::yield_now,
};

use super::{
    Asked, Columns, Fingerprint, Held, Question, Seen, Source, fingerprint::ByFingerprint,
};
use crate::error::Result;

/// Three turns of the runtime let every resolver of a level ask before the first one answers:
/// fewer split a level into several statements, more only wait (`docs/decisions/001`).
const TURNS: usize = 3;

/// An answer, whatever it is.
#[derive(Clone)]
pub(super) struct AnyAnswer(Arc<dyn Any + Send + Sync>);

/// What one asker gets.
type Answer = Result<Option<AnyAnswer>>;

/// A question, whatever it is. What batches do is the same for all kinds, so it is compiled once and not for each
/// of hundreds of kinds.
pub(super) trait AnyQuestion: Any + Send + Sync {
    /// What its kind is called in traces.
    fn kind(&self) -> &'static str;

    /// Answers all of these, which are of its kind, in their order.
    fn answer<'a>(
        &self,
        db: &'a Source,
        questions: &'a [Asking],
    ) -> BoxFuture<'a, Result<Vec<Option<AnyAnswer>>>>;

    /// Notes the pieces of content that an answer has.
    fn see(&self, answer: &AnyAnswer, seen: &mut Seen);

    /// Holds its answer.
    fn hold(
        &self,
        fingerprint: Fingerprint,
        answer: Option<&AnyAnswer>,
        held: &Held,
        columns: &Columns,
    );
}

impl<Q: Question> AnyQuestion for Q {
    fn kind(&self) -> &'static str {
        std::any::type_name::<Q>()
    }

    fn answer<'a>(
        &self,
        db: &'a Source,
        questions: &'a [Asking],
    ) -> BoxFuture<'a, Result<Vec<Option<AnyAnswer>>>> {
        Box::pin(async move {
            let questions = questions.iter().map(Asking::of);
            let questions: Vec<&Q> = questions.collect();
            let answers = Q::answer(db, &questions).await?;
            let answers = answers.into_iter();
            Ok(answers.map(|answer| Some(AnyAnswer(answer?))).collect())
        })
    }

    fn see(&self, answer: &AnyAnswer, seen: &mut Seen) {
        Q::see(of_kind::<Q>(answer), seen);
    }

    fn hold(
        &self,
        fingerprint: Fingerprint,
        answer: Option<&AnyAnswer>,
        held: &Held,
        columns: &Columns,
    ) {
        let answer = answer.cloned().map(typed::<Q>);
        Question::hold(self, fingerprint, answer.as_ref(), held, columns);
    }
}

fn of_kind<Q: Question>(answer: &AnyAnswer) -> &Q::Answer {
    let answer = answer.0.downcast_ref();
    answer.expect("a question is answered by its kind")
}

/// An answer to a question of this kind as what it is.
pub(super) fn typed<Q: Question>(answer: AnyAnswer) -> Arc<Q::Answer> {
    let answer = answer.0.downcast().ok();
    answer.expect("a question is answered by its kind")
}

/// A question that somebody asks. Equal ones are told by their fingerprints.
#[derive(Clone)]
pub(super) struct Asking {
    fingerprint: Fingerprint,
    question: Arc<dyn AnyQuestion>,
}

impl Asking {
    /// Asks a question, which has this fingerprint.
    pub(super) fn new(fingerprint: Fingerprint, question: impl Question) -> Self {
        Self {
            fingerprint,
            question: Arc::new(question),
        }
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(super) fn question(&self) -> &dyn AnyQuestion {
        &*self.question
    }

    fn of<Q: Question>(&self) -> &Q {
        let question: &dyn Any = &*self.question;
        let question = question.downcast_ref();
        question.expect("a batch has questions of one kind")
    }
}

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
        if let Some(answer) = state.known.get(&asking.fingerprint) {
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
        let new = new.filter(|question| !known.contains_key(&question.fingerprint));
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
            state.known.insert(question.fingerprint, answer);
        }
        let answers = questions.iter();
        let answers = answers.map(|question| state.known[&question.fingerprint].clone());
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
        *self.places.entry(asking.fingerprint).or_insert_with(|| {
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
