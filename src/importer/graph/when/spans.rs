//! Puts points into the calendar and joins them to spans of days.

use chrono::{Datelike, Days, Month, Months, NaiveDate};

use super::points::{Joint, Manner, Point};

/// How exactly a date is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Accuracy {
    Year,
    Month,
    Day,
}

/// A date, or a first and a last date, as one passage of the text says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub accuracy: Accuracy,
    pub first: NaiveDate,
    /// The last day of it.
    pub last: NaiveDate,
    pub is_range: bool,
    pub manner: Manner,
}

impl Point {
    pub(super) fn accuracy(&self) -> Accuracy {
        match (self.day, self.month) {
            (Some(_), _) => Accuracy::Day,
            (None, Some(_)) => Accuracy::Month,
            (None, None) => Accuracy::Year,
        }
    }

    /// The one point as a span, or what is wrong with it.
    fn span(&self) -> Result<Span, String> {
        let year = self
            .year
            .ok_or_else(|| format!("{} has no year", self.said()))?;
        let first = NaiveDate::from_ymd_opt(year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .ok_or_else(|| format!("{} is not in the calendar", self.said()))?;
        if let (Some((weekday, _)), Some(_)) = (self.weekdays, self.day)
            && weekday != first.weekday()
        {
            return Err(format!(
                "{first} is a {:?}, not a {weekday:?} as the text says",
                first.weekday()
            ));
        }
        let accuracy = self.accuracy();
        Ok(Span {
            accuracy,
            first,
            last: last_day(first, accuracy),
            is_range: false,
            manner: self.manner,
        })
    }

    /// "15 May 2024", as far as it is said.
    fn said(&self) -> String {
        let month = self.month.map(|month| {
            let known = u8::try_from(month)
                .ok()
                .and_then(|month| Month::try_from(month).ok());
            known.map_or_else(
                || format!("of month {month}"),
                |known| known.name().to_owned(),
            )
        });
        let said = [
            self.day.map(|day| day.to_string()),
            month,
            self.year.map(|year| year.to_string()),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn last_day(first: NaiveDate, accuracy: Accuracy) -> NaiveDate {
    let months = match accuracy {
        Accuracy::Day => return first,
        Accuracy::Month => 1,
        Accuracy::Year => 12,
    };
    let next = first.checked_add_months(Months::new(months));
    next.and_then(|next| next.pred_opt()).unwrap_or(first)
}

/// The spans that points make, or what is wrong with one of them.
pub(super) fn spans(points: &[Point], year: Option<i32>) -> Result<Vec<Span>, String> {
    let year = year.or_else(|| only_year_of_days(points));
    let mut spans = Vec::new();
    for mut passage in passages(points) {
        spread_years(&mut passage, year);
        spans.extend(joined(&passage)?);
    }
    Ok(spans)
}

/// The year of all days that are said with one: "15 November 2022 … on 15 Nov".
fn only_year_of_days(points: &[Point]) -> Option<i32> {
    let mut years = points
        .iter()
        .filter(|point| point.day.is_some())
        .filter_map(|point| point.year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The points that stand together, without the month names that may be other words.
fn passages(points: &[Point]) -> Vec<Vec<Point>> {
    let mut passages: Vec<Vec<Point>> = Vec::new();
    for point in points {
        let together = |passage: &&mut Vec<Point>| {
            passage
                .last()
                .is_some_and(|last| stand_together(last, point))
        };
        match passages.last_mut().filter(together) {
            Some(passage) => passage.push(*point),
            None => passages.push(vec![*point]),
        }
    }
    passages.retain(|passage| !matches!(passage.as_slice(), [Point { doubtful: true, .. }]));
    passages
}

/// "A11y Week 2024 – 15 May" and "15 May 2024, November" are no ranges, "15 May – June 2024" might be one.
fn stand_together(before: &Point, point: &Point) -> bool {
    let (before, after) = (before.accuracy(), point.accuracy());
    match point.joint {
        Joint::None => false,
        Joint::Comma | Joint::And => before == after,
        Joint::Through => before == after || before != Accuracy::Year && after != Accuracy::Year,
    }
}

/// "30 Nov – 2 Dec 2022": a year that is said once is everyone's.
fn spread_years(passage: &mut [Point], year: Option<i32>) {
    let mut known = None;
    for point in passage.iter_mut().rev() {
        point.year = point.year.or(known);
        known = point.year;
    }
    for point in passage {
        point.year = point.year.or(known).or(year);
        known = point.year;
    }
}

fn joined(passage: &[Point]) -> Result<Vec<Span>, String> {
    let mut spans: Vec<Span> = Vec::new();
    for point in passage {
        let next = point.span()?;
        let Some(span) = spans.last_mut() else {
            spans.push(next);
            continue;
        };
        let follows = span.accuracy == Accuracy::Day
            && span.last.checked_add_days(Days::new(1)) == Some(next.first);
        match point.joint {
            Joint::Through => extend(span, &next)?,
            Joint::And if span.manner == Manner::Between && !span.is_range => extend(span, &next)?,
            _ if follows => extend(span, &next)?,
            _ => spans.push(next),
        }
    }
    Ok(spans)
}

fn extend(span: &mut Span, next: &Span) -> Result<(), String> {
    if span.accuracy != next.accuracy {
        return Err(format!(
            "the range from {} to {} has ends of different accuracy",
            span.first, next.first
        ));
    }
    if next.first < span.first {
        return Err(format!(
            "the range ends on {}, before it starts on {}",
            next.first, span.first
        ));
    }
    span.is_range |= next.first > span.first;
    span.last = next.last;
    span.manner = span.manner.max(next.manner);
    Ok(())
}
