//! What is asked: the five queries, as documents for the server and as one statement each for L2.

use std::sync::Arc;

use clap::ValueEnum;

/// How much content there is: as `civigraph generate --size` makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Size {
    S,
    L,
}

impl Size {
    /// As the command line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::S => "s",
            Self::L => "l",
        }
    }
}

/// A query.
#[derive(Debug)]
pub struct Query {
    /// From 1 to 5.
    pub number: u8,
    /// What the server is asked.
    document: &'static str,
    /// What L2 asks the database: `$1` is the slug.
    pub statement: &'static str,
    /// The kind of content that is asked for by slug.
    of: Option<Of>,
    /// How many relations and levels it has: as many statements may be needed.
    pub levels: u32,
}

/// What is asked for by slug.
#[derive(Clone, Copy, Debug)]
enum Of {
    Partner,
    Programme,
}

/// All of them.
pub const QUERIES: [Query; 5] = [
    Query {
        number: 1,
        document: include_str!("queries/q1.graphql"),
        statement: include_str!("limits/q1.sql"),
        of: None,
        levels: 4,
    },
    Query {
        number: 2,
        document: include_str!("queries/q2.graphql"),
        statement: include_str!("limits/q2.sql"),
        of: Some(Of::Partner),
        levels: 5,
    },
    Query {
        number: 3,
        document: include_str!("queries/q3.graphql"),
        statement: include_str!("limits/q3.sql"),
        of: None,
        levels: 3,
    },
    Query {
        number: 4,
        document: include_str!("queries/q4.graphql"),
        statement: include_str!("limits/q4.sql"),
        of: Some(Of::Programme),
        levels: 1,
    },
    Query {
        number: 5,
        document: include_str!("queries/q5.graphql"),
        statement: include_str!("limits/q5.sql"),
        of: None,
        levels: 6,
    },
];

/// How many pieces of content are popular: as many as there are at S. What is kept of them fits into the caches.
const HOT: usize = 100;

/// What stands in a varied document where the others have its name.
const VARIED: &str = "Varied00000000";

impl Query {
    /// The same, to be answered by the server: about each piece of content in turn.
    pub fn ours(&self, size: Size) -> Arc<Requests> {
        self.requests("/graphql", &self.text(), self.slugs(size))
    }

    /// The same about the popular pieces of content.
    pub fn hot(&self, size: Size) -> Arc<Requests> {
        self.requests("/graphql", &self.text(), self.popular(size))
    }

    /// Whether there is more to ask for than what is popular.
    pub fn has_more(&self, size: Size) -> bool {
        self.slugs(size).len() > HOT
    }

    fn popular(&self, size: Size) -> Vec<Option<String>> {
        self.slugs(size).into_iter().take(HOT).collect()
    }

    /// The same, each time with another name of the operation, so that no document is known.
    pub fn varied(&self, size: Size) -> Arc<Requests> {
        let text = self.text();
        let (_, rest) = text.split_once("query ").expect("it is a query");
        let end = rest.find(|c: char| !c.is_alphanumeric());
        let rest = &rest[end.expect("its name ends")..];
        let document = format!("query {VARIED}{rest}");
        self.requests("/graphql", &document, self.popular(size))
    }

    /// The same request, answered by a limit: `l1` or `l2`.
    pub fn limit(&self, limit: &str, size: Size) -> Arc<Requests> {
        let path = format!("/{limit}/{}", self.number);
        self.requests(&path, &self.text(), self.slugs(size))
    }

    /// The request about the popular pieces, answered by L2.
    pub fn hot_limit(&self, size: Size) -> Arc<Requests> {
        let path = format!("/l2/{}", self.number);
        self.requests(&path, &self.text(), self.popular(size))
    }

    /// Without the comments, as clients send it.
    fn text(&self) -> String {
        let lines = self.document.lines();
        let lines: Vec<_> = lines.filter(|line| !line.starts_with('#')).collect();
        lines.join("\n")
    }

    /// All slugs that there are, well mixed; one that is none where the query has none.
    fn slugs(&self, size: Size) -> Vec<Option<String>> {
        let (kind, count) = match (self.of, size) {
            (None, _) => return vec![None],
            (Some(Of::Partner), Size::S) => ("partner", 100),
            (Some(Of::Partner), Size::L) => ("partner", 5_000),
            (Some(Of::Programme), Size::S) => ("programme", 100),
            (Some(Of::Programme), Size::L) => ("programme", 20_000),
        };
        // A prime: each comes once.
        let mixed = (0..count).map(|index| index * 7_919 % count);
        mixed
            .map(|index| Some(format!("{kind}-{index:05}")))
            .collect()
    }

    fn requests(&self, path: &str, document: &str, slugs: Vec<Option<String>>) -> Arc<Requests> {
        let all = slugs.into_iter().map(|slug| {
            let variables = slug.as_ref().map(|slug| serde_json::json!({"slug": slug}));
            let body = serde_json::json!({"query": document, "variables": variables});
            // The server is told the slug by the body, L2 by the address.
            let place = slug.filter(|_| path != "/graphql");
            let place = place.map(|slug| format!("?{slug}")).unwrap_or_default();
            post(&format!("{path}{place}"), &body.to_string())
        });
        Arc::new(Requests::new(all.collect()))
    }
}

/// A POST request.
pub fn post(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         accept: application/graphql-response+json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Requests that are sent one after another, and again from the start.
#[derive(Debug)]
pub struct Requests {
    all: Vec<Vec<u8>>,
    /// Where eight digits are that count the requests.
    digits: Option<usize>,
}

impl Requests {
    /// These.
    pub fn new(all: Vec<Vec<u8>>) -> Self {
        let varied = VARIED.as_bytes();
        let first = all[0].windows(varied.len());
        let place = first.enumerate().find(|(_, bytes)| *bytes == varied);
        let digits = place.map(|(place, _)| place + VARIED.len() - 8);
        Self { all, digits }
    }

    /// How many different ones there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Writes the request of this number into a buffer.
    pub fn write(&self, number: usize, buffer: &mut Vec<u8>) {
        buffer.clear();
        buffer.extend_from_slice(&self.all[number % self.all.len()]);
        if let Some(place) = self.digits {
            buffer[place..place + 8].copy_from_slice(format!("{number:08}").as_bytes());
        }
    }
}
