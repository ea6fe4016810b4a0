//! What was read of the present content, for all requests: of one revision nothing is read twice, as long as
//! there is room.

use std::{
    any::{Any, TypeId},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use quick_cache::{Weighter, sync::Cache};
use sea_orm::{EntityTrait, Iterable, ModelTrait, Value};
use uuid::Uuid;

use super::{ById, Fingerprint, Question, Table};
use crate::bounded;

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
    kept: Cache<Fingerprint, Kept, Size>,
    /// How many bytes that is now.
    room: AtomicU64,
}

/// What is held of an answer.
pub(super) enum Recalled<A> {
    /// This is it.
    Answer(A),
    /// There is none.
    None,
    /// Nobody asked, or it is held no more.
    Unknown,
}

/// An answer, in whatever form its question keeps it; nothing where there was none.
#[derive(Clone)]
struct Kept {
    answer: Option<Arc<dyn Any + Send + Sync>>,
    weight: usize,
}

#[derive(Clone)]
struct Size;

impl Weighter<Fingerprint, Kept> for Size {
    fn weight(&self, _: &Fingerprint, kept: &Kept) -> u64 {
        kept.weight as u64
    }
}

/// What an entry takes beside what it holds, in bytes, about.
const ENTRY: usize = 110;

impl Held {
    fn new(revision: i64, bytes: u64) -> Self {
        Self {
            revision,
            kept: bounded::cache(bytes, 600, Size),
            room: AtomicU64::new(bytes),
        }
    }

    /// The revision of all that is held here.
    pub(super) fn revision(&self) -> i64 {
        self.revision
    }

    /// The answer, if it is held.
    pub(super) fn get<Q: Question>(&self, question: &Q) -> Recalled<Q::Answer> {
        let Some(kept) = self.kept.get(&fingerprint(question)) else {
            return Recalled::Unknown;
        };
        match kept.answer.map(|answer| Q::recall(answer, self)) {
            Some(Some(answer)) => Recalled::Answer(answer),
            // A part of it is held no more.
            Some(None) => Recalled::Unknown,
            None => Recalled::None,
        }
    }

    /// Holds an answer.
    pub(super) fn put<Q: Question>(&self, question: &Q, answer: Option<&Q::Answer>) {
        let weight = ENTRY + answer.map_or(0, Q::weight_of);
        let kept = Kept {
            answer: answer.map(|answer| Q::keep(answer, self)),
            weight,
        };
        self.kept.insert(fingerprint(question), kept);
    }

    /// The row with this id, if it is held.
    pub(super) fn row<T: Table>(&self, id: Uuid) -> Option<Arc<T::Model>> {
        match self.get(&ById::<T>::new(id)) {
            Recalled::Answer(row) => Some(row),
            Recalled::None | Recalled::Unknown => None,
        }
    }

    /// Holds a row.
    pub(super) fn put_row<T: Table>(&self, row: &Arc<T::Model>) {
        let question = ById::<T>::new(T::id(row));
        // As a rule it comes again and again with the lists that it is in.
        if self.kept.get(&fingerprint(&question)).is_none() {
            self.put(&question, Some(row));
        }
    }
}

/// What tells a question apart from those of all kinds.
fn fingerprint<Q: Question>(question: &Q) -> Fingerprint {
    Fingerprint::of(&(TypeId::of::<Q>(), question))
}

/// What a row takes of the memory, in bytes, about.
pub(super) fn weight_of_row<M: ModelTrait>(row: &M) -> usize {
    let columns = <M::Entity as EntityTrait>::Column::iter();
    let beside = columns.map(|column| match row.get(column) {
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
            held.put(
                &ById::<programme::Entity>::new(Uuid::from_u128(number)),
                None,
            );
        }
        holding.bytes()
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
