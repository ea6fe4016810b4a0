//! HTML that can do no harm: what is not known to be harmless is left out.

use crate::importer::dom::{Dom, Element, NodeId, Step, is_hidden};

/// The clean HTML of what is in a node.
pub(super) fn html(dom: &Dom, from: NodeId) -> String {
    let mut html = String::new();
    let mut hidden = 0_usize;
    for step in dom.walk(from) {
        let (id, entering) = match step {
            Step::Enter(id) => (id, true),
            Step::Leave(id) => (id, false),
        };
        if let Some(raw) = dom.raw(id) {
            if entering && hidden == 0 {
                escape(raw, &mut html);
            }
            continue;
        }
        let Some(element) = dom.element(id) else {
            continue;
        };
        if is_hidden(&element.name) {
            hidden = if entering { hidden + 1 } else { hidden - 1 };
        } else if hidden == 0 && is_harmless(&element.name) {
            write(element, entering, &mut html);
        }
    }
    html
}

fn write(element: &Element, entering: bool, html: &mut String) {
    let void = matches!(&*element.name, "br" | "hr" | "img");
    let frame = &*element.name == "iframe";
    // A frame shows another site: only one that nobody can change on the way.
    let shown = element
        .attribute("src")
        .is_some_and(|src| src.trim().starts_with("https://"));
    if frame && !shown || void && !entering {
        return;
    }
    if !entering {
        html.push_str("</");
        html.push_str(&element.name);
        html.push('>');
        return;
    }
    html.push('<');
    html.push_str(&element.name);
    for (name, value) in &element.attributes {
        let allowed = is_allowed(&element.name, name)
            && (!matches!(&**name, "href" | "src") || is_safe(value));
        if allowed {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value.trim(), html);
            html.push('"');
        }
    }
    html.push('>');
}

fn is_harmless(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "blockquote"
            | "br"
            | "caption"
            | "cite"
            | "code"
            | "dd"
            | "del"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "i"
            | "iframe"
            | "img"
            | "ins"
            | "li"
            | "mark"
            | "ol"
            | "p"
            | "pre"
            | "q"
            | "s"
            | "small"
            | "strong"
            | "sub"
            | "summary"
            | "sup"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "u"
            | "ul"
    )
}

fn is_allowed(element: &str, attribute: &str) -> bool {
    matches!(
        (element, attribute),
        ("a", "href" | "title")
            | ("img", "src" | "alt" | "title" | "width" | "height")
            | ("iframe", "src" | "title" | "width" | "height")
            | ("td" | "th", "colspan" | "rowspan" | "scope")
            | ("ol", "start")
            | ("abbr", "title")
    )
}

/// Whether an address leads to a page, a mailbox or a telephone, and to nothing that runs.
pub(super) fn is_safe(address: &str) -> bool {
    // Browsers skip these where they stand inside of a scheme.
    let skipped = |char: &char| char.is_control() || char.is_whitespace() || is_invisible(*char);
    let seen: String = address
        .chars()
        .filter(|char| !skipped(char))
        .take(64)
        .collect();
    let scheme = seen.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        None => true,
        Some((scheme, rest)) => {
            let known = ["http", "https", "mailto", "tel"];
            known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) || is_host(scheme, rest)
        }
    }
}

/// `localhost:4000` and `www.tech.gov.sg:443` look like schemes.
fn is_host(name: &str, rest: &str) -> bool {
    name.contains('.') && rest.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

/// A text as it stands in HTML, between tags and in attributes.
pub(super) fn escape(text: &str, html: &mut String) {
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            char => html.push(char),
        }
    }
}

/// A text as it stands in HTML.
pub(in crate::importer) fn escape_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}
