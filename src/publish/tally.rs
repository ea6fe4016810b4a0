//! What lists go by that other pieces decide: how many rows belong to a row, and the title of what it belongs
//! to. Both are columns, so that an index serves them.

use std::collections::{BTreeMap, BTreeSet};

use entity::{derived::Derived, node::Kind};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, JoinType,
    sea_query::{
        Alias, Expr, ExprTrait, Func, IntoIden, Query, SelectStatement, TableRef, UpdateStatement,
    },
};
use uuid::Uuid;

use crate::store::one_of_ids;

/// A column with the number of live rows that belong to a row.
struct Tally {
    column: Derived,
    /// What the counted rows are; nothing for content of all kinds.
    of: Option<Kind>,
    /// The table with the parent's id: the counted one or a junction.
    via: &'static str,
    parent: &'static str,
    /// The junction's column with the counted row's id, and the counted rows' table.
    child: Option<(&'static str, &'static str)>,
}

/// A column with the sort title of the live row that another column names.
struct Title {
    column: Derived,
    of: &'static str,
    named: &'static str,
}

mod columns {
    use entity::derived::{
        award, challenge, event, goal, initiative, media, partner, person, programme, quote,
        strategy, topic,
    };

    use super::{Derived, Kind, Tally, Title};

    const fn own(column: Derived, of: Kind, table: &'static str, parent: &'static str) -> Tally {
        Tally {
            column,
            of: Some(of),
            via: table,
            parent,
            child: None,
        }
    }

    const fn through(
        column: Derived,
        of: Kind,
        via: &'static str,
        parent: &'static str,
        child: (&'static str, &'static str),
    ) -> Tally {
        Tally {
            column,
            of: Some(of),
            via,
            parent,
            child: Some(child),
        }
    }

    const fn title(column: Derived, named: &'static str, of: &'static str) -> Title {
        Title { column, of, named }
    }

    const INITIATIVE: (&str, &str) = ("initiative_id", "initiative");
    const PARTNER: (&str, &str) = ("partner_id", "partner");
    const PROGRAMME: (&str, &str) = ("programme_id", "programme");
    const NODE: (&str, &str) = ("node_id", "node");

    pub(super) const TALLIES: [Tally; 18] = [
        own(strategy::GOAL_COUNT, Kind::Goal, "goal", "strategy_id"),
        through(
            goal::PROGRAMME_COUNT,
            Kind::Programme,
            "programme_goal",
            "goal_id",
            PROGRAMME,
        ),
        through(
            goal::INITIATIVE_COUNT,
            Kind::Initiative,
            "initiative_goal",
            "goal_id",
            INITIATIVE,
        ),
        own(programme::EVENT_COUNT, Kind::Event, "event", "programme_id"),
        own(
            programme::INITIATIVE_COUNT,
            Kind::Initiative,
            "initiative",
            "programme_id",
        ),
        through(
            programme::PARTNER_COUNT,
            Kind::Partner,
            "programme_partner",
            "programme_id",
            PARTNER,
        ),
        own(
            initiative::EVENT_COUNT,
            Kind::Event,
            "event",
            "initiative_id",
        ),
        through(
            initiative::PARTNER_COUNT,
            Kind::Partner,
            "initiative_partner",
            "initiative_id",
            PARTNER,
        ),
        through(
            partner::PROGRAMME_COUNT,
            Kind::Programme,
            "programme_partner",
            "partner_id",
            PROGRAMME,
        ),
        own(
            partner::LED_PROGRAMME_COUNT,
            Kind::Programme,
            "programme",
            "lead_agency_id",
        ),
        through(
            partner::INITIATIVE_COUNT,
            Kind::Initiative,
            "initiative_partner",
            "partner_id",
            INITIATIVE,
        ),
        through(
            partner::EVENT_COUNT,
            Kind::Event,
            "event_partner",
            "partner_id",
            ("event_id", "event"),
        ),
        through(
            event::PARTNER_COUNT,
            Kind::Partner,
            "event_partner",
            "event_id",
            PARTNER,
        ),
        Tally {
            column: media::SHOWN_COUNT,
            of: None,
            via: "node_media",
            parent: "media_id",
            child: Some(NODE),
        },
        own(person::QUOTE_COUNT, Kind::Quote, "quote", "speaker_id"),
        through(
            award::RECIPIENT_COUNT,
            Kind::Partner,
            "award_recipient",
            "award_id",
            PARTNER,
        ),
        through(
            challenge::PROGRAMME_COUNT,
            Kind::Programme,
            "challenge_programme",
            "challenge_id",
            PROGRAMME,
        ),
        Tally {
            column: topic::CONTENT_COUNT,
            of: None,
            via: "node_topic",
            parent: "topic_id",
            child: Some(NODE),
        },
    ];

