//! When the batch of a loader is read: once, after all resolvers of a level have asked.

use std::{
    any::Any,
    collections::HashMap,
    fmt::{self, Debug, Formatter},
    hash::{Hash, Hasher},
    io,
    sync::{Arc, Mutex, MutexGuard, OnceLock},
};

use async_graphql::futures_util::future::BoxFuture;
use dataloader::{BatchFn, cached::Loader};
use tokio::{
    sync::{self, Notify, futures::OwnedNotified},
    task::yield_now,
};

use super::{Asked, Columns, Fingerprint, Held, Question, Seen, Source};
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

impl PartialEq for Asking {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Asking {}

impl Hash for Asking {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [half, _] = self.fingerprint.halves();
        state.write_u64(half);
    }
}

impl Debug for Asking {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.question.kind())
    }
}

/// The loader of one kind of question, of one request.
///
/// By itself each that asks waits for others, and looks several times whether something came. Here the first to ask
/// waits for the others and then reads for all; they are woken once, when that is done.
pub(super) struct Batches {
    loader: Loader<Asking, Answer, Batch>,
    gathered: Mutex<Option<Round>>,
    /// Whoever reads.
    alone: sync::Mutex<()>,
}

/// Those that share a batch.
struct Round {
    questions: Vec<Asking>,
    end: Arc<End>,
}

/// What those wait for who do not read themselves.
#[derive(Default)]
struct End {
    reached: Arc<Notify>,
    /// What was read, in the order in which it was asked; nothing if the one that reads was gone before.
    answers: OnceLock<Vec<Answer>>,
}

/// Who one is in a round.
enum Part {
    First(Arc<End>),
    Other {
        end: Arc<End>,
        reached: OwnedNotified,
        place: usize,
    },
}

impl Batches {
    #[expect(clippy::disallowed_methods, reason = "this is where loaders are made")]
    pub(super) fn new(asked: Arc<Asked>) -> Self {
        let loader = Loader::new(Batch(asked))
            .with_yield_count(0)
            // A batch is never cut: the keys travel as one array, however many they are.
            .with_max_batch_size(usize::MAX);
        Self {
            loader,
            gathered: Mutex::default(),
            alone: sync::Mutex::default(),
        }
    }

    /// Answers this question together with all others that are asked meanwhile.
    pub(super) async fn ask(&self, asking: Asking) -> Answer {
        // A batch is lost if the resolver that reads it is dropped, as happens when a field beside it fails:
        // who waited for it asks again.
        loop {
            match self.join(&asking) {
                Part::First(end) => {
                    // On the heap: most do not read.
                    let reading: BoxFuture<'_, _> = Box::pin(self.read(end));
                    if let Ok(answer) = reading.await {
                        return answer;
                    }
                }
                Part::Other {
                    end,
                    reached,
                    place,
                } => {
                    reached.await;
                    if let Some(answers) = end.answers.get() {
                        return answers[place].clone();
                    }
                }
            }
        }
    }

    fn join(&self, asking: &Asking) -> Part {
        let mut gathered = self.gathered();
        if let Some(round) = &mut *gathered {
            let place = round.questions.len();
            round.questions.push(asking.clone());
            let end = round.end.clone();
            // Before the round can end, so that its end is not missed.
            let reached = end.reached.clone().notified_owned();
            return Part::Other {
                end,
                reached,
                place,
            };
        }
        let end = Arc::<End>::default();
        *gathered = Some(Round {
            questions: vec![asking.clone()],
            end: end.clone(),
        });
        Part::First(end)
    }

    async fn read(&self, end: Arc<End>) -> io::Result<Answer> {
        let reading = Reading { batches: self, end };
        for _ in 0..TURNS {
            yield_now().await;
        }
        // While another batch is read there is time for more to ask.
        let _alone = self.alone.lock().await;
        let questions = self.close(&reading.end);
        let answers = self.loader.try_load_many(questions.clone()).await?;
        // An answer can be quicker than those who began to read at the same time: what it leads to must not be asked
        // together with what they ask, or it is asked in two parts.
        yield_now().await;
        let answers = questions.iter().map(|question| {
            let answer = answers.get(question).cloned();
            answer.ok_or(io::ErrorKind::NotFound)
        });
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        let answers = reading.end.answers.get_or_init(|| answers);
        // Whoever reads was the first to ask.
        let answer = answers.first().cloned();
        Ok(answer.ok_or(io::ErrorKind::NotFound)?)
    }

    /// Ends the gathering of this round, if it goes on.
    fn close(&self, end: &Arc<End>) -> Vec<Asking> {
        let mut gathered = self.gathered();
        let round = gathered.take_if(|round| Arc::ptr_eq(&round.end, end));
        round.map(|round| round.questions).unwrap_or_default()
    }

    fn gathered(&self) -> MutexGuard<'_, Option<Round>> {
        let gathered = self.gathered.lock();
        gathered.expect("nobody panics while holding it")
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

/// Reads what a round asks.
struct Batch(Arc<Asked>);

impl BatchFn<Asking, Answer> for Batch {
    async fn load(&mut self, questions: &[Asking]) -> HashMap<Asking, Answer> {
        let Self(asked) = self;
        let answers = match asked.read(questions).await {
            Ok(answers) => answers.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error); questions.len()],
        };
        questions.iter().cloned().zip(answers).collect()
    }
}
