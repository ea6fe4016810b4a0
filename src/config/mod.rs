//! Everything that can be set from outside: by flag or by environment variable.

mod http;
mod limits;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, ValueEnum};

pub use self::{http::Http, limits::Limits};
use crate::{catalogue::Files, cli::Command};

/// A GraphQL gateway over what a government says about its programmes.
///
/// Without a command it serves: it creates the database if there is none, brings its tables up to date,
/// loads the catalogue if there is no content yet, and answers GraphQL requests.
#[derive(Clone, Debug, Parser)]
#[command(name = "civigraph", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// How.
    #[command(flatten)]
    pub config: Config,
}

/// The settings. Each is a flag or an environment variable; the flag wins.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// The database: `sqlite:FILE`, or `postgres://USER:PASSWORD@HOST/DATABASE`.
    #[arg(
        long,
        env,
        global = true,
        value_name = "URL",
        default_value = "sqlite:civigraph.db",
        hide_env_values = true
    )]
    pub database_url: String,

    /// How many connections to the database are kept at most.
    #[arg(
        long,
        env = "CIVIGRAPH_DATABASE_CONNECTIONS",
        global = true,
        value_name = "N",
        default_value_t = 8,
        value_parser = clap::value_parser!(u32).range(1..=1000)
    )]
    pub database_connections: u32,

    /// A directory with a catalogue, in the place of the one that came with the program.
    #[arg(long, env = "CIVIGRAPH_CONTENT", global = true, value_name = "DIR")]
    pub content: Option<PathBuf>,

    /// The address to listen on.
    #[arg(
        long,
        env = "CIVIGRAPH_LISTEN",
        global = true,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8000"
    )]
    pub listen: SocketAddr,

    /// How long requests in flight may take to finish when the server is stopped, in seconds.
    #[arg(
        long,
        env = "CIVIGRAPH_SHUTDOWN_SECONDS",
        global = true,
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub shutdown_seconds: u64,

    /// What is logged, and how much of it: as in `info,civigraph=debug`.
    #[arg(
        long,
        env = "CIVIGRAPH_LOG",
        global = true,
        value_name = "FILTER",
        default_value = "info,civigraph::serve::access=warn,html5ever=error,sea_orm_migration=warn,sqlx::postgres::notice=warn"
    )]
    pub log: String,

    /// How the log is written: for people, or one JSON object a line.
    #[arg(
        long,
        env = "CIVIGRAPH_LOG_FORMAT",
        global = true,
        value_name = "FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,

    // Their headings in the help hold for what comes after them, too: they come last.
    /// What HTTP clients get, and how.
    #[command(flatten)]
    pub http: Http,

    /// What one request may ask for.
    #[command(flatten)]
    pub limits: Limits,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// The catalogue's files.
    pub fn files(&self) -> Files {
        self.content
            .clone()
            .map_or(Files::Bundled, Files::Directory)
    }
}
