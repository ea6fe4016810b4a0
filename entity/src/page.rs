//! Pages of web sites: what all content is from.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{node::State, precision::Precision};

/// A part of a page under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub heading: String,
    /// From 1 to 6.
    pub level: i32,
}

/// A table on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageTable {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A link on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLink {
    pub url: String,
    pub text: String,
}

/// What a page is made of, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Parts {
    pub sections: Vec<Section>,
    pub tables: Vec<PageTable>,
    pub links: Vec<PageLink>,
}

/// A page.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "page")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub title: String,
    /// The title as lists go by it.
    pub sort_title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub state: State,
    /// The site's name, such as `tech.gov.sg`.
    pub site: Option<String>,
    pub permalink: Option<String>,
    pub layout: Option<String>,
    pub published_on: Option<Date>,
    pub published_precision: Option<Precision>,
    /// When it was published, or year 1 where nobody knows.
    pub sort_date: Date,
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub node: BelongsTo<super::node::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
