//! One page: from bytes to what it holds.

use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hasher},
};

use super::{
    body::{self, Dialect, Hint},
    content::Content,
    dom,
    draft::{Draft, draft},
    extract::Extract,
    front::{FrontMatter, split},
    limits::Limits,
    next,
    problem::{Problem, ProblemKind, Problems},
};

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it holds.
    pub extract: Extract,
    /// What it says.
    pub content: Content,
    /// What it says of itself, all of it.
    pub front: FrontMatter,
    /// The language that its text was written in.
    pub dialect: Dialect,
    /// Why it is not meant to be seen yet, if that is so.
    pub draft: Option<Draft>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Tells whether its file is still the same.
    pub file_hash: u64,
}

/// Reads a page. `source` is the site's name and the path of the file, with slashes. Never fails: what can't be
/// read is told among the problems.
pub fn extract(source: &str, bytes: &[u8], limits: &Limits) -> Page {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    Page {
        file_hash: hasher.finish(),
        ..read(source, bytes, limits)
    }
}

fn read(source: &str, bytes: &[u8], limits: &Limits) -> Page {
    let mut problems = Problems::of(source);
    if is_binary(bytes) {
        problems.add(ProblemKind::Binary, "it is no text: it is not read");
        return page(source, Written::default(), limits, problems);
    }
    let text = text(bytes, &mut problems);
    let written = if has_ending(source, &["json"]) {
        let (front, html) = next::read(source, &text, &mut problems);
        Written {
            front,
            line: 1,
            body: html.into(),
            hint: Hint::Html,
        }
    } else {
        older(source, &text, &mut problems)
    };
    page(source, written, limits, problems)
}

/// A page in its parts.
struct Written<'p> {
    front: FrontMatter,
    /// The file's line that the front matter begins at.
    line: usize,
    body: Cow<'p, str>,
    hint: Hint,
}

impl Default for Written<'_> {
    fn default() -> Self {
        Self {
            front: FrontMatter::default(),
            line: 1,
            body: "".into(),
            hint: Hint::None,
        }
    }
}

/// A page with a front matter.
fn older<'p>(source: &str, text: &'p str, problems: &mut Problems) -> Written<'p> {
    let parts = split(text, problems);
    let front = if let Some(lines) = parts.front {
        FrontMatter::read(lines, parts.line, problems)
    } else {
        let message = "there is no front matter: all of it is taken as text";
        problems.add(ProblemKind::NoFrontMatter, message);
        FrontMatter::default()
    };
    let hint = if has_ending(source, &["html", "htm"]) {
        Hint::Html
    } else if front.text("variant").as_deref() == Some("tiptap") {
        Hint::Editor
    } else {
        Hint::None
    };
    Written {
        front,
        line: parts.line,
        body: parts.body.into(),
        hint,
    }
}

fn page(source: &str, written: Written<'_>, limits: &Limits, mut problems: Problems) -> Page {
    let Written {
        front,
        line,
        body,
        hint,
    } = written;
    let mut extract = Extract::of_front(source, &front, line, &mut problems);
    let (dom, dialect) = body::read(&body, hint, limits.bounds(), &mut problems);
    let mut content = Content::default();
    if !extract.is_redirect() {
        extract.add_body(&dom);
        content = Content::of(&dom);
        if content.markdown.is_empty() {
            // Home pages stand in their front matter.
            let html = next::sections(&front.fields);
            content = Content::of(&dom::parse(&html, limits.bounds()));
        }
    }
    extract.add_documents_of_front();
    extract.bound(limits.items, &mut problems);
    if extract.permalink.is_none() && !extract.leads_elsewhere() {
        let message = "there is no `permalink`: the page has no address of its own";
        problems.add(ProblemKind::MissingPermalink, message);
    }
    let permalink = extract.permalink.as_deref().unwrap_or_default();
    if permalink.split(['/', '\\']).any(|part| part == "..") {
        let message = format!("`{permalink}` leads out of the site: it is no address of a page");
        problems.add(ProblemKind::UnsafeName, message);
    }
    let draft = draft(&extract, &content, &front);
    if let Some(draft) = draft {
        problems.add(ProblemKind::Draft, draft.message());
    } else if content.markdown.is_empty() && !extract.leads_elsewhere() {
        problems.add(ProblemKind::EmptyPage, "there is nothing in the page");
    }
    Page {
        extract,
        content,
        front,
        dialect,
        draft,
        problems: problems.into_found(),
        file_hash: 0,
    }
}

fn has_ending(source: &str, endings: &[&str]) -> bool {
    let ending = source.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Texts have no character of number 0.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(8_192).any(|byte| *byte == 0)
}

/// The file's text, with line ends as on Unix and without characters that control machines.
fn text(bytes: &[u8], problems: &mut Problems) -> String {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Owned(_)) {
        let message = "there are bytes that are not UTF-8: they are replaced";
        problems.add(ProblemKind::NotUtf8, message);
    }
    // The last one is a line's end on mainframes: white space.
    let mut text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\u{85}', " ");
    if let Some(line) = text.lines().position(|line| line.contains(is_control)) {
        let found = text.chars().find(|char| is_control(*char));
        let code = found.map_or(0, u32::from);
        let message = format!("there is a control character (U+{code:04X}): all such are left out");
        problems.add_at(Some(line + 1), ProblemKind::ControlCharacter, message);
        // These two part words.
        text = text.replace(['\u{B}', '\u{C}'], " ");
        text.retain(|char| !is_control(char));
    }
    text
}

fn is_control(char: char) -> bool {
    char.is_control() && !matches!(char, '\n' | '\t')
}
