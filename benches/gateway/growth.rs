//! Does the database work more for a page of a list when there is more content?

use std::sync::Arc;

use crate::{
    options::Options,
    postgres::Postgres,
    queries::{QUERIES, Requests, Size, post},
    report::{Report, Table, milliseconds, number},
    series::{Contender, Series},
    servers::{self, Keeping},
};

/// The lists at the root, each with its first page: no more than there is at S, so that pages are alike.
const LISTS: [&str; 15] = [
    "strategies(first: 1) { nodes { title } }",
    "goals(first: 3) { nodes { title } }",
    "programmes { nodes { title } }",
    "initiatives { nodes { title } }",
    "partners { nodes { title } }",
    "events { nodes { title } }",
    "media { nodes { title } }",
    "people { nodes { title } }",
    "quotes { nodes { title } }",
    "statistics { nodes { title } }",
    "awards { nodes { title } }",
    "challenges { nodes { title } }",
    "pages(first: 3) { nodes { title } }",
    "topics { nodes { title } }",
    "changes { nodes { changedAt } }",
];

/// Lists of one piece of content: the longest that there are.
const NESTED: [&str; 6] = [
    "goal(by: {slug: \"goal-00000\"}) { programmes { nodes { title } } }",
    "goal(by: {slug: \"goal-00000\"}) { initiatives { nodes { title } } }",
    "partner(by: {slug: \"partner-00000\"}) { events { nodes { title } } }",
    "partner(by: {slug: \"partner-00000\"}) { ledProgrammes { nodes { title } } }",
    "programme(by: {slug: \"programme-00000\"}) { initiatives { nodes { title } } }",
    "programme(by: {slug: \"programme-00000\"}) { events { nodes { title } } }",
];

/// How many times as much the database works at L as at S.
pub struct Growth {
    pub what: String,
    /// Of the lists that must not grow.
    pub bounded: bool,
    pub ratio: f64,
}

/// Measures first pages, and Q4 about a hundred programmes, at S and L in turn.
pub async fn measure(
    options: &Options,
    postgres: &Postgres,
    urls: [&str; 2],
    report: &mut Report,
) -> anyhow::Result<Vec<Growth>> {
    let servers = [
        servers::start(options, urls[0], Keeping::Nothing).await?,
        servers::start(options, urls[1], Keeping::Nothing).await?,
    ];
    let mut table = Table::new(&["list", "S db ms", "L db ms", "L ÷ S", "S/s", "L/s"]);
    let mut all = Vec::new();
    let q4 = &QUERIES[3];
    let same = |text: &str| {
        let body = serde_json::json!({"query": format!("{{ {text} }}")});
        let request = post("/graphql", &body.to_string());
        [(); 2].map(|()| Arc::new(Requests::new(vec![request.clone()])))
    };
    let lists = LISTS.iter().map(|list| (*list, true, same(list)));
    let nested = NESTED.iter().map(|list| (*list, false, same(list)));
    let one = [("Q4", true, [q4.hot(Size::S), q4.hot(Size::L)])];
    for (what, bounded, requests) in one.into_iter().chain(lists).chain(nested) {
        eprintln!("growth: {what}");
        let [small, large] = requests;
        let contender = |server, requests| Contender {
            server,
            requests,
            postgres: Some(postgres),
            series: Series::default(),
        };
        let mut both = [contender(&servers[0], small), contender(&servers[1], large)];
        for _ in 0..options.rounds {
            for contender in &mut both {
                contender.measure(1, options.slice() / 2).await?;
            }
        }
        let [small, large] = both.map(|contender| contender.series);
        let (s, l) = (small.database(), large.database());
        let ratio = s.zip(l).map_or(f64::NAN, |(s, l)| l / s);
        let what = what
            .split(" { nodes")
            .next()
            .unwrap_or(what)
            .trim()
            .to_owned();
        table.row(vec![
            what.clone(),
            milliseconds(s),
            milliseconds(l),
            number(ratio),
            number(small.rate()),
            number(large.rate()),
        ]);
        all.push(Growth {
            what,
            bounded,
            ratio,
        });
    }
    report.table(
        "Growth: PostgreSQL's processor time a request, one client",
        &table,
    );
    Ok(all)
}
