//! The components of a page, as HTML.

use std::fmt::Write as _;

use serde_json::Value;

use super::prose;
use crate::importer::{
    content::escape_html,
    problem::{ProblemKind, Problems},
};

/// Components that are a title, words, pictures and links, in this order.
const PLAIN: &[&str] = &[
    "callout",
    "contentpic",
    "hero",
    "image",
    "imagegallery",
    "infobar",
    "infocols",
    "infopic",
    "logocloud",
    "textcards",
    "button",
    "audio",
    "childrenpages",
    "collectionblock",
    "steps",
    "linkhub",
    "dynamicdatabanner",
    "searchabletable",
    "antiscambanner",
];

/// Adds a component.
pub(super) fn add(part: &Value, html: &mut String, problems: &mut Problems) {
    let kind = part["type"].as_str().unwrap_or_default();
    match kind {
        "prose" => prose::add(part, html),
        "divider" => html.push_str("<hr>\n"),
        "accordion" => add_accordion(part, html, problems),
        "blockquote" => add_blockquote(part, html),
        "infocards" | "cards" => add_cards(part, html),
        "keystatistics" | "dynamicstatistics" => add_statistics(part, html),
        "video" | "iframe" | "map" | "formsg" => add_frame(part, html),
        "contactinformation" => add_contact(part, html),
        _ => {
            if !PLAIN.contains(&kind) {
                let message = format!(
                    "`{kind}` is no known component: its texts, pictures and links are read"
                );
                problems.add(ProblemKind::UnknownComponent, message);
            }
            add_plain(part, "h2", html);
        }
    }
}

fn text<'v>(part: &'v Value, names: &[&str]) -> &'v str {
    let texts = names.iter().filter_map(|name| part[*name].as_str());
    let mut texts = texts.filter(|text| !text.trim().is_empty());
    texts.next().unwrap_or_default()
}

/// Adds a text, which may be HTML, or a tree of the editor.
pub(super) fn add_words(words: &Value, html: &mut String) {
    match words {
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) if text.contains("</") || text.contains("<br") => {
            let _ = writeln!(html, "<div>{text}</div>");
        }
        Value::String(text) => {
            let _ = writeln!(html, "<p>{}</p>", escape_html(text));
        }
        Value::Array(items) => {
            for item in items {
                add_words(item, html);
            }
        }
        Value::Object(_) => prose::add(words, html),
        _ => {}
    }
}

fn add_title(part: &Value, tag: &str, html: &mut String) {
    let title = text(part, &["title"]);
    if !title.is_empty() {
        let _ = writeln!(html, "<{tag}>{}</{tag}>", escape_html(title));
    }
}

fn add_link(href: &str, label: &str, html: &mut String) {
    if !href.is_empty() {
        let (href, label) = (escape_html(href), escape_html(label));
        let _ = writeln!(html, "<p><a href=\"{href}\">{label}</a></p>");
    }
}

/// Adds a title, words, a picture and links, and then the same of the parts.
pub(super) fn add_plain(part: &Value, title: &str, html: &mut String) {
    add_title(part, title, html);
    for name in [
        "subtitle",
        "summary",
        "description",
        "text",
        "content",
        "details",
        "date",
        "announcement",
    ] {
        add_words(&part[name], html);
    }
    let src = text(
        part,
        &[
            "imageSrc",
            "imageUrl",
            "src",
            "backgroundUrl",
            "image",
            "background",
        ],
    );
    if !src.is_empty() {
        html.push_str("<figure>");
        let href = text(part, &["href"]);
        if !href.is_empty() {
            let _ = write!(html, "<a href=\"{}\">", escape_html(href));
        }
        prose::add_image(src, text(part, &["imageAlt", "alt", "backgroundAlt"]), html);
        html.push_str(if href.is_empty() { "" } else { "</a>" });
        let caption = escape_html(text(part, &["caption"]));
        let _ = writeln!(html, "<figcaption>{caption}</figcaption></figure>");
    }
    // Newer sites' names, then those of older home pages. A link without words of its own is the title's.
    let labels = [
        "buttonLabel",
        "label",
        "linkText",
        "button",
        "linktext",
        "link_text",
        "title",
    ];
    add_link(
        text(part, &["buttonUrl", "url", "link_url"]),
        text(part, &labels),
        html,
    );
    let label = text(part, &["secondaryButtonLabel"]);
    add_link(text(part, &["secondaryButtonUrl"]), label, html);
    for name in [
        "images",
        "infoBoxes",
        "items",
        "highlights",
        "cards",
        "links",
        "steps",
        "key_highlights",
        "announcement_items",
    ] {
        let items = part[name].as_array().map_or(&[][..], Vec::as_slice);
        for item in items {
            add_plain(item, "h3", html);
        }
    }
}

