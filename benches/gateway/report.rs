//! How results are shown: as tables in Markdown, which can be read as they are, too.

use std::{fmt::Write, path::Path};

/// What was found out so far.
#[derive(Default)]
pub struct Report {
    text: String,
}

impl Report {
    /// Says something.
    pub fn say(&mut self, text: &str) {
        println!("{text}\n");
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    /// Shows a table.
    pub fn table(&mut self, title: &str, table: &Table) {
        self.say(&format!("### {title}\n\n{}", table.text()));
    }

    /// Writes all of it into a file.
    pub fn write(&self, file: &Path) -> anyhow::Result<()> {
        Ok(std::fs::write(file, &self.text)?)
    }
}

/// A table: the first row is its head.
pub struct Table(Vec<Vec<String>>);

impl Table {
    /// With this head.
    pub fn new(head: &[&str]) -> Self {
        Self(vec![head.iter().map(ToString::to_string).collect()])
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.0.push(cells);
    }

    /// Puts the rows in order, each once.
    pub fn tidy(&mut self) {
        self.0[1..].sort();
        self.0.dedup();
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    fn text(&self) -> String {
        let width = |column: usize| {
            let cells = self.0.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..self.0[0].len()).map(width).collect();
        let mut text = String::new();
        for (index, row) in self.0.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(text, "| {cell:>width$} ");
            }
            text.push_str("|\n");
            if index == 0 {
                for width in &widths {
                    let _ = write!(text, "|{}:", "-".repeat(width + 1));
                }
                text.push_str("|\n");
            }
        }
        text
    }
}

/// A number in three digits or so; nothing where there is none.
pub fn number(value: impl Into<Option<f64>>) -> String {
    match value.into() {
        None => "–".to_owned(),
        Some(value) if value >= 100.0 => format!("{value:.0}"),
        Some(value) if value >= 10.0 => format!("{value:.1}"),
        Some(value) if value >= 0.1 || value == 0.0 => format!("{value:.2}"),
        Some(value) => format!("{value:.4}"),
    }
}

/// A time in milliseconds, which may be short.
pub fn milliseconds(value: impl Into<Option<f64>>) -> String {
    match value.into() {
        Some(value) if value < 10.0 => format!("{value:.3}"),
        value => number(value),
    }
}
