//! How long does publishing take, and how much memory: content that is new, and the same once more?

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::bail;
use tokio::time::sleep;

use crate::{
    options::Options,
    processes::memory,
    report::{Table, number},
};

/// What a publication took.
#[derive(Clone, Copy, Debug)]
pub struct Loading {
    pub seconds: f64,
    /// The most memory that the one who published had, in MiB.
    pub peak: f64,
}

/// Publishes made-up content, by the door that all content comes through.
pub async fn publish(options: &Options, url: &str, amount: &[&str]) -> anyhow::Result<Loading> {
    let start = Instant::now();
    let mut child = Command::new(&options.binary)
        .args(["generate", "--database-url", url])
        .args(amount)
        .env("CIVIGRAPH_LOG", "error")
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = 0.0;
    loop {
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("`civigraph generate` failed: {status}");
            }
            let seconds = start.elapsed().as_secs_f64();
            return Ok(Loading { seconds, peak });
        }
        // It only grows: the last value is the highest, but for the last moments.
        peak = memory(child.id(), "VmHWM:").unwrap_or(peak);
        sleep(Duration::from_millis(20)).await;
    }
}

/// A table for publications.
pub fn table() -> Table {
    Table::new(&["what", "seconds", "peak MiB"])
}

impl Loading {
    /// As a row of it.
    pub fn row(&self, what: &str) -> Vec<String> {
        vec![what.to_owned(), number(self.seconds), number(self.peak)]
    }
}
