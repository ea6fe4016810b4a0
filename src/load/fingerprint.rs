//! Values told apart by a fingerprint, where they need not be kept for it.

use std::{
    any::TypeId,
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState},
    sync::LazyLock,
};

use siphasher::sip128::{Hasher128, SipHasher13};

/// A value's fingerprint in this process: 128 bits of `SipHash` under keys that nobody knows. So nobody can find two
/// values that have the same, and chance does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64, u64);

/// Values by fingerprints.
pub(super) type ByFingerprint<V> = HashMap<Fingerprint, V, AsItIs>;

/// Finds fingerprints by themselves: they are hashes already.
pub(super) type AsItIs = BuildHasherDefault<Half>;

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// The first half of a fingerprint.
#[derive(Default)]
pub(super) struct Half(u64);

impl Hasher for Half {
    fn write_u64(&mut self, half: u64) {
        self.0 = half;
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only fingerprints are found by themselves")
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Fingerprint {
    /// Its halves, each a hash of the value.
    pub(super) fn halves(self) -> [u64; 2] {
        [self.0, self.1]
    }

    /// The fingerprint of this value.
    pub(super) fn of(value: &impl Hash) -> Self {
        static SECRET: LazyLock<SipHasher13> = LazyLock::new(|| {
            // The library has no other way to its source of random numbers.
            let [one, other] = [(); 2].map(|()| RandomState::new().hash_one(()));
            SipHasher13::new_with_keys(one, other)
        });
        let mut hasher = *SECRET;
        value.hash(&mut hasher);
        let hash = hasher.finish128();
        Self(hash.h1, hash.h2)
    }

    /// The fingerprint of this value among those of all types.
    pub(super) fn of_any<T: Hash + 'static>(value: &T) -> Self {
        Self::of(&(TypeId::of::<T>(), value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Fingerprint;

    #[test]
    fn values_have_fingerprints_of_their_own() {
        let fingerprints: HashSet<_> = (0..10_000).map(|n| Fingerprint::of(&n)).collect();
        assert_eq!(fingerprints.len(), 10_000);
        assert_eq!(Fingerprint::of(&"a"), Fingerprint::of(&"a".to_owned()));
        assert_ne!(Fingerprint::of(&("a", "bc")), Fingerprint::of(&("ab", "c")));
        assert_ne!(Fingerprint::of_any(&1_u32), Fingerprint::of_any(&1_i32));
        // Both halves count.
        let Fingerprint(one, other) = Fingerprint::of(&1);
        assert_ne!(one, other);
    }
}
