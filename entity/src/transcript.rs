//! What is said in media, apart from their rows so that lists never read it.

use sea_orm::entity::prelude::*;

/// A transcript.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, Default, DeriveEntityModel)]
#[sea_orm(table_name = "transcript")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub media_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<super::media::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
