//! The one door for writing: documents become rows, links, editions and changes, all or nothing.

mod batch;
mod event;
mod goal;
mod initiative;
mod media;
mod partner;
mod programme;
mod resolve;
mod strategy;
mod text;
mod write;

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};
use uuid::Uuid;

use self::{batch::Batch, resolve::Targets, write::Known};
use crate::document::{Document, Fault, Id};

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
    #[error("nothing was published, for {}", faults(.0))]
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
    let fresh: Vec<_> = documents
        .iter()
        .map(Edition::of)
        .filter(|edition| known.get(&edition.id.node).map(Known::hash) != Some(&edition.hash))
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
    let targets = resolve::targets(&transaction, documents, &fresh).await?;
    let faults = resolve::faults(&transaction, &fresh, &targets).await?;
    if !faults.is_empty() {
        transaction.rollback().await?;
        return Err(PublishError::Faulty(faults));
    }
    let mut batch = Batch::default();
    for edition in &fresh {
        batch.add(edition.id, edition.document, &targets);
    }
    write::nodes(&transaction, &fresh, &known, at).await?;
    batch.save(&transaction).await?;
    write::editions(&transaction, &fresh, &known, revision, at).await?;
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
    fn of(document: &'d Document) -> Self {
        let value = document.to_value();
        Self {
            id: document.id(),
            document,
            hash: text::sha256(&value.to_string()),
            value,
        }
    }
}

type KnownNodes = HashMap<Uuid, Known>;
