//! The forms in which a text writes a date: "15–17 May 2024", "May 15, 2024", "November", "2024".

use super::numerals::{ideographic, numeric};
use super::points::{Joint, Manner, Point};
use super::tail::{Tail, tail, year};
use super::tokens::{Kind, Token};
use super::words::{Alone, Sense};

/// A date as it is written, or why it is none.
pub(super) struct Form {
    pub points: Vec<Point>,
    pub doubt: Option<&'static str>,
    /// The first token that is no part of it.
    pub end: usize,
}

const FIRST_DAY: &str = "a number before the date may be its first day";
const DAY_OR_COUNT: &str = "a number after a month may be its day or count something";
const SHORT_YEAR: &str = "a year of two digits may be read in more than one way";

/// A list of days longer than this is no date, and reading on would take quadratic time.
const DAYS: usize = 12;

/// The date that begins at a token, if one does.
pub(super) fn form(tokens: &[Token], at: usize, previous: Option<&Point>) -> Option<Form> {
    match tokens[at].kind {
        Kind::Number {
            digits: 1 | 2 | 4, ..
        } => numeric(tokens, at)
            .or_else(|| ideographic(tokens, at, previous))
            .or_else(|| day_first(tokens, at))
            .or_else(|| year_alone(tokens, at)),
        Kind::Month { month, alone } => Some(
            month_first(tokens, at, month).unwrap_or_else(|| month_alone(tokens, at, month, alone)),
        ),
        _ => None,
    }
}

/// What the token at a place may mean.
pub(super) fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}

/// A form that says these points.
pub(super) fn sure(points: Vec<Point>, end: usize) -> Form {
    Form {
        points,
        doubt: None,
        end,
    }
}

/// A form that says nothing for sure, and why.
pub(super) fn doubt(why: &'static str, end: usize) -> Form {
    Form {
        points: Vec::new(),
        doubt: Some(why),
        end,
    }
}

/// A point of which nothing else is known yet.
pub(super) fn point(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Point {
    Point {
        year,
        month,
        day,
        weekdays: None,
        joint: Joint::None,
        manner: Manner::Plain,
        doubtful: false,
    }
}

/// "15 May 2024", "15–17 May", "14, 15 and 16 May 2024".
fn day_first(tokens: &[Token], at: usize) -> Option<Form> {
    let (days, end) = days(tokens, at);
    let end = end + usize::from(kind(tokens, end) == Some(Kind::Word(Sense::Article)));
    // "15-May-2024".
    let dashed = days.len() == 1 && is_glued_dash(tokens, end);
    let end = end + usize::from(dashed);
    let Kind::Month { month, alone } = kind(tokens, end)? else {
        return None;
    };
    match first_number(tokens, at, &days) {
        First::Day => {}
        First::Other => return None,
        First::Either => return Some(doubt(FIRST_DAY, end)),
    }
    let tail = tail(tokens, end + 1, dashed);
    if tail.year.is_none() && matches!(month, 3 | 5) && alone == Alone::Never {
        return None;
    }
    Some(dated(&days, month, &tail))
}

/// What the first number of a list is.
enum First {
    Day,
    Other,
    Either,
}

/// "Level 3, 10 May" and "Day 1 – 15 May" begin with no day, "Open Day 15–17 May" does.
fn first_number(tokens: &[Token], at: usize, days: &[(u32, Joint)]) -> First {
    let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
    let several = days.len() > 1;
    match (before, days) {
        (Some(Kind::Word(Sense::Place)), _) => First::Other,
        (Some(Kind::Word(Sense::Numbered)), _) if several && tokens[at + 1].spaced => {
            let named = at > 1 && matches!(tokens[at - 2].kind, Kind::Word(_));
            if named { First::Either } else { First::Other }
        }
        // "9, 10 May" may be two days, "3, 10 May" is one.
        (_, [.., (before_last, _), (last, Joint::Comma)]) if before_last + 1 == *last => {
            First::Either
        }
        (_, [.., (_, Joint::Comma)]) if several => First::Other,
        _ => First::Day,
    }
}

/// "May 15, 2024", "May 15–17".
fn month_first(tokens: &[Token], at: usize, month: u32) -> Option<Form> {
    let first = at + 1 + usize::from(kind(tokens, at + 1) == Some(Kind::Dot));
    let first = first + usize::from(is_glued_dash(tokens, first));
    let (mut days, mut end) = days(tokens, first);
    // "May 15 – 3 June", "May 15, 10 Pasir Panjang Road": the last number is not a day of this month.
    let counts = |end| kind(tokens, end) == Some(Kind::Word(Sense::Counted));
    let precedes_month = |end| matches!(kind(tokens, end), Some(Kind::Month { .. }));
    let foreign = counts(end) || precedes_month(end);
    if days.len() > 1 && (foreign || days.last().is_some_and(|day| day.1 == Joint::Comma)) {
        days.truncate(1);
        end = first + 1;
    }
    if days.is_empty() || days.len() == 1 && precedes_month(end) {
        return None;
    }
    let tail = tail(tokens, end, false);
    let is_followed = counts(end) || kind(tokens, end) == Some(Kind::Word(Sense::Plain));
    if tail.year.is_none() && is_followed {
        return Some(doubt(DAY_OR_COUNT, end));
    }
    Some(dated(&days, month, &tail))
}

fn is_glued_dash(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Dash && !token.spaced)
}

