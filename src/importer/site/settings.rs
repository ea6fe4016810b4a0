//! What a site says of itself: its name and address, its navigation, the order of its folders.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Map, Value};

use super::Source;
use crate::importer::{
    front::yaml,
    limits::Limits,
    problem::{Problem, ProblemKind, Problems},
};

/// What a site says of itself. Whatever it leaves out is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// `_config.yml`, or `data/config.json` of newer sites.
    pub config: Map<String, Value>,
    /// `_data/navigation.yml`, or `data/navbar.json` of newer sites.
    pub navigation: Value,
    /// The pages of each collection in their order, as its `collection.yml` names them.
    pub orders: BTreeMap<String, Vec<String>>,
}

impl Settings {
    pub(super) fn read(
        root: &Path,
        site: &str,
        limits: &Limits,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut read = |path: &str| value(root, path, site, limits, problems);
        let config = read("_config.yml").or_else(|| read("data/config.json"));
        let navigation = read("_data/navigation.yml").or_else(|| read("data/navbar.json"));
        let mut orders = BTreeMap::new();
        for path in collections(root) {
            let value = read(&path).unwrap_or_default();
            for (name, collection) in value["collections"].as_object().into_iter().flatten() {
                let order = collection["order"].as_array().into_iter().flatten();
                let order = order.filter_map(Value::as_str).map(str::to_owned);
                orders.insert(name.clone(), order.collect());
            }
        }
        Self {
            config: match config {
                Some(Value::Object(config)) => config,
                _ => Map::new(),
            },
            navigation: navigation.unwrap_or_default(),
            orders,
        }
    }

    /// The site's title.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
            .or_else(|| self.config.get("site")?["siteName"].as_str())
    }

    /// The site's own address.
    pub fn url(&self) -> Option<&str> {
        self.text("url")
            .or_else(|| self.config.get("site")?["url"].as_str())
    }

    /// The folder of the resource room.
    pub fn resources_name(&self) -> Option<&str> {
        self.text("resources_name")
    }

    fn text(&self, key: &str) -> Option<&str> {
        let text = self.config.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// The files that order collections, by path.
fn collections(root: &Path) -> Vec<String> {
    let Ok(entries) = root.read_dir() else {
        return Vec::new();
    };
    let entries = entries.filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names = folders.map(|folder| folder.file_name().to_string_lossy().into_owned());
    let files = names.filter(|name| name.starts_with('_'));
    let mut files: Vec<_> = files.map(|name| format!("{name}/collection.yml")).collect();
    files.sort();
    files
}

/// What a file of settings holds, if it is there and within the site.
fn value(
    root: &Path,
    path: &str,
    site: &str,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> Option<Value> {
    let file = root.join(path).canonicalize().ok()?;
    let name = format!("{site}/{path}");
    let mut found = Problems::of(&name);
    if !file.starts_with(root) {
        let message = "the link leads out of the site: it is not followed";
        found.add(ProblemKind::Symlink, message);
        problems.extend(found.into_found());
        return None;
    }
    if !file.is_file() {
        found.add(ProblemKind::Unreadable, "it is no file");
        problems.extend(found.into_found());
        return None;
    }
    let source = Source { name, path: file };
    let bytes = source
        .read(limits)
        .map_err(|problem| problems.push(problem))
        .ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    let value = yaml::read(text, 1, &mut found).map_err(|fault| {
        found.add_at(Some(fault.line), ProblemKind::InvalidYaml, fault.message);
    });
    problems.extend(found.into_found());
    value.ok()
}
