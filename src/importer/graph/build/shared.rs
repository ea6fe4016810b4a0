//! What several pages yield, published with the first of them: media, people, topics, organisations of the map.

use std::{fs, path::Path};

use entity::media::Kind as MediaKind;

use super::Work;
use crate::{
    document::{Media, Own, Partner, Person, Topic},
    importer::graph::{
        Named, Shared, Shown,
        name::{cut, readable},
        shown::{file_stem, mime_type},
    },
};

impl Work<'_> {
    pub(super) fn add_shared(&mut self) {
        let index = self.builder.index;
        let number = self.number;
        for shown in &self.sketch.media {
            let known = index.medium_at(&shown.url);
            if let Some(medium) = known.filter(|medium| medium.first == number) {
                self.add_medium(medium);
            }
        }
        for said in &self.sketch.quotes {
            let key = crate::importer::graph::speaker::name_key(&said.speaker.name);
            let known = index.people.get(&key);
            let known = known.filter(|person| person.first == number && !person.foreign);
            if let Some(person) = known
                && !self.made.iter().any(|made| made.named == person.named)
            {
                self.add_person(&person.named, &person.told);
            }
        }
        for (slug, _) in &self.sketch.topics {
            let known = index.topics.get(slug);
            let known = known.filter(|topic| topic.first == number && !topic.foreign);
            if let Some(topic) = known {
                let site = &self.builder.context.site;
                let summary = format!("What {site} files under “{}”.", topic.told);
                let piece = self.piece(&topic.named, &topic.told, &summary);
                let own = Own::Topic(Topic { media: Vec::new() });
                self.add(&topic.named, piece, own);
            }
        }
        if index.first_page() == Some(number) {
            self.add_organisations();
        }
    }

    fn add_medium(&mut self, medium: &Shared<Shown>) {
        let shown = &medium.told;
        let name = file_name(&shown.url);
        let words = shown
            .title
            .as_ref()
            .or(shown.alt.as_ref())
            .or(shown.caption.as_ref());
        let title = match (words, shown.kind) {
            (Some(words), _) => words.clone(),
            (None, MediaKind::Video) => format!("Video on {}", self.sketch.title),
            (None, _) => name,
        };
        let on = format!("On the page “{}”.", cut(&self.sketch.title, 300));
        let summary = shown.caption.as_ref().or(shown.alt.as_ref());
        let summary = summary.map_or(&*on, |summary| summary);
        let mut piece = self.piece(&medium.named, &title, summary);
        piece.url = Some(shown.url.clone());
        piece.sources = vec![self.source(shown.locator)];
        let provider = shown.provider.clone().unzip();
        let own = Media {
            kind: shown.kind,
            mime_type: mime_type(&shown.url).map(str::to_owned),
            bytes: self.bytes(&shown.url),
            width: None,
            height: None,
            duration_seconds: None,
            provider: provider.0,
            provider_id: provider.1,
            alt_text: shown.alt.clone(),
            decorative: false,
            caption: shown.caption.clone(),
            captions: false,
            transcript: None,
        };
        self.add(&medium.named, piece, Own::Media(own));
    }

    /// The size of a file of the site, if it is in the checkout.
    fn bytes(&self, url: &str) -> Option<i64> {
        let context = self.builder.context;
        let path = context.address.path_of(url)?;
        let file = context.root.join(Path::new(&path)).canonicalize().ok()?;
        let data = fs::metadata(&file).ok()?;
        let inside = file.starts_with(&context.root) && data.is_file();
        let bytes = i32::try_from(data.len()).ok().filter(|_| inside)?;
        Some(i64::from(bytes))
    }

    fn add_person(&mut self, named: &Named, speaker: &crate::importer::graph::Speaker) {
        let organisation = speaker.organisation.as_deref();
        let known = organisation.and_then(|name| self.builder.directory.organisation(name));
        let role = speaker.role.as_deref().map(|role| cut(role, 200));
        let summary = match (&role, organisation) {
            (Some(role), Some(organisation)) => format!("{role}, {organisation}"),
            (Some(role), None) => role.clone(),
            (None, Some(organisation)) => organisation.to_owned(),
            (None, None) => format!("Quoted on the page “{}”.", cut(&self.sketch.title, 300)),
        };
        let mut piece = self.piece(named, &speaker.name, &summary);
        piece.sources = vec![self.source("Attribution of a quotation")];
        let own = Person {
            role,
            organisation: known.cloned(),
            media: Vec::new(),
        };
        self.add(named, piece, Own::Person(own));
    }

    /// Organisations of the map that the graph does not know.
    fn add_organisations(&mut self) {
        let context = self.builder.context;
        for partner in &context.map.partners {
            let known = self.builder.index.partners.get(&partner.slug);
            let Some(known) = known.filter(|known| !known.foreign) else {
                continue;
            };
            let summary = partner.summary.as_deref().unwrap_or(&partner.title);
            let mut piece = self.piece(&known.named, &partner.title, summary);
            piece.owner = None;
            piece.sources = vec![self.source("Named in the map of the import")];
            let own = Partner {
                kind: partner.kind,
                country: partner.country.clone(),
                parent: None,
                media: Vec::new(),
            };
            self.add(&known.named, piece, Own::Partner(own));
        }
    }
}

/// What a file is called, for people.
fn file_name(url: &str) -> String {
    let stem = file_stem(url);
    let printable: String = stem.chars().filter(|char| !char.is_control()).collect();
    let readable = readable(&printable);
    if readable.trim().is_empty() {
        url.to_owned()
    } else {
        readable
    }
}
