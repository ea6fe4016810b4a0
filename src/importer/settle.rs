//! Finding the pieces of a site in the graph: what is there already keeps its name, and is not made twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    graph::{Index, Named, Shared, key, name_key},
    known::{self, Left},
    problem::{Problem, ProblemKind},
};
use crate::document::Slug;

/// A page of the site, as its index does not need it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Its file.
    pub file: String,
    /// The address that it claims.
    pub url: Option<String>,
}

/// Puts the names of an index right by what the graph knows. `left` is what earlier imports of the site left.
pub(super) async fn settle(
    db: &impl ConnectionTrait,
    index: &mut Index,
    pages: &[Told],
    left: &HashMap<Uuid, Left>,
) -> Result<Vec<Problem>, DbErr> {
    let mut problems = Vec::new();
    keep_slugs(db, index).await?;
    settle_addresses(db, index, pages, &mut problems).await?;
    settle_subjects(db, index, left).await?;
    settle_people(db, index, left).await?;
    let topics = index
        .topics
        .values_mut()
        .map(|topic| (&mut topic.named, &mut topic.foreign));
    settle_by_slug(db, Kind::Topic, topics, left).await?;
    let partners = index.partners.values_mut();
    let partners = partners.map(|partner| (&mut partner.named, &mut partner.foreign));
    settle_by_slug(db, Kind::Partner, partners, left).await?;
    each_once(index, pages, &mut problems);
    Ok(problems)
}

/// A piece that somebody gave another slug is still the same.
async fn keep_slugs(db: &impl ConnectionTrait, index: &mut Index) -> Result<(), DbErr> {
    let mut by_kind: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for named in index.named_mut() {
        by_kind.entry(named.kind).or_default().push(named.node);
    }
    let mut slugs: HashMap<Uuid, Slug> = HashMap::new();
    for (kind, nodes) in by_kind {
        let found = known::by_id(db, kind, &nodes).await?;
        slugs.extend(found.into_iter().map(|(named, _)| (named.node, named.slug)));
    }
    for named in index.named_mut() {
        if let Some(slug) = slugs.get(&named.node) {
            named.slug.clone_from(slug);
        }
    }
    Ok(())
}

/// Pages and media are the pieces at their addresses.
async fn settle_addresses(
    db: &impl ConnectionTrait,
    index: &mut Index,
    pages: &[Told],
    problems: &mut Vec<Problem>,
) -> Result<(), DbErr> {
    let of_pages = pages.iter().filter_map(|told| told.url.as_ref());
    let wanted: HashSet<String> = of_pages.chain(index.media.keys()).cloned().collect();
    let there = known::at_addresses(db, &wanted).await?;
    for (entry, told) in index.pages.iter_mut().zip(pages) {
        let owner = told.url.as_ref().filter(|_| entry.has_address);
        let owner = owner.and_then(|url| there.get(&key(url)));
        match (owner, &mut entry.page) {
            (Some(owner), Some(page)) if owner.kind == Kind::Page => *page = owner.clone(),
            (Some(owner), Some(_)) => {
                // Two pieces can't have one address.
                entry.has_address = false;
                problems.push(Problem {
                    file: told.file.clone(),
                    line: None,
                    kind: ProblemKind::DuplicatePermalink,
                    message: format!("its address is that of another piece, `{}`", owner.slug),
                });
            }
            _ => {}
        }
    }
    let mut lost = Vec::new();
    for (url, medium) in &mut index.media {
        match there.get(&key(url)) {
            Some(owner) if owner.kind == Kind::Media => medium.named = owner.clone(),
            Some(_) => lost.push(url.clone()),
            None => {}
        }
    }
    for url in lost {
        index.media.remove(&url);
    }
    Ok(())
}

