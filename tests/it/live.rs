//! Subscriptions, over the real program and real sockets: WebSockets and event streams.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use async_graphql::futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{
    database::{Engine, TestDatabase, engines},
    process::{Running, civigraph, served, signal},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A running server with a catalogue of its own.
struct Server {
    process: Running,
    address: String,
    folder: TempDir,
    database: TestDatabase,
}

impl Server {
    async fn start(engine: Engine, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        let world = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/world");
        copy(&world, &folder.path().join("content"));
        let mut command = civigraph(folder.path());
        command
            .env("DATABASE_URL", &database.url)
            .args(["--content", "content"])
            .args(flags);
        let (process, address) = served(&mut command);
        Self {
            process,
            address,
            folder,
            database,
        }
    }

    /// Publishes a new title of a piece, by another process.
    fn publish(&self, title: &str) {
        let file = self.folder.path().join("content/goal/trust.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = text.lines().map(|line| match line.strip_prefix("title:") {
            Some(_) => format!("title: {title}"),
            None => line.to_owned(),
        });
        let lines: Vec<_> = lines.collect();
        std::fs::write(&file, lines.join("\n") + "\n").unwrap();
        let mut load = civigraph(self.folder.path());
        load.env("DATABASE_URL", &self.database.url);
        let status = load.args(["load", "--content", "content"]).status();
        assert!(status.unwrap().success());
    }

    async fn socket(&self, protocol: &str) -> Socket {
        let url = format!("ws://{}/graphql", self.address);
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
        Socket(connect_async(request).await.unwrap().0)
    }

    async fn ready(&self) -> Socket {
        let mut socket = self.socket("graphql-transport-ws").await;
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn say(&mut self, message: Value) {
        self.raw(&message.to_string()).await;
    }

    async fn raw(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next message.
    async fn hear(&mut self) -> Value {
        loop {
            let message = timeout(PATIENCE, self.0.next()).await.unwrap();
            match message.unwrap().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// The code with which the server closes.
    async fn closed(mut self) -> u16 {
        loop {
            let message = timeout(PATIENCE, self.0.next()).await.unwrap();
            if let Message::Close(frame) = message.unwrap().unwrap() {
                return frame.unwrap().code.into();
            }
        }
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
    }
}

fn title(message: &Value) -> &str {
    assert_eq!(message["type"], "next", "{message}");
    let change = &message["payload"]["data"]["contentChanged"];
    change["node"]["content"]["title"].as_str().unwrap()
}

const GOALS: &str =
    "contentChanged(kinds: [GOAL]) { cursor node { action content { ... on Content { title } } } }";

#[tokio::test]
async fn a_change_that_another_process_publishes_reaches_subscribers_who_may_resume() {
    for engine in engines() {
        let server = Server::start(engine, &[]).await;
        let mut socket = server.ready().await;
        socket
            .subscribe("a", &format!("subscription {{ {GOALS} }}"))
            .await;
        // The last change that there is, with a cursor to resume from.
        let first = socket.hear().await;
        assert_eq!(first["id"], "a");
        title(&first);
        server.publish("Trust 1");
        let second = socket.hear().await;
        assert_eq!(title(&second), "Trust 1");
        let cursor = second["payload"]["data"]["contentChanged"]["cursor"].clone();
        drop(socket);
        server.publish("Trust 2");
        server.publish("Trust 3");
        let mut socket = server.ready().await;
        let query = GOALS.replace("kinds:", &format!("after: {cursor}, kinds:"));
        // As clients write it that compose their queries of fragments.
        let query = format!("subscription {{ ...All }} fragment All on Subscription {{ {query} }}");
        socket.subscribe("b", &query).await;
        // Two changes, and the content as it is now.
        for _ in 0..2 {
            assert_eq!(title(&socket.hear().await), "Trust 3");
        }
        server.publish("Trust 4");
        assert_eq!(title(&socket.hear().await), "Trust 4");
        socket.say(json!({ "id": "b", "type": "complete" })).await;
        socket.subscribe("c", "{ goals { totalCount } }").await;
        let message = socket.hear().await;
        assert_eq!(message["payload"]["data"]["goals"]["totalCount"], 3);
        assert_eq!(
            socket.hear().await,
            json!({ "id": "c", "type": "complete" })
        );
    }
}

#[tokio::test]
async fn sockets_close_with_the_codes_of_the_protocol() {
    let server = Server::start(Engine::Sqlite, &["--max-operations", "2"]).await;
    let query = json!({ "query": "{ __typename }" });
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": query });
    // Before it is initialised.
    let mut socket = server.socket("graphql-transport-ws").await;
    socket.say(subscribe).await;
    assert_eq!(socket.closed().await, 4401);
    // Another protocol.
    let socket = server.socket("graphql-ws, graphql-transport-ws").await;
    drop(socket);
    let url = format!("ws://{}/graphql", server.address);
    let (socket, _) = connect_async(url).await.unwrap();
    assert_eq!(Socket(socket).closed().await, 4406);
    let mut socket = server.ready().await;
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await, 4429);
    let mut socket = server.ready().await;
    let subscription = format!("subscription {{ {GOALS} }}");
    socket.subscribe("same", &subscription).await;
    socket.subscribe("same", &subscription).await;
    assert_eq!(socket.closed().await, 4409);
    for invalid in [
        "{",
        "[]",
        "{}",
        r#"{"type":"start"}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
    ] {
        let mut socket = server.ready().await;
        socket.raw(invalid).await;
        assert_eq!(socket.closed().await, 4400, "{invalid}");
    }
    // What is wrong with a request closes nothing.
    let mut socket = server.ready().await;
    socket.subscribe("1", "{ nonsense }").await;
    let message = socket.hear().await;
    assert_eq!(message["type"], "error");
    assert_eq!(
        message["payload"][0]["extensions"]["code"],
        "GRAPHQL_VALIDATION_FAILED"
    );
    let two = format!("subscription {{ a: {GOALS} b: {GOALS} }}");
    socket.subscribe("2", &two).await;
    assert_eq!(socket.hear().await["type"], "error");
    for id in ["3", "4"] {
        socket.subscribe(id, &subscription).await;
        assert_eq!(socket.hear().await["type"], "next");
    }
    socket.subscribe("5", &subscription).await;
    let message = socket.hear().await;
    assert_eq!(
        message["payload"][0]["extensions"]["limit"],
        "socketOperations"
    );
    // A page of another site has no business here.
    let url = format!("ws://{}/graphql", server.address);
    let mut request = url.into_client_request().unwrap();
    let origin = "https://evil.example".parse().unwrap();
    request.headers_mut().insert("origin", origin);
    let refused = connect_async(request).await.unwrap_err();
    assert!(refused.to_string().contains("403"), "{refused}");
}

#[tokio::test]
async fn stopping_says_goodbye_to_sockets_and_ends_streams() {
    let server = Server::start(Engine::Sqlite, &[]).await;
    let mut socket = server.ready().await;
    socket
        .subscribe("1", &format!("subscription {{ {GOALS} }}"))
        .await;
    socket.hear().await;
    let mut stream = stream(&server.address, &format!("subscription {{ {GOALS} }}")).await;
    read_until(&mut stream, "event: next").await;
    signal(&server.process, "-TERM");
    assert_eq!(socket.closed().await, 1001);
    read_until(&mut stream, "event: complete").await;
}

/// Asks for an event stream.
async fn stream(address: &str, query: &str) -> TcpStream {
    let body = json!({ "query": query }).to_string();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// What comes until this has come.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    let mut part = [0; 4096];
    while !text.contains(end) {
        let read = timeout(PATIENCE, stream.read(&mut part)).await.unwrap();
        let read = read.unwrap();
        assert!(read > 0, "it ends with {text}");
        text.push_str(&String::from_utf8_lossy(&part[..read]));
    }
    text
}

#[tokio::test]
async fn event_streams_carry_results_and_errors_alike() {
    let server = Server::start(Engine::Sqlite, &[]).await;
    let subscription = format!("subscription {{ {GOALS} }}");
    let mut events = stream(&server.address, &subscription).await;
    let first = read_until(&mut events, "contentChanged").await;
    assert!(first.starts_with("HTTP/1.1 200 OK"), "{first}");
    assert!(first.contains("content-type: text/event-stream"), "{first}");
    server.publish("Trust 1");
    read_until(&mut events, "Trust 1").await;
    for (query, told) in [
        ("{ goals { totalCount } }", r#""totalCount":3"#),
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
    ] {
        let mut events = stream(&server.address, query).await;
        let text = read_until(&mut events, "event: complete").await;
        assert!(
            text.starts_with("HTTP/1.1 200 OK") && text.contains(told),
            "{text}"
        );
        assert!(text.contains("event: next\ndata: {"), "{text}");
    }
}

/// A client that reads nothing is cut off: it loses nothing, for it can resume.
#[tokio::test]
async fn who_does_not_read_is_cut_off() {
    let flags = ["--write-seconds", "1", "--max-operations", "100"];
    let server = Server::start(Engine::Sqlite, &flags).await;
    let mut socket = server.ready().await;
    // Answers that fill all buffers on the way.
    let long = "{ __schema { types { name description fields { name description args { name description } } } } }";
    for id in 0..60 {
        socket.subscribe(&id.to_string(), long).await;
    }
    tokio::time::sleep(Duration::from_secs(4)).await;
    // What was on its way, and then the end: told with a code if the client reads in time, or cut.
    let end = timeout(PATIENCE, async {
        loop {
            match socket.0.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| u16::from(frame.code)),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    })
    .await
    .unwrap();
    assert!(matches!(end, None | Some(4410)), "{end:?}");
}

#[tokio::test]
async fn slow_requests_are_cut_off() {
    let server = Server::start(Engine::Sqlite, &["--read-seconds", "1"]).await;
    // A head that never ends, and a body that never ends.
    let mut head = TcpStream::connect(&server.address).await.unwrap();
    head.write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\n")
        .await
        .unwrap();
    let mut body = TcpStream::connect(&server.address).await.unwrap();
    body.write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{")
        .await
        .unwrap();
    let mut idle = TcpStream::connect(&server.address).await.unwrap();
    for (stream, told) in [
        (&mut head, ""),
        (&mut body, "HTTP/1.1 408"),
        (&mut idle, ""),
    ] {
        let mut text = String::new();
        timeout(PATIENCE, stream.read_to_string(&mut text))
            .await
            .unwrap()
            .unwrap();
        assert!(text.starts_with(told), "{text}");
    }
}

#[tokio::test]
async fn a_body_comes_in_pieces_with_or_without_its_length() {
    let server = Server::start(Engine::Sqlite, &[]).await;
    let pieces = [r#"{"query": "{ __"#, "type", r#"name }"}"#];
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let chunks = pieces.map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len()));
    let ways = [
        (
            format!("content-length: {length}"),
            pieces.map(str::to_owned),
            "",
        ),
        ("transfer-encoding: chunked".to_owned(), chunks, "0\r\n\r\n"),
    ];
    for (length, pieces, end) in ways {
        let mut stream = TcpStream::connect(&server.address).await.unwrap();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        for piece in &pieces {
            sleep(Duration::from_millis(50)).await;
            stream.write_all(piece.as_bytes()).await.unwrap();
        }
        stream.write_all(end.as_bytes()).await.unwrap();
        let answer = read_until(&mut stream, "}}").await;
        assert!(
            answer.contains(r#"{"data":{"__typename":"Query"}"#),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_connection_in_use_stays_and_an_idle_one_goes() {
    let server = Server::start(Engine::Sqlite, &["--read-seconds", "2"]).await;
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let body = r#"{"query": "{ __typename }"}"#;
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    // Its alarm rings twice meanwhile, once where a body is waited for and once where a head is.
    for (before_head, before_body) in [(1_200, 0), (0, 1_200), (1_200, 0)] {
        sleep(Duration::from_millis(before_head)).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(before_body)).await;
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"}}") {
            let read = timeout(PATIENCE, stream.read_buf(&mut answer)).await;
            assert!(read.unwrap().unwrap() > 0, "it was cut off");
        }
        assert!(answer.starts_with(b"HTTP/1.1 200"));
    }
    let begin = Instant::now();
    let rest = timeout(PATIENCE, stream.read_to_end(&mut Vec::new())).await;
    assert_eq!(rest.unwrap().unwrap(), 0);
    assert!(begin.elapsed() > Duration::from_millis(1_500));
}
