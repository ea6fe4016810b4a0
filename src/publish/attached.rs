//! What hangs off content of any kind, as rows: topics, sources, translations, contacts.

use std::collections::{BTreeSet, HashMap};

use chrono::SubsecRound;
use entity::{contact, node::Kind, node_page, node_topic, source, translation};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    Targets,
    batch::{Batch, Columns},
    text,
};

impl Batch {
    pub(super) fn add_attached(
        &mut self,
        row: &Columns<'_>,
        made_from: &HashMap<String, i32>,
        targets: &Targets,
    ) {
        let piece = row.piece;
        for topic in &piece.topics {
            self.node_topics.push(node_topic::ActiveModel {
                node_id: Set(row.id),
                topic_id: Set(targets.id(Kind::Topic, topic)),
                node_sort_title: Set(row.sort_title()),
            });
        }
        let pages: BTreeSet<_> = piece.sources.iter().map(|source| &source.page).collect();
        for page in pages {
            self.node_pages.push(node_page::ActiveModel {
                node_id: Set(row.id),
                page_id: Set(targets.id(Kind::Page, page)),
            });
        }
        for (source, position) in piece.sources.iter().zip(1..) {
            self.sources.push(source::ActiveModel {
                id: Set(derived(row.id, &format!("source {position}"))),
                node_id: Set(row.id),
                position: Set(position),
                page_id: Set(targets.id(Kind::Page, &source.page)),
                field: Set(source.field.clone()),
                locator: Set(source.locator.clone()),
                quoted_words: Set(source.quoted_words.clone()),
                // PostgreSQL keeps microseconds.
                retrieved_at: Set(source.retrieved_at.map(|at| at.trunc_subsecs(6))),
                content_hash: Set(source.content_hash.clone()),
            });
        }
        for translation in &piece.translations {
            let body = translation.body.as_ref().map(|body| text::render(body));
            let (html, plain_text) = body.unzip();
            let language = &translation.language;
            self.translations.push(translation::ActiveModel {
                id: Set(derived(row.id, &format!("translation {language}"))),
                node_id: Set(row.id),
                language: Set(language.clone()),
                status: Set(translation.status),
                title: Set(translation.title.clone()),
                summary: Set(translation.summary.clone()),
                body_markdown: Set(translation.body.clone()),
                body_html: Set(html),
                body_plain_text: Set(plain_text),
                made_from_edition: Set(made_from.get(language).copied().unwrap_or(1)),
            });
        }
        for (contact, position) in piece.contacts.iter().zip(1..) {
            self.contacts.push(contact::ActiveModel {
                id: Set(derived(row.id, &format!("contact {position}"))),
                node_id: Set(row.id),
                position: Set(position),
                address: Set(contact.address.clone()),
                purpose: Set(contact.purpose.clone()),
            });
        }
    }
}

/// The identifier of something that belongs to a piece: the same in every database.
pub(super) fn derived(node: Uuid, name: &str) -> Uuid {
    Uuid::new_v5(&node, name.as_bytes())
}
