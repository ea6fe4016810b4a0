//! Content in other languages.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::{
    node,
    translation::{self, Column, Entity, Model},
};
use uuid::Uuid;

use super::{connection::few, rich_text::RichText, scalar::LanguageTag};
use crate::{
    error::Result,
    load::{By, ById, Order, Relation, Row, rows},
};

pub struct Translation(Arc<Model>);

/// A piece of content in another language than that of its original.
#[Object]
impl Translation {
    /// Its language, such as `ms`.
    #[graphql(name = "language")]
    async fn tag(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }

    /// Who answers for it.
    #[graphql(name = "status")]
    async fn standing(&self) -> TranslationStatus {
        self.0.status.into()
    }

    /// The title in this language.
    #[graphql(name = "title")]
    async fn own_title(&self) -> &str {
        self.title()
    }

    /// The summary in this language, if it is translated.
    #[graphql(name = "summary")]
    async fn own_summary(&self) -> Option<&str> {
        self.summary()
    }

    /// The body in this language, if it is translated.
    async fn body(&self) -> Option<RichText> {
        self.rich_text()
    }

    /// The number of the edition whose words it translates.
    async fn made_from_edition(&self) -> i32 {
        self.0.made_from_edition
    }

    /// Whether the original's words have changed since it was made.
    async fn outdated(&self, ctx: &Context<'_>) -> Result<bool> {
        let node = ById::<node::Entity>::new(self.0.node_id);
        let node = rows(ctx).ask(node).await?;
        Ok(node.is_some_and(|node| is_outdated(&self.0, &node)))
    }
}

impl Translation {
    /// The title.
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// The summary, if it is translated.
    pub fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }

    /// The body, if it is translated.
    pub fn rich_text(&self) -> Option<RichText> {
        Some(RichText {
            markdown: self.0.body_markdown.clone()?,
            html: self.0.body_html.clone()?,
            plain_text: self.0.body_plain_text.clone()?,
        })
    }
}

/// Who answers for a text.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum TranslationStatus {
    /// It is no translation but the original.
    Original,
    /// The government itself.
    Official,
    /// Somebody who knows the language has read it.
    Reviewed,
    /// Nobody: a machine made it.
    Machine,
}

impl From<translation::Status> for TranslationStatus {
    fn from(status: translation::Status) -> Self {
        match status {
            translation::Status::Official => Self::Official,
            translation::Status::Reviewed => Self::Reviewed,
            translation::Status::Machine => Self::Machine,
        }
    }
}

/// Which text is served to those who ask for a language.
#[derive(SimpleObject)]
pub struct ServedTranslation {
    /// The language that is really served.
    language: LanguageTag,
    /// Who answers for the text.
    status: TranslationStatus,
    /// Whether the original's words have changed since the text was made from them.
    outdated: bool,
}

impl ServedTranslation {
    /// The text that is served for a piece in a language.
    pub async fn of(ctx: &Context<'_>, node: &node::Model, language: &LanguageTag) -> Result<Self> {
        let translation = served(ctx, node.id, Some(language)).await?;
        Ok(match translation {
            Some(Translation(row)) => Self {
                language: LanguageTag(row.language.clone()),
                status: row.status.into(),
                outdated: is_outdated(&row, node),
            },
            None => Self {
                language: LanguageTag(node.language.clone()),
                status: TranslationStatus::Original,
                outdated: false,
            },
        })
    }
}

fn is_outdated(translation: &Model, node: &node::Model) -> bool {
    translation.made_from_edition < node.words_edition
}

/// The translation that is served for a language: in that very language, else in the same without its
/// last subtag (RFC 4647, section 3.4, lookup); nothing where the original is served, which counts among
/// them.
pub async fn served(
    ctx: &Context<'_>,
    node: Uuid,
    language: Option<&LanguageTag>,
) -> Result<Option<Translation>> {
    match language {
        // On the heap: mostly none is asked for.
        Some(language) => Box::pin(served_in(ctx, node, language)).await,
        None => Ok(None),
    }
}

async fn served_in(
    ctx: &Context<'_>,
    node: Uuid,
    LanguageTag(wanted): &LanguageTag,
) -> Result<Option<Translation>> {
    let mut translations = few::<Translations>(ctx, node).await?;
    if translations.is_empty() {
        return Ok(None);
    }
    let original = rows(ctx).ask(ById::<node::Entity>::new(node)).await?;
    let original = original.map(|node| node.language.clone());
    let mut wanted = wanted.as_str();
    loop {
        if original
            .as_ref()
            .is_some_and(|tag| tag.eq_ignore_ascii_case(wanted))
        {
            return Ok(None);
        }
        let fits = |translation: &Translation| translation.0.language.eq_ignore_ascii_case(wanted);
        if let Some(index) = translations.iter().position(fits) {
            return Ok(Some(translations.swap_remove(index)));
        }
        match wanted.rsplit_once('-') {
            Some((shorter, _)) => wanted = shorter,
            None => return Ok(None),
        }
    }
}

impl From<Arc<Model>> for Translation {
    fn from(row: Arc<Model>) -> Self {
        Self(row)
    }
}

impl Row for Translation {
    type Table = Entity;

    fn order() -> Order<By<Column>> {
        Order::ascending([By::Row(Column::Language)])
    }
}

/// The translations of a piece of content.
#[derive(Debug)]
pub struct Translations;

impl Relation for Translations {
    type Row = Translation;
    type Via = Entity;
    type Link = ();

    fn parent() -> Column {
        Column::NodeId
    }
}
