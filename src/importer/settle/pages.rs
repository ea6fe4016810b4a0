//! Which pieces the pages are.

use std::collections::{HashMap, HashSet};

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Index, Known, Left, Named, Problem, known};
use crate::importer::{
    ProblemKind,
    graph::{Context, Entry, key},
};

/// A page is the piece at its address; else the one that was made of its file before, else a new one.
pub(super) async fn settle(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
    problems: &mut Vec<Problem>,
) -> Result<(), DbErr> {
    let urls = index.pages.iter().filter_map(|entry| entry.url.clone());
    let there = known::at_addresses(db, &urls.collect()).await?;
    let known = Known::read(
        db,
        Kind::Page,
        index.pages.iter().flat_map(|entry| &entry.slugs),
    )
    .await?;
    let by_file: HashMap<_, _> = index
        .pages
        .iter()
        .map(|entry| {
            (
                Context::on_site(&entry.file).to_owned(),
                entry.slugs.first().cloned(),
            )
        })
        .collect();
    // A person may have moved the page of another file here, which would still claim it.
    let is_others = |owner: &Named, entry: &Entry| {
        let Some(left) = left.get(&owner.node) else {
            return false;
        };
        let first = by_file.get(&left.file).and_then(Option::as_ref);
        let claims =
            first.is_some_and(|slug| Named::new(Kind::Page, slug.clone()).node == owner.node);
        left.file != Context::on_site(&entry.file) && claims
    };
    let mut claimed = HashSet::new();
    for entry in &mut index.pages {
        let owner = entry.url.as_ref().filter(|_| entry.has_address);
        let Some(owner) = owner.and_then(|url| there.get(&key(url))) else {
            continue;
        };
        if owner.kind == Kind::Page && !is_others(owner, entry) && claimed.insert(owner.node) {
            entry.page = Some(owner.clone());
        } else {
            // Two pieces can't have one address.
            entry.has_address = false;
            let message = format!(
                "its address is that of another piece, `{}`: it has none",
                owner.slug
            );
            problems.push(Problem::of(
                &entry.file,
                ProblemKind::DuplicatePermalink,
                message,
            ));
        }
    }
    for entry in index.pages.iter_mut().filter(|entry| entry.page.is_none()) {
        let file = Context::on_site(&entry.file);
        let is_meant = |node: Uuid| left.get(&node).is_some_and(|left| left.file == file);
        let pieces = entry.slugs.iter();
        let mut pieces = pieces.filter_map(|slug| known.piece(Kind::Page, slug, is_meant));
        entry.page = pieces.find(|named| !claimed.contains(&named.node));
        if let Some(named) = &entry.page {
            claimed.insert(named.node);
        } else if !entry.slugs.is_empty() {
            let message = "other pages have all the names that it could have: it is left out";
            problems.push(Problem::of(&entry.file, ProblemKind::UnsafeName, message));
            entry.quotes.clear();
            entry.claim = None;
        }
    }
    Ok(())
}
