//! What the documents of all kinds have.

use chrono::NaiveDate;
use entity::node::{Kind, State};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Contact, Fault, Gone, Id, Link, Own, Redirected, Slug, Source, Translation, Withdrawn,
    link::repeated,
    nearest,
    partial_date::optional_day,
    text::{address, text},
};

/// A piece of content, whole: what all kinds have, and what its kind adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What all kinds have.
    pub piece: Piece,
    /// What its kind adds.
    pub own: Own,
}

/// What all kinds of content have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Its name in addresses.
    pub slug: Slug,
    /// The slug that it was first published under, if that was another: its identifier comes from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_slug: Option<Slug>,
    /// Its name as people read it.
    pub title: String,
    /// What it is, in one to three sentences of plain text.
    pub summary: String,
    /// More, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language of its words, if it is not the catalogue's: BCP 47.
    #[serde(default = "english")]
    pub language: String,
    /// Under which terms its words may be used: an SPDX identifier, or `LicenseRef-` and a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Who must be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// The agency whose duty it is to keep it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Slug>,
    /// When somebody last looked whether it still holds.
    #[serde(
        default,
        deserialize_with = "optional_day",
        skip_serializing_if = "Option::is_none"
    )]
    pub reviewed_on: Option<NaiveDate>,
    /// When somebody must look again.
    #[serde(
        default,
        deserialize_with = "optional_day",
        skip_serializing_if = "Option::is_none"
    )]
    pub review_due_on: Option<NaiveDate>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// It in other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translation>,
    /// Where to write to, and what for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Where it is from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// It holds no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
    /// It is found at another address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<Redirected>,
    /// It is not there any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
}

fn english() -> String {
    "en".to_owned()
}

impl Document {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.own.kind()
    }

    /// Its identifier, the same in every database.
    pub fn id(&self) -> Id {
        let Piece {
            slug, first_slug, ..
        } = &self.piece;
        Id::of(self.kind(), first_slug.as_ref().unwrap_or(slug))
    }

    /// The pieces that it names.
    pub fn links(&self) -> Vec<Link<'_>> {
        let mut links = self.own.links();
        links.extend(self.piece.links(self.kind()));
        links
    }

    /// What is wrong with it, as far as it alone can tell.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = self.faults_of_piece();
        faults.extend(self.own.faults(&self.piece));
        faults.extend(self.sources_of_nothing());
        faults
    }

    /// A source of a field must name one that the document has.
    fn sources_of_nothing(&self) -> Vec<Fault> {
        // Seldom is there one: the whole document need not become values for nothing.
        if self
            .piece
            .sources
            .iter()
            .all(|source| source.field.is_none())
        {
            return Vec::new();
        }
        let value = self.to_value();
        let sources = self.piece.sources.iter().enumerate();
        let lost = sources.filter_map(|(index, source)| {
            let field = source.field.as_ref()?;
            let fields = value.as_object()?;
            (!fields.contains_key(field)).then(|| {
                let meant = nearest(field, fields.keys().map(String::as_str));
                let message = format!("the piece has no field `{field}`{meant}");
                Fault::new(format!("sources[{index}].field"), message)
            })
        });
        lost.collect()
    }

    /// What is wrong with it apart from what its kind adds.
    pub(super) fn faults_of_piece(&self) -> Vec<Fault> {
        let mut faults = self.piece.faults(self.kind());
        faults.extend(repeated(&self.links()));
        faults
    }

    /// It as one tree of values, in the form of a catalogue file.
    pub fn to_value(&self) -> Value {
        let (Value::Object(mut fields), Value::Object(own)) = (
            serde_json::to_value(&self.piece).expect("a piece is always JSON"),
            self.own.to_value(),
        ) else {
            unreachable!("structs become objects")
        };
        fields.extend(own);
        Value::Object(fields)
    }
}

const MAX_TITLE: usize = 200;
const MAX_SUMMARY: usize = 500;
const MAX_BODY: usize = 1_000_000;
const MAX_ATTACHED: usize = 100;

impl Piece {
    /// Where it stands in its life.
    pub fn state(&self) -> State {
        if self.gone.is_some() {
            State::Gone
        } else if self.redirected.is_some() {
            State::Redirected
        } else if self.withdrawn.is_some() {
            State::Withdrawn
        } else {
            State::Live
        }
    }

