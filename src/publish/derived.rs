//! What is derived from documents, so that it can be filtered, counted and searched: folded texts, facets,
//! search entries.

use std::collections::BTreeSet;

use entity::{
    folded_text,
    node::Kind,
    node_facet::{self, Facet},
    search_entry, search_word,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    Targets,
    batch::{Batch, CHUNK, Columns, replace},
};
use crate::{
    document::{AnySlug, Document, PartialDate, Slug},
    search::{fold, reversed},
    store::{self, Indexed},
};

/// What a piece is told apart by, beside its topics and its language.
#[derive(Default)]
pub(super) struct Told<'d> {
    /// Which kind of programme, organisation, event or medium it is.
    pub(super) kind: Option<String>,
    /// Whom it is for.
    pub(super) audiences: Vec<String>,
    /// What it works towards.
    pub(super) goals: Vec<&'d Slug>,
    /// Who has a part in it.
    pub(super) partners: Vec<&'d Slug>,
    /// What it belongs to.
    pub(super) programmes: Vec<&'d Slug>,
    /// Pieces of any kind that it is about.
    pub(super) about: Vec<&'d AnySlug>,
    /// When it was.
    pub(super) date: Option<PartialDate>,
}

/// What is searched of a piece beside its title, its summary and its body.
#[derive(Default)]
pub(super) struct Said {
    details: Vec<String>,
    body: Vec<String>,
}

impl Batch {
    /// Adds texts of a piece that filters look in, each with the name that clients know it by, and that
    /// are searched.
    pub(super) fn say<const N: usize>(
        &mut self,
        row: &Columns<'_>,
        texts: [(&str, Option<&str>); N],
    ) {
        for (field, text) in texts {
            if let Some(text) = text {
                self.fold(row.id, field, text);
                self.mention(row, [text]);
            }
        }
    }

    /// Adds texts of a piece that are searched.
    pub(super) fn mention<'t>(
        &mut self,
        row: &Columns<'_>,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let said = self.said.entry(row.id).or_default();
        said.details
            .extend(texts.into_iter().map(ToOwned::to_owned));
    }

    /// Adds long texts of a piece that are searched.
    pub(super) fn quote_at_length<'t>(
        &mut self,
        row: &Columns<'_>,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let said = self.said.entry(row.id).or_default();
        said.body.extend(texts.into_iter().map(ToOwned::to_owned));
    }

    fn fold(&mut self, node: Uuid, field: &str, text: &str) {
        self.folded_texts.push(folded_text::ActiveModel {
            node_id: Set(node),
            field: Set(field.to_owned()),
            text: Set(fold(text)),
        });
    }

    /// Adds what a piece is told apart by.
    pub(super) fn tell(&mut self, row: &Columns<'_>, told: &Told<'_>, targets: &Targets) {
        let mut facets = BTreeSet::new();
        let word = |facet| move |word: &String| (facet, word.clone(), None);
        facets.extend(told.kind.iter().map(word(Facet::Kind)));
        facets.extend(told.audiences.iter().map(word(Facet::Audience)));
        let year = |date: PartialDate| date.first_day().format("%Y").to_string();
        facets.extend(told.date.map(|date| (Facet::Year, year(date), None)));
        let mut target = |facet, id: Uuid| {
            facets.insert((facet, id.simple().to_string(), Some(id)));
        };
        for goal in &told.goals {
            target(Facet::Goal, targets.id(Kind::Goal, goal));
        }
        for partner in &told.partners {
            target(Facet::Partner, targets.id(Kind::Partner, partner));
        }
        for programme in &told.programmes {
            target(Facet::Programme, targets.id(Kind::Programme, programme));
        }
        for about in &told.about {
            let facet = match about.kind {
                Kind::Goal => Facet::Goal,
                Kind::Partner => Facet::Partner,
                Kind::Programme => Facet::Programme,
                _ => continue,
            };
            target(facet, targets.id(about.kind, &about.slug));
        }
        if row.kind == Kind::Programme {
            target(Facet::Programme, row.id);
        }
        let models = facets
            .into_iter()
            .map(|(facet, value, target)| node_facet::ActiveModel {
                node_id: Set(row.id),
                facet: Set(facet),
                value: Set(value),
                target_id: Set(target),
            });
        self.node_facets.extend(models);
    }

    /// Adds what is searched of a document, when all else was added.
    pub(super) fn add_entries(&mut self, row: &Columns<'_>, document: &Document, body: &str) {
        let piece = &document.piece;
        self.fold(row.id, "summary", &piece.summary);
        let said = self.said.remove(&row.id).unwrap_or_default();
        let details = said.details.join("\n");
        let body = [&[body.to_owned()], said.body.as_slice()]
            .concat()
            .join("\n");
        let original = search_entry::Model {
            id: entry_id(row.id, &piece.language),
            node_id: row.id,
            language: piece.language.clone(),
            original: true,
            weight: 0,
            title_words: String::new(),
            title: piece.title.clone(),
            details,
            summary: piece.summary.clone(),
            body: body.trim().to_owned(),
        };
        let translations = piece.translations.iter().map(|translation| {
            let summary = translation.summary.as_ref();
            let body = translation.body.as_ref();
            let body = body.map(|body| super::text::render(body).1);
            search_entry::Model {
                id: entry_id(row.id, &translation.language),
                language: translation.language.clone(),
                original: false,
                title: translation.title.clone(),
                // What is not translated is served in the original.
                summary: summary.unwrap_or(&original.summary).clone(),
                body: body.unwrap_or_else(|| original.body.clone()),
                ..original.clone()
            }
        });
        let mut entries: Vec<_> = translations.collect();
        entries.push(original);
        for mut entry in entries {
            let words = store::indexed(&entry);
            entry.weight = weight(row.kind, words[0].len());
            entry.title_words = words[0].join(" ");
            self.search_entries.push((entry, words));
        }
    }

    /// Writes what is derived, in the place of what was.
    pub(super) async fn save_derived(
        &mut self,
        db: &impl ConnectionTrait,
        owners: &[Uuid],
    ) -> Result<(), DbErr> {
        let of = node_facet::Column::NodeId;
        replace(db, owners, of, std::mem::take(&mut self.node_facets)).await?;
        let of = folded_text::Column::NodeId;
        replace(db, owners, of, std::mem::take(&mut self.folded_texts)).await?;
        store::unindex(db, owners).await?;
        store::index(db, &self.search_entries).await?;
        vocabulary(db, &self.search_entries).await
    }
}

