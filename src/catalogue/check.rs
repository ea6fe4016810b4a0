//! From files to documents, with every fault of all files at once.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt, io,
    path::Path,
};

use entity::node::Kind;
use sea_orm::{ActiveEnum, Iterable};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Files;
use crate::document::{self, Document, Fault, Own, nearest};

/// A fault, and the file that has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CatalogueFault {
    /// The file, below the catalogue's directory.
    pub file: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl fmt::Display for CatalogueFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.file, self.fault)
    }
}

/// Why a catalogue cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum Faults {
    /// The files cannot be read.
    #[error("cannot read the catalogue")]
    Unreadable(#[from] io::Error),
    /// The files have faults.
    #[error("the catalogue has {}:\n{}", count(.0.len()), lines(.0))]
    Faulty(Vec<CatalogueFault>),
}

fn count(faults: usize) -> String {
    if faults == 1 {
        "1 fault".to_owned()
    } else {
        format!("{faults} faults")
    }
}

fn lines(faults: &[CatalogueFault]) -> String {
    let lines: Vec<_> = faults.iter().map(|fault| format!("  {fault}")).collect();
    lines.join("\n")
}

/// The documents of a catalogue; or all that is wrong with it.
pub fn read(files: &Files) -> Result<Vec<Document>, Faults> {
    let mut catalogue = Catalogue::default();
    let files = files.read()?;
    if let Some((path, content)) = files.iter().find(|(path, _)| path == DEFAULTS) {
        catalogue.set_defaults(path, content);
    }
    for (path, content) in files {
        if path != DEFAULTS {
            catalogue.add(path, &content);
        }
    }
    catalogue.check();
    if catalogue.faults.is_empty() {
        Ok(catalogue
            .documents
            .into_iter()
            .map(|(_, document)| document)
            .collect())
    } else {
        catalogue.faults.sort();
        Err(Faults::Faulty(catalogue.faults))
    }
}

/// The file with what all pieces have that do not say otherwise.
const DEFAULTS: &str = "catalogue.yaml";

/// What all pieces of a catalogue have that do not say otherwise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<String>,
}

/// What was read so far.
#[derive(Default)]
struct Catalogue {
    defaults: Map<String, Value>,
    /// Files with their documents.
    documents: Vec<(String, Document)>,
    /// The pieces that files stand for, whether they could be read or not.
    named: HashMap<Kind, HashSet<String>>,
    faults: Vec<CatalogueFault>,
}

impl Catalogue {
    fn set_defaults(&mut self, path: &str, content: &[u8]) {
        let defaults = parse(content).and_then(|tree| {
            serde_json::from_value::<Defaults>(tree).map_err(|error| error.to_string())
        });
        match defaults.map(serde_json::to_value) {
            Ok(Ok(Value::Object(defaults))) => self.defaults = defaults,
            Ok(_) => {}
            Err(message) => self.fault(path, Fault::new("", message)),
        }
    }

    /// A piece that names its own licence is not attributed as the others are.
    fn with_defaults(&self, tree: Value) -> Value {
        let Value::Object(mut fields) = tree else {
            return tree;
        };
        let own_licence = fields.contains_key("licence");
        for (name, value) in &self.defaults {
            if !(own_licence && name == "attribution") {
                fields.entry(name).or_insert_with(|| value.clone());
            }
        }
        Value::Object(fields)
    }

    fn add(&mut self, path: String, content: &[u8]) {
        if Path::new(&path).extension().is_some_and(|end| end == "md") {
            return;
        }
        let Some((kind, stem)) = place(&path) else {
            let kinds: Vec<_> = Kind::iter().map(|kind| kind.to_value()).collect();
            let message = format!(
                "no place for a file of a catalogue: it is KIND/SLUG.yaml, with one of the kinds {}",
                kinds.join(", ")
            );
            self.fault(&path, Fault::new("", message));
            return;
        };
        let named = self.named.entry(kind).or_default();
        named.insert(stem.to_owned());
        let tree = match parse(content) {
            Ok(tree) => self.with_defaults(tree),
            Err(message) => {
                self.fault(&path, Fault::new("", message));
                return;
            }
        };
        let (document, faults) = document::read(kind, tree);
        let slug_is_good = !faults.iter().any(|fault| fault.path == "slug");
        for fault in faults {
            self.fault(&path, fault);
        }
        if let Some(document) = document {
            if let Some(fault) = undescribed(&document) {
                self.fault(&path, fault);
            }
            let slug = document.piece.slug.as_str();
            if slug_is_good && slug != stem {
                let message = format!("`{slug}` in a file named `{stem}`: name both alike");
                self.fault(&path, Fault::new("slug", message));
            }
            self.documents.push((path, document));
        }
    }

    fn fault(&mut self, file: &str, fault: Fault) {
        self.faults.push(CatalogueFault {
            file: file.to_owned(),
            fault,
        });
    }

