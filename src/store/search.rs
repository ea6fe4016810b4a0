//! The search index, which each engine has in a form of its own: FTS5 on SQLite, `tsvector` on PostgreSQL.
//!
//! Both are given words that were split and folded here ([`crate::search`]), so that they find the same.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query as sql},
};
use uuid::Uuid;

use entity::search_entry;

use super::one_of_ids;
use crate::search::{Phrase, Query, index_words};

/// Which texts of an entry are looked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// The title.
    Title,
    /// The title, the summary and the details.
    Head,
    /// All of them.
    All,
}

/// So many words of a text are found: PostgreSQL counts places up to 16,383, for all texts of an entry.
const MOST_WORDS: [(Part, usize); 4] = [
    (Part::Title, 100),
    (Part::Details, 2_000),
    (Part::Summary, 200),
    (Part::Body, 12_000),
];

#[derive(Clone, Copy)]
enum Part {
    Title,
    Details,
    Summary,
    Body,
}

impl Part {
    fn of(self, entry: &search_entry::Model) -> &str {
        match self {
            Self::Title => &entry.title,
            Self::Details => &entry.details,
            Self::Summary => &entry.summary,
            Self::Body => &entry.body,
        }
    }

    /// The weight that PostgreSQL knows the text by.
    fn label(self) -> char {
        match self {
            Self::Title => 'A',
            Self::Details => 'B',
            Self::Summary => 'C',
            Self::Body => 'D',
        }
    }
}

/// PostgreSQL keeps so many places of a word in an entry: the others are left out on both engines.
const MOST_PLACES: usize = 256;

/// Stands in the place of a word that is left out. No query has it.
const LEFT_OUT: &str = "\u{e000}";

/// The words of an entry's texts that are found: title, details, summary, body.
pub fn indexed(entry: &search_entry::Model) -> [Vec<String>; 4] {
    let mut places: HashMap<String, usize> = HashMap::new();
    MOST_WORDS.map(|(part, most)| {
        let mut words = index_words(part.of(entry), most);
        for word in &mut words {
            let known = places.entry(word.clone()).or_default();
            *known += 1;
            if *known > MOST_PLACES {
                LEFT_OUT.clone_into(word);
            }
        }
        words
    })
}

/// Takes all entries of these nodes, and their words, out of the index.
pub async fn unindex(db: &impl ConnectionTrait, nodes: &[Uuid]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let theirs = |column| one_of_ids(backend, Expr::col(column), nodes.iter().copied());
    if backend != DbBackend::Postgres {
        let entries = sql::select()
            .column("id")
            .from(search_entry::Entity)
            .and_where(theirs("node_id"))
            .take();
        let delete = sql::delete()
            .from_table(FTS5)
            .and_where(Expr::col("rowid").in_subquery(entries))
            .take();
        db.execute(&delete).await?;
    }
    search_entry::Entity::delete_many()
        .filter(theirs("node_id"))
        .exec(db)
        .await
        .map(drop)
}

/// The table that SQLite has the words in. PostgreSQL has them in a column of the entries.
const FTS5: &str = "search_index";

/// Rows in one statement: eleven parameters each.
const CHUNK: usize = 500;

/// An entry, and its words as [`indexed`] gives them.
pub type Indexed = (search_entry::Model, [Vec<String>; 4]);

/// Puts entries into the index.
pub async fn index(db: &impl ConnectionTrait, entries: &[Indexed]) -> Result<(), DbErr> {
    let on_postgres = db.get_database_backend() == DbBackend::Postgres;
    for entries in entries.chunks(CHUNK) {
        let mut insert = sql::insert();
        insert.into_table(search_entry::Entity);
        let columns = search_entry::Column::iter().map(|column| column.as_str());
        insert.columns(columns.chain(on_postgres.then_some("words")));
        for (entry, words) in entries {
            let columns = search_entry::Column::iter();
            let values = columns.map(|column| Expr::val(entry.get(column)));
            let vector = on_postgres.then(|| Expr::val(tsvector(words)).cast_as("tsvector"));
            insert.values_panic(values.chain(vector));
        }
        db.execute(&insert).await?;
        if !on_postgres {
            let mut insert = sql::insert();
            insert
                .into_table(FTS5)
                .columns(["rowid", "title", "details", "summary", "body"]);
            for (entry, words) in entries {
                let texts = words.each_ref().map(|words| Expr::val(words.join(" ")));
                insert.values_panic([Expr::val(entry.id)].into_iter().chain(texts));
            }
            db.execute(&insert).await?;
        }
    }
    Ok(())
}

/// Words with their places, as PostgreSQL reads them. The texts stand far apart, so that no phrase
/// reaches from one into the next.
fn tsvector(words: &[Vec<String>; 4]) -> String {
    use std::fmt::Write;
    let mut vector = String::new();
    let mut place = 1;
    for (words, (part, _)) in words.iter().zip(MOST_WORDS) {
        for word in words {
            if word == LEFT_OUT {
                place += 1;
                continue;
            }
            write!(vector, "'{word}':{place}{} ", part.label())
                .expect("writing to a string cannot fail");
            place += 1;
        }
        place += 10;
    }
    vector
}

/// Whether an entry has in these texts what a query asks for.
pub fn matches(backend: DbBackend, query: &Query, fields: Fields) -> Expr {
    if query.is_empty() {
        return Expr::val(1).eq(0);
    }
    let any = |term: &crate::search::Term| {
        let phrases = term.alternatives.iter();
        let phrases: Vec<_> = phrases
            .map(|phrase| match backend {
                DbBackend::Postgres => tsquery(phrase, fields),
                _ => fts5(phrase),
            })
            .collect();
        let or = if backend == DbBackend::Postgres {
            " | "
        } else {
            " OR "
        };
        format!("({})", phrases.join(or))
    };
    let terms: Vec<_> = query.terms.iter().map(any).collect();
    let entry = |column: &'static str| Expr::col((search_entry::Entity, column));
    if backend == DbBackend::Postgres {
        return Expr::cust_with_exprs(
            "$1 @@ CAST($2 AS tsquery)",
            [entry("words"), Expr::val(terms.join(" & "))],
        );
    }
    let columns = match fields {
        Fields::Title => "{title} : ",
        Fields::Head => "{title details summary} : ",
        Fields::All => "",
    };
    let found = sql::select()
        .column("rowid")
        .from(FTS5)
        .and_where(Expr::cust_with_values(
            "search_index MATCH ?",
            [format!("{columns}({})", terms.join(" AND "))],
        ))
        .take();
    entry("id").in_subquery(found)
}

/// A phrase as PostgreSQL reads it. Words have neither quotes nor backslashes.
fn tsquery(phrase: &Phrase, fields: Fields) -> String {
    let labels = match fields {
        Fields::Title => "A",
        Fields::Head => "ABC",
        Fields::All => "",
    };
    let last = phrase.words.len() - 1;
    let words = phrase.words.iter().enumerate().map(|(index, word)| {
        let star = if phrase.prefix && index == last {
            "*"
        } else {
            ""
        };
        if labels.is_empty() && star.is_empty() {
            format!("'{word}'")
        } else {
            format!("'{word}':{star}{labels}")
        }
    });
    let words: Vec<_> = words.collect();
    format!("({})", words.join(" <-> "))
}

/// A phrase as FTS5 reads it.
fn fts5(phrase: &Phrase) -> String {
    let star = if phrase.prefix { " *" } else { "" };
    format!("\"{}\"{star}", phrase.words.join(" "))
}
