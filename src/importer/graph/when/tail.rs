//! What follows a day and its month: the year and the day of the week, in either order.

use chrono::Weekday;

use super::tokens::{Kind, Token};
use super::words::Sense;

/// What follows a day and its month.
pub(super) struct Tail {
    pub year: Option<i32>,
    pub weekdays: Option<(Weekday, Option<Weekday>)>,
    /// "May '24", "15 May 24".
    pub short_year: bool,
    /// The first token that is no part of it.
    pub end: usize,
}

/// The tail that begins at a token; with a dash before the year in "15-May-2024".
pub(super) fn tail(tokens: &[Token], at: usize, dashed: bool) -> Tail {
    let start = at + usize::from(kind(tokens, at) == Some(Kind::Dot));
    let start = start + usize::from(dashed && kind(tokens, start) == Some(Kind::Dash));
    let mut tail = Tail {
        year: None,
        weekdays: None,
        short_year: is_short_year(tokens, start, dashed),
        end: at,
    };
    if tail.short_year {
        tail.end = start + 1;
        return tail;
    }
    take_year(tokens, start, &mut tail);
    let after = if tail.year.is_some() { tail.end } else { start };
    if let Some((weekdays, end)) = weekdays(tokens, after) {
        (tail.weekdays, tail.end) = (Some(weekdays), end);
        if tail.year.is_none() {
            take_year(tokens, end, &mut tail);
        }
    }
    tail
}

fn take_year(tokens: &[Token], at: usize, tail: &mut Tail) {
    let at = at + usize::from(kind(tokens, at) == Some(Kind::Comma));
    if let Some(year) = year(tokens, at) {
        (tail.year, tail.end) = (Some(year), at + 1);
    }
}

/// The year that stands here, if one does.
pub(super) fn year(tokens: &[Token], at: usize) -> Option<i32> {
    match kind(tokens, at)? {
        // "in May, 2000 people".
        _ if kind(tokens, at + 1) == Some(Kind::Word(Sense::Counted)) => None,
        Kind::Number {
            value: value @ 1800..=2199,
            digits: 4,
        } => i32::try_from(value).ok(),
        _ => None,
    }
}

fn is_short_year(tokens: &[Token], at: usize, dashed: bool) -> bool {
    match kind(tokens, at) {
        Some(Kind::ShortYear) => true,
        // "15 May 16 June" is two days.
        Some(Kind::Number { digits: 2, .. }) => {
            dashed
                || !matches!(
                    kind(tokens, at + 1),
                    Some(Kind::Month { .. } | Kind::Dash | Kind::To | Kind::And)
                )
        }
        _ => false,
    }
}

/// "(Wednesday)", ", Tuesday", "(Wed – Fri)", where it is not the beginning of another date.
fn weekdays(tokens: &[Token], at: usize) -> Option<((Weekday, Option<Weekday>), usize)> {
    let mut next = at;
    while matches!(kind(tokens, next), Some(Kind::Comma | Kind::Bracket)) && next < at + 2 {
        next += 1;
    }
    let bracketed = next > at && kind(tokens, next - 1) == Some(Kind::Bracket);
    let first = weekday(tokens, next)?;
    next += 1;
    let joined = matches!(kind(tokens, next), Some(Kind::Dash | Kind::To | Kind::And));
    let last = weekday(tokens, next + 1).filter(|_| joined);
    if last.is_some() {
        next += 2;
    }
    if bracketed {
        next += usize::from(kind(tokens, next) == Some(Kind::Bracket));
        return Some(((first, last), next));
    }
    let after = next + usize::from(matches!(kind(tokens, next), Some(Kind::Comma | Kind::Dot)));
    let is_day = matches!(
        kind(tokens, after),
        Some(Kind::Month { .. } | Kind::Number { digits: 1 | 2, .. })
    );
    (!is_day).then_some(((first, last), next))
}

fn weekday(tokens: &[Token], at: usize) -> Option<Weekday> {
    match kind(tokens, at)? {
        Kind::Weekday(weekday) => Some(weekday),
        _ => None,
    }
}

fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}
