//! What a site says, and what persons have made of it since: neither is lost.

use std::collections::BTreeSet;

use entity::imported::Fields;
use serde_json::{Map, Value};

use crate::digest::sha256;

/// A document that both have a part in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Merged {
    /// The document.
    pub fields: Map<String, Value>,
    /// The fields that both have changed: they stay as the person left them.
    pub kept: Vec<String>,
}

/// The fields of one piece that can only change together.
const LIFE: [&str; 3] = ["withdrawn", "redirected", "gone"];

/// Found, not said: a person's choice stays without a word.
const FOUND: [&str; 1] = ["mentions"];

/// What a piece is called belongs to the graph.
const NAMES: [&str; 2] = ["slug", "first_slug"];

/// Puts what the site says now (`ours`) into the document as it is (`theirs`). What the site said last time
/// (`base`) tells who changed what: nothing for a piece that is not from the site.
/// What an `adopted` piece lacks is filled in, whoever took it away: a catalogue that is loaded again knows no better.
pub(super) fn merge(
    base: &Fields,
    theirs: &Map<String, Value>,
    ours: &Map<String, Value>,
    adopted: bool,
) -> Merged {
    let names = theirs.keys().chain(ours.keys()).chain(base.0.keys());
    let names: BTreeSet<_> = names.map(String::as_str).collect();
    let mut merged = Merged {
        fields: Map::new(),
        kept: Vec::new(),
    };
    let life_is_theirs = LIFE
        .iter()
        .any(|name| edited(base, name, theirs.get(*name)) && theirs.get(*name) != ours.get(*name));
    for name in names {
        let (their, our) = (theirs.get(name), ours.get(name));
        let edited = if LIFE.contains(&name) {
            life_is_theirs
        } else {
            NAMES.contains(&name) || (edited(base, name, their) && !(adopted && their.is_none()))
        };
        let value = if edited { their } else { our };
        let changed_here = self::edited(base, name, our);
        let silent = NAMES.contains(&name) || FOUND.contains(&name);
        if edited && changed_here && their != our && !silent {
            merged.kept.push(name.to_owned());
        }
        if let Some(value) = value {
            merged.fields.insert(name.to_owned(), value.clone());
        }
    }
    merged
}

/// Whether a field is another than the importer made it last time.
fn edited(base: &Fields, name: &str, now: Option<&Value>) -> bool {
    base.0.get(name).map(String::as_str) != now.map(hash).as_deref()
}

/// The fields of a document as they are remembered.
pub(super) fn fields(document: &Map<String, Value>) -> Fields {
    let fields = document.iter();
    Fields(
        fields
            .map(|(name, value)| (name.clone(), hash(value)))
            .collect(),
    )
}

fn hash(value: &Value) -> String {
    sha256(&value.to_string())[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        let Value::Object(map) = value else {
            panic!("an object")
        };
        map
    }

    fn merged(base: Value, theirs: Value, ours: Value) -> (Value, Vec<String>) {
        let merged = merge(&fields(&map(base)), &map(theirs), &map(ours), false);
        (Value::Object(merged.fields), merged.kept)
    }

    #[test]
    fn who_alone_changed_a_field_has_it() {
        let base = json!({"title": "a", "body": "b"});
        let theirs = json!({"title": "edited", "body": "b", "owner": "govtech"});
        let ours = json!({"title": "a", "body": "new", "layout": "post"});
        let expected =
            json!({"title": "edited", "body": "new", "owner": "govtech", "layout": "post"});
        assert_eq!(merged(base, theirs, ours), (expected, vec![]));
    }

    #[test]
    fn what_both_changed_stays_as_the_person_left_it_and_is_told() {
        let base = json!({"title": "a", "body": "b", "url": "u"});
        let theirs = json!({"title": "edited", "url": "u"});
        let ours = json!({"title": "new", "body": "new", "url": "u"});
        let expected = json!({"title": "edited", "url": "u"});
        let kept = vec!["body".to_owned(), "title".to_owned()];
        assert_eq!(merged(base, theirs, ours), (expected, kept));
    }

    #[test]
    fn both_may_say_the_same() {
        let base = json!({"title": "a"});
        let same = json!({"title": "b"});
        assert_eq!(merged(base, same.clone(), same.clone()), (same, vec![]));
    }

    #[test]
    fn a_piece_from_elsewhere_is_filled_in() {
        let merged = |base: Value, theirs: Value, ours: Value| {
            let merged = merge(&fields(&map(base)), &map(theirs), &map(ours), true);
            (Value::Object(merged.fields), merged.kept)
        };
        let theirs = json!({"slug": "s", "title": "theirs"});
        let ours = json!({"slug": "other", "title": "ours", "body": "text"});
        let expected = json!({"slug": "s", "title": "theirs", "body": "text"});
        let first = merged(json!({}), theirs.clone(), ours.clone());
        assert_eq!(first, (expected.clone(), vec!["title".to_owned()]));
        // Filled in again, if somebody has loaded the catalogue since.
        let again = merged(ours.clone(), theirs, ours.clone());
        assert_eq!(again, (expected.clone(), vec![]));
        // The next time nothing is new.
        assert_eq!(
            merged(ours.clone(), expected.clone(), ours),
            (expected, vec![])
        );
    }

    #[test]
    fn the_life_of_a_piece_changes_as_a_whole() {
        let base = json!({"title": "a"});
        let theirs = json!({"title": "a", "withdrawn": {"reason": "old"}});
        let ours = json!({"title": "a", "redirected": {"to": "https://x.sg/"}});
        let (value, kept) = merged(base, theirs.clone(), ours);
        assert_eq!(value, theirs);
        assert_eq!(kept, ["redirected"]);
    }
}
