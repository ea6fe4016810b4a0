//! What a page is about by the map: a programme, an event, an organisation or an award.

use entity::{event_partner, programme_partner};

use super::Work;
use crate::{
    document::{
        Award, Event, EventPartner, Own, PartialDate, Partner, PartnerLink, Piece, Programme, Slug,
    },
    importer::{
        AwardRule, EventRule, Make, PartnerRule, ProblemKind, ProgrammeRule, Rule, Texts,
        graph::{
            Context, Named,
            credit::{Credited, Part, credits},
            name::cut,
            when::{when, year_of},
        },
    },
};

/// A date or a range, with the words that tell it.
struct Dates {
    starts_on: PartialDate,
    ends_on: Option<PartialDate>,
    words: String,
}

impl Work<'_> {
    pub(super) fn add_subject(&mut self) {
        let entry = &self.builder.index.pages[self.number];
        let Some((named, title)) = &entry.subject else {
            return;
        };
        let path = Context::on_site(&self.page.extract.source);
        let layout = self.page.extract.layout.as_deref();
        let Some(rule) = self.builder.context.map.rule(path, layout) else {
            return;
        };
        let piece = self.subject_piece(named, title, rule);
        match rule.make() {
            Some(Make::Programme(made)) => self.add_programme(named, piece, made),
            Some(Make::Event(made)) => self.add_event(named, piece, made),
            Some(Make::Partner(made)) => self.add_partner(named, piece, made),
            Some(Make::Award(made)) => self.add_award(named, piece, made),
            None => {}
        }
    }

    fn subject_piece(&self, named: &Named, title: &str, rule: &Rule) -> Piece {
        let extract = &self.page.extract;
        let summary = rule
            .summary
            .as_ref()
            .and_then(|summary| summary.first(self.page));
        let summary = summary
            .or_else(|| extract.description.clone())
            .or_else(|| self.page.content.first_paragraph.clone())
            .unwrap_or_default();
        let mut piece = self.piece(named, title, &summary);
        piece.topics = self.topics();
        piece.sources = vec![self.source("Whole page")];
        piece
    }

    fn add_programme(&mut self, named: &Named, mut piece: Piece, rule: &ProgrammeRule) {
        let started = self.dates(rule.started_on.as_ref(), false);
        if let Some(started) = &started {
            piece
                .sources
                .push(self.source_of("started_on", &started.words));
        }
        let mut lead = None;
        let mut partners: Vec<PartnerLink> = Vec::new();
        for credited in self.credited(rule.developers.as_ref()) {
            let Some(partner) = self.organisation(&credited.name, credited.abbreviation.as_deref())
            else {
                continue;
            };
            let its = match credited.part {
                Part::Sponsor => programme_partner::Role::Funder,
                _ => programme_partner::Role::Collaborator,
            };
            if lead.is_none() && matches!(credited.part, Part::Lead | Part::Organiser) {
                lead = Some(partner);
            } else if lead.as_ref() != Some(&partner)
                && !partners.iter().any(|link| link.partner == partner)
            {
                partners.push(PartnerLink { partner, role: its });
            }
        }
        let lead_agency = lead.or_else(|| rule.lead_agency.clone());
        partners.retain(|link| Some(&link.partner) != lead_agency.as_ref());
        let own = Programme {
            kind: rule.kind,
            audiences: rule.audiences.clone(),
            started_on: started.map(|started| started.starts_on),
            ended_on: None,
            goals: Vec::new(),
            lead_agency,
            parent: rule.parent.clone().filter(|parent| *parent != named.slug),
            partners,
            media: self.media(),
        };
        self.add(named, piece, Own::Programme(own));
    }

    fn add_event(&mut self, named: &Named, mut piece: Piece, rule: &EventRule) {
        let title = piece.title.to_lowercase();
        let found = rule
            .kinds
            .iter()
            .filter(|(word, _)| title.contains(&word.to_lowercase()));
        let kind = found.max_by_key(|(word, _)| word.len());
        let kind = kind.map_or(rule.kind, |(_, kind)| *kind);
        let dates = self.dates(rule.dates.as_ref(), true);
        if let Some(dates) = &dates {
            piece
                .sources
                .push(self.source_of("starts_on", &dates.words));
            if dates.ends_on.is_some() {
                piece.sources.push(self.source_of("ends_on", &dates.words));
            }
        }
        let venue = rule.venue.as_ref().and_then(|venue| venue.first(self.page));
        if let Some(venue) = &venue {
            piece.sources.push(self.source_of("venue", venue));
        }
        let mut partners: Vec<EventPartner> = Vec::new();
        for credited in self.credited(rule.organisers.as_ref()) {
            let Some(partner) = self.organisation(&credited.name, credited.abbreviation.as_deref())
            else {
                continue;
            };
            let its = match credited.part {
                Part::Lead | Part::Organiser => event_partner::Role::Organiser,
                Part::CoOrganiser => event_partner::Role::CoOrganiser,
                Part::Sponsor => event_partner::Role::Sponsor,
                Part::Partner | Part::Supporter => event_partner::Role::Participant,
            };
            if !partners.iter().any(|link| link.partner == partner) {
                partners.push(EventPartner { partner, role: its });
            }
        }
        if partners.is_empty() {
            let organiser = rule.organiser.clone();
            partners.extend(organiser.map(|partner| EventPartner {
                partner,
                role: event_partner::Role::Organiser,
            }));
        }
        let own = Event {
            kind,
            starts_on: dates.as_ref().map(|dates| dates.starts_on),
            ends_on: dates.and_then(|dates| dates.ends_on),
            venue: venue.map(|venue| cut(&venue, 200)),
            country: rule.country.clone(),
            series: rule.series.clone(),
            programme: None,
            initiative: None,
            partners,
            sessions: Vec::new(),
            media: self.media(),
        };
        self.add(named, piece, Own::Event(own));
    }

    fn add_partner(&mut self, named: &Named, piece: Piece, rule: &PartnerRule) {
        let own = Partner {
            kind: rule.kind,
            country: rule.country.clone(),
            parent: rule.parent.clone().filter(|parent| *parent != named.slug),
            media: self.media(),
        };
        self.add(named, piece, Own::Partner(own));
    }

    fn add_award(&mut self, named: &Named, mut piece: Piece, rule: &AwardRule) {
        let awarded = self.dates(rule.awarded_on.as_ref(), false);
        if let Some(awarded) = &awarded {
            piece
                .sources
                .push(self.source_of("awarded_on", &awarded.words));
        }
        let of_name = |work: &mut Self, texts: Option<&Texts>| {
            let name = texts.and_then(|texts| texts.first(work.page))?;
            work.organisation(&name, None)
        };
        let awarded_by = of_name(self, rule.awarded_by.as_ref());
        let mut recipients: Vec<Slug> = Vec::new();
        for credited in self.credited(rule.recipients.as_ref()) {
            let known = self.organisation(&credited.name, credited.abbreviation.as_deref());
            recipients.extend(known.filter(|slug| !recipients.contains(slug)));
        }
        if recipients.is_empty() {
            recipients.extend(rule.recipient.clone());
        }
        let category = rule
            .category
            .as_ref()
            .and_then(|category| category.first(self.page));
        // “Singpass wins …”: what an award is for stands in its title.
        let programme = self.builder.directory.programme_in(&piece.title);
        let own = Award {
            awarded_on: awarded.map(|awarded| awarded.starts_on),
            awarded_by,
            rank: None,
            out_of: None,
            category: category.map(|category| cut(&category, 200)),
            recipients,
            programme,
            media: self.media(),
        };
        self.add(named, piece, Own::Award(own));
    }

    /// The date at the first of these places that surely tells one. What is unsure is left out, and told.
    fn dates(&mut self, places: Option<&Texts>, of_event: bool) -> Option<Dates> {
        let year = year_of(&self.sketch.title);
        let mut unsure = None;
        for words in places?.each(self.page) {
            match when(&words, year) {
                Ok(Some(found)) => {
                    let starts_on = found.starts_on.parse().ok()?;
                    let ends_on = found.ends_on.and_then(|date| date.parse().ok());
                    return Some(Dates {
                        starts_on,
                        ends_on,
                        words,
                    });
                }
                Ok(None) => {}
                Err(reason) => unsure = unsure.or(Some((words, reason))),
            }
        }
        if let Some((words, reason)) = unsure {
            let words = cut(&words, 100);
            let message = format!("“{words}” tells no sure date ({reason}): it is left out");
            self.warn(ProblemKind::UnsureDate, message);
        } else if of_event {
            let message = "no date of the event is told where the map looks for it".to_owned();
            self.warn(ProblemKind::UnsureDate, message);
        }
        None
    }

    /// Whom lines name: `Developed by A with B`, or names alone.
    fn credited(&self, places: Option<&Texts>) -> Vec<Credited> {
        let known = |name: &str| self.builder.directory.organisation(name).is_some();
        let lines = places
            .map(|places| places.all(self.page))
            .unwrap_or_default();
        let credited = lines.iter().flat_map(|line| {
            let found = credits(line, &known);
            // The value of a label has no verb.
            if found.is_empty() {
                credits(&format!("Organised by {line}"), &known)
            } else {
                found
            }
        });
        credited.collect()
    }

    /// The organisation of a name; one that nobody knows is told, not made up.
    fn organisation(&mut self, name: &str, abbreviation: Option<&str>) -> Option<Slug> {
        let directory = self.builder.directory;
        let known = directory.organisation(name);
        let known = known
            .or_else(|| directory.organisation(abbreviation?))
            .cloned();
        if known.is_none() {
            let name = cut(name, 100);
            let message = format!(
                "“{name}” is an organisation that the graph does not know: name it under `partners` in the map"
            );
            self.warn(ProblemKind::UnknownPartner, message);
        }
        known
    }
}