/// The days of a month, with what follows them.
fn dated(days: &[(u32, Joint)], month: u32, tail: &Tail) -> Form {
    if tail.short_year {
        return doubt(SHORT_YEAR, tail.end);
    }
    let last = days.len() - 1;
    let day = |(index, (day, joint)): (usize, &(u32, Joint))| Point {
        joint: *joint,
        weekdays: tail.weekdays.filter(|_| index == last),
        ..point(tail.year, Some(month), Some(*day))
    };
    sure(days.iter().enumerate().map(day).collect(), tail.end)
}

/// The list of days that begins here, each with how it stands to the one before, and the first token after it.
fn days(tokens: &[Token], at: usize) -> (Vec<(u32, Joint)>, usize) {
    let mut days = Vec::new();
    let (mut end, mut next, mut joint) = (at, at, Joint::None);
    while let Some(Kind::Number {
        value: day @ 1..=31,
        digits: 1 | 2,
    }) = kind(tokens, next)
        && days.len() < DAYS
    {
        days.push((day, joint));
        end = next + 1;
        (joint, next) = match (kind(tokens, end), kind(tokens, end + 1)) {
            (Some(Kind::Dash | Kind::To | Kind::Until), _) => (Joint::Through, end + 1),
            (Some(Kind::And | Kind::Slash), _) => (Joint::And, end + 1),
            (Some(Kind::Comma), Some(Kind::And)) => (Joint::And, end + 2),
            (Some(Kind::Comma), _) => (Joint::Comma, end + 1),
            _ => break,
        };
        next += usize::from(kind(tokens, next) == Some(Kind::Word(Sense::Article)));
    }
    (days, end)
}

/// "May 2024", "November".
fn month_alone(tokens: &[Token], at: usize, month: u32, alone: Alone) -> Form {
    let mut end = at + 1;
    while matches!(
        kind(tokens, end),
        Some(Kind::Dot | Kind::Comma | Kind::Word(Sense::Article))
    ) && end < at + 3
    {
        end += 1;
    }
    let end = if is_glued_dash(tokens, at + 1) {
        at + 2
    } else {
        end
    };
    if let Some(year) = year(tokens, end) {
        return sure(vec![point(Some(year), Some(month), None)], end + 1);
    }
    if kind(tokens, end) == Some(Kind::ShortYear) {
        return doubt(SHORT_YEAR, end + 2);
    }
    let month = Point {
        doubtful: alone != Alone::Always,
        ..point(None, Some(month), None)
    };
    sure(vec![month], at + 1)
}

/// "2024", where it counts nothing and numbers nothing.
fn year_alone(tokens: &[Token], at: usize) -> Option<Form> {
    let year = year(tokens, at).filter(|year| (1950..=2099).contains(year))?;
    let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
    let after = kind(tokens, at + 1);
    let other_number = |kind: Option<Kind>| matches!(kind, Some(Kind::Number { value, .. }) if !(1950..=2099).contains(&value));
    let number = matches!(before, Some(Kind::Word(Sense::Quantity | Sense::Place)))
        || matches!(after, Some(Kind::Word(Sense::Counted)))
        || other_number(before)
        || other_number(after);
    (!number).then(|| sure(vec![point(Some(year), None, None)], at + 1))
}
