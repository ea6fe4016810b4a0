//! Finished answers, kept under the content revision that they were read at.
//!
//! No entry is ever out of date: the revision is part of the key, and is read anew for every request. So
//! nothing must be made invalid, by whatever process content is published.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::Write,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue},
};
use chrono::NaiveDate;
use flate2::{Compression, write::GzEncoder};
use quick_cache::{Equivalent, Weighter};
use twox_hash::XxHash3_128;

use super::negotiate::{Coding, Media};
use crate::bounded::{self, Cache};

/// A finished answer: its bytes, and what HTTP says of it.
pub(super) struct Answer {
    /// The JSON.
    pub(super) body: Bytes,
    /// Nothing was run: the request itself is at fault.
    pub(super) refused: bool,
    /// Whether it has errors.
    pub(super) errors: bool,
    /// The database was out of reach.
    pub(super) unavailable: bool,
    /// How long others may use it, in seconds; none if nobody may keep it.
    pub(super) max_age: Option<u32>,
    /// What it depends on, for networks that keep it.
    pub(super) surrogate_keys: Option<HeaderValue>,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    tag: OnceLock<String>,
    /// What HTTP says of it in each form.
    headers: [OnceLock<Box<HeaderMap>>; 6],
}

/// Below this, in bytes, compressing makes an answer no smaller on the wire.
const WORTH_COMPRESSING: usize = 1_000;

impl Answer {
    /// An answer with this body that nobody may keep.
    pub(super) fn new(body: Vec<u8>) -> Self {
        Self {
            body: body.into(),
            refused: false,
            errors: false,
            unavailable: false,
            max_age: None,
            surrogate_keys: None,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            tag: OnceLock::new(),
            headers: Default::default(),
        }
    }

    /// What HTTP says of it in this form: made when it is first asked for.
    pub(super) fn headers(
        &self,
        media: Media,
        coding: Coding,
        make: impl FnOnce() -> HeaderMap,
    ) -> &HeaderMap {
        let media = usize::from(media == Media::Json);
        let coding = match coding {
            Coding::Plain => 0,
            Coding::Gzip => 1,
            Coding::Brotli => 2,
        };
        // A copy has no more room than it needs.
        self.headers[media * 3 + coding].get_or_init(|| Box::new(make().clone()))
    }

    /// Its body in this coding, or plain where that is as good.
    pub(super) fn coded(&self, coding: Coding) -> (Bytes, Coding) {
        if self.body.len() < WORTH_COMPRESSING {
            return (self.body.clone(), Coding::Plain);
        }
        let coded = match coding {
            Coding::Plain => &self.body,
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.body)),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.body)),
        };
        (coded.clone(), coding)
    }

    /// Whether giving it in this coding means work.
    pub(super) fn is_work(&self, coding: Coding) -> bool {
        // As much as takes less than a millisecond.
        const LITTLE: usize = 16_000;
        let done = match coding {
            Coding::Plain => true,
            Coding::Gzip => self.gzip.get().is_some(),
            Coding::Brotli => self.brotli.get().is_some(),
        };
        !done && self.body.len() > LITTLE
    }

    /// What tells its body apart from all others, the same in all processes. It proves nothing to anybody, so it is
    /// quick: to hash half a megabyte with SHA-256 took 8 % of the time in which an answer of that size was made.
    pub(super) fn tag(&self) -> &str {
        self.tag
            .get_or_init(|| format!("{:032x}", XxHash3_128::oneshot(&self.body)))
    }
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(6));
    encoder
        .write_all(body)
        .and_then(|()| encoder.finish())
        .expect("writing to memory cannot fail")
        .into()
}

fn brotli(body: &[u8]) -> Bytes {
    const QUALITY: u32 = 5;
    const WINDOW: u32 = 20;
    let mut coded = Vec::with_capacity(body.len() / 4);
    {
        let mut writer = brotli::CompressorWriter::new(&mut coded, 4096, QUALITY, WINDOW);
        writer
            .write_all(body)
            .expect("writing to memory cannot fail");
    }
    coded.into()
}

/// What an answer is the answer to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) of: Arc<Identity>,
    /// Some answers depend on the day.
    pub(super) today: NaiveDate,
    /// The content revision.
    pub(super) revision: i64,
}

