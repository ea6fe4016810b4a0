//! From CommonMark to HTML, with addresses as they are written.

use std::iter;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// The HTML of a page in CommonMark.
pub(super) fn as_html(page: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut parser = Parser::new_ext(page, options);
    let events = iter::from_fn(|| Some(mend(parser.next()?, &mut parser)));
    let mut html = String::with_capacity(page.len() + page.len() / 2);
    html::push_html(&mut html, events);
    html
}

/// An event as it is to be written.
fn mend<'p>(event: Event<'p>, parser: &mut Parser<'p>) -> Event<'p> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        }) => {
            let scheme = if link_type == LinkType::Email {
                "mailto:"
            } else {
                ""
            };
            let (address, title) = (escaped(&dest_url), of_title(&title));
            Event::InlineHtml(format!("<a href=\"{scheme}{address}\"{title}>").into())
        }
        Event::End(TagEnd::Link) => Event::InlineHtml("</a>".into()),
        Event::Start(Tag::Image {
            dest_url, title, ..
        }) => {
            let (address, title) = (escaped(&dest_url), of_title(&title));
            let alt = escaped(&alt(parser));
            Event::InlineHtml(format!("<img src=\"{address}\" alt=\"{alt}\"{title}>").into())
        }
        // The author wrote no links between footnotes and their numbers: they are none of the page's links.
        Event::FootnoteReference(name) => {
            let number = escaped(&name);
            Event::InlineHtml(format!("<sup>[{number}]</sup>").into())
        }
        Event::Start(Tag::FootnoteDefinition(name)) => {
            let number = escaped(&name);
            Event::Html(format!("<div><sup>[{number}]</sup>").into())
        }
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
        event => event,
    }
}

/// The plain text of a picture's description, up to where it ends.
fn alt(parser: &mut Parser<'_>) -> String {
    let mut alt = String::new();
    let mut depth = 1_usize;
    for event in parser {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    alt
}

fn of_title(title: &str) -> String {
    if title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escaped(title))
    }
}

/// A text as it stands in an attribute.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
