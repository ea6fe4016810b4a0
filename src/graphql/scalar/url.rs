//! Addresses.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// An absolute address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Url(pub String);

/// An absolute address on the web, such as `https://www.scamshield.gov.sg/`.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            // Normalised, so that `HTTPS://Example.sg` finds what `https://example.sg/` names.
            Value::String(text) => match url::Url::parse(&text) {
                Ok(url) => Ok(Self(url.into())),
                Err(_) => Err(InputValueError::custom(
                    "an absolute address is expected, such as https://www.scamshield.gov.sg/",
                )),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl From<String> for Url {
    fn from(url: String) -> Self {
        Self(url)
    }
}
