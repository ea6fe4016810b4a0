//! What was read of the present content, for all requests: of one revision nothing is read twice, as long as
//! there is room.

use std::{
    any::Any,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use quick_cache::Weighter;
use sea_orm::{ModelTrait, Value};
use triomphe::ThinArc;
use uuid::Uuid;

use super::{
    ById, ColumnSet, Columns, Fingerprint, Question, Table,
    columns::merged,
    fingerprint::AsItIs,
    packed::{pack, unpack},
};
use crate::bounded::{self, Cache, Doorkeeper, GUARDED};

/// What is held, of the newest revision that anybody asked for.
pub struct Holding {
    bytes: u64,
    present: Mutex<Arc<Held>>,
}

impl Holding {
    /// Holds so many bytes, or nothing.
    pub fn new(bytes: u64) -> Self {
        Self {
            bytes,
            present: Mutex::new(Arc::new(Held::new(0, bytes))),
        }
    }

    /// What is held of this revision; nothing if there is a newer one.
    pub fn of(&self, revision: i64) -> Option<Arc<Held>> {
        if self.bytes == 0 {
            return None;
        }
        let mut present = self.present.lock().expect("nobody panics while holding it");
        if present.revision < revision {
            *present = Arc::new(Held::new(revision, self.bytes));
        }
        (present.revision == revision).then(|| present.clone())
    }

    /// Leaves room for so many bytes of finished answers: what is in them is rarely read again. Together they take no
    /// more than rows may alone, but half of that stays for rows.
    pub fn leave(&self, answers: u64) {
        if self.bytes == 0 {
            return;
        }
        // In steps: each goes through all that is held.
        let step = (self.bytes / 16).max(1);
        let half = self.bytes / 2;
        let left = answers.min(half).next_multiple_of(step).min(half);
        let room = self.bytes - left;
        let present = self.present.lock().expect("nobody panics while holding it");
        if present.room.swap(room, Ordering::Relaxed) != room {
            present.kept.set_capacity(room);
        }
    }

    /// How much is held now, in bytes.
    pub fn bytes(&self) -> u64 {
        let present = self.present.lock().expect("nobody panics while holding it");
        present.kept.weight()
    }
}

/// Answers of one content revision: the last used ones, up to so many bytes.
pub struct Held {
    revision: i64,
    kept: Cache<Fingerprint, Kept, Size, AsItIs>,
    /// How many bytes that is now.
    room: AtomicU64,
    /// Whether half of it is taken: from then on it is used sparingly.
    half_full: AtomicBool,
    full: AtomicBool,
    doors: Doors,
}

/// Who was asked for not long ago, where there is not room for all.
struct Doors {
    /// Rows, by whatever they are found, and lists of rows that are held.
    alone: Doorkeeper,
    /// Lists that bring their rows with them: for the room that one takes with its rows, several rows that are asked
    /// for as often can be held. They have to come again sooner, and three times.
    with_rows: [Doorkeeper; 3],
}

/// What is held of an answer.
pub(super) enum Recalled<A> {
    /// This is it.
    Answer(Arc<A>),
    /// There is none.
    None,
    /// Nobody asked, or it is held no more.
    Unknown,
}

/// The form in which an answer is held.
pub enum Form {
    /// A value of some type, as its question makes it.
    Open(Arc<dyn Any + Send + Sync>),
    /// As few bytes as it takes.
    Packed(Vec<u8>),
}

/// An answer as it is held. There are many, so it is small itself.
#[derive(Clone)]
pub enum Kept {
    /// There was none.
    None,
    /// A value of some type.
    Open(Arc<Opened>),
    /// As few bytes as it takes, and what was read of it, if it was read by columns.
    Packed(ThinArc<ColumnSet, u8>),
}

/// An answer that is held as the value that it is.
pub struct Opened {
    value: Arc<dyn Any + Send + Sync>,
    /// What was read of it, if it was read by columns.
    columns: ColumnSet,
    /// In bytes.
    weight: usize,
}

impl Kept {
    /// What takes so many bytes, if it is open: to weigh that means to go through all of it.
    fn new(form: Form, open: impl FnOnce() -> usize, columns: ColumnSet) -> Self {
        match form {
            Form::Open(value) => Self::Open(Arc::new(Opened {
                value,
                columns,
                weight: open(),
            })),
            Form::Packed(bytes) => Self::Packed(ThinArc::from_header_and_slice(columns, &bytes)),
        }
    }

    /// What was read of it, if there was something.
    fn columns(&self) -> Option<ColumnSet> {
        match self {
            Self::None => None,
            Self::Open(opened) => Some(opened.columns),
            Self::Packed(packed) => Some(packed.header.header),
        }
    }

    /// Whether these columns of it were read.
    fn has(&self, columns: ColumnSet) -> bool {
        self.columns().is_some_and(|read| read.has(columns))
    }

    /// In bytes.
    fn weight(&self) -> usize {
        let beside = match self {
            Self::None => 0,
            Self::Open(opened) => COUNTERS + size_of::<Opened>() + opened.weight,
            Self::Packed(packed) => PACKED + packed.slice.len(),
        };
        ENTRY + beside
    }

    /// The value of this type that it is.
    pub(super) fn open<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        match self {
            Self::Open(opened) => opened.value.clone().downcast().ok(),
            Self::None | Self::Packed(_) => None,
        }
    }

    /// The bytes that it is.
    pub(super) fn packed(&self) -> Option<&[u8]> {
        match self {
            Self::Packed(packed) => Some(&packed.slice),
            Self::None | Self::Open(_) => None,
        }
    }

    /// The row that it is.
    pub(super) fn row<T: Table>(&self) -> Option<Arc<T::Model>> {
        match self {
            Self::Packed(packed) => Some(unpack::<T>(&packed.slice, packed.header.header)),
            Self::None | Self::Open(_) => self.open(),
        }
    }
}

