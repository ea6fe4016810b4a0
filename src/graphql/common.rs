//! The fields that all content has. They are written once and shown by each kind.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Object, connection::EmptyFields};
use chrono::{DateTime, Utc};
use entity::{body, node, node_topic, page_mention, quote_about, statistic_measure};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    connection::{Connection, children, few},
    edition::{Edition, Editions},
    life_cycle::LifeCycle,
    lists::{
        EditionFilter, EditionOrder, PageFilter, PageOrder, QuoteFilter, QuoteOrder,
        StatisticFilter, StatisticOrder, TopicFilter, TopicOrder,
    },
    page::Page,
    quote::Quote,
    rich_text::RichText,
    scalar::{LanguageTag, Url},
    source::{Source, Sources},
    statistic::Statistic,
    terms::{Licence, Review},
    topic::Topic,
    translation::{ServedTranslation, Translation, Translations, served},
};
use crate::{
    error::{Nullable, Result},
    load::{Arguments, ById, Relation, rows},
};

/// Its fields that read nothing of a kind's row but its id.
pub const BESIDE: [&str; 4] = ["body", "edition", "language", "url"];

/// What all content has.
pub struct Common<'r> {
    id: Uuid,
    slug: &'r str,
    title: &'r str,
    summary: &'r str,
}

impl<'r> Common<'r> {
    /// From the columns that all kinds have.
    pub fn new(id: Uuid, slug: &'r str, title: &'r str, summary: &'r str) -> Self {
        Self {
            id,
            slug,
            title,
            summary,
        }
    }
}

#[Object]
impl Common<'_> {
    /// Its name in addresses and links, unique within its kind, such as `singpass`.
    fn slug(&self) -> &str {
        self.slug
    }

    /// Its name as people read it, in the language asked for if there is a translation: see
    /// `translation` for how one is chosen.
    async fn title(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language that is wanted, such as `ms`; that of the original if not given."
        )]
        language: Option<LanguageTag>,
    ) -> Result<Cow<'_, str>> {
        Ok(match served(ctx, self.id, language.as_ref()).await? {
            Some(translation) => translation.title().to_owned().into(),
            None => self.title.into(),
        })
    }

    /// What it is, in one to three sentences of plain text, in the language asked for if there is a
    /// translation of it.
    async fn summary(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language that is wanted, such as `ms`; that of the original if not given."
        )]
        language: Option<LanguageTag>,
    ) -> Result<Cow<'_, str>> {
        let translation = served(ctx, self.id, language.as_ref()).await?;
        let summary =
            translation.and_then(|translation| translation.summary().map(ToOwned::to_owned));
        Ok(summary.map_or_else(|| self.summary.into(), Cow::from))
    }

    /// All that is written about it, where there is more than the summary, in the language asked for if
    /// there is a translation of it.
    async fn body(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language that is wanted, such as `ms`; that of the original if not given."
        )]
        language: Option<LanguageTag>,
    ) -> Nullable<RichText> {
        // On the heap, as others here: the future of each field of a piece has room for those of all its fields.
        let body = Box::pin(self.body_in(ctx, language.as_ref()));
        body.await.transpose()
    }

    /// The language of the original, such as `en`.
    async fn language(&self, ctx: &Context<'_>) -> Result<LanguageTag> {
        Ok(LanguageTag(self.node(ctx).await?.language.clone()))
    }

    /// Which text `title`, `summary` and `body` serve for a language: the translation in that very
    /// language, else in the same without its last subtag (`zh-Hans-SG`, `zh-Hans`, `zh`), else the
    /// original. A part that is not translated is served in the original.
    async fn translation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language that is wanted, such as `ms`.")] language: LanguageTag,
    ) -> Result<ServedTranslation> {
        let node = self.node(ctx).await?;
        Box::pin(ServedTranslation::of(ctx, &node, &language)).await
    }

    /// All translations of it, by language.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<Translation>> {
        few::<Translations>(ctx, self.id).await
    }

    /// Its public address: its own website, or the page that is about it.
    async fn url(&self, ctx: &Context<'_>) -> Nullable<Url> {
        let node = self.node(ctx).await;
        node.map(|node| node.url.clone().map(Url)).transpose()
    }

    /// Where it stands: live, withdrawn, redirected or gone. Lists show only what is live.
    async fn life_cycle(&self, ctx: &Context<'_>) -> Result<LifeCycle> {
        let node = self.node(ctx).await?;
        Box::pin(LifeCycle::of(ctx, &node)).await
    }

    /// Under which terms its words may be used; nothing where nobody says.
    async fn licence(&self, ctx: &Context<'_>) -> Nullable<Licence> {
        let node = self.node(ctx).await;
        node.map(|node| Licence::of(&node)).transpose()
    }

    /// When it was reviewed, when it must be, and whose duty that is.
    async fn review(&self, ctx: &Context<'_>) -> Result<Review> {
        Ok(Review(self.node(ctx).await?))
    }

    /// The pages that it, or one of its fields, is from.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        few::<Sources>(ctx, self.id).await
    }

    /// What it is about, by title.
    fn topics(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<TopicFilter>>,
        order_by: Option<Vec<TopicOrder>>,
    ) -> Result<Connection<Topic>> {
        let page = Arguments::new(first, after, last, before);
        children::<Topics, EmptyFields>(self.id, &page, filter, order_by)
    }

    /// The figures that measure it, by title.
    fn statistics(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<StatisticFilter>>,
        order_by: Option<Vec<StatisticOrder>>,
    ) -> Result<Connection<Statistic>> {
        let page = Arguments::new(first, after, last, before);
        children::<Measured, EmptyFields>(self.id, &page, filter, order_by)
    }

    /// What people said about it, the newest first; what has no date comes last.
    fn quotes_about(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<QuoteFilter>>,
        order_by: Option<Vec<QuoteOrder>>,
    ) -> Result<Connection<Quote>> {
        let page = Arguments::new(first, after, last, before);
        children::<QuotesAbout, EmptyFields>(self.id, &page, filter, order_by)
    }

    /// The pages that mention it, the newest first; those without a date come last.
    fn mentioned_in(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<PageFilter>>,
        order_by: Option<Vec<PageOrder>>,
    ) -> Result<Connection<Page>> {
        let page = Arguments::new(first, after, last, before);
        children::<MentionedIn, EmptyFields>(self.id, &page, filter, order_by)
    }

    /// When it was first published here.
    async fn published_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.published_at)
    }

    /// When its words last changed: title, summary, body or other text.
    async fn content_updated_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.content_updated_at)
    }

    /// When anything of it last changed: its words, its links or its details.
    async fn record_updated_at(&self, ctx: &Context<'_>) -> Result<DateTime<Utc>> {
        Ok(self.node(ctx).await?.record_updated_at)
    }

    /// The number of the edition that is shown. It grows by one whenever the piece changes.
    async fn edition(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.node(ctx).await?.edition)
    }

    /// All editions of it, the newest first.
    fn editions(
        &self,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<EditionFilter>>,
        order_by: Option<Vec<EditionOrder>>,
    ) -> Result<Connection<Edition>> {
        let page = Arguments::new(first, after, last, before);
        children::<Editions, EmptyFields>(self.id, &page, filter, order_by)
    }
}

