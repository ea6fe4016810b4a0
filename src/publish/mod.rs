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
use entity::node;
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use uuid::Uuid;

pub use self::derive::derive;
use self::{batch::Batch, history::History, resolve::Targets};
use crate::{
    digest::sha256,
    document::{Document, Fault, Id},
    store::announce,
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
    // PostgreSQL keeps microseconds: what is written is what will be read.
    let at = at.trunc_subsecs(6);
    let transaction = db.begin().await?;
    let revision = write::next_revision(&transaction).await?;
    let known = write::known(&transaction, documents).await?;
    let targets = resolve::targets(&transaction, documents).await?;
    let fresh: Vec<_> = documents
        .iter()
        .map(|document| Edition::of(document, &targets))
        .filter(|edition| {
            let before = known.get(&edition.id.node);
            before.map(|node| &node.content_hash) != Some(&edition.hash)
        })
        .collect();
    let updated = fresh
        .iter()
        .filter(|edition| known.contains_key(&edition.id.node))
        .count();
    let published = Published {
        created: fresh.len() - updated,
        updated,
        unchanged: documents.len() - fresh.len(),
    };
    if fresh.is_empty() {
        transaction.rollback().await?;
        return Ok(published);
    }
    let faults = resolve::faults(&transaction, &fresh, &targets).await?;
    if !faults.is_empty() {
        transaction.rollback().await?;
        return Err(PublishError::Faulty(faults));
    }
    let history = History::read(&transaction, &fresh, &known).await?;
    let mut batch = Batch::default();
    for edition in &fresh {
        let made_from = history.made_from(edition);
        batch.add(edition.id, edition.document, &made_from, &targets);
    }
    resolve::give_up_slugs(&transaction, &fresh).await?;
    write::nodes(&transaction, &fresh, &history, &targets, at).await?;
    batch.save(&transaction).await?;
    write::editions(&transaction, &fresh, &history, revision, at).await?;
    announce(&transaction).await?;
    transaction.commit().await?;
    Ok(published)
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
