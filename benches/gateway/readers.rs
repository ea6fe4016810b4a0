//! Are readers held up while content is published?

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use tokio::{task::JoinHandle, time::sleep};

use crate::{
    loading::{self, Loading},
    options::Options,
    queries::{QUERIES, Requests, Size},
    report::{Table, milliseconds},
    servers::{self, Keeping},
    wire::Connection,
};

/// How long a reader waits between two requests: it should see what happens, not compete with who writes.
const PAUSE: Duration = Duration::from_millis(5);

/// How long a reader reads while nothing happens, for comparison.
const QUIET: Duration = Duration::from_secs(3);

/// What a reader saw who asked Q4 all the time.
pub struct Reading {
    pub what: String,
    /// In milliseconds: in the middle, 99 of 100, and the slowest.
    pub median: f64,
    pub most: f64,
    pub slowest: f64,
    requests: usize,
}

/// Reads while nothing happens, and then while content is published, of which this is the amount.
pub async fn read_during(
    options: &Options,
    url: &str,
    size: Size,
    what: &str,
    amount: &[&str],
) -> anyhow::Result<(Loading, [Reading; 2])> {
    let server = servers::start(options, url, Keeping::Answers).await?;
    let reader = Reader::begin(server.address, size);
    sleep(QUIET).await;
    let quiet = reader.end(format!("before: {what}")).await?;
    let reader = Reader::begin(server.address, size);
    let loading = loading::publish(options, url, amount).await?;
    let busy = reader.end(what.to_owned()).await?;
    Ok((loading, [quiet, busy]))
}

/// One who reads until told to stop.
struct Reader {
    stop: Arc<AtomicBool>,
    times: JoinHandle<anyhow::Result<Vec<f64>>>,
}

impl Reader {
    fn begin(address: SocketAddr, size: Size) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let times = tokio::spawn(read(address, QUERIES[3].ours(size), stop.clone()));
        Self { stop, times }
    }

    async fn end(self, what: String) -> anyhow::Result<Reading> {
        self.stop.store(true, Relaxed);
        let mut times = self.times.await??;
        times.sort_by(f64::total_cmp);
        let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
        Ok(Reading {
            what,
            median: at(50),
            most: at(99),
            slowest: at(100),
            requests: times.len(),
        })
    }
}

/// How long each request took, in milliseconds.
async fn read(
    address: SocketAddr,
    requests: Arc<Requests>,
    stop: Arc<AtomicBool>,
) -> anyhow::Result<Vec<f64>> {
    let mut connection = Connection::open(address).await?;
    let mut request = Vec::new();
    let mut times = Vec::new();
    while !stop.load(Relaxed) || times.is_empty() {
        requests.write(times.len(), &mut request);
        let start = Instant::now();
        connection.ask(&request).await?;
        times.push(1_000.0 * start.elapsed().as_secs_f64());
        sleep(PAUSE).await;
    }
    Ok(times)
}

/// A table of what readers saw.
pub fn table(readings: &[Reading]) -> Table {
    let mut table = Table::new(&["while", "requests", "median ms", "99 % ms", "slowest ms"]);
    for reading in readings {
        table.row(vec![
            reading.what.clone(),
            reading.requests.to_string(),
            milliseconds(reading.median),
            milliseconds(reading.most),
            milliseconds(reading.slowest),
        ]);
    }
    table
}
