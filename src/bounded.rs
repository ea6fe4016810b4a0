//! Caches that are bounded by bytes.

use std::hash::Hash;

use quick_cache::{Weighter, sync::Cache};

/// A cache of so many bytes, as `weighter` weighs them. How many entries there will be is a guess, from what
/// one usually weighs.
pub(crate) fn cache<K, V, W>(bytes: u64, usual: u64, weighter: W) -> Cache<K, V, W>
where
    K: Eq + Hash,
    V: Clone,
    W: Weighter<K, V> + Clone,
{
    let entries = usize::try_from(bytes / usual).unwrap_or(usize::MAX).max(1);
    Cache::with_weighter(entries, bytes, weighter)
}
