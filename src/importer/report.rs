//! What came of an import: for persons, and as JSON for programs.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use entity::node::Kind;
use sea_orm::ActiveEnum;
use serde::Serialize;

use super::problem::{Problem, ProblemKind};
use crate::document::Fault;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The checkout's name.
    pub checkout: String,
    /// The site's name in the graph.
    pub site: String,
    /// Where it is on the web.
    pub url: String,
    /// Whether nothing was written: it was only tried.
    pub dry_run: bool,
    /// What became of its pages.
    pub pages: Pages,
    /// What became of its pieces, by kind.
    pub pieces: BTreeMap<String, Pieces>,
    /// Pieces that changed, or would: the first of them.
    pub changes: Vec<Change>,
    /// Pieces that were there before the site: what they lacked is filled in, and the fields told here stay as
    /// they were.
    pub adopted: Vec<Kept>,
    /// Fields that persons and the site have both changed: they stay as the persons left them.
    pub kept: Vec<Kept>,
    /// What is wrong with the site, by kind.
    pub warnings: BTreeMap<ProblemKind, Warnings>,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// The folder that files are told with, as in warnings.
    #[serde(skip)]
    pub(super) folder: String,
}

/// What became of a site's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// Files that are pages.
    pub found: usize,
    /// Those that are published.
    pub live: usize,
    /// Those that lead elsewhere.
    pub redirects: usize,
    /// Drafts, empty pages, and those that lead nowhere.
    pub left_out: usize,
    /// Those that could not be read.
    pub unread: usize,
}

/// What became of the pieces of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pieces {
    /// They were not there before.
    pub created: usize,
    /// They have a new edition.
    pub updated: usize,
    /// They are as they were.
    pub unchanged: usize,
    /// The site has them no more.
    pub withdrawn: usize,
    /// They moved to another address.
    pub redirected: usize,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "described at `Pieces`")]
pub enum Became {
    Created,
    Updated,
    Unchanged,
    Withdrawn,
    Redirected,
}

/// A piece that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of it.
    pub became: Became,
    /// The piece, as in `page:tech-gov-sg-tides`.
    pub piece: String,
    /// The file that it is from.
    pub file: String,
}

/// Fields that stay as persons left them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The piece.
    pub piece: String,
    /// The file that says otherwise.
    pub file: String,
    /// The fields.
    pub fields: Vec<String>,
}

/// What is wrong in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Warnings {
    /// How often.
    pub count: usize,
    /// Where: the first of the places.
    pub places: Vec<Problem>,
}

/// So many places of each kind of warning, and so many changes are told.
const TOLD: usize = 1_000;
const TOLD_CHANGES: usize = 100_000;

impl Report {
    pub(super) fn warn_all(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.warn(problem);
        }
    }

    pub(super) fn warn(&mut self, problem: Problem) {
        let warnings = self.warnings.entry(problem.kind).or_default();
        warnings.count += 1;
        if warnings.places.len() < TOLD {
            warnings.places.push(problem);
        }
    }

    pub(super) fn count(&mut self, kind: Kind, became: Became, piece: &str, file: &str) {
        let pieces = self.pieces.entry(kind.to_value()).or_default();
        match became {
            Became::Created => pieces.created += 1,
            Became::Updated => pieces.updated += 1,
            Became::Unchanged => pieces.unchanged += 1,
            Became::Withdrawn => pieces.withdrawn += 1,
            Became::Redirected => pieces.redirected += 1,
        }
        if became != Became::Unchanged && self.changes.len() < TOLD_CHANGES {
            self.changes.push(Change {
                became,
                piece: piece.to_owned(),
                file: format!("{}/{file}", self.folder),
            });
        }
    }

    pub(super) fn unfit(&mut self, piece: &str, file: &str, fault: &Fault) {
        let file = format!("{}/{file}", self.folder);
        let message = format!("`{piece}`: {fault}: it is left out");
        self.warn(Problem::of(&file, ProblemKind::Unfit, message));
    }

    pub(super) fn keep(&mut self, piece: String, file: &str, fields: Vec<String>) {
        let file = format!("{}/{file}", self.folder);
        self.kept.push(Kept {
            piece,
            file,
            fields,
        });
    }

    pub(super) fn adopt(&mut self, piece: String, file: &str, fields: Vec<String>) {
        let file = format!("{}/{file}", self.folder);
        self.adopted.push(Kept {
            piece,
            file,
            fields,
        });
    }

    /// Whether something of the site could not be read, or stays as persons left it.
    pub fn is_partial(&self) -> bool {
        !self.kept.is_empty() || self.warnings.keys().any(|kind| kind.loses())
    }

    /// How many pieces changed.
    pub fn changed(&self) -> usize {
        let changed = self
            .pieces
            .values()
            .map(|pieces| pieces.created + pieces.updated + pieces.withdrawn + pieces.redirected);
        changed.sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pages = self.pages;
        writeln!(
            out,
            "{}: {} pages in {:.1} seconds: {} live, {} redirects, {} left out, {} not read",
            self.site,
            pages.found,
            self.seconds,
            pages.live,
            pages.redirects,
            pages.left_out,
            pages.unread
        )?;
        for (kind, pieces) in &self.pieces {
            write!(
                out,
                "  {kind:<10} {:>6} created {:>6} updated {:>6} unchanged",
                pieces.created, pieces.updated, pieces.unchanged
            )?;
            if pieces.withdrawn + pieces.redirected > 0 {
                write!(
                    out,
                    " {:>6} withdrawn {:>6} redirected",
                    pieces.withdrawn, pieces.redirected
                )?;
            }
            writeln!(out)?;
        }
        if !self.adopted.is_empty() {
            let adopted = self.adopted.len();
            writeln!(
                out,
                "  {adopted} pieces were there before: what they lacked is filled in"
            )?;
        }
        for kept in &self.kept {
            let fields = kept.fields.join(", ");
            writeln!(
                out,
                "  {} stays as a person left it: {fields} ({})",
                kept.piece, kept.file
            )?;
        }
        for (kind, warnings) in &self.warnings {
            let mut line = format!("  {:<22} {:>6}", kind.name(), warnings.count);
            if let Some(first) = warnings.places.first() {
                write!(line, "  such as {}", first.place())?;
            }
            writeln!(out, "{line}")?;
        }
        if self.dry_run {
            writeln!(out, "Nothing was written: this was a dry run.")?;
        }
        Ok(())
    }
}
