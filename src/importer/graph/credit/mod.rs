//! Who made, held or paid for something: the organisations of a line such as "Developed by A with B".
//!
//! [`mod@phrases`] finds the words that say what part someone had, [`mod@names`] cuts what follows them into
//! names, whose [`shapes`] tell them from the rest of a sentence.

mod names;
mod phrases;
mod shapes;
#[cfg(test)]
mod tests;

use names::names;
use phrases::{opens_a_credit, phrases};

/// What part an organisation had in something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Made it or answers for it, alone or with others: developed, built, led, owned, managed, issued, launched.
    Lead,
    /// Held an event that nobody is said to have held with it: organised, hosted, presented.
    Organiser,
    /// Held an event with others, and the text says so: co-organised, jointly organised.
    CoOrganiser,
    /// Worked with those who made or held it: in collaboration, in partnership with.
    Partner,
    /// Paid for it: sponsored, funded.
    Sponsor,
    /// Helped or stood behind it: supported, endorsed.
    Supporter,
}

/// An organisation that a line credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// Its name in the source's spelling, without "the" and without its short name.
    pub name: String,
    /// The short name that stands in brackets after it.
    pub abbreviation: Option<String>,
    /// What part it had.
    pub part: Part,
}

/// A line longer than this is a paragraph, no credit line.
const LONGEST: usize = 1000;

/// The organisations that a credit line names, in its order; none where the line is no credit line.
///
/// `known` tells whether a name is an organisation's, so that "Ministry of Communications and Information" is not cut
/// in two.
pub fn credits(line: &str, known: &dyn Fn(&str) -> bool) -> Vec<Credited> {
    let line = first_sentence(&one_line(line)).to_owned();
    let phrases = if line.len() > LONGEST {
        Vec::new()
    } else {
        phrases(&line)
    };
    if !phrases
        .first()
        .is_some_and(|first| opens_a_credit(&line[..first.start]))
    {
        return Vec::new();
    }
    let ends = phrases
        .iter()
        .skip(1)
        .map(|next| next.start)
        .chain([line.len()]);
    let mut credits = Vec::new();
    for (phrase, end) in phrases.iter().zip(ends) {
        let Some(named) = names(&line[phrase.end..end], known) else {
            return Vec::new();
        };
        credits.extend(named.into_iter().map(|(name, abbreviation)| Credited {
            name,
            abbreviation,
            part: phrase.part,
        }));
    }
    without_repeats(credits)
}

fn without_repeats(credits: Vec<Credited>) -> Vec<Credited> {
    let mut once: Vec<Credited> = Vec::new();
    for credited in credits {
        let said = |earlier: &Credited| {
            earlier.part == credited.part && earlier.name.eq_ignore_ascii_case(&credited.name)
        };
        if !once.iter().any(said) {
            once.push(credited);
        }
    }
    once
}

/// The line without zero-width characters, Markdown's stars and all white space but single spaces.
fn one_line(line: &str) -> String {
    let is_nothing = |character: &char| {
        matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '*'
        )
    };
    let text: String = line
        .chars()
        .filter(|character| !is_nothing(character))
        .collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_start_matches(|character: char| !character.is_alphanumeric())
        .to_owned()
}

/// The line up to its first full stop that ends no "Pte." and no "St.".
fn first_sentence(line: &str) -> &str {
    for (place, _) in line.match_indices(". ") {
        let word = line[..place].rsplit([' ', '(']).next().unwrap_or_default();
        if !matches!(
            word,
            "Pte" | "Ltd" | "Co" | "Inc" | "Corp" | "St" | "Dr" | "Mr" | "Ms" | "No"
        ) && word.chars().count() > 1
        {
            return &line[..place];
        }
    }
    line
}
