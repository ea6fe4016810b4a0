//! The one door for writing: documents become rows, links, editions and changes, all or nothing.

mod attached;
mod award;
mod batch;
mod challenge;
mod derive;
mod derived;
mod event;
mod goal;
mod history;
mod initiative;
mod media;
mod page;
mod partner;
mod person;
mod programme;
mod quote;
mod resolve;
mod statistic;
mod strategy;
mod tally;
mod text;
mod topic;
mod write;

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use entity::node::{self, Kind};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait};
use uuid::Uuid;

pub(crate) use self::batch::upsert;
use self::{batch::Batch, history::History, resolve::Targets};
pub use self::{derive::derive, history::documents};
use crate::{
    digest::sha256,
    document::{Document, Fault, Id, Slug},
    store::{announce, settled},
};

/// What came of a publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Pieces that were not there before.
    pub created: usize,
    /// Pieces that got a new edition.
    pub updated: usize,
    /// Pieces that were there already, as they are.
    pub unchanged: usize,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Documents have faults.
    #[error("nothing was published, because of these faults:{}", faults(.0))]
    Faulty(Vec<(Id, Fault)>),
    /// The database failed.
    #[error("the database failed, so nothing was published")]
    Database(#[from] DbErr),
}

fn faults(faults: &[(Id, Fault)]) -> String {
    let lines = faults
        .iter()
        .map(|(id, fault)| format!("\n  {id}: {fault}"));
    lines.collect()
}

/// Publishes these documents: those that say anything new, in one transaction, at this moment.
///
/// The caller has checked them ([`crate::document::read`]); what only the database can tell is checked
/// here. Publications wait for each other.
pub async fn publish(
    db: &DatabaseConnection,
    documents: &[Document],
    at: DateTime<Utc>,
) -> Result<Published, PublishError> {
    let mut publication = Publication::begin(db, at).await?;
    publication.add(documents).await?;
    publication.finish().await
}

/// A publication in parts, so that not all documents need be in memory at once: one transaction, all or nothing.
/// One that is dropped has changed nothing.
pub struct Publication {
    transaction: DatabaseTransaction,
    revision: i64,
    at: DateTime<Utc>,
    promised: Targets,
    published: Published,
    noted: bool,
}

/// What came of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// What it is called.
    pub id: Id,
    /// What tells whether a piece is still as this document has it: as in its node.
    pub content_hash: String,
    /// Whether it was there before, and whether this is a new edition.
    pub effect: Effect,
}

/// What a document changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The piece was not there before.
    Created,
    /// The piece got a new edition.
    Updated,
    /// The piece was there already, as it is.
    Unchanged,
}

impl Publication {
    /// Begins one at this moment. Others wait until it is finished or dropped.
    pub async fn begin(db: &DatabaseConnection, at: DateTime<Utc>) -> Result<Self, DbErr> {
        let transaction = db.begin().await?;
        let revision = write::next_revision(&transaction).await?;
        Ok(Self {
            transaction,
            revision,
            // PostgreSQL keeps microseconds: what is written is what will be read.
            at: at.trunc_subsecs(6),
            promised: Targets::default(),
            published: Published::default(),
            noted: false,
        })
    }

    /// Lets documents name a piece that a later part of this publication holds.
    pub fn promise(&mut self, kind: Kind, slug: &Slug, node: Uuid) {
        self.promised.add(kind, slug, node);
    }

    /// Publishes a part: no two of its documents may be of one piece. Says of each what came of it.
    pub async fn add(&mut self, documents: &[Document]) -> Result<Vec<Added>, PublishError> {
        let db = &self.transaction;
        let known = write::known(db, documents).await?;
        let targets = resolve::targets(db, documents, &self.promised).await?;
        let editions: Vec<_> = documents
            .iter()
            .map(|document| Edition::of(document, &targets))
            .collect();
        let added = editions.iter().map(|edition| added(edition, &known));
        let added: Vec<_> = added.collect();
        self.published.count(&added);
        let fresh = editions.into_iter().zip(&added);
        let fresh = fresh.filter(|(_, added)| added.effect != Effect::Unchanged);
        let fresh: Vec<_> = fresh.map(|(edition, _)| edition).collect();
        if fresh.is_empty() {
            return Ok(added);
        }
        let faults = resolve::faults(db, &fresh, &targets).await?;
        if !faults.is_empty() {
            return Err(PublishError::Faulty(faults));
        }
        let history = History::read(db, &fresh, &known).await?;
        let mut batch = Batch::default();
        for edition in &fresh {
            let made_from = history.made_from(edition);
            batch.add(edition.id, edition.document, &made_from, &targets);
        }
        let counted = batch.count(db).await?;
        resolve::give_up_slugs(db, &fresh).await?;
        write::nodes(db, &fresh, &history, &targets, self.at).await?;
        batch.save(db, counted).await?;
        write::editions(db, &fresh, &history, self.revision, self.at).await?;
        Ok(added)
    }

    /// Reads what is there, with what this publication has written so far.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Writes what is no content, and becomes true with it or not at all.
    pub fn note(&mut self) -> &DatabaseTransaction {
        self.noted = true;
        &self.transaction
    }

    /// Makes all of it true at once. If there is nothing new, nothing changes, the revision neither.
    pub async fn finish(self) -> Result<Published, PublishError> {
        let published = self.published;
        if published.created + published.updated > 0 {
            announce(&self.transaction).await?;
        } else if !self.noted {
            self.transaction.rollback().await?;
            return Ok(published);
        }
        self.transaction.commit().await?;
        // Who hears of it and asks, of whatever process, gets it.
        settled().await;
        Ok(published)
    }

    /// Undoes all of it. Says what it would have done.
    pub async fn undo(self) -> Result<Published, DbErr> {
        self.transaction.rollback().await?;
        Ok(self.published)
    }
}

impl Published {
    fn count(&mut self, added: &[Added]) {
        for added in added {
            match added.effect {
                Effect::Created => self.created += 1,
                Effect::Updated => self.updated += 1,
                Effect::Unchanged => self.unchanged += 1,
            }
        }
    }
}

fn added(edition: &Edition<'_>, known: &KnownNodes) -> Added {
    let effect = match known.get(&edition.id.node) {
        None => Effect::Created,
        Some(node) if node.content_hash != edition.hash => Effect::Updated,
        Some(_) => Effect::Unchanged,
    };
    Added {
        id: edition.id,
        content_hash: edition.hash.clone(),
        effect,
    }
}

/// A document that is to be published.
struct Edition<'d> {
    id: Id,
    document: &'d Document,
    value: serde_json::Value,
    hash: String,
}

impl<'d> Edition<'d> {
    /// The hash is of what the document says and of whom it names: a slug may come to name another.
    fn of(document: &'d Document, targets: &Targets) -> Self {
        let value = document.to_value();
        let hash = sha256(&format!("{value} {:?}", targets.of(document)));
        Self {
            id: document.id(),
            document,
            value,
            hash,
        }
    }
}

type KnownNodes = HashMap<Uuid, node::Model>;