impl Common<'_> {
    async fn node(&self, ctx: &Context<'_>) -> Result<Arc<node::Model>> {
        let node = rows(ctx).ask(ById::<node::Entity>::new(self.id)).await?;
        // A foreign key holds every row to its node.
        node.ok_or_else(|| DbErr::RecordNotFound(format!("node {}", self.id)).into())
    }

    async fn body_in(
        &self,
        ctx: &Context<'_>,
        language: Option<&LanguageTag>,
    ) -> Result<Option<RichText>> {
        let translation = served(ctx, self.id, language).await?;
        if let Some(body) = translation.and_then(|translation| translation.rich_text()) {
            return Ok(Some(body));
        }
        let body = rows(ctx).ask(ById::<body::Entity>::new(self.id)).await?;
        Ok(body.map(RichText::from))
    }
}

/// What content is about.
#[derive(Debug)]
pub struct Topics;

impl Relation for Topics {
    type Row = Topic;
    type Via = node_topic::Entity;
    type Link = ();

    fn parent() -> node_topic::Column {
        node_topic::Column::NodeId
    }

    fn child() -> Option<node_topic::Column> {
        Some(node_topic::Column::TopicId)
    }
}

/// The figures that measure content.
#[derive(Debug)]
pub struct Measured;

impl Relation for Measured {
    type Row = Statistic;
    type Via = statistic_measure::Entity;
    type Link = ();

    fn parent() -> statistic_measure::Column {
        statistic_measure::Column::NodeId
    }

    fn child() -> Option<statistic_measure::Column> {
        Some(statistic_measure::Column::StatisticId)
    }
}

/// What people said about content.
#[derive(Debug)]
pub struct QuotesAbout;

impl Relation for QuotesAbout {
    type Row = Quote;
    type Via = quote_about::Entity;
    type Link = ();

    fn parent() -> quote_about::Column {
        quote_about::Column::NodeId
    }

    fn child() -> Option<quote_about::Column> {
        Some(quote_about::Column::QuoteId)
    }
}

/// The pages that mention content.
#[derive(Debug)]
pub struct MentionedIn;

impl Relation for MentionedIn {
    type Row = Page;
    type Via = page_mention::Entity;
    type Link = ();

    fn parent() -> page_mention::Column {
        page_mention::Column::NodeId
    }

    fn child() -> Option<page_mention::Column> {
        Some(page_mention::Column::PageId)
    }
}
