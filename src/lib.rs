//! Civigraph: a GraphQL gateway over what a government says about its programmes.
//!
//! A request passes through these modules and back:
//!
//! - [`serve`] takes it from HTTP,
//! - [`graphql`] resolves its fields, one module for each type,
//! - [`load`] answers what resolvers ask of the database, in batches,
//! - [`error`] says what a caller is told when something fails.
//!
//! A document walks in through these:
//!
//! - [`catalogue`] finds it in a file, or [`importer`] makes it of a site's pages,
//! - [`document`] says what is in it and what is wrong with it,
//! - [`publish`] writes it: rows, links, edition, change and revision, all or nothing.
//!
//! [`search`] knows what the words of a text are; [`sample`] makes documents up, as many as a measurement
//! needs.
//!
//! [`cli`] starts all of it, [`config`] says how, [`store`] knows the database.

mod bounded;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod digest;
pub mod document;
pub mod error;
pub mod graphql;
pub mod importer;
pub mod load;
pub mod publish;
pub mod sample;
pub mod search;
pub mod serve;
pub mod store;
