//! `civigraph load`: a catalogue into the database.

use crate::{catalogue, config::Config, publish::publish};

/// Publishes what is new in the catalogue, all or nothing.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let documents = catalogue::read(&config.files())?;
    let db = super::connect(config, None).await?;
    super::migrate(&db).await?;
    let published = publish(&db, &documents, super::now()).await?;
    println!(
        "{} created, {} updated, {} unchanged",
        published.created, published.updated, published.unchanged
    );
    db.close().await?;
    Ok(())
}
