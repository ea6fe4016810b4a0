//! Tells a role from an organisation by their words.

use super::words::{FUNCTIONS_AND_PLACES, ORGANISATIONS, ROLES, holds};

/// Whether a text names what someone is.
pub(super) fn has_role_word(text: &str) -> bool {
    words(text).any(|word| is_role_word(word) || is_role_word(&word.to_lowercase()))
        || text.ends_with(['长', '員', '员', '师', '監', '监', '席', '裁', '授'])
}

/// Whether a word says what someone is: in lower case, or a short form in capitals.
pub(super) fn is_role_word(word: &str) -> bool {
    holds(ROLES, word)
}

/// Whether a text begins as the name of a ministry does, which may hold commas of its own.
pub(super) fn is_ministry(text: &str) -> bool {
    let text = text.strip_prefix("the ").unwrap_or(text);
    [
        "Ministry of ",
        "Ministry for ",
        "Department of ",
        "Department for ",
    ]
    .iter()
    .any(|form| text.starts_with(form))
}

/// Whether a text looks like an organisation: "`GovTech`", "Acme", "Smart Nation and Digital Government Office".
pub(super) fn is_organisation(text: &str) -> bool {
    let text = text.strip_prefix("the ").unwrap_or(text);
    if !text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
        || has_role_word(text)
    {
        return false;
    }
    if !words(text).all(is_capital_or_joint) || text.split_whitespace().count() > 12 {
        return false;
    }
    let plain = words(text).count() <= 2
        && !words(text).any(|word| word == "and" || is_function_or_place(word));
    words(text).any(|word| is_organisation_word(word) || is_acronym(word)) || plain
}

/// Whether a word stands in an organisation's name only.
pub(super) fn is_organisation_word(word: &str) -> bool {
    holds(ORGANISATIONS, word)
}

/// "IMDA", "`GovTech`": no word of a role, but of a name.
fn is_acronym(word: &str) -> bool {
    let shouted = word.chars().count() > 2 && word.chars().all(char::is_uppercase);
    (shouted || has_inner_capital(word)) && !is_function_or_place(word)
}

/// "`GovTech`": a capital after a small letter.
pub(super) fn has_inner_capital(word: &str) -> bool {
    let pairs = word.chars().zip(word.chars().skip(1));
    pairs
        .into_iter()
        .any(|(before, after)| before.is_lowercase() && after.is_uppercase())
}

fn is_capital_or_joint(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "and" | "the" | "in" | "on" | "de" | "at"
    ) || word.starts_with(|first: char| !first.is_lowercase())
}

/// "Director, Communications" is one role, and "Minister of Health, Malaysia" too.
pub(super) fn is_function_or_place(word: &str) -> bool {
    holds(FUNCTIONS_AND_PLACES, word)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| {
        !character.is_alphanumeric() && character != '’' && character != '\''
    })
    .filter(|word| !word.is_empty())
}
