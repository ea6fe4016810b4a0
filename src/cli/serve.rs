//! `civigraph serve`: from nothing to answers.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio::net::TcpListener;
use tracing::info;

use crate::{
    catalogue,
    config::Config,
    publish::{Published, publish},
    serve::{self, Metrics, Service},
    store::{self, Readers},
};

/// One connection asks for the content revision, one listens for changes of it.
const WATCHING: u32 = 2;

/// Serves until told to stop. What can fail without a trace comes first: the catalogue is read and the
/// address taken before the database is touched.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let documents = catalogue::read(&config.files())?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let db = super::connect(config, None).await?;
    super::migrate(&db).await?;
    if is_empty(&db).await? {
        let Published { created, .. } = publish(&db, &documents, super::now()).await?;
        // Another process may have been first.
        if created > 0 {
            info!(
                content.created = created,
                "Loaded the catalogue: {created} pieces of content"
            );
        }
    } else if let Some(directory) = &config.content {
        info!(
            "The database has content already, so `{}` was not loaded: `civigraph load` does that",
            directory.display()
        );
    }
    // Who writes takes its time; who answers requests must not.
    db.close().await?;
    let longest = Duration::from_millis(config.limits.max_milliseconds);
    let mut db = super::connect(config, Some(longest)).await?;
    let mut watch = store::connect(&config.database_url, WATCHING, Some(longest)).await?;
    let metrics = Arc::new(Metrics::default());
    for pool in [&mut db, &mut watch] {
        let statements = metrics.statements();
        pool.set_metric_callback(move |_| {
            statements.inc();
        });
    }
    let statements = metrics.statements();
    let readers = Readers::new(db.clone(), move |_| {
        statements.inc();
    });
    let service = Service::new(config, readers.clone(), watch.clone(), super::now, metrics)?;
    let address = listener.local_addr()?;
    println!("GraphiQL  http://{address}/");
    println!("GraphQL   http://{address}/graphql");
    serve::serve(listener, service, config).await?;
    readers.close();
    db.close().await?;
    watch.close().await?;
    info!("Stopped");
    Ok(())
}

async fn is_empty(db: &DatabaseConnection) -> anyhow::Result<bool> {
    Ok(entity::node::Entity::find().count(db).await? == 0)
}
