//! `civigraph check`: is a catalogue fit to be loaded?

use crate::{catalogue, config::Config};

/// Reads the catalogue, says what is wrong, and needs no database.
pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    let documents = catalogue::read(&config.files())?;
    println!("{} pieces of content, no faults", documents.len());
    Ok(())
}
