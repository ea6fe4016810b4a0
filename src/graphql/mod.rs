//! The GraphQL schema: one module for each type, with the root fields that lead to it.

mod accessibility;
mod any_content;
mod award;
mod challenge;
mod change;
mod common;
mod connection;
mod contact;
mod edition;
mod event;
mod event_session;
mod facet;
mod figures;
mod filter;
mod goal;
mod initiative;
mod kind;
mod life_cycle;
mod link;
mod lists;
mod media;
mod node;
mod order;
mod page;
mod partner;
mod person;
mod programme;
mod query;
mod quote;
mod readable;
mod rich_text;
mod scalar;
mod search;
mod service;
mod source;
mod statistic;
mod strategy;
mod subscription;
mod terms;
mod topic;
mod translation;
mod written;

use async_graphql::{EmptyMutation, SDLExportOptions, SchemaBuilder};

use self::query::Completion;
pub use self::{
    query::Query,
    readable::{Readable, readable},
    subscription::Subscription,
    written::{Repeats, Writing, fields_of, has_null, read_again, write},
};

/// The schema, ready to execute queries.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, Subscription>;

/// The schema without limits or data.
pub fn schema() -> SchemaBuilder<Query, EmptyMutation, Subscription> {
    Schema::build(Query::default(), EmptyMutation, Subscription)
        .register_output_type::<Completion>()
}

/// The schema as text, sorted: the file `schema.graphql`.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident()
        .prefer_single_line_descriptions();
    schema().finish().sdl_with_options(options)
}
