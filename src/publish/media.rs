//! Media as rows.

use entity::media;
use sea_orm::ActiveValue::Set;

use super::batch::{Batch, Columns};
use crate::document::Media;

impl Batch {
    pub(super) fn add_media(&mut self, row: &Columns<'_>, media: &Media) {
        self.media.push(media::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            kind: Set(media.kind),
            source_url: Set(row.piece.url.clone().unwrap_or_default()),
            mime_type: Set(media.mime_type.clone()),
            bytes: Set(media.bytes),
            width: Set(media.width),
            height: Set(media.height),
            duration_seconds: Set(media.duration_seconds),
            provider: Set(media.provider.clone()),
            provider_id: Set(media.provider_id.clone()),
            alt_text: Set(media.alt_text.clone()),
            decorative: Set(media.decorative),
            caption: Set(media.caption.clone()),
            transcript: Set(media.transcript.clone()),
        });
    }
}
