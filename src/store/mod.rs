//! The database: connecting to it, and all that differs between SQLite and PostgreSQL.

mod connect;
mod dialect;
mod migrate;
mod search;

pub use self::{
    connect::{ConnectError, connect},
    dialect::{by_bytes, defer_foreign_keys, is_among, one_of_ids, one_of_texts, year_of},
    migrate::{migrate, unmigrate},
    search::{Fields, Indexed, index, indexed, matches, unindex},
};