/// A question that is looked up alone: `of` is shared by all who ask the same at once, so that to count them takes time.
#[derive(Hash)]
pub(super) struct Lookup<'q> {
    pub(super) of: &'q Identity,
    pub(super) today: NaiveDate,
    pub(super) revision: i64,
}

impl Equivalent<Question> for Lookup<'_> {
    fn equivalent(&self, question: &Question) -> bool {
        self.revision == question.revision
            && self.today == question.today
            && *self.of == *question.of
    }
}

/// What tells an operation with its variables apart from all others.
#[derive(Debug)]
pub(super) struct Identity {
    document: Arc<str>,
    operation: Option<String>,
    /// As JSON, with its keys in order: equal variables are equal texts.
    variables: String,
    /// Of all of it: it is looked up with each request.
    hash: u64,
}

impl Identity {
    pub(super) fn new(document: Arc<str>, operation: Option<String>, variables: String) -> Self {
        let mut hasher = DefaultHasher::new();
        (&document, &operation, &variables).hash(&mut hasher);
        Self {
            document,
            operation,
            variables,
            hash: hasher.finish(),
        }
    }

    /// As JSON.
    pub(super) fn variables(&self) -> &str {
        &self.variables
    }

    /// How long its texts are, in bytes.
    pub(super) fn len(&self) -> usize {
        self.document.len() + self.variables.len()
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.document, &other.document) || self.document == other.document;
        same && self.operation == other.operation && self.variables == other.variables
    }
}

impl Eq for Identity {}

impl Hash for Identity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// The answers of the present revision: the last used ones, up to so many bytes.
pub(super) struct Answers {
    kept: Option<Cache<Question, Arc<Answer>, Size>>,
    revision: AtomicI64,
}

/// What an answer takes of the memory.
#[derive(Clone)]
struct Size;

impl Weighter<Question, Arc<Answer>> for Size {
    fn weight(&self, question: &Question, answer: &Arc<Answer>) -> u64 {
        // With the headers of one form.
        const ENTRY: usize = 1_500 + size_of::<Answer>();
        let question = question.of.len();
        let keys = answer.surrogate_keys.as_ref().map_or(0, HeaderValue::len);
        // Room for both codings, which come later: JSON shrinks to a quarter or less.
        let answer = answer.body.len() * 3 / 2 + keys;
        (ENTRY + question + answer) as u64
    }
}

/// Whether an answer was kept already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It was.
    Hit,
    /// It was made now, and kept.
    Miss,
    /// It was made now for this request alone.
    Pass,
}

impl Kept {
    /// Each of them, in its place.
    pub(super) const ALL: [Self; 3] = [Self::Hit, Self::Miss, Self::Pass];

    /// Where it stands among all.
    pub(super) const fn place(self) -> usize {
        self as usize
    }

    /// As it stands in the log and in metrics.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Pass => "pass",
        }
    }
}

impl Answers {
    /// Keeps answers of so many bytes in all, or none.
    pub(super) fn new(bytes: u64) -> Self {
        Self {
            kept: (bytes > 0).then(|| bounded::cache(bytes, 20_000, Size)),
            revision: AtomicI64::new(0),
        }
    }