/// The identifier of the texts of a piece in a language: the first 63 bits of one that is derived as others
/// are, since the full-text index of SQLite takes no longer one.
fn entry_id(node: Uuid, language: &str) -> i64 {
    let derived = super::attached::derived(node, &format!("search {language}"));
    let (high, _) = derived.as_u64_pair();
    i64::try_from(high >> 1).expect("it has 63 bits")
}

/// What goes first among pieces that fit equally well: what a government runs before who has a part in it,
/// before what tells of it; then those with short titles, which say little else.
fn weight(kind: Kind, title_words: usize) -> i32 {
    let rank = match kind {
        Kind::Strategy | Kind::Goal | Kind::Programme => 0,
        Kind::Initiative | Kind::Partner => 1,
        Kind::Event | Kind::Topic => 2,
        Kind::Person | Kind::Statistic | Kind::Award | Kind::Challenge => 3,
        Kind::Quote => 4,
        Kind::Page => 5,
        Kind::Media => 6,
    };
    rank * 100 + i32::try_from(title_words.min(99)).expect("it is small")
}

/// Adds words to the vocabulary that misspelt words are put right by. It only grows: a word that no
/// content has any more is merely not taken for a slip.
async fn vocabulary(db: &impl ConnectionTrait, entries: &[Indexed]) -> Result<(), DbErr> {
    let words: BTreeSet<&String> = entries
        .iter()
        .flat_map(|(_, words)| words)
        .flatten()
        .collect();
    let long: Vec<&String> = words
        .into_iter()
        .filter(|word| word.chars().count() > 3)
        .collect();
    let known = OnConflict::column(search_word::Column::Word)
        .do_nothing()
        .to_owned();
    for words in long.chunks(CHUNK) {
        let models: Vec<_> = words.iter().map(|word| model(word)).collect();
        search_word::Entity::insert_many(models)
            .on_conflict(known.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

fn model(word: &str) -> search_word::ActiveModel {
    search_word::ActiveModel {
        word: Set(word.to_owned()),
        reversed: Set(reversed(word)),
    }
}
