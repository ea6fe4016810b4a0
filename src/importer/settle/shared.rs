//! Which pieces the media, people, topics and organisations are that several pages yield.

use std::collections::HashMap;

use entity::node::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{Index, Known, Left, Named, hashed, known};
use crate::importer::graph::{Shared, name_key};

/// Media are the pieces at their addresses.
pub(super) async fn settle_media(
    db: &impl ConnectionTrait,
    index: &mut Index,
) -> Result<(), DbErr> {
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

/// People are those of their names.
pub(super) async fn settle_people(
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
pub(super) async fn settle_by_slug<'i>(
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
pub(super) async fn settle_partners(
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
