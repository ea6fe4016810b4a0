//! A page's content in the forms that the graph keeps: Markdown, clean HTML, plain text, facts.

mod clean;
mod credits;
mod escape;
mod facts;
mod inline;
mod markdown;
mod pictures;
mod spoken;

pub(super) use self::clean::escape_html;
pub use self::{
    facts::{Fact, Place},
    pictures::Picture,
    spoken::Spoken,
};
use super::{
    dom::{Dom, ROOT},
    extract::Heading,
};

/// What a page says, beside what [`Extract`](super::Extract) lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// All of it, in CommonMark with tables: raw HTML stands in it for `<sup>` and the like only.
    pub markdown: String,
    /// All of it, as HTML without scripts, event handlers and dangerous addresses.
    pub html: String,
    /// All of it without any markup, a line for each block.
    pub text: String,
    /// The same Markdown, parted at the headings. The first part may have none.
    pub sections: Vec<Section>,
    /// The first paragraph that is no label such as `Date: 8 October 2024`.
    pub first_paragraph: Option<String>,
    /// Labels with values: from tables of two columns, definition lists and lines such as `Date: …`.
    pub facts: Vec<Fact>,
    /// Lines that tell who did it, such as `Developed by A in collaboration with B`.
    pub credits: Vec<String>,
    /// Quotes, also those whose speaker stands inside the block quote.
    pub spoken: Vec<Spoken>,
    /// Pictures with their captions and links.
    pub pictures: Vec<Picture>,
}

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// What it is headed; nothing for what stands before the first heading.
    pub heading: Option<Heading>,
    /// What it says, in Markdown, without the heading.
    pub markdown: String,
}

impl Content {
    /// What a page's elements say.
    pub(super) fn of(dom: &Dom) -> Self {
        let blocks = markdown::blocks(dom);
        let texts: Vec<_> = blocks.iter().map(|block| &*block.markdown).collect();
        Self {
            markdown: texts.join("\n\n"),
            html: clean::html(dom, ROOT),
            text: dom.lines(ROOT, &[]).join("\n"),
            sections: sections(&blocks),
            first_paragraph: facts::first_paragraph(dom),
            facts: facts::facts(dom),
            credits: credits::credits(dom),
            spoken: spoken::spoken(dom),
            pictures: pictures::pictures(dom),
        }
    }
}

fn sections(blocks: &[markdown::Block]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for block in blocks {
        let last = sections.last_mut().expect("there is always one");
        if let Some(heading) = &block.heading {
            sections.push(Section {
                heading: Some(heading.clone()),
                markdown: String::new(),
            });
        } else {
            if !last.markdown.is_empty() {
                last.markdown.push_str("\n\n");
            }
            last.markdown.push_str(&block.markdown);
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.markdown.is_empty());
    sections
}
