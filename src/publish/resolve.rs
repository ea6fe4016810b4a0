//! From the slugs that documents name to identifiers, and what only the database can tell of faults.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{
    award, challenge, event, goal, initiative, media,
    node::{self, Kind},
    page, partner, person, programme, quote, statistic, strategy, topic,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::Edition;
use crate::{
    document::{Document, Fault, Id, Slug},
    load::{Content, Table},
    store::one_of_texts,
};

/// The identifiers of the pieces that documents name.
#[derive(Default)]
pub(super) struct Targets(HashMap<(Kind, String), Uuid>);

impl Targets {
    /// The identifiers of all pieces that a document names, as far as there are any.
    pub(super) fn of(&self, document: &Document) -> Vec<Option<Uuid>> {
        let links = document.links().into_iter();
        links
            .map(|link| self.0.get(&(link.kind, link.slug.to_string())).copied())
            .collect()
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, kind: Kind, slug: &Slug, node: Uuid) {
        self.0.insert((kind, slug.to_string()), node);
    }

    /// Lets documents name pieces that are nowhere any more, as old ones may.
    pub(super) fn forgive(&mut self, documents: &[Document]) {
        for link in documents.iter().flat_map(Document::links) {
            let key = (link.kind, link.slug.to_string());
            self.0.entry(key).or_insert(NOWHERE);
        }
    }

    /// The identifier of a piece that a document names.
    pub(super) fn id(&self, kind: Kind, slug: &Slug) -> Uuid {
        *self
            .0
            .get(&(kind, slug.to_string()))
            .expect("a document whose targets are missing is not written")
    }
}

/// Stands for a piece that is nowhere any more.
pub(super) const NOWHERE: Uuid = Uuid::nil();

/// All pieces that the documents name: from among themselves, from what is promised, else from the database.
pub(super) async fn targets(
    db: &impl ConnectionTrait,
    documents: &[Document],
    promised: &Targets,
) -> Result<Targets, DbErr> {
    let mut targets = Targets::default();
    for document in documents {
        let key = (document.kind(), document.piece.slug.to_string());
        targets.0.insert(key, document.id().node);
    }
    let mut wanted: HashMap<Kind, BTreeSet<String>> = HashMap::new();
    for link in documents.iter().flat_map(Document::links) {
        let key = (link.kind, link.slug.to_string());
        if targets.0.contains_key(&key) {
            continue;
        }
        if let Some(node) = promised.0.get(&key) {
            targets.0.insert(key, *node);
        } else {
            wanted.entry(key.0).or_default().insert(key.1);
        }
    }
    for (kind, slugs) in wanted {
        let found = owners(db, kind, slugs).await?;
        let found = found.into_iter().map(|(slug, id)| ((kind, slug), id));
        targets.0.extend(found);
    }
    Ok(targets)
}

/// The pieces of a kind that have these slugs.
async fn owners(
    db: &impl ConnectionTrait,
    kind: Kind,
    slugs: BTreeSet<String>,
) -> Result<Vec<(String, Uuid)>, DbErr> {
    match kind {
        Kind::Strategy => ids::<strategy::Entity>(db, slugs).await,
        Kind::Goal => ids::<goal::Entity>(db, slugs).await,
        Kind::Programme => ids::<programme::Entity>(db, slugs).await,
        Kind::Initiative => ids::<initiative::Entity>(db, slugs).await,
        Kind::Partner => ids::<partner::Entity>(db, slugs).await,
        Kind::Event => ids::<event::Entity>(db, slugs).await,
        Kind::Media => ids::<media::Entity>(db, slugs).await,
        Kind::Person => ids::<person::Entity>(db, slugs).await,
        Kind::Quote => ids::<quote::Entity>(db, slugs).await,
        Kind::Statistic => ids::<statistic::Entity>(db, slugs).await,
        Kind::Award => ids::<award::Entity>(db, slugs).await,
        Kind::Challenge => ids::<challenge::Entity>(db, slugs).await,
        Kind::Page => ids::<page::Entity>(db, slugs).await,
        Kind::Topic => ids::<topic::Entity>(db, slugs).await,
    }
}

async fn ids<T: Content>(
    db: &impl ConnectionTrait,
    slugs: BTreeSet<String>,
) -> Result<Vec<(String, Uuid)>, DbErr> {
    let slug = T::slug().into_simple_expr();
    T::find()
        .select_only()
        .column(T::slug())
        .column(<T as Table>::key())
        .filter(one_of_texts(db.get_database_backend(), slug, slugs))
        .into_tuple()
        .all(db)
        .await
}

