//! What is written: one Rust type for each kind of content, with its checks.
//!
//! The same document is what a catalogue file holds, what an edition stores and what a mutation takes.
//! A [`Document`] is the [`Piece`] that all kinds share and what its kind adds, an [`Own`]. It is read
//! from a tree of values ([`read()`]), which tells every fault of it at once, and checked
//! ([`Document::faults`]) before [`crate::publish`] takes it.

mod event;
mod fault;
mod goal;
mod identity;
mod initiative;
mod link;
mod media;
mod own;
mod partial_date;
mod partner;
mod piece;
mod programme;
mod read;
mod strategy;
mod tree;

pub use self::{
    event::{Event, EventPartner, Session},
    fault::{Fault, nearest},
    goal::Goal,
    identity::{Id, Slug},
    initiative::Initiative,
    link::{Link, PartnerLink, ShownMedia},
    media::Media,
    own::Own,
    partial_date::PartialDate,
    partner::Partner,
    piece::{Document, Piece, Source},
    programme::Programme,
    read::read,
    strategy::Strategy,
};
