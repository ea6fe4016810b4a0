//! `civigraph migrate`: the database's tables, forwards and backwards.

use clap::Subcommand;

use crate::{config::Config, store};

/// Which way to migrate.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Way {
    /// Bring the tables up to date.
    Up,
    /// Take the tables away, and all content with them.
    Down {
        /// Yes, all content.
        #[arg(long)]
        delete_all_content: bool,
    },
}

/// Migrates, all or nothing.
pub(super) async fn run(config: &Config, way: Way) -> anyhow::Result<()> {
    if let Way::Down {
        delete_all_content: false,
    } = way
    {
        anyhow::bail!("this deletes all content: say so with `--delete-all-content`");
    }
    let db = super::connect(config, None).await?;
    match way {
        Way::Up => super::migrate(&db).await?,
        Way::Down { .. } => store::unmigrate(&db).await?,
    }
    println!("done");
    db.close().await?;
    Ok(())
}
