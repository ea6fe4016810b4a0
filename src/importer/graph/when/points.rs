//! Finds the days, months and years that a text names, each as far as it is said.

use chrono::Weekday;

use super::forms::{Form, form};
use super::tokens::{Kind, Token};
use super::words::{Alone, Sense};

/// How two points stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Words stand between them.
    None,
    /// "15, 16".
    Comma,
    /// "15 and 16", "15/16".
    And,
    /// "15 – 17", "15 to 17".
    Through,
}

/// What the words before a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    Plain,
    /// "between": the date and the next are a range.
    Between,
    /// "early", "Q3": some part of it.
    Hedged,
    /// "by", "until": only an end.
    Limit,
}

/// A day, a month or a year that a text names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// The day of the week beside it, or the first and the last: "15–17 May (Wed – Fri)".
    pub weekdays: Option<(Weekday, Option<Weekday>)>,
    /// How it stands to the point before.
    pub joint: Joint,
    /// What the words before it make of it.
    pub manner: Manner,
    /// A month's name without a day or a year, that may be another word.
    pub doubtful: bool,
}

/// What a text names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub points: Vec<Point>,
    /// What looks like a date but may not be read for sure.
    pub doubts: Vec<String>,
    /// A financial or academic year stands in the text.
    pub fiscal: bool,
}

/// The points of a text, in its order.
pub(super) fn points(tokens: &[Token]) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    let mut free_from = 0;
    while at < tokens.len() {
        if tokens[at].kind == Kind::Fiscal {
            found.fiscal = true;
        }
        let previous = found.points.last().copied();
        match form(tokens, at, previous.as_ref()) {
            None => at += 1,
            Some(Form {
                doubt: Some(doubt),
                end,
                ..
            }) => {
                found.doubts.push(doubt.to_owned());
                at = end.max(at + 1);
                free_from = at;
            }
            Some(Form { points, end, .. }) => {
                place(tokens, free_from, at, end, points, &mut found);
                (at, free_from) = (end, end);
            }
        }
    }
    found
}

/// Adds the points of a form with what the words around it say of them.
fn place(
    tokens: &[Token],
    free_from: usize,
    start: usize,
    end: usize,
    mut points: Vec<Point>,
    found: &mut Found,
) {
    let free = &tokens[free_from..start];
    let (leading, before) = leading_weekdays(free);
    let joint = if found.points.is_empty() {
        Joint::None
    } else {
        joint(free)
    };
    lead(&mut points, leading);
    spread_weekdays(&mut points);
    let hedged = has_hedge(free) || kind_at(tokens, end) == Some(Kind::PartOfYear);
    let after_link = is_after(free, Sense::Link) || is_after(free, Sense::Article);
    let needs_link = matches!(kind_at(tokens, start), Some(Kind::Month { alone, .. }) if alone == Alone::AfterLink);
    if let Some(point) = points.first_mut() {
        point.joint = joint;
        point.doubtful &= !(after_link && needs_link);
        point.manner = if joint == Joint::None && has_limit(before) {
            Manner::Limit
        } else if hedged && point.day.is_none() {
            Manner::Hedged
        } else if is_after(before, Sense::Between) {
            Manner::Between
        } else {
            Manner::Plain
        };
    }
    found.points.append(&mut points);
}

fn kind_at(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}

/// "Wednesday to Friday, 15 to 17 May": the weekdays before a date are its first and its last day's.
fn lead(points: &mut [Point], weekdays: Option<(Weekday, Option<Weekday>)>) {
    match (weekdays, points) {
        (Some((weekday, None)), [first, ..]) => first.weekdays = Some((weekday, None)),
        (Some((from, Some(to))), [first, .., last]) => {
            first.weekdays = Some((from, None));
            last.weekdays = Some((to, None));
        }
        _ => {}
    }
}

/// "15–17 May (Wed – Fri)": the first weekday is the first day's.
fn spread_weekdays(points: &mut [Point]) {
    let [first, .., last] = points else { return };
    if let Some((from, Some(to))) = last.weekdays {
        first.weekdays = Some((from, None));
        last.weekdays = Some((to, None));
    }
}

/// The weekdays at the end of what stands before a date, and what stands before them.
fn leading_weekdays(free: &[Token]) -> (Option<(Weekday, Option<Weekday>)>, &[Token]) {
    let kept = trimmed(free, |kind| {
        matches!(
            kind,
            Kind::Comma | Kind::Dot | Kind::Bracket | Kind::Word(Sense::Article)
        )
    });
    let [
        before @ ..,
        Token {
            kind: Kind::Weekday(last),
            ..
        },
    ] = kept
    else {
        return (None, free);
    };
    if let [
        earlier @ ..,
        Token {
            kind: Kind::Weekday(first),
            ..
        },
        joint,
    ] = before
        && matches!(joint.kind, Kind::Dash | Kind::To | Kind::And)
    {
        return (Some((*first, Some(*last))), earlier);
    }
    (Some((*last, None)), before)
}

fn trimmed(tokens: &[Token], skip: impl Fn(Kind) -> bool) -> &[Token] {
    let kept = tokens
        .iter()
        .rposition(|token| !skip(token.kind))
        .map_or(0, |last| last + 1);
    &tokens[..kept]
}

/// What the tokens between two points make of them: nothing may stand there but times, weekdays and one joint.
fn joint(between: &[Token]) -> Joint {
    let mut joint = Joint::None;
    let mut comma = false;
    for token in between {
        let said = match token.kind {
            Kind::Time { .. }
            | Kind::Bracket
            | Kind::Weekday(_)
            | Kind::Dot
            | Kind::Word(Sense::Article) => continue,
            Kind::Comma => {
                comma = true;
                continue;
            }
            Kind::Dash | Kind::To | Kind::Until => Joint::Through,
            Kind::And | Kind::Slash => Joint::And,
            _ => return Joint::None,
        };
        if joint != Joint::None {
            return Joint::None;
        }
        joint = said;
    }
    if joint == Joint::None && comma {
        Joint::Comma
    } else {
        joint
    }
}

fn is_after(free: &[Token], sense: Sense) -> bool {
    free.last()
        .is_some_and(|last| last.kind == Kind::Word(sense))
}

fn has_hedge(free: &[Token]) -> bool {
    let kept = trimmed(free, |kind| {
        matches!(kind, Kind::Dash | Kind::Word(Sense::Article))
    });
    kept.last()
        .is_some_and(|last| matches!(last.kind, Kind::Word(Sense::Hedge) | Kind::PartOfYear))
}

fn has_limit(free: &[Token]) -> bool {
    let kept = trimmed(free, |kind| {
        matches!(kind, Kind::Time { .. } | Kind::Word(Sense::Article))
    });
    kept.last()
        .is_some_and(|last| matches!(last.kind, Kind::Word(Sense::Limit) | Kind::To | Kind::Until))
}
