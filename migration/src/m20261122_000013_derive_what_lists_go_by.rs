//! Columns and indexes that lists are ordered and filtered by: first and last days, counts, the titles of
//! related pieces, facets and folded texts.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    alter, drop_column, drop_indexes, drop_tables, index, index_name, on_postgres, owned_by,
    sort_text, trigrams, word,
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Dates of which only a part may be known: table, what the date's columns begin with, and whether its
/// first day is a column already (`sort_date`).
const DATES: [(&str, &str, bool); 11] = [
    ("strategy", "launched", true),
    ("strategy", "refreshed", false),
    ("programme", "started", false),
    ("programme", "ended", false),
    ("initiative", "started", false),
    ("initiative", "ended", false),
    ("event", "starts", true),
    ("event", "ends", false),
    ("quote", "said", true),
    ("award", "awarded", true),
    ("page", "published", true),
];

/// How many rows belong to a row: `publish` counts them.
const COUNTS: [(&str, &str); 18] = [
    ("strategy", "goal_count"),
    ("goal", "programme_count"),
    ("goal", "initiative_count"),
    ("programme", "event_count"),
    ("programme", "initiative_count"),
    ("programme", "partner_count"),
    ("initiative", "event_count"),
    ("initiative", "partner_count"),
    ("partner", "programme_count"),
    ("partner", "led_programme_count"),
    ("partner", "initiative_count"),
    ("partner", "event_count"),
    ("event", "partner_count"),
    ("media", "shown_count"),
    ("person", "quote_count"),
    ("award", "recipient_count"),
    ("challenge", "programme_count"),
    ("topic", "content_count"),
];

/// The sort title of what a row belongs to: `publish` copies it.
const TITLES: [(&str, &str); 6] = [
    ("programme", "lead_agency_sort_title"),
    ("initiative", "programme_sort_title"),
    ("event", "programme_sort_title"),
    ("quote", "speaker_sort_title"),
    ("person", "organisation_sort_title"),
    ("award", "programme_sort_title"),
];

/// Columns that filters compare, or that lists of all live rows go by.
const INDEXES: [(&str, &[&str]); 49] = [
    ("node", &["kind", "state", "sort_title", "id"]),
    ("node", &["kind", "language"]),
    ("node", &["kind", "licence"]),
    ("node", &["kind", "published_at", "id"]),
    ("node", &["kind", "content_updated_at", "id"]),
    ("node", &["kind", "record_updated_at", "id"]),
    ("strategy", &["state", "sort_title", "id"]),
    ("goal", &["state", "sort_title", "id"]),
    ("goal", &["state", "position", "id"]),
    ("event", &["state", "sort_title", "id"]),
    ("quote", &["state", "sort_title", "id"]),
    ("award", &["state", "sort_title", "id"]),
    ("page", &["state", "sort_title", "id"]),
    ("programme", &["kind", "state", "sort_title", "id"]),
    ("partner", &["kind", "state", "sort_title", "id"]),
    ("event", &["kind", "state", "sort_date", "id"]),
    ("media", &["kind", "state", "sort_title", "id"]),
    ("initiative", &["status", "state", "sort_title", "id"]),
    ("partner", &["country"]),
    ("event", &["country"]),
    ("event", &["venue"]),
    ("event", &["series"]),
    ("event_partner", &["role", "partner_id"]),
    ("media", &["mime_type"]),
    ("media", &["provider"]),
    ("media", &["source_url"]),
    ("media", &["decorative"]),
    ("node_media", &["role", "node_id"]),
    ("person", &["role"]),
    ("statistic", &["unit", "sort_date"]),
    ("statistic", &["qualifier"]),
    ("statistic", &["geography"]),
    ("statistic", &["series"]),
    ("statistic", &["state", "value_micros", "id"]),
    ("statistic", &["state", "sort_date", "id"]),
    ("statistic", &["period_last"]),
    ("award", &["rank"]),
    ("award", &["category"]),
    ("award", &["awarded_by_id", "awarded_last"]),
    ("page", &["site"]),
    ("page", &["permalink"]),
    ("page", &["layout"]),
    ("change", &["changed_at"]),
    ("challenge", &["state", "position", "id"]),
    ("edition", &["node_id", "published_at", "id"]),
    ("event_session", &["access"]),
    ("node", &["kind", "review_due_on"]),
    ("node", &["kind", "reviewed_on"]),
    ("node", &["kind", "state"]),
];

