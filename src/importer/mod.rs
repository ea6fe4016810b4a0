//! An Isomer site: its pages, and what they hold.
//!
//! A [`Site`] is opened, its pages are read ([`read_pages`]) with all cores, and each [`Page`] has the
//! [`Extract`] that `civigraph extract` prints and the [`Content`] that the graph keeps. A page goes through
//! `front` (what stands above its text), `body` (which dialect, made HTML), `dom` (a tree within bounds), and then
//! `extract` and `content` read the tree. Pages of newer sites come in through `next` instead of `body`.

mod body;
mod content;
mod dom;
mod draft;
mod extract;
mod front;
mod graph;
mod import;
mod known;
mod limits;
mod map;
mod merge;
mod next;
mod page;
mod pages;
mod permalinks;
mod problem;
mod report;
mod settle;
mod site;

pub use self::{
    body::Dialect,
    content::{Content, Fact, Picture, Place, Section, Spoken},
    draft::Draft,
    extract::{
        Accordion, Card, DateSource, Extract, Heading, Image, Link, Quote, Table, Video,
        is_document, mail_address, video,
    },
    front::FrontMatter,
    import::{ImportError, Options, Step, import},
    limits::Limits,
    map::{
        AwardRule, EventRule, Make, Map, MapFaults, NamedPartner, PartnerRule, Place as FieldPlace,
        ProgrammeRule, Rule, Texts, bundled, bundled_names,
    },
    page::{Page, extract},
    pages::{Read, read_pages},
    permalinks::Permalinks,
    problem::{Problem, ProblemKind},
    report::{Became, Change, Kept, Pages, Pieces, Report, Warnings},
    site::{Settings, Site, Source, sources},
};
