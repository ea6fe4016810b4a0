//! How long a connection waits for its client.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use hyper::{
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    rt,
};
use tokio::{task::unconstrained, time};

/// The clock of a connection. It has one alarm, which is set anew only when it has rung too early: to set one for the head
/// of each request, and for its body, and to stop it again, took a tenth of the server's time for a small answer that is
/// kept.
#[derive(Clone, Default)]
pub(super) struct Clock {
    alarm: Arc<Mutex<Option<Alarm>>>,
}

struct Alarm {
    sleep: Pin<Box<time::Sleep>>,
    /// Whether it wakes the connection's task, whose waker stays the same: then it need not be asked again.
    wakes: bool,
}

impl Alarm {
    fn at(deadline: time::Instant) -> Self {
        Self {
            sleep: Box::pin(time::sleep_until(deadline)),
            wakes: false,
        }
    }

    fn set(&mut self, deadline: time::Instant) {
        self.sleep.as_mut().reset(deadline);
        self.wakes = false;
    }
}

impl Clock {
    fn until(&self, deadline: Instant) -> Until {
        let clock = self.clone();
        Until { clock, deadline }
    }

    /// A body that breaks off when it takes longer than this to come.
    pub(super) fn bounded(&self, body: Incoming, patience: Duration) -> Bounded {
        Bounded {
            body,
            patience,
            clock: self.clone(),
            until: None,
        }
    }
}

impl rt::Timer for Clock {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn rt::Sleep>> {
        self.sleep_until(Instant::now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn rt::Sleep>> {
        Box::pin(self.until(deadline))
    }
}

/// Waits until then.
struct Until {
    clock: Clock,
    deadline: Instant,
}

impl rt::Sleep for Until {}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let deadline = time::Instant::from_std(self.deadline);
        let mut alarm = self
            .clock
            .alarm
            .lock()
            .expect("nobody panics while holding it");
        let alarm = alarm.get_or_insert_with(|| Alarm::at(deadline));
        if alarm.sleep.deadline() > deadline {
            alarm.set(deadline);
        }
        if alarm.wakes && !alarm.sleep.is_elapsed() {
            return Poll::Pending;
        }
        loop {
            alarm.wakes = true;
            // A task that had done enough for one turn would else be sent away, and never be woken.
            let mut sleep = unconstrained(alarm.sleep.as_mut());
            ready!(Pin::new(&mut sleep).poll(context));
            if alarm.sleep.deadline() >= deadline {
                return Poll::Ready(());
            }
            alarm.set(deadline);
        }
    }
}

/// A body that has to come in time.
pub(super) struct Bounded {
    body: Incoming,
    patience: Duration,
    clock: Clock,
    /// When its time is over; it begins when the body is first waited for.
    until: Option<Until>,
}

impl Body for Bounded {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Self {
            clock,
            patience,
            until,
            ..
        } = &mut *self;
        let until = until.get_or_insert_with(|| clock.until(Instant::now() + *patience));
        ready!(Pin::new(until).poll(context));
        Poll::Ready(Some(Err(Late.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body took too long to come.
#[derive(Debug)]
pub(super) struct Late;

impl fmt::Display for Late {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the body took too long to come")
    }
}

impl Error for Late {}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::task::consume_budget;

    use super::*;

    #[tokio::test]
    async fn it_rings_for_a_task_that_had_done_enough_for_one_turn() {
        let mut until = Clock::default().until(Instant::now() + Duration::from_millis(20));
        let mut turns = 0;
        let rings = poll_fn(|context| {
            turns += 1;
            while turns == 1 && std::pin::pin!(consume_budget()).poll(context).is_ready() {}
            Pin::new(&mut until).poll(context)
        });
        time::timeout(Duration::from_secs(10), rings).await.unwrap();
        assert!(turns > 1);
    }
}
