//! Some documents of a site: published, with what persons have made of their pieces since.

use std::collections::HashMap;

use entity::{
    imported::{self, Fields},
    node::Kind,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{ImportError, Publication, Report};
use crate::{
    document::{self, Document},
    importer::{
        graph::Made,
        known,
        merge::{fields, merge},
        problem::{Problem, ProblemKind},
        report::Became,
    },
    publish::{self, Added, Effect},
};

/// What is remembered of a document.
struct Remembered {
    node: Uuid,
    file: String,
    /// What the site says.
    fields: Fields,
    /// Whether the piece is as the site has it: no person had a part in it.
    is_ours: bool,
    adopted: bool,
}

/// Publishes what the site says, and remembers it.
pub(super) async fn publish(
    checkout: &str,
    publication: &mut Publication,
    made: Vec<(Made, &str)>,
    report: &mut Report,
) -> Result<(), ImportError> {
    let nodes: Vec<_> = made.iter().map(|(made, _)| made.named.node).collect();
    let rows = known::rows(publication.db(), &nodes).await?;
    let current = known::current(publication.db(), &nodes).await?;
    let is_touched = |node: &Uuid| {
        let hash = current.get(node).map(|current| &current.content_hash);
        let left = rows.get(node).and_then(|row| row.content_hash.as_ref());
        hash.is_some() && hash != left
    };
    let touched: Vec<_> = nodes
        .iter()
        .filter(|node| is_touched(node))
        .copied()
        .collect();
    let theirs = publish::documents(publication.db(), touched).await?;
    let (mut documents, mut remembered) = (Vec::new(), Vec::new());
    for (made, file) in made {
        let row = rows.get(&made.named.node);
        if let Some(row) = row.filter(|row| row.site != checkout) {
            // Several sites may show one video; that two have one page is worth telling.
            if made.named.kind == Kind::Page {
                report.warn(of_another(checkout, file, &row.site));
            }
            continue;
        }
        let (made, ours) = sound(made, file, report);
        let theirs = theirs.get(&made.named.node).and_then(Value::as_object);
        let (document, ready) = with_theirs(made, file, &ours, theirs, row, report);
        documents.push(document);
        remembered.push(ready);
    }
    let added = publication.add(&documents).await?;
    for (added, (document, ready)) in added.iter().zip(documents.iter().zip(&remembered)) {
        let became = match added.effect {
            Effect::Created => Became::Created,
            Effect::Updated => Became::Updated,
            Effect::Unchanged => Became::Unchanged,
        };
        report.count(document.kind(), became, &name(document), &ready.file);
    }
    remember(checkout, publication, remembered, &added, &rows).await
}

async fn remember(
    checkout: &str,
    publication: &mut Publication,
    ready: Vec<Remembered>,
    added: &[Added],
    rows: &HashMap<Uuid, imported::Model>,
) -> Result<(), ImportError> {
    let now = ready.into_iter().zip(added).map(|(ready, added)| {
        let ours = Some(added.content_hash.clone()).filter(|_| ready.is_ours);
        // What the node had when it was last as the site has it goes on telling that it is not.
        let before = rows
            .get(&ready.node)
            .and_then(|row| row.content_hash.clone());
        let before = before.filter(|hash| *hash != added.content_hash);
        imported::Model {
            content_hash: ours.or(before),
            node_id: ready.node,
            site: checkout.to_owned(),
            file: ready.file,
            adopted: ready.adopted,
            fields: ready.fields,
        }
    });
    let changed = now.filter(|row| rows.get(&row.node_id) != Some(row));
    let changed: Vec<_> = changed.collect();
    if !changed.is_empty() {
        known::write(publication.note(), changed).await?;
    }
    Ok(())
}

/// A document as the checks of its kind want it, and its fields: what they find fault with is left out, and told.
fn sound(made: Made, file: &str, report: &mut Report) -> (Made, Map<String, Value>) {
    let ours = object(&made.document);
    let controls = ours.values().any(has_control);
    if !controls && made.document.faults().is_empty() {
        return (made, ours);
    }
    let kind = made.document.kind();
    let (document, faults) = document::read(kind, Value::Object(ours));
    let document = document.unwrap_or(made.document);
    let mut fields = object(&document);
    for fault in &faults {
        let field = fault.path.split(['.', '[']).next().unwrap_or_default();
        fields.remove(field);
        report.unfit(&name(&document), file, fault);
    }
    let mended = document::read(kind, Value::Object(fields));
    // A field that it can't do without stays as it is: what is wrong with it does no harm.
    let document = mended.0.filter(|_| mended.1.is_empty()).unwrap_or(document);
    let ours = object(&document);
    (Made { document, ..made }, ours)
}

fn has_control(value: &Value) -> bool {
    match value {
        Value::String(text) => {
            text.contains(|char: char| char.is_control() && !matches!(char, '\n' | '\t'))
        }
        Value::Array(items) => items.iter().any(has_control),
        Value::Object(fields) => fields.values().any(has_control),
        _ => false,
    }
}

fn of_another(checkout: &str, file: &str, other: &str) -> Problem {
    let message = format!(
        "the page is from the import of `{other}`: it stays as that left it (if this is the same checkout under another name, say `--name {other}`)"
    );
    let file = format!("{checkout}/{file}");
    Problem::of(&file, ProblemKind::OfAnotherSite, message)
}

/// Puts what the site says into the piece as it is, where somebody else had a part in it.
fn with_theirs(
    made: Made,
    file: &str,
    ours: &Map<String, Value>,
    theirs: Option<&Map<String, Value>>,
    row: Option<&imported::Model>,
    report: &mut Report,
) -> (Document, Remembered) {
    let mut ready = Remembered {
        node: made.named.node,
        file: file.to_owned(),
        fields: fields(ours),
        is_ours: true,
        adopted: row.is_some_and(|row| row.adopted),
    };
    let Some(theirs) = theirs else {
        return (made.document, ready);
    };
    let base = row.map(|row| row.fields.clone()).unwrap_or_default();
    ready.adopted |= row.is_none();
    let merged = merge(&base, theirs, ours, ready.adopted);
    ready.is_ours = merged.fields == *ours;
    let kind = made.document.kind();
    let piece = name(&made.document);
    let (document, faults) = document::read(kind, Value::Object(merged.fields));
    if let Some(document) = document.filter(|_| faults.is_empty()) {
        if row.is_none() {
            report.adopt(piece, file, merged.kept);
        } else if !merged.kept.is_empty() {
            report.keep(piece, file, merged.kept);
        }
        return (document, ready);
    }
    // Both together make no sense: it stays as it is.
    report.keep(piece, file, vec!["all".to_owned()]);
    let theirs = document::read(kind, Value::Object(theirs.clone())).0;
    (theirs.unwrap_or(made.document), ready)
}

fn object(document: &Document) -> Map<String, Value> {
    match document.to_value() {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// What a piece is called in reports.
pub(super) fn name(document: &Document) -> String {
    let kind = sea_orm::ActiveEnum::to_value(&document.kind());
    format!("{kind}:{}", document.piece.slug)
}
