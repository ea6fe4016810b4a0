//! What is searched for: terms, all of which must be found.

use std::{collections::HashSet, error, fmt};

use unicode_normalization::char::is_combining_mark;

use super::words::{each_folded, is_spaceless, words};

/// A longer text is not searched for: in characters.
pub const MOST_CHARACTERS: usize = 500;

/// More terms are not searched for.
pub const MOST_TERMS: usize = 32;

/// At most so many other spellings are tried for a term.
const MOST_SPELLINGS: usize = 5;

const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// What joins words to a phrase without being quoted: apostrophes, hyphens, dots and the like.
const JOINERS: &str = "'’‘-‐‑–.·/@_&\u{ad}\u{200c}\u{200d}";

const STOP_WORDS: [&str; 16] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the",
    "to",
];

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The words, folded: at least one.
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub prefix: bool,
}

/// One of the things that must be found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// What it is found by, any of them: first as it was typed, which is always there, then in other forms
    /// and spellings.
    pub alternatives: Vec<Phrase>,
}

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// All of these must be found.
    pub terms: Vec<Term>,
    /// All words, with those that are not looked for.
    typed: Vec<String>,
}

/// Why a text is not searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooLong {
    /// It has so many characters.
    Characters(usize),
    /// It has so many terms.
    Terms(usize),
}

impl Query {
    /// What a text means. Quotes make a phrase, `*` at the end of a word lets it go on, and the last word
    /// may go on unless it is quoted.
    pub fn parse(text: &str) -> Result<Self, TooLong> {
        let length = text.chars().count();
        if length > MOST_CHARACTERS {
            return Err(TooLong::Characters(length));
        }
        let mut chunks = chunks(text);
        if let Some(last) = chunks.last_mut() {
            last.prefix |= !last.quoted;
        }
        let typed = chunks.iter().flat_map(|chunk| chunk.words.clone());
        let typed = typed.collect();
        if !chunks.iter().all(|chunk| chunk.is_stop_word) {
            chunks.retain(|chunk| !chunk.is_stop_word);
        }
        let mut terms: Vec<Term> = Vec::new();
        for term in chunks.into_iter().map(Term::from) {
            let mut known = terms.iter_mut();
            match known.find(|known| known.typed().words == term.typed().words) {
                // Both must be found, so the narrower one says it all.
                Some(known) if term.breadth() < known.breadth() => *known = term,
                Some(_) => {}
                None => terms.push(term),
            }
        }
        if terms.len() > MOST_TERMS {
            return Err(TooLong::Terms(terms.len()));
        }
        Ok(Self { terms, typed })
    }

    /// All words with spaces between them: of a title that is the same, this is the whole.
    pub fn whole(&self) -> String {
        self.typed.join(" ")
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The distinct words as they were typed, each with whether it may go on.
    pub fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        let mut seen = HashSet::new();
        self.terms
            .iter()
            .flat_map(|term| {
                let typed = term.typed();
                let words = typed.words.iter().enumerate();
                words.map(move |(at, word)| {
                    (word.as_str(), typed.prefix && at + 1 == typed.words.len())
                })
            })
            .filter(move |word| seen.insert(*word))
    }

    /// The query with other spellings of its words as alternatives, at most 5 more for each term and one
    /// word replaced in each.
    #[must_use]
    pub fn restate(&self, mut spellings: impl FnMut(&str) -> Vec<String>) -> Self {
        let terms = self.terms.iter();
        let terms = terms.map(|term| term.restate(&mut spellings)).collect();
        let mut right = |word: &String| spellings(word).into_iter().next();
        let typed = self.typed.iter();
        let typed = typed.map(|word| right(word).unwrap_or_else(|| word.clone()));
        Self {
            terms,
            typed: typed.collect(),
        }
    }
}

impl Term {
    fn typed(&self) -> &Phrase {
        &self.alternatives[0]
    }

    fn breadth(&self) -> (bool, usize) {
        (self.typed().prefix, self.alternatives.len())
    }