#[derive(Clone)]
struct Size;

impl Weighter<Fingerprint, Kept> for Size {
    fn weight(&self, _: &Fingerprint, kept: &Kept) -> u64 {
        kept.weight() as u64
    }
}

/// What an entry takes beside what it holds, in bytes, about: its place in the cache, and the way to it.
const ENTRY: usize = 60;

/// What those who have a value take to be counted, in bytes.
const COUNTERS: usize = 2 * size_of::<usize>();

/// What packed bytes take beside themselves, in bytes, about: a counter, their columns, their number, and what allocators
/// give more than is asked for.
const PACKED: usize = 32;

/// What an entry usually takes with what it holds, in bytes.
const USUAL: u64 = 600;

impl Held {
    fn new(revision: i64, bytes: u64) -> Self {
        Self {
            revision,
            kept: bounded::hashed(&GUARDED, bytes, USUAL, Size, AsItIs::default()),
            room: AtomicU64::new(bytes),
            half_full: AtomicBool::new(false),
            full: AtomicBool::new(false),
            doors: Doors::new(usize::try_from(bytes / USUAL).unwrap_or(usize::MAX)),
        }
    }

    /// Looks whether there is room for what nobody asked for before.
    pub(super) fn look(&self) {
        let room = self.room.load(Ordering::Relaxed);
        let taken = self.kept.weight();
        self.half_full.store(taken >= room / 2, Ordering::Relaxed);
        self.full
            .store(taken >= room - room / 16, Ordering::Relaxed);
    }

    /// Whether this answer is to be held, with so many rows that are not held yet: where there is not room for all, only
    /// what was asked for before. What brings rows is to leave half of the room to what does not.
    pub(super) fn admits(&self, fingerprint: Fingerprint, rows: impl FnOnce() -> usize) -> bool {
        if !self.half_full.load(Ordering::Relaxed) {
            return true;
        }
        match rows() {
            0 if !self.full.load(Ordering::Relaxed) => true,
            rows => self.doors.know(fingerprint, rows),
        }
    }

    /// The revision of all that is held here.
    pub(super) fn revision(&self) -> i64 {
        self.revision
    }

    /// The answer to the question with this fingerprint, if it is held with the columns that are read.
    pub(super) fn get<Q: Question>(
        &self,
        question: &Q,
        fingerprint: Fingerprint,
        columns: &Columns,
    ) -> Recalled<Q::Answer> {
        let Some(kept) = self.kept.get(&fingerprint) else {
            return Recalled::Unknown;
        };
        let Some(read) = kept.columns() else {
            return Recalled::None;
        };
        let known = read.has(question.columns(columns));
        // A part of it may be held no more.
        match known
            .then(|| question.recall(kept, self, columns))
            .flatten()
        {
            Some(answer) => Recalled::Answer(answer),
            None => Recalled::Unknown,
        }
    }

    /// Holds an answer with the columns that were read, which take so many bytes beside the answer.
    pub(super) fn put<Q: Question + ?Sized>(
        &self,
        question: &Q,
        fingerprint: Fingerprint,
        answer: Option<&Arc<Q::Answer>>,
        beside: usize,
        columns: &Columns,
    ) {
        let columns = question.columns(columns);
        let kept = answer.map_or(Kept::None, |answer| {
            let weight = || Q::weight_of(answer) + beside;
            Kept::new(Q::keep(answer, columns), weight, columns)
        });
        self.kept.insert(fingerprint, kept);
    }

    /// The row with this id, if these columns of it are held.
    pub(super) fn row<T: Table>(&self, id: Uuid, columns: ColumnSet) -> Option<Arc<T::Model>> {
        let kept = self.kept.get(&fingerprint_of::<T>(id))?;
        kept.has(columns).then(|| kept.row::<T>())?
    }

    /// Whether these columns of the row with this id are held.
    pub(super) fn has_row<T: Table>(&self, id: Uuid, columns: ColumnSet) -> bool {
        let kept = self.kept.peek(&fingerprint_of::<T>(id));
        kept.is_some_and(|kept| kept.has(columns))
    }

