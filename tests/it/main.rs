//! The gateway from outside: one binary, one module for each promise.

mod answers;
mod catalogue;
mod changing;
mod content;
mod database;
mod explorer;
mod facets;
mod facts;
mod filters;
mod http;
mod importer;
mod limits;
mod live;
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
mod trusted;
mod watching;
