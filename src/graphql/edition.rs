//! Editions: content as it was.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{
    edition::{Column, Entity, Model},
    edition_document, node,
};
use sea_orm::DbErr;
use serde_json::Value;
use uuid::Uuid;

use super::scalar::{LanguageTag, Url};
use crate::{
    document::{self, AnySlug},
    error::Result,
    load::{By, ById, Order, Relation, Row, rows},
};

pub struct Edition(Arc<Model>);

/// A version of a piece of content.
#[Object]
impl Edition {
    /// Its number, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When it was published.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.published_at
    }

    /// Whether it is the one that is shown.
    async fn current(&self) -> bool {
        self.0.state == entity::edition::State::Published
    }

    /// What differs from the edition before: names of fields of the document.
    async fn changed_fields(&self) -> Vec<String> {
        texts(&self.0.fields)
    }

    /// The piece as it was.
    async fn document(&self, ctx: &Context<'_>) -> Result<Document> {
        let document = ById::<edition_document::Entity>::new(self.0.id);
        let document = rows(ctx).ask(document).await?;
        // Both are written in one transaction.
        let document = document.ok_or_else(|| DbErr::RecordNotFound(self.0.id.to_string()))?;
        Ok(Document {
            of: self.0.node_id,
            document,
        })
    }
}

/// A piece of content as an edition has it.
pub struct Document {
    of: Uuid,
    document: Arc<edition_document::Model>,
}

/// A piece of content as it was in one of its editions. Other pieces are named as they were named then.
#[Object]
impl Document {
    /// Its name in addresses.
    async fn slug(&self) -> &str {
        self.text("slug").unwrap_or_default()
    }

    /// Its name as people read it.
    async fn title(&self) -> &str {
        self.text("title").unwrap_or_default()
    }

    /// What it was.
    async fn summary(&self) -> &str {
        self.text("summary").unwrap_or_default()
    }

    /// All that was written about it, in Markdown.
    async fn body_markdown(&self) -> Option<&str> {
        self.text("body")
    }

    /// Its public address.
    async fn url(&self) -> Option<Url> {
        Some(Url(self.text("url")?.to_owned()))
    }

    /// The language of its words.
    async fn language(&self) -> Option<LanguageTag> {
        Some(LanguageTag(self.text("language")?.to_owned()))
    }

    /// Its licence.
    async fn licence(&self) -> Option<&str> {
        self.text("licence")
    }

    /// The pieces that it named, in the order of its fields.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<DocumentLink>> {
        let node = rows(ctx).ask(ById::<node::Entity>::new(self.of)).await?;
        let document = || self.document.document.clone();
        let read = node.and_then(|node| document::read(node.kind, document()).0);
        let links = read.iter().flat_map(document::Document::links);
        Ok(links
            .map(|link| DocumentLink {
                path: link.path,
                to: AnySlug {
                    kind: link.kind,
                    slug: link.slug.clone(),
                }
                .to_string(),
            })
            .collect())
    }

    /// Its other fields, by name.
    async fn details(&self) -> Vec<DocumentDetail> {
        let Value::Object(fields) = &self.document.document else {
            return Vec::new();
        };
        let own = fields
            .iter()
            .filter(|(name, _)| !SHOWN.contains(&name.as_str()));
        own.map(|(name, value)| DocumentDetail {
            field: name.clone(),
            values: texts(value),
        })
        .collect()
    }
}

/// The fields of a document that have fields of their own here.
const SHOWN: [&str; 7] = [
    "slug", "title", "summary", "body", "url", "language", "licence",
];

impl Document {
    fn text(&self, field: &str) -> Option<&str> {
        self.document.document[field].as_str()
    }
}

/// A piece that a document names.
#[derive(SimpleObject)]
pub struct DocumentLink {
    /// Where in the document, such as `partners[1].partner`.
    path: String,
    /// Which piece: its kind and slug, such as `partner:govtech`.
    to: String,
}

/// A field of a document.
#[derive(SimpleObject)]
pub struct DocumentDetail {
    /// The field's name.
    field: String,
    /// Its value; several for a list; of what has parts, the parts' values with their names.
    values: Vec<String>,
}

/// A value as texts: one for each item of a list.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            let part =
                |(name, value): (&String, &Value)| format!("{name}: {}", texts(value).join(", "));
            vec![fields.iter().map(part).collect::<Vec<_>>().join("; ")]
        }
        other => vec![other.to_string()],
    }
}

impl From<Arc<Model>> for Edition {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Edition {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::descending([By::Row(Column::Number)])
    }
}

/// The editions of a piece of content.
#[derive(Debug)]
pub struct Editions;

impl Relation for Editions {
    type Row = Edition;
    type Via = Entity;
    type Link = ();

    fn parent() -> Column {
        Column::NodeId
    }
}
