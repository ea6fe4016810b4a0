//! The `civigraph` program: reads the command line and does what it says.

use std::process::ExitCode;

use civigraph::{cli, config::Cli};
use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bound_free_memory();
    run()
}

/// Makes the allocator keep little of what is free: the server's memory is to be bounded by what is in use.
#[expect(
    unsafe_code,
    reason = "the allocator's options have no other interface"
)]
fn bound_free_memory() {
    // Pages of two megabytes make the heap some 10 MB larger and the server a few per cent faster. The allocator does
    // not ask for them; where the system gives them to all who do not, this does. If it fails, so it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // SAFETY: it takes any number of an option, in range or not, and stores the value; nothing else runs yet.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, PURGE_MILLISECONDS) }
}

/// `mi_option_purge_delay` of `mimalloc.h`, which the bindings do not name.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// How long the allocator keeps what is free. With its own second, a few large answers at a time leave 20 MB behind; with
/// less than this, it asks the system for the same memory again and again.
const PURGE_MILLISECONDS: std::ffi::c_long = 50;

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
