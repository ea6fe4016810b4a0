//! The least, the greatest and the sum of figures.

use async_graphql::SimpleObject;
use entity::{derived::Of, precision::Precision};
use sea_orm::ActiveEnum;

use crate::{
    document::{Decimal, PartialDate},
    load::{Figure, Key},
};

/// Figures of one unit and one period together.
#[derive(SimpleObject)]
pub struct StatisticAggregate {
    /// What is counted: figures of different units are never added up.
    unit: String,
    /// When the time begins that the figures speak of; nothing where nobody says.
    starts_on: Option<PartialDate>,
    /// When it ends.
    ends_on: Option<PartialDate>,
    /// How many figures there are.
    count: i64,
    /// The least.
    min: Decimal,
    /// The greatest.
    max: Decimal,
    /// All together; nothing if the number is too great for a `Decimal`.
    sum: Option<Decimal>,
}

/// What the figures of a group have in common.
pub const GROUPED_BY: &[(&str, Of)] = &[
    ("unit", Of::Text),
    ("period_start", Of::Date),
    ("period_end", Of::Date),
    ("period_start_precision", Of::Text),
    ("period_end_precision", Of::Text),
];

/// The column with the numbers.
pub const VALUE: &str = "value_micros";

/// A million times the greatest number that a `Decimal` can be, and one.
const END: i128 = 1_000_000_000_000_000_000;

impl StatisticAggregate {
    /// From what was summed up.
    pub fn new(figure: &Figure) -> Self {
        let [unit, start, end, start_precision, end_precision] = figure.of.as_slice() else {
            unreachable!("there are five columns");
        };
        let sum = i64::try_from(figure.sum).ok();
        Self {
            unit: text(unit.as_ref()).unwrap_or_default().to_owned(),
            starts_on: date(start.as_ref(), start_precision.as_ref()),
            ends_on: date(end.as_ref(), end_precision.as_ref()),
            count: figure.count,
            min: Decimal::from_micros(figure.min),
            max: Decimal::from_micros(figure.max),
            sum: sum
                .filter(|_| figure.sum.abs() < END)
                .map(Decimal::from_micros),
        }
    }
}

fn text(key: Option<&Key>) -> Option<&str> {
    match key {
        Some(Key::Text(text)) => Some(text),
        _ => None,
    }
}

fn date(day: Option<&Key>, precision: Option<&Key>) -> Option<PartialDate> {
    let Some(Key::Date(day)) = day else {
        return None;
    };
    let precision =
        text(precision).and_then(|precision| Precision::try_from_value(&precision.to_owned()).ok());
    PartialDate::from_columns(Some(*day), precision)
}
