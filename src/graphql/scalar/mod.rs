//! Values that GraphQL has no type for.

mod date;
mod decimal;
mod language_tag;
mod partial_date;
mod url;

pub use self::{date::Date, language_tag::LanguageTag, partial_date::DatePrecision, url::Url};
