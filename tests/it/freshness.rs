//! Several processes on one database, where content is published all the time: every answer is exactly what an
//! uncached read gives at the revision that it claims, and none is older than what its reader could know of.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use civigraph::{
    document::Document,
    load::{BySlug, Columns, Read, Rows},
    publish::publish,
};
use entity::programme;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::{
    database::{TestDatabase, engines},
    process::{civigraph, served},
    service::{Service, documents, named, noon, world},
};

/// Queries that read the same content by different ways. Each says of which revision it is.
const QUERIES: [&str; 6] = [
    "{ contentRevision goals { nodes { title programmes(first: 3) { totalCount nodes { slug title leadAgency { title } } } } } }",
    r#"{ contentRevision programme(by: {slug: "singpass"}) { title summary edition goals { nodes { title } } parts { nodes { title } } } }"#,
    "{ contentRevision programmes(first: 5) { pageInfo { endCursor hasNextPage } edges { cursor node { title url events { nodes { title partners { edges { role node { title } } } } } } } } }",
    r#"{ contentRevision programmes(filter: {title: {contains: "1"}}) { totalCount nodes { slug title } } partners { nodes { title ledProgrammes { nodes { title } } } } }"#,
    r"query($slug: String!) { contentRevision goal(by: {slug: $slug}) { title programmes(orderBy: {field: TITLE, direction: DESC}) { nodes { title editions(first: 1) { nodes { number } } } } } }",
    r#"{ contentRevision search(query: "number") { totalCount nodes { slug title } } nodes: events { nodes { title programme { title } } } }"#,
];

fn asked(number: usize) -> Value {
    json!({ "query": QUERIES[number], "variables": { "slug": "trust" } })
}

/// Small numbers, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // Knuth's multiplier: good enough to mix up who comes first.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}

/// What all know.
#[derive(Default)]
struct World {
    /// The newest revision that anybody was told of.
    known: AtomicI64,
    done: AtomicBool,
    /// Answers that came: the query, the revision that it claims, its data.
    answers: Mutex<Vec<(usize, i64, String)>>,
}

/// Asks one server after the other, over connections that stay open, and notes what comes.
async fn read_on(world: Arc<World>, addresses: Vec<String>, seed: u64) {
    let mut chance = Chance(seed);
    let mut streams = Vec::new();
    for address in &addresses {
        streams.push(BufReader::new(TcpStream::connect(address).await.unwrap()));
    }
    while !world.done.load(Ordering::SeqCst) {
        let number = chance.below(QUERIES.len());
        let server = chance.below(streams.len());
        let known = world.known.load(Ordering::SeqCst);
        let text = exchange(&mut streams[server], &asked(number)).await;
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["errors"], Value::Null, "{text}");
        let revision = answer["data"]["contentRevision"].as_i64().unwrap();
        assert!(revision >= known, "{revision} came after {known} was known");
        world.known.fetch_max(revision, Ordering::SeqCst);
        let mut answers = world.answers.lock().unwrap();
        answers.push((number, revision, answer["data"].to_string()));
    }
}

async fn exchange(stream: &mut BufReader<TcpStream>, body: &Value) -> String {
    let body = body.to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut text = vec![0; length.unwrap().parse().unwrap()];
    stream.read_exact(&mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

/// Changes some of the world: each publication gives all of its pieces one number, so that an answer out of two
/// shows it.
fn change(documents: &mut [Document], number: usize, chance: &mut Chance) {
    for slug in ["singpass", "trust", "govtech"] {
        named(documents, slug).piece.title = format!("{slug}, number {number}");
    }
    for document in documents.iter_mut() {
        if chance.below(4) == 0 {
            document.piece.summary = format!("As it is by number {number}.");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_of_the_revision_that_they_claim_and_no_older_than_what_is_known() {
    const PUBLICATIONS: usize = 40;
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        let mut documents = documents(&world());
        publish(&db, &documents, noon()).await.unwrap();
        let servers =
            [(); 2].map(|()| served(civigraph(folder.path()).env("DATABASE_URL", &database.url)));
        let addresses: Vec<_> = servers.iter().map(|(_, address)| address.clone()).collect();
        let publisher = database.connect().await;
        let uncached = ["--answer-cache-bytes", "0", "--row-cache-bytes", "0"];
        let uncached = Service::on(database, db, &uncached);

        let known = Arc::new(World::default());
        let readers: Vec<_> = (1..=4)
            .map(|seed| tokio::spawn(read_on(known.clone(), addresses.clone(), seed)))
            .collect();
        let mut chance = Chance(7);
        let mut expected: HashMap<(usize, i64), String> = HashMap::new();
        for number in 0..PUBLICATIONS {
            if number > 0 {
                change(&mut documents, number, &mut chance);
                publish(&publisher, &documents, noon()).await.unwrap();
            }
            for query in 0..QUERIES.len() {
                let (_, text) = uncached.text(&asked(query)).await;
                let answer: Value = serde_json::from_str(&text).unwrap();
                let revision = answer["data"]["contentRevision"].as_i64().unwrap();
                known.known.fetch_max(revision, Ordering::SeqCst);
                expected.insert((query, revision), answer["data"].to_string());
            }
        }
        known.done.store(true, Ordering::SeqCst);
        for reader in readers {
            reader.await.unwrap();
        }
        let answers = std::mem::take(&mut *known.answers.lock().unwrap());
        assert!(answers.len() > PUBLICATIONS * 4, "{}", answers.len());
        for (query, revision, data) in answers {
            assert_eq!(
                Some(&data),
                expected.get(&(query, revision)),
                "{}",
                QUERIES[query]
            );
        }
        drop(servers);
    }
}

/// What a request falls back to where content is published faster than it can read.
#[tokio::test]
async fn what_is_read_of_one_moment_fits_together() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let today = noon().date_naive();
        let rows = Rows::of_one_moment(&service.db, Arc::new(Columns::ALL), today, 1_000)
            .await
            .unwrap();
        let title = async |rows: &Rows, slug: &str| {
            let asked = BySlug::<programme::Entity>::new(slug.to_owned());
            rows.ask(asked).await.unwrap().unwrap().title.clone()
        };
        let revision = rows.content_revision().await.unwrap();
        let before = title(&rows, "singpass").await;

        let mut changed = documents(&world());
        named(&mut changed, "singpass").piece.title = "Another title".to_owned();
        publish(&service.db, &changed, noon()).await.unwrap();

        rows.renew();
        assert_eq!(title(&rows, "singpass").await, before, "{engine:?}");
        assert_eq!(rows.content_revision().await.unwrap(), revision);
        assert_eq!(rows.read(), Read::Of(revision));
        drop(rows);

        let rows = Rows::of_one_moment(&service.db, Arc::new(Columns::ALL), today, 1_000)
            .await
            .unwrap();
        assert_eq!(title(&rows, "singpass").await, "Another title");
        assert_eq!(rows.read(), Read::Of(revision + 1));
    }
}
