//! Tells the numbers of a text that may belong to a date from times of day, amounts and the ends of names.

use super::lexemes::{Lexeme, Placed, glued_letters, glued_mark, is_glued_digits};
use super::tokens::Kind;
use super::words::{Sense, month, sense, weekday};

/// What the number at a place may mean, and how many lexemes it takes.
pub(super) fn number(lexemes: &[Placed], at: usize, digits: &str) -> (Kind, usize) {
    if let Some(length) = time(lexemes, at) {
        return (
            Kind::Time {
                of_24: ends_in_hours(&lexemes[..at + length]),
            },
            length,
        );
    }
    if let Some(length) = amount(lexemes, at, digits) {
        return (Kind::Other, length);
    }
    let value = digits.parse().unwrap_or(u32::MAX);
    let kind = if belongs_to_what_precedes(lexemes, at) {
        Kind::Other
    } else {
        Kind::Number {
            value,
            digits: digits.len(),
        }
    };
    let Some(suffix) = glued_letters(lexemes, at + 1) else {
        return (kind, 1);
    };
    match suffix.to_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" if digits.len() < 3 => (kind, 2),
        "q" | "h" if value < 5 => (Kind::PartOfYear, 2),
        // "2024-05-15T09:00".
        "t" if is_glued_digits(lexemes, at + 2) => (kind, 1),
        _ if month(suffix).is_some() => (kind, 1),
        _ => (Kind::Other, 2),
    }
}

/// "1700hrs".
fn ends_in_hours(lexemes: &[Placed]) -> bool {
    let last = lexemes.last().map(|last| last.lexeme);
    matches!(last, Some(Lexeme::Letters(letters)) if letters.starts_with(['h', 'H']))
}

/// Whether a number is the end of something else, as in "G20", "$2022", "COVID-19".
fn belongs_to_what_precedes(lexemes: &[Placed], at: usize) -> bool {
    if lexemes[at].spaced || at == 0 {
        return false;
    }
    let is_name = |letters: &str| {
        let latin = letters.ends_with(|last: char| last < '\u{250}');
        latin && month(letters).is_none() && weekday(&letters.to_lowercase()).is_none()
    };
    match lexemes[at - 1].lexeme {
        // "3Q2024" names a year.
        Lexeme::Letters("Q" | "H" | "q" | "h") if at > 1 && !lexemes[at - 1].spaced => {
            !matches!(lexemes[at - 2].lexeme, Lexeme::Digits(_))
        }
        Lexeme::Letters(letters) => is_name(letters),
        Lexeme::Mark('$' | '€' | '£' | '#' | '+' | '=') => true,
        Lexeme::Mark('-' | '\u{2010}' | '\u{2011}') if at > 1 && !lexemes[at - 1].spaced => {
            matches!(lexemes[at - 2].lexeme,
                Lexeme::Letters(letters) if is_name(letters) && sense(&letters.to_lowercase()) != Sense::Hedge)
        }
        _ => false,
    }
}

/// How long the time of day is that begins here, if one does.
fn time(lexemes: &[Placed], at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut sure = false;
    while let Some(mark @ (':' | '.')) = glued_mark(lexemes, end) {
        if !is_glued_digits(lexemes, end + 1) {
            break;
        }
        sure |= mark == ':';
        end += 2;
    }
    match (meridiem(lexemes, end), sure) {
        (Some(length), _) => Some(end + length - at),
        (None, true) => Some(end - at),
        (None, false) => None,
    }
}

fn meridiem(lexemes: &[Placed], at: usize) -> Option<usize> {
    let Placed {
        lexeme: Lexeme::Letters(letters),
        spaced,
        ..
    } = lexemes.get(at)?
    else {
        return None;
    };
    match letters.to_lowercase().as_str() {
        "am" | "pm" | "hrs" | "hr" | "hours" | "hour" | "noon" | "nn" | "midnight" => Some(1),
        "h" if !spaced && !is_glued_digits(lexemes, at + 1) => {
            // "1H" is half a year, "0900h" a time.
            matches!(lexemes[at - 1].lexeme, Lexeme::Digits(digits) if digits.len() > 1)
                .then_some(1)
        }
        "a" | "p" if glued_mark(lexemes, at + 1) == Some('.') => {
            let letters = glued_letters(lexemes, at + 2)?;
            letters.eq_ignore_ascii_case("m").then_some(3)
        }
        _ => None,
    }
}

/// How long the decimal, the thousands or the percentage is that begins here, if one does.
fn amount(lexemes: &[Placed], at: usize, digits: &str) -> Option<usize> {
    let mut end = at + 1;
    while let (Some(mark @ ('.' | ',')), Some(Lexeme::Digits(next))) = (
        glued_mark(lexemes, end),
        lexemes.get(end + 1).map(|next| next.lexeme),
    ) {
        let dotted_date = mark == '.' && end == at + 1 && is_dotted_date(lexemes, at);
        let list = mark == ',' && (next.len() != 3 || digits.len() > 3);
        if lexemes[end + 1].spaced || dotted_date || list {
            break;
        }
        end += 2;
    }
    let percentage = matches!(
        lexemes.get(end).map(|next| next.lexeme),
        Some(Lexeme::Mark('%'))
    );
    (end > at + 1 || percentage).then_some(end - at)
}

/// Whether these digits are the day or the month of "15.05.2024".
fn is_dotted_date(lexemes: &[Placed], at: usize) -> bool {
    let digits = |at: usize| match lexemes.get(at) {
        Some(Placed {
            lexeme: Lexeme::Digits(digits),
            ..
        }) => digits.len(),
        _ => 0,
    };
    let is_date = |at: usize| {
        let short =
            (1..3).contains(&digits(at)) && (1..3).contains(&digits(at + 2)) && digits(at + 4) == 4;
        short
            && (1..5).all(|next| !lexemes[at + next].spaced)
            && glued_mark(lexemes, at + 3) == Some('.')
    };
    is_date(at) || at > 1 && glued_mark(lexemes, at - 1) == Some('.') && is_date(at - 2)
}