    /// Holds a row of which these columns were read, besides what is held of it.
    pub(super) fn put_row<T: Table>(&self, row: &Arc<T::Model>, columns: ColumnSet) {
        let fingerprint = fingerprint_of::<T>(T::id(row));
        let before = self.kept.get(&fingerprint);
        // As a rule it comes again and again with the lists that it is in.
        if before.as_ref().is_some_and(|before| before.has(columns)) {
            return;
        }
        let besides = before.and_then(|before| {
            let besides = before.columns()?.without(columns);
            let missing = besides != ColumnSet::NONE;
            let row = missing.then(|| before.row::<T>())??;
            Some((row, besides))
        });
        let (row, columns) = match besides {
            None => (row.clone(), columns),
            Some((before, besides)) => {
                let whole = merged::<T>((**row).clone(), &before, besides);
                (Arc::new(whole), columns.and(besides))
            }
        };
        let half_full = self.half_full.load(Ordering::Relaxed);
        let packed = half_full.then(|| pack::<T>(&row, columns)).flatten();
        let form = packed.map_or_else(|| Form::Open(row.clone()), Form::Packed);
        let kept = Kept::new(form, || weight_of_row(&*row, columns), columns);
        self.kept.insert(fingerprint, kept);
    }
}

impl Doors {
    /// Where so many usual entries are held.
    fn new(entries: usize) -> Self {
        Self {
            alone: Doorkeeper::new(entries.saturating_mul(4)),
            with_rows: [entries; 3].map(Doorkeeper::new),
        }
    }

    /// Whether what brings so many rows with it was asked for before, as often as it has to be.
    fn know(&self, fingerprint: Fingerprint, rows: usize) -> bool {
        let knows = |door: &Doorkeeper| door.knows(fingerprint.halves(), 1 + rows);
        match rows {
            0 => knows(&self.alone),
            _ => self.with_rows.iter().all(knows),
        }
    }
}

/// What tells the question for a row apart from all others.
fn fingerprint_of<T: Table>(id: Uuid) -> Fingerprint {
    Fingerprint::of_any(&ById::<T>::new(id))
}

/// What a row of which these columns were read takes of the memory, in bytes, about.
pub(super) fn weight_of_row<M: ModelTrait>(row: &M, columns: ColumnSet) -> usize {
    let beside = columns
        .columns::<M::Entity>()
        .map(|column| match row.get(column) {
            Value::String(Some(text)) => text.len(),
            Value::Json(Some(json)) => json.to_string().len() * 4,
            _ => 0,
        });
    size_of::<M>() + beside.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use entity::programme;

    use super::*;

    /// Holds that there is no such programme, for so many.
    fn fill(holding: &Holding, count: u128) -> u64 {
        let held = holding.of(1).unwrap();
        for number in 0..count {
            let question = ById::<programme::Entity>::new(Uuid::from_u128(number));
            let fingerprint = Fingerprint::of_any(&question);
            held.put(&question, fingerprint, None, 0, &Columns::ALL);
        }
        holding.bytes()
    }

    #[test]
    fn an_entry_is_small() {
        assert_eq!(size_of::<Kept>(), 2 * size_of::<usize>());
    }

    #[test]
    fn what_brings_rows_with_it_has_to_come_again_sooner_and_more_often() {
        let holding = Holding::new(600 * 1_000);
        let held = holding.of(1).unwrap();
        let fingerprint = |number: u32| Fingerprint::of(&number);
        assert!(held.admits(fingerprint(0), || unreachable!("there is room for all")));
        fill(&holding, 10_000);
        held.look();
        let known = |numbers: std::ops::Range<u32>, rows: usize| {
            let known = numbers.filter(|number| held.admits(fingerprint(*number), || rows));
            known.count()
        };
        assert_eq!(known(0..50, 3) + known(0..50, 3), 0);
        assert!(known(0..50, 3) < 5);
        assert_eq!(known(0..50, 3), 50);
        // Much else is asked for.
        assert!(known(1_000..3_000, 0) < 200 && known(3_000..3_500, 3) < 50);
        assert!(known(0..50, 3) < 5);
        assert_eq!(known(1_000..3_000, 0), 2_000);
    }

    #[test]
    fn answers_take_of_the_room_for_rows_but_no_more_than_half() {
        let most = 1_600_000;
        let holding = Holding::new(most);
        let mostly = |room: u64, bytes: u64| (room * 9 / 10..=room).contains(&bytes);
        let all = fill(&holding, 40_000);
        assert!(mostly(most, all), "{all}");
        holding.leave(390_000);
        assert!(mostly(1_200_000, holding.bytes()), "{}", holding.bytes());
        holding.leave(9_000_000);
        assert!(mostly(800_000, holding.bytes()), "{}", holding.bytes());
        assert!(mostly(800_000, fill(&holding, 40_000)));
        // They were let go, as with a new revision.
        holding.leave(0);
        assert!(mostly(most, fill(&holding, 40_000)));
        let nothing = Holding::new(0);
        nothing.leave(10);
        assert!(nothing.of(1).is_none());
    }
}
