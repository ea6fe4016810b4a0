//! `civigraph serve`: from nothing to answers.

use anyhow::Context;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio::net::TcpListener;
use tracing::info;

use crate::{
    catalogue,
    config::Config,
    publish::{Published, publish},
    serve::{self, Service},
};

/// Serves until told to stop. What can fail without a trace comes first: the catalogue is read and the
/// address taken before the database is touched.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let documents = catalogue::read(&config.files())?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let db = super::connect(config).await?;
    super::migrate(&db).await?;
    if is_empty(&db).await? {
        let Published { created, .. } = publish(&db, &documents, super::now()).await?;
        info!(
            content.created = created,
            "Loaded the catalogue: {created} pieces of content"
        );
    } else if let Some(directory) = &config.content {
        info!(
            "The database has content already, so `{}` was not loaded: `civigraph load` does that",
            directory.display()
        );
    }
    let address = listener.local_addr()?;
    println!("GraphiQL  http://{address}/");
    println!("GraphQL   http://{address}/graphql");
    serve::serve(
        listener,
        Service::new(config, db.clone(), super::now),
        config,
    )
    .await?;
    db.close().await?;
    info!("Stopped");
    Ok(())
}

async fn is_empty(db: &DatabaseConnection) -> anyhow::Result<bool> {
    Ok(entity::node::Entity::find().count(db).await? == 0)
}
