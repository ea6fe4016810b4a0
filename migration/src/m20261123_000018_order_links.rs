//! Links say what lists of their pieces go by, so that one index has a goal's programmes, or a partner's, in
//! order: a page of them is read without sorting all.

use sea_orm_migration::prelude::*;

use crate::columns::{alter, drop_column, drop_indexes, index, index_name, sort_text};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A junction; the table of the piece whose title it has, with that piece's id; the column of the title; and the
/// id of the piece that lists it.
struct Link {
    junction: &'static str,
    of: (&'static str, &'static str),
    title: &'static str,
    lister: &'static str,
}

const fn link(
    junction: &'static str,
    of: (&'static str, &'static str),
    title: &'static str,
    lister: &'static str,
) -> Link {
    Link {
        junction,
        of,
        title,
        lister,
    }
}

const PROGRAMME: (&str, &str) = ("programme", "programme_id");
const INITIATIVE: (&str, &str) = ("initiative", "initiative_id");

const LINKS: [Link; 5] = [
    link(
        "programme_goal",
        PROGRAMME,
        "programme_sort_title",
        "goal_id",
    ),
    link(
        "programme_partner",
        PROGRAMME,
        "programme_sort_title",
        "partner_id",
    ),
    link(
        "initiative_goal",
        INITIATIVE,
        "initiative_sort_title",
        "goal_id",
    ),
    link(
        "initiative_partner",
        INITIATIVE,
        "initiative_sort_title",
        "partner_id",
    ),
    link(
        "node_topic",
        ("node", "node_id"),
        "node_sort_title",
        "topic_id",
    ),
];

impl Link {
    fn indexed(&self) -> [&'static str; 3] {
        [self.lister, self.title, self.of.1]
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for link in LINKS {
            let Link {
                junction,
                of: (table, id),
                title,
                ..
            } = link;
            alter(manager, junction, sort_text(manager, title).default("")).await?;
            let fill = format!(
                r#"UPDATE "{junction}" SET "{title}" =
                (SELECT "sort_title" FROM "{table}" WHERE "{table}"."id" = "{junction}"."{id}")"#
            );
            manager.get_connection().execute_unprepared(&fill).await?;
            index(manager, junction, &link.indexed()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for link in LINKS {
            let name = index_name(link.junction, &link.indexed());
            drop_indexes(manager, &[name]).await?;
            drop_column(manager, link.junction, link.title).await?;
        }
        Ok(())
    }
}
