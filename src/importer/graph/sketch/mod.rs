//! What a page yields: found alike in both readings of a site, so that they agree.

use entity::node::Kind;

mod standing;

pub use self::standing::Standing;
use super::{
    Claim, Context, Speaker,
    name::{cut, hashed, readable, slug},
    shown::{Shown, shown},
    speaker::speaker,
};
use crate::{
    document::Slug,
    importer::{Make, Page, Problem, ProblemKind},
};

/// What a page yields.
#[derive(Debug)]
pub struct Sketch {
    /// Whether the page is seen, leads to another, or is not imported.
    pub standing: Standing,
    /// What it is called.
    pub title: String,
    /// What its slug is made of, and what tells it apart.
    pub words: String,
    /// Its address on the site, if it has one there.
    pub permalink: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// What it shows, each once.
    pub media: Vec<Shown>,
    /// What it is about: slugs and titles.
    pub topics: Vec<(Slug, String)>,
    /// What somebody says on it.
    pub quotes: Vec<Said>,
    /// What it is about by the map.
    pub claim: Option<Claim>,
    /// What is wrong with it, beside what reading it told.
    pub problems: Vec<Problem>,
}

/// What somebody says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: String,
    /// Who says them.
    pub speaker: Speaker,
    /// The quote's slug.
    pub slug: Slug,
}

impl Sketch {
    /// What a page yields.
    pub fn of(page: &Page, context: &Context) -> Self {
        let mut problems = Vec::new();
        let mut warn = |kind, message: String| {
            problems.push(Problem::of(&page.extract.source, kind, message));
        };
        let path = Context::on_site(&page.extract.source);
        let permalink = own_permalink(page);
        let url = permalink.and_then(|permalink| context.address.of_permalink(permalink));
        let permalink = permalink.filter(|_| url.is_some()).map(str::to_owned);
        let standing = Standing::of(page, url.as_deref(), context, &mut warn);
        let title = title(page, path);
        let words = permalink.clone().unwrap_or_else(|| path.to_owned());
        let seen = standing == Standing::Live;
        let mut sketch = Self {
            words: words.clone(),
            topics: topics(page, path),
            media: Vec::new(),
            quotes: Vec::new(),
            claim: None,
            standing,
            title,
            permalink,
            url,
            problems: Vec::new(),
        };
        if sketch.standing != Standing::LeftOut {
            sketch.media = shown(page, &context.address, &mut warn);
        }
        if seen {
            sketch.quotes = quotes(page, &words, &mut warn);
            sketch.claim = sketch.claim(page, path, context);
        }
        sketch.problems = problems;
        sketch
    }

    fn claim(&self, page: &Page, path: &str, context: &Context) -> Option<Claim> {
        let rule = context.map.rule(path, page.extract.layout.as_deref())?;
        let kind = match rule.make()? {
            Make::Programme(_) => Kind::Programme,
            Make::Event(_) => Kind::Event,
            Make::Partner(_) => Kind::Partner,
            Make::Award(_) => Kind::Award,
        };
        let title = rule.title.as_ref().and_then(|title| title.first(page));
        let title = title.map_or_else(|| self.title.clone(), |title| cut(&title, 200));
        let last = last_words(&self.words);
        let words = if last.is_empty() { &title } else { &last };
        Some(Claim {
            kind,
            slugs: self.candidates(slug(words, &self.words), words, path),
            title,
        })
    }

    /// The slugs that the page may have, the best first.
    pub fn slugs(&self, site: &str, path: &str) -> Vec<Slug> {
        let inner = self.words.trim_matches('/');
        let words = format!("{site} {}", if inner.is_empty() { "home" } else { inner });
        self.candidates(slug(&words, inner), &words, path)
    }

    /// The best slug, then two that others hardly have: the page's address, and its file, are in them.
    fn candidates(&self, best: Slug, words: &str, path: &str) -> Vec<Slug> {
        let by_address = hashed(words, &self.words);
        let by_file = hashed(words, &format!("{}\n{path}", self.words));
        vec![best, by_address, by_file]
    }
}

