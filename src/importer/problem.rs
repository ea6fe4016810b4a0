//! What is wrong with a page, and where: told to the person who runs the import, never a reason to stop.

use std::fmt;

use serde::Serialize;

/// What kind of thing is wrong. Its name in reports is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// An address that leads nowhere on the web.
    BadAddress,
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
    /// A piece that more than one page is about.
    DuplicatePiece,
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
    /// A page that an import of another checkout has brought already.
    OfAnotherSite,
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
    /// A site that does not tell where it is on the web.
    UnknownAddress,
    /// A site of which nobody tells the terms.
    UnknownLicence,
    /// An organisation that the graph does not know.
    UnknownPartner,
    /// A quotation of nobody that could be made out.
    UnknownSpeaker,
    /// A field that is not as its kind wants it; it is left out.
    Unfit,
    /// A date of an event or an award that could mean several; it is left out.
    UnsureDate,
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
                | Self::OfAnotherSite
                | Self::Symlink
                | Self::TooDeep
                | Self::TooLarge
                | Self::TooMany
                | Self::UnclosedFrontMatter
                | Self::Unreadable
                | Self::UnsafeName
        )
    }

    /// Whether, told of a site and not of a page, there may be pages that were not found.
    pub fn hides_pages(self) -> bool {
        matches!(self, Self::TooDeep | Self::TooMany | Self::Unreadable)
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

impl Problem {
    /// One of a whole file.
    pub(super) fn of(file: &str, kind: ProblemKind, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            kind,
            message: message.into(),
        }
    }

    /// Where it is: `site/page.md:3`.
    pub fn place(&self) -> String {
        self.line
            .map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}

impl fmt::Display for Problem {
    /// As compilers tell it: `site/page.md:3: bad_date: …`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}: {}: {}",
            told(&self.place()),
            self.kind.name(),
            told(&self.message)
        )
    }
}

/// The problems of one file, as they are found.
#[derive(Debug, Default)]
pub(super) struct Problems {
    file: String,
    found: Vec<Problem>,
}

/// A message as it is told: what a page says in it may be long, and may try to steer the terminal.
fn told(message: &str) -> String {
    const LONGEST: usize = 500;
    let mut chars = message.chars().filter(|char| !steers(*char));
    let mut told: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        told.push('…');
    }
    told
}

/// Characters that control terminals, or the direction in which they write.
fn steers(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
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
                message: told(&message.into()),
            });
        }
    }

    /// All of them.
    pub fn into_found(self) -> Vec<Problem> {
        self.found
    }
}
