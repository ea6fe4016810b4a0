//! Connections: taking them, bounding them, and letting them go when the server stops.

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::Duration,
};

use async_graphql::futures_util::FutureExt;
use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use http_body_util::Either;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    signal,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::unconstrained,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;
use tracing::{debug, info, warn};

use super::{PATH, Service, clock::Clock, give::Given, http, metrics::Open, panicked, routes};
use crate::config::Config;

/// How long the head of a request may be, in bytes: its address, which may hold a query, and its headers.
const LONGEST_HEAD: usize = 16_384;

/// How long to wait when there are no more file descriptors.
const AGAIN: Duration = Duration::from_millis(100);

/// Answers requests until SIGINT or SIGTERM, and then those in flight.
pub async fn serve(listener: TcpListener, service: Service, config: &Config) -> io::Result<()> {
    // Each connection takes a file descriptor, and the usual limit is 1,024.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        debug!(%error, "The limit of open files stays as it is");
    }
    let front = Front::new(service.clone(), config);
    let most = config.http.max_connections;
    let places = Arc::new(Semaphore::new(most as usize));
    let mut stop = pin!(asked_to_stop());
    loop {
        let accepted = async {
            let place = places.clone().acquire_owned().await;
            (place.expect("nobody closes it"), listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let held = (place, service.metrics.open("http"));
                let stream = bounded(stream, config);
                begin(stream, front.of_connection(), held);
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                warn!(%error, "Cannot take a connection");
                sleep(AGAIN).await;
            }
        }
    }
    drop(listener);
    info!("Stopping: requests in flight are finished");
    service.stopping.send_replace(true);
    let patience = Duration::from_secs(config.shutdown_seconds);
    // Sockets give their connection's place back, too: what is left of them is counted apart.
    let connections = timeout(patience, places.acquire_many(most)).await;
    let streams = service.streams.acquire_many(config.http.max_streams);
    if connections.is_err() || timeout(GOODBYE, streams).await.is_err() {
        warn!(
            "Stopped with requests unfinished after {} s",
            patience.as_secs()
        );
    }
    Ok(())
}

/// How long sockets may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// Where requests go: nearly all of them are operations, which no router must find a way for.
#[derive(Clone)]
struct Front {
    service: Service,
    routes: Router,
    /// Whether operations pass through what the routes have around them.
    layered: bool,
    /// How long a head and a body may take to come.
    patience: Duration,
    /// Of the connection.
    clock: Clock,
}

impl Front {
    fn new(service: Service, config: &Config) -> Self {
        Self {
            routes: routes(service.clone(), config),
            service,
            layered: !config.http.cors_origins.is_empty(),
            patience: Duration::from_secs(config.http.read_seconds),
            clock: Clock::default(),
        }
    }

    /// For a connection of its own.
    fn of_connection(&self) -> Self {
        Self {
            clock: Clock::default(),
            ..self.clone()
        }
    }

    fn is_operation<B>(&self, request: &Request<B>) -> bool {
        !self.layered && request.uri().path() == PATH
    }

    fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response<Given>, Infallible>> + Send {
        let request = request.map(|body| self.clock.bounded(body, self.patience));
        async move {
            if !self.is_operation(&request) {
                let answer = self.routes.clone().oneshot(request.map(Body::new));
                let answer = Box::pin(answer).await;
                return answer.map(|answer| answer.map(Either::Right));
            }
            let begin = || http::answer(&self.service, request.map(Either::Left));
            let answer = match catch_unwind(AssertUnwindSafe(begin)) {
                Ok(answer) => AssertUnwindSafe(answer).catch_unwind().await,
                Err(panic) => Err(panic),
            };
            let whole = |text: String| Either::Left(text.into());
            Ok(answer.unwrap_or_else(|panic| panicked(panic).map(whole)))
        }
    }
}

/// Serves a connection in a task of its own, with what it holds meanwhile.
///
/// A function of its own: whoever awaits [`serve`] compiles its future once more, and all that is compiled for that. With the
/// task in it, the program had 8 MB more: all resolvers twice.
#[inline(never)]
fn begin(stream: Stream, front: Front, held: (OwnedSemaphorePermit, Open)) {
    tokio::spawn(async move {
        if let Err(error) = connection(stream, front).await {
            debug!(%error, "A connection broke off");
        }
        drop(held);
    });
}

/// Serves a connection; once the server stops, no longer than for the request in flight.
async fn connection(stream: Stream, front: Front) -> hyper::Result<()> {
    // However much the connection does in one turn, this waits from the first one on.
    let mut stopped = pin!(unconstrained(front.service.stopped()));
    let watched = front.service.stopping.subscribe();
    let (clock, patience) = (front.clock.clone(), front.patience);
    let front = Arc::new(front);
    // Its future has a place in the connection, which is taken once.
    let service = service_fn(move |request| front.clone().answer(request));
    let connection = http1::Builder::new()
        .timer(clock)
        .header_read_timeout(patience)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let mut waits = false;
    let ended = poll_fn(|context| {
        if let Poll::Ready(result) = connection.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        // Once it waits it wakes this task, whose waker stays the same: it need not be looked at with each step of the
        // connection.
        if !waits || watched.has_changed().unwrap_or(true) {
            waits = true;
            return stopped.as_mut().poll(context).map(|()| None);
        }
        Poll::Pending
    });
    if let Some(result) = ended.await {
        return result;
    }
    connection.as_mut().graceful_shutdown();
    connection.await
}

type Stream = Pin<Box<TimeoutStream<TcpStream>>>;

/// A connection that breaks when nobody reads what is written.
fn bounded(stream: TcpStream, config: &Config) -> Stream {
    // If it fails, answers are a little slower.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    // Sockets tell slow readers before this cuts them off.
    let slowest = Duration::from_secs(config.http.write_seconds) * 2;
    stream.set_write_timeout(Some(slowest));
    Box::pin(stream)
}

/// Whether a connection went before it was taken.
fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

async fn asked_to_stop() {
    let interrupt = async {
        signal::ctrl_c().await.expect("the runtime handles signals");
    };
    #[cfg(unix)]
    let terminate = async {
        signal::unix::signal(signal::unix::SignalKind::terminate())
            .expect("the runtime handles signals")
            .recv()
            .await;
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
