//! What is wrong with a page, and where: told to the person who runs the import, never a reason to stop.

use std::fmt;

use serde::Serialize;

/// What kind of thing is wrong. Its name in reports is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A date that is not written as a date.
    BadDate,
    /// A file that is no text.
    Binary,
    /// Characters that control machines; they are left out.
    ControlCharacter,
    /// A page that is not meant to be seen yet.
    Draft,
    /// A key that stands in the front matter more than once; the last one counts.
    DuplicateKey,
    /// An address that more than one page claims.
    DuplicatePermalink,
    /// A page without content.
    EmptyPage,
    /// YAML or JSON that can't be read; what can be made out line by line is kept.
    InvalidYaml,
    /// JSON that can't be read.
    InvalidJson,
    /// Liquid that puts other files or values into the page; it is left out.
    Liquid,
    /// A page without an address.
    MissingPermalink,
    /// A page without a front matter.
    NoFrontMatter,
    /// Bytes that are not UTF-8; they are replaced.
    NotUtf8,
    /// A symbolic link that leads out of the site; it is not followed.
    Symlink,
    /// Elements or values that are nested too deeply.
    TooDeep,
    /// A file that is too large; it is not read.
    TooLarge,
    /// More of something than is taken; the rest is left out.
    TooMany,
    /// A front matter that does not end.
    UnclosedFrontMatter,
    /// A file or folder that can't be read.
    Unreadable,
    /// A name that could lead out of the site.
    UnsafeName,
    /// A component of a newer site that is not known.
    UnknownComponent,
    /// References in YAML; they are not followed.
    YamlAlias,
}

impl ProblemKind {
    /// Whether something of the site is not read because of it.
    pub fn loses(self) -> bool {
        matches!(
            self,
            Self::Binary
                | Self::InvalidJson
                | Self::Symlink
                | Self::TooDeep
                | Self::TooLarge
                | Self::TooMany
                | Self::UnclosedFrontMatter
                | Self::Unreadable
                | Self::UnsafeName
        )
    }

    /// Its name in reports.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).unwrap_or_default();
        name.as_str().unwrap_or_default().to_owned()
    }
}

/// Something wrong, with what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, relative to the site.
    pub file: String,
    /// The line in the file, the first being 1, if it is about a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What kind of thing is wrong.
    pub kind: ProblemKind,
    /// What is wrong, and what was done about it.
    pub message: String,
}

impl fmt::Display for Problem {
    /// As compilers tell it: `site/page.md:3: …`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}: {}", self.kind.name(), self.message)
    }
}

/// The problems of one file, as they are found.
#[derive(Debug, Default)]
pub(super) struct Problems {
    file: String,
    found: Vec<Problem>,
}

/// How many problems are told of one file.
const MOST: usize = 100;

impl Problems {
    /// None yet, of this file.
    pub fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
        }
    }

    /// One more, of the whole file.
    pub fn add(&mut self, kind: ProblemKind, message: impl Into<String>) {
        self.add_at(None, kind, message);
    }

    /// One more, at a line if it is known.
    pub fn add_at(&mut self, line: Option<usize>, kind: ProblemKind, message: impl Into<String>) {
        if self.found.len() < MOST {
            self.found.push(Problem {
                file: self.file.clone(),
                line,
                kind,
                message: message.into(),
            });
        }
    }

    /// All of them.
    pub fn into_found(self) -> Vec<Problem> {
        self.found
    }
}
