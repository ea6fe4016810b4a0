//! Dates of which only the year, or the year and the month, may be known.

use async_graphql::{Enum, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use entity::precision::Precision;

use crate::document::PartialDate;

/// A date as precise as it is known: `2024`, `2024-10` or `2024-10-08`.
#[Scalar(
    name = "PartialDate",
    specified_by_url = "https://www.loc.gov/standards/datetime/"
)]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// How much of a date is known.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "Precision")]
pub enum DatePrecision {
    /// Only the year, as in `2024`.
    Year,
    /// Year and month, as in `2024-10`.
    Month,
    /// The whole date, as in `2024-10-08`.
    Day,
}

impl From<PartialDate> for DatePrecision {
    fn from(date: PartialDate) -> Self {
        date.precision().into()
    }
}
