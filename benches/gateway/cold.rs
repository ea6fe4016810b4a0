//! How long do the first requests take that a server gets, when nothing is kept yet?

use std::time::Instant;

use crate::{
    options::{Engine, Options},
    queries::Size,
    report::{Report, Table, milliseconds, number},
    series::median,
    servers::{self, Keeping},
    wire::Connection,
};

/// How often a server is started for each query.
const STARTS: usize = 3;

/// Measures the first request of each query, each of a server that has just begun. What the database keeps
/// in memory, it keeps. The
/// statements hold those that ask whether content changed, which later requests share.
pub async fn measure(
    options: &Options,
    engine: Engine,
    size: Size,
    url: &str,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut table = Table::new(&[
        "query",
        "first ms",
        "second ms",
        "statements",
        "ready ms",
        "idle MiB",
    ]);
    for query in options.queries() {
        let mut request = Vec::new();
        query.ours(size).write(0, &mut request);
        let (mut first, mut second, mut ready) = (Vec::new(), Vec::new(), Vec::new());
        let (mut statements, mut memory) = (None, 0.0);
        for _ in 0..STARTS {
            let server = servers::start(options, url, Keeping::Answers).await?;
            memory = server.memory();
            let before = server.statements().await?;
            let mut connection = Connection::open(server.address).await?;
            let mut times = Vec::new();
            for _ in 0..2 {
                let start = Instant::now();
                connection.ask(&request).await?;
                times.push(1_000.0 * start.elapsed().as_secs_f64());
                if times.len() == 1 {
                    let after = server.statements().await?;
                    statements = before.zip(after).map(|(before, after)| after - before);
                }
            }
            first.push(times[0]);
            second.push(times[1]);
            ready.push(1_000.0 * server.took.as_secs_f64());
        }
        table.row(vec![
            format!("Q{}", query.number),
            milliseconds(median(first)),
            milliseconds(median(second)),
            number(statements),
            number(median(ready)),
            number(memory),
        ]);
    }
    let size = size.name().to_uppercase();
    let title = format!(
        "Cold: a server that has just begun, {}, size {size}",
        engine.name()
    );
    report.table(&title, &table);
    Ok(())
}
