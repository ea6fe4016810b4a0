//! Questions and answers of all kinds, as batches know them.

use std::{any::Any, sync::Arc};

use async_graphql::futures_util::future::BoxFuture;

use super::{Columns, Fingerprint, Held, Question, Seen, Source};
use crate::error::Result;

/// An answer, whatever it is.
#[derive(Clone)]
pub(super) struct AnyAnswer(Arc<dyn Any + Send + Sync>);

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

    /// How many rows are held besides its answer; none if it seems that they are held already.
    fn rows_with(&self, answer: &AnyAnswer, held: &Held, columns: &Columns) -> usize;

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

    fn rows_with(&self, answer: &AnyAnswer, held: &Held, columns: &Columns) -> usize {
        Question::rows_with(self, of_kind::<Q>(answer), held, columns)
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
