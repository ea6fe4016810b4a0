//! Many pages: read by all cores, handed on one after the other.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use super::{
    limits::Limits,
    page::{Page, extract},
    problem::{Problem, ProblemKind},
    site::Source,
};

/// How many pages each core may be ahead: so many are in memory at most.
const AHEAD: usize = 8;

/// A page, or why there is none.
pub type Read = Result<Box<Page>, Problem>;

/// Reads pages with as many threads as asked for, and hands each to `take`, in their order. Stops at the first
/// error that `take` gives.
pub fn read_pages<E>(
    sources: &[Source],
    limits: &Limits,
    threads: usize,
    mut take: impl FnMut(&Source, Read) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.clamp(1, sources.len().max(1));
    thread::scope(|scope| {
        // Every thread has its own share, so that whose turn it is needs no telling.
        let shares: Vec<Receiver<Read>> = (0..threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(AHEAD);
                let share = sources.iter().skip(first).step_by(threads);
                scope.spawn(move || read_share(share, limits, &sender));
                receiver
            })
            .collect();
        for (source, share) in sources.iter().zip((0..threads).cycle()) {
            let gone = || Err(crash(source));
            take(source, shares[share].recv().unwrap_or_else(|_| gone()))?;
        }
        Ok(())
    })
}

fn read_share<'s>(
    sources: impl Iterator<Item = &'s Source>,
    limits: &Limits,
    sender: &SyncSender<Read>,
) {
    for source in sources {
        // One page must not stop thousands.
        let page = catch_unwind(AssertUnwindSafe(|| read(source, limits)));
        let page = page.unwrap_or_else(|_| Err(crash(source)));
        // Nobody listens any more: the rest is not asked for.
        if sender.send(page).is_err() {
            break;
        }
    }
}

fn read(source: &Source, limits: &Limits) -> Read {
    let bytes = source.read(limits)?;
    Ok(Box::new(extract(&source.name, &bytes, limits)))
}

fn crash(source: &Source) -> Problem {
    let message = "reading it failed: this is a fault of the importer";
    Problem::of(&source.name, ProblemKind::Unreadable, message)
}
