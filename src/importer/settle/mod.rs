//! Finding the pieces of a site in the graph: what is there already keeps its name, and is not made twice.

mod pages;
mod shared;
mod subjects;

use std::collections::{BTreeMap, HashMap};

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    graph::{Index, Named, hashed},
    known::{self, Left},
    problem::Problem,
};
use crate::document::Slug;

/// Puts the names of an index right by what the graph knows. `left` is what earlier imports of the site left.
pub(super) async fn settle(
    db: &impl ConnectionTrait,
    index: &mut Index,
    left: &HashMap<Uuid, Left>,
) -> Result<Vec<Problem>, DbErr> {
    let mut problems = Vec::new();
    pages::settle(db, index, left, &mut problems).await?;
    shared::settle_media(db, index).await?;
    subjects::settle(db, index, left, &mut problems).await?;
    shared::settle_people(db, index, left).await?;
    let topics = index.topics.values_mut();
    let topics = topics.map(|topic| (&mut topic.named, &mut topic.foreign));
    shared::settle_by_slug(db, Kind::Topic, topics, left).await?;
    let partners = index.partners.values_mut();
    let partners = partners.map(|partner| (&mut partner.named, &mut partner.foreign));
    shared::settle_by_slug(db, Kind::Partner, partners, left).await?;
    shared::settle_partners(db, index, left).await?;
    keep_slugs(db, index).await?;
    Ok(problems)
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
