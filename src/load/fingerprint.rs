//! Values told apart by a fingerprint, where they need not be kept for it.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::LazyLock,
};

/// A value's fingerprint in this process: 128 bits of `SipHash` under keys that nobody knows. So nobody can find two
/// values that have the same, and chance does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint(u64, u64);

impl Fingerprint {
    /// Its halves, each a hash of the value.
    pub(super) fn halves(self) -> [u64; 2] {
        [self.0, self.1]
    }

    /// The fingerprint of this value.
    pub(super) fn of(value: &impl Hash) -> Self {
        static SECRETS: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);
        let [one, other] = &*SECRETS;
        Self(one.hash_one(value), other.hash_one(value))
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
        // Both halves count.
        let Fingerprint(one, other) = Fingerprint::of(&1);
        assert_ne!(one, other);
    }
}
