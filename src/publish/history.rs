//! What was published before: the editions that new ones follow.

use std::collections::HashMap;

use entity::{
    edition, edition_document,
    node::{self, State},
    translation,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter,
    QuerySelect, RelationDef,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Edition, KnownNodes};
use crate::{document::Document, store::one_of_ids};

/// What there was before of the pieces that are published.
pub(super) struct History<'k> {
    nodes: &'k KnownNodes,
    documents: HashMap<Uuid, Value>,
    /// By node: the fields that differ from the edition before.
    changed: HashMap<Uuid, Vec<String>>,
    /// By node and language: the edition that a translation was made from.
    translations: HashMap<(Uuid, String), i32>,
}

/// From an edition to its document.
pub(super) fn document() -> RelationDef {
    edition::Entity::belongs_to(edition_document::Entity)
        .from(edition::Column::Id)
        .to(edition_document::Column::EditionId)
        .into()
}

/// The published documents of these pieces.
pub async fn documents(
    db: &impl ConnectionTrait,
    nodes: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Value>, DbErr> {
    let column = edition::Column::NodeId.into_simple_expr();
    let published = edition::Entity::find()
        .select_only()
        .column(edition::Column::NodeId)
        .column(edition_document::Column::Document)
        .join(JoinType::InnerJoin, document())
        .filter(one_of_ids(db.get_database_backend(), column, nodes))
        .filter(edition::Column::State.eq(edition::State::Published))
        .into_tuple::<(Uuid, Value)>()
        .all(db)
        .await?;
    Ok(published.into_iter().collect())
}

impl<'k> History<'k> {
    pub(super) async fn read(
        db: &impl ConnectionTrait,
        fresh: &[Edition<'_>],
        nodes: &'k KnownNodes,
    ) -> Result<Self, DbErr> {
        let ids = || {
            let ids = fresh.iter().map(|edition| edition.id.node);
            ids.filter(|id| nodes.contains_key(id)).collect::<Vec<_>>()
        };
        let documents = documents(db, ids()).await?;
        let backend = db.get_database_backend();
        let column = translation::Column::NodeId.into_simple_expr();
        let translations = translation::Entity::find()
            .filter(one_of_ids(backend, column, ids()))
            .all(db)
            .await?;
        let changed = fresh.iter().map(|edition| {
            let id = edition.id.node;
            (id, changed_fields(documents.get(&id), edition))
        });
        Ok(Self {
            nodes,
            changed: changed.collect(),
            documents,
            translations: translations
                .into_iter()
                .map(|row| ((row.node_id, row.language), row.made_from_edition))
                .collect(),
        })
    }

    /// The node as it was, if the piece was there.
    pub(super) fn node(&self, edition: &Edition<'_>) -> Option<&'k node::Model> {
        self.nodes.get(&edition.id.node)
    }

    /// The number of an edition: from 1.
    pub(super) fn number(&self, edition: &Edition<'_>) -> i32 {
        self.node(edition).map_or(1, |node| node.edition + 1)
    }

    /// The names of the document's fields that differ from the edition before, in order.
    pub(super) fn changed_fields(&self, edition: &Edition<'_>) -> &[String] {
        self.changed
            .get(&edition.id.node)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether what people read differs from the edition before.
    pub(super) fn words_changed(&self, edition: &Edition<'_>) -> bool {
        let changed = self.changed_fields(edition);
        changed.iter().any(|field| WORDS.contains(&field.as_str()))
    }

    /// The number of the edition in which what translations translate last changed.
    pub(super) fn words_edition(&self, edition: &Edition<'_>) -> i32 {
        let changed = self.changed_fields(edition);
        let translated = changed
            .iter()
            .any(|field| TRANSLATED.contains(&field.as_str()));
        match self.node(edition) {
            Some(node) if !translated => node.words_edition,
            _ => self.number(edition),
        }
    }

    /// For each language, the edition that its translation was made from: this one if the translation is
    /// new or changed with it, else the one that it was made from before.
    pub(super) fn made_from(&self, edition: &Edition<'_>) -> HashMap<String, i32> {
        let before = self.documents.get(&edition.id.node);
        let before = before.and_then(|document| document["translations"].as_array());
        let now = edition.value["translations"].as_array();
        let words = |translation: &Value| {
            let language = translation["language"].clone();
            (language, TRANSLATED.map(|field| translation[field].clone()))
        };
        let before: Vec<_> = before.into_iter().flatten().map(words).collect();
        let translations = edition.document.piece.translations.iter();
        let made_from = translations.enumerate().map(|(index, translation)| {
            let language = &translation.language;
            let now = now.and_then(|now| now.get(index)).map(words);
            let same = now.is_some_and(|now| before.contains(&now));
            let kept = self
                .translations
                .get(&(edition.id.node, language.clone()))
                .filter(|_| same);
            let number = kept.copied().unwrap_or_else(|| self.number(edition));
            (language.clone(), number)
        });
        made_from.collect()
    }

    /// The state that the piece was in.
    pub(super) fn state(&self, edition: &Edition<'_>) -> Option<State> {
        self.node(edition).map(|node| node.state)
    }
}

fn changed_fields(before: Option<&Value>, edition: &Edition<'_>) -> Vec<String> {
    let empty = Value::Object(Map::new());
    let (Value::Object(before), Value::Object(after)) = (before.unwrap_or(&empty), &edition.value)
    else {
        return Vec::new();
    };
    let mut names: Vec<_> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let changed: Vec<_> = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect();
    if changed.is_empty() {
        return linking_fields(edition.document);
    }
    changed
}

/// The fields that name other pieces: where a document says what it said before, a slug in one of them has
/// come to name another piece.
fn linking_fields(document: &Document) -> Vec<String> {
    let links = document.links().into_iter();
    let mut fields: Vec<_> = links
        .filter_map(|link| link.path.split(['[', '.']).next().map(ToOwned::to_owned))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// What a translation has of its own.
const TRANSLATED: [&str; 3] = ["title", "summary", "body"];

/// The fields that people read: if none of them changed, only the record did.
const WORDS: [&str; 11] = [
    "title",
    "summary",
    "body",
    "alt_text",
    "caption",
    "transcript",
    "sessions",
    "gist",
    "words",
    "mitigation",
    "display_value",
];
