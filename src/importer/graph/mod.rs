//! From the pages of a site to documents of the graph.
//!
//! A site is read twice. The first reading finds what its pages yield, by name ([`Sketch`], [`Index`]): so much is
//! kept in memory. Then the graph is asked which of it it knows, and the second reading makes the documents of
//! one page after the other ([`Builder`]).

mod address;
mod build;
mod context;
mod credit;
mod directory;
mod index;
mod name;
mod script;
mod shown;
mod sketch;
mod speaker;
mod when;

pub use self::{
    address::{Address, key},
    build::{Builder, Made},
    context::Context,
    directory::{Directory, NAMED_KINDS},
    index::{Claim, Entry, Index, Named, Shared},
    name::hashed,
    shown::Shown,
    sketch::{Sketch, Standing},
    speaker::{Speaker, name_key},
};
