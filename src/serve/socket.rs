//! GraphQL over WebSockets: `graphql-transport-ws`.
//!
//! The protocol, with its messages and close codes:
//! <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>.

mod message;

use std::{
    collections::HashMap,
    pin::pin,
    time::{Duration, Instant},
};

use async_graphql::{
    futures_util::{
        StreamExt,
        future::{AbortHandle, Abortable},
        stream::{self, BoxStream, SelectAll},
    },
    parser::types::OperationType,
};
use axum::{
    extract::{
        WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
};
use tokio::time::{MissedTickBehavior, interval, sleep_until, timeout};
use uuid::Uuid;

use self::message::{Closing, Said, Told};
use super::{Service, answer::body, fault::exceeded, operation::Ran, request::Asked};
use crate::error::code;

/// The name of the protocol in handshakes.
const PROTOCOL: &str = "graphql-transport-ws";

/// How long a client may take to say `connection_init`.
const INIT: Duration = Duration::from_secs(10);

/// How long a client that says goodbye may take to read the answer.
const GOODBYE: Duration = Duration::from_secs(1);

/// How often a client is asked whether it is still there, and after how many times without a word it is not.
const PING: Duration = Duration::from_secs(20);
const SILENT: u32 = 3;

/// Answers the handshake, if there may be one more socket.
pub(super) fn open(service: Service, upgrade: WebSocketUpgrade) -> Option<Response> {
    let place = service.streams.clone().try_acquire_owned().ok()?;
    let most = service.limits.max_request_bytes;
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(most)
        .max_frame_size(most);
    Some(upgrade.on_upgrade(async move |socket| {
        let _open = service.metrics.open("socket");
        let agreed = socket.protocol().is_some_and(|name| name == PROTOCOL);
        let mut socket = Socket::new(service, socket);
        let closing = if agreed {
            socket.run().await
        } else {
            Closing::new(4406, "Subprotocol not acceptable")
        };
        socket.close(closing).await;
        drop(place);
    }))
}

/// What an operation says: its identifier, what to send, and whether it is the last.
struct Spoken {
    id: String,
    told: Told,
    last: bool,
}

struct Socket {
    service: Service,
    wire: WebSocket,
    acknowledged: bool,
    operations: SelectAll<BoxStream<'static, Spoken>>,
    running: HashMap<String, AbortHandle>,
    begun: Instant,
    heard: Instant,
}

impl Socket {
    fn new(service: Service, wire: WebSocket) -> Self {
        let now = Instant::now();
        Self {
            service,
            wire,
            acknowledged: false,
            operations: SelectAll::new(),
            running: HashMap::new(),
            begun: now,
            heard: now,
        }
    }

    /// Speaks with the client until one of both has reason to end it.
    async fn run(&mut self) -> Closing {
        let mut stopped = pin!(self.service.stopped());
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let init = (self.begun + INIT).into();
        loop {
            let result = tokio::select! {
                message = self.wire.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await,
                    Some(Err(error)) => Err(Closing::of(&error)),
                    None => Err(Closing::Gone),
                },
                Some(spoken) = self.operations.next(), if !self.operations.is_empty() => {
                    self.speak(spoken).await
                }
                () = sleep_until(init), if !self.acknowledged => {
                    Err(Closing::new(4408, "Connection initialisation timeout"))
                }
                _ = ping.tick() => self.ask().await,
                () = &mut stopped => {
                    Err(Closing::new(1001, "The server stops: connect again"))
                }
            };
            if let Err(closing) = result {
                return closing;
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Closing> {
        self.heard = Instant::now();
        let text = match &message {
            Message::Text(text) => text.as_str(),
            Message::Binary(bytes) => {
                std::str::from_utf8(bytes).map_err(|_| Closing::invalid("Messages are texts"))?
            }
            Message::Close(_) => return Err(Closing::Gone),
            // The library answers pings.
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        };
        let room = self.service.clone();
        let _room = room.room.request(text.len()).await;
        match Said::read(text)? {
            Said::Init if self.acknowledged => {
                Err(Closing::new(4429, "Too many initialisation requests"))
            }
            Said::Init => {
                self.acknowledged = true;
                self.tell(Told::Acknowledged).await
            }
            Said::Ping => self.tell(Told::Pong).await,
            Said::Pong => Ok(()),
            Said::Subscribe { .. } if !self.acknowledged => Err(Closing::new(4401, "Unauthorized")),
            Said::Subscribe { id, .. } if self.running.contains_key(&id) => Err(Closing::new(
                4409,
                &format!("Subscriber for {id} already exists"),
            )),
            Said::Subscribe { id, asked } => self.begin(id, asked).await,
            Said::Complete { id } => {
                if let Some(handle) = self.running.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
        }
    }

    /// Begins an operation.
    async fn begin(&mut self, id: String, asked: Asked) -> Result<(), Closing> {
        let most = self.service.limits.max_operations;
        if self.running.len() >= most {
            let message =
                format!("The socket has {most} operations, which is the limit: complete one.");
            let code = code::LIMIT_EXCEEDED;
            let error = exceeded(code, "socketOperations", None, most as u64, &message);
            self.service.metrics.error(&error);
            return self.tell(Told::Errors(id, vec![error])).await;
        }
        let spoken = match self.service.speaker(&id, asked) {
            Ok(spoken) => spoken,
            Err(error) => {
                self.service.metrics.error(&error);
                return self.tell(Told::Errors(id, vec![error])).await;
            }
        };
        let (handle, registration) = AbortHandle::new_pair();
        self.operations
            .push(Abortable::new(spoken, registration).boxed());
        self.running.insert(id, handle);
        Ok(())
    }

    async fn speak(&mut self, spoken: Spoken) -> Result<(), Closing> {
        // What was completed by the client meanwhile is not told any more.
        if !self.running.contains_key(&spoken.id) {
            return Ok(());
        }
        if spoken.last
            && let Some(handle) = self.running.remove(&spoken.id)
        {
            handle.abort();
        }
        self.tell(spoken.told).await
    }

    async fn tell(&mut self, told: Told) -> Result<(), Closing> {
        let text = Utf8Bytes::from(told.to_text());
        self.send(Message::Text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Closing> {
        let patience = Duration::from_secs(self.service.http.write_seconds);
        match timeout(patience, self.wire.send(message)).await {
            Ok(sent) => sent.map_err(|_| Closing::Gone),
            Err(_) => Err(Closing::new(
                4410,
                "Too slow: connect again and resume with `after`",
            )),
        }
    }

    /// Asks whether the client is still there.
    async fn ask(&mut self) -> Result<(), Closing> {
        if self.heard.elapsed() > PING * SILENT {
            return Err(Closing::Gone);
        }
        self.send(Message::Ping(axum::body::Bytes::new())).await
    }

    /// Says why it ends, as far as the client listens.
    async fn close(mut self, closing: Closing) {
        self.running.values().for_each(AbortHandle::abort);
        let Closing::With { code, reason } = closing else {
            // What the library answers to a goodbye is sent while it is read on.
            let rest = async { while let Some(Ok(_)) = self.wire.recv().await {} };
            let _ = timeout(GOODBYE, rest).await;
            return;
        };
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        let patience = Duration::from_secs(self.service.http.write_seconds);
        let goodbye = async {
            if self.wire.send(Message::Close(Some(frame))).await.is_ok() {
                // The client's own close frame ends it: without waiting for it, what was sent may be lost.
                while let Some(Ok(_)) = self.wire.recv().await {}
            }
        };
        // Who does not listen is cut off.
        let _ = timeout(patience, goodbye).await;
    }
}

impl Service {
    /// What an operation says, from its first word to its last.
    fn speaker(
        &self,
        id: &str,
        asked: Asked,
    ) -> Result<BoxStream<'static, Spoken>, async_graphql::ServerError> {
        let operation = self.operation(asked)?;
        let request = Uuid::now_v7().simple().to_string();
        let complete = {
            let id = id.to_owned();
            stream::once(async move {
                Spoken {
                    told: Told::Complete(id.clone()),
                    id,
                    last: true,
                }
            })
        };
        let id = id.to_owned();
        if operation.kind == OperationType::Subscription {
            let open = self.metrics.open("subscription");
            let events = self.subscribe(&operation, request)?;
            let spoken = events.map(move |ran| {
                let _held = &open;
                spoken(&id, ran)
            });
            return Ok(spoken.chain(complete).boxed());
        }
        let service = self.clone();
        let answer = async move {
            let (answer, _) = service.answer(&operation, &request).await;
            let told = if answer.refused {
                Told::Refused(id.clone(), answer.body.clone())
            } else {
                Told::Next(id.clone(), answer.body.clone())
            };
            Spoken {
                id,
                told,
                last: answer.refused,
            }
        };
        Ok(stream::once(answer).chain(complete).boxed())
    }
}

fn spoken(id: &str, ran: Ran) -> Spoken {
    let id = id.to_owned();
    if ran.refused {
        return Spoken {
            told: Told::Errors(id.clone(), ran.response.errors),
            id,
            last: true,
        };
    }
    Spoken {
        told: Told::Next(id.clone(), body(&ran).into()),
        id,
        last: false,
    }
}