/// Targets that are nowhere, and slugs and addresses that another piece has.
pub(super) async fn faults(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
    targets: &Targets,
) -> Result<Vec<(Id, Fault)>, DbErr> {
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for edition in fresh {
        if !seen.insert(edition.id.node) {
            let message = "another document of this publication has the same identifier";
            faults.push((edition.id, Fault::new("first_slug", message)));
        }
        for link in edition.document.links() {
            if !targets.0.contains_key(&(link.kind, link.slug.to_string())) {
                let message = format!("there is no {} `{}`", link.kind.to_value(), link.slug);
                faults.push((edition.id, Fault::new(link.path, message)));
            }
        }
    }
    faults.extend(taken_addresses(db, fresh).await?);
    faults.extend(taken_slugs(db, fresh).await?);
    Ok(faults)
}

async fn taken_addresses(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
) -> Result<Vec<(Id, Fault)>, DbErr> {
    let url = |edition: &Edition<'_>| edition.document.piece.url.clone();
    let urls = fresh.iter().filter_map(url);
    let column = node::Column::Url.into_simple_expr();
    let owners: Vec<(String, Uuid)> = node::Entity::find()
        .select_only()
        .column(node::Column::Url)
        .column(node::Column::Id)
        .filter(one_of_texts(db.get_database_backend(), column, urls))
        .into_tuple()
        .all(db)
        .await?;
    let owners: HashMap<_, _> = owners.into_iter().collect();
    let moving: HashSet<_> = fresh.iter().map(|edition| edition.id.node).collect();
    let taken = fresh.iter().filter_map(|edition| {
        let owner = owners.get(&url(edition)?)?;
        let free = *owner == edition.id.node || moving.contains(owner);
        let fault = || Fault::new("url", "another piece of content has this address");
        (!free).then(|| (edition.id, fault()))
    });
    Ok(taken.collect())
}

async fn taken_slugs(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
) -> Result<Vec<(Id, Fault)>, DbErr> {
    let moving: HashSet<_> = fresh.iter().map(|edition| edition.id.node).collect();
    let mut faults = Vec::new();
    for (edition, owner) in others_with_slugs(db, fresh).await? {
        if !moving.contains(&owner) {
            let slug = &edition.document.piece.slug;
            let kind = edition.id.kind.to_value();
            let message = format!("another {kind} has the slug `{slug}`");
            faults.push((edition.id, Fault::new("slug", message)));
        }
    }
    Ok(faults)
}

/// Two pieces may change slugs in one publication: those that must give theirs to another take their
/// identifier as a slug until their own row is written.
pub(super) async fn give_up_slugs(
    db: &impl ConnectionTrait,
    fresh: &[Edition<'_>],
) -> Result<(), DbErr> {
    for (edition, owner) in others_with_slugs(db, fresh).await? {
        match edition.id.kind {
            Kind::Strategy => give_up::<strategy::Entity>(db, owner).await?,
            Kind::Goal => give_up::<goal::Entity>(db, owner).await?,
            Kind::Programme => give_up::<programme::Entity>(db, owner).await?,
            Kind::Initiative => give_up::<initiative::Entity>(db, owner).await?,
            Kind::Partner => give_up::<partner::Entity>(db, owner).await?,
            Kind::Event => give_up::<event::Entity>(db, owner).await?,
            Kind::Media => give_up::<media::Entity>(db, owner).await?,
            Kind::Person => give_up::<person::Entity>(db, owner).await?,
            Kind::Quote => give_up::<quote::Entity>(db, owner).await?,
            Kind::Statistic => give_up::<statistic::Entity>(db, owner).await?,
            Kind::Award => give_up::<award::Entity>(db, owner).await?,
            Kind::Challenge => give_up::<challenge::Entity>(db, owner).await?,
            Kind::Page => give_up::<page::Entity>(db, owner).await?,
            Kind::Topic => give_up::<topic::Entity>(db, owner).await?,
        }
    }
    Ok(())
}

async fn give_up<T: Content>(db: &impl ConnectionTrait, owner: Uuid) -> Result<(), DbErr> {
    T::update_many()
        .col_expr(T::slug(), Expr::val(owner.simple().to_string()))
        .filter(<T as Table>::key().eq(owner))
        .exec(db)
        .await
        .map(drop)
}

/// The editions whose slug is that of another piece in the database, with that piece.
async fn others_with_slugs<'e, 'd>(
    db: &impl ConnectionTrait,
    fresh: &'e [Edition<'d>],
) -> Result<Vec<(&'e Edition<'d>, Uuid)>, DbErr> {
    let mut by_kind: HashMap<Kind, BTreeSet<String>> = HashMap::new();
    for edition in fresh {
        let slugs = by_kind.entry(edition.id.kind).or_default();
        slugs.insert(edition.document.piece.slug.to_string());
    }
    let mut others = Vec::new();
    for (kind, slugs) in by_kind {
        let owners: HashMap<_, _> = owners(db, kind, slugs).await?.into_iter().collect();
        for edition in fresh.iter().filter(|edition| edition.id.kind == kind) {
            let owner = owners.get(edition.document.piece.slug.as_str());
            if let Some(owner) = owner.filter(|owner| **owner != edition.id.node) {
                others.push((edition, *owner));
            }
        }
    }
    Ok(others)
}
