//! When something was: reads the one date, or the one range of dates, that a text says.
//!
//! A text passes through these modules: [`lexemes`] cuts it into digits, letters and marks, [`mod@tokens`] says what
//! each may mean, with the vocabulary of [`words`] and what [`numbers`] knows of amounts and times, [`mod@points`] finds
//! the days, months and years in them, which [`forms`], [`numerals`] and [`tail`] know how to read, and [`mod@spans`] puts
//! them into the calendar.

mod forms;
mod lexemes;
mod numbers;
mod numerals;
mod points;
mod spans;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::error::Error;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use points::{Manner, points};
use spans::{Accuracy, Span, spans};
use tokens::tokens;

/// When something was, in ISO 8601, as exactly as it is said: `2024`, `2024-05` or `2024-05-15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The date, or the first one of a range.
    pub starts_on: String,
    /// The last date of a range.
    pub ends_on: Option<String>,
}

/// Why a text that looks as if it held a date does not say one for sure: a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure(pub String);

impl fmt::Display for Unsure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Unsure {}

/// The one date or range that a text says; `None` where it says none.
///
/// `year` is the year that is known from elsewhere, for dates that are said without one.
pub fn when(text: &str, year: Option<i32>) -> Result<Option<When>, Unsure> {
    let found = points(&tokens(text));
    if let Some(doubt) = found.doubts.into_iter().next() {
        return Err(Unsure(doubt));
    }
    let mut spans = distinct(spans(&found.points, year).map_err(Unsure)?);
    let has_day = spans.iter().any(|span| span.accuracy == Accuracy::Day);
    if found.fiscal && !has_day {
        return Err(Unsure(
            "a financial or an academic year is no year of the calendar".into(),
        ));
    }
    let Some(span) = spans.pop() else {
        return Ok(None);
    };
    match spans.first() {
        Some(other) => Err(Unsure(format!(
            "{} and {} are both said",
            other.said(),
            span.said()
        ))),
        None if span.manner == Manner::Hedged => {
            Err(Unsure(format!("only a part of {} is meant", span.said())))
        }
        None if span.manner == Manner::Limit => {
            Err(Unsure(format!("{} is only a limit", span.said())))
        }
        None => Ok(Some(span.when())),
    }
}

/// The year that a title names, where it names exactly one.
pub fn year_of(title: &str) -> Option<i32> {
    let found = points(&tokens(title));
    let mut years = found.points.iter().filter_map(|point| point.year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The spans without those that are said twice, or less exactly: "Industry Engagement 2024 (14 May 2024)" says a day.
fn distinct(mut spans: Vec<Span>) -> Vec<Span> {
    let says = |span: &Span| (span.accuracy, span.first, span.last, span.manner);
    spans.sort_by_key(says);
    spans.dedup_by_key(|span| (span.accuracy, span.first, span.last));
    let all = spans.clone();
    spans.retain(|span| !all.iter().any(|other| span.is_said_better_by(other)));
    spans
}

impl Span {
    fn is_said_better_by(&self, other: &Span) -> bool {
        let overlaps = other.first <= self.last && self.first <= other.last;
        // "eGov 2015 (2011 – 2015)".
        let is_end = other.is_range
            && (self.accuracy, other.accuracy) == (Accuracy::Year, Accuracy::Year)
            && (self.first == other.first || self.last == other.last);
        !self.is_range && (overlaps && other.accuracy > self.accuracy || is_end)
    }

    fn when(&self) -> When {
        let starts_on = iso(self.first, self.accuracy);
        When {
            starts_on,
            ends_on: self.is_range.then(|| iso(self.last, self.accuracy)),
        }
    }

    fn said(&self) -> String {
        let When { starts_on, ends_on } = self.when();
        ends_on.map_or_else(
            || starts_on.clone(),
            |ends_on| format!("{starts_on} to {ends_on}"),
        )
    }
}

fn iso(date: NaiveDate, accuracy: Accuracy) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match accuracy {
        Accuracy::Year => format!("{year:04}"),
        Accuracy::Month => format!("{year:04}-{month:02}"),
        Accuracy::Day => format!("{year:04}-{month:02}-{day:02}"),
    }
}
