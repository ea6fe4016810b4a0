//! Exact numbers.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::document::Decimal;

/// An exact decimal number, written as text so that no client makes a float of it: `3360000000`, `62.5`.
/// It has at most 12 digits before the point and 6 behind it.
#[Scalar(
    name = "Decimal",
    specified_by_url = "https://www.w3.org/TR/xmlschema-2/#decimal"
)]
impl ScalarType for Decimal {
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
