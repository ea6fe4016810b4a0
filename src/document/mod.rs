//! What is written: one Rust type for each kind of content, with its checks.
//!
//! The same document is what a catalogue file holds, what an edition stores and what a mutation takes.
//! A [`Document`] is the [`Piece`] that all kinds share and what its kind adds, an [`Own`]. It is read
//! from a tree of values ([`read()`]), which tells every fault of it at once, and checked
//! ([`Document::faults`]) before [`crate::publish`] takes it.

mod any;
mod attached;
mod award;
mod challenge;
mod decimal;
mod event;
mod fault;
mod goal;
mod identity;
mod initiative;
mod link;
mod media;
mod own;
mod page;
mod partial_date;
mod partner;
mod period;
mod person;
mod piece;
mod programme;
mod quote;
mod read;
mod statistic;
mod strategy;
mod text;
mod topic;
mod tree;

pub use self::{
    any::AnySlug,
    attached::{Contact, Gone, Redirected, Source, Translation, Withdrawn},
    award::Award,
    challenge::Challenge,
    decimal::Decimal,
    event::{Event, EventPartner, Session},
    fault::{Fault, nearest},
    goal::Goal,
    identity::{Id, Slug, series_id},
    initiative::Initiative,
    link::{Link, PartnerLink, ShownMedia},
    media::Media,
    own::Own,
    page::{Page, PageBounds},
    partial_date::{NO_DAY, PartialDate, day},
    partner::{Partner, country},
    period::Period,
    person::Person,
    piece::{Document, Piece, language, licence},
    programme::Programme,
    quote::Quote,
    read::read,
    statistic::Statistic,
    strategy::Strategy,
    text::text,
    topic::Topic,
};
