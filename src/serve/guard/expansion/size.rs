//! How large parts of a document are, and how that adds up.

use async_graphql::{Positioned, parser::types::Directive};

use crate::serve::guard::limits::Limit;

/// What a selection is once its fragments are written out. Sums that grow too large stay at the
/// largest number.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) fields: u64,
    pub(super) root_fields: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    pub(super) variables: u64,
    /// How deep fields nest, those of introspection apart.
    pub(super) depth: u64,
    /// How deep selections nest, fragments among them: each takes stack.
    pub(super) levels: u64,
    /// How many lists of introspection nest, if this is part of one.
    pub(super) lists: u64,
    /// How many fields of introspection an answer has, if this is part of one.
    pub(super) shown: u64,
    /// How many it has.
    pub(super) introspection: u64,
}

impl Size {
    /// Of a selection set that has both.
    pub(super) fn beside(self, other: Self) -> Self {
        Self {
            root_fields: self.root_fields.saturating_add(other.root_fields),
            shown: self.shown.saturating_add(other.shown),
            introspection: self.introspection.saturating_add(other.introspection),
            ..self.then(other)
        }
    }

    /// Of a document that has both.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            root_fields: self.root_fields.max(other.root_fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            variables: self.variables.max(other.variables),
            depth: self.depth.max(other.depth),
            levels: self.levels.max(other.levels),
            lists: self.lists.max(other.lists),
            shown: self.shown.max(other.shown),
            introspection: self.introspection.max(other.introspection),
        }
    }

    /// Of the selection that spreads or encloses it.
    pub(super) fn within_fragment(self, directives: &[Positioned<Directive>]) -> Self {
        Self {
            directives: self.directives.saturating_add(directives.len() as u64),
            levels: self.levels + 1,
            ..self
        }
    }

    pub(super) fn of(self, limit: Limit) -> u64 {
        match limit {
            Limit::Fields => self.fields,
            Limit::RootFields => self.root_fields,
            Limit::Aliases => self.aliases,
            Limit::Directives => self.directives,
            Limit::Variables => self.variables,
            Limit::Depth => self.depth,
            Limit::IntrospectionCost => self.introspection,
            _ => 0,
        }
    }
}
