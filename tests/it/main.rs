//! The gateway from outside: one binary, one module for each promise.

mod catalogue;
mod content;
mod database;
mod explorer;
mod facts;
mod http;
mod migrations;
mod paging;
mod process;
mod publishing;
mod queries;
mod schema;
mod service;
