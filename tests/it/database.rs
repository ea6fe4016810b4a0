//! Databases for tests: each test has its own, on each engine that there is.

use std::{env, path::PathBuf, process, thread};

use civigraph::store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::runtime::Builder;
use uuid::Uuid;

/// What tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The address of a PostgreSQL server on which databases may be made; `tests/with-postgres` sets it.
const SERVER: &str = "TEST_POSTGRES_URL";

/// The engines that there are here. In CI there are both.
pub fn engines() -> Vec<Engine> {
    if env::var_os(SERVER).is_some() {
        return vec![Engine::Sqlite, Engine::Postgres];
    }
    assert!(
        env::var_os("CI").is_none(),
        "CI tests on PostgreSQL too: set {SERVER}, or run `tests/with-postgres cargo test`"
    );
    eprintln!("not tested on PostgreSQL: `tests/with-postgres cargo test` does that");
    vec![Engine::Sqlite]
}

/// A database of its own, which goes when the test ends.
pub struct TestDatabase {
    pub url: String,
    /// SQLite's file; PostgreSQL has the database's name.
    at: Place,
}

enum Place {
    File(PathBuf),
    Server { server: String, name: String },
}

impl TestDatabase {
    /// A new database without tables.
    pub async fn new(engine: Engine) -> Self {
        let name = format!("civigraph_{}_{}", process::id(), Uuid::new_v4().simple());
        match engine {
            Engine::Sqlite => {
                let file = env::temp_dir().join(format!("{name}.db"));
                Self {
                    url: format!("sqlite:{}", file.display()),
                    at: Place::File(file),
                }
            }
            Engine::Postgres => {
                let server = env::var(SERVER).expect("`engines` has looked");
                run(&server, &format!(r#"CREATE DATABASE "{name}""#)).await;
                let mut url = url::Url::parse(&server).unwrap();
                url.set_path(&name);
                Self {
                    url: url.into(),
                    at: Place::Server { server, name },
                }
            }
        }
    }

    /// A pool of connections to it.
    pub async fn connect(&self) -> DatabaseConnection {
        store::connect(&self.url, 4, None).await.unwrap()
    }

    /// The same, with all tables.
    pub async fn connect_migrated(&self) -> DatabaseConnection {
        let db = self.connect().await;
        store::migrate(&db).await.unwrap();
        db
    }
}

async fn run(server: &str, statement: &str) {
    let admin = Database::connect(server).await.unwrap();
    admin.execute_unprepared(statement).await.unwrap();
    admin.close().await.unwrap();
}

impl Drop for TestDatabase {
    /// Hundreds of databases would fill a small disk, and PostgreSQL with it.
    fn drop(&mut self) {
        match &self.at {
            Place::File(file) => {
                for end in ["", "-wal", "-shm"] {
                    let mut path = file.clone().into_os_string();
                    path.push(end);
                    let _ = std::fs::remove_file(path);
                }
            }
            Place::Server { server, name } => {
                let (server, name) = (server.clone(), name.clone());
                // The test's runtime may be going: this one is its own.
                let dropping = thread::spawn(move || {
                    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
                    let drop = format!(r#"DROP DATABASE "{name}" WITH (FORCE)"#);
                    runtime.block_on(run(&server, &drop));
                });
                let _ = dropping.join();
            }
        }
    }
}
