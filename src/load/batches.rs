//! When the batch of a loader is read: once, after all resolvers of a level have asked.

use std::{
    collections::HashMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use dataloader::{BatchFn, cached::Loader};
use tokio::{
    sync::{self, Notify, futures::OwnedNotified},
    task::yield_now,
};

use super::{Asked, Question};
use crate::error::Result;

/// Three turns of the runtime let every resolver of a level ask before the first one answers:
/// fewer split a level into several statements, more only wait (`docs/decisions/001`).
const TURNS: usize = 3;

/// What one asker gets.
type Answer<Q> = Result<Option<<Q as Question>::Answer>>;

/// The loader of one kind of question, of one request.
///
/// By itself each that asks waits for others, and looks several times whether something came. Here the first to ask
/// waits for the others and then reads for all; they are woken once, when that is done.
pub(super) struct Batches<Q: Question> {
    loader: Loader<Q, Answer<Q>, Batch>,
    gathered: Mutex<Option<Round<Q>>>,
    /// Whoever reads.
    alone: sync::Mutex<()>,
}

/// Those that share a batch.
struct Round<Q> {
    questions: Vec<Q>,
    end: Arc<End>,
}

/// What those wait for who do not read themselves.
#[derive(Default)]
struct End {
    reached: Arc<Notify>,
    /// Whether the batch was read: the one that reads may be gone before.
    read: AtomicBool,
}

/// Who one is in a round.
enum Part {
    First(Arc<End>),
    Other(Arc<End>, OwnedNotified),
}

impl<Q: Question> Batches<Q> {
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
    pub(super) async fn ask(&self, question: Q) -> Answer<Q> {
        // A batch is lost if the resolver that reads it is dropped, as happens when a field beside it fails:
        // who waited for it asks again.
        loop {
            let answer = match self.join(&question) {
                Part::First(end) => self.read(&question, end).await,
                Part::Other(end, reached) => {
                    reached.await;
                    if !end.read.load(Ordering::Acquire) {
                        continue;
                    }
                    self.loader.try_load(question.clone()).await
                }
            };
            if let Ok(answer) = answer {
                return answer;
            }
        }
    }

    fn join(&self, question: &Q) -> Part {
        let mut gathered = self.gathered();
        if let Some(round) = &mut *gathered {
            round.questions.push(question.clone());
            let end = round.end.clone();
            // Before the round can end, so that its end is not missed.
            let reached = end.reached.clone().notified_owned();
            return Part::Other(end, reached);
        }
        let end = Arc::<End>::default();
        *gathered = Some(Round {
            questions: vec![question.clone()],
            end: end.clone(),
        });
        Part::First(end)
    }

    async fn read(&self, question: &Q, end: Arc<End>) -> io::Result<Answer<Q>> {
        let reading = Reading { batches: self, end };
        for _ in 0..TURNS {
            yield_now().await;
        }
        // While another batch is read there is time for more to ask.
        let _alone = self.alone.lock().await;
        let questions = self.close(&reading.end);
        let mut answers = self.loader.try_load_many(questions).await?;
        // An answer can be quicker than those who began to read at the same time: what it leads to must not be asked
        // together with what they ask, or it is asked in two parts.
        yield_now().await;
        reading.end.read.store(true, Ordering::Release);
        answers
            .remove(question)
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Ends the gathering of this round, if it goes on.
    fn close(&self, end: &Arc<End>) -> Vec<Q> {
        let mut gathered = self.gathered();
        let round = gathered.take_if(|round| Arc::ptr_eq(&round.end, end));
        round.map(|round| round.questions).unwrap_or_default()
    }

    fn gathered(&self) -> MutexGuard<'_, Option<Round<Q>>> {
        let gathered = self.gathered.lock();
        gathered.expect("nobody panics while holding it")
    }
}

/// The first of a round, from its beginning to its end.
struct Reading<'b, Q: Question> {
    batches: &'b Batches<Q>,
    end: Arc<End>,
}

impl<Q: Question> Drop for Reading<'_, Q> {
    fn drop(&mut self) {
        self.batches.close(&self.end);
        self.end.reached.notify_waiters();
    }
}

/// Reads what a round asks.
struct Batch(Arc<Asked>);

impl<Q: Question> BatchFn<Q, Answer<Q>> for Batch {
    async fn load(&mut self, questions: &[Q]) -> HashMap<Q, Answer<Q>> {
        let Self(asked) = self;
        let mut answers = asked.read(questions).await;
        if let Ok(answers) = &answers {
            let mut seen = asked.seen();
            for answer in answers.values() {
                Q::see(answer, &mut seen);
            }
            drop(seen);
            asked.keep(questions, answers);
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
