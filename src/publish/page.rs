//! Pages as rows.

use entity::{
    page::{self, Parts},
    page_mention, page_parts,
};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{Page, PartialDate};

impl Batch {
    pub(super) fn add_page(&mut self, row: &Columns<'_>, page: &Page, targets: &Targets) {
        self.pages.push(page::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            site: Set(page.site.clone()),
            permalink: Set(page.permalink.clone()),
            layout: Set(page.layout.clone()),
            published_on: Set(page.published_on.map(PartialDate::first_day)),
            published_precision: Set(page.published_on.map(PartialDate::precision)),
            sort_date: Set(sort_date(page.published_on)),
        });
        self.page_parts.push(page_parts::ActiveModel {
            page_id: Set(row.id),
            parts: Set(Parts {
                sections: page.sections.clone(),
                tables: page.tables.clone(),
                links: page.links.clone(),
            }),
        });
        for (mention, position) in page.mentions.iter().zip(1..) {
            self.page_mentions.push(page_mention::ActiveModel {
                page_id: Set(row.id),
                node_id: Set(targets.id(mention.kind, &mention.slug)),
                position: Set(position),
            });
        }
        let headings = page.sections.iter().map(|section| section.heading.as_str());
        self.mention(row, headings);
        let cells = page
            .tables
            .iter()
            .flat_map(|table| table.header.iter().chain(table.rows.iter().flatten()));
        self.quote_at_length(row, cells.map(String::as_str));
        let told = Told {
            about: page.mentions.iter().collect(),
            date: page.published_on,
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &page.media, targets);
    }
}
