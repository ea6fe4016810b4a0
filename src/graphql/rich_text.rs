//! Texts with structure.

use std::sync::Arc;

use async_graphql::SimpleObject;
use entity::body;

/// A text with headings, lists and links, in three forms.
// All three were made when it was written; none is made when it is read.
#[derive(SimpleObject)]
pub struct RichText {
    /// As it was written, in Markdown (CommonMark).
    pub markdown: String,
    /// As HTML without scripts, styles or anything else that could do harm in a page.
    pub html: String,
    /// Without any markup.
    pub plain_text: String,
}

impl From<Arc<body::Model>> for RichText {
    fn from(body: Arc<body::Model>) -> Self {
        let body = Arc::unwrap_or_clone(body);
        Self {
            markdown: body.markdown,
            html: body.html,
            plain_text: body.plain_text,
        }
    }
}
