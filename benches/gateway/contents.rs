//! The databases that are measured: made up and published anew, or those that are there already.

use std::path::Path;

use crate::{
    loading::{self, Loading},
    options::{Engine, Options},
    postgres::{self, Postgres},
    queries::Size,
};

/// A database with content.
pub struct Contents {
    pub size: Size,
    pub url: String,
    /// What loading it took, if it was not there already.
    pub loading: Option<Loading>,
    /// What it is called, if it is to be dropped.
    dropped: Option<String>,
}

/// The content of a size.
pub async fn contents(
    options: &Options,
    engine: Engine,
    size: Size,
    postgres: Option<&Postgres>,
    folder: &Path,
) -> anyhow::Result<Contents> {
    let given = match size {
        Size::S => &options.database_s,
        Size::L => &options.database_l,
    };
    let url = given.iter().find(|url| url.starts_with(engine.scheme()));
    let there = |url| Contents {
        size,
        url,
        loading: None,
        dropped: None,
    };
    if let Some(url) = url {
        return Ok(there(url.clone()));
    }
    let keep = options.keep.is_some();
    let (url, new, dropped) = empty(size.name(), keep, postgres, folder).await?;
    if !new {
        return Ok(there(url));
    }
    eprintln!("{}: loading size {}", engine.name(), size.name());
    let loading = loading::publish(options, &url, &["--size", size.name()]).await?;
    if postgres.is_some() {
        postgres::vacuum(&url).await?;
    }
    Ok(Contents {
        loading: Some(loading),
        dropped: dropped.filter(|_| !keep),
        ..there(url)
    })
}

/// A new database of this name, or the one that is there if it is to be kept: its address, whether it is
/// new, and what to drop when it is used no more.
pub async fn empty(
    name: &str,
    keep: bool,
    postgres: Option<&Postgres>,
    folder: &Path,
) -> anyhow::Result<(String, bool, Option<String>)> {
    let name = format!("civigraph_bench_{name}");
    if let Some(postgres) = postgres {
        let new = postgres.create(&name, keep).await?;
        return Ok((postgres.database(&name), new, Some(name)));
    }
    let file = folder.join(format!("{name}.db"));
    let new = !file.exists();
    Ok((format!("sqlite:{}", file.display()), new, None))
}

impl Contents {
    /// Tidies up.
    pub async fn close(self, postgres: Option<&Postgres>) -> anyhow::Result<()> {
        match (postgres, self.dropped) {
            (Some(postgres), Some(name)) => postgres.drop(&name).await,
            _ => Ok(()),
        }
    }
}
