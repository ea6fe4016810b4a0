//! PostgreSQL: its databases, and the processor time that all its processes take.

use std::{collections::HashMap, fs};

use anyhow::Context;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection};

use crate::processes::ticks;

/// A PostgreSQL server on this machine.
pub struct Postgres {
    url: String,
    /// The process that all others of it are children of.
    postmaster: u32,
}

impl Postgres {
    /// The server of this database.
    pub async fn at(url: &str) -> anyhow::Result<Self> {
        let mut connection = PgConnection::connect(url).await?;
        let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
            .fetch_one(&mut connection)
            .await?;
        let stat = fs::read_to_string(format!("/proc/{backend}/stat"));
        let stat = stat.context("PostgreSQL runs on another machine: its work cannot be seen")?;
        let (_, rest) = stat.rsplit_once(')').context("`stat` has no name")?;
        let parent = rest.split_whitespace().nth(1);
        Ok(Self {
            url: url.to_owned(),
            postmaster: parent.context("`stat` has no parent")?.parse()?,
        })
    }

    /// The address of another database of the server.
    pub fn database(&self, name: &str) -> String {
        let (server, _) = self.url.rsplit_once('/').unwrap_or((&self.url, ""));
        format!("{server}/{name}")
    }

    /// Makes a database, or takes the one that is there if it is to be kept. Whether it is new.
    pub async fn create(&self, name: &str, keep: bool) -> anyhow::Result<bool> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let there: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
                .bind(name)
                .fetch_one(&mut connection)
                .await?;
        if there && keep {
            return Ok(false);
        }
        self.drop(name).await?;
        let create = format!("CREATE DATABASE {name}");
        sqlx::raw_sql(AssertSqlSafe(create))
            .execute(&mut connection)
            .await?;
        Ok(true)
    }

    /// Drops a database, if it is there.
    pub async fn drop(&self, name: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        sqlx::raw_sql(AssertSqlSafe(drop))
            .execute(&mut connection)
            .await?;
        Ok(())
    }

    /// The processor time that its processes have taken so far.
    pub fn cpu(&self) -> Cpu {
        let children = format!("/proc/{0}/task/{0}/children", self.postmaster);
        let children = fs::read_to_string(children).unwrap_or_default();
        let processes = children
            .split_whitespace()
            .filter_map(|process| process.parse().ok());
        let alive = processes.filter_map(|process: u32| {
            let text = fs::read_to_string(format!("/proc/{process}/schedstat")).ok()?;
            let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
            Some((process, nanoseconds / 1e9))
        });
        Cpu {
            alive: alive.collect(),
            ended: ticks(self.postmaster, &[15, 16]).unwrap_or_default() / 100.0,
        }
    }
}

/// Processor time of the processes of a server, in seconds.
pub struct Cpu {
    /// Of each that there is.
    alive: HashMap<u32, f64>,
    /// Of all that there were.
    ended: f64,
}

impl Cpu {
    /// How much it was since then.
    pub fn since(&self, before: &Self) -> f64 {
        let alive = self.alive.iter().map(|(process, time)| {
            let then = before.alive.get(process);
            time - then.copied().unwrap_or_default()
        });
        let known = before.alive.iter();
        let known = known.filter(|(process, _)| !self.alive.contains_key(process));
        let known: f64 = known.map(|(_, time)| time).sum();
        alive.sum::<f64>() + (self.ended - before.ended - known).max(0.0)
    }
}

/// Lets a database tidy up and count, as it does by itself some time after content was loaded.
pub async fn vacuum(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("VACUUM ANALYZE")
        .execute(&mut connection)
        .await?;
    Ok(())
}
