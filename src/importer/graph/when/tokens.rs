//! What the pieces of a text may mean for a date.

use chrono::Weekday;

use super::lexemes::{Lexeme, Placed, glued_mark, is_glued_digits, lexemes};
use super::numbers::number;
use super::words::{Alone, Sense, month, sense, weekday};

/// What a piece of text may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number that may be a day, a month or a year.
    Number {
        value: u32,
        digits: usize,
    },
    Month {
        month: u32,
        alone: Alone,
    },
    Weekday(Weekday),
    /// A time of day, or a range of them; of 24 hours in "1700hrs".
    Time {
        of_24: bool,
    },
    Dash,
    To,
    Until,
    And,
    Comma,
    Slash,
    Dot,
    Bracket,
    /// "FY2024", "financial year 2023/24".
    Fiscal,
    /// "Q3", "1H".
    PartOfYear,
    /// "'24".
    ShortYear,
    /// 年.
    YearMark,
    /// 月.
    MonthMark,
    /// 日.
    DayMark,
    Word(Sense),
    Other,
}

/// A piece of text that may belong to a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    /// White space, or the beginning of the text, stands before it.
    pub spaced: bool,
}

/// The tokens of a text, a range of times as one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let lexemes = lexemes(text);
    let mut tokens: Vec<Token> = Vec::with_capacity(lexemes.len());
    let mut at = 0;
    while let Some(placed) = lexemes.get(at) {
        let (kind, length) = match placed.lexeme {
            Lexeme::Digits(digits) => number(&lexemes, at, digits),
            Lexeme::Letters(letters) => word(&lexemes, at, letters),
            Lexeme::Mark(mark) => (punctuation(&lexemes, at, mark), 1),
        };
        at += length;
        tokens.push(Token {
            kind,
            spaced: placed.spaced,
        });
        close_time(&mut tokens);
    }
    tokens
}

/// Makes one time of "9.00am – 5.00pm", "9 to 5pm" and "2000 – 2030hrs", whose numbers are no days and no years.
fn close_time(tokens: &mut Vec<Token>) {
    let [before @ .., from, joint, time] = tokens.as_slice() else {
        return;
    };
    let Kind::Time { of_24 } = time.kind else {
        return;
    };
    let joined = matches!(joint.kind, Kind::Dash | Kind::To | Kind::Until);
    let follows_month = before
        .last()
        .is_some_and(|last| matches!(last.kind, Kind::Month { .. }));
    let is_time = match from.kind {
        Kind::Time { .. } => true,
        // "15 May 2024 – 9am" keeps its year.
        Kind::Number { digits: 4, .. } => of_24,
        // "May 8 – 9am" keeps its day.
        Kind::Number { value: ..=12, .. } => !follows_month,
        _ => false,
    };
    if joined && is_time {
        let (kind, spaced) = (time.kind, from.spaced);
        tokens.truncate(tokens.len() - 3);
        tokens.push(Token { kind, spaced });
    }
}

fn word(lexemes: &[Placed], at: usize, letters: &str) -> (Kind, usize) {
    let lower = letters.to_lowercase();
    if let Some(length) = fiscal(lexemes, at, &lower) {
        return (Kind::Fiscal, length);
    }
    if let ("q" | "h", Some(Lexeme::Digits("1" | "2" | "3" | "4"))) = (
        lower.as_str(),
        lexemes
            .get(at + 1)
            .filter(|next| !next.spaced)
            .map(|next| next.lexeme),
    ) {
        return (Kind::PartOfYear, 2);
    }
    if let Some((month, alone)) = month(letters) {
        return (Kind::Month { month, alone }, 1);
    }
    if let Some(weekday) = weekday(&lower) {
        return (Kind::Weekday(weekday), 1);
    }
    let kind = match lower.as_str() {
        "to" | "through" | "thru" => Kind::To,
        "till" | "til" | "until" => Kind::Until,
        "and" => Kind::And,
        "noon" | "midnight" => Kind::Time { of_24: false },
        lower => Kind::Word(sense(lower)),
    };
    (kind, 1)
}

/// How long the financial or academic year is that begins here, if one does: "FY2024", "FY 2023/24".
fn fiscal(lexemes: &[Placed], at: usize, word: &str) -> Option<usize> {
    let letters = |at: usize| match lexemes.get(at).map(|next| next.lexeme) {
        Some(Lexeme::Letters(letters)) => letters.to_lowercase(),
        _ => String::new(),
    };
    let year = match word {
        "fy" | "ay" => at + 1,
        "financial" | "fiscal" | "academic" if letters(at + 1) == "year" => at + 2,
        _ => return None,
    };
    let Some(Lexeme::Digits(_)) = lexemes.get(year).map(|next| next.lexeme) else {
        return None;
    };
    let second = glued_mark(lexemes, year + 1)
        .is_some_and(|mark| mark == '/' || punctuation_of(mark) == Kind::Dash)
        && is_glued_digits(lexemes, year + 2);
    Some(year + if second { 3 } else { 1 } - at)
}

fn punctuation(lexemes: &[Placed], at: usize, mark: char) -> Kind {
    match (punctuation_of(mark), lexemes.get(at + 1)) {
        // A list's bullet joins nothing.
        (Kind::Dash, Some(next)) if lexemes[at].opens_line && next.spaced => Kind::Other,
        (
            Kind::Other,
            Some(Placed {
                lexeme: Lexeme::Digits(digits),
                spaced: false,
                ..
            }),
        ) if matches!(mark, '\'' | '’' | '‘') && digits.len() == 2 => Kind::ShortYear,
        (kind, _) => kind,
    }
}

fn punctuation_of(mark: char) -> Kind {
    match mark {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '～' | '－' => Kind::Dash,
        '至' | '到' => Kind::To,
        '&' | '＆' => Kind::And,
        ',' | '，' | '、' | ';' => Kind::Comma,
        '/' => Kind::Slash,
        '.' => Kind::Dot,
        '(' | ')' | '（' | '）' | '[' | ']' => Kind::Bracket,
        '年' => Kind::YearMark,
        '月' => Kind::MonthMark,
        '日' | '号' | '號' => Kind::DayMark,
        _ => Kind::Other,
    }
}
