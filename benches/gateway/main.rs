//! How fast is Civigraph, and how near to what is possible? This program answers that on one machine:
//!
//!     tests/with-postgres cargo bench --bench gateway
//!
//! It makes up content in two sizes, publishes it into PostgreSQL and SQLite, and asks five queries of this
//! server beside two limits, in turn: L1 is a body of the same size from the same HTTP stack, L2 one
//! hand-written statement that gives the whole answer as JSON. It prints ratios, since those hold on other
//! machines, too. What each module measures stands in its first line; `-- --help` tells what can be chosen.
//!
//! Linux only: processor time and memory are read from `/proc`.

mod answers;
mod bars;
mod check;
mod cold;
mod contents;
mod growth;
mod limits;
mod load;
mod loading;
mod options;
mod postgres;
mod processes;
mod queries;
mod readers;
mod report;
mod run;
mod series;
mod servers;
mod wire;

use clap::Parser;
use tokio::runtime::Builder;

use self::options::Options;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    if let Some(address) = options.limits {
        // As the server's own.
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        return runtime.block_on(limits::serve(address, &options));
    }
    // Who asks should take no more of the processors than it must: one thread is cheapest.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run::run(&options))
}
