//! Dates of which only the year, or the year and the month, may be known.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use entity::precision::Precision;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Fault;

/// A date as precise as it is known: `2024`, `2024-10` or `2024-10-08` (ISO 8601, section 5.2.2.1 on
/// reduced accuracy).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    date: NaiveDate,
    precision: Precision,
}

impl PartialDate {
    /// The date that two columns hold.
    pub fn from_columns(date: Option<NaiveDate>, precision: Option<Precision>) -> Option<Self> {
        Some(Self {
            date: date?,
            precision: precision.unwrap_or(Precision::Day),
        })
    }

    /// The first day that it may mean.
    pub fn first_day(self) -> NaiveDate {
        self.date
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The last day that it may mean.
    pub fn last_day(self) -> NaiveDate {
        let next = match self.precision {
            Precision::Year => NaiveDate::from_ymd_opt(self.date.year() + 1, 1, 1),
            Precision::Month => self.date.checked_add_months(chrono::Months::new(1)),
            Precision::Day => return self.date,
        };
        next.and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX)
    }
}

/// The day that stands for none where a column must have one: the first that all engines know.
pub const NO_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("it is in the calendar");

/// A whole day of the calendar, as `2024-10-08`: from year 1 to 9999, which all engines know.
pub fn day(text: &str) -> Option<NaiveDate> {
    let date: PartialDate = text.parse().ok()?;
    (date.precision == Precision::Day).then_some(date.date)
}

/// Reads a field that may hold a day.
pub(super) fn optional_day<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    let read = |text: String| {
        day(&text).ok_or_else(|| {
            de::Error::custom(format!(
                "`{}` is no day: a day is written 2024-10-08",
                cut(&text)
            ))
        })
    };
    text.map(read).transpose()
}

/// What a partial date looks like, for messages.
const FORM: &str = "a date is written 2024, 2024-10 or 2024-10-08";

impl FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let precision = match text.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            10 => Precision::Day,
            _ => return Err(format!("`{}` is no date: {FORM}", cut(text))),
        };
        let whole = match precision {
            Precision::Year => format!("{text}-01-01"),
            Precision::Month => format!("{text}-01"),
            Precision::Day => text.to_owned(),
        };
        let digits = |at: &[usize]| {
            whole.bytes().enumerate().all(|(index, byte)| {
                if at.contains(&index) {
                    byte == b'-'
                } else {
                    byte.is_ascii_digit()
                }
            })
        };
        if !digits(&[4, 7]) {
            return Err(format!("`{text}` is no date: {FORM}"));
        }
        let date = whole
            .parse::<NaiveDate>()
            .ok()
            .filter(|date| date.year() > 0);
        let date = date.ok_or_else(|| format!("`{text}` is not in the calendar: {FORM}"))?;
        Ok(Self { date, precision })
    }
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.date.year(), self.date.month());
        match self.precision {
            Precision::Year => write!(out, "{year:04}"),
            Precision::Month => write!(out, "{year:04}-{month:02}"),
            Precision::Day => self.date.fmt(out),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// YAML reads a lone year as a number.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Year(u16),
            Text(String),
        }
        let text = match Written::deserialize(deserializer) {
            Ok(Written::Year(year)) => format!("{year:04}"),
            Ok(Written::Text(text)) => text,
            Err(_) => return Err(de::Error::custom(FORM)),
        };
        text.parse().map_err(de::Error::custom)
    }
}

/// What ends must not end before it began, as far as both dates tell.
pub(super) fn in_order(
    start: &str,
    starts: Option<PartialDate>,
    end: &str,
    ends: Option<PartialDate>,
) -> Option<Fault> {
    let (starts, ends) = (starts?, ends?);
    (ends.last_day() < starts.first_day()).then(|| {
        let message = format!("{ends} is before `{start}`, which is {starts}");
        Fault::new(end, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_written_comes_back() {
        for text in ["2024", "2024-10", "2024-02-29", "0001-01-01"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn a_date_spans_all_days_that_it_may_mean() {
        let days = |text| (date(text).first_day(), date(text).last_day());
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(days("2024"), (day("2024-01-01"), day("2024-12-31")));
        assert_eq!(days("2024-02"), (day("2024-02-01"), day("2024-02-29")));
        assert_eq!(days("2024-02-03"), (day("2024-02-03"), day("2024-02-03")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "24",
            "2024-13",
            "2023-02-29",
            "2024-1-1",
            "2024/10",
            "0000",
            "+024",
            "2024-10-8",
            "８８８８",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