    fn restate(&self, spellings: &mut impl FnMut(&str) -> Vec<String>) -> Self {
        let mut alternatives = self.alternatives.clone();
        let most = alternatives.len() + MOST_SPELLINGS;
        for (at, word) in self.typed().words.iter().enumerate() {
            if alternatives.len() >= most {
                break;
            }
            for spelling in spellings(word) {
                let mut words = self.typed().words.clone();
                words[at] = spelling;
                let known = alternatives.iter().any(|known| known.words == words);
                if !known && alternatives.len() < most {
                    let prefix = false;
                    alternatives.push(Phrase { words, prefix });
                }
            }
        }
        Self { alternatives }
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (given, of, most) = match self {
            Self::Characters(given) => (given, "characters", MOST_CHARACTERS),
            Self::Terms(given) => (given, "terms", MOST_TERMS),
        };
        write!(
            out,
            "`query` has {given} {of}, but at most {most} are searched for"
        )
    }
}

impl error::Error for TooLong {}

struct Chunk {
    words: Vec<String>,
    quoted: bool,
    prefix: bool,
    is_stop_word: bool,
}

impl Chunk {
    fn new(text: &str, quoted: bool, prefix: bool) -> Option<Self> {
        let words: Vec<String> = words(text).map(|word| word.folded).collect();
        let stops = |word: &String| STOP_WORDS.contains(&word.as_str());
        let is_stop_word = !quoted && !prefix && words.len() == 1 && words.iter().all(stops);
        (!words.is_empty()).then_some(Self {
            words,
            quoted,
            prefix,
            is_stop_word,
        })
    }
}

fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut chunk = String::new();
    let mut quoted = false;
    for char in text.chars() {
        if QUOTES.contains(&char) {
            chunks.extend(Chunk::new(&chunk, quoted, false));
            chunk.clear();
            quoted = !quoted;
        } else if quoted || joins(char) {
            chunk.push(char);
        } else {
            chunks.extend(Chunk::new(&chunk, false, char == '*'));
            chunk.clear();
        }
    }
    chunks.extend(Chunk::new(&chunk, quoted, false));
    chunks
}

/// Whether a character does not end a chunk: a letter, a mark, or what joins words.
fn joins(char: char) -> bool {
    let (mut is_mark, mut joins) = (true, false);
    each_folded(char, |folded| {
        is_mark = false;
        joins |= folded.is_alphanumeric() || is_combining_mark(folded) || JOINERS.contains(folded);
    });
    is_mark || joins
}

impl From<Chunk> for Term {
    fn from(chunk: Chunk) -> Self {
        let goes_on = |word: &String| !word.chars().any(is_spaceless);
        let prefix = chunk.prefix && chunk.words.last().is_some_and(goes_on);
        let singulars = match chunk.words.as_slice() {
            [word] if !chunk.quoted => singulars(word),
            _ => Vec::new(),
        };
        let words = chunk.words;
        let mut alternatives = vec![Phrase { words, prefix }];
        alternatives.extend(singulars.into_iter().map(|singular| Phrase {
            words: vec![singular],
            prefix: false,
        }));
        Self { alternatives }
    }
}

