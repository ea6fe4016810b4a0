//! The `civigraph` program: reads the command line and does what it says.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};

use civigraph::{cli, config::Cli};
use clap::Parser;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match EnvFilter::try_new(&cli.config.log) {
        Ok(filter) => {
            tracing_subscriber::fmt()
                .with_env_filter(filter)
                .with_writer(io::stderr)
                .with_ansi(io::stderr().is_terminal())
                .init();
            cli::run(cli).await
        }
        Err(error) => Err(anyhow::anyhow!("`--log` is no filter: {error}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("civigraph: {error:#}");
            ExitCode::FAILURE
        }
    }
}