/// The tables with titles.
const TITLED: [&str; 15] = [
    "node",
    "strategy",
    "goal",
    "programme",
    "initiative",
    "partner",
    "event",
    "media",
    "person",
    "quote",
    "statistic",
    "award",
    "challenge",
    "page",
    "topic",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, date, has_first) in DATES {
            let on = format!("{date}_on");
            if !has_first {
                let first = format!("COALESCE({on}, '0001-01-01')");
                derive(manager, table, &format!("{date}_sort_date"), &first).await?;
                let columns = ["state", &format!("{date}_sort_date"), "id"];
                index(manager, table, &columns).await?;
            }
            let last = last_day(manager, &on, &format!("{date}_precision"));
            derive(manager, table, &format!("{date}_last"), &last).await?;
            index(manager, table, &[&format!("{date}_last")]).await?;
        }
        let last = last_day(manager, "period_end", "period_end_precision");
        derive(manager, "statistic", "period_last", &last).await?;
        for (table, count) in COUNTS {
            alter(manager, table, integer(count).default(0)).await?;
            index(manager, table, &["state", count, "id"]).await?;
        }
        for (table, title) in TITLES {
            alter(manager, table, sort_text(manager, title).default("")).await?;
            index(manager, table, &["state", title, "id"]).await?;
        }
        for (table, columns) in INDEXES {
            index(manager, table, columns).await?;
        }
        create_tables(manager).await?;
        for table in TITLED {
            trigrams(manager, table, "sort_title").await?;
        }
        trigrams(manager, "folded_text", "text").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["folded_text", "node_facet", "derivation"]).await?;
        for (table, columns) in INDEXES {
            drop_indexes(manager, &[index_name(table, columns)]).await?;
        }
        if on_postgres(manager) {
            for table in TITLED {
                drop_indexes(manager, &[index_name(table, &["trigrams", "sort_title"])]).await?;
            }
        }
        let columns = |columns: &[(&'static str, &'static str)]| columns.to_vec();
        for (table, column) in [columns(&COUNTS), columns(&TITLES)].concat() {
            let name = index_name(table, &["state", column, "id"]);
            drop_indexes(manager, &[name]).await?;
            drop_column(manager, table, column).await?;
        }
        for (table, date, has_first) in DATES {
            let last = format!("{date}_last");
            drop_indexes(manager, &[index_name(table, &[&last])]).await?;
            drop_column(manager, table, &last).await?;
            if !has_first {
                let first = format!("{date}_sort_date");
                let name = index_name(table, &["state", &first, "id"]);
                drop_indexes(manager, &[name]).await?;
                drop_column(manager, table, &first).await?;
            }
        }
        drop_column(manager, "statistic", "period_last").await
    }
}

async fn create_tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let facet = Table::create()
        .table("node_facet")
        .col(uuid("node_id"))
        .col(word("facet"))
        .col(string_len("value", 32))
        .col(uuid_null("target_id"))
        .primary_key(Index::create().col("node_id").col("facet").col("value"))
        .foreign_key(&mut owned_by("node_facet", "node_id", "node"))
        .foreign_key(&mut owned_by("node_facet", "target_id", "node"))
        .take();
    manager.create_table(facet).await?;
    index(manager, "node_facet", &["facet", "value", "node_id"]).await?;
    index(manager, "node_facet", &["target_id", "facet", "node_id"]).await?;

    let folded = Table::create()
        .table("folded_text")
        .col(uuid("node_id"))
        .col(word("field"))
        .col(text("text"))
        .primary_key(Index::create().col("node_id").col("field"))
        .foreign_key(&mut owned_by("folded_text", "node_id", "node"))
        .take();
    manager.create_table(folded).await?;

    let derivation = Table::create()
        .table("derivation")
        .col(integer("id").primary_key())
        .col(integer("version"))
        .take();
    manager.create_table(derivation).await?;
    let first = Query::insert()
        .into_table("derivation")
        .columns(["id", "version"])
        .values_panic([1.into(), 0.into()])
        .take();
    manager.execute(first).await
}

/// The last day that a date may mean.
fn last_day(manager: &SchemaManager<'_>, on: &str, precision: &str) -> String {
    let (year, month) = if on_postgres(manager) {
        let plus = |span: &str| format!("({on} + INTERVAL '1 {span}' - INTERVAL '1 day')::date");
        (plus("year"), plus("month"))
    } else {
        // SQLite knows no year 10,000, not even on the way to the day before it.
        let year = format!("strftime('%Y-12-31', {on})");
        let december = format!("strftime('%m', {on}) = '12'");
        let month = format!("date({on}, '+1 month', '-1 day')");
        (
            year.clone(),
            format!("CASE WHEN {december} THEN {year} ELSE {month} END"),
        )
    };
    format!("CASE {precision} WHEN 'year' THEN {year} WHEN 'month' THEN {month} ELSE {on} END")
}

/// Adds a date that the database derives from other columns.
async fn derive(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    from: &str,
) -> Result<(), DbErr> {
    let (kind, stored) = if on_postgres(manager) {
        ("date", "STORED")
    } else {
        ("date_text", "VIRTUAL")
    };
    let sql = format!(
        r#"ALTER TABLE "{table}" ADD COLUMN "{column}" {kind} GENERATED ALWAYS AS ({from}) {stored}"#
    );
    let db = manager.get_connection();
    db.execute_unprepared(&sql).await.map(drop)
}
