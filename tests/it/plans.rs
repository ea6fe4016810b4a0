//! Filters and orders have their indexes: PostgreSQL scans no big table, of programmes and events, where one
//! should serve, and sorts no list whose order is the usual one.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use serde_json::Value;

use crate::{
    database::{Engine, engines},
    service::Service,
};

/// So many times the small world's pieces, made by the database itself: what is measured is how it reads.
/// A piece is like another one, but for what filters and orders tell apart.
const MANY: &str = "
CREATE FUNCTION made(kind text, i integer) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT md5(kind || i)::uuid $$;
CREATE TEMP TABLE piece AS
    SELECT 'programme' AS kind, i, made('programme', i) AS id FROM generate_series(1, 20000) AS i
    UNION ALL SELECT 'event', i, made('event', i) FROM generate_series(1, 100000) AS i
    UNION ALL SELECT 'partner', i, made('partner', i) FROM generate_series(1, 2000) AS i;
INSERT INTO node (id, kind, sort_title, state, state_since, language, licence, owner_id, reviewed_on,
        review_due_on, edition, words_edition, content_hash, published_at, content_updated_at,
        record_updated_at)
    SELECT id, kind, kind || ' ' || to_char(i, 'FM000000'),
        CASE WHEN i % 100 = 99 THEN 'withdrawn' ELSE 'live' END, now(),
        CASE WHEN i % 500 = 1 THEN 'zh' ELSE 'en' END,
        CASE WHEN i % 500 = 2 THEN 'CC-BY-4.0' END, NULL,
        CASE WHEN i % 500 = 3 THEN DATE '2024-01-01' + i % 300 END,
        CASE WHEN i % 500 = 4 THEN DATE '2027-01-01' + i % 300 END, 1, 1, '',
        TIMESTAMP '2020-01-01' + i * INTERVAL '1 minute', TIMESTAMP '2021-01-01' + i * INTERVAL '1 minute',
        TIMESTAMP '2022-01-01' + i * INTERVAL '1 minute'
    FROM piece;
INSERT INTO partner (id, slug, title, sort_title, summary, state, kind, country)
    SELECT id, 'partner-' || i, 'Partner ' || i, 'partner ' || to_char(i, 'FM000000'), '', 'live',
        CASE WHEN i % 50 = 0 THEN 'academia' ELSE 'industry' END, CASE WHEN i % 50 = 0 THEN 'JP' ELSE 'SG' END
    FROM piece WHERE kind = 'partner';
INSERT INTO programme (id, slug, title, sort_title, summary, state, kind, audiences, started_on,
        started_precision, ended_on, ended_precision, lead_agency_id, parent_id, event_count,
        initiative_count, partner_count, lead_agency_sort_title)
    SELECT id, 'programme-' || i, 'Programme ' || i, 'programme ' || to_char(i, 'FM000000'), 'What it is ' || i,
        CASE WHEN i % 100 = 99 THEN 'withdrawn' ELSE 'live' END,
        CASE WHEN i % 200 = 0 THEN 'policy' ELSE 'digital_service' END, '[]',
        DATE '2000-01-01' + i % 9000, 'day', DATE '2010-01-01' + i % 9000, 'month',
        made('partner', i % 2000 + 1), CASE WHEN i % 100 = 5 THEN made('programme', i - 1) END, i % 300,
        i % 200, i % 250, 'partner ' || to_char(i % 2000 + 1, 'FM000000')
    FROM piece WHERE kind = 'programme';
INSERT INTO event (id, slug, title, sort_title, summary, state, kind, starts_on, starts_precision, ends_on,
        ends_precision, sort_date, venue, country, series, programme_id, partner_count,
        programme_sort_title)
    SELECT id, 'event-' || i, 'Event ' || i, 'event ' || to_char(i, 'FM000000'), 'What it was ' || i,
        CASE WHEN i % 100 = 99 THEN 'withdrawn' ELSE 'live' END,
        CASE WHEN i % 500 = 0 THEN 'signing' ELSE 'forum' END,
        DATE '2000-01-01' + i % 9000, 'day', DATE '2000-01-01' + i % 9000, 'day', DATE '2000-01-01' + i % 9000,
        'Hall ' || i % 1000, CASE WHEN i % 500 = 7 THEN 'JP' ELSE 'SG' END,
        CASE WHEN i % 500 = 8 THEN 'series ' || i % 100 END,
        CASE WHEN i % 5 > 0 THEN made('programme', i % 20000 + 1) END, i % 250,
        CASE WHEN i % 5 > 0 THEN 'programme ' || to_char(i % 20000 + 1, 'FM000000') ELSE '' END
    FROM piece WHERE kind = 'event';
