//! `civigraph extract`: what is found in pages, as JSON.

use std::{
    io::{self, BufWriter, ErrorKind, Write},
    path::PathBuf,
};

use clap::Args;

use super::Outcome;
use crate::importer::{Extract, Limits, Problem, read_pages, sources};

/// Which pages, and how they are printed.
#[derive(Clone, Debug, Args)]
pub struct Pages {
    /// Sites, folders of them, or files. A file is always taken as a page.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Print for people, not one page a line.
    #[arg(long)]
    pretty: bool,
}

/// Prints one JSON object for each page on standard output, in the order of their paths, and what is wrong with
/// them on standard error.
pub(super) fn run(pages: &Pages) -> anyhow::Result<Outcome> {
    let limits = Limits::default();
    let (sources, problems) = sources(&pages.paths, &limits);
    if sources.is_empty() {
        for problem in &problems {
            eprintln!("{problem}");
        }
        anyhow::bail!("there is no page in what is named");
    }
    let mut outcome = Outcome::Done;
    let mut tell = |problem: &Problem| {
        eprintln!("{problem}");
        if problem.kind.loses() {
            outcome = Outcome::Partly;
        }
    };
    problems.iter().for_each(&mut tell);
    let mut out = BufWriter::new(io::stdout().lock());
    let written = read_pages(&sources, &limits, threads(), |_, read| {
        match read {
            Ok(page) => {
                write(&mut out, &page.extract, pages.pretty)?;
                page.problems.iter().for_each(&mut tell);
            }
            Err(problem) => tell(&problem),
        }
        Ok::<_, io::Error>(())
    });
    match written.and_then(|()| out.flush()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(Outcome::Done),
        written => written?,
    }
    Ok(outcome)
}

fn write(out: &mut impl Write, extract: &Extract, pretty: bool) -> io::Result<()> {
    if pretty {
        serde_json::to_writer_pretty(&mut *out, extract)?;
    } else {
        serde_json::to_writer(&mut *out, extract)?;
    }
    out.write_all(b"\n")
}

/// All cores read.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