    pub(super) const TITLES: [Title; 6] = [
        title(
            programme::LEAD_AGENCY_SORT_TITLE,
            "lead_agency_id",
            "partner",
        ),
        title(
            initiative::PROGRAMME_SORT_TITLE,
            "programme_id",
            "programme",
        ),
        title(event::PROGRAMME_SORT_TITLE, "programme_id", "programme"),
        title(quote::SPEAKER_SORT_TITLE, "speaker_id", "person"),
        title(
            person::ORGANISATION_SORT_TITLE,
            "organisation_id",
            "partner",
        ),
        title(award::PROGRAMME_SORT_TITLE, "programme_id", "programme"),
    ];
}

/// How many of the written pieces rows have, tally by tally: nothing where these pieces cannot change it.
pub(super) struct Counted(Vec<Option<Share>>);

/// How many of the written pieces each row has that has any.
type Share = BTreeMap<Uuid, i64>;

/// The pieces that a publication writes.
pub(super) struct Written<'b> {
    /// Their ids.
    pub(super) owners: &'b [Uuid],
    /// What they are.
    pub(super) kinds: &'b BTreeSet<Kind>,
}

impl Tally {
    /// Whether pieces of these kinds can change it: counted ones, or those that count.
    fn is_touched(&self, kinds: &BTreeSet<Kind>) -> bool {
        let counts = kinds
            .iter()
            .any(|kind| sea_orm::ActiveEnum::to_value(kind) == self.column.table);
        counts || self.of.is_none_or(|of| kinds.contains(&of))
    }

    /// The rows that count these pieces, each with how many of them.
    fn counting(&self, backend: DbBackend, owners: &[Uuid]) -> SelectStatement {
        let (child, of) = self.child.unwrap_or(("id", self.via));
        let counted = Expr::col((self.via, child));
        let ids = owners.iter().copied();
        let mut query = Query::select();
        query
            .column((self.via, self.parent))
            .expr_as(Func::count(Expr::cust("*")), COUNT)
            .from(self.via)
            .and_where(one_of_ids(backend, counted.clone(), ids))
            .and_where(Expr::col((self.via, self.parent)).is_not_null())
            .and_where(Expr::col((of, "state")).eq("live"))
            .group_by_col((self.via, self.parent));
        if self.child.is_some() {
            query.inner_join(of, Expr::col((of, "id")).eq(counted));
        }
        query
    }

    /// Adds to the numbers of these rows.
    fn add(&self, backend: DbBackend, more: i64, rows: Vec<Uuid>) -> UpdateStatement {
        let Derived { table, name, .. } = self.column;
        Query::update()
            .table(table)
            .value(Alias::new(name), Expr::col((table, name)).add(more))
            .and_where(one_of_ids(backend, Expr::col((table, "id")), rows))
            .take()
    }

    /// Counts again, of these rows or of all: in one go, and writes only what is another number than before.
    fn update(&self, backend: DbBackend, rows: Option<&[Uuid]>) -> UpdateStatement {
        let Derived { table, name, .. } = self.column;
        let id = || Expr::col((COUNTING, "id"));
        let mut counted = Query::select();
        counted
            .expr_as(id(), "id")
            .from_as(table, COUNTING)
            .add_group_by([id()]);
        if let Some(rows) = rows {
            counted.and_where(one_of_ids(backend, id(), rows.iter().copied()));
        }
        let belongs = Expr::col((VIA, self.parent)).eq(id());
        let live = |of| Expr::col((of, "state")).eq("live");
        let of = if let Some((child, of)) = self.child {
            let met = Expr::col((OF, "id")).eq(Expr::col((VIA, child)));
            counted
                .join_as(JoinType::LeftJoin, self.via, VIA, belongs)
                .join_as(JoinType::LeftJoin, of, OF, met.and(live(OF)));
            OF
        } else {
            let met = belongs.and(live(VIA));
            counted.join_as(JoinType::LeftJoin, self.via, VIA, met);
            VIA
        };
        counted.expr_as(Func::count(Expr::col((of, "id"))), COUNT);
        let count = || Expr::col((COUNTED, COUNT));
        Query::update()
            .table(table)
            .value(Alias::new(name), count())
            .from(subquery(counted, COUNTED))
            .and_where(Expr::col((table, "id")).eq(Expr::col((COUNTED, "id"))))
            .and_where(Expr::col((table, name)).ne(count()))
            .take()
    }
}

