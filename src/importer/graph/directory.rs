//! The names that the graph knows: whom a page means by a name.

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use entity::node::Kind;

use super::Named;
use crate::document::Slug;

/// Pieces by their names.
pub struct Directory {
    all: Names,
    programmes: Names,
    organisations: HashMap<String, Slug>,
}

/// Names that are looked for in texts.
struct Names {
    search: AhoCorasick,
    /// By the number of the search's pattern.
    pieces: Vec<Vec<(Kind, Slug)>>,
}

/// Kinds of pieces that have names of their own: goals, topics and pages have words of everybody's.
pub const NAMED_KINDS: [Kind; 7] = [
    Kind::Strategy,
    Kind::Programme,
    Kind::Initiative,
    Kind::Partner,
    Kind::Event,
    Kind::Person,
    Kind::Award,
];

impl Directory {
    /// Of these names. Where several pieces have one name, all are meant.
    pub fn new(names: impl IntoIterator<Item = (Named, String)>) -> Result<Self, BuildError> {
        let mut organisations = HashMap::new();
        let mut telling = Vec::new();
        for (piece, name) in names {
            if piece.kind == Kind::Partner {
                organisations.insert(organisation_key(&name), piece.slug.clone());
            }
            if is_telling(&name) {
                telling.push((name, (piece.kind, piece.slug)));
            }
        }
        let of_programmes = |(_, (kind, _)): &&(String, (Kind, Slug))| *kind == Kind::Programme;
        Ok(Self {
            programmes: Names::new(telling.iter().filter(of_programmes))?,
            all: Names::new(&telling)?,
            organisations,
        })
    }

    /// The organisation of this name.
    pub fn organisation(&self, name: &str) -> Option<&Slug> {
        self.organisations.get(&organisation_key(name))
    }

    /// The pieces whose names stand in a text as whole words, in the order of their first place.
    pub fn mentioned(&self, text: &str) -> Vec<(Kind, Slug)> {
        self.all.in_text(text)
    }

    /// The programme that is named first in a text, even within a longer name.
    pub fn programme_in(&self, text: &str) -> Option<Slug> {
        let found = self.programmes.in_text(text).into_iter().next();
        found.map(|(_, slug)| slug)
    }
}

impl Names {
    fn new<'n>(
        names: impl IntoIterator<Item = &'n (String, (Kind, Slug))>,
    ) -> Result<Self, BuildError> {
        let mut patterns: Vec<&str> = Vec::new();
        let mut pieces: Vec<Vec<(Kind, Slug)>> = Vec::new();
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (name, piece) in names {
            let number = *by_name.entry(name).or_insert_with(|| {
                patterns.push(name);
                pieces.push(Vec::new());
                patterns.len() - 1
            });
            if !pieces[number].contains(piece) {
                pieces[number].push(piece.clone());
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)?;
        Ok(Self { search, pieces })
    }

    fn in_text(&self, text: &str) -> Vec<(Kind, Slug)> {
        let mut seen = HashSet::new();
        let mut mentioned = Vec::new();
        for found in self.search.find_iter(text) {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            let inside = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
            let pattern = found.pattern().as_usize();
            if !inside(before) && !inside(after) && seen.insert(pattern) {
                mentioned.extend(self.pieces[pattern].iter().cloned());
            }
        }
        mentioned
    }
}

/// Names of one or two letters stand in every text.
fn is_telling(name: &str) -> bool {
    let letters = name.chars().filter(|char| char.is_alphanumeric()).count();
    let wide = !name.is_ascii();
    let lower = name.chars().all(|char| !char.is_uppercase());
    (letters >= 3 && !lower) || (wide && letters >= 2)
}

/// Organisations are meant with and without the article, in either case.
fn organisation_key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let name = |kind, slug: &str, name: &str| {
            (Named::new(kind, slug.parse().unwrap()), name.to_owned())
        };
        Directory::new([
            name(Kind::Programme, "tides", "Tides"),
            name(Kind::Programme, "tides-2", "Tides 2.0"),
            name(Kind::Partner, "port-authority", "Port Authority"),
            name(Kind::Partner, "pa", "PA"),
            name(Kind::Event, "stack", "STACK"),
            name(Kind::Person, "mei-tan", "Mei Tan"),
        ])
        .unwrap()
    }

    fn mentioned(text: &str) -> Vec<String> {
        let found = directory().mentioned(text);
        found
            .into_iter()
            .map(|(_, slug)| slug.to_string())
            .collect()
    }

    #[test]
    fn names_are_met_as_whole_words() {
        assert_eq!(mentioned("STACKx and the tides"), Vec::<String>::new());
        assert_eq!(
            mentioned("At STACK, Tides 2.0 replaced Tides. STACK!"),
            ["stack", "tides-2", "tides"]
        );
        assert_eq!(mentioned("(Mei Tan’s Tides)"), ["mei-tan", "tides"]);
        assert_eq!(mentioned("PA"), Vec::<String>::new());
    }

    #[test]
    fn organisations_are_met_with_their_article() {
        let directory = directory();
        let slug = |name| directory.organisation(name).map(Slug::as_str);
        assert_eq!(slug("the Port Authority"), Some("port-authority"));
        assert_eq!(slug("Port"), None);
        assert_eq!(slug("PA"), Some("pa"));
    }
}
