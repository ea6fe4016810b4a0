//! The editor's own tree of a text, as HTML.

use std::fmt::Write as _;

use serde_json::Value;

use crate::importer::content::escape_html;

/// Adds a node with all that is in it. Reading JSON bounds how deep nodes are.
pub(super) fn add(node: &Value, html: &mut String) {
    let text = |name: &str| node["attrs"][name].as_str().unwrap_or_default();
    let tag = match node["type"].as_str().unwrap_or_default() {
        "text" => return add_text(node, html),
        "paragraph" => "p",
        "heading" => match node["attrs"]["level"].as_u64() {
            Some(1) => "h1",
            Some(3) => "h3",
            Some(4) => "h4",
            Some(5) => "h5",
            Some(6) => "h6",
            _ => "h2",
        },
        "orderedList" => "ol",
        "unorderedList" | "bulletList" => "ul",
        "listItem" => "li",
        "blockquote" => "blockquote",
        "codeBlock" => "pre",
        "table" => "table",
        "tableRow" => "tr",
        "tableHeader" => "th",
        "tableCell" => "td",
        "hardBreak" => return html.push_str("<br>"),
        "divider" | "horizontalRule" => return html.push_str("<hr>"),
        "image" => return add_image(text("src"), text("alt"), html),
        _ => return add_children(node, html),
    };
    let _ = write!(html, "<{tag}>");
    if tag == "table" && !text("caption").is_empty() {
        let _ = write!(html, "<caption>{}</caption>", escape_html(text("caption")));
    }
    add_children(node, html);
    let _ = writeln!(html, "</{tag}>");
}

fn add_children(node: &Value, html: &mut String) {
    let children = node["content"].as_array().map_or(&[][..], Vec::as_slice);
    for child in children {
        add(child, html);
    }
}

pub(super) fn add_image(src: &str, alt: &str, html: &mut String) {
    if !src.is_empty() {
        let (src, alt) = (escape_html(src), escape_html(alt));
        let _ = write!(html, "<img src=\"{src}\" alt=\"{alt}\">");
    }
}

/// Words with their marks: the first mark is the outermost.
fn add_text(node: &Value, html: &mut String) {
    let marks = node["marks"].as_array().map_or(&[][..], Vec::as_slice);
    let mut ends = Vec::new();
    for mark in marks {
        let tag = match mark["type"].as_str().unwrap_or_default() {
            "bold" => "strong",
            "italic" => "em",
            "underline" => "u",
            "strike" => "s",
            "superscript" => "sup",
            "subscript" => "sub",
            "code" => "code",
            "link" => {
                let href = mark["attrs"]["href"].as_str().unwrap_or_default();
                let _ = write!(html, "<a href=\"{}\">", escape_html(href));
                ends.push("a");
                continue;
            }
            _ => continue,
        };
        let _ = write!(html, "<{tag}>");
        ends.push(tag);
    }
    html.push_str(&escape_html(node["text"].as_str().unwrap_or_default()));
    for tag in ends.into_iter().rev() {
        let _ = write!(html, "</{tag}>");
    }
}
