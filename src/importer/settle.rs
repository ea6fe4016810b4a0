//! Finding the pieces of a site in the graph: what is there already keeps its name, and is not made twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    graph::{Context, Entry, Index, Named, Shared, hashed, key, name_key},
    known::{self, Left},
    problem::{Problem, ProblemKind},
};
use crate::document::Slug;

/// Puts the names of an index right by what the graph knows. `left` is what earlier imports of the site left.
pub(super) async fn settle(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<Vec<Problem>, DbErr> {
    let mut problems = Vec::new();
    settle_pages(db, index, left, &mut problems).await?;
    settle_media(db, index).await?;
    settle_subjects(db, index, left, &mut problems).await?;
    settle_people(db, index, left).await?;
    let topics = index.topics.values_mut();
    let topics = topics.map(|topic| (&mut topic.named, &mut topic.foreign));
    settle_by_slug(db, Kind::Topic, topics, left).await?;
    let partners = index.partners.values_mut();
    let partners = partners.map(|partner| (&mut partner.named, &mut partner.foreign));
    settle_by_slug(db, Kind::Partner, partners, left).await?;
    settle_partners(db, index, left).await?;
    keep_slugs(db, index).await?;
    Ok(problems)
}

/// What the graph has of one kind under some slugs and identifiers.
struct Known {
    /// Which piece has a slug, and its title.
    by_slug: HashMap<Slug, (Uuid, String)>,
    /// Which slug a piece has.
    slug_of: HashMap<Uuid, Slug>,
}

impl Known {
    async fn read(
        db: &impl ConnectionTrait,
        kind: Kind,
        slugs: impl IntoIterator<Item = &Slug>,
    ) -> Result<Self, DbErr> {
        let slugs: Vec<_> = slugs.into_iter().collect();
        let nodes = slugs
            .iter()
            .map(|slug| Named::new(kind, (*slug).clone()).node);
        let of_nodes = known::by_id(db, kind, &nodes.collect::<Vec<_>>()).await?;
        let texts: Vec<_> = slugs.iter().map(ToString::to_string).collect();
        let of_slugs = known::by_slug(db, kind, &texts).await?;
        let of_nodes = of_nodes.into_iter();
        Ok(Self {
            slug_of: of_nodes
                .map(|(named, _)| (named.node, named.slug))
                .collect(),
            by_slug: of_slugs
                .into_iter()
                .map(|(named, title)| (named.slug, (named.node, title)))
                .collect(),
        })
    }

    /// The piece that a slug stands for: the one that was first published under it, if `is_meant` says that it is
    /// that, or a new one, if nobody has the slug.
    fn piece(&self, kind: Kind, slug: &Slug, is_meant: impl Fn(Uuid) -> bool) -> Option<Named> {
        let named = Named::new(kind, slug.clone());
        if let Some(now) = self.slug_of.get(&named.node) {
            let slug = now.clone();
            return is_meant(named.node).then_some(Named { slug, ..named });
        }
        let free = !self.by_slug.contains_key(slug);
        free.then_some(named)
    }
}

/// A page is the piece at its address; else the one that was made of its file before, else a new one.
async fn settle_pages(
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
            problems.push(problem(entry, ProblemKind::DuplicatePermalink, message));
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
            problems.push(problem(entry, ProblemKind::UnsafeName, message.to_owned()));
            entry.quotes.clear();
            entry.claim = None;
        }
    }
    Ok(())
}

fn problem(entry: &Entry, kind: ProblemKind, message: String) -> Problem {
    Problem {
        file: entry.file.clone(),
        line: None,
        kind,
        message,
    }
}

/// Media are the pieces at their addresses.
async fn settle_media(db: &impl ConnectionTrait, index: &mut Index) -> Result<(), DbErr> {
    let urls = index.media.values().map(|medium| medium.told.url.clone());
    let there = known::at_addresses(db, &urls.collect()).await?;
    index.media.retain(|key, medium| match there.get(key) {
        Some(owner) if owner.kind == Kind::Media => {
            medium.named = owner.clone();
            true
        }
        // It is a page of the graph, say.
        Some(_) => false,
        None => true,
    });
    Ok(())
}

/// Programmes, events, organisations and awards are what was made of their page before, or what the graph has by
/// that name from elsewhere.
async fn settle_subjects(
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
            problems.push(problem(entry, ProblemKind::DuplicatePiece, message));
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

/// People are those of their names.
async fn settle_people(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<(), DbErr> {
    let people = index.people.values_mut();
    let people: Vec<&mut Shared<_>> = people
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
    let known = Known::read(
        db,
        Kind::Person,
        people.iter().map(|person| &person.named.slug),
    )
    .await?;
    for person in people {
        let key = name_key(&person.told.name);
        let slug = &person.named.slug;
        // A slug is made of the name alone.
        let same = known
            .by_slug
            .get(slug)
            .filter(|(_, name)| name_key(name) == key);
        let same = same.map(|(node, _)| Named {
            kind: Kind::Person,
            slug: slug.clone(),
            node: *node,
        });
        if let Some(known) = by_name.get(&key).cloned().or(same) {
            person.named = known;
            person.foreign = true;
        } else if known.piece(Kind::Person, slug, |_| false).is_none() {
            person.named = Named::new(Kind::Person, hashed(slug.as_str(), &key));
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
    let slugs = pieces.iter().map(|(named, _)| named.slug.to_string());
    let there = known::by_slug(db, kind, &slugs.collect::<Vec<_>>()).await?;
    let there: HashMap<_, _> = there
        .into_iter()
        .map(|(named, _)| (named.slug.clone(), named))
        .collect();
    for (named, foreign) in pieces {
        let known = there.get(&named.slug);
        if let Some(known) = known.filter(|known| !left.contains_key(&known.node)) {
            *named = known.clone();
            *foreign = true;
        }
    }
    Ok(())
}

/// Organisations of the map are those of their names, too.
async fn settle_partners(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<(), DbErr> {
    let partners = index.partners.values_mut();
    let partners: Vec<_> = partners
        .filter(|partner| !partner.foreign && !left.contains_key(&partner.named.node))
        .collect();
    let names = partners.iter().flat_map(|partner| partner.told.clone());
    let known = known::by_title(db, Kind::Partner, &names.collect::<Vec<_>>()).await?;
    let known: HashMap<_, _> = known
        .into_iter()
        .map(|(named, title)| (title, named))
        .collect();
    for partner in partners {
        if let Some(known) = partner.told.iter().find_map(|name| known.get(name)) {
            partner.named = known.clone();
            partner.foreign = true;
        }
    }
    Ok(())
}

/// A piece that somebody gave another slug is still the same; a new one takes no other's slug.
async fn keep_slugs(db: &impl ConnectionTrait, index: &mut Index) -> Result<(), DbErr> {
    let mut by_kind: BTreeMap<Kind, Vec<Slug>> = BTreeMap::new();
    for named in index.named_mut() {
        by_kind
            .entry(named.kind)
            .or_default()
            .push(named.slug.clone());
    }
    let mut known = HashMap::new();
    for (kind, slugs) in &by_kind {
        known.insert(*kind, Known::read(db, *kind, slugs).await?);
    }
    for named in index.named_mut() {
        let known = &known[&named.kind];
        if let Some(slug) = known.slug_of.get(&named.node) {
            named.slug.clone_from(slug);
        } else if known
            .by_slug
            .get(&named.slug)
            .is_some_and(|(node, _)| *node != named.node)
        {
            let whole = format!("{}\n{}", named.slug, named.node);
            *named = Named::new(named.kind, hashed(named.slug.as_str(), &whole));
        }
    }
    Ok(())
}
