//! Everything that can be set from outside: by flag or by environment variable.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser};

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

    /// How large a request may be, in bytes.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_REQUEST_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 262_144
    )]
    pub max_request_bytes: usize,

    /// How deep a query may nest.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_DEPTH",
        global = true,
        value_name = "LEVELS",
        default_value_t = 20
    )]
    pub max_depth: usize,

    /// How many fields and spreads a query may have once its fragments are expanded.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_FIELDS",
        global = true,
        value_name = "FIELDS",
        default_value_t = 5_000
    )]
    pub max_fields: usize,

    /// How many rows the lists of one answer may have in all, nested ones included.
    #[arg(
        long,
        env = "CIVIGRAPH_MAX_ROWS",
        global = true,
        value_name = "ROWS",
        default_value_t = 20_000
    )]
    pub max_rows: usize,

    /// How many bytes of documents are kept that clients then ask for by their hash alone.
    #[arg(
        long,
        env = "CIVIGRAPH_PERSISTED_QUERY_BYTES",
        global = true,
        value_name = "BYTES",
        default_value_t = 8_388_608
    )]
    pub persisted_query_bytes: u64,

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
        default_value = "info,sea_orm_migration=warn,sqlx::postgres::notice=warn"
    )]
    pub log: String,
}

impl Config {
    /// The catalogue's files.
    pub fn files(&self) -> Files {
        self.content
            .clone()
            .map_or(Files::Bundled, Files::Directory)
    }
}
