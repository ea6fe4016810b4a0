//! What one contender did in all rounds: requests a second, and processor time a request.

use std::{sync::Arc, time::Duration};

use crate::{load::Load, postgres::Postgres, processes::Server, queries::Requests};

/// Who is measured, and what is asked of it.
pub struct Contender<'s> {
    pub server: &'s Server,
    pub requests: Arc<Requests>,
    pub postgres: Option<&'s Postgres>,
    pub series: Series,
}

impl Contender<'_> {
    /// Measures it once more.
    pub async fn measure(&mut self, clients: u32, during: Duration) -> anyhow::Result<()> {
        let address = self.server.address;
        let mut load = Load::begin(address, &self.requests, clients, during / 8).await?;
        let (cpu, database) = (self.server.cpu(), self.postgres.map(Postgres::cpu));
        let (requests, took) = load.count(during).await?;
        self.series.0.push(Slice {
            requests: requests.into(),
            seconds: took.as_secs_f64(),
            server: self.server.cpu() - cpu,
            database: database.map(|before| {
                let now = self.postgres.map(Postgres::cpu);
                now.map_or(0.0, |now| now.since(&before))
            }),
        });
        Ok(())
    }
}

/// What was measured at one go.
#[derive(Clone, Copy, Debug)]
struct Slice {
    requests: f64,
    seconds: f64,
    server: f64,
    database: Option<f64>,
}

/// What was measured in all rounds.
#[derive(Clone, Debug, Default)]
pub struct Series(Vec<Slice>);

impl Series {
    /// Requests a second.
    pub fn rate(&self) -> f64 {
        let rates = self.0.iter().map(|slice| slice.requests / slice.seconds);
        median(rates.collect())
    }

    /// How many times as many requests a second as another, each round by itself.
    pub fn ratio(&self, other: &Self) -> f64 {
        let pairs = self.0.iter().zip(&other.0);
        let ratios = pairs
            .map(|(our, their)| (our.requests / our.seconds) / (their.requests / their.seconds));
        median(ratios.collect())
    }

    /// The server's processor time a request, in milliseconds.
    pub fn server(&self) -> f64 {
        1_000.0 * self.each(|slice| Some(slice.server)).unwrap_or_default()
    }

    /// The database's processor time a request, in milliseconds.
    pub fn database(&self) -> Option<f64> {
        Some(1_000.0 * self.each(|slice| slice.database)?)
    }

    fn each(&self, what: impl Fn(&Slice) -> Option<f64>) -> Option<f64> {
        let all: Option<f64> = self.0.iter().map(what).sum();
        let requests: f64 = self.0.iter().map(|slice| slice.requests).sum();
        Some(all? / requests)
    }
}

/// The one in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().saturating_sub(1) / 2, values.len() / 2);
    match (values.get(low), values.get(high)) {
        (Some(low), Some(high)) => f64::midpoint(*low, *high),
        _ => f64::NAN,
    }
}
