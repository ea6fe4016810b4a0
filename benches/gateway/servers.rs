//! The servers that are measured side by side: one as it is by default, which keeps answers; one that makes
//! each answer anew, but from rows that it may have kept; one that keeps nothing; and the limits.

use std::sync::Arc;

use crate::{
    check::check,
    limits,
    load::settle,
    options::Options,
    postgres::Postgres,
    processes::Server,
    queries::{QUERIES, Query, Requests, Size},
    series::{Contender, Series},
    wire::Connection,
};

/// The servers over one database.
pub struct Servers<'o> {
    options: &'o Options,
    size: Size,
    postgres: Option<&'o Postgres>,
    pub bare: Server,
    pub uncached: Server,
    pub cached: Server,
    pub limits: Server,
    /// How long an answer to each query is, in the middle.
    pub bytes: Vec<usize>,
}

/// What each did of one query.
#[derive(Default)]
pub struct Race {
    pub bare: Series,
    pub uncached: Series,
    pub cached: Series,
    pub l1: Series,
    pub l2: Option<Series>,
    pub varied: Option<Series>,
    /// Where there is more to ask for: rows kept, and L2, both asked for what is popular.
    pub popular: Option<[Series; 2]>,
}

/// What a server keeps for later requests, as its command line has it.
#[derive(Clone, Copy, Debug)]
pub enum Keeping {
    Answers,
    Rows,
    Nothing,
}

/// Starts a server.
pub async fn start(options: &Options, url: &str, keeping: Keeping) -> anyhow::Result<Server> {
    let mut arguments = vec!["serve", "--database-url", url];
    arguments.extend(match keeping {
        Keeping::Answers => [].as_slice(),
        Keeping::Rows => &["--answer-cache-bytes=0"],
        Keeping::Nothing => &["--answer-cache-bytes=0", "--row-cache-bytes=0"],
    });
    Server::start(&options.binary, "--listen", &arguments).await
}

impl<'o> Servers<'o> {
    /// Starts all.
    pub async fn start(
        options: &'o Options,
        size: Size,
        url: &str,
        postgres: Option<&'o Postgres>,
    ) -> anyhow::Result<Self> {
        let bare = start(options, url, Keeping::Nothing).await?;
        let mut bytes = Vec::new();
        for query in &QUERIES {
            let mut server = [Connection::open(bare.address).await?];
            let mut lengths = check(query, size, &mut server, None).await?;
            lengths.sort_unstable();
            bytes.push(lengths[lengths.len() / 2]);
        }
        Ok(Self {
            options,
            size,
            postgres,
            bare,
            uncached: start(options, url, Keeping::Rows).await?,
            cached: start(options, url, Keeping::Answers).await?,
            limits: limits::start(&bytes, postgres.map(|_| url)).await?,
            bytes,
        })
    }

    /// Whether all give the same answers; and lets answers be kept.
    pub async fn check(&self, query: &Query) -> anyhow::Result<()> {
        let mut ours = [
            Connection::open(self.bare.address).await?,
            Connection::open(self.uncached.address).await?,
            Connection::open(self.cached.address).await?,
        ];
        let mut limits = Connection::open(self.limits.address).await?;
        let l2 = self.postgres.map(|_| &mut limits);
        check(query, self.size, &mut ours, l2).await?;
        let hot = query.hot(self.size);
        settle(self.cached.address, &hot).await?;
        if query.has_more(self.size) {
            // It settles when it is measured, on what it is then asked.
            return Ok(());
        }
        settle(self.uncached.address, &hot).await
    }

    /// How many statements a request takes: where nothing is kept, where rows are, and where answers are.
    pub async fn statements(&self, query: &Query) -> anyhow::Result<[Option<f64>; 3]> {
        let bare = statements(&self.bare, &query.ours(self.size)).await?;
        let uncached = statements(&self.uncached, &query.ours(self.size)).await?;
        let cached = statements(&self.cached, &query.hot(self.size)).await?;
        Ok([bare, uncached, cached])
    }

    fn contender<'s>(&'s self, server: &'s Server, requests: Arc<Requests>) -> Contender<'s> {
        Contender {
            server,
            requests,
            postgres: self.postgres,
            series: Series::default(),
        }
    }

    /// Measures what is asked for what is popular, in turn with L2.
    async fn popular(&self, query: &Query, clients: u32) -> anyhow::Result<Option<[Series; 2]>> {
        if self.postgres.is_none() || !query.has_more(self.size) {
            return Ok(None);
        }
        let hot = query.hot(self.size);
        settle(self.uncached.address, &hot).await?;
        let mut ours = self.contender(&self.uncached, hot);
        let mut l2 = self.contender(&self.limits, query.hot_limit(self.size));
        for _ in 0..self.options.rounds {
            ours.measure(clients, self.options.slice()).await?;
            l2.measure(clients, self.options.slice()).await?;
        }
        Ok(Some([ours.series, l2.series]))
    }

    /// Measures all in turn, with so many clients.
    pub async fn race(&self, query: &'static Query, clients: u32) -> anyhow::Result<Race> {
        let size = self.size;
        let popular = self.popular(query, clients).await?;
        if query.has_more(size) {
            settle(self.uncached.address, &query.ours(size)).await?;
        }
        let contender = |server, requests| Some(self.contender(server, requests));
        let l2 = contender(&self.limits, query.limit("l2", size));
        let varied = contender(&self.cached, query.varied(size));
        let mut all = [
            contender(&self.bare, query.ours(size)),
            contender(&self.uncached, query.ours(size)),
            contender(&self.cached, query.hot(size)),
            contender(&self.limits, query.limit("l1", size)),
            l2.filter(|_| self.postgres.is_some()),
            varied.filter(|_| matches!(query.number, 1 | 4)),
        ];
        for round in 0..self.options.rounds {
            // Whoever comes first has it neither better nor worse.
            let order: [usize; 6] = if round % 2 == 0 {
                [0, 4, 1, 2, 3, 5]
            } else {
                [1, 4, 0, 3, 2, 5]
            };
            for place in order {
                if let Some(contender) = &mut all[place] {
                    contender.measure(clients, self.options.slice()).await?;
                }
            }
        }
        let all = all.map(|contender| contender.map(|contender| contender.series));
        let [bare, uncached, cached, l1, l2, varied] = all;
        Ok(Race {
            bare: bare.unwrap_or_default(),
            uncached: uncached.unwrap_or_default(),
            cached: cached.unwrap_or_default(),
            l1: l1.unwrap_or_default(),
            l2,
            varied,
            popular,
        })
    }
}

async fn statements(server: &Server, requests: &Requests) -> anyhow::Result<Option<f64>> {
    const COUNTED: u8 = 20;
    let mut connection = Connection::open(server.address).await?;
    let before = server.statements().await?;
    ask(&mut connection, requests, COUNTED.into()).await?;
    let both = before.zip(server.statements().await?);
    Ok(both.map(|(before, after)| (after - before) / f64::from(COUNTED)))
}

async fn ask(connection: &mut Connection, requests: &Requests, count: usize) -> anyhow::Result<()> {
    let mut request = Vec::new();
    for number in 0..count {
        requests.write(number, &mut request);
        connection.ask(&request).await?;
    }
    Ok(())
}
