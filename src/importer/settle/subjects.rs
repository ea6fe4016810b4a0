//! Which pieces the pages are about.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Index, Known, Left, Named, Problem, known};
use crate::{
    document::Slug,
    importer::{ProblemKind, graph::Context},
};

/// Programmes, events, organisations and awards are what was made of their page before, or what the graph has by
/// that name from elsewhere.
pub(super) async fn settle(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
    problems: &mut Vec<Problem>,
) -> Result<(), DbErr> {
    let mut kinds: BTreeMap<Kind, (Vec<String>, Vec<Slug>)> = BTreeMap::new();
    for claim in index.pages.iter().filter_map(|entry| entry.claim.as_ref()) {
        let (titles, slugs) = kinds.entry(claim.kind).or_default();
        titles.push(claim.title.clone());
        slugs.extend(claim.slugs.iter().cloned());
    }
    let (mut foreign, mut known) = (HashMap::new(), HashMap::new());
    for (kind, (titles, slugs)) in &kinds {
        for (named, title) in known::by_title(db, *kind, titles).await? {
            if !left.contains_key(&named.node) {
                foreign.insert((*kind, title), named);
            }
        }
        known.insert(*kind, Known::read(db, *kind, slugs).await?);
    }
    let of_file = of_files(db, left).await?;
    let files: HashSet<_> = index
        .pages
        .iter()
        .map(|entry| Context::on_site(&entry.file).to_owned())
        .collect();
    let mut claimed = HashSet::new();
    for entry in &mut index.pages {
        let Some(claim) = &entry.claim else { continue };
        let file = Context::on_site(&entry.file);
        let before = of_file.get(&(file.to_owned(), claim.kind)).cloned();
        let foreign = foreign.get(&(claim.kind, claim.title.clone())).cloned();
        let known = &known[&claim.kind];
        let is_meant = |node: Uuid| match left.get(&node) {
            Some(left) => left.file == file || !files.contains(&left.file),
            None => known
                .slug_of
                .get(&node)
                .and_then(|slug| known.by_slug.get(slug))
                .is_some_and(|(_, title)| is_alike(&claim.title, title)),
        };
        let by_slug = claim.slugs.iter();
        let by_slug = by_slug.filter_map(|slug| known.piece(claim.kind, slug, is_meant));
        // What the graph has by its name is no other thing because another page is about it, too.
        let of_name = before.or(foreign);
        let mut by_slug = by_slug.filter(|named| !claimed.contains(&named.node));
        let piece = match of_name {
            Some(named) => Some(named).filter(|named| !claimed.contains(&named.node)),
            None => by_slug.next(),
        };
        if let Some(named) = piece {
            claimed.insert(named.node);
            entry.subject = Some((named, claim.title.clone()));
        } else {
            let message = format!("“{}” is made of another page already", claim.title);
            problems.push(Problem::of(
                &entry.file,
                ProblemKind::DuplicatePiece,
                message,
            ));
        }
    }
    Ok(())
}

/// The pieces that earlier imports made of a file, by kind.
async fn of_files(
    db: &impl ConnectionTrait,
    left: &HashMap<Uuid, Left>,
) -> Result<HashMap<(String, Kind), Named>, DbErr> {
    let mut found = HashMap::new();
    for kind in [Kind::Programme, Kind::Event, Kind::Partner, Kind::Award] {
        let nodes = left.iter().filter(|(_, left)| left.kind == kind);
        let nodes: Vec<_> = nodes.map(|(node, _)| *node).collect();
        for (named, _) in known::by_id(db, kind, &nodes).await? {
            let file = left[&named.node].file.clone();
            found.insert((file, kind), named);
        }
    }
    Ok(found)
}

/// Whether two titles are most likely of one thing: “STACK 2020” and “STACK 2020 Developer Conference”.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    one.contains(&other) || other.contains(&one) || strsim::jaro_winkler(&one, &other) > 0.85
}
