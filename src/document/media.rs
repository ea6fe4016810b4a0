//! Documents of media.

use entity::media::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, Piece, own::Part, text::text};

/// A picture, a video or a document. Where it is, is the `url` of its piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// What kind of medium it is.
    pub kind: Kind,
    /// The type of the file (RFC 6838).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// The size of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<i64>,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// How long it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_seconds: Option<i32>,
    /// Whose player shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What the provider calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// What it shows, for people who do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt_text: Option<String>,
    /// Whether it only decorates.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decorative: bool,
    /// What is written below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Whether what is said in it can also be read in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub captions: bool,
    /// What is said in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
}

impl Part for Media {
    fn links(&self) -> Vec<Link<'_>> {
        Vec::new()
    }

    fn faults(&self, piece: &Piece) -> Vec<Fault> {
        let mut faults = Vec::new();
        if piece.url.is_none() {
            faults.push(Fault::new("url", "it is missing: say where the medium is"));
        }
        if self.decorative && self.alt_text.is_some() {
            let message = "a decorative picture has no alternative text: leave out one of the two";
            faults.push(Fault::new("alt_text", message));
        }
        if self.provider.is_some() != self.provider_id.is_some() {
            let message = "`provider` and `provider_id` go together: give both or none";
            faults.push(Fault::new("provider", message));
        }
        let sizes = [
            ("bytes", self.bytes),
            ("width", self.width.map(i64::from)),
            ("height", self.height.map(i64::from)),
            ("duration_seconds", self.duration_seconds.map(i64::from)),
        ];
        for (path, size) in sizes {
            if let Some(size) = size.filter(|size| *size < 0) {
                faults.push(Fault::new(path, format!("{size} is below nothing")));
            }
        }
        if let Some(bytes) = self.bytes.filter(|bytes| *bytes > i64::from(i32::MAX)) {
            let message = format!("{bytes} is more than an Int of GraphQL holds: leave it out");
            faults.push(Fault::new("bytes", message));
        }
        let texts = [
            ("mime_type", &self.mime_type, 255),
            ("provider", &self.provider, 64),
            ("provider_id", &self.provider_id, 255),
            ("alt_text", &self.alt_text, 1_000),
            ("caption", &self.caption, 1_000),
            ("transcript", &self.transcript, 1_000_000),
        ];
        let texts = texts
            .into_iter()
            .filter_map(|(path, value, most)| text(path, value.as_ref()?, most));
        faults.extend(texts);
        faults
    }
}
