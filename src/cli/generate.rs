//! `civigraph generate`: made-up content, to try Civigraph out at size.

use std::time::Instant;

use clap::{Args, ValueEnum};
use entity::node;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};

use crate::{
    config::Config,
    sample::{self, Size},
};

/// How much to make up: a size, and numbers that are to be others.
#[derive(Clone, Copy, Debug, Args)]
pub struct Amount {
    /// How much content.
    #[arg(long, value_enum, default_value_t = Named::S)]
    size: Named,
    /// How many goals, in the place of the size's number; so for the other kinds.
    #[arg(long, value_name = "N")]
    goals: Option<usize>,
    /// How many programmes.
    #[arg(long, value_name = "N")]
    programmes: Option<usize>,
    /// How many initiatives.
    #[arg(long, value_name = "N")]
    initiatives: Option<usize>,
    /// How many organisations.
    #[arg(long, value_name = "N")]
    partners: Option<usize>,
    /// How many events.
    #[arg(long, value_name = "N")]
    events: Option<usize>,
    /// How many pictures, videos and documents.
    #[arg(long, value_name = "N")]
    media: Option<usize>,
}

/// A size that has a name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    /// About 2,000 pieces.
    S,
    /// About 385,000 pieces.
    L,
}

impl Amount {
    fn size(self) -> Size {
        let size = match self.size {
            Named::S => Size::S,
            Named::L => Size::L,
        };
        Size {
            goals: self.goals.unwrap_or(size.goals),
            programmes: self.programmes.unwrap_or(size.programmes),
            initiatives: self.initiatives.unwrap_or(size.initiatives),
            partners: self.partners.unwrap_or(size.partners),
            events: self.events.unwrap_or(size.events),
            media: self.media.unwrap_or(size.media),
        }
    }
}

/// Makes content up and publishes it, into a database that has no other.
pub(super) async fn run(config: &Config, amount: Amount) -> anyhow::Result<()> {
    let start = Instant::now();
    let db = super::connect(config, None).await?;
    super::migrate(&db).await?;
    let size = amount.size();
    if has_other_content(&db, size).await? {
        anyhow::bail!(
            "the database has content that is not made up: name an empty one with `--database-url`"
        );
    }
    let published = sample::publish_all(&db, size, super::now()).await?;
    println!(
        "{} created, {} updated, {} unchanged in {:.1} seconds",
        published.created,
        published.updated,
        published.unchanged,
        start.elapsed().as_secs_f64()
    );
    db.close().await?;
    Ok(())
}

/// Made-up content is told by its first piece: it is there as soon as any of the others is.
async fn has_other_content(db: &DatabaseConnection, size: Size) -> anyhow::Result<bool> {
    if node::Entity::find().count(db).await? == 0 {
        return Ok(false);
    }
    let mut documents = sample::documents(size);
    let first = documents.next().expect("there is always a page");
    let first = node::Entity::find_by_id(first.id().node).one(db).await?;
    Ok(first.is_none())
}
