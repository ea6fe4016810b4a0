//! Made-up work: programmes, initiatives and events.

use chrono::Days;
use entity::{
    event_partner::Role, initiative::Status, node::Kind, precision::Precision, programme::Audience,
};

use super::{
    Chance, Size,
    piece::{partners, piece, shown, slug, slugs},
    setting::COUNTRIES,
    words::Theme,
};
use crate::document::{
    Document, Event, EventPartner, Initiative, Own, PartialDate, Piece, Programme,
};

/// The organisations that lead programmes are the first so many.
const LEADS: usize = 200;

const SERIES: [&str; 6] = [
    "Open Days",
    "Data Week",
    "Digital Government Exchange",
    "City Forum",
    "Summer of Code",
    "Round Table",
];

const AUDIENCES: [Audience; 5] = [
    Audience::Citizens,
    Audience::Businesses,
    Audience::Government,
    Audience::Developers,
    Audience::Students,
];

/// A programme; one of twenty is a part of another, one of ten has a body.
pub(super) fn programme(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Programme, index);
    let theme = Theme::of(Kind::Programme, chance);
    let piece = piece(size, Kind::Programme, index, &theme, chance);
    let lead = chance.index(size.partners.min(LEADS));
    let lead_agency = lead.map(|index| slug(Kind::Partner, index));
    let piece = Piece {
        owner: lead_agency.clone().filter(|_| chance.one_in(2)),
        body: index.is_multiple_of(10).then(|| theme.body(chance)),
        ..piece
    };
    // One more than are wanted, in case the lead agency is among them.
    let others = chance.indexes(3, size.partners).into_iter();
    let others = others.filter(|index| Some(*index) != lead).take(2);
    let audiences = 1 + chance.below(3);
    let audiences = chance.indexes(audiences, AUDIENCES.len()).into_iter();
    let parent = chance.index(index).filter(|_| chance.one_in(20));
    let started_on = chance.date();
    let ended_on = started_on.filter(|_| chance.one_in(6));
    let (goals, media) = (1 + chance.below(2), 3 + chance.below(3));
    let own = Programme {
        kind: chance.any(),
        audiences: audiences.map(|index| AUDIENCES[index]).collect(),
        started_on,
        ended_on: ended_on.and_then(|start| chance.day_after(start)),
        goals: slugs(Kind::Goal, chance.indexes(goals, size.goals)),
        lead_agency,
        parent: parent.map(|index| slug(Kind::Programme, index)),
        partners: partners(others.collect(), chance),
        media: shown(size, media, chance),
    };
    Document {
        piece,
        own: Own::Programme(own),
    }
}

/// An initiative; all but one of fifty are a part of a programme.
pub(super) fn initiative(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Initiative, index);
    let theme = Theme::of(Kind::Initiative, chance);
    let piece = piece(size, Kind::Initiative, index, &theme, chance);
    let status = chance.any();
    let started_on = chance.date().filter(|_| status != Status::Planned);
    let ended_on = started_on.filter(|_| status == Status::Completed);
    let alone = chance.one_in(50);
    let programme = chance.index(size.programmes).filter(|_| !alone);
    let count = 1 + chance.below(2);
    let workers = chance.indexes(count, size.partners);
    let own = Initiative {
        status,
        started_on,
        ended_on: ended_on.and_then(|start| chance.day_after(start)),
        programme: programme.map(|index| slug(Kind::Programme, index)),
        goals: slugs(Kind::Goal, chance.indexes(1, size.goals)),
        partners: partners(workers, chance),
        media: Vec::new(),
    };
    Document {
        piece,
        own: Own::Initiative(own),
    }
}

/// An event: four of five are about a programme, one of five about an initiative.
pub(super) fn event(size: Size, index: usize) -> Document {
    let chance = &mut Chance::of(Kind::Event, index);
    let theme = Theme::of(Kind::Event, chance);
    let piece = piece(size, Kind::Event, index, &theme, chance);
    let starts_on = chance.date();
    let venue = format!("Hall {}", 1 + chance.below(60));
    let country = chance.one_of(&COUNTRIES).to_owned();
    let series = chance.one_of(&SERIES).to_owned();
    let programme = chance.index(size.programmes);
    let programme = programme.filter(|_| !chance.one_in(5));
    let initiative = chance.index(size.initiatives);
    let initiative = initiative.filter(|_| chance.one_in(5));
    let media = 2 + chance.below(2);
    let own = Event {
        kind: chance.any(),
        starts_on,
        ends_on: starts_on.and_then(|start| last_day(start, chance)),
        venue: chance.one_in(2).then_some(venue),
        country: (!chance.one_in(4)).then_some(country),
        series: chance.one_in(5).then_some(series),
        programme: programme.map(|index| slug(Kind::Programme, index)),
        initiative: initiative.map(|index| slug(Kind::Initiative, index)),
        partners: guests(size, chance),
        sessions: Vec::new(),
        media: shown(size, media, chance),
    };
    Document {
        piece,
        own: Own::Event(own),
    }
}

/// Of the events whose first day is known, every third takes up to three days more.
fn last_day(start: PartialDate, chance: &mut Chance) -> Option<PartialDate> {
    let known = start.precision() == Precision::Day && chance.one_in(3);
    let last = start.first_day() + Days::new(chance.below(4).into());
    PartialDate::from_columns(Some(last).filter(|_| known), Some(Precision::Day))
}

/// Two or three organisations. The first of all has a part in one of fifty events, so that there is one
/// with very many.
fn guests(size: Size, chance: &mut Chance) -> Vec<EventPartner> {
    let busiest = (0..size.partners.min(1)).filter(|_| chance.one_in(50));
    let busiest: Vec<_> = busiest.collect();
    let wanted = 2 + chance.below(2);
    let others = chance.indexes(wanted, size.partners.saturating_sub(1));
    let all = busiest
        .into_iter()
        .chain(others.into_iter().map(|index| index + 1));
    let guests = all.take(wanted.into()).enumerate();
    let guests = guests.map(|(place, index)| EventPartner {
        partner: slug(Kind::Partner, index),
        role: if place == 0 {
            Role::Organiser
        } else {
            chance.any()
        },
    });
    guests.collect()
}
