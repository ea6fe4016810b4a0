//! What the site yields no more: withdrawn, or redirected where it moved, never just gone.

use std::collections::{HashMap, HashSet};

use entity::{
    imported,
    node::{Kind, State},
};
use serde_json::Value;
use uuid::Uuid;

use super::{ImportError, Publication, Report, chunk::name, second::Import};
use crate::{
    document::{self, Document, Redirected, Withdrawn},
    importer::{known, merge::fields, report::Became},
};

/// So many pieces are withdrawn at once.
const CHUNK: usize = 500;

/// Withdraws what earlier imports left and the site does not yield any more.
pub(super) async fn withdraw(
    import: &Import<'_>,
    publication: &mut Publication,
    yielded: &HashSet<Uuid>,
    report: &mut Report,
) -> Result<(), ImportError> {
    let gone = import.left.iter().filter(|(node, left)| {
        // What was there before the site is not the site's to end.
        !yielded.contains(node) && !left.adopted
    });
    let mut gone: Vec<_> = gone.map(|(node, _)| *node).collect();
    gone.sort_unstable();
    let moved = moved(import, publication, &gone).await?;
    for gone in gone.chunks(CHUNK) {
        withdraw_some(import, publication, gone, &moved, report).await?;
    }
    Ok(())
}

async fn withdraw_some(
    import: &Import<'_>,
    publication: &mut Publication,
    gone: &[Uuid],
    moved: &HashMap<Uuid, String>,
    report: &mut Report,
) -> Result<(), ImportError> {
    let current = known::current(publication.db(), gone).await?;
    let rows = known::rows(publication.db(), gone).await?;
    let of_kind =
        |node: &&Uuid, wanted| current.get(node).is_some_and(|piece| piece.kind == wanted);
    let media = gone.iter().filter(|node| of_kind(node, Kind::Media));
    let media: Vec<_> = media.copied().collect();
    let shown = known::still_shown(publication.db(), &media).await?;
    let ends = |node: &&Uuid| {
        let live = current.get(node).is_some_and(|piece| {
            // People, organisations and topics do not end with a page that names them.
            piece.state == State::Live
                && !matches!(piece.kind, Kind::Person | Kind::Partner | Kind::Topic)
        });
        // A person may have brought it back.
        let ended = |row: &imported::Model| {
            ["withdrawn", "redirected"]
                .iter()
                .any(|field| row.fields.0.contains_key(*field))
        };
        live && !rows.get(node).is_some_and(ended) && !shown.contains(node)
    };
    let gone: Vec<_> = gone.iter().filter(ends).copied().collect();
    let documents = known::documents(publication.db(), &gone).await?;
    let mut ended = Vec::new();
    for node in gone {
        let (Some(piece), Some(row), Some(value)) =
            (current.get(&node), rows.get(&node), documents.get(&node))
        else {
            continue;
        };
        if let (Some(document), _) = document::read(piece.kind, value.clone()) {
            let to = moved.get(&node);
            ended.push((row, piece, end(document, to, &import.context.site)));
        }
    }
    let documents: Vec<_> = ended
        .iter()
        .map(|(.., document)| document.clone())
        .collect();
    let added = publication.add(&documents).await?;
    let mut left = Vec::new();
    for (added, (row, piece, document)) in added.iter().zip(ended) {
        let redirected = document.piece.redirected.is_some();
        let became = if redirected {
            Became::Redirected
        } else {
            Became::Withdrawn
        };
        report.count(document.kind(), became, &name(&document), &row.file);
        // What the site said stays, so that persons' changes are told when it comes back.
        let mut row = row.clone();
        let was_ours = row.content_hash.as_ref() == Some(&piece.content_hash);
        row.content_hash = was_ours.then(|| added.content_hash.clone());
        if let Value::Object(now) = document.to_value() {
            let now = fields(&now).0.into_iter();
            let life = now.filter(|(field, _)| matches!(&**field, "withdrawn" | "redirected"));
            row.fields.0.extend(life);
        }
        left.push(row);
    }
    if !left.is_empty() {
        known::write(publication.note(), left).await?;
    }
    Ok(())
}

fn end(mut document: Document, to: Option<&String>, site: &str) -> Document {
    if let Some(to) = to {
        document.piece.redirected = Some(Redirected { to: to.clone() });
    } else {
        let reason = format!("It is no longer on {site}.");
        document.piece.withdrawn = Some(Withdrawn {
            reason,
            successor: None,
        });
    }
    document
}

/// The pages that are at another address now: the same file, or the same text.
async fn moved(
    import: &Import<'_>,
    publication: &Publication,
    gone: &[Uuid],
) -> Result<HashMap<Uuid, String>, ImportError> {
    let new = import
        .index
        .pages
        .iter()
        .zip(&import.site.pages)
        .filter_map(|(entry, source)| {
            let page = entry.page.as_ref()?;
            let is_new = !import.left.contains_key(&page.node);
            is_new.then(|| (super::Context::on_site(&source.name), page))
        });
    let by_file: HashMap<_, _> = new.collect();
    if by_file.is_empty() || gone.is_empty() {
        return Ok(HashMap::new());
    }
    let nodes: Vec<_> = by_file.values().map(|page| page.node).collect();
    let rows = known::rows(publication.db(), &nodes).await?;
    let body = |row: &imported::Model| row.fields.0.get("body").cloned();
    let by_body = by_file
        .values()
        .filter_map(|page| Some((body(rows.get(&page.node)?)?, *page)));
    let by_body: HashMap<_, _> = by_body.collect();
    let old = known::rows(publication.db(), gone).await?;
    let current = known::current(publication.db(), gone).await?;
    let documents = known::documents(publication.db(), &nodes).await?;
    let mut moved = HashMap::new();
    for (node, row) in &old {
        let is_page = current
            .get(node)
            .is_some_and(|piece| piece.kind == Kind::Page);
        let of_file = by_file.get(&*row.file).copied();
        let page = of_file.or_else(|| body(row).and_then(|body| by_body.get(&body).copied()));
        let Some(page) = page.filter(|_| is_page) else {
            continue;
        };
        let url = documents
            .get(&page.node)
            .and_then(|document| document["url"].as_str());
        if let Some(url) = url {
            moved.insert(*node, url.to_owned());
        }
    }
    Ok(moved)
}