/// Programmes, events, organisations and awards are the pieces of their names.
async fn settle_subjects(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<(), DbErr> {
    let mut by_kind: BTreeMap<Kind, Vec<&mut (Named, String)>> = BTreeMap::new();
    for entry in &mut index.pages {
        if let Some(subject) = &mut entry.subject {
            by_kind.entry(subject.0.kind).or_default().push(subject);
        }
    }
    for (kind, subjects) in by_kind {
        let titles: Vec<_> = subjects.iter().map(|(_, title)| title.clone()).collect();
        let by_title = known::by_title(db, kind, &titles).await?;
        let by_title: HashMap<_, _> = by_title
            .into_iter()
            .map(|(named, title)| (title, named))
            .collect();
        let slugs: Vec<_> = subjects
            .iter()
            .map(|(named, _)| named.slug.to_string())
            .collect();
        let by_slug = known::by_slug(db, kind, &slugs).await?;
        let by_slug: HashMap<_, _> = by_slug
            .into_iter()
            .map(|(named, title)| (named.slug.clone(), (named, title)))
            .collect();
        for (named, title) in subjects {
            if left.contains_key(&named.node) {
                continue;
            }
            if let Some(known) = by_title.get(title) {
                *named = known.clone();
            } else if let Some((known, other)) = by_slug.get(&named.slug) {
                if is_alike(title, other) {
                    *named = known.clone();
                } else {
                    let whole = format!("{title}\n{}", named.slug);
                    let slug = super::graph::hashed(named.slug.as_str(), &whole);
                    *named = Named::new(kind, slug);
                }
            }
        }
    }
    Ok(())
}

/// Whether two titles are most likely of one thing: “STACK 2020” and “STACK 2020 Developer Conference”.
fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    one.contains(&other) || other.contains(&one) || strsim::jaro_winkler(&one, &other) > 0.85
}

/// People are those of their names.
async fn settle_people(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<(), DbErr> {
    let people: Vec<&mut Shared<_>> = index
        .people
        .values_mut()
        .filter(|person| !left.contains_key(&person.named.node))
        .collect();
    let names: Vec<_> = people
        .iter()
        .map(|person| person.told.name.clone())
        .collect();
    let by_name = known::by_title(db, Kind::Person, &names).await?;
    let by_name: HashMap<_, _> = by_name
        .into_iter()
        .map(|(named, name)| (name_key(&name), named))
        .collect();
    let slugs: Vec<_> = people
        .iter()
        .map(|person| person.named.slug.to_string())
        .collect();
    let by_slug = known::by_slug(db, Kind::Person, &slugs).await?;
    let by_slug: HashMap<_, _> = by_slug
        .into_iter()
        .map(|(named, _)| (named.slug.clone(), named))
        .collect();
    for person in people {
        let key = name_key(&person.told.name);
        // A slug is made of the name alone.
        let known = by_name
            .get(&key)
            .or_else(|| by_slug.get(&person.named.slug));
        if let Some(known) = known {
            person.named = known.clone();
            person.foreign = true;
        }
    }
    Ok(())
}

/// Topics and organisations of the map are the pieces of their slugs.
async fn settle_by_slug<'i>(
    db: &impl ConnectionTrait,
    kind: Kind,
    pieces: impl Iterator<Item = (&'i mut Named, &'i mut bool)>,
    left: &HashMap<Uuid, Left>,
) -> Result<(), DbErr> {
    let pieces: Vec<_> = pieces.collect();
    let slugs: Vec<_> = pieces
        .iter()
        .map(|(named, _)| named.slug.to_string())
        .collect();
    let there = known::by_slug(db, kind, &slugs).await?;
    let there: HashMap<_, _> = there
        .into_iter()
        .map(|(named, _)| (named.slug.clone(), named))
        .collect();
    for (named, foreign) in pieces {
        if let Some(known) = there
            .get(&named.slug)
            .filter(|known| !left.contains_key(&known.node))
        {
            *named = known.clone();
            *foreign = true;
        }
    }
    Ok(())
}

/// Two pages may be about one piece: it is made of the first.
fn each_once(index: &mut Index, pages: &[Told], problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    for (entry, told) in index.pages.iter_mut().zip(pages) {
        if let Some((subject, _)) = &entry.subject
            && !seen.insert(subject.node)
        {
            problems.push(Problem {
                file: told.file.clone(),
                line: None,
                kind: ProblemKind::DuplicatePiece,
                message: format!("`{}` is made of another page already", subject.slug),
            });
            entry.subject = None;
        }
    }
}
