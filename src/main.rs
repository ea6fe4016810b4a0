//! The `civigraph` program: reads the command line and does what it says.

use std::process::ExitCode;

use civigraph::{cli, config::Cli};
use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli::log::begin(&cli.config) {
        Ok(_log) => cli::run(cli).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("civigraph: {error:#}");
            ExitCode::FAILURE
        }
    }
}
