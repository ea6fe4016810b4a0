//! Map files: which pages of a site hold programmes, events, organisations and awards, and where their fields
//! stand. `docs/import.md` explains them to those who write them.

mod bundled;
mod place;
mod rule;

use entity::{node::Kind, partner};
use serde::Deserialize;

pub use self::{
    bundled::{bundled, bundled_names},
    place::{Place, Texts},
    rule::{AwardRule, EventRule, Make, PartnerRule, ProgrammeRule, Rule},
};
use crate::document::{self, Fault, Slug};

/// What a map file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// What holds of the whole site.
    #[serde(default)]
    pub site: SiteTerms,
    /// Organisations that pages name: they are published if the graph does not know them.
    #[serde(default)]
    pub partners: Vec<NamedPartner>,
    /// Which pages hold what. The first rule that fits a page holds for it.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// What holds of a whole site.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteTerms {
    /// Its name in the graph; without one, the host of its address.
    pub name: Option<String>,
    /// Its address, in the place of the one that its configuration has.
    pub url: Option<String>,
    /// Other hosts that lead to it.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The language of its pages: BCP 47.
    pub language: Option<String>,
    /// Under which terms its words may be used: an SPDX identifier, or `LicenseRef-` and a name.
    pub licence: Option<String>,
    /// Who must be named.
    pub attribution: Option<String>,
    /// The agency whose duty it is to keep it right, by its slug.
    pub owner: Option<Slug>,
}

/// An organisation that pages name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPartner {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name as people read it.
    pub title: String,
    /// What kind of organisation it is.
    pub kind: partner::Kind,
    /// Where it is at home: ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What it is; without it, its name.
    pub summary: Option<String>,
    /// What pages call it, too.
    #[serde(default)]
    pub names: Vec<String>,
}

impl NamedPartner {
    fn faults(&self, index: usize, before: &[Self]) -> Vec<Fault> {
        let path = |field: &str| format!("partners[{index}].{field}");
        let mut faults = Vec::new();
        if before.iter().any(|other| other.slug == self.slug) {
            let message = format!("`{}` is there already: name it once", self.slug);
            faults.push(Fault::new(path("slug"), message));
        }
        faults.extend(document::text(&path("title"), &self.title, 200));
        let summary = self.summary.as_deref();
        faults.extend(summary.and_then(|text| document::text(&path("summary"), text, 500)));
        let country = self.country.as_deref();
        faults.extend(country.and_then(|code| document::country(&path("country"), code)));
        faults
    }
}

/// Why a map can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the map has faults:\n  {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "))]
pub struct MapFaults(pub Vec<Fault>);

impl Map {
    /// Reads a map file.
    pub fn read(yaml: &str) -> Result<Self, MapFaults> {
        // `no` is Norway, not false.
        let options = serde_saphyr::options! { strict_booleans: true };
        let map: Self = serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
            let error = error.to_string();
            let first = error.lines().next().unwrap_or_default();
            MapFaults(vec![Fault::new("", first.trim_start_matches("error: "))])
        })?;
        let faults = map.faults();
        if faults.is_empty() {
            Ok(map)
        } else {
            Err(MapFaults(faults))
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(url) = &self.site.url {
            let web =
                url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !web {
                let message =
                    format!("`{url}` is no address on the web: write https://www.tech.gov.sg/");
                faults.push(Fault::new("site.url", message));
            }
        }
        let name = self.site.name.as_deref();
        if name.is_some_and(|name| name.trim().is_empty() || name.len() > 200) {
            faults.push(Fault::new("site.name", "a name has 1 to 200 characters"));
        }
        let terms = &self.site;
        let language = terms.language.as_deref();
        faults.extend(language.and_then(|tag| document::language("site.language", tag)));
        let licence = terms.licence.as_deref();
        faults.extend(licence.and_then(|name| document::licence("site.licence", name)));
        let attribution = terms.attribution.as_deref();
        faults.extend(attribution.and_then(|line| document::text("site.attribution", line, 500)));
        for (index, partner) in self.partners.iter().enumerate() {
            faults.extend(partner.faults(index, &self.partners[..index]));
        }
        for (index, rule) in self.rules.iter().enumerate() {
            faults.extend(rule.faults(index));
        }
        faults
    }

    /// The pieces that the map names by their slugs, and where it does so.
    pub fn named(&self) -> Vec<(String, Kind, &Slug)> {
        let mut named = Vec::new();
        let owner = self.site.owner.iter();
        named.extend(owner.map(|slug| ("site.owner".to_owned(), Kind::Partner, slug)));
        for (index, rule) in self.rules.iter().enumerate() {
            let mut add = |field: &str, kind, slug| {
                named.push((format!("rules[{index}].{field}"), kind, slug));
            };
            if let Some(programme) = &rule.programme {
                let lead = programme.lead_agency.iter();
                lead.for_each(|slug| add("programme.lead_agency", Kind::Partner, slug));
                let parent = programme.parent.iter();
                parent.for_each(|slug| add("programme.parent", Kind::Programme, slug));
            }
            let organiser = rule
                .event
                .iter()
                .filter_map(|event| event.organiser.as_ref());
            organiser.for_each(|slug| add("event.organiser", Kind::Partner, slug));
            let parent = rule
                .partner
                .iter()
                .filter_map(|partner| partner.parent.as_ref());
            parent.for_each(|slug| add("partner.parent", Kind::Partner, slug));
            let recipient = rule
                .award
                .iter()
                .filter_map(|award| award.recipient.as_ref());
            recipient.for_each(|slug| add("award.recipient", Kind::Partner, slug));
        }
        named
    }

    /// The rule for a page, by its path on the site and its layout.
    pub fn rule(&self, path: &str, layout: Option<&str>) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.fits(path, layout))
    }
}
