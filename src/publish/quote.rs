//! Quotes as rows.

use entity::{node::Kind, quote, quote_about};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{PartialDate, Quote};

impl Batch {
    pub(super) fn add_quote(&mut self, row: &Columns<'_>, quote: &Quote, targets: &Targets) {
        let event = quote.event.as_ref();
        self.quotes.push(quote::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            words: Set(quote.words.clone()),
            gist: Set(quote.gist.clone()),
            said_on: Set(quote.said_on.map(PartialDate::first_day)),
            said_precision: Set(quote.said_on.map(PartialDate::precision)),
            sort_date: Set(sort_date(quote.said_on)),
            speaker_id: Set(targets.id(Kind::Person, &quote.speaker)),
            event_id: Set(event.map(|slug| targets.id(Kind::Event, slug))),
        });
        for (about, position) in quote.about.iter().zip(1..) {
            self.quote_about.push(quote_about::ActiveModel {
                quote_id: Set(row.id),
                node_id: Set(targets.id(about.kind, &about.slug)),
                position: Set(position),
            });
        }
        self.say(
            row,
            [
                ("words", quote.words.as_deref()),
                ("gist", quote.gist.as_deref()),
            ],
        );
        let told = Told {
            about: quote.about.iter().collect(),
            date: quote.said_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &quote.media, targets);
    }
}
