//! The tables, one module each, as rows and relations. No logic lives here.
//!
//! [`node`] is the anchor of all content: every row of a kind's table has the id of a node, and what
//! hangs off content of any kind points to the node.
#![expect(
    missing_docs,
    reason = "a column is documented where its name does not say what it holds"
)]

pub mod award;
pub mod award_recipient;
pub mod body;
pub mod challenge;
pub mod challenge_programme;
pub mod change;
pub mod contact;
pub mod content_revision;
pub mod derivation;
pub mod derived;
pub mod edition;
pub mod edition_document;
pub mod event;
pub mod event_partner;
pub mod event_session;
pub mod folded_text;
pub mod goal;
pub mod imported;
pub mod initiative;
pub mod initiative_goal;
pub mod initiative_partner;
pub mod media;
pub mod node;
pub mod node_facet;
pub mod node_media;
pub mod node_page;
pub mod node_topic;
pub mod page;
pub mod page_mention;
pub mod page_parts;
pub mod partner;
pub mod person;
pub mod precision;
pub mod programme;
pub mod programme_goal;
pub mod programme_partner;
pub mod quote;
pub mod quote_about;
pub mod search_entry;
pub mod search_word;
pub mod source;
pub mod statistic;
pub mod statistic_measure;
pub mod strategy;
pub mod topic;
pub mod transcript;
pub mod translation;
