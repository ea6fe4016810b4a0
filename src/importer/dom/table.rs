//! The rows of tables.

use super::{Dom, NodeId, Step};

/// A row of a table.
pub(in crate::importer) struct Row {
    pub id: NodeId,
    /// Its cells; there is at least one.
    pub cells: Vec<NodeId>,
}

impl Row {
    /// Whether it is of headers only.
    pub fn is_header(&self, dom: &Dom) -> bool {
        let in_head = dom
            .parent(self.id)
            .is_some_and(|outer| dom.name(outer) == "thead");
        in_head || self.cells.iter().all(|cell| dom.name(*cell) == "th")
    }
}

impl Dom {
    /// The rows of a table, without those of tables in its cells.
    pub fn rows(&self, table: NodeId) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut inner = 0_usize;
        for step in self.walk(table) {
            match step {
                Step::Enter(id) if id != table && self.name(id) == "table" => inner += 1,
                Step::Leave(id) if id != table && self.name(id) == "table" => inner -= 1,
                Step::Enter(id) if inner == 0 && self.name(id) == "tr" => {
                    let cells = self.children(id);
                    let cells: Vec<_> = cells
                        .filter(|cell| matches!(self.name(*cell), "td" | "th"))
                        .collect();
                    if !cells.is_empty() {
                        rows.push(Row { id, cells });
                    }
                }
                _ => {}
            }
        }
        rows
    }
}
