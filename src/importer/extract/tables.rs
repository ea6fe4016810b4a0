//! The tables of a page.

use super::Table;
use crate::importer::dom::{Dom, NodeId, ROOT, Row};

pub(super) fn tables(dom: &Dom) -> Vec<Table> {
    let elements = dom.elements(ROOT);
    let tables = elements.filter(|(_, element)| &*element.name == "table");
    let tables = tables.map(|(id, _)| table(dom, id));
    tables
        .filter(|table| !table.header.is_empty() || !table.rows.is_empty())
        .collect()
}

fn table(dom: &Dom, id: NodeId) -> Table {
    let mut rows = dom.rows(id).into_iter().peekable();
    let header = rows.next_if(|row| row.is_header(dom));
    let texts = |row: Row| row.cells.iter().map(|cell| dom.text(*cell)).collect();
    Table {
        header: header.map(texts).unwrap_or_default(),
        rows: rows.map(texts).collect(),
    }
}
