//! What can be chosen on the command line.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Parser, ValueEnum};

use crate::queries::{QUERIES, Query, Size};

/// Measures Civigraph beside two limits: L1, a fixed body of the same size from the same HTTP stack; L2, one
/// hand-written statement a query, passed through.
#[derive(Debug, Parser)]
#[command(
    name = "gateway",
    bin_name = "tests/with-postgres cargo bench --bench gateway --"
)]
pub struct Options {
    /// Which sizes of content.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "s,l")]
    pub sizes: Vec<Size>,

    /// Which databases: PostgreSQL is found by `TEST_POSTGRES_URL`, and left out without it.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "postgres,sqlite"
    )]
    pub engines: Vec<Engine>,

    /// How many clients ask at a time.
    #[arg(long, value_delimiter = ',', default_value = "1,32")]
    pub clients: Vec<u32>,

    /// Which queries, by their numbers.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3,4,5")]
    queries: Vec<u8>,

    /// What to measure.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "loading,cold,answers,growth"
    )]
    pub parts: Vec<Part>,

    /// How often all are measured in turn.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,

    /// How long each is measured at a time, in seconds.
    #[arg(long, default_value_t = 1.0)]
    slice: f64,

    /// The program to measure, in the place of the one that was built with this bench.
    #[arg(long, value_name = "PATH", default_value = option_env!("CARGO_BIN_EXE_civigraph").unwrap_or("civigraph"))]
    pub binary: PathBuf,

    /// Databases that have the content of size S already: `postgres://…`, `sqlite:…`, or both.
    #[arg(long, value_name = "URLS", value_delimiter = ',')]
    pub database_s: Vec<String>,

    /// Databases that have the content of size L already.
    #[arg(long, value_name = "URLS", value_delimiter = ',')]
    pub database_l: Vec<String>,

    /// Keep the databases that are made (SQLite's as files in this folder), and use those that are there.
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Write the results into this file, too, as Markdown.
    #[arg(long, value_name = "FILE")]
    pub markdown: Option<PathBuf>,

    /// Serve the limits at this address: this program starts itself so.
    #[arg(long, hide = true)]
    pub limits: Option<SocketAddr>,

    /// The limits' database.
    #[arg(long, hide = true)]
    pub limits_database: Option<String>,

    /// How long the bodies of L1 are, one for each query.
    #[arg(long, hide = true, value_delimiter = ',')]
    pub limits_bytes: Vec<usize>,

    /// Cargo says this to all benches.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// The queries that were chosen.
    pub fn queries(&self) -> impl Iterator<Item = &'static Query> {
        QUERIES
            .iter()
            .filter(|query| self.queries.contains(&query.number))
    }

    /// How long each is measured at a time.
    pub fn slice(&self) -> Duration {
        Duration::from_secs_f64(self.slice)
    }

    /// Whether this is to be measured.
    pub fn wants(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// Where the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Postgres,
    Sqlite,
}

impl Engine {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        }
    }

    /// How its addresses begin.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite:",
        }
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Publishing content, and reading meanwhile.
    Loading,
    /// The first requests of a server.
    Cold,
    /// Requests a second, processor time, memory.
    Answers,
    /// How the database's work grows with the content.
    Growth,
}