fn add_accordion(part: &Value, html: &mut String, problems: &mut Problems) {
    let items = part["items"]
        .as_array()
        .map_or(std::slice::from_ref(part), Vec::as_slice);
    for item in items {
        let summary = escape_html(text(item, &["summary", "title"]));
        let _ = write!(html, "<details><summary>{summary}</summary>");
        match &item["details"] {
            Value::Array(parts) => parts.iter().for_each(|part| add(part, html, problems)),
            details => add_words(details, html),
        }
        add_words(&item["content"], html);
        html.push_str("</details>\n");
    }
}

fn add_blockquote(part: &Value, html: &mut String) {
    html.push_str("<blockquote>");
    add_words(&part["quote"], html);
    html.push_str("</blockquote>\n");
    let source = text(part, &["source"]);
    if !source.is_empty() {
        let _ = writeln!(html, "<p>— {}</p>", escape_html(source));
    }
    prose::add_image(text(part, &["imageSrc"]), text(part, &["imageAlt"]), html);
}

fn add_cards(part: &Value, html: &mut String) {
    add_title(part, "h2", html);
    add_words(&part["subtitle"], html);
    let cards = part["cards"].as_array().map_or(&[][..], Vec::as_slice);
    for card in cards {
        let href = text(card, &["url", "href"]);
        let tag = if href.is_empty() { "div" } else { "a" };
        let _ = write!(html, "<{tag} class=\"isomer-card\"");
        if !href.is_empty() {
            let _ = write!(html, " href=\"{}\"", escape_html(href));
        }
        html.push('>');
        prose::add_image(
            text(card, &["imageUrl", "imageSrc"]),
            text(card, &["imageAlt"]),
            html,
        );
        let of = [
            ("title", "title"),
            ("description", "description"),
            ("link", "buttonLabel"),
        ];
        for (class, name) in of {
            let words = text(card, &[name]);
            if !words.is_empty() {
                let words = escape_html(words);
                let _ = write!(html, "<div class=\"isomer-card-{class}\">{words}</div>");
            }
        }
        let _ = writeln!(html, "</{tag}>");
    }
    add_link(text(part, &["url"]), text(part, &["label"]), html);
}

fn add_statistics(part: &Value, html: &mut String) {
    add_title(part, "h2", html);
    html.push_str("<dl>");
    let statistics = part["statistics"].as_array().map_or(&[][..], Vec::as_slice);
    for statistic in statistics {
        let (label, value) = (text(statistic, &["label"]), text(statistic, &["value"]));
        let (label, value) = (escape_html(label), escape_html(value));
        let _ = write!(html, "<dt>{label}</dt><dd>{value}</dd>");
    }
    html.push_str("</dl>\n");
    add_link(text(part, &["url"]), text(part, &["label"]), html);
}

/// A player, a map or a form. Older pages hold the frame itself.
fn add_frame(part: &Value, html: &mut String) {
    let frame = text(part, &["content"]);
    if frame.contains("<iframe") {
        html.push_str(frame);
        html.push('\n');
        return;
    }
    let url = text(part, &["url", "src", "formUrl"]);
    if !url.is_empty() {
        let (url, title) = (escape_html(url), escape_html(text(part, &["title"])));
        let _ = writeln!(html, "<iframe src=\"{url}\" title=\"{title}\"></iframe>");
    }
}

fn add_contact(part: &Value, html: &mut String) {
    add_title(part, "h2", html);
    add_words(&part["description"], html);
    html.push_str("<dl>");
    let methods = part["methods"].as_array().map_or(&[][..], Vec::as_slice);
    for method in methods {
        let label = text(method, &["label", "method"]);
        let _ = write!(html, "<dt>{}</dt><dd>", escape_html(label));
        let values = method["values"].as_array().map_or(&[][..], Vec::as_slice);
        for value in values.iter().filter_map(Value::as_str) {
            let value = escape_html(value);
            if method["method"] == "email" {
                let _ = write!(html, "<a href=\"mailto:{value}\">{value}</a><br>");
            } else {
                let _ = write!(html, "{value}<br>");
            }
        }
        let _ = write!(html, "{}</dd>", escape_html(text(method, &["caption"])));
    }
    html.push_str("</dl>\n");
    add_words(&part["otherInformation"]["value"], html);
    add_link(text(part, &["url"]), text(part, &["label"]), html);
}
