//! What is done in which order.

use std::{env, path::Path};

use crate::{
    answers,
    bars::Bars,
    cold,
    contents::{Contents, contents, empty},
    growth, loading,
    options::{Engine, Options, Part},
    postgres::{self, Postgres},
    queries::Size,
    readers,
    report::Report,
};

/// Measures all that was chosen, and shows it.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::default();
    let mut bars = Bars::new();
    let given = options.database_s.iter().chain(&options.database_l);
    let mut given = given.filter(|url| url.starts_with(Engine::Postgres.scheme()));
    let postgres = match given.next().cloned().or(env::var("TEST_POSTGRES_URL").ok()) {
        Some(url) => Some(Postgres::at(&url).await?),
        None => None,
    };
    for &engine in &options.engines {
        let postgres = postgres.as_ref().filter(|_| engine == Engine::Postgres);
        if engine == Engine::Postgres && postgres.is_none() {
            report.say("No PostgreSQL: run this by `tests/with-postgres`. SQLite alone follows.");
            continue;
        }
        measure(options, engine, postgres, &mut report, &mut bars).await?;
    }
    if let Some(table) = bars.table() {
        report.table("Bars", table);
    }
    if let Some(file) = &options.markdown {
        report.write(file)?;
    }
    Ok(())
}

async fn measure(
    options: &Options,
    engine: Engine,
    postgres: Option<&Postgres>,
    report: &mut Report,
    bars: &mut Bars,
) -> anyhow::Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = options.keep.as_deref().unwrap_or(temporary.path());
    report.say(&format!("## {}", engine.name()));
    let mut all = Vec::new();
    for &size in &options.sizes {
        all.push(contents(options, engine, size, postgres, folder).await?);
    }
    if options.wants(Part::Loading) {
        publications(options, engine, postgres, &all, temporary.path(), report).await?;
    }
    for Contents { size, url, .. } in &all {
        if options.wants(Part::Cold) {
            cold::measure(options, engine, *size, url, report).await?;
        }
        if options.wants(Part::Answers) {
            let measured = answers::measure(options, *size, url, postgres, report).await?;
            bars.answers(&measured, engine, *size);
        }
    }
    if let (true, Some(postgres), [small, large]) =
        (options.wants(Part::Growth), postgres, &all[..])
    {
        let urls = [small.url.as_str(), &large.url];
        bars.growth(&growth::measure(options, postgres, urls, report).await?);
    }
    for contents in all {
        contents.close(postgres).await?;
    }
    Ok(())
}

/// What loading took, loading the same once more, and what readers see meanwhile.
async fn publications(
    options: &Options,
    engine: Engine,
    postgres: Option<&Postgres>,
    all: &[Contents],
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut loads = loading::table();
    let mut readings = Vec::new();
    for contents in all {
        let name = contents.size.name().to_uppercase();
        if let Some(loading) = contents.loading {
            loads.row(loading.row(&format!("{name}, all new")));
        }
        eprintln!("{}: loading {name} once more", engine.name());
        let what = format!("{name}, nothing new");
        let amount = ["--size", contents.size.name()];
        let url = &contents.url;
        let read = readers::read_during(options, url, contents.size, &what, &amount).await?;
        loads.row(read.0.row(&what));
        readings.extend(read.1);
    }
    let (url, _, dropped) = empty("w", false, postgres, folder).await?;
    loading::publish(options, &url, &["--size", "s"]).await?;
    if postgres.is_some() {
        postgres::vacuum(&url).await?;
    }
    eprintln!("{}: a large publication", engine.name());
    let what = "20,000 events added to S, and S changed";
    let amount = ["--size", "s", "--events", "20500"];
    let read = readers::read_during(options, &url, Size::S, what, &amount).await?;
    loads.row(read.0.row(what));
    readings.extend(read.1);
    if let (Some(postgres), Some(name)) = (postgres, dropped) {
        postgres.drop(&name).await?;
    }
    let name = engine.name();
    report.table(&format!("Publishing, {name}"), &loads);
    let readings = readers::table(&readings);
    report.table(
        &format!("A reader who asks Q4 meanwhile, {name}"),
        &readings,
    );
    Ok(())
}