/// The permalink, if it is on the site: newer posts have the address of another site in its place.
fn own_permalink(page: &Page) -> Option<&str> {
    let permalink = page.extract.permalink.as_deref()?;
    (!permalink.contains("://")).then_some(permalink)
}

fn title(page: &Page, path: &str) -> String {
    let heading = page.extract.headings.first().map(|heading| &heading.text);
    let title = page.extract.title.as_ref().or(heading);
    let title = title.filter(|title| !title.trim().is_empty());
    title.map_or_else(|| cut(&readable(&stem(path)), 200), |title| cut(title, 200))
}

/// A file's name without its ending, and without what Isomer puts before the names of posts.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let end = name.find(|char: char| !char.is_ascii_digit() && char != '-');
    let (date, rest) = name.split_at(end.unwrap_or(name.len()));
    let name = if date.len() >= 9 { rest } else { name };
    let prefixes = ["post-", "link-", "file-"];
    let name = prefixes
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    if name.trim().is_empty() {
        "page".to_owned()
    } else {
        name.to_owned()
    }
}

/// The last part of a permalink or path: what distinguishes a page.
fn last_words(words: &str) -> String {
    let words = words.trim_end_matches('/');
    let last = words.rsplit('/').next().unwrap_or(words);
    if last.contains('.') {
        stem(words)
    } else {
        last.to_owned()
    }
}

/// What a page is filed under: categories and tags of its front matter, and the folder of its posts.
fn topics(page: &Page, path: &str) -> Vec<(Slug, String)> {
    const MOST: usize = 20;
    let mut names = Vec::new();
    for key in ["category", "categories", "tag", "tags"] {
        match page.front.fields.get(key) {
            Some(serde_json::Value::String(name)) => {
                names.extend(name.split(',').map(str::to_owned));
            }
            Some(serde_json::Value::Array(list)) => {
                names.extend(
                    list.iter()
                        .filter_map(|name| name.as_str().map(str::to_owned)),
                );
            }
            _ => {}
        }
    }
    let parts: Vec<_> = path.split('/').collect();
    let folder = parts.windows(2).find(|pair| pair[1] == "_posts");
    names.extend(folder.map(|pair| pair[0].trim_start_matches('_').to_owned()));
    let mut topics: Vec<(Slug, String)> = Vec::new();
    for name in names {
        let name = cut(&readable(name.trim()), 200);
        let known = |slug: &Slug| topics.iter().any(|(known, _)| known == slug);
        let of_name = slug(&name, &name);
        let says = name.chars().any(char::is_alphanumeric);
        if says && !known(&of_name) && topics.len() < MOST {
            topics.push((of_name, name));
        }
    }
    topics
}

/// What is said by persons: a quotation of nobody knows whom is none.
fn quotes(page: &Page, words: &str, warn: &mut impl FnMut(ProblemKind, String)) -> Vec<Said> {
    let mut quotes: Vec<Said> = Vec::new();
    for spoken in &page.content.spoken {
        let Some(speaker) = speaker(&spoken.speaker) else {
            let line = cut(&spoken.speaker, 100);
            let message =
                format!("“{line}” names no person: the quotation stays in the text alone");
            warn(ProblemKind::UnknownSpeaker, message);
            continue;
        };
        let whole = format!("{words}\n{}", spoken.words);
        let slug = hashed(
            &format!("{} on {}", speaker.name, last_words(words)),
            &whole,
        );
        let said = Said {
            words: cut(&spoken.words, 10_000),
            speaker,
            slug,
        };
        if !quotes.iter().any(|known| known.slug == said.slug) {
            quotes.push(said);
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_what_distinguishes_them() {
        assert_eq!(
            stem("a/_posts/2024-05-14-post-Tides & times.md"),
            "Tides & times"
        );
        assert_eq!(stem("a/_posts/2024-05-14-tides.md"), "tides");
        assert_eq!(stem("pages/42.md"), "42");
        assert_eq!(stem("pages/2024-05-14-.md"), "page");
        assert_eq!(last_words("/media/tides/"), "tides");
        assert_eq!(last_words("_a/Tides now.md"), "Tides now");
        assert_eq!(last_words("/"), "");
    }
}
