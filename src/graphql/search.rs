//! Searching all content for words.

use std::collections::HashMap;

use async_graphql::{Context, Enum, Object, SimpleObject, futures_util::future::try_join_all};
use entity::search_entry;

use super::{
    any_content::AnyContent,
    change::{ContentType, of_kinds},
    connection::{Connection, EdgeFields, FromLink},
    filter::shown,
    lists::{ContentFilter, TYPE},
    scalar::LanguageTag,
};
use crate::{
    error::{Error, Result},
    load::{Arguments, Found, Listing, Rows, Search, Spelling, Test, rows},
    search::{Query, excerpt, halves},
};

/// What a search knows of a piece that it found.
pub struct Hit(Found);

#[Object]
impl Hit {
    /// Where in its texts the words were found: at most one stretch of each text, the title first. Empty
    /// only if what was found lies far behind in a very long text.
    async fn highlights(&self, ctx: &Context<'_>) -> Result<Vec<Highlight>> {
        let texts = rows(ctx).ask(self.0.texts()).await?.unwrap_or_default();
        let (query, languages) = (self.0.query(), self.0.languages());
        let served = |language: &String| {
            texts
                .iter()
                .find(|entry| entry.language.eq_ignore_ascii_case(language))
        };
        let original = || texts.iter().find(|entry| entry.original);
        if !languages.is_empty() {
            let entry = languages.iter().find_map(served).or_else(original);
            return Ok(entry.map_or_else(Vec::new, |entry| highlights(entry, original(), query)));
        }
        let all = texts
            .iter()
            .map(|entry| highlights(entry, original(), query));
        // The first that has most: the original, if a translation has no more.
        Ok(all.rev().max_by_key(Vec::len).unwrap_or_default())
    }
}

impl EdgeFields for Hit {
    const NAME: &'static str = "Search";
}

impl FromLink<Found> for Hit {
    fn from_link(found: &Found) -> Self {
        Self(found.clone())
    }
}

/// A stretch of a text with the words that were searched for.
#[derive(SimpleObject)]
pub struct Highlight {
    /// Which text it is of.
    field: SearchField,
    /// The language of the text.
    language: LanguageTag,
    /// The stretch as HTML: all that has a meaning in HTML is escaped, words that were found stand in
    /// `<mark>`, and `…` stands where the text goes on.
    html: String,
    /// The stretch in parts, for clients that show it in another way.
    parts: Vec<HighlightPart>,
}

/// A part of a stretch of text.
#[derive(SimpleObject)]
pub struct HighlightPart {
    /// The text as it is, without markup.
    text: String,
    /// Whether it is what was searched for.
    matched: bool,
}

/// Which text of a piece of content words were found in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchField {
    /// Its title.
    Title,
    /// Its summary.
    Summary,
    /// Names, places, words and whatever else belongs to its kind.
    Details,
    /// All that is written about it.
    Body,
}

/// How long a stretch is, in characters.
const STRETCH: usize = 200;

fn texts(entry: &search_entry::Model) -> [(SearchField, &str); 4] {
    [
        (SearchField::Title, &entry.title),
        (SearchField::Summary, &entry.summary),
        (SearchField::Details, &entry.details),
        (SearchField::Body, &entry.body),
    ]
}

fn highlights(
    entry: &search_entry::Model,
    original: Option<&search_entry::Model>,
    query: &Query,
) -> Vec<Highlight> {
    let originals = original.map(texts);
    let highlight = |(field, text): (SearchField, &str)| {
        // What is not translated is served in the original.
        let is_original = |texts: &[_; 4]| texts.contains(&(field, text));
        let is_original = originals.as_ref().is_some_and(is_original);
        let of = original.filter(|_| is_original).unwrap_or(entry);
        let excerpt = excerpt(text, query, STRETCH)?;
        let html = excerpt.html();
        let parts = excerpt.parts.into_iter().map(|part| HighlightPart {
            text: part.text,
            matched: part.matched,
        });
        Some(Highlight {
            field,
            language: LanguageTag(of.language.clone()),
            html,
            parts: parts.collect(),
        })
    };
    texts(entry).into_iter().filter_map(highlight).collect()
}

#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// The content of all kinds that has all these words in its title, summary, body, names or quotes, in
    /// whatever language: first what has them in its title. Case and accents do not count. The last word
    /// may be the beginning of a longer one, as any word that ends in `*`; words in quotes must follow
    /// each other; a word of at least four letters that no content has is taken for one that it differs
    /// from by one slip. A query without letters and digits finds nothing.
    // The arguments are those of every list, with the words.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words: at most 500 characters and 32 words.")] query: String,
        #[graphql(desc = "Only of these kinds; of all if not given.")] kinds: Option<
            Vec<ContentType>,
        >,
        #[graphql(
            desc = "Only the texts that are served for this language are looked in: of each piece the translation, else the original. If not given, the texts of all languages are."
        )]
        language: Option<LanguageTag>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<Box<ContentFilter>>,
    ) -> Result<Connection<AnyContent, Hit>> {
        let asked = Query::parse(&query).map_err(|fault| Error::TooMuch(fault.to_string()))?;
        let query = spelt(rows(ctx), &asked).await?;
        let mut test = shown::<AnyContent>(filter.as_deref())?;
        if let Some(kinds) = kinds {
            test = test.and(Test::Named(TYPE, Box::new(of_kinds(kinds))));
        }
        if query.is_empty() {
            test = Test::never();
        }
        let languages = language.map_or_else(Vec::new, |language| language.ranges());
        let page = Arguments::new(first, after, last, before);
        let search = Search::new(asked, query, languages);
        Ok(Connection::of(Listing::new(search, (), &page, test, None)?))
    }
}

/// The query with other spellings of its words that no content has.
async fn spelt(rows: &Rows, query: &Query) -> Result<Query> {
    let words: Vec<(String, bool)> = query
        .words()
        // Shorter ones are in no vocabulary.
        .filter(|(word, _)| halves(word).is_some())
        .map(|(word, prefix)| (word.to_owned(), prefix))
        .collect();
    let asked = words.into_iter().map(|(word, prefix)| async move {
        let spelling = Spelling {
            word: word.clone(),
            prefix,
        };
        let near = rows.ask(spelling).await?;
        Ok::<_, Error>((word, near.unwrap_or_default()))
    });
    let mut spellings: HashMap<_, Vec<_>> = HashMap::new();
    for (word, near) in try_join_all(asked).await? {
        // A word may be asked for whole and as a beginning, and be there as one of the two only.
        let spellings = spellings.entry(word).or_default();
        spellings.extend(near.iter().cloned());
    }
    Ok(query.restate(|word| spellings.get(word).cloned().unwrap_or_default()))
}
