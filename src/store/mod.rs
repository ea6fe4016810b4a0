//! The database: connecting to it, and all that differs between SQLite and PostgreSQL.

mod again;
mod connect;
mod dialect;
mod listen;
mod migrate;
mod readers;
mod revision;
mod search;
mod trouble;
mod value;

pub use self::{
    again::Attempts,
    connect::{ConnectError, connect},
    dialect::{
        by_bytes, defer_foreign_keys, each_of_ids, ids_value, is_among, one_of_ids, one_of_texts,
        with_limit_written, year_of,
    },
    listen::listen,
    migrate::{is_migrated, migrate, unmigrate},
    readers::Readers,
    revision::{Revision, announce, content_revision_query, content_revision_seen, settled},
    search::{Fields, Indexed, index, indexed, matches, unindex},
    trouble::Trouble,
    value::{id_at, text_at},
};
