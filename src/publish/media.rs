//! Media as rows.

use entity::{media, transcript};
use sea_orm::{ActiveEnum, ActiveValue::Set};

use super::{
    Targets,
    batch::{Batch, Columns},
    derived::Told,
};
use crate::document::Media;

impl Batch {
    pub(super) fn add_media(&mut self, row: &Columns<'_>, media: &Media, targets: &Targets) {
        self.media.push(media::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
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
            captions: Set(media.captions),
            has_transcript: Set(media.transcript.is_some()),
        });
        if let Some(text) = &media.transcript {
            self.transcripts.push(transcript::ActiveModel {
                media_id: Set(row.id),
                text: Set(text.clone()),
            });
        }
        self.say(
            row,
            [
                ("altText", media.alt_text.as_deref()),
                ("caption", media.caption.as_deref()),
            ],
        );
        self.quote_at_length(row, media.transcript.as_deref());
        let told = Told {
            kind: Some(media.kind.to_value()),
            ..Told::default()
        };
        self.tell(row, &told, targets);
    }
}
