//! The forms of a date in digits alone: "2024-05-15", "15/05/2024", "2024年5月15日".

use super::forms::{Form, doubt, kind, point, sure};
use super::points::{Joint, Point};
use super::tokens::{Kind, Token};

/// A number that is glued to the one before it by this mark.
fn glued(tokens: &[Token], at: usize, mark: Kind) -> Option<(u32, usize)> {
    match (tokens.get(at)?, tokens.get(at + 1)?) {
        (
            Token {
                kind: joint,
                spaced: false,
            },
            Token {
                kind: Kind::Number { value, digits },
                spaced: false,
            },
        ) if *joint == mark => Some((*value, *digits)),
        _ => None,
    }
}

/// "2024-05-15", "15/05/2024", "15.05.2024", "2024-05", "2016–18".
pub(super) fn numeric(tokens: &[Token], at: usize) -> Option<Form> {
    let Kind::Number {
        value: first,
        digits,
    } = tokens[at].kind
    else {
        return None;
    };
    let mark =
        kind(tokens, at + 1).filter(|kind| matches!(kind, Kind::Dash | Kind::Slash | Kind::Dot))?;
    let second = glued(tokens, at + 1, mark)?;
    let third = glued(tokens, at + 3, mark);
    let end = at + 5;
    match (digits, second, third) {
        (4, (month, 1 | 2), Some((day, 1 | 2))) => Some(sure(
            vec![point(i32::try_from(first).ok(), Some(month), Some(day))],
            end,
        )),
        (1 | 2, (month, 1 | 2), Some((year, 4))) => Some(day_month_year(first, month, year, end)),
        (1 | 2, (1..=12, 1 | 2), Some((_, 2))) if mark == Kind::Slash => Some(doubt(
            "a date whose year has two digits may be read in more than one way",
            end,
        )),
        (1 | 2, (1950..=2099, 4), None) if mark == Kind::Slash && first <= 12 => Some(doubt(
            "a month and a year in digits may be something else",
            at + 3,
        )),
        (4, (next, 2), None) if (1950..=2099).contains(&first) => {
            year_and_two_digits(tokens, at, first, next, mark)
        }
        (4, (1950..=2099, 4), None) if mark == Kind::Slash => Some(doubt(
            "two years with a slash are a financial or an academic year",
            at + 3,
        )),
        _ => None,
    }
}

fn day_month_year(day: u32, month: u32, year: u32, end: usize) -> Form {
    if day <= 12 && month <= 12 && day != month {
        return doubt("day and month may be read either way round", end);
    }
    sure(
        vec![point(i32::try_from(year).ok(), Some(month), Some(day))],
        end,
    )
}

/// "2024-05" is a month, "2016-18" a range of years; "2010-12" may be either, "2023/24" is a financial year.
fn year_and_two_digits(
    tokens: &[Token],
    at: usize,
    year: u32,
    next: u32,
    mark: Kind,
) -> Option<Form> {
    // "2024-15 May 2024" and "2024.15 May" are none of them.
    if mark == Kind::Dot || matches!(kind(tokens, at + 3), Some(Kind::Month { .. })) {
        return None;
    }
    let later = next > year % 100;
    let is_month = (1..=12).contains(&next);
    let first = i32::try_from(year).ok();
    Some(match (mark, later, is_month) {
        (Kind::Slash, ..) => doubt(
            "a year with two digits after it may be a financial or an academic year",
            at + 3,
        ),
        (_, false, true) => sure(vec![point(first, Some(next), None)], at + 3),
        (_, true, false) => {
            let last = i32::try_from(year - year % 100 + next).ok();
            let to = Point {
                joint: Joint::Through,
                ..point(last, None, None)
            };
            sure(vec![point(first, None, None), to], at + 3)
        }
        _ => doubt(
            "a year with two digits after it may be a month or a range of years",
            at + 3,
        ),
    })
}

/// "2024年5月15日", and "17日" after "5月15日至".
pub(super) fn ideographic(tokens: &[Token], at: usize, previous: Option<&Point>) -> Option<Form> {
    let mut point = point(None, None, None);
    let mut end = at;
    while let Some(Kind::Number { value, digits }) = kind(tokens, end) {
        match kind(tokens, end + 1) {
            Some(Kind::YearMark) if end == at && digits == 4 => {
                point.year = i32::try_from(value).ok();
            }
            Some(Kind::MonthMark) if point.month.is_none() => point.month = Some(value),
            Some(Kind::DayMark) if point.day.is_none() => point.day = Some(value),
            _ => break,
        }
        end += 2;
        if point.day.is_some() {
            break;
        }
    }
    let whole = end > at && (point.year.is_some() || point.month.is_some());
    match previous {
        _ if whole && (point.month.is_some() || point.day.is_none()) => {
            Some(sure(vec![point], end))
        }
        Some(previous)
            if end > at && at > 0 && matches!(tokens[at - 1].kind, Kind::To | Kind::Dash) =>
        {
            (point.year, point.month) = (previous.year, previous.month);
            Some(sure(vec![point], end))
        }
        _ => None,
    }
}
