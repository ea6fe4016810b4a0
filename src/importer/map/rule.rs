//! Rules: which pages hold a piece, and what it is.

use entity::{event, partner, programme};
use serde::Deserialize;

use super::Texts;
use crate::document::{self, Fault, Slug};

/// Which pages hold a piece of one kind, and where its fields stand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Folders on the site, or files: pages below them. Without any, all pages.
    #[serde(default)]
    pub folders: Vec<String>,
    /// Layouts, of which the page has one. Without any, all layouts.
    #[serde(default)]
    pub layouts: Vec<String>,
    /// Folders and files that the rule does not hold for.
    #[serde(default)]
    pub except: Vec<String>,
    /// Where the title stands; without it, in the front matter.
    pub title: Option<Texts>,
    /// Where the summary stands; without it, in the description, else in the first paragraph.
    pub summary: Option<Texts>,
    /// The page is about a programme.
    pub programme: Option<ProgrammeRule>,
    /// The page is about an event.
    pub event: Option<EventRule>,
    /// The page is about an organisation.
    pub partner: Option<PartnerRule>,
    /// The page is about an award.
    pub award: Option<AwardRule>,
}

/// What a rule makes of a page.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is described at its type")]
pub enum Make<'m> {
    Programme(&'m ProgrammeRule),
    Event(&'m EventRule),
    Partner(&'m PartnerRule),
    Award(&'m AwardRule),
}

/// Where a programme's fields stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeRule {
    /// What kind of programme it is.
    pub kind: programme::Kind,
    /// Whom it is for.
    #[serde(default)]
    pub audiences: Vec<programme::Audience>,
    /// When it began.
    pub started_on: Option<Texts>,
    /// Lines or names that tell who made it: the first is the lead agency, the others take part.
    pub developers: Option<Texts>,
    /// The agency that leads it, if no line tells another: its slug.
    pub lead_agency: Option<Slug>,
    /// The programme that it is a part of: its slug.
    pub parent: Option<Slug>,
}

/// Where an event's fields stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRule {
    /// What kind of event it is, if its title has none of the words in `kinds`.
    pub kind: event::Kind,
    /// What kind of event it is by a word of its title; the longest that is found.
    #[serde(default)]
    pub kinds: EventKinds,
    /// When it takes place: a date or a range.
    pub dates: Option<Texts>,
    /// Where it takes place.
    pub venue: Option<Texts>,
    /// In which country: ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Lines or names that tell who organises it.
    pub organisers: Option<Texts>,
    /// The organiser, if no line tells another: its slug.
    pub organiser: Option<Slug>,
    /// The series that it belongs to.
    pub series: Option<String>,
}

/// Words of titles, and the kind of event that each tells.
pub type EventKinds = std::collections::BTreeMap<String, event::Kind>;

/// Where an organisation's fields stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerRule {
    /// What kind of organisation it is.
    pub kind: partner::Kind,
    /// Where it is at home: ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The organisation that it is a part of: its slug.
    pub parent: Option<Slug>,
}

/// Where an award's fields stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardRule {
    /// When it was given.
    pub awarded_on: Option<Texts>,
    /// Who gave it: a name.
    pub awarded_by: Option<Texts>,
    /// In which category.
    pub category: Option<Texts>,
    /// Who got it: names.
    pub recipients: Option<Texts>,
    /// Who got it, if the page names nobody: its slug.
    pub recipient: Option<Slug>,
}

impl Rule {
    /// What it makes of a page.
    pub fn make(&self) -> Option<Make<'_>> {
        let programme = self.programme.as_ref().map(Make::Programme);
        let event = self.event.as_ref().map(Make::Event);
        let partner = self.partner.as_ref().map(Make::Partner);
        let award = self.award.as_ref().map(Make::Award);
        programme.or(event).or(partner).or(award)
    }

    pub(super) fn fits(&self, path: &str, layout: Option<&str>) -> bool {
        let within = |folder: &String| {
            let folder = folder.trim_matches('/');
            let rest = path.strip_prefix(folder);
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let layouts = &self.layouts;
        (self.folders.is_empty() || self.folders.iter().any(within))
            && !self.except.iter().any(within)
            && (layouts.is_empty() || layouts.iter().any(|known| Some(&**known) == layout))
    }

    /// What is wrong with it.
    pub(super) fn faults(&self, index: usize) -> Vec<Fault> {
        let event = self.event.as_ref();
        let countries = [
            (
                "event.country",
                event.and_then(|event| event.country.as_deref()),
            ),
            (
                "partner.country",
                self.partner
                    .as_ref()
                    .and_then(|partner| partner.country.as_deref()),
            ),
        ];
        let countries = countries.into_iter().filter_map(|(field, code)| {
            document::country(&format!("rules[{index}].{field}"), code?)
        });
        let series = event.and_then(|event| event.series.as_deref());
        let series = series
            .and_then(|name| document::text(&format!("rules[{index}].event.series"), name, 200));
        self.fault(index)
            .into_iter()
            .chain(countries)
            .chain(series)
            .collect()
    }

    fn fault(&self, index: usize) -> Option<Fault> {
        let made = [
            self.programme.is_some(),
            self.event.is_some(),
            self.partner.is_some(),
            self.award.is_some(),
        ];
        let path = format!("rules[{index}]");
        if made.iter().filter(|made| **made).count() != 1 {
            let message =
                "a rule makes one kind of piece: give `programme`, `event`, `partner` or `award`";
            return Some(Fault::new(path, message));
        }
        let unbounded = self.folders.is_empty() && self.layouts.is_empty();
        let message = "the rule would hold for every page: name `folders` or `layouts`";
        unbounded.then(|| Fault::new(path, message))
    }
}
