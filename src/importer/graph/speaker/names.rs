//! Tells a person's name from anything else.

use super::roles::{has_inner_capital, is_function_or_place, is_organisation_word, is_role_word};
use super::words::{HAN_SURNAMES, HONORIFICS, OFFICES, OTHERS, SURNAMES, TWO_WORDS, holds};

/// The key under which two spellings of a person's name meet: "Mr. GOH Wei-Boon" and "Goh Wei Boon".
pub fn name_key(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (bare, _) = without_honorifics(&line);
    let is_within = |character: char| {
        matches!(
            character,
            '\'' | '’' | '.' | '\u{200b}'..='\u{200f}' | '\u{feff}'
        )
    };
    let letters: String = bare
        .chars()
        .filter(|character| !is_within(*character))
        .collect();
    let words =
        letters.split(|character: char| !character.is_alphanumeric() && !is_sign(character));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Signs above and below letters, as in Tamil and decomposed Latin.
fn is_sign(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}') && !character.is_ascii()
}

/// Whether a word is an honorific of one word.
fn is_honorific(word: &str) -> bool {
    // Er, He and Hon are surnames, "Er." is an engineer.
    if matches!(word, "Er." | "Ir." | "Ar." | "Hon." | "H.E." | "H.E") {
        return true;
    }
    let word = word.replace(['.', '\'', '’', ','], "").to_lowercase();
    holds(HONORIFICS, &word)
}

/// The office before a name, "PM" in "PM Lawrence Wong", and the line from the name on.
pub(super) fn office_before(line: &str) -> (Option<&str>, &str) {
    for office in OFFICES {
        let Some(named) = line
            .strip_prefix(office)
            .and_then(|rest| rest.strip_prefix(' '))
        else {
            continue;
        };
        // "Minister for Health Ong Ye Kung" and "President, Acme" say more, or name no one.
        if named.starts_with(|first: char| first.is_alphabetic() && !first.is_lowercase()) {
            return (Some(&line[..office.len()]), named);
        }
    }
    (None, line)
}

/// The line from the name on, and whether an honorific stood before or after the name.
pub(super) fn without_honorifics(line: &str) -> (&str, bool) {
    let mut bare = line.trim();
    while let Some(length) = honorific_length(bare) {
        bare = bare[length..].trim_start();
    }
    let after = ["先生", "女士", "小姐", "博士", "教授"]
        .iter()
        .find_map(|after| bare.strip_suffix(after));
    let honoured = bare.len() < line.trim().len() || after.is_some();
    (after.unwrap_or(bare).trim_end(), honoured)
}

fn honorific_length(line: &str) -> Option<usize> {
    let (word, rest) = line.split_once(' ')?;
    let second = rest.split(' ').next().unwrap_or_default();
    let both = format!("{word} {second}")
        .replace(['.', '\'', '’'], "")
        .to_lowercase();
    if rest.len() > second.len() && TWO_WORDS.contains(&both.as_str()) {
        return Some(word.len() + 1 + second.len());
    }
    let status = ["(Ret)", "(NS)", "(Res)", "(Retd)", "(RET)"]
        .iter()
        .find(|status| rest.starts_with(**status));
    is_honorific(word).then(|| word.len() + status.map_or(0, |status| 1 + status.len()))
}

pub(super) fn is_honorific_only(text: &str) -> bool {
    is_honorific(text.trim())
}

/// Whether a text is a person's name. An honorific, an office or a role beside it is evidence.
pub(super) fn is_name(text: &str, honoured: bool, role_follows: bool) -> bool {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let is_strange = |mark: char| mark.is_numeric() || "?!:;&@/#…–—[]{}<>=+".contains(mark);
    if words.is_empty() || words.len() > 8 || text.contains(is_strange) {
        return is_slashed_name(&words);
    }
    if words.iter().all(|word| word.chars().all(is_han)) {
        return is_chinese_name(&words.concat(), honoured || role_follows);
    }
    if !text.contains(|letter: char| letter.is_ascii_alphabetic()) {
        return honoured || (2..5).contains(&words.len()) && role_follows;
    }
    let capitals = words.iter().filter(|word| opens_with_capital(word)).count();
    let enough = capitals > 1 || capitals == 1 && honoured;
    // "Hong Kong" and "Contact Details" look like a name too.
    let evident = honoured
        || role_follows
        || words
            .iter()
            .any(|word| is_surname(word) || is_patronymic(word));
    evident
        && enough
        && words
            .iter()
            .all(|word| opens_with_capital(word) && is_name_word(word) || is_particle(word))
}

fn is_patronymic(word: &str) -> bool {
    matches!(
        word,
        "bin"
            | "binte"
            | "binti"
            | "bte"
            | "s/o"
            | "d/o"
            | "a/l"
            | "a/p"
            | "S/O"
            | "D/O"
            | "A/L"
            | "A/P"
    )
}

/// Whether a word is a frequent surname in Singapore, and no frequent word of English.
fn is_surname(word: &str) -> bool {
    holds(SURNAMES, &word.to_lowercase())
}

/// "Ravi s/o Kumar" and "Devi a/p Raman" are names with a slash.
fn is_slashed_name(words: &[&str]) -> bool {
    let is_plain = |word: &str| {
        opens_with_capital(word) && is_name_word(word) && word.chars().all(char::is_alphabetic)
    };
    let plain = words.iter().filter(|word| is_plain(word)).count();
    let patronymics = words.iter().filter(|word| is_patronymic(word)).count();
    patronymics == 1 && plain > 1 && plain + 1 == words.len() && words.len() < 9
}

fn opens_with_capital(word: &str) -> bool {
    let first = word.chars().find(|first| first.is_alphabetic());
    first.is_some_and(|first| !first.is_lowercase())
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "bin"
            | "binte"
            | "binti"
            | "bte"
            | "bt"
            | "b"
            | "de"
            | "da"
            | "dos"
            | "di"
            | "del"
            | "della"
            | "van"
            | "der"
            | "den"
            | "von"
            | "al"
            | "el"
            | "la"
            | "le"
            | "ibn"
            | "ben"
            | "y"
            | "du"
            | "ter"
    )
}

/// Whether a capitalised word may stand in a person's name.
fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches(|mark: char| !mark.is_alphanumeric());
    let scottish = [
        "Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "O’", "O'", "D’", "D'",
    ];
    let inner = scottish
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .unwrap_or(word);
    // "Dean" and "Grace" are first names, too.
    let role = word != "Dean"
        && (is_role_word(&word.to_lowercase()) || word.len() > 2 && is_role_word(word));
    let thing = word.len() > 6
        && [
            "tion", "tions", "ment", "ments", "ness", "ity", "ics", "ology",
        ]
        .iter()
        .any(|end| word.ends_with(end));
    let other = is_organisation_word(word) || is_function_or_place(word) || holds(OTHERS, word);
    !role && !other && !thing && !has_inner_capital(inner)
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '·')
}

/// "陈振声" is a name, "参与者" is none.
fn is_chinese_name(text: &str, sure: bool) -> bool {
    let length = text.chars().count();
    let surname = text
        .chars()
        .next()
        .is_some_and(|first| HAN_SURNAMES.contains(first));
    let group = text.ends_with([
        '者', '员', '員', '局', '部', '院', '会', '會', '署', '团', '團', '队', '隊', '们', '們',
        '户', '商', '店', '司', '处',
    ]);
    (2..=4).contains(&length) && !group && (surname || sure)
}
