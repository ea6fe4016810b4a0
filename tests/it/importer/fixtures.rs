//! One page for each construct that sites have, with what must be found in it.
//!
//! An expected file names what is neither empty nor null, and the kinds of problems.

use std::{
    fs,
    path::{Path, PathBuf},
};

use civigraph::importer::{Limits, extract};
use serde_json::{Map, Value};

#[test]
fn every_construct_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/importer/fixtures");
    let mut pages = Vec::new();
    find(&root, &mut pages);
    assert!(pages.len() > 45, "there are {} fixtures only", pages.len());
    let faults: Vec<_> = pages.iter().filter_map(|page| fault(&root, page)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn find(folder: &Path, pages: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut entries: Vec<_> = entries.collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            find(&path, pages);
        } else if expected_of(&path).is_file() {
            pages.push(path);
        }
    }
}

fn expected_of(page: &Path) -> PathBuf {
    let json = page.extension().is_some_and(|ending| ending == "json");
    page.with_extension(if json { "expected.json" } else { "json" })
}

fn fault(root: &Path, path: &Path) -> Option<String> {
    let name = path.strip_prefix(root).unwrap().to_str().unwrap();
    let page = extract(
        &format!("fixtures/{name}"),
        &fs::read(path).unwrap(),
        &Limits::default(),
    );
    let mut found = serde_json::to_value(&page.extract).unwrap();
    found["problems"] = page
        .problems
        .iter()
        .map(|problem| serde_json::to_value(problem.kind).unwrap())
        .collect();
    found.as_object_mut().unwrap().remove("source");
    let expected: Value = serde_json::from_slice(&fs::read(expected_of(path)).unwrap()).unwrap();
    let (expected, found) = (telling(&expected), telling(&found));
    let keys: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let lines: Vec<_> = keys
        .into_iter()
        .filter(|key| expected.get(*key) != found.get(*key))
        .map(|key| {
            let show = |map: &Map<String, Value>| {
                map.get(key).map_or("nothing".to_owned(), Value::to_string)
            };
            format!(
                "{name}: {key}\n  expected {}\n  found    {}",
                show(&expected),
                show(&found)
            )
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn telling(value: &Value) -> Map<String, Value> {
    let fields = value.as_object().unwrap().iter();
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    fields
        .filter(|(_, value)| !empty(value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
