//! How much the server works on at a time: what is more waits its turn, so that memory is bounded whatever
//! clients send.

use std::thread::available_parallelism;

use tokio::sync::{Semaphore, SemaphorePermit, TryAcquireError};

/// The room that there is.
pub(super) struct Room {
    /// For bodies that are read, in kibibytes.
    bodies: Semaphore,
    /// For bodies that are read whole and worked on: as values they take much more. Small ones have a room of
    /// their own, so that they do not wait for large ones.
    small: Semaphore,
    large: Semaphore,
    /// For operations that run, in hundreds of fields. Light ones have a room of their own, too.
    light: Semaphore,
    heavy: Semaphore,
}

/// Bodies up to this size are not counted while they are read: the number of connections bounds them.
const SMALL: usize = 16_384;

/// For slow or large bodies: 32 MiB.
const BODIES: u32 = 32_768;

/// One value of a list takes some 100 bytes for every two in the body, so this is up to 50 MiB.
const REQUESTS: u32 = 1_024;

/// For each processor 10,000 fields: a field takes some hundred bytes while it is resolved, and kilobytes while it waits
/// for what it reads. More at once would take memory, and no less time. What costs more counts as so many.
const OPERATIONS: u32 = 100;

/// Beyond so many processors there is no more room: memory is bounded on large machines, too.
const PROCESSORS: usize = 8;

/// Up to how many fields an operation is light: less than a page of a site asks for, as a rule.
const LIGHT: u64 = 3_000;

impl Room {
    pub(super) fn new() -> Self {
        let room = |most: u32| Semaphore::new(most as usize);
        let processors = available_parallelism().map_or(1, usize::from);
        let operations = OPERATIONS * u32::try_from(processors.min(PROCESSORS)).unwrap_or(1);
        Self {
            bodies: room(BODIES),
            small: room(REQUESTS),
            large: room(REQUESTS),
            light: room(operations),
            heavy: room(operations),
        }
    }

    /// Room to read a body of so many bytes, if it takes any; or that too many are read already.
    pub(super) fn body(
        &self,
        bytes: usize,
    ) -> Result<Option<SemaphorePermit<'_>>, TryAcquireError> {
        let takes = (bytes > SMALL).then(|| parts(bytes as u64, 1_024, BODIES));
        takes
            .map(|parts| self.bodies.try_acquire_many(parts))
            .transpose()
    }

    /// Room to work on a request of so many bytes, when there is.
    pub(super) async fn request(&self, bytes: usize) -> SemaphorePermit<'_> {
        let room = match bytes {
            ..=SMALL => &self.small,
            _ => &self.large,
        };
        taken(room, parts(bytes as u64, 1_024, REQUESTS)).await
    }

    /// Room to run an operation of so many fields, when there is.
    pub(super) async fn work(&self, fields: u64) -> SemaphorePermit<'_> {
        let room = match fields {
            ..=LIGHT => &self.light,
            _ => &self.heavy,
        };
        taken(room, parts(fields, 100, OPERATIONS)).await
    }
}

async fn taken(room: &Semaphore, parts: u32) -> SemaphorePermit<'_> {
    let permit = room.acquire_many(parts).await;
    permit.expect("nobody closes it")
}

/// How many parts that takes: at least one, and no more than there are.
fn parts(amount: u64, size: u64, most: u32) -> u32 {
    let parts = u32::try_from(amount / size).unwrap_or(u32::MAX);
    parts.saturating_add(1).min(most)
}
