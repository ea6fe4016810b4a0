//! What is made of texts when they are written, so that nothing is made when they are read.

use pulldown_cmark::{Event, Options, Parser, TagEnd, html};

use crate::search::fold;

/// The text as lists go by it: without case and accents. An index of PostgreSQL takes up to 2,704 bytes: a
/// longer one is gone by its beginning.
pub(super) fn sort_key(text: &str) -> String {
    const MOST: usize = 600;
    fold(text.trim()).trim().chars().take(MOST).collect()
}

/// A Markdown text in its other forms: sanitised HTML, and plain text.
pub(super) fn render(markdown: &str) -> (String, String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(markdown, options));
    (
        ammonia::clean(&page),
        plain(Parser::new_ext(markdown, options)),
    )
}

fn plain<'m>(events: impl Iterator<Item = Event<'m>>) -> String {
    let mut plain = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak => plain.push(' '),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow,
            ) => {
                plain.push('\n');
            }
            Event::End(TagEnd::TableCell) => plain.push('\t'),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_go_by_letters_not_by_case_or_accents() {
        assert_eq!(sort_key("École"), "ecole");
        assert_eq!(sort_key("AI Trailblazers"), "ai trailblazers");
        assert_eq!(sort_key("智慧国"), "智慧国");
    }

    #[test]
    fn no_script_survives() {
        let (html, plain) = render(
            "Hello <script>alert(1)</script> [here](javascript:alert(1)) <b onclick=\"x()\">you</b>\n\n- one\n- two",
        );
        assert!(!html.contains("script"), "{html}");
        assert!(!html.contains("onclick"), "{html}");
        assert!(html.contains("<li>one</li>"), "{html}");
        assert!(plain.ends_with("one\ntwo"), "{plain}");
    }
}
