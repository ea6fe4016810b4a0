//! The servers that are measured: each a process of its own, whose processor time and memory Linux tells.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::time::sleep;

use crate::wire::Connection;

/// How many of the kernel's ticks a second has, as `/proc` counts them on Linux.
const TICKS: f64 = 100.0;

/// A server; it ends when this is dropped.
pub struct Server {
    child: Child,
    /// Where it answers.
    pub address: SocketAddr,
    /// How long it took until it answered.
    pub took: Duration,
}

impl Server {
    /// Starts a program; it is told the address behind `flag`.
    pub async fn start(program: &Path, flag: &str, arguments: &[&str]) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let start = Instant::now();
        let mut child = Command::new(program)
            .args(arguments)
            .args([flag, &address.to_string()])
            .env("CIVIGRAPH_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        while !is_ready(address).await {
            if let Some(status) = child.try_wait()? {
                bail!("{} ended: {status}", program.display());
            }
            if start.elapsed() > Duration::from_mins(1) {
                let _ = child.kill();
                bail!("{} does not get ready", program.display());
            }
            sleep(Duration::from_millis(1)).await;
        }
        Ok(Self {
            child,
            address,
            took: start.elapsed(),
        })
    }

    /// The processor time that it has taken so far, in seconds.
    pub fn cpu(&self) -> f64 {
        ticks(self.child.id(), &[13, 14]).unwrap_or_default() / TICKS
    }

    /// The most memory that it has had so far, in MiB.
    pub fn peak(&self) -> f64 {
        memory(self.child.id(), "VmHWM:").unwrap_or_default()
    }

    /// The memory that it has now, in MiB.
    pub fn memory(&self) -> f64 {
        memory(self.child.id(), "VmRSS:").unwrap_or_default()
    }

    /// How many statements it has run, if it says so.
    pub async fn statements(&self) -> anyhow::Result<Option<f64>> {
        let mut connection = Connection::open(self.address).await?;
        let request = b"GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let text = String::from_utf8(connection.body(request).await?)?;
        let mut lines = text.lines();
        let count = lines.find_map(|line| line.strip_prefix("civigraph_sql_statements_total "));
        Ok(count.map(str::parse).transpose()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut connection) = Connection::open(address).await else {
        return false;
    };
    let request = b"GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n";
    connection.ask(request).await.is_ok()
}

/// The sum of these fields of a process's `stat`, counted from 0.
pub fn ticks(process: u32, fields: &[usize]) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Its name, the second field, may have spaces.
    let (_, rest) = stat.rsplit_once(')')?;
    let all: Vec<_> = rest.split_whitespace().collect();
    let numbers = fields
        .iter()
        .map(|field| all.get(field - 2)?.parse::<f64>().ok());
    numbers.sum()
}

/// What a process's `status` says under this name, in MiB.
pub fn memory(process: u32, name: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
