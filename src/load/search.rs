//! "What fits these words": ranked, over the content of all kinds and languages.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::{
    derived::{Derived, Of},
    node, search_entry, search_word,
};
use sea_orm::{
    ColumnTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait,
    sea_query::{
        Alias, Asterisk, CaseStatement, Expr, ExprTrait, Func, Query as Select, SelectStatement,
        UnionType,
    },
};
use uuid::Uuid;

use super::{
    By, ColumnSet, Link, Names, Order, Question, Row, Scope, Source, Terms, held::weight_of_row,
    in_order, order::Way,
};
use crate::{
    error::Result,
    search::{Query, halves, near},
    store::{Fields, matches, one_of_ids},
};

/// The content that fits a query, the best first.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Search<R> {
    sought: Arc<Sought>,
    rows: PhantomData<fn() -> R>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Sought {
    /// What was asked.
    asked: Query,
    /// The same with words that are there.
    query: Query,
    languages: Vec<String>,
}

impl<R> Search<R> {
    /// What fits a query, which was asked with other spellings, in the texts of these languages, in small
    /// letters: of each piece those of the first language that it has, else the original. In the texts of
    /// all languages if none is given.
    pub fn new(asked: Query, query: Query, languages: Vec<String>) -> Self {
        let sought = Sought {
            asked,
            query,
            languages,
        };
        Self {
            sought: Arc::new(sought),
            rows: PhantomData,
        }
    }
}

/// The ranks that a query gives: the smallest is the best.
const HIT: &str = "hit";
const RANK: Derived = Derived {
    table: HIT,
    name: "rank",
    of: Of::Int,
};

/// Between two degrees of fitting there is room for all weights.
const DEGREE: i32 = 10_000;

impl<R: Row<Table = node::Entity>> Scope for Search<R> {
    type Row = R;
    type Link = Found;
    type Parent = ();

    fn terms(&self) -> Terms {
        let by = [By::Beside(RANK), By::Row(node::Column::SortTitle)];
        let order = Order::each(by.map(|by| (by, Way::Up)).to_vec());
        Terms::new::<node::Entity, node::Entity>(&order)
            .told_by(&(&self.sought.asked, &self.sought.languages))
    }

    fn narrow(&self, query: &mut SelectStatement, backend: DbBackend, _: &[()]) {
        let id = Expr::col((node::Entity, node::Column::Id));
        let met = Expr::col((HIT, "node_id")).eq(id);
        query.join_subquery(
            sea_orm::JoinType::InnerJoin,
            self.sought.hits(backend),
            Alias::new(HIT),
            met,
        );
    }

    fn parent() -> Option<Expr> {
        None
    }

    fn parent_of(_: &QueryResult, _: &Names) -> Result<(), DbErr> {
        Ok(())
    }

    fn links(
        &self,
        _: ColumnSet,
        _: &Names,
    ) -> Result<impl FnMut(&QueryResult) -> Result<Found, DbErr> + Send, DbErr> {
        Ok(|row: &QueryResult| {
            Ok(Found {
                node: row.try_get("", "id")?,
                sought: self.sought.clone(),
            })
        })
    }
}

impl Sought {
    /// The nodes whose texts fit, each with its rank.
    fn hits(&self, backend: DbBackend) -> SelectStatement {
        let entry = |column| Expr::col((search_entry::Entity, column));
        let fits = |fields| matches(backend, &self.query, fields);
        let whole = entry(search_entry::Column::TitleWords).eq(self.query.whole());
        let degree: Expr = CaseStatement::new()
            .case(whole, 0)
            .case(fits(Fields::Title), DEGREE)
            .case(fits(Fields::Head), 2 * DEGREE)
            .finally(3 * DEGREE)
            .into();
        let rank = degree.add(entry(search_entry::Column::Weight)).min();
        let mut hits = Select::select();
        hits.column((search_entry::Entity, search_entry::Column::NodeId))
            .expr_as(rank, RANK.name)
            .from(search_entry::Entity)
            .and_where(fits(Fields::All))
            .add_group_by([entry(search_entry::Column::NodeId)]);
        if !self.languages.is_empty() {
            hits.and_where(self.served());
        }
        hits
    }

    /// That an entry is what is served for the languages: no better one is there.
    fn served(&self) -> Expr {
        let language = lower(Expr::col((
            search_entry::Entity,
            search_entry::Column::Language,
        )));
        let original = Expr::col((search_entry::Entity, search_entry::Column::Original));
        let mut better: Vec<&String> = Vec::new();
        let mut ways = Vec::new();
        for wanted in &self.languages {
            let none_better = none_of(&better);
            ways.push(language.clone().eq(wanted.as_str()).and(none_better));
            better.push(wanted);
        }
        ways.push(original.eq(true).and(none_of(&better)));
        ways.into_iter()
            .reduce(ExprTrait::or)
            .expect("the original is a way")
    }
}

fn lower(text: Expr) -> Expr {
    Expr::expr(Func::lower(text))
}

/// That a piece has no text in these languages.
fn none_of(languages: &[&String]) -> Expr {
    const OTHER: &str = "other";
    if languages.is_empty() {
        return Expr::val(1).eq(1);
    }
    let node = Expr::col((search_entry::Entity, search_entry::Column::NodeId));
    let others = Select::select()
        .expr(Expr::val(1))
        .from_as(search_entry::Entity, OTHER)
        .and_where(Expr::col((OTHER, "node_id")).eq(node))
        .and_where(
            lower(Expr::col((OTHER, "language")))
                .is_in(languages.iter().map(|language| language.as_str())),
        )
        .take();
    Expr::exists(others).not()
}

