//! The anchor of every piece of content, of whatever kind.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a piece of content is: the table that has the rest of it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Default,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Strategy,
    Goal,
    Programme,
    Initiative,
    Partner,
    Event,
    Media,
    Person,
    Quote,
    Statistic,
    Award,
    Challenge,
    Page,
    Topic,
}

/// Where a piece of content stands in its life.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It holds.
    #[default]
    Live,
    /// It holds no more, but can still be read.
    Withdrawn,
    /// It is found at another address.
    Redirected,
    /// It is not there any more.
    Gone,
}

/// A piece of content: what it has in common with all others and is seldom asked for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "node")]
pub struct Model {
    /// Derived from the kind and the first slug, so that it stays for ever and everywhere.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which table has the rest.
    pub kind: Kind,
    /// The title as lists of all kinds go by it.
    pub sort_title: String,
    /// The public address.
    #[sea_orm(unique)]
    pub url: Option<String>,
    /// As in the kind's own table.
    pub state: State,
    /// Why it is withdrawn or gone.
    pub state_reason: Option<String>,
    /// Since when it is in its state.
    pub state_since: DateTimeUtc,
    /// What took its place.
    pub successor_id: Option<Uuid>,
    /// Where it redirects to.
    pub redirect_to: Option<String>,
    /// The language of its words: BCP 47.
    pub language: String,
    /// An SPDX identifier, or `LicenseRef-` and a name.
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// The agency whose duty it is to keep it right.
    pub owner_id: Option<Uuid>,
    pub reviewed_on: Option<Date>,
    pub review_due_on: Option<Date>,
    /// The number of the edition that is published.
    pub edition: i32,
    /// The number of the edition in which its words last changed.
    pub words_edition: i32,
    /// SHA-256 of the published document, in hexadecimal: tells whether a document says anything new.
    pub content_hash: String,
    /// When it was first published.
    pub published_at: DateTimeUtc,
    /// When its words last changed.
    pub content_updated_at: DateTimeUtc,
    /// When anything of it last changed.
    pub record_updated_at: DateTimeUtc,
    #[sea_orm(has_one)]
    pub body: HasOne<super::body::Entity>,
    #[sea_orm(has_many)]
    pub editions: HasMany<super::edition::Entity>,
    #[sea_orm(has_many)]
    pub changes: HasMany<super::change::Entity>,
    #[sea_orm(has_many)]
    pub shows: HasMany<super::node_media::Entity>,
    #[sea_orm(has_many)]
    pub sources: HasMany<super::source::Entity>,
    #[sea_orm(has_many)]
    pub translations: HasMany<super::translation::Entity>,
    #[sea_orm(has_many)]
    pub topics: HasMany<super::node_topic::Entity>,
    #[sea_orm(has_many)]
    pub contacts: HasMany<super::contact::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
