//! How the costs of selections add up.

use std::collections::BTreeMap;

use crate::serve::guard::shapes::Shapes;

/// Fields and surcharges. What grows too large stays at the largest number.
#[derive(Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) fields: u64,
    pub(super) surcharges: u64,
}

impl Amount {
    pub(super) fn all(self) -> u64 {
        self.fields.saturating_add(self.surcharges)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            surcharges: self.surcharges.saturating_add(other.surcharges),
        }
    }

    pub(super) fn times(self, times: u64) -> Self {
        Self {
            fields: self.fields.saturating_mul(times),
            surcharges: self.surcharges.saturating_mul(times),
        }
    }
}

/// What is selected from something that may have pages: the cost for a page of any length. So a
/// fragment on a connection need not be reckoned again for each length that it is spread in.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    /// However long the page is.
    pub(super) once: Amount,
    /// For each that is on the page.
    pub(super) each: Amount,
}

impl Line {
    pub(super) fn once(once: Amount) -> Self {
        Self {
            once,
            each: Amount::default(),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            once: self.once.plus(other.once),
            each: self.each.plus(other.each),
        }
    }

    /// With a page of this length.
    pub(super) fn at(self, page: u64) -> Amount {
        self.once.plus(self.each.times(page))
    }
}

/// What is selected from something that may be of several types.
#[derive(Clone, Default)]
pub(super) struct Sum<'s> {
    /// Whatever it is.
    pub(super) shared: Line,
    /// If it is of this type.
    on: BTreeMap<&'s str, Line>,
}

impl<'s> Sum<'s> {
    /// Adds what a fragment on a type costs that is spread in a selection from `parent`.
    pub(super) fn add(
        &mut self,
        fragment: &Self,
        parent: &'s str,
        on: &'s str,
        shapes: &'s Shapes,
    ) {
        let objects = shapes.possible(on);
        let parents = shapes.possible(parent);
        if parents.iter().all(|object| objects.contains(object)) {
            self.shared = self.shared.plus(fragment.shared);
            for (object, line) in &fragment.on {
                self.add_on(object, *line, &parents);
            }
            return;
        }
        for object in objects {
            self.add_on(object, fragment.of(object), &parents);
        }
    }

    fn add_on(&mut self, object: &'s str, line: Line, parents: &[&str]) {
        if parents == [object] {
            self.shared = self.shared.plus(line);
        } else if parents.contains(&object) {
            let known = self.on.entry(object).or_default();
            *known = known.plus(line);
        }
    }

    /// What it costs if it is of this type.
    fn of(&self, object: &str) -> Line {
        let on = self.on.get(object).copied().unwrap_or_default();
        self.shared.plus(on)
    }

    /// What it costs if it is of the dearest type.
    pub(super) fn dearest(&self) -> Line {
        let on = self.on.values().max_by_key(|line| line.at(1).all());
        self.shared.plus(on.copied().unwrap_or_default())
    }
}
