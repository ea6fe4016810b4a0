//! The program itself, over real sockets: what it prints, how it fails, how it stops.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    ops::{Deref, DerefMut},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use crate::database::{Engine, TestDatabase, engines};

pub fn civigraph(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civigraph"));
    command
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A process that ends with its test.
pub struct Running(Child);

impl Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.kill();
        let _ = self.wait();
    }
}

/// A server on a free port, and its address.
pub fn served(command: &mut Command) -> (Running, String) {
    let mut server = Running(command.args(["--listen", "127.0.0.1:0"]).spawn().unwrap());
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let explorer = lines.next().unwrap().unwrap();
    let graphql = lines.next().unwrap().unwrap();
    let address = explorer.strip_prefix("GraphiQL  http://").unwrap();
    let address = address.strip_suffix('/').unwrap().to_owned();
    assert_eq!(graphql, format!("GraphQL   http://{address}/graphql"));
    (server, address)
}

fn post(address: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

pub fn signal(server: &Child, name: &str) {
    let status = Command::new("kill")
        .args([name, &server.id().to_string()])
        .status();
    assert!(status.unwrap().success());
}

fn refused(command: &mut Command) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{told}");
    told
}

#[tokio::test]
async fn one_command_serves_the_bundled_catalogue() {
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        let mut command = civigraph(folder.path());
        if engine == Engine::Postgres {
            command.env("DATABASE_URL", &database.url);
        }
        let (mut server, address) = served(&mut command);
        let answer = post(&address, "{ goals { totalCount } }");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(
            answer.contains(r#"{"data":{"goals":{"totalCount":"#),
            "{answer}"
        );
        let made = folder.path().join("civigraph.db").exists();
        assert_eq!(made, engine == Engine::Sqlite);
        signal(&server, "-TERM");
        assert!(server.wait().unwrap().success());
    }
}

#[test]
fn stopping_finishes_the_requests_in_flight() {
    for name in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut server, address) = served(&mut civigraph(folder.path()));
        let body = r#"{"query":"{ goals { totalCount } }"}"#;
        let mut idle = TcpStream::connect(&address).unwrap();
        let mut stream = TcpStream::connect(&address).unwrap();
        let (start, rest) = body.split_at(10);
        write!(
            stream,
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{start}",
            body.len()
        )
        .unwrap();
        std::thread::sleep(Duration::from_secs(1));
        signal(&server, name);
        let start = Instant::now();
        while TcpStream::connect(&address).is_ok() {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "it takes new connections while it stops"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(
            server.try_wait().unwrap().is_none(),
            "it went with a request in flight"
        );
        idle.set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        assert_eq!(idle.read(&mut [0]).unwrap(), 0);
        stream.write_all(rest.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.contains(r#"{"data":{"goals":{"totalCount":"#),
            "{answer}"
        );
        assert!(server.wait().unwrap().success());
    }
}

#[test]
fn a_request_that_never_ends_does_not_keep_it_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = civigraph(folder.path());
    let (mut server, address) = served(command.args(["--shutdown-seconds", "1"]));
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{{").unwrap();
    std::thread::sleep(Duration::from_secs(1));
    let start = Instant::now();
    signal(&server, "-TERM");
    assert!(server.wait().unwrap().success());
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_taken_port_is_told_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = refused(civigraph(folder.path()).args(["--listen", &address]));
    assert!(
        told.contains(&format!("cannot listen on {address}")),
        "{told}"
    );
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_bad_catalogue_is_told_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content/partner");
    std::fs::create_dir_all(&content).unwrap();
    std::fs::write(
        content.join("govtech.yaml"),
        "slug: govtech\ntitel: GovTech\n",
    )
    .unwrap();
    for command in ["serve", "load", "check"] {
        let told = refused(civigraph(folder.path()).args([command, "--content", "content"]));
        assert!(
            told.contains(
                "partner/govtech.yaml: titel: there is no such field (did you mean `title`?)"
            ),
            "{told}"
        );
        assert!(
            told.contains("partner/govtech.yaml: title: `title` is missing"),
            "{told}"
        );
        assert!(!folder.path().join("civigraph.db").exists());
    }
}

#[test]
fn an_unreachable_database_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = format!("postgres://civi:s3cret@{free}/civigraph");
    let told =
        refused(civigraph(folder.path()).args(["--listen", "127.0.0.1:0", "--database-url", &url]));
    assert!(
        told.contains(&format!("cannot reach the database {free}/civigraph")),
        "{told}"
    );
    assert!(!told.contains("s3cret"), "{told}");
    let told = refused(civigraph(folder.path()).args([
        "--listen",
        "127.0.0.1:0",
        "--database-url",
        "mysql://x:s3cret@y/z",
    ]));
    assert!(told.contains("is no database address"), "{told}");
    assert!(!told.contains("s3cret"), "{told}");
}

#[test]
fn loading_again_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let load = || {
        let output = civigraph(folder.path()).arg("load").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let first = load();
    assert!(
        first.ends_with(" created, 0 updated, 0 unchanged\n"),
        "{first}"
    );
    let second = load();
    assert!(second.starts_with("0 created, 0 updated, "), "{second}");
}

#[test]
fn all_content_goes_only_when_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let told = refused(civigraph(folder.path()).args(["migrate", "down"]));
    assert!(told.contains("--delete-all-content"), "{told}");
    let run = |arguments: &[&str]| civigraph(folder.path()).args(arguments).status().unwrap();
    assert!(run(&["load"]).success());
    assert!(run(&["migrate", "down", "--delete-all-content"]).success());
    assert!(run(&["migrate", "up"]).success());
}

/// A catalogue is one transaction: whenever the program is killed, it is there whole or not at all.
#[test]
fn a_kill_leaves_the_catalogue_whole_or_absent() {
    for delay in [30, 60, 120, 250, 500, 900] {
        let folder = tempfile::tempdir().unwrap();
        let mut load = civigraph(folder.path()).arg("load").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        load.kill().unwrap();
        load.wait().unwrap();
        let output = civigraph(folder.path()).arg("load").output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<usize> = told
            .split(' ')
            .filter_map(|word| word.parse().ok())
            .collect();
        let [created, updated, unchanged] = numbers[..] else {
            panic!("after {delay} ms: {told}")
        };
        assert_eq!(updated, 0, "after {delay} ms: {told}");
        assert!(
            (created == 0) != (unchanged == 0),
            "after {delay} ms: {told}"
        );
    }
}
