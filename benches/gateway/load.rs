//! How many requests does a server answer when so many clients ask all the time?

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::bail;
use tokio::{task::JoinSet, time::sleep};

use crate::{queries::Requests, wire::Connection};

/// Clients that ask, each as soon as it has its answer.
pub struct Load {
    clients: JoinSet<anyhow::Result<()>>,
    done: Arc<AtomicU32>,
}

/// What was sent so far in all, so that varied requests never come twice.
static SENT: AtomicUsize = AtomicUsize::new(0);

impl Load {
    /// Lets so many clients ask, and gives them some time to get going.
    pub async fn begin(
        address: SocketAddr,
        requests: &Arc<Requests>,
        clients: u32,
        warming: Duration,
    ) -> anyhow::Result<Self> {
        let done = Arc::new(AtomicU32::new(0));
        let mut all = JoinSet::new();
        for _ in 0..clients {
            let connection = Connection::open(address).await?;
            all.spawn(ask(connection, requests.clone(), done.clone()));
        }
        sleep(warming).await;
        Ok(Self { clients: all, done })
    }

    /// How many answers they get in this time, or in longer if they are slow to come; and how long it was in
    /// truth.
    pub async fn count(&mut self, during: Duration) -> anyhow::Result<(u32, Duration)> {
        let (before, start) = (self.done.load(Relaxed), Instant::now());
        let enough = 2 * u32::try_from(self.clients.len())?;
        loop {
            sleep(during).await;
            self.go_on()?;
            let (count, took) = (self.done.load(Relaxed) - before, start.elapsed());
            let slow = took > LONGEST * during;
            if count >= enough || (slow && count > 0) {
                return Ok((count, took));
            }
            if slow {
                bail!("there was no answer in {took:?}");
            }
        }
    }

    /// Clients ask for ever, unless something fails.
    fn go_on(&mut self) -> anyhow::Result<()> {
        match self.clients.try_join_next() {
            Some(ended) => ended?,
            None => Ok(()),
        }
    }
}

/// Lets a server settle: asks each request several times, if that can be done in time, so that what it can keep of
/// them is kept.
pub async fn settle(address: SocketAddr, requests: &Arc<Requests>) -> anyhow::Result<()> {
    let enough = SETTLING_TIMES * u32::try_from(requests.len())?;
    let mut load = Load::begin(address, requests, SETTLING_CLIENTS, Duration::ZERO).await?;
    let start = Instant::now();
    while load.done.load(Relaxed) < enough && start.elapsed() < SETTLING {
        sleep(Duration::from_millis(20)).await;
        load.go_on()?;
    }
    Ok(())
}

const SETTLING_TIMES: u32 = 4;
const SETTLING_CLIENTS: u32 = 32;
const SETTLING: Duration = Duration::from_secs(30);

/// How many times as long as it should be a slow server is measured.
const LONGEST: u32 = 10;

async fn ask(
    mut connection: Connection,
    requests: Arc<Requests>,
    done: Arc<AtomicU32>,
) -> anyhow::Result<()> {
    let mut request = Vec::new();
    loop {
        requests.write(SENT.fetch_add(1, Relaxed), &mut request);
        connection.ask(&request).await?;
        done.fetch_add(1, Relaxed);
    }
}
