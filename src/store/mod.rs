//! The database: connecting to it, and all that differs between SQLite and PostgreSQL.

mod connect;
mod dialect;
mod migrate;

pub use self::{
    connect::{ConnectError, connect},
    dialect::{defer_foreign_keys, one_of_ids, one_of_texts},
    migrate::{migrate, unmigrate},
};
