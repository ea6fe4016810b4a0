//! Caches that are bounded by bytes.

use std::{
    hash::{BuildHasher, Hash},
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    thread::available_parallelism,
};

use foldhash::fast::RandomState;
use quick_cache::{
    OptionsBuilder, Weighter,
    sync::{self, DefaultLifecycle},
};

/// A cache. If nothing else is said its keys are found by a hash that is quick, with another seed in each process: a client
/// that found keys that meet in spite of it could send no more of them than there is room for.
pub(crate) type Cache<K, V, W, B = RandomState> = sync::Cache<K, V, W, B>;

/// What a cache does to keep what is asked for again.
pub(crate) struct Policy {
    /// How much of the room is for what was asked for again and again; the rest is for what is new.
    hot: f64,
    /// How many of those that had to go are remembered, for each that is there: who comes back soon stays.
    remembered: f64,
}

/// Takes in all that is asked for. With much less room for what is new, that goes before it is asked for again; with half
/// as many remembered, what is asked for in turn never stayed where other things had been, even if it would have fitted.
pub(crate) const OPEN: Policy = Policy {
    hot: 0.9,
    remembered: 1.0,
};

/// Where a [`Doorkeeper`] remembers who came before, the cache needs not, and what comes in has been asked for again
/// already: what was held before has to give way to it.
pub(crate) const GUARDED: Policy = Policy {
    hot: 0.3,
    remembered: 0.1,
};

/// A cache has parts with a lock and a share of the room each, so that processors do not wait for each other: up to so
/// many for each processor.
const PARTS: usize = 4;

/// Into how few parts a cache is cut: each has room for so many usual entries. With few, chance fills one part and leaves
/// another empty: of a hundred answers that took 85 % of eight parts together, seven did not fit.
const ENTRIES_OF_A_PART: usize = 200;

/// A cache of so many bytes, as `weighter` weighs them. How many entries there will be is a guess, from what
/// one usually weighs.
pub(crate) fn cache<K, V, W>(bytes: u64, usual: u64, weighter: W) -> Cache<K, V, W>
where
    K: Eq + Hash,
    V: Clone,
    W: Weighter<K, V> + Clone,
{
    hashed(&OPEN, bytes, usual, weighter, RandomState::default())
}

/// The same with this policy, where keys are found by this hash of them.
pub(crate) fn hashed<K, V, W, B>(
    policy: &Policy,
    bytes: u64,
    usual: u64,
    weighter: W,
    hash: B,
) -> Cache<K, V, W, B>
where
    K: Eq + Hash,
    V: Clone,
    W: Weighter<K, V> + Clone,
    B: BuildHasher + Clone,
{
    let entries = usize::try_from(bytes / usual).unwrap_or(usize::MAX).max(1);
    let processors = available_parallelism().map_or(1, usize::from);
    let parts = (entries / ENTRIES_OF_A_PART).clamp(1, PARTS * processors);
    let options = OptionsBuilder::new()
        .shards(parts)
        .estimated_items_capacity(entries)
        .weight_capacity(bytes)
        .hot_allocation(policy.hot)
        .ghost_allocation(policy.remembered)
        .build()
        .expect("both capacities are given");
    Cache::with_options(options, weighter, hash, DefaultLifecycle::default())
}

/// Tells what was asked for not long ago from what is asked for the first time (the doorkeeper of Einziger, Friedman and
/// Manes, `TinyLFU`, 2017). Where a cache is full, only the former is worth the work of taking it in: what is asked for in
/// turn, and does not fit, would else push itself out all the time.
pub(crate) struct Doorkeeper {
    /// Bloom filters of those that were noted last, and before those.
    noted: [Box<[AtomicU64]>; 2],
    count: AtomicUsize,
    most: usize,
}

