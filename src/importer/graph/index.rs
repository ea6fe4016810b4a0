//! What a whole site yields, by name: so much of it is in memory, whatever its pages say.

use std::collections::{BTreeMap, HashMap};

use entity::node::Kind;
use uuid::Uuid;

use super::{
    Context, Shown, Sketch, Speaker, Standing,
    address::key,
    name::{hashed, slug},
    shown::file_stem,
    speaker::name_key,
};
use crate::{
    document::{Id, Slug},
    importer::{Permalinks, Problem},
};

/// A piece that the site yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// Its slug in the graph.
    pub slug: Slug,
    /// Its node.
    pub node: Uuid,
}

impl Named {
    /// The piece that is first published under this slug.
    pub fn new(kind: Kind, slug: Slug) -> Self {
        let node = Id::of(kind, &slug).node;
        Self { kind, slug, node }
    }
}

/// A piece that a page is about, before it is known which slug it has.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// The slugs that it may have, the best first.
    pub slugs: Vec<Slug>,
}

/// A page of the site.
#[derive(Debug, Default)]
pub struct Entry {
    /// Its file, with the site's folder.
    pub file: String,
    /// The address that it tells.
    pub url: Option<String>,
    /// The slugs that the page may have, the best first; none if it is left out.
    pub slugs: Vec<Slug>,
    /// What it is about by the map.
    pub claim: Option<Claim>,
    /// The page itself, once that is settled; nothing if it is left out.
    pub page: Option<Named>,
    /// Whether it is at the address that it tells: another page may be.
    pub has_address: bool,
    /// What it is about, once that is settled, and its title.
    pub subject: Option<(Named, String)>,
    /// What is said on it.
    pub quotes: Vec<Named>,
    /// Tells whether the file is still the same.
    pub file_hash: u64,
}

/// Something that several pages may yield, and the page that it is published with.
#[derive(Debug)]
pub struct Shared<T> {
    /// The piece.
    pub named: Named,
    /// The number of the first page that yields it.
    pub first: usize,
    /// Whether the graph has it from elsewhere: then it is linked to, and stays as it is.
    pub foreign: bool,
    /// What is known of it.
    pub told: T,
}

/// What a site yields.
#[derive(Debug, Default)]
pub struct Index {
    /// Its pages, in the order of their paths.
    pub pages: Vec<Entry>,
    /// What pages show, by the key of its address.
    pub media: HashMap<String, Shared<Shown>>,
    /// Who says something, by name.
    pub people: BTreeMap<String, Shared<Speaker>>,
    /// What pages are filed under, with titles.
    pub topics: BTreeMap<Slug, Shared<String>>,
    /// Organisations of the map, with their names.
    pub partners: BTreeMap<Slug, Shared<Vec<String>>>,
    by_address: HashMap<String, usize>,
    permalinks: Permalinks,
}

impl Index {
    /// Adds the next page. Says what is wrong with it among the others.
    pub fn add(
        &mut self,
        source: &str,
        file_hash: u64,
        sketch: Option<&Sketch>,
        context: &Context,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut entry = Entry {
            file: source.to_owned(),
            file_hash,
            ..Entry::default()
        };
        if let Some(sketch) = sketch.filter(|sketch| sketch.standing != Standing::LeftOut) {
            self.fill(&mut entry, source, sketch, context, &mut problems);
        }
        self.pages.push(entry);
        problems
    }

    fn fill(
        &mut self,
        entry: &mut Entry,
        source: &str,
        sketch: &Sketch,
        context: &Context,
        problems: &mut Vec<Problem>,
    ) {
        let number = self.pages.len();
        let path = Context::on_site(source);
        if let Some(url) = &sketch.url {
            match self.permalinks.take(&key(url), source) {
                Ok(()) => {
                    entry.has_address = true;
                    self.by_address.insert(key(url), number);
                }
                Err(problem) => problems.push(problem),
            }
        }
        entry.url.clone_from(&sketch.url);
        entry.slugs = sketch.slugs(&context.site, path);
        if sketch.url.is_some() && !entry.has_address {
            // The page that has its address has its best slug, too.
            entry.slugs.drain(..2);
        }
        entry.claim.clone_from(&sketch.claim);
        let quotes = sketch.quotes.iter();
        entry.quotes = quotes
            .map(|said| Named::new(Kind::Quote, said.slug.clone()))
            .collect();
        self.share(number, sketch);
    }

