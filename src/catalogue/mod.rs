//! The files of a catalogue: one folder a kind, one file a piece.

mod check;
mod files;

pub use self::{
    check::{CatalogueFault, Faults, read},
    files::Files,
};
