//! The `civigraph` program: reads the command line and does what it says.

use std::process::ExitCode;

use civigraph::{cli, config::Cli};
use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Pages of two megabytes make the heap a third larger and the server some 5 % faster. If this fails, so it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    run()
}

#[tokio::main]
async fn run() -> ExitCode {
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