INSERT INTO programme_goal (programme_id, goal_id)
    SELECT made('programme', i), (SELECT id FROM goal WHERE slug = 'growth') FROM generate_series(1, 20000, 200) AS i;
INSERT INTO programme_partner (programme_id, partner_id, role)
    SELECT made('programme', i), made('partner', i % 2000 + 1), 'developer' FROM generate_series(1, 20000) AS i;
INSERT INTO event_partner (event_id, partner_id, role, event_sort_date)
    SELECT made('event', i), made('partner', (i + k * 7) % 2000 + 1),
        CASE WHEN i % 500 = 9 THEN 'sponsor' ELSE 'participant' END, DATE '2000-01-01' + i % 9000
    FROM generate_series(1, 100000) AS i, generate_series(0, 1) AS k;
INSERT INTO node_facet (node_id, facet, value)
    SELECT made('programme', i), 'audience', CASE WHEN i % 200 = 0 THEN 'students' ELSE 'citizens' END
    FROM generate_series(1, 20000) AS i;
INSERT INTO node_topic (node_id, topic_id)
    SELECT id, (SELECT id FROM topic WHERE slug = 'scams') FROM piece WHERE i % 500 = 10;
INSERT INTO node_page (node_id, page_id)
    SELECT id, (SELECT id FROM page ORDER BY slug LIMIT 1) FROM piece WHERE i % 500 = 11;
INSERT INTO folded_text (node_id, field, text)
    SELECT id, 'summary', 'what it is, as so many others ' || md5(id::text) FROM piece;
INSERT INTO folded_text (node_id, field, text)
    SELECT id, 'venue', 'hall ' || i % 1000 FROM piece WHERE kind = 'event';
INSERT INTO search_entry (id, node_id, language, original, weight, title_words, title, details, summary, body, words)
    SELECT row_number() OVER (), id, 'en', true, 2, kind || ' ' || i, kind || ' ' || i, '', '', '',
        to_tsvector('simple', kind || ' ' || i || ' ' || left(md5(i::text), 8)) FROM piece;
INSERT INTO search_word (word, reversed)
    SELECT word, reverse(word) FROM (SELECT md5(i::text) AS word FROM generate_series(1, 50000) AS i) AS words;
";

/// Tables of which a whole reading is dear.
const BIG: [&str; 9] = [
    "node",
    "programme",
    "event",
    "event_partner",
    "programme_partner",
    "node_facet",
    "folded_text",
    "search_entry",
    "search_word",
];

/// A service over much content, or nothing where there is no PostgreSQL.
async fn big_service() -> Option<Service> {
    if !engines().contains(&Engine::Postgres) {
        return None;
    }
    let service = Service::start(Engine::Postgres).await;
    service.db.execute_unprepared(MANY).await.unwrap();
    // As a database that has been running for a while: what was just written is in its indexes.
    let tidy = service.db.execute_unprepared("VACUUM ANALYZE");
    tidy.await.unwrap();
    Some(service)
}

/// The big tables that a statement reads whole.
async fn read_whole(db: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    // As is set for disks without moving parts: near the border, the plan would else be chance.
    let plan = plan(db, statement, "SET LOCAL random_page_cost = 1.1").await;
    let mut read = Vec::new();
    scans(&plan, &mut read);
    read
}

/// How a statement is run with this setting.
async fn plan(db: &DatabaseConnection, statement: &Statement, setting: &str) -> Value {
    let explain = Statement {
        sql: format!("EXPLAIN (FORMAT JSON) {}", statement.sql),
        ..statement.clone()
    };
    let transaction = db.begin().await.unwrap();
    transaction.execute_unprepared(setting).await.unwrap();
    let plan = transaction.query_one_raw(explain).await.unwrap().unwrap();
    transaction.rollback().await.unwrap();
    let plan: Value = plan.try_get_by_index(0).unwrap();
    plan[0]["Plan"].clone()
}

