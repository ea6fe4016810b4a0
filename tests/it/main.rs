//! The gateway from outside: one binary, one module for each promise.

mod catalogue;
mod changing;
mod content;
mod database;
mod explorer;
mod facets;
mod facts;
mod filters;
mod http;
mod migrations;
mod orders;
mod paging;
mod plans;
mod process;
mod publishing;
mod queries;
mod schema;
mod search;
mod service;
