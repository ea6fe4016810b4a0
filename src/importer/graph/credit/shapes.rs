//! Tells an organisation's name by its shape from the rest of a sentence.

/// A name and its short name.
pub(super) type Name = (String, Option<String>);

/// "Ministry of Communications", whose "and Information" may follow.
pub(super) fn is_list_in_name(text: &str) -> bool {
    let lower = without_the(text).to_ascii_lowercase();
    let heads = [
        "ministry",
        "department",
        "agency",
        "office",
        "authority",
        "council",
        "institute",
        "board",
        "bureau",
        "committee",
    ];
    heads.iter().any(|head| {
        lower
            .strip_prefix(head)
            .is_some_and(|rest| rest.starts_with(" of ") || rest.starts_with(" for "))
    })
}

/// Whether a text is surely a name of its own: "`GovTech`", "IMDA", "the Ministry of Health".
pub(super) fn stands_alone(text: &str, line: &str) -> bool {
    let name = without_the(text.trim());
    let word = name.split(' ').next().unwrap_or_default();
    // "SGTech", "IMDA", but not in a line that is all capitals.
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    is_list_in_name(name) || capitals > 1 && line.contains(char::is_lowercase)
}

/// "Smart Nation and Digital Government Office (SNDGO)": the short name takes its letters from both sides of "and".
pub(super) fn is_spelt_out(text: &str) -> bool {
    let (name, Some(abbreviation)) = named(text) else {
        return false;
    };
    let initials = name
        .split([' ', '-'])
        .filter_map(|word| word.chars().next())
        .filter(|initial| initial.is_uppercase());
    initials.collect::<String>() == abbreviation
}

/// Whether a piece of a list is known, by its name or its short name.
pub(super) fn is_known(piece: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let (name, abbreviation) = named(piece);
    // "Acme and Government Technology Agency (GovTech)" is not GovTech.
    let is_one = || {
        !name.contains(',') && !name.contains(" and ") && !name.contains(" & ")
            || is_spelt_out(piece)
    };
    !name.is_empty()
        && (known(&name)
            || abbreviation.is_some_and(|abbreviation| known(&abbreviation) && is_one()))
}

/// "the Government Technology Agency (`GovTech`)." as a name and a short name.
pub(super) fn named(piece: &str) -> Name {
    let piece = without_the(
        piece
            .trim()
            .trim_matches(|mark: char| ",;:*_\"“”".contains(mark))
            .trim(),
    );
    let is_abbreviated = [" Ltd.", " Inc.", " Co.", " Corp."]
        .iter()
        .any(|end| piece.ends_with(end));
    let piece = if is_abbreviated {
        piece
    } else {
        piece.trim_end_matches('.')
    };
    // The end of a line that stands in brackets itself.
    let piece = if piece.contains('(') {
        piece
    } else {
        piece.trim_end_matches(')')
    };
    match piece
        .strip_suffix(')')
        .and_then(|piece| piece.rsplit_once(" ("))
    {
        Some((name, abbreviation)) if !name.is_empty() && is_abbreviation(abbreviation) => {
            (name.trim().to_owned(), Some(abbreviation.trim().to_owned()))
        }
        _ => (piece.to_owned(), None),
    }
}

/// "(`GovTech`)" is a short name, "(in-person)" is none.
fn is_abbreviation(text: &str) -> bool {
    text.split(' ').count() <= 3 && text.contains(char::is_uppercase) && !text.contains(['(', ')'])
}

fn without_the(name: &str) -> &str {
    match name.split_once(' ') {
        Some((the, rest)) if the.eq_ignore_ascii_case("the") => rest.trim_start(),
        _ => name,
    }
}

/// Words of a name without a capital.
const SMALL: &str = "of for and the in on to de x at with & - –";

/// Honorifics, before which no organisation stands.
const HONORIFICS: &str = "Mr Mrs Ms Mdm Dr Prof Professor Minister";

/// What kinds of organisations and people are called together.
const KINDS: &str = "partners institutions agencies companies organisations organizations ministries \
    others stakeholders students officers residents volunteers citizens businesses banks schools \
    hospitals more community industry public government team vendors members insurers";

fn holds(vocabulary: &str, word: &str) -> bool {
    vocabulary.split_ascii_whitespace().any(|held| held == word)
}

/// Whether a text may be an organisation's name: every word but the small ones has a capital, and it is no person's.
pub(super) fn is_name(name: &str) -> bool {
    let mut words = name.split(' ').filter(|word| !word.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    let sentence = ["?", "!", ":", "…", " – ", " - "];
    has_capital(first)
        && !is_person(name)
        && !sentence.iter().any(|mark| name.contains(mark))
        && name.split(' ').count() <= 14
        && words.all(|word| holds(SMALL, word) || has_capital(word))
}

/// A capital, a digit, a letter of a script without small ones, or "data.gov.sg".
fn has_capital(word: &str) -> bool {
    let letter = word.chars().find(|letter| letter.is_alphanumeric());
    letter.is_some_and(|letter| !letter.is_lowercase()) || word.contains('.') && word.len() > 3
}

/// "financial institutions" and "Dr Tan": someone is named, but no organisation.
pub(super) fn is_nobody(name: &str) -> bool {
    let words = name.split(' ').count();
    let last = name.rsplit(' ').next().unwrap_or_default();
    let kind = holds(KINDS, last) && !name.contains(char::is_uppercase);
    kind && words <= 5 || is_person(name) && words <= 6
}

fn is_person(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    holds(HONORIFICS, first.trim_end_matches('.'))
}
