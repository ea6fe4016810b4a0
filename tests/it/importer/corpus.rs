//! The pages of the corpus, against what must be found in them.

use std::{
    collections::HashSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use civigraph::importer::{Limits, extract, sources};
use serde_json::Value;

/// Where the corpus is, if it is anywhere: the project does without.
fn corpus() -> Option<PathBuf> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    place.is_dir().then_some(place)
}

/// The expected files call the seeds by other names.
fn seed(source: &str) -> Option<&'static str> {
    match source.get(..8)? {
        "SEED/000" => Some("industry-collaboration.md"),
        "SEED/001" => Some("smart-nation-2.md"),
        "SEED/002" => Some("international-partnerships.md"),
        _ => None,
    }
}

#[test]
fn all_expected_files_are_met() {
    let Some(corpus) = corpus() else { return };
    let mut faults = String::new();
    let mut files: Vec<_> = fs::read_dir(corpus.join("expected"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let expected: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let source = expected["source"].as_str().unwrap();
        let path = seed(source).map_or_else(
            || corpus.join("pages").join(source),
            |seed| corpus.join("../seeds").join(seed),
        );
        let page = extract(source, &fs::read(path).unwrap(), &Limits::default());
        let found = serde_json::to_value(&page.extract).unwrap();
        compare(source, &expected, &found, &mut faults);
        let order = |text: &str| {
            text.lines()
                .filter_map(|line| line.strip_prefix(" \""))
                .map(|line| line.split('"').next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let written = order(&fs::read_to_string(&file).unwrap());
        let ours = order(
            &serde_json::to_string_pretty(&page.extract)
                .unwrap()
                .replace("\n  ", "\n "),
        );
        let ours: Vec<_> = ours.into_iter().filter(|key| !key.is_empty()).collect();
        assert_eq!(
            written.iter().collect::<Vec<_>>(),
            ours.iter()
                .filter(|key| written.contains(key))
                .collect::<Vec<_>>(),
            "the order of keys"
        );
    }
    assert!(faults.is_empty(), "{faults}");
}

fn compare(source: &str, expected: &Value, found: &Value, faults: &mut String) {
    for (key, expected) in expected.as_object().unwrap() {
        let found = &found[key];
        if expected == found {
            continue;
        }
        writeln!(faults, "{source}: {key}").unwrap();
        match (expected.as_array(), found.as_array()) {
            (Some(expected), Some(found)) => {
                for index in 0..expected.len().max(found.len()) {
                    if expected.get(index) != found.get(index) {
                        writeln!(
                            faults,
                            "  [{index}]\n    expected {:?}\n    found    {:?}",
                            expected.get(index),
                            found.get(index)
                        )
                        .unwrap();
                    }
                }
            }
            _ => writeln!(faults, "    expected {expected}\n    found    {found}").unwrap(),
        }
    }
}

/// Words that are markup, not content.
const MARKUP: &[&str] = &[
    "absolute", "amp", "gt", "lt", "baseurl", "blank", "nbsp", "site", "target", "url",
];

#[test]
fn no_word_of_any_page_is_lost() {
    let Some(corpus) = corpus() else { return };
    let (pages, problems) = sources(&[corpus.join("pages")], &Limits::default());
    assert_eq!((pages.len(), problems), (119, Vec::new()));
    for source in pages {
        let bytes = source.read(&Limits::default()).unwrap();
        let page = extract(&source.name, &bytes, &Limits::default());
        let written = String::from_utf8(bytes).unwrap();
        let body = written.splitn(3, "---").last().unwrap();
        let written = without_tags(body);
        let extract = serde_json::to_string(&page.extract).unwrap();
        let fields = serde_json::to_string(&page.front.fields).unwrap();
        for form in [
            &page.content.text,
            &page.content.markdown,
            &page.content.html,
        ] {
            let found: HashSet<_> = [form, &extract, &fields]
                .into_iter()
                .flat_map(|text| words(text))
                .collect();
            let lost = words(&written).filter(|word| !found.contains(word));
            let lost: Vec<_> = lost.filter(|word| !MARKUP.contains(&&**word)).collect();
            assert!(lost.is_empty(), "{}: {lost:?}", source.name);
        }
    }
}

/// Words of letters: numbers of lists are made anew.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    words
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
}

fn without_tags(page: &str) -> String {
    let without_comments = page.split("<!--").enumerate().map(|(index, part)| {
        let after = part.split_once("-->").map_or("", |(_, after)| after);
        if index == 0 { part } else { after }
    });
    let page: String = without_comments.collect();
    let texts = page.split('<').enumerate().map(|(index, part)| {
        let address = part.starts_with(|char: char| !char.is_ascii_alphabetic() && char != '/');
        let after = part.split_once('>').map_or(part, |(_, after)| after);
        if index == 0 || address { part } else { after }
    });
    texts.collect::<Vec<_>>().join(" ")
}
