//! What the program does: one module a command.

mod check;
mod extract;
mod generate;
mod import;
mod load;
pub mod log;
mod migrate;
mod schema;
mod serve;

use std::{process::ExitCode, time::Duration};

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use sea_orm::DatabaseConnection;

use crate::{
    config::{Cli, Config},
    publish, store,
};

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serve GraphQL (this is what happens without a command).
    Serve,
    /// Check a catalogue and report every fault of it at once.
    Check,
    /// Print what is found in a site's pages: one JSON object a page.
    ///
    /// Exit codes: 0 all was read, 1 there is no page, 3 something could not be read.
    Extract(extract::Pages),
    /// Import an Isomer site: publish what its pages say that the database does not.
    ///
    /// Exit codes: 0 done, 1 failed and nothing written, 3 done but for what is reported: something could not be
    /// read, or stays as a person left it.
    Import(import::Sites),
    /// Load a catalogue: publish what it says that the database does not.
    Load,
    /// Make content up, to try Civigraph out at size and to measure it: into a database that has no other.
    Generate(generate::Amount),
    /// Bring the database's tables up to date, or back.
    Migrate {
        /// Which way.
        #[command(subcommand)]
        way: migrate::Way,
    },
    /// Print the schema, in the schema definition language.
    Schema,
}

/// What came of a command that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is done.
    Done,
    /// It is done, but for what is reported.
    Partly,
}

impl From<Outcome> for ExitCode {
    /// 1 is for failures, and 2 for command lines that say nothing.
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Partly => Self::from(3),
        }
    }
}

/// Does what the command line says.
pub async fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let config = cli.config;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&config).await?,
        Command::Check => check::run(&config)?,
        Command::Extract(pages) => return extract::run(&pages),
        Command::Import(sites) => return import::run(&config, sites).await,
        Command::Load => load::run(&config).await?,
        Command::Generate(amount) => generate::run(&config, amount).await?,
        Command::Migrate { way } => migrate::run(&config, way).await?,
        Command::Schema => schema::run()?,
    }
    Ok(Outcome::Done)
}

async fn connect(config: &Config, longest: Option<Duration>) -> anyhow::Result<DatabaseConnection> {
    let connections = config.database_connections;
    let db = store::connect(&config.database_url, connections, longest).await?;
    Ok(db)
}

async fn migrate(db: &DatabaseConnection) -> anyhow::Result<()> {
    store::migrate(db)
        .await
        .context("cannot bring the database's tables up to date")?;
    publish::derive(db)
        .await
        .context("cannot derive again what an older version derived otherwise")?;
    Ok(())
}

/// The clock, read here and nowhere else: all below take the time from their caller.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the time comes from"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}