const COUNTING: &str = "counting";
const VIA: &str = "via";
const OF: &str = "counted_row";
const COUNT: &str = "count_";
const COUNTED: &str = "counted";

/// Counts the pieces where they are, before anything of them is written.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    written: &Written<'_>,
) -> Result<Counted, DbErr> {
    let mut counted = Vec::new();
    for tally in &columns::TALLIES {
        counted.push(if tally.is_touched(written.kinds) {
            Some(share(db, tally, written.owners).await?)
        } else {
            None
        });
    }
    Ok(Counted(counted))
}

async fn share(db: &impl ConnectionTrait, tally: &Tally, owners: &[Uuid]) -> Result<Share, DbErr> {
    let counting = tally.counting(db.get_database_backend(), owners);
    let rows = db.query_all(&counting).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", tally.parent)?, row.try_get("", COUNT)?)))
        .collect()
}

/// Brings numbers and copied titles up to date, after all was written.
///
/// A topic may have all content there is: what is written now is added to its number, and not all counted again.
pub(super) async fn update(
    db: &impl ConnectionTrait,
    written: &Written<'_>,
    before: Counted,
) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let own: BTreeSet<_> = written.owners.iter().collect();
    for (tally, before) in columns::TALLIES.iter().zip(before.0) {
        let Some(before) = before else { continue };
        let mut more = share(db, tally, written.owners).await?;
        for (row, count) in before {
            *more.entry(row).or_default() -= count;
        }
        let mut rows_by_more: BTreeMap<i64, Vec<Uuid>> = BTreeMap::new();
        for (row, more) in more {
            if more != 0 && !own.contains(&row) {
                rows_by_more.entry(more).or_default().push(row);
            }
        }
        for (more, rows) in rows_by_more {
            db.execute(&tally.add(backend, more, rows)).await?;
        }
        // What was written names its links itself, and may be new.
        let update = tally.update(backend, Some(written.owners));
        db.execute(&update).await?;
    }
    for title in &columns::TITLES {
        for column in ["id", title.named] {
            let update = title.update(backend, Some((column, written.owners)));
            db.execute(&update).await?;
        }
    }
    Ok(())
}

/// Counts all again, and copies all titles again.
pub(super) async fn update_all(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    for tally in &columns::TALLIES {
        let update = tally.update(db.get_database_backend(), None);
        db.execute(&update).await?;
    }
    for title in &columns::TITLES {
        let update = title.update(db.get_database_backend(), None);
        db.execute(&update).await?;
    }
    Ok(())
}

impl Title {
    /// Copies again, to the rows that have one of these ids in a column, or to all: only what is another
    /// title than before.
    fn update(&self, backend: DbBackend, rows: Option<(&'static str, &[Uuid])>) -> UpdateStatement {
        let Derived { table, name, .. } = self.column;
        let column = |column: &'static str| Expr::col((NAMING, column));
        let title = Expr::col((OF, "sort_title"));
        let live = Expr::col((OF, "state")).eq("live");
        let met = Expr::col((OF, "id")).eq(column(self.named)).and(live);
        let mut named = Query::select();
        named
            .expr_as(column("id"), "id")
            .expr_as(Func::coalesce([title, Expr::val("")]), TITLE)
            .from_as(table, NAMING)
            .join_as(JoinType::LeftJoin, self.of, OF, met);
        if let Some((of, rows)) = rows {
            named.and_where(one_of_ids(backend, column(of), rows.iter().copied()));
        }
        let title = || Expr::col((NAMED, TITLE));
        Query::update()
            .table(table)
            .value(Alias::new(name), title())
            .from(subquery(named, NAMED))
            .and_where(Expr::col((table, "id")).eq(Expr::col((NAMED, "id"))))
            .and_where(Expr::col((table, name)).ne(title()))
            .take()
    }
}

const NAMING: &str = "naming";
const TITLE: &str = "title_";
const NAMED: &str = "named";

fn subquery(query: SelectStatement, name: &'static str) -> TableRef {
    TableRef::SubQuery(Box::new(query), name.into_iden())
}
