//! How the database came to be as it is: one change a module, only ever added to.
//!
//! Migrations name tables and columns as strings and use no entity: what they did stays what they did,
//! whatever the entities become.

pub use sea_orm_migration::prelude::*;

mod columns;
mod m20261122_000001_create_node;
mod m20261122_000002_create_partner;
mod m20261122_000003_create_strategy_and_goal;
mod m20261122_000004_create_programme;
mod m20261122_000005_create_initiative;
mod m20261122_000006_create_event;
mod m20261122_000007_create_media;
mod m20261122_000008_create_page_and_source;
mod m20261122_000009_create_topic_translation_contact;
mod m20261122_000010_create_person_and_quote;
mod m20261122_000011_create_statistic;
mod m20261122_000012_create_award_and_challenge;
mod m20261122_000013_derive_what_lists_go_by;
mod m20261122_000014_create_search;
mod m20261122_000015_part_what_lists_do_not_read;
mod m20261123_000016_create_imported;
mod m20261123_000017_defer_foreign_keys;
mod m20261123_000018_order_links;
mod m20261128_000019_order_goals;

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_node::Migration),
            Box::new(m20261122_000002_create_partner::Migration),
            Box::new(m20261122_000003_create_strategy_and_goal::Migration),
            Box::new(m20261122_000004_create_programme::Migration),
            Box::new(m20261122_000005_create_initiative::Migration),
            Box::new(m20261122_000006_create_event::Migration),
            Box::new(m20261122_000007_create_media::Migration),
            Box::new(m20261122_000008_create_page_and_source::Migration),
            Box::new(m20261122_000009_create_topic_translation_contact::Migration),
            Box::new(m20261122_000010_create_person_and_quote::Migration),
            Box::new(m20261122_000011_create_statistic::Migration),
            Box::new(m20261122_000012_create_award_and_challenge::Migration),
            Box::new(m20261122_000013_derive_what_lists_go_by::Migration),
            Box::new(m20261122_000014_create_search::Migration),
            Box::new(m20261122_000015_part_what_lists_do_not_read::Migration),
            Box::new(m20261123_000016_create_imported::Migration),
            Box::new(m20261123_000017_defer_foreign_keys::Migration),
            Box::new(m20261123_000018_order_links::Migration),
            Box::new(m20261128_000019_order_goals::Migration),
        ]
    }
}
