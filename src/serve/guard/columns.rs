//! Which columns a document reads of the kinds of content that it shows.

use std::collections::HashSet;

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};

use super::shapes::Shapes;
use crate::{
    graphql::{Readable, readable},
    load::{ColumnSet, Columns},
};

/// Which columns the operations of a document read: all, where it shows anything of which this is not known.
///
/// The document must be [`super::checked`]. Each fragment is read once for each type that it is spread in.
pub fn columns(document: &ExecutableDocument, shapes: &Shapes) -> Columns {
    let mut reading = Reading {
        document,
        shapes,
        fragments: HashSet::new(),
        columns: Columns {
            tables: Vec::new(),
            links: false,
            cursors: false,
        },
    };
    let mut operations = document.operations.iter();
    let known = operations.all(|(_, operation)| {
        let root = shapes.root(operation.node.ty);
        reading.set(&operation.node.selection_set.node, root)
    });
    if known { reading.columns } else { Columns::ALL }
}

struct Reading<'d> {
    document: &'d ExecutableDocument,
    shapes: &'d Shapes,
    fragments: HashSet<(&'d Name, &'d str)>,
    columns: Columns,
}

/// What is selected from.
enum Parent {
    Root,
    Piece(&'static Readable),
    /// A list of such pieces.
    Connection(&'static Readable),
    Edge(&'static Readable),
    PageInfo,
}

impl<'d> Reading<'d> {
    /// Whether it is known what is read for these fields of a type.
    fn set(&mut self, set: &'d SelectionSet, parent: &'d str) -> bool {
        let Some(of) = self.parent(parent) else {
            return false;
        };
        if let Parent::Piece(piece) | Parent::Connection(piece) | Parent::Edge(piece) = of {
            self.read(piece.table, piece.always);
        }
        set.items.iter().all(|selection| match &selection.node {
            Selection::Field(field) => self.field(&field.node, parent, &of),
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let on = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                !self.is(parent, on) || self.set(&fragment.node.selection_set.node, parent)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let Some(fragment) = self.document.fragments.get(name) else {
                    return false;
                };
                let on = fragment.node.type_condition.node.on.node.as_str();
                !self.is(parent, on)
                    || !self.fragments.insert((name, parent))
                    || self.set(&fragment.node.selection_set.node, parent)
            }
        })
    }

    fn field(&mut self, field: &'d Field, parent: &'d str, of: &Parent) -> bool {
        let name = field.name.node.as_str();
        if name.starts_with("__") {
            return true;
        }
        let shapes = self.shapes;
        let shape = shapes.named(parent).and_then(|it| it.fields.get(name));
        let Some(shape) = shape else {
            // Validation says that there is none.
            return false;
        };
        let leads_on = shapes.named(&shape.of).is_some_and(|it| it.composite);
        match of {
            Parent::Root | Parent::PageInfo => {}
            Parent::Piece(piece) => {
                let columns = if self.is_connection(&shape.of) {
                    piece.list(name)
                } else {
                    piece.field(name)
                };
                self.read(piece.table, columns);
            }
            Parent::Connection(_) => self.columns.cursors |= name == "pageInfo",
            Parent::Edge(_) if name == "cursor" => self.columns.cursors = true,
            Parent::Edge(_) => self.columns.links |= name != "node",
        }
        !leads_on || self.set(&field.selection_set.node, &shape.of)
    }

    fn read(&mut self, table: &'static str, columns: ColumnSet) {
        let mut tables = self.columns.tables.iter_mut();
        match tables.find(|(known, _)| *known == table) {
            Some((_, known)) => *known = known.and(columns),
            None => self.columns.tables.push((table, columns)),
        }
    }

    fn parent(&self, name: &str) -> Option<Parent> {
        if let Some(piece) = readable(name) {
            return Some(Parent::Piece(piece));
        }
        let listed = |field: &str| {
            let fields = &self.shapes.named(name)?.fields;
            readable(&fields.get(field)?.of)
        };
        match name {
            "Query" => Some(Parent::Root),
            "PageInfo" => Some(Parent::PageInfo),
            _ if self.is_connection(name) => listed("nodes").map(Parent::Connection),
            _ if name.ends_with("Edge") => listed("node").map(Parent::Edge),
            _ => None,
        }
    }

    fn is_connection(&self, name: &str) -> bool {
        name.ends_with("Connection") && self.shapes.named(name).is_some_and(|it| it.composite)
    }

    /// Whether an object of this type is what a fragment is on.
    fn is(&self, name: &str, on: &str) -> bool {
        name == on || self.shapes.possible(on).contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use entity::{event, partner};

    use super::*;
    use crate::serve::guard::samples::shapes;

    fn of(query: &str) -> Columns {
        columns(&parse_query(query).unwrap(), shapes())
    }

    fn told(query: &str) -> String {
        let columns = of(query);
        if columns == Columns::ALL {
            return "all".to_owned();
        }
        let mut told = vec![
            columns.names::<partner::Entity>(),
            columns.names::<event::Entity>(),
        ];
        told.extend(columns.links.then(|| "links".to_owned()));
        told.extend(columns.cursors.then(|| "cursors".to_owned()));
        told.join("; ")
    }

    #[test]
    fn a_document_reads_what_it_shows() {
        let partners = |rest: &str| told(&format!("{{ partners {{ {rest} }} }}"));
        let all_of_events = "id slug title sort_title summary state kind starts_on starts_precision ends_on \
             ends_precision sort_date venue country series programme_id initiative_id";
        for (rest, columns) in [
            ("totalCount", "id state".to_owned()),
            (
                "nodes { title country }",
                "id title state country".to_owned(),
            ),
            ("nodes { __typename url body { html } }", "all".to_owned()),
            ("nodes { url language }", "id state".to_owned()),
            (
                "nodes { parentOrganisation { slug } }",
                "all columns".to_owned(),
            ),
            ("edges { node { title } }", "id title state".to_owned()),
            ("edges { cursor }", "id state; cursors".to_owned()),
            ("pageInfo { hasNextPage }", "id state; cursors".to_owned()),
            ("facets(by: KIND) { by }", "all".to_owned()),
        ] {
            let whole = "id slug title sort_title summary state kind country parent_id";
            let columns = columns.replace("all columns", whole);
            // Of events nothing is said.
            let columns = match columns.split_once("; ") {
                _ if columns == "all" => columns,
                Some((partners, flags)) => format!("{partners}; {all_of_events}; {flags}"),
                None => format!("{columns}; {all_of_events}"),
            };
            assert_eq!(partners(rest), columns, "{rest}");
        }
        assert_eq!(
            partners("nodes { events { edges { role node { startsOn programme { id } } } } }"),
            "id state; id state starts_on starts_precision programme_id; links"
        );
        assert_eq!(told("{ node(id: 1) { id } }"), "all");
        assert_eq!(told("{ search(query: 1) { nodes { id } } }"), "all");
        assert_eq!(told("subscription { published { id } }"), "all");
    }

    #[test]
    fn fragments_are_of_the_types_that_they_are_spread_in() {
        let query =
            "{ partners { nodes { ...C events { nodes { ...C ... on Partner { country } } } } } }
             fragment C on Content { slug ... on Event { venue } }";
        assert_eq!(told(query), "id slug state; id slug state venue");
        // What several operations read is read for each.
        let query = "query A { events { nodes { slug } } } query B { events { nodes { venue } } }";
        assert!(told(query).ends_with("; id slug state venue"));
    }
}
