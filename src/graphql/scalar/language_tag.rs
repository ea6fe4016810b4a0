//! Languages.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LanguageTag(pub String);

impl LanguageTag {
    /// The languages that serve it, in small letters: itself, then the same without its last subtag, and so on
    /// (RFC 4647, section 3.4, lookup).
    pub fn ranges(&self) -> Vec<String> {
        let shorter = |range: &String| range.rsplit_once('-').map(|(range, _)| range.to_owned());
        std::iter::successors(Some(self.0.to_lowercase()), shorter).collect()
    }
}

/// A language, such as `en`, `ms`, `zh-Hans` or `ta` (BCP 47).
#[Scalar(
    name = "LanguageTag",
    specified_by_url = "https://www.rfc-editor.org/info/bcp47"
)]
impl ScalarType for LanguageTag {
    fn parse(value: Value) -> InputValueResult<Self> {
        let subtag = |text: &str| {
            (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        match value {
            Value::String(tag) if tag.len() <= 35 && tag.split('-').all(subtag) => Ok(Self(tag)),
            Value::String(_) => Err(InputValueError::custom(
                "a language is written as a tag, such as en, ms, zh-Hans or ta",
            )),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
