//! How many requests a second, for how much processor time: the server without and with kept answers, and
//! with requests that nobody has seen before, beside the limits.

use crate::{
    options::{Engine, Options},
    postgres::Postgres,
    queries::{Query, Size},
    report::{Report, Table, milliseconds, number},
    series::Series,
    servers::{Race, Servers},
};

/// What was measured of one query, with so many clients.
pub struct Answers {
    pub engine: Engine,
    pub size: Size,
    pub clients: u32,
    pub query: &'static Query,
    /// How long an answer is, in the middle.
    bytes: usize,
    /// Statements a request: where nothing is kept, where rows are, and where answers are.
    pub statements: [Option<f64>; 3],
    pub race: Race,
}

/// What was measured at one size.
pub struct Measured {
    pub answers: Vec<Answers>,
    /// The most memory that the server has had, in MiB, with its caches as they are by default.
    pub peak: f64,
}

/// Measures all queries of a database.
pub async fn measure(
    options: &Options,
    size: Size,
    url: &str,
    postgres: Option<&Postgres>,
    report: &mut Report,
) -> anyhow::Result<Measured> {
    let engine = postgres.map_or(Engine::Sqlite, |_| Engine::Postgres);
    let servers = Servers::start(options, size, url, postgres).await?;
    let mut answers = Vec::new();
    for query in options.queries() {
        servers.check(query).await?;
        let statements = servers.statements(query).await?;
        for &clients in &options.clients {
            let (engine_name, size_name) = (engine.name(), size.name());
            eprintln!(
                "{engine_name}, size {size_name}: Q{}, {clients} clients",
                query.number
            );
            answers.push(Answers {
                engine,
                size,
                clients,
                query,
                bytes: servers.bytes[usize::from(query.number) - 1],
                statements,
                race: servers.race(query, clients).await?,
            });
        }
    }
    let title = format!("{}, size {}", engine.name(), size.name().to_uppercase());
    report.table(&format!("Nothing kept, {title}"), &bare(&answers));
    report.table(
        &format!("Rows kept, answers not, {title}"),
        &uncached(&answers),
    );
    report.table(&format!("Answers kept, {title}"), &cached(&answers));
    report.table(&format!("Peak memory, {title}"), &memory(&servers));
    let peak = servers.cached.peak();
    Ok(Measured { answers, peak })
}

/// Those of a server that reads all of each answer anew, beside L2. Processor time is milliseconds a request:
/// the server's own, and the database's.
fn bare(answers: &[Answers]) -> Table {
    let mut table = Table::new(&[
        "clients",
        "query",
        "KB",
        "statements",
        "ours/s",
        "L2/s",
        "÷ L2",
        "÷ L1",
        "CPU ms",
        "database",
        "L2 CPU ms",
        "L2 database",
    ]);
    for answer in answers {
        let (bare, l2) = (&answer.race.bare, answer.race.l2.as_ref());
        let bytes = u32::try_from(answer.bytes).unwrap_or(u32::MAX);
        table.row(vec![
            answer.clients.to_string(),
            format!("Q{}", answer.query.number),
            number(f64::from(bytes) / 1_000.0),
            number(answer.statements[0]),
            number(bare.rate()),
            number(l2.map(Series::rate)),
            number(l2.map(|l2| bare.ratio(l2))),
            number(bare.ratio(&answer.race.l1)),
            milliseconds(bare.server()),
            milliseconds(bare.database()),
            milliseconds(l2.map(Series::server)),
            milliseconds(l2.and_then(Series::database)),
        ]);
    }
    table
}

/// Those of a server that makes each answer anew, from rows that it may have read before: asked for each piece in
/// turn, and, where there are more of them than caches hold, for the popular ones in turn.
fn uncached(answers: &[Answers]) -> Table {
    let mut table = Table::new(&[
        "clients",
        "query",
        "statements",
        "ours/s",
        "÷ L2",
        "÷ L1",
        "CPU ms",
        "database",
    ]);
    for answer in answers {
        let race = &answer.race;
        let popular = race.popular.as_ref();
        let popular = popular.map(|[ours, l2]| (", popular", ours, Some(l2)));
        for (which, ours, l2) in popular
            .into_iter()
            .chain([("", &race.uncached, race.l2.as_ref())])
        {
            let all = which.is_empty();
            table.row(vec![
                answer.clients.to_string(),
                format!("Q{}{which}", answer.query.number),
                number(answer.statements[1].filter(|_| all)),
                number(ours.rate()),
                number(l2.map(|l2| ours.ratio(l2))),
                number(all.then(|| ours.ratio(&race.l1))),
                milliseconds(ours.server()),
                milliseconds(ours.database()),
            ]);
        }
    }
    table
}

/// Those of a server as it is by default: to requests that it knows, and to such as nobody has seen before.
fn cached(answers: &[Answers]) -> Table {
    let mut table = Table::new(&[
        "clients",
        "query",
        "statements",
        "ours/s",
        "L1/s",
        "÷ L1",
        "÷ L2",
        "CPU ms",
        "L1 CPU ms",
        "never seen/s",
        "÷ L2",
        "CPU ms",
        "database",
    ]);
    for answer in answers {
        let race = &answer.race;
        let (cached, l2, varied) = (&race.cached, race.l2.as_ref(), race.varied.as_ref());
        table.row(vec![
            answer.clients.to_string(),
            format!("Q{}", answer.query.number),
            number(answer.statements[2]),
            number(cached.rate()),
            number(race.l1.rate()),
            number(cached.ratio(&race.l1)),
            number(l2.map(|l2| cached.ratio(l2))),
            milliseconds(cached.server()),
            milliseconds(race.l1.server()),
            number(varied.map(Series::rate)),
            number(varied.zip(l2).map(|(varied, l2)| varied.ratio(l2))),
            milliseconds(varied.map(Series::server)),
            milliseconds(varied.and_then(Series::database)),
        ]);
    }
    table
}

fn memory(servers: &Servers) -> Table {
    let mut table = Table::new(&["process", "peak MiB"]);
    let all = [
        ("the server", &servers.cached),
        ("the server, keeping rows only", &servers.uncached),
        ("the server, keeping nothing", &servers.bare),
        ("L1 and L2", &servers.limits),
    ];
    for (name, server) in all {
        table.row(vec![name.to_owned(), number(server.peak())]);
    }
    table
}
