//! Values that GraphQL has no type for.

mod partial_date;
mod url;

pub use self::{partial_date::DatePrecision, url::Url};