    fn links(&self, kind: Kind) -> Vec<Link<'_>> {
        let owner = self.owner.iter();
        let owner = owner.map(|slug| Link::one("owner", Kind::Partner, slug));
        let pages = self.sources.iter().map(|source| &source.page);
        let successor = self.withdrawn.iter().filter_map(|withdrawn| {
            let slug = withdrawn.successor.as_ref()?;
            Some(Link::one("withdrawn.successor", kind, slug))
        });
        owner
            .chain(Link::many("topics", "", Kind::Topic, &self.topics))
            // One page may be named for several fields.
            .chain(pages.enumerate().map(|(index, slug)| {
                Link::one(&format!("sources[{index}].page"), Kind::Page, slug)
            }))
            .chain(successor)
            .collect()
    }

    fn faults(&self, kind: Kind) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(text("title", &self.title, MAX_TITLE));
        faults.extend(text("summary", &self.summary, MAX_SUMMARY));
        let body = self.body.as_ref();
        faults.extend(body.and_then(|body| text("body", body, MAX_BODY)));
        faults.extend(self.url.as_ref().and_then(|url| address("url", url)));
        faults.extend(self.terms());
        faults.extend(self.life());
        // Pages are where things are from; topics are words of ours.
        if self.sources.is_empty() && !matches!(kind, Kind::Page | Kind::Topic) {
            let message = "there is no source: name at least one page that it is from";
            faults.push(Fault::new("sources", message));
        }
        // They are served in one list, not page by page.
        let lists = [
            ("sources", self.sources.len()),
            ("translations", self.translations.len()),
            ("contacts", self.contacts.len()),
        ];
        for (list, length) in lists {
            if length > MAX_ATTACHED {
                let message = format!("there are {length}, but at most {MAX_ATTACHED} are allowed");
                faults.push(Fault::new(list, message));
            }
        }
        for (index, source) in self.sources.iter().enumerate() {
            faults.extend(source.faults(index));
        }
        for (index, translation) in self.translations.iter().enumerate() {
            faults.extend(translation.faults(index, self));
        }
        for (index, contact) in self.contacts.iter().enumerate() {
            faults.extend(contact.faults(index));
        }
        if !self.contacts.is_empty()
            && !matches!(kind, Kind::Partner | Kind::Programme | Kind::Page)
        {
            let message = "only organisations, programmes and pages have contacts";
            faults.push(Fault::new("contacts", message));
        }
        faults
    }

    /// Language, licence and review.
    fn terms(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(language("language", &self.language));
        let known = self.licence.as_deref();
        faults.extend(known.and_then(|name| licence("licence", name)));
        let attribution = self.attribution.as_ref();
        faults.extend(attribution.and_then(|line| text("attribution", line, MAX_SUMMARY)));
        if let (Some(reviewed), Some(due)) = (self.reviewed_on, self.review_due_on)
            && due < reviewed
        {
            let message = format!("{due} is before `reviewed_on`, which is {reviewed}");
            faults.push(Fault::new("review_due_on", message));
        }
        faults
    }

    fn life(&self) -> Vec<Fault> {
        let states = [
            self.withdrawn.is_some(),
            self.redirected.is_some(),
            self.gone.is_some(),
        ];
        let mut faults = Vec::new();
        if states.iter().filter(|state| **state).count() > 1 {
            let message = "`withdrawn`, `redirected` and `gone` exclude each other: leave one";
            faults.push(Fault::new("", message));
        }
        let reason = self.withdrawn.as_ref().map(|withdrawn| &withdrawn.reason);
        faults.extend(reason.and_then(|reason| text("withdrawn.reason", reason, MAX_SUMMARY)));
        let reason = self.gone.as_ref().map(|gone| &gone.reason);
        faults.extend(reason.and_then(|reason| text("gone.reason", reason, MAX_SUMMARY)));
        let to = self.redirected.as_ref().map(|redirected| &redirected.to);
        faults.extend(to.and_then(|to| address("redirected.to", to)));
        if to.is_some() && to == self.url.as_ref() {
            let message = "it leads to itself: name another address";
            faults.push(Fault::new("redirected.to", message));
        }
        faults
    }
}

/// A licence must look like a name of one.
pub fn licence(path: &str, name: &str) -> Option<Fault> {
    let known = |char: char| char.is_ascii_alphanumeric() || "-.+".contains(char);
    (name.is_empty() || name.len() > 100 || !name.chars().all(known)).then(|| {
        let message = format!(
            "`{name}` is no licence: write an SPDX identifier such as CC-BY-4.0, or LicenseRef- and a name"
        );
        Fault::new(path, message)
    })
}

/// A language must look like a tag (RFC 5646, section 2.1).
pub fn language(path: &str, tag: &str) -> Option<Fault> {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let part = |text: &str| {
        (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let good = (2..=3).contains(&primary.len())
        && letters(primary)
        && tag.len() <= 35
        && subtags.all(part);
    (!good).then(|| {
        let message = format!("`{tag}` is no language: write a tag such as en, ms, zh-Hans or ta");
        Fault::new(path, message)
    })
}