    /// How much is kept, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.kept.as_ref().map_or(0, Cache::weight)
    }

    /// The answer to a question, if it is kept.
    pub(super) fn kept(&self, question: &Lookup) -> Option<Arc<Answer>> {
        self.kept.as_ref()?.get(question)
    }

    /// The answer to a question: kept, or made by `answer`, which says whether it may be kept. Who asks the
    /// same meanwhile waits for it.
    pub(super) async fn get(
        &self,
        question: Question,
        answer: impl Future<Output = (Arc<Answer>, bool)>,
    ) -> (Arc<Answer>, Kept) {
        let Some(kept) = &self.kept else {
            return (answer.await.0, Kept::Pass);
        };
        // Answers of older revisions are never asked for again.
        if self
            .revision
            .fetch_max(question.revision, Ordering::Relaxed)
            < question.revision
        {
            kept.clear();
        }
        match kept.get_value_or_guard_async(&question).await {
            Ok(answer) => (answer, Kept::Hit),
            Err(place) => {
                let (answer, keep) = answer.await;
                // It fails only if the cache was cleared meanwhile: then nobody asks for it again.
                let _ = place.insert(answer.clone());
                if !keep {
                    // Those who waited have it: else they would fail one after the other.
                    kept.remove(&question);
                    return (answer, Kept::Pass);
                }
                (answer, Kept::Miss)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn question(number: usize, revision: i64) -> Question {
        let variables = format!("{{\"number\":{number}}}");
        let of = Identity::new("{ goals { totalCount } }".into(), None, variables);
        Question {
            of: Arc::new(of),
            today: NaiveDate::default(),
            revision,
        }
    }

    fn answer(text: &str) -> Arc<Answer> {
        Arc::new(Answer::new(text.as_bytes().to_vec()))
    }

    #[test]
    fn all_processes_have_the_same_tag_for_an_answer() {
        // What XXH3 with 128 bits makes of nothing.
        let nothing = Answer::new(Vec::new());
        assert_eq!(nothing.tag(), "99aa06d3014798d86001c324468d497f");
        let tag = |body: &str| Answer::new(body.into()).tag().to_owned();
        assert_ne!(tag("{}"), tag("[]"));
    }

    #[tokio::test]
    async fn an_answer_is_kept_for_its_revision_alone() {
        let answers = Answers::new(1_000_000);
        let ask = async |revision, text: &str| {
            let made = async { (answer(text), true) };
            let (answer, kept) = answers.get(question(1, revision), made).await;
            (String::from_utf8(answer.body.to_vec()).unwrap(), kept)
        };
        assert_eq!(ask(1, "one").await, ("one".to_owned(), Kept::Miss));
        assert_eq!(ask(1, "other").await, ("one".to_owned(), Kept::Hit));
        assert_eq!(ask(2, "two").await, ("two".to_owned(), Kept::Miss));
        assert_eq!(ask(2, "other").await, ("two".to_owned(), Kept::Hit));
    }

    #[tokio::test]
    async fn what_is_kept_is_found_by_what_is_asked() {
        let answers = Answers::new(1_000_000);
        let kept = question(1, 2);
        answers
            .get(kept.clone(), async { (answer("one"), true) })
            .await;
        let found = |number, today, revision| {
            let of = &question(number, revision).of;
            let found = answers.kept(&Lookup {
                of,
                today,
                revision,
            });
            found.is_some()
        };
        assert!(found(1, kept.today, 2));
        assert!(!found(2, kept.today, 2));
        assert!(!found(1, kept.today, 1));
        assert!(!found(1, kept.today.succ_opt().unwrap(), 2));
    }

    #[tokio::test]
    async fn what_may_not_be_kept_is_made_anew() {
        let answers = Answers::new(1_000_000);
        for text in ["one", "two"] {
            let made = async { (answer(text), false) };
            let (answer, kept) = answers.get(question(1, 1), made).await;
            assert_eq!((&answer.body[..], kept), (text.as_bytes(), Kept::Pass));
        }
    }

    #[tokio::test]
    async fn the_cache_keeps_its_bound_under_questions_that_never_repeat() {
        let answers = Answers::new(100_000);
        for number in 0..1_000 {
            let text = "x".repeat(2_000);
            let made = async { (answer(&text), true) };
            answers.get(question(number, 1), made).await;
        }
        let kept = answers.kept.as_ref().unwrap();
        assert!(kept.weight() <= 100_000, "{}", kept.weight());
        assert!(kept.len() > 10, "{}", kept.len());
    }

    #[test]
    fn an_answer_is_compressed_once_and_means_the_same() {
        let text = "{\"data\":{\"title\":\"Singpass\"}}".repeat(100);
        let answer = answer(&text);
        let (gzip, coding) = answer.coded(Coding::Gzip);
        assert_eq!(coding, Coding::Gzip);
        let mut plain = String::new();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
        let (again, _) = answer.coded(Coding::Gzip);
        assert_eq!(again.as_ptr(), gzip.as_ptr());
        let (small, _) = answer.coded(Coding::Brotli);
        let mut plain = String::new();
        brotli::Decompressor::new(&small[..], 4096)
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
        let little = super::Answer::new(b"{}".to_vec());
        assert_eq!(little.coded(Coding::Gzip).1, Coding::Plain);
    }
}
