//! Where on a page a field stands.

use serde::Deserialize;

use crate::importer::{Fact, Page};

/// Places on a page, of which the first that says something counts. One place may stand without a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a place such as `title`, `front: author`, `labels: [Date]` or `words: Singapore`, or a list of places"
)]
pub enum Texts {
    /// One place.
    One(Place),
    /// Several.
    Several(Vec<Place>),
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// The title in the front matter.
    Title,
    /// The description in the front matter.
    Description,
    /// The day in the front matter, or in the name of a post's file.
    Date,
    /// The first paragraph that is a sentence.
    FirstParagraph,
    /// Lines such as `Developed by A in collaboration with B`.
    Credits,
    /// A key of the front matter.
    Front(String),
    /// Labels in tables of two columns, in definition lists, and in lines such as `Date: 15 May 2024`: letters
    /// of either case, without the colon.
    Labels(Vec<String>),
    /// These words, whatever the page says.
    Words(String),
}

impl Texts {
    fn places(&self) -> &[Place] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Several(places) => places,
        }
    }

    /// What a page says at the first of the places that has anything; of several lines or labels, all.
    pub fn all(&self, page: &Page) -> Vec<String> {
        let found = self.places().iter().map(|place| place.all(page));
        found
            .into_iter()
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }

    /// What a page says at each of the places, in order: the first is the first that has anything.
    pub fn each<'t>(&'t self, page: &'t Page) -> impl Iterator<Item = String> + 't {
        self.places().iter().flat_map(|place| place.all(page))
    }

    /// What a page says first.
    pub fn first(&self, page: &Page) -> Option<String> {
        self.each(page).next()
    }
}

impl Place {
    fn all(&self, page: &Page) -> Vec<String> {
        let one = |text: &Option<String>| text.iter().cloned().collect();
        match self {
            Self::Title => one(&page.extract.title),
            Self::Description => one(&page.extract.description),
            Self::Date => one(&page.extract.date),
            Self::FirstParagraph => one(&page.content.first_paragraph),
            Self::Credits => page.content.credits.clone(),
            Self::Front(key) => one(&page.front.text(key)),
            Self::Labels(labels) => labelled(&page.content.facts, labels),
            Self::Words(words) => {
                one(&Some(words.clone()).filter(|words| !words.trim().is_empty()))
            }
        }
    }
}

/// The values of these labels, in the order of the labels.
fn labelled(facts: &[Fact], labels: &[String]) -> Vec<String> {
    let same = |fact: &&Fact, label: &String| fact.label.to_lowercase() == label.to_lowercase();
    let values = labels.iter().flat_map(|label| {
        let facts = facts.iter().filter(move |fact| same(fact, label));
        facts.map(|fact| fact.value.clone())
    });
    values.collect()
}