/// Whether something in a plan is sorted.
fn sorts(plan: &Value) -> bool {
    let kind = plan["Node Type"].as_str().unwrap_or_default();
    let mut parts = plan["Plans"].as_array().into_iter().flatten();
    kind.ends_with("Sort") || parts.any(sorts)
}

fn scans(plan: &Value, read: &mut Vec<String>) {
    if plan["Node Type"] == "Seq Scan" {
        let table = plan["Relation Name"].as_str().unwrap();
        if BIG.contains(&table) {
            read.push(table.to_owned());
        }
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        scans(part, read);
    }
}

/// What big tables a query reads whole, with the statements that do.
async fn faults_of(service: &Service, query: &str) -> Vec<String> {
    service.whole_statements();
    service.data(query).await;
    let mut faults = Vec::new();
    for statement in service.whole_statements() {
        let tables = read_whole(&service.db, &statement).await;
        if !tables.is_empty() {
            faults.push(format!(
                "{query}\n  reads {tables:?} whole: {}",
                statement.sql
            ));
        }
    }
    faults
}

/// What lists of a kind can go by, as the schema says.
async fn order_fields(service: &Service, of: &str) -> Vec<String> {
    let query = format!(r#"{{ __type(name: "{of}OrderField") {{ enumValues {{ name }} }} }}"#);
    let data = service.data(&query).await;
    let values = data["__type"]["enumValues"].as_array().unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    values.iter().map(name).collect()
}

/// Filters that few rows pass.
const PROGRAMMES: [&str; 30] = [
    r#"slug: {eq: "programme-77"}"#,
    r#"slug: {in: ["programme-77", "programme-78"]}"#,
    r#"title: {eq: "Programme 77"}"#,
    r#"title: {contains: "19077"}"#,
    r#"title: {startsWith: "Programme 0077"}"#,
    r#"summary: {contains: "3cafe"}"#,
    "kind: {eq: POLICY}",
    "audience: {eq: STUDENTS}",
    r#"startedOn: {gte: "2014-03", lte: "2014-04"}"#,
    r#"endedOn: {eq: "2014-03-08"}"#,
    r#"leadAgency: {is: {slug: {eq: "partner-5"}}}"#,
    r#"parent: {is: {slug: {eq: "programme-104"}}}"#,
    r#"goals: {some: {slug: {eq: "growth"}}}"#,
    r#"partners: {some: {slug: {eq: "partner-5"}}}"#,
    r#"parts: {some: {slug: {eq: "programme-105"}}}"#,
    r#"events: {some: {slug: {eq: "event-7"}}}"#,
    "eventCount: {gte: 298}",
    "initiativeCount: {gte: 198}",
    "partnerCount: {gte: 248}",
    r#"language: {eq: "zh"}"#,
    r#"licence: {eq: "CC-BY-4.0"}"#,
    "lifeCycle: {eq: REDIRECTED}",
    r#"topics: {some: {slug: {eq: "scams"}}}"#,
    "sourcePages: {some: {}}",
    r#"publishedAt: {lt: "2020-01-01T01:00:00Z"}"#,
    r#"recordUpdatedAt: {lt: "2022-01-01T01:00:00Z"}"#,
    r#"reviewDueBy: {lt: "2027-02-01"}"#,
    r#"reviewedOn: {eq: "2024-02-01"}"#,
    r#"or: [{slug: {eq: "programme-77"}}, {slug: {eq: "programme-78"}}]"#,
    r#"and: [{kind: {eq: POLICY}}, {not: {startedOn: {gte: "2014"}}}]"#,
];

const EVENTS: [&str; 14] = [
    "kind: {eq: SIGNING}",
    r#"country: {eq: "JP"}"#,
    r#"venue: {eq: "Hall 77"}"#,
    r#"venue: {contains: "all 777"}"#,
    r#"series: {eq: "series 8"}"#,
    r#"startsOn: {gte: "2014-03-01", lte: "2014-03-02"}"#,
    r#"endsOn: {eq: "2014-03-01"}"#,
    r#"programme: {is: {slug: {eq: "programme-7"}}}"#,
    r#"partners: {some: {slug: {eq: "partner-5"}}}"#,
    "partners: {role: {eq: SPONSOR}}",
    "partnerCount: {gte: 249}",
    r#"language: {eq: "zh"}"#,
    r#"topics: {some: {slug: {eq: "scams"}}}"#,
    r#"title: {contains: "ent 00777"}"#,
];

#[tokio::test]
async fn no_filter_and_no_order_reads_a_big_table_whole() {
    let Some(service) = big_service().await else {
        return;
    };
    a_whole_reading_is_noticed(&service).await;
    let mut faults = Vec::new();
    for (list, of) in [("programmes", "Programme"), ("events", "Event")] {
        for field in order_fields(&service, of).await {
            for direction in ["ASC", "DESC"] {
                let order = format!("orderBy: {{field: {field}, direction: {direction}}}");
                let query = format!(
                    "{{ {list}(first: 20, {order}) {{ nodes {{ slug }} pageInfo {{ endCursor }} }} }}"
                );
                faults.extend(faults_of(&service, &query).await);
                let data = service.data(&query).await;
                let cursor = data[list]["pageInfo"]["endCursor"].as_str().unwrap();
                for arguments in [
                    format!("first: 20, after: {cursor:?}"),
                    format!("last: 10, before: {cursor:?}"),
                ] {
                    let query =
                        format!("{{ {list}({arguments}, {order}) {{ nodes {{ slug }} }} }}");
                    faults.extend(faults_of(&service, &query).await);
                }
            }
        }
    }
    let filters = [("programmes", &PROGRAMMES[..]), ("events", &EVENTS[..])];
    for (list, filters) in filters {
        for filter in filters {
            let query =
                format!("{{ {list}(filter: {{{filter}}}) {{ totalCount nodes {{ slug }} }} }}");
            faults.extend(faults_of(&service, &query).await);
        }
    }
    for query in [
        r#"{ search(query: "\"777 f1c15925\"") { totalCount nodes { slug } } }"#,
        r#"{ search(query: "\"777 f1c15925\"", kinds: [PROGRAMME], language: "zh-Hans") { nodes { slug } edges { highlights { html } } } }"#,
        r#"{ search(query: "progarmme 77*") { totalCount } }"#,
        r#"{ partner(by: {slug: "partner-5"}) { events(first: 5, orderBy: {field: TITLE}, filter: {kind: {eq: SIGNING}}) { totalCount nodes { slug programme { slug } } facets(by: [YEAR, KIND]) { buckets { value count } } } } }"#,
        r#"{ programme(by: {slug: "programme-7"}) { events { totalCount nodes { slug partners { nodes { slug } } } } } }"#,
    ] {
        faults.extend(faults_of(&service, query).await);
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// This test could not fail if plans were not read as they are.
async fn a_whole_reading_is_noticed(service: &Service) {
    let whole = Statement::from_string(
        service.db.get_database_backend(),
        "SELECT COUNT(summary) FROM event",
    );
    assert_eq!(read_whole(&service.db, &whole).await, ["event"]);
}

/// All lists of content. Changes have a number that no other has: to sort them by more than that is to read a few.
const LISTS: [&str; 14] = [
    "strategies",
    "goals",
    "programmes",
    "initiatives",
    "partners",
    "events",
    "media",
    "people",
    "quotes",
    "statistics",
    "awards",
    "challenges",
    "pages",
    "topics",
];

#[tokio::test]
async fn pages_in_the_usual_order_are_not_sorted() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let service = Service::forgetful(Engine::Postgres).await;
    // What is small is sorted as quickly.
    let avoid = "SET LOCAL enable_sort = off";
    let mut sorted = Vec::new();
    for list in LISTS {
        for page in ["first: 2", "last: 2"] {
            service.whole_statements();
            let query = format!("{{ {list}({page}) {{ nodes {{ __typename }} }} }}");
            service.data(&query).await;
            for statement in service.whole_statements() {
                if sorts(&plan(&service.db, &statement, avoid).await) {
                    sorted.push(format!("{query}: {}", statement.sql));
                }
            }
        }
    }
    assert!(sorted.is_empty(), "{}", sorted.join("\n"));
    let by_hand = Statement::from_string(
        service.db.get_database_backend(),
        "SELECT id FROM goal ORDER BY summary",
    );
    assert!(sorts(&plan(&service.db, &by_hand, avoid).await));
}
