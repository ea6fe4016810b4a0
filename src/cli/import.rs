//! `civigraph import`: a site into the database.

use std::{
    fs::File,
    io::{self, IsTerminal, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Outcome, extract::threads};
use crate::{
    config::Config,
    importer::{Became, Limits, Map, Options, Report, Step, bundled, bundled_names, import},
};

/// Which site, and how it is imported.
#[derive(Clone, Debug, Args)]
pub struct Sites {
    /// The folder of the site: a checkout of an Isomer repository.
    #[arg(value_name = "SITE")]
    site: PathBuf,

    /// Which pages hold programmes, events, organisations and awards: a file (docs/import.md explains it), or the
    /// name of a map that came with the program, such as `tech.gov.sg`.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,

    /// What the checkout is called, if not as its folder: the pieces that an import leaves are told from those of
    /// others by it, so it must stay the same.
    #[arg(long, value_name = "NAME", value_parser = checkout_name)]
    name: Option<String>,

    /// Show what would be done, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Write the report as JSON into this file; `-` is standard output, which then has nothing else.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Publishes what the site says, all or nothing.
pub(super) async fn run(config: &Config, sites: Sites) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let map = sites
        .map
        .as_deref()
        .map(map)
        .transpose()?
        .unwrap_or_default();
    // What can't be written must not be found out when all else is done.
    let to_stdout = sites.report.as_deref() == Some(Path::new("-"));
    let file = sites.report.as_deref().filter(|_| !to_stdout);
    let file = file
        .map(|path| File::create(path).with_context(|| format!("cannot write {}", path.display())));
    let file = file.transpose()?;
    let db = super::connect(config, None).await?;
    super::migrate(&db).await?;
    let options = Options {
        name: sites.name.clone(),
        threads: threads(),
        dry_run: sites.dry_run,
        without_map: sites.map.is_none(),
        at: super::now(),
        limits: Limits::default(),
    };
    let progress = Progress::new();
    let imported = import(&db, &sites.site, map, &options, &|step| progress.step(step)).await;
    progress.end();
    let mut report = imported.with_context(|| sites.site.display().to_string())?;
    report.seconds = start.elapsed().as_secs_f64();
    db.close().await?;
    tell(&report, sites.dry_run, to_stdout, file)?;
    Ok(if report.is_partial() {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

fn checkout_name(name: &str) -> Result<String, String> {
    let good = (1..=200).contains(&name.len()) && !name.chars().any(char::is_control);
    let told = || "a name has 1 to 200 characters, and none that controls machines".to_owned();
    good.then(|| name.to_owned()).ok_or_else(told)
}

/// The size of a map, in bytes.
const LARGEST: u64 = 1024 * 1024;

fn map(path: &Path) -> anyhow::Result<Map> {
    if !path.exists()
        && let Some(map) = path.to_str().and_then(bundled)
    {
        return Ok(map?);
    }
    let read = || {
        let file = File::open(path)?;
        let data = file.metadata()?;
        let mut yaml = String::new();
        if !data.is_file() || data.len() > LARGEST {
            return Err(io::Error::other(format!(
                "it is no file of up to {LARGEST} bytes"
            )));
        }
        file.take(LARGEST).read_to_string(&mut yaml).map(|_| yaml)
    };
    let yaml = read().with_context(|| {
        let names: Vec<_> = bundled_names().collect();
        format!(
            "cannot read the map {} (maps that came with the program: {})",
            path.display(),
            names.join(", ")
        )
    })?;
    Map::read(&yaml).with_context(|| path.display().to_string())
}

/// Tells what came of it: problems on standard error, the summary where the JSON is not, and the JSON.
fn tell(
    report: &Report,
    plan: bool,
    json_to_stdout: bool,
    file: Option<File>,
) -> anyhow::Result<()> {
    let mut out: Box<dyn Write> = if json_to_stdout {
        Box::new(io::stderr().lock())
    } else {
        Box::new(io::stdout().lock())
    };
    if plan {
        for change in &report.changes {
            let became = match change.became {
                Became::Created => "create",
                Became::Updated => "update",
                Became::Unchanged => "leave",
                Became::Withdrawn => "withdraw",
                Became::Redirected => "redirect",
            };
            writeln!(out, "{became:<9} {} ({})", change.piece, change.file)?;
        }
    }
    for problem in report
        .warnings
        .values()
        .flat_map(|warnings| &warnings.places)
    {
        eprintln!("{problem}");
    }
    write!(out, "{report}")?;
    let mut json = serde_json::to_string_pretty(report)?;
    json.push('\n');
    if json_to_stdout {
        io::stdout().write_all(json.as_bytes())?;
    } else if let Some(mut file) = file {
        file.write_all(json.as_bytes())
            .context("cannot write the report")?;
    }
    Ok(())
}

/// Tells how far the import is: a bar on a terminal, a line now and then elsewhere.
struct Progress {
    bar: Option<ProgressBar>,
    pages: AtomicUsize,
    read: AtomicUsize,
    published: AtomicUsize,
}

impl Progress {
    fn new() -> Self {
        Self {
            bar: io::stderr().is_terminal().then(|| {
                let bar = ProgressBar::new(0);
                let style = ProgressStyle::with_template("{msg:<10} {wide_bar} {pos}/{len} {eta}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.enable_steady_tick(Duration::from_millis(200));
                bar
            }),
            pages: AtomicUsize::new(0),
            read: AtomicUsize::new(0),
            published: AtomicUsize::new(0),
        }
    }

    fn step(&self, step: Step) {
        match step {
            Step::Found(pages) => {
                self.pages.store(pages, Ordering::Relaxed);
                self.begin("Reading", pages);
            }
            Step::Read => {
                let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
                let pages = self.pages.load(Ordering::Relaxed);
                self.advance("read", read, pages);
                if read == pages {
                    self.begin("Publishing", pages);
                }
            }
            Step::Published => {
                let published = self.published.fetch_add(1, Ordering::Relaxed) + 1;
                self.advance("published", published, self.pages.load(Ordering::Relaxed));
            }
        }
    }

    fn begin(&self, what: &'static str, pages: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(pages as u64);
            bar.set_position(0);
            bar.set_message(what);
        } else {
            eprintln!("{what} {pages} pages");
        }
    }

    fn advance(&self, what: &str, done: usize, all: usize) {
        const LINES: usize = 1_000;
        if let Some(bar) = &self.bar {
            bar.inc(1);
        } else if done.is_multiple_of(LINES) {
            eprintln!("{done} of {all} pages {what}");
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
