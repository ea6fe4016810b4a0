//! An import: a site's pages become pieces of the graph, in one transaction.

mod chunk;
mod first;
mod second;
mod vanished;

use std::{
    collections::{HashMap, HashSet},
    io,
    path::Path,
};

use chrono::{DateTime, Utc};
use entity::node::{Kind, State};
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbErr};

use uuid::Uuid;

use self::first::First;
use super::{
    Limits, Map, MapFaults, Site,
    graph::{Builder, Context, Directory, Index, Named},
    known::{self, Left},
    report::Report,
    settle::settle,
};
use crate::{
    document::{Fault, Slug, nearest},
    publish::{Publication, PublishError},
};

/// How a site is imported.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the checkout is called; without it, as its folder. The next import of it must have the same name.
    pub name: Option<String>,
    /// How many threads read.
    pub threads: usize,
    /// Whether it is only tried: nothing is written.
    pub dry_run: bool,
    /// Whether nobody has named a map.
    pub without_map: bool,
    /// When it is.
    pub at: DateTime<Utc>,
    /// How much of the site is read.
    pub limits: Limits,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many pages are to be read.
    Found(usize),
    /// A page has been read for the first time.
    Read,
    /// A page has been published.
    Published,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The site's folder can't be read.
    #[error("cannot read the site")]
    Unreadable(#[from] io::Error),
    /// The folder has no page.
    #[error("there is no page in the site: is it a checkout of an Isomer site?")]
    NoPages,
    /// The map is no good for this graph.
    #[error(transparent)]
    Map(#[from] MapFaults),
    /// Earlier imports had a map.
    #[error(
        "an earlier import of this checkout made programmes, events or awards by a map, which this one would withdraw: name the map, or one without rules if that is meant"
    )]
    MapMissing,
    /// Files were written while they were read.
    #[error("`{0}` changed while the site was read: import it again")]
    Changed(String),
    /// What is made of the site has faults: a fault of the importer.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The database failed.
    #[error("the database failed, so nothing was imported")]
    Database(#[from] DbErr),
    /// The names that the graph knows can't be searched for.
    #[error("there are too many names in the graph to look for")]
    Names(#[from] aho_corasick::BuildError),
}

/// Imports the site in a folder by a map: what it says that the graph does not, in one transaction.
///
/// `watch` is told how far it is. The database is not written to by others meanwhile.
pub async fn import(
    db: &DatabaseConnection,
    folder: &Path,
    map: Map,
    options: &Options,
    watch: &(dyn Fn(Step) + Send + Sync),
) -> Result<Report, ImportError> {
    let root = folder.canonicalize()?;
    let site = Site::open(&root, &options.limits)?;
    if site.pages.is_empty() {
        return Err(ImportError::NoPages);
    }
    let checkout = options.name.clone().unwrap_or_else(|| site.name.clone());
    let (context, problems) = Context::new(&site, checkout, root, map);
    let mut report = Report {
        checkout: context.checkout.clone(),
        site: context.site.clone(),
        url: context.address.root().to_owned(),
        dry_run: options.dry_run,
        folder: site.name.clone(),
        ..Report::default()
    };
    let problems = site.problems.iter().cloned().chain(problems);
    report.warn_all(problems);
    watch(Step::Found(site.pages.len()));
    check_map(db, &context.map).await?;
    let First { mut index, unread } = first::read(&site, &context, options, watch, &mut report);
    index.add_partners(&context);
    let mut publication = Publication::begin(db, options.at).await?;
    let left = known::left(publication.db(), &context.checkout).await?;
    check_left(options, &left)?;
    let problems = settle(publication.db(), &mut index, &left).await?;
    report.warn_all(problems);
    for named in index.published() {
        publication.promise(named.kind, &named.slug, named.node);
    }
    let ending = ending(&site, &left, &unread);
    let directory = directory(publication.db(), &context, &index, &ending).await?;
    let import = second::Import {
        site: &site,
        context: &context,
        index: &index,
        directory: &directory,
        left: &left,
        ending: &ending,
        options,
        watch,
    };
    let yielded = import.publish(&mut publication, &mut report).await?;
    vanished::withdraw(&import, &mut publication, &yielded, &mut report).await?;
    if options.dry_run {
        publication.undo().await?;
    } else {
        publication.finish().await?;
    }
    Ok(report)
}

/// What ends if the site does not yield it any more: not what was there before the site, nor what may only not have
/// been found or read.
fn ending(site: &Site, left: &HashMap<Uuid, Left>, unread: &HashSet<String>) -> HashSet<Uuid> {
    let mut problems = site.problems.iter();
    if problems.any(|problem| problem.kind.hides_pages()) {
        return HashSet::new();
    }
    let ends = |left: &Left| !left.adopted && !unread.contains(&left.file);
    let ending = left.iter().filter(|(_, left)| ends(left));
    ending.map(|(node, _)| *node).collect()
}

/// The names that the graph knows, and those that the site gives to what it yields. What is `ending` is withdrawn if
/// the site does not yield it any more.
async fn directory(
    db: &impl ConnectionTrait,
    context: &Context,
    index: &Index,
    ending: &HashSet<Uuid>,
) -> Result<Directory, ImportError> {
    let known = known::names(db).await?;
    // The site's own pieces go by what the site calls them now; what it yields no more is about to end.
    let people = index.people.values().map(|person| person.named.node);
    let own: HashSet<_> = people
        .chain(
            index
                .pages
                .iter()
                .filter_map(|entry| Some(entry.subject.as_ref()?.0.node)),
        )
        .collect();
    let ends = |named: &Named| {
        let of_map = matches!(named.kind, Kind::Programme | Kind::Event | Kind::Award);
        of_map && ending.contains(&named.node)
    };
    let known = known
        .into_iter()
        .filter(|(named, _)| !own.contains(&named.node) && !ends(named));
    let subjects = index.pages.iter().filter_map(|entry| entry.subject.clone());
    let people = index.people.values();
    let people = people.map(|person| (person.named.clone(), person.told.name.clone()));
    let partners = context.map.partners.iter().flat_map(|partner| {
        let named = index.partners.get(&partner.slug);
        let called = [&partner.title].into_iter().chain(&partner.names);
        named.into_iter().flat_map(move |known| {
            called
                .clone()
                .map(|name| (known.named.clone(), name.clone()))
        })
    });
    Ok(Directory::new(
        known.chain(subjects).chain(people).chain(partners),
    )?)
}

/// What the map names by slugs must be there, or come with it.
async fn check_map(db: &impl ConnectionTrait, map: &Map) -> Result<(), ImportError> {
    let mut faults = Vec::new();
    let own = || map.partners.iter().map(|partner| &partner.slug);
    for (path, kind, slug) in map.named() {
        let comes = kind == Kind::Partner && own().any(|known| known == slug);
        if comes
            || !known::by_slug(db, kind, &[slug.to_string()])
                .await?
                .is_empty()
        {
            continue;
        }
        let meant = nearest(slug.as_str(), own().map(Slug::as_str));
        let kind = ActiveEnum::to_value(&kind);
        let message = format!("there is no {kind} `{slug}`{meant}");
        faults.push(Fault::new(path, message));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(MapFaults(faults).into())
    }
}

/// Without its map, all that an earlier import made by one would be withdrawn.
fn check_left(options: &Options, left: &HashMap<Uuid, Left>) -> Result<(), ImportError> {
    let by_map = |left: &Left| {
        let of_map = [Kind::Programme, Kind::Event, Kind::Award];
        of_map.contains(&left.kind) && left.state == State::Live && !left.adopted
    };
    if options.without_map && left.values().any(by_map) {
        return Err(ImportError::MapMissing);
    }
    Ok(())
}