/// What a search knows of a piece that it found.
#[derive(Clone, Debug)]
pub struct Found {
    node: Uuid,
    sought: Arc<Sought>,
}

impl Found {
    /// What was searched for.
    pub fn query(&self) -> &Query {
        &self.sought.query
    }

    /// The languages whose texts were looked in, the first before the second; none for all.
    pub fn languages(&self) -> &[String] {
        &self.sought.languages
    }

    /// Asks for the texts of the piece.
    pub fn texts(&self) -> Texts {
        Texts(self.node)
    }
}

impl Link for Found {
    fn value(&self, _: &str) -> sea_orm::Value {
        unreachable!("a search goes by no junction")
    }
}

/// Asks for the texts of a piece, in all its languages: the original first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Texts(Uuid);

impl Question for Texts {
    type Answer = Vec<search_entry::Model>;

    fn weight_of(texts: &Self::Answer) -> usize {
        let all = ColumnSet::all::<search_entry::Entity>();
        texts.iter().map(|text| weight_of_row(text, all)).sum()
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<Self::Answer>>>> {
        let nodes = questions.iter().map(|question| question.0);
        let node = Expr::col((search_entry::Entity, search_entry::Column::NodeId));
        let entries = search_entry::Entity::find()
            .filter(one_of_ids(db.backend(), node, nodes))
            .order_by_desc(search_entry::Column::Original)
            .order_by_asc(search_entry::Column::Language)
            .into_query();
        let mut texts: HashMap<_, Vec<_>> = HashMap::new();
        for row in db.rows(entries).await? {
            let entry = search_entry::Model::from_query_result(&row, "")?;
            texts.entry(entry.node_id).or_default().push(entry);
        }
        let texts = in_order(questions, |question| question.0, texts).into_iter();
        Ok(texts.map(|texts| texts.map(Arc::new)).collect())
    }
}

/// Asks for other spellings of a word that no content has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spelling {
    /// The word, folded.
    pub word: String,
    /// Whether it may be the beginning of a longer one.
    pub prefix: bool,
}

/// So many words may look like one that is misspelt.
const MOST_LIKE: u64 = 5_000;

impl Question for Spelling {
    type Answer = Vec<String>;

    fn weight_of(spellings: &Self::Answer) -> usize {
        let spellings = spellings.iter();
        spellings.map(|word| size_of::<String>() + word.len()).sum()
    }

    async fn answer(db: &Source, questions: &[&Self]) -> Result<Vec<Option<Arc<Vec<String>>>>> {
        // They come in any order: the statement is to be the same each time.
        let mut sorted = questions.to_vec();
        sorted.sort();
        let known = sorted.iter().map(|question| (question.known(), 1));
        let known = words(db, known.collect()).await?;
        let unknown: Vec<_> = sorted
            .into_iter()
            .filter(|question| !known.iter().any(|word| question.is(word)))
            .collect();
        let like = unknown.iter().filter_map(|question| question.like());
        let like = words(db, like.map(|like| (like, MOST_LIKE)).collect()).await?;
        let spellings = unknown.into_iter().map(|question| {
            let near = near(&question.word, like.iter().cloned());
            (question, Arc::new(near))
        });
        Ok(in_order(
            questions,
            |question| question,
            spellings.collect(),
        ))
    }
}

/// The first words of which each of these holds, at most so many of each: in one statement.
async fn words(db: &Source, which: Vec<(Expr, u64)>) -> Result<Vec<String>> {
    let parts = which.into_iter().map(|(which, most)| {
        let mut words = search_word::Entity::find()
            .select_only()
            .column(search_word::Column::Word)
            .filter(which)
            .order_by_asc(search_word::Column::Word)
            .limit(most)
            .into_query();
        Select::select()
            .column(Asterisk)
            .from_subquery(words.take(), "words")
            .take()
    });
    let all = parts.reduce(|mut all, part| all.union(UnionType::All, part).take());
    let Some(all) = all else {
        return Ok(Vec::new());
    };
    let rows = db.rows_of_union(&all).await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "word")?))
        .collect()
}

impl Spelling {
    fn is(&self, word: &str) -> bool {
        if self.prefix {
            word.starts_with(&self.word)
        } else {
            word == self.word
        }
    }

    fn known(&self) -> Expr {
        if self.prefix {
            begins(search_word::Column::Word, &self.word)
        } else {
            search_word::Column::Word.eq(self.word.as_str())
        }
    }

    /// One slip leaves one half of a word as it is.
    fn like(&self) -> Option<Expr> {
        let (beginning, ending) = halves(&self.word)?;
        let begins_alike = begins(search_word::Column::Word, &beginning);
        let halves = begins_alike.or(begins(search_word::Column::Reversed, &ending));
        let word = Expr::col((search_word::Entity, search_word::Column::Word));
        let length = i64::try_from(self.word.chars().count()).unwrap_or(i64::MAX);
        let as_long = Expr::expr(Func::char_length(word)).between(length - 1, length + 1);
        Some(halves.and(as_long))
    }
}

fn begins(column: search_word::Column, beginning: &str) -> Expr {
    let end = format!("{beginning}{}", char::MAX);
    column.gte(beginning).and(column.lt(end))
}
