//! Which of the bars that the project set itself are met?

use crate::{
    answers::{Answers, Measured},
    growth::Growth,
    options::Engine,
    queries::Size,
    report::{Table, milliseconds, number},
};

/// How many times L2's requests a second a bar against the best rival comes to, for S and L: rivals were
/// measured beside L2 with 32 clients when the bars were set. An example: Q1 at S is to be 3 times
/// Mercurius, 269 a second, where L2 gave 1,170.
const RIVALS: [[f64; 2]; 5] = [
    [3.0 * 269.0 / 1_170.0, 3.0 * 31.0 / 73.0],
    [2.0 * 539.0 / 2_687.0, 2.0 * 207.0 / 709.0],
    [3.0 * 156.0 / 406.0, 3.0 * 202.0 / 718.0],
    [1.5 * 6_132.0 / 13_485.0, 1.5 * 5_214.0 / 12_433.0],
    [2.0 * 74.0 / 230.0, 2.0 * 35.0 / 65.0],
];

/// A bar, and what was measured.
pub struct Bars {
    table: Table,
}

impl Bars {
    /// None so far.
    pub fn new() -> Self {
        Self {
            table: Table::new(&["bar", "at least", "at most", "measured", "result"]),
        }
    }

    /// All of them by what they are about, if there are any.
    pub fn table(&mut self) -> Option<&Table> {
        self.table.tidy();
        Some(&self.table).filter(|table| !table.is_empty())
    }

    fn at_least(&mut self, what: String, bar: f64, measured: f64) {
        self.row(
            what,
            [number(bar), String::new()],
            number(measured),
            measured >= bar,
        );
    }

    fn at_most(&mut self, what: String, bar: f64, measured: f64) {
        let met = measured <= bar;
        self.row(
            what,
            [String::new(), number(bar)],
            milliseconds(measured),
            met,
        );
    }

    fn row(&mut self, what: String, [least, most]: [String; 2], measured: String, met: bool) {
        let result = if met { "met" } else { "missed" };
        let row = vec![what, least, most, measured, result.to_owned()];
        self.table.row(row);
    }

    /// Those of what was measured at a size.
    pub fn answers(&mut self, measured: &Measured, engine: Engine, size: Size) {
        for answer in &measured.answers {
            self.answer(answer);
        }
        if size == Size::L {
            let what = format!("peak memory, MiB: {}, L", engine.name());
            self.at_most(what, 80.0, measured.peak);
        }
    }

    fn answer(&mut self, answer: &Answers) {
        let (query, size) = (answer.query.number, answer.size);
        let size_name = size.name().to_uppercase();
        let place = format!("Q{query} {size_name} c={}", answer.clients);
        let cached = answer.race.cached.ratio(&answer.race.l1);
        let engine = answer.engine.name();
        self.at_least(format!("cached ÷ L1: {engine}, {place}"), 0.8, cached);
        if answer.engine != Engine::Postgres {
            return;
        }
        if let Some(statements) = answer.statements[0] {
            // One more asks now and then whether the content changed.
            let most = f64::from(answer.query.levels + 1);
            let what = format!("statements a request: Q{query} {size_name}");
            self.at_most(what, most, statements);
        }
        let race = &answer.race;
        let popular = race.popular.as_ref();
        let popular = popular.map(|[ours, l2]| ("rows kept, popular ones", ours, Some(l2)));
        let all = [
            ("rows kept", &race.uncached, race.l2.as_ref()),
            ("nothing kept", &race.bare, race.l2.as_ref()),
        ];
        for (kept, ours, l2) in popular.into_iter().chain(all) {
            let place = format!("{place}, {kept}");
            if let Some(l2) = l2 {
                self.not_cached(answer, &place, ours.ratio(l2));
            }
            let bar = match (query, size) {
                (4, _) => 0.10,
                (1, Size::S) => 0.8,
                (1, Size::L) => 6.0,
                _ => continue,
            };
            let what = format!("server CPU, ms a request: {place}");
            self.at_most(what, bar, ours.server());
        }
    }

    /// Those against L2, and by way of it against the best rival.
    fn not_cached(&mut self, answer: &Answers, place: &str, ratio: f64) {
        let query = answer.query.number;
        let bar = if matches!(query, 1 | 3 | 5) { 1.0 } else { 0.8 };
        self.at_least(format!("not cached ÷ L2: {place}"), bar, ratio);
        if answer.clients == 32 {
            let [small, large] = RIVALS[usize::from(query) - 1];
            let bar = if answer.size == Size::S { small } else { large };
            let what = format!("not cached, best rival by way of L2: {place}");
            self.at_least(what, bar, ratio);
        }
    }

    /// Those of growth.
    pub fn growth(&mut self, all: &[Growth]) {
        for growth in all.iter().filter(|growth| growth.bounded) {
            let what = format!("database's time, L ÷ S: {}", growth.what);
            self.at_most(what, 1.2, growth.ratio);
        }
    }
}