impl Doorkeeper {
    /// Remembers the last so many, and up to as many again.
    pub(crate) fn new(most: usize) -> Self {
        // With a byte for each, one in twenty that was not noted is taken for one that was.
        let words = (most / 8).next_power_of_two().max(64);
        let filter = || (0..words).map(|_| AtomicU64::new(0)).collect();
        Self {
            noted: [filter(), filter()],
            count: AtomicUsize::new(0),
            most: most.max(1),
        }
    }

    /// Whether this was noted not long ago, by two hashes of it; and notes it, as one that takes the room of so many.
    pub(crate) fn knows(&self, hashes: [u64; 2], room_of: usize) -> bool {
        let before = self.count.fetch_add(room_of, Ordering::Relaxed);
        let turn = before.wrapping_add(room_of) / self.most;
        let filters = [turn % 2, (turn + 1) % 2].map(|index| &self.noted[index]);
        let turns = turn.wrapping_sub(before / self.most);
        for word in filters.into_iter().take(turns).flatten() {
            word.store(0, Ordering::Relaxed);
        }
        let [last, before_last] = filters;
        let has = |filter: &[AtomicU64]| {
            hashes.iter().all(|hash| {
                let (word, bit) = place(filter, *hash);
                filter[word].load(Ordering::Relaxed) & bit != 0
            })
        };
        if has(last) {
            return true;
        }
        for hash in hashes {
            let (word, bit) = place(last, hash);
            last[word].fetch_or(bit, Ordering::Relaxed);
        }
        has(before_last)
    }
}

fn place(filter: &[AtomicU64], hash: u64) -> (usize, u64) {
    let bits = filter.len() as u64 * 64;
    let place = hash & (bits - 1);
    let word = usize::try_from(place / 64).expect("it is a place in memory");
    (word, 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Hundred;

    impl Weighter<u32, ()> for Hundred {
        fn weight(&self, _: &u32, (): &()) -> u64 {
            100
        }
    }

    /// Asks for these keys one after the other, and tells how many of a hundred were there.
    fn hits(cache: &Cache<u32, (), Hundred>, keys: std::ops::Range<u32>) -> usize {
        let all = keys.len();
        let there = keys.filter(|key| {
            let there = cache.get(key).is_some();
            if !there {
                cache.insert(*key, ());
            }
            there
        });
        there.count() * 100 / all
    }

    #[test]
    fn what_is_asked_for_in_turn_takes_the_place_of_what_is_asked_for_no_more() {
        let cache = cache(1_000_000, 100, Hundred);
        for _ in 0..5 {
            hits(&cache, 0..9_000);
        }
        assert!(hits(&cache, 0..9_000) > 95);
        for _ in 0..5 {
            hits(&cache, 10_000..19_000);
        }
        assert!(hits(&cache, 10_000..19_000) > 95);
        assert!(cache.weight() <= 1_000_000);
    }

    #[test]
    fn each_part_has_room_for_many_entries() {
        let parts = |entries: u64| cache(entries * 100, 100, Hundred).num_shards();
        assert_eq!([1, 300, 400, 500].map(parts), [1, 1, 2, 2]);
        assert!(parts(100_000) >= PARTS);
    }

    fn hashes(number: u64) -> [u64; 2] {
        use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
        let hash = BuildHasherDefault::<DefaultHasher>::new();
        [hash.hash_one(number), hash.hash_one((number, 1))]
    }

    #[test]
    fn a_doorkeeper_knows_who_came_not_long_ago() {
        let door = Doorkeeper::new(1_000);
        let known = |numbers: std::ops::Range<u64>| {
            let known = numbers.filter(|number| door.knows(hashes(*number), 1));
            known.count()
        };
        assert!(known(0..900) < 90);
        assert_eq!(known(0..900), 900);
        // Whoever came long ago is forgotten.
        assert!(known(10_000..14_000) < 600);
        assert!(known(0..900) < 200);
        // What takes more room than it remembers leaves nothing else.
        assert!(known(0..900) > 800 && !door.knows(hashes(20_000), 2_000));
        assert!(known(0..900) < 90);
    }
}
