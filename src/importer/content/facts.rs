//! Labels with values, such as `Date: 8 October 2024`.

use crate::importer::dom::{Dom, NodeId, ROOT, Step};

/// A label with its value, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The label, without its colon.
    pub label: String,
    /// The value.
    pub value: String,
    /// Where it stands.
    pub place: Place,
}

/// Where a label with a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a table of two columns.
    Table,
    /// In a definition list.
    List,
    /// In a line.
    Line,
}

/// Where lines are read in another way, or are no lines with labels.
const NO_LINES: &[&str] = &[
    "table",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
];

/// The facts of a page: tables, then definition lists, then lines, each in order.
pub(super) fn facts(dom: &Dom) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (id, element) in dom.elements(ROOT) {
        match &*element.name {
            "table" => add_table(dom, id, &mut facts),
            "dl" => add_list(dom, id, &mut facts),
            _ => {}
        }
    }
    let lines = dom.lines(ROOT, NO_LINES);
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let Some((label, value)) = labelled(line) else {
            continue;
        };
        let below = lines.peek().filter(|next| labelled(next).is_none());
        let below = below.map_or("", |next| next);
        let value = if value.is_empty() { below } else { value };
        add(label, value, Place::Line, &mut facts);
    }
    facts
}

fn add(label: &str, value: &str, place: Place, facts: &mut Vec<Fact>) {
    let known = |fact: &Fact| fact.label == label && fact.value == value;
    if !label.is_empty() && !value.is_empty() && facts.len() < 1_000 && !facts.iter().any(known) {
        facts.push(Fact {
            label: label.to_owned(),
            value: value.to_owned(),
            place,
        });
    }
}

/// A table of two columns whose first row is no header has labels in its first column.
fn add_table(dom: &Dom, id: NodeId, facts: &mut Vec<Fact>) {
    let rows = dom.rows(id);
    // A row of one cell is a heading across both columns.
    let two = rows.iter().all(|row| matches!(row.cells.len(), 1 | 2))
        && rows.iter().any(|row| row.cells.len() == 2);
    let pairs = rows.iter().find(|row| row.cells.len() == 2);
    let headed = pairs.is_some_and(|row| row.is_header(dom));
    if !two || headed {
        return;
    }
    for row in rows.iter().filter(|row| row.cells.len() == 2) {
        let (label, value) = (dom.text(row.cells[0]), dom.text(row.cells[1]));
        add(
            label.trim_end_matches(':').trim(),
            &value,
            Place::Table,
            facts,
        );
    }
}

/// A definition list, without those in it.
fn add_list(dom: &Dom, id: NodeId, facts: &mut Vec<Fact>) {
    let mut label = String::new();
    let mut inner = 0_usize;
    for step in dom.walk(id) {
        match step {
            Step::Enter(child) if child != id && dom.name(child) == "dl" => inner += 1,
            Step::Leave(child) if child != id && dom.name(child) == "dl" => inner -= 1,
            Step::Enter(child) if inner == 0 && dom.name(child) == "dt" => label = dom.text(child),
            Step::Enter(child) if inner == 0 && dom.name(child) == "dd" => {
                let label = label.trim_end_matches(':').trim();
                add(label, &dom.text(child), Place::List, facts);
            }
            _ => {}
        }
    }
}

/// The label and the value of a line that has them; the value may stand in the next line.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once([':', '：'])?;
    let (label, value) = (label.trim(), value.trim());
    let short = label.chars().count() <= 40 && label.split(' ').count() <= 5;
    let words = label
        .chars()
        .all(|char| char.is_alphanumeric() || " &/()’'-".contains(char));
    let starts = label.chars().next().is_some_and(char::is_alphabetic);
    (short && words && starts && !value.starts_with("//")).then_some((label, value))
}

/// The first paragraph that is a sentence.
pub(super) fn first_paragraph(dom: &Dom) -> Option<String> {
    let mut paragraphs = dom.elements(ROOT).filter(|(id, element)| {
        let mut outer = dom.ancestors(*id).map(|outer| dom.name(outer));
        &*element.name == "p"
            && !outer.any(|name| matches!(name, "blockquote" | "td" | "th" | "li"))
    });
    paragraphs.find_map(|(id, _)| {
        let text = dom.text(id);
        let length = text.chars().count();
        let ends = text.contains(['.', '!', '?', '。']) || length > 100;
        let sentence = length > 20 && ends && labelled(&text).is_none();
        sentence.then_some(text)
    })
}