    /// What only all files together can tell.
    fn check(&mut self) {
        if self.documents.is_empty() && self.faults.is_empty() {
            let message = "there is no file in the catalogue: it has a folder for each kind, such as programme/singpass.yaml";
            self.fault(".", Fault::new("", message));
        }
        let mut faults = self.claimed_twice();
        faults.extend(self.circles());
        // What stands at the place of a fault was put there by us, not by the author.
        let meant = |(file, fault): &(String, Fault)| {
            let at = |known: &CatalogueFault| known.file == *file && known.fault.path == fault.path;
            !self.faults.iter().any(at)
        };
        faults.extend(self.missing_targets().into_iter().filter(meant));
        for (file, fault) in faults {
            self.fault(&file, fault);
        }
    }

    fn missing_targets(&self) -> Vec<(String, Fault)> {
        let none = HashSet::new();
        let mut faults = Vec::new();
        for (file, document) in &self.documents {
            for link in document.links() {
                let targets = self.named.get(&link.kind).unwrap_or(&none);
                let itself = link.kind == document.kind() && *link.slug == document.piece.slug;
                if itself && link.path == "withdrawn.successor" {
                    let message = "nothing takes its own place: name another piece";
                    faults.push((file.clone(), Fault::new(link.path, message)));
                } else if !targets.contains(link.slug.as_str()) {
                    let kind = link.kind.to_value();
                    let meant = nearest(link.slug.as_str(), targets.iter().map(String::as_str));
                    let message = format!("there is no {kind} `{}`{meant}", link.slug);
                    faults.push((file.clone(), Fault::new(link.path, message)));
                }
            }
        }
        faults
    }

    /// Slugs, identifiers, addresses and places in a strategy belong to one piece each.
    fn claimed_twice(&self) -> Vec<(String, Fault)> {
        let mut claims: BTreeMap<(&str, String), &str> = BTreeMap::new();
        let mut faults = Vec::new();
        for (file, document) in &self.documents {
            let piece = &document.piece;
            let kind = document.kind().to_value();
            let mut own = vec![("slug", format!("{kind} `{}`", piece.slug))];
            own.push(("first_slug", format!("identifier {}", document.id())));
            own.extend(
                piece
                    .url
                    .as_ref()
                    .map(|url| ("url", format!("address {url}"))),
            );
            if let Own::Goal(goal) = &document.own {
                let place = format!(
                    "place {} in the strategy `{}`",
                    goal.position, goal.strategy
                );
                own.push(("position", place));
            }
            let own_slug = ("slug", format!("{kind} `{}`", piece.slug));
            for (field, claim) in own {
                match claims.get(&(field, claim.clone())) {
                    // Two files with one slug have one identifier: once is enough to say so.
                    Some(other)
                        if field == "first_slug" && claims.get(&own_slug) == Some(other) => {}
                    Some(other) => {
                        let message = format!("the {claim} is that of {other} already");
                        faults.push((file.clone(), Fault::new(field, message)));
                    }
                    None => {
                        claims.insert((field, claim), file);
                    }
                }
            }
        }
        faults
    }

    /// Nothing is a part of itself, or comes before itself.
    fn circles(&self) -> Vec<(String, Fault)> {
        let mut above: HashMap<(Kind, &str), (&str, &str)> = HashMap::new();
        for (_, document) in &self.documents {
            let (field, next) = match &document.own {
                Own::Programme(programme) => ("parent", &programme.parent),
                Own::Partner(partner) => ("parent", &partner.parent),
                Own::Strategy(strategy) => ("predecessor", &strategy.predecessor),
                _ => continue,
            };
            if let Some(next) = next {
                let key = (document.kind(), document.piece.slug.as_str());
                above.insert(key, (field, next.as_str()));
            }
        }
        let mut faults = Vec::new();
        for (file, document) in &self.documents {
            let (kind, start) = (document.kind(), document.piece.slug.as_str());
            let mut chain = vec![start];
            let mut here = start;
            while let Some((field, next)) = above.get(&(kind, here)) {
                if *next == start {
                    let message =
                        format!("it comes back to itself: {} → {start}", chain.join(" → "));
                    faults.push((file.clone(), Fault::new(*field, message)));
                    break;
                }
                if chain.contains(next) {
                    break;
                }
                chain.push(next);
                here = next;
            }
        }
        faults
    }
}

/// Whoever writes a catalogue can say what a picture shows; sites that are imported often do not.
fn undescribed(document: &Document) -> Option<Fault> {
    let Own::Media(media) = &document.own else {
        return None;
    };
    let image = media.kind == entity::media::Kind::Image;
    let message = "it is missing: say what the picture shows, or that it is `decorative: true`";
    (image && media.alt_text.is_none() && !media.decorative)
        .then(|| Fault::new("alt_text", message))
}

/// `programme/singpass.yaml` is the programme `singpass`.
fn place(path: &str) -> Option<(Kind, &str)> {
    let (kind, file) = path.split_once('/')?;
    let kind = Kind::try_from_value(&kind.to_owned()).ok()?;
    let stem = file.strip_suffix(".yaml")?;
    (!stem.contains('/')).then_some((kind, stem))
}

fn parse(content: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(content).map_err(|error| {
        let bytes = error.valid_up_to();
        format!("it is not UTF-8 from byte {bytes} on: save it as UTF-8")
    })?;
    // `no` is Norway, not false.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let error = error.to_string();
        // The lines behind the first one show the place: the first one names it.
        let first = error.lines().next().unwrap_or_default();
        format!("it is no YAML: {}", first.trim_start_matches("error: "))
    })
}