/// What an English plural may be the plural of. That some are no words does no harm: they are not found.
fn singulars(word: &str) -> Vec<String> {
    let is_english = word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ends_in = |word: &str, endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    let Some(stem) = word.strip_suffix('s') else {
        return Vec::new();
    };
    if !is_english || ends_in(word, &["ss", "us", "is"]) {
        return Vec::new();
    }
    let mut singulars = vec![stem.to_owned()];
    if let Some(start) = stem.strip_suffix("ie") {
        singulars.insert(0, format!("{start}y"));
    } else if let Some(start) = stem.strip_suffix('e')
        && ends_in(start, &["ss", "x", "ch", "sh"])
    {
        singulars.insert(0, start.to_owned());
    }
    singulars
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The query as `smart nation|smartnation* & of`.
    fn written(query: &Query) -> String {
        let phrase = |phrase: &Phrase| {
            let star = if phrase.prefix { "*" } else { "" };
            phrase.words.join(" ") + star
        };
        let term = |term: &Term| {
            let phrases: Vec<_> = term.alternatives.iter().map(phrase).collect();
            phrases.join("|")
        };
        query.terms.iter().map(term).collect::<Vec<_>>().join(" & ")
    }

    fn parsed(text: &str) -> String {
        written(&Query::parse(text).unwrap())
    }

    #[test]
    fn the_last_word_may_go_on_unless_it_is_quoted() {
        assert_eq!(parsed("Smart Nat "), "smart & nat*");
        assert_eq!(parsed("smart \"Nat"), "smart & nat");
        assert_eq!(parsed("sma* „National AI“"), "sma* & national ai");
    }

    #[test]
    fn what_is_written_together_is_a_phrase() {
        assert_eq!(
            parsed("e-services tech.gov.sg"),
            "e services & tech gov sg*"
        );
        assert_eq!(
            parsed("GovTech’s (digital)|code,R&D"),
            "govtech s & digital & code & r d*"
        );
        assert_eq!(parsed("½ x"), "1 2 & x*");
    }

    #[test]
    fn chinese_is_a_phrase_of_its_characters() {
        assert_eq!(parsed("智慧国"), "智 慧 国");
        assert_eq!(parsed("智慧国2035"), "智 慧 国 2035*");
    }

    #[test]
    fn plurals_find_singulars() {
        assert_eq!(
            parsed("agencies services boxes status \"grants\" grants"),
            "agencies|agency|agencie & services|service & boxes|box|boxe & status & grants"
        );
    }

    #[test]
    fn stop_words_count_only_where_nothing_else_does() {
        assert_eq!(parsed("the Ministry of"), "ministry");
        assert_eq!(parsed("of the"), "of & the*");
        assert_eq!(parsed("\"the\" ministry on*"), "the & ministry & on*");
    }

    #[test]
    fn what_is_said_twice_is_one_term() {
        assert_eq!(
            parsed("smart SMART \"smart nation\" smart-nation"),
            "smart & smart nation"
        );
    }

    #[test]
    fn what_has_no_words_is_empty() {
        for text in ["", " \0\u{1b}", "\"", "* - () ^", "👩‍👧", "\u{301}"] {
            assert!(Query::parse(text).unwrap().is_empty(), "{text:?}");
        }
        assert!(Query::parse(&"\"".repeat(500)).unwrap().is_empty());
        assert_eq!(
            parsed("smart\0nation) OR NOT -x:\"y\\"),
            "smart & nation & not & x & y"
        );
    }

    #[test]
    fn what_is_too_long_is_told_what_is_allowed() {
        let error = |text: &str| Query::parse(text).unwrap_err().to_string();
        assert_eq!(
            error(&"\"".repeat(10_240)),
            "`query` has 10240 characters, but at most 500 are searched for"
        );
        let too_many = (1..=33)
            .map(|number| number.to_string())
            .collect::<Vec<_>>();
        assert_eq!(
            error(&too_many.join(" ")),
            "`query` has 33 terms, but at most 32 are searched for"
        );
        assert!(Query::parse(&"国".repeat(500)).is_ok());
    }

    #[test]
    fn other_spellings_are_alternatives() {
        let query = Query::parse("smart-natin digtal").unwrap();
        let query = query.restate(|word| match word {
            "natin" => vec!["nation".to_owned(), "latin".to_owned()],
            "digtal" => (0..9).map(|number| format!("digital{number}")).collect(),
            _ => vec![word.to_owned()],
        });
        assert_eq!(
            written(&query),
            "smart natin|smart nation|smart latin & \
             digtal*|digital0|digital1|digital2|digital3|digital4"
        );
    }

    #[test]
    fn its_words_are_those_that_were_typed() {
        let query = Query::parse("services \"smart nation\" smart nat").unwrap();
        let words: Vec<_> = query.words().collect();
        let expected = ["services", "smart", "nation"].map(|word| (word, false));
        assert_eq!(words[..3], expected);
        assert_eq!(words[3..], [("nat", true)]);
    }
}
