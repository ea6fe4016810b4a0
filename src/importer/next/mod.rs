//! Pages of newer sites (Isomer Next): one JSON file a page, made of components.
//!
//! A page is written as the HTML that an older page of the same content would have, and then read like one.

mod component;
mod prose;

use serde_json::{Map, Value};

use super::{
    front::{FrontMatter, of_slashes},
    problem::{ProblemKind, Problems},
};

/// What a page says of itself, and its content as HTML.
pub(super) fn read(source: &str, json: &str, problems: &mut Problems) -> (FrontMatter, String) {
    let page: Value = match serde_json::from_str(json) {
        Ok(page) => page,
        Err(error) => {
            let message = format!("it can't be read: {error}");
            problems.add_at(Some(error.line()), ProblemKind::InvalidJson, message);
            return (FrontMatter::default(), String::new());
        }
    };
    let mut html = String::new();
    let header = &page["page"];
    for name in ["contentPageHeader", "articlePageHeader"] {
        component::add_words(&header[name]["summary"], &mut html);
    }
    let parts = page["content"].as_array().map_or(&[][..], Vec::as_slice);
    for part in parts {
        component::add(part, &mut html, problems);
    }
    (front(source, &page), html)
}

/// The components that an older site's home page has in its front matter, as HTML.
pub(super) fn sections(fields: &Map<String, Value>) -> String {
    let mut html = String::new();
    let sections = fields.get("sections").and_then(Value::as_array);
    for section in sections.into_iter().flatten() {
        for part in section.as_object().into_iter().flat_map(Map::values) {
            component::add_plain(part, "h2", &mut html);
        }
    }
    html
}

/// The fields of an older page's front matter.
fn front(source: &str, page: &Value) -> FrontMatter {
    let (header, meta) = (&page["page"], &page["meta"]);
    let layout = page["layout"].as_str().unwrap_or_default();
    let first = |values: [&Value; 3]| {
        let texts = values.into_iter().filter_map(Value::as_str);
        let mut texts = texts.filter(|text| !text.trim().is_empty());
        texts.next().map(str::to_owned)
    };
    let none = &Value::Null;
    let target = match layout {
        "link" => "external",
        "file" => "file_url",
        _ => "ref",
    };
    let date = first([&header["date"], &meta["date"], none]);
    let fields = [
        ("title", first([&header["title"], &meta["title"], none])),
        (
            "permalink",
            first([&header["permalink"], &meta["permalink"], none]).or_else(|| permalink(source)),
        ),
        (
            "description",
            first([&meta["description"], &header["description"], none]),
        ),
        (
            "image",
            first([&header["image"]["src"], &meta["image"], &header["image"]]),
        ),
        ("date", date.map(|date| of_slashes(&date).unwrap_or(date))),
        ("layout", Some(layout.to_owned())),
        (target, first([&header["ref"], none, none])),
        ("category", first([&header["category"], none, none])),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some((name.to_owned(), Value::String(value)))
    });
    FrontMatter::of(fields.collect())
}

/// The file's name is the page's address: `schema/news/launch.json` is `/news/launch`.
fn permalink(source: &str) -> Option<String> {
    let (_, path) = source.split_once("schema/")?;
    let path = path.strip_suffix(".json")?.trim_start_matches('/');
    Some(match path {
        "index" | "_index" => "/".to_owned(),
        path => format!("/{}", path.strip_suffix("/_index").unwrap_or(path)),
    })
}
