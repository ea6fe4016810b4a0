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
    importer::{graph::Named, known, merge::fields, report::Became},
    publish,
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
    let gone = import.ending.iter().filter(|node| {
        // People, organisations and topics do not end with a page that names them.
        let left = &import.left[*node];
        let ends = !matches!(left.kind, Kind::Person | Kind::Partner | Kind::Topic);
        ends && left.state == State::Live && !yielded.contains(*node)
    });
    let mut gone: Vec<Uuid> = gone.copied().collect();
    gone.sort_unstable();
    let moved = moved(import, publication, &gone).await?;
    // Whether media are still shown is known when all that showed them has ended.
    let is_medium = |node: &Uuid| import.left[node].kind == Kind::Media;
    let (media, gone): (Vec<_>, Vec<_>) = gone.into_iter().partition(is_medium);
    for gone in gone.chunks(CHUNK).chain(media.chunks(CHUNK)) {
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
    let shown = known::still_shown(publication.db(), gone).await?;
    let ends = |node: &&Uuid| {
        // A person may have brought it back.
        let ended = |row: &imported::Model| {
            ["withdrawn", "redirected"]
                .iter()
                .any(|field| row.fields.0.contains_key(*field))
        };
        !rows.get(node).is_some_and(ended) && !shown.contains(node)
    };
    let gone: Vec<_> = gone.iter().filter(ends).copied().collect();
    let documents = publish::documents(publication.db(), gone.iter().copied()).await?;
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
    let pages = import.index.pages.iter().zip(&import.site.pages);
    let pages = pages.filter_map(|(entry, source)| {
        Some((super::Context::on_site(&source.name), entry.page.as_ref()?))
    });
    let by_file: HashMap<_, _> = pages.collect();
    let is_new = |page: &&&Named| !import.left.contains_key(&page.node);
    let new = by_file.values().filter(is_new).map(|page| page.node);
    let new: Vec<_> = new.collect();
    let body = |row: &imported::Model| row.fields.0.get("body").cloned();
    let rows = known::rows(publication.db(), &new).await?;
    // Where several pages have the text, nobody knows which is meant.
    let mut by_body: HashMap<String, Vec<Uuid>> = HashMap::new();
    for row in rows.values() {
        if let Some(body) = body(row) {
            by_body.entry(body).or_default().push(row.node_id);
        }
    }
    let old = known::rows(publication.db(), gone).await?;
    let mut to = HashMap::new();
    for (node, row) in &old {
        let of_file = by_file.get(&*row.file).map(|page| page.node);
        let of_body = || match by_body.get(&body(row)?)?[..] {
            [page] => Some(page),
            _ => None,
        };
        let page = of_file.or_else(of_body).filter(|page| page != node);
        if let Some(page) = page.filter(|_| import.left[node].kind == Kind::Page) {
            to.insert(*node, page);
        }
    }
    let documents = publish::documents(publication.db(), to.values().copied()).await?;
    let url = |page: &Uuid| Some(documents.get(page)?["url"].as_str()?.to_owned());
    let moved = to
        .iter()
        .filter_map(|(node, page)| Some((*node, url(page)?)));
    Ok(moved.collect())
}