    /// Media, people and topics are there once.
    fn share(&mut self, number: usize, sketch: &Sketch) {
        for shown in &sketch.media {
            let known = self.media.entry(key(&shown.url)).or_insert_with(|| Shared {
                // Media are called by their files' names; the address tells them apart.
                named: Named::new(Kind::Media, hashed(&file_stem(&shown.url), &shown.url)),
                first: number,
                foreign: false,
                told: shown.clone(),
            });
            // What the first page does not tell, another one may.
            let told = &mut known.told;
            told.alt = told.alt.take().or_else(|| shown.alt.clone());
            told.caption = told.caption.take().or_else(|| shown.caption.clone());
            told.title = told.title.take().or_else(|| shown.title.clone());
        }
        for said in &sketch.quotes {
            let name = &said.speaker.name;
            let key = name_key(name);
            let known = self.people.entry(key).or_insert_with(|| Shared {
                named: Named::new(Kind::Person, slug(name, name)),
                first: number,
                foreign: false,
                told: said.speaker.clone(),
            });
            let told = &mut known.told;
            told.role = told.role.take().or_else(|| said.speaker.role.clone());
            let organisation = || said.speaker.organisation.clone();
            told.organisation = told.organisation.take().or_else(organisation);
        }
        for (slug, title) in &sketch.topics {
            self.topics.entry(slug.clone()).or_insert_with(|| Shared {
                named: Named::new(Kind::Topic, slug.clone()),
                first: number,
                foreign: false,
                told: title.clone(),
            });
        }
    }

    /// Adds the organisations of the map, to be published with the first page.
    pub fn add_partners(&mut self, context: &Context) {
        let Some(first) = self.first_page() else {
            return;
        };
        for partner in &context.map.partners {
            let shared = Shared {
                named: Named::new(Kind::Partner, partner.slug.clone()),
                first,
                foreign: false,
                told: [&partner.title]
                    .into_iter()
                    .chain(&partner.names)
                    .cloned()
                    .collect(),
            };
            self.partners.insert(partner.slug.clone(), shared);
        }
    }

    /// A page that is also shown, or linked to as a document, is a page alone.
    pub fn part_pages_from_media(&mut self) {
        self.media
            .retain(|key, _| !self.by_address.contains_key(key));
    }

    /// The medium at an address.
    pub fn medium_at(&self, url: &str) -> Option<&Shared<Shown>> {
        self.media.get(&key(url))
    }

    /// The page at an address.
    pub fn page_at(&self, url: &str) -> Option<(usize, &Named)> {
        let number = *self.by_address.get(&key(url))?;
        Some((number, self.pages[number].page.as_ref()?))
    }

    /// The number of the first page that is imported.
    pub fn first_page(&self) -> Option<usize> {
        self.pages.iter().position(|entry| !entry.slugs.is_empty())
    }

    /// Every piece that the site yields, for its slug and node to be put right.
    pub fn named_mut(&mut self) -> impl Iterator<Item = &mut Named> {
        let of_pages = self.pages.iter_mut().flat_map(|entry| {
            let subject = entry.subject.as_mut().map(|(named, _)| named);
            entry
                .page
                .iter_mut()
                .chain(subject)
                .chain(&mut entry.quotes)
        });
        let media = self.media.values_mut().map(|shared| &mut shared.named);
        let people = self.people.values_mut().map(|shared| &mut shared.named);
        let topics = self.topics.values_mut().map(|shared| &mut shared.named);
        let partners = self.partners.values_mut().map(|shared| &mut shared.named);
        of_pages
            .chain(media)
            .chain(people)
            .chain(topics)
            .chain(partners)
    }

    /// Every piece that this import publishes.
    pub fn published(&self) -> impl Iterator<Item = &Named> {
        let of_pages = self.pages.iter().flat_map(|entry| {
            let subject = entry.subject.as_ref().map(|(named, _)| named);
            entry.page.iter().chain(subject).chain(&entry.quotes)
        });
        let media = self.media.values().filter(|shared| !shared.foreign);
        let people = self.people.values().filter(|shared| !shared.foreign);
        let topics = self.topics.values().filter(|shared| !shared.foreign);
        let partners = self.partners.values().filter(|shared| !shared.foreign);
        of_pages
            .chain(media.map(|shared| &shared.named))
            .chain(people.map(|shared| &shared.named))
            .chain(topics.map(|shared| &shared.named))
            .chain(partners.map(|shared| &shared.named))
    }
}
