//! Lists while content changes: pages tell the truth, and what is counted and copied stays right.

use chrono::{DateTime, Duration, Utc};
use civigraph::{
    document::{Document, Own, Withdrawn},
    publish::publish,
    sample::{self, Size},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::Value;

use crate::{
    database::engines,
    service::{Service, documents, named, noon, world},
};

fn later(hours: i64) -> DateTime<Utc> {
    noon() + Duration::hours(hours)
}

async fn page(service: &Service, arguments: &str) -> (Vec<String>, Value) {
    let query = format!(
        "{{ programmes(first: 2, orderBy: [{{field: TITLE}}]{arguments}) {{ nodes {{ slug }} pageInfo {{ endCursor startCursor hasNextPage hasPreviousPage }} }} }}"
    );
    let data = service.data(&query).await;
    let nodes = data["programmes"]["nodes"].as_array().unwrap().iter();
    let slugs = nodes.map(|node| node["slug"].as_str().unwrap().to_owned());
    (slugs.collect(), data["programmes"]["pageInfo"].clone())
}

fn retitled(slug: &str, title: &str) -> Vec<Document> {
    let mut documents = documents(&world());
    title.clone_into(&mut named(&mut documents, slug).piece.title);
    documents
}

#[tokio::test]
async fn rows_that_did_not_move_come_once_while_others_come_and_go() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let (first, info) = page(&service, "").await;
        assert_eq!(first, ["code-for-fun", "myinfo"]);
        // The last piece of the page goes to the end of the list, and with it the cursor's own place.
        publish(&service.db, &retitled("myinfo", "Zebra"), later(1))
            .await
            .unwrap();
        let (second, after) = page(&service, &format!(", after: {}", info["endCursor"])).await;
        assert_eq!(second, ["scamshield", "singpass"]);
        assert_eq!(after["hasNextPage"], true, "it has moved behind them");
        let (third, last) = page(&service, &format!(", after: {}", after["endCursor"])).await;
        assert_eq!(third, ["myinfo"]);
        assert_eq!(
            (&last["hasNextPage"], &last["hasPreviousPage"]),
            (&false.into(), &true.into())
        );
        // A piece that goes leaves its place a place.
        let mut gone = documents(&world());
        named(&mut gone, "code-for-fun").piece.withdrawn = Some(Withdrawn {
            reason: "It is no more.".to_owned(),
            successor: None,
        });
        publish(&service.db, &gone, later(2)).await.unwrap();
        let (rest, info) = page(&service, &format!(", after: {}", info["startCursor"])).await;
        assert_eq!(rest, ["myinfo", "scamshield"]);
        assert_eq!(
            info["hasPreviousPage"], false,
            "nothing is before them any more"
        );
    }
}

/// Counts, and titles of what rows belong to, as they are kept and as they are.
const TRUTHS: [(&str, &str); 24] = [
    (
        "SELECT goal_count FROM strategy ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM goal WHERE strategy_id = s.id AND state = 'live') FROM strategy AS s ORDER BY slug",
    ),
    (
        "SELECT programme_count FROM goal ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM programme_goal JOIN programme ON programme.id = programme_id WHERE goal_id = g.id AND state = 'live') FROM goal AS g ORDER BY slug",
    ),
    (
        "SELECT initiative_count FROM goal ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM initiative_goal JOIN initiative ON initiative.id = initiative_id WHERE goal_id = g.id AND state = 'live') FROM goal AS g ORDER BY slug",
    ),
    (
        "SELECT event_count FROM programme ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM event WHERE programme_id = p.id AND state = 'live') FROM programme AS p ORDER BY slug",
    ),
    (
        "SELECT initiative_count FROM programme ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM initiative WHERE programme_id = p.id AND state = 'live') FROM programme AS p ORDER BY slug",
    ),
    (
        "SELECT partner_count FROM programme ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM programme_partner JOIN partner ON partner.id = partner_id WHERE programme_id = p.id AND partner.state = 'live') FROM programme AS p ORDER BY slug",
    ),
    (
        "SELECT event_count FROM initiative ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM event WHERE initiative_id = i.id AND state = 'live') FROM initiative AS i ORDER BY slug",
    ),
    (
        "SELECT partner_count FROM initiative ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM initiative_partner JOIN partner ON partner.id = partner_id WHERE initiative_id = i.id AND partner.state = 'live') FROM initiative AS i ORDER BY slug",
    ),
    (
        "SELECT programme_count FROM partner ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM programme_partner JOIN programme ON programme.id = programme_id WHERE partner_id = p.id AND programme.state = 'live') FROM partner AS p ORDER BY slug",
    ),
    (
        "SELECT led_programme_count FROM partner ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM programme WHERE lead_agency_id = p.id AND state = 'live') FROM partner AS p ORDER BY slug",
    ),
    (
        "SELECT initiative_count FROM partner ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM initiative_partner JOIN initiative ON initiative.id = initiative_id WHERE partner_id = p.id AND initiative.state = 'live') FROM partner AS p ORDER BY slug",
    ),
    (
        "SELECT event_count FROM partner ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM event_partner JOIN event ON event.id = event_id WHERE partner_id = p.id AND event.state = 'live') FROM partner AS p ORDER BY slug",
    ),
    (
        "SELECT partner_count FROM event ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM event_partner JOIN partner ON partner.id = partner_id WHERE event_id = e.id AND partner.state = 'live') FROM event AS e ORDER BY slug",
    ),
    (
        "SELECT shown_count FROM media ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM node_media JOIN node ON node.id = node_id WHERE media_id = m.id AND node.state = 'live') FROM media AS m ORDER BY slug",
    ),
    (
        "SELECT quote_count FROM person ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM quote WHERE speaker_id = p.id AND state = 'live') FROM person AS p ORDER BY slug",
    ),
    (
        "SELECT recipient_count FROM award ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM award_recipient JOIN partner ON partner.id = partner_id WHERE award_id = a.id AND partner.state = 'live') FROM award AS a ORDER BY slug",
    ),
    (
        "SELECT programme_count FROM challenge ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM challenge_programme JOIN programme ON programme.id = programme_id WHERE challenge_id = c.id AND programme.state = 'live') FROM challenge AS c ORDER BY slug",
    ),
    (
        "SELECT content_count FROM topic ORDER BY slug",
        "SELECT (SELECT COUNT(*) FROM node_topic JOIN node ON node.id = node_id WHERE topic_id = t.id AND node.state = 'live') FROM topic AS t ORDER BY slug",
    ),
    (
        "SELECT lead_agency_sort_title FROM programme ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM partner WHERE id = p.lead_agency_id AND state = 'live'), '') FROM programme AS p ORDER BY slug",
    ),
    (
        "SELECT programme_sort_title FROM initiative ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM programme WHERE id = i.programme_id AND state = 'live'), '') FROM initiative AS i ORDER BY slug",
    ),
    (
        "SELECT programme_sort_title FROM event ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM programme WHERE id = e.programme_id AND state = 'live'), '') FROM event AS e ORDER BY slug",
    ),
    (
        "SELECT speaker_sort_title FROM quote ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM person WHERE id = q.speaker_id AND state = 'live'), '') FROM quote AS q ORDER BY slug",
    ),
    (
        "SELECT organisation_sort_title FROM person ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM partner WHERE id = p.organisation_id AND state = 'live'), '') FROM person AS p ORDER BY slug",
    ),
    (
        "SELECT programme_sort_title FROM award ORDER BY slug",
        "SELECT COALESCE((SELECT sort_title FROM programme WHERE id = a.programme_id AND state = 'live'), '') FROM award AS a ORDER BY slug",
    ),
];

/// The values of a query's only column, as texts.
async fn column(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    let number = |row: &sea_orm::QueryResult| {
        let big = row
            .try_get_by_index::<i64>(0)
            .map(|number| number.to_string());
        big.or_else(|_| {
            row.try_get_by_index::<i32>(0)
                .map(|number| number.to_string())
        })
    };
    rows.iter()
        .map(|row| number(row).or_else(|_| row.try_get_by_index(0)).unwrap())
        .collect()
}

async fn kept_is_true(db: &DatabaseConnection, when: &str) {
    for (kept, truth) in TRUTHS {
        assert_eq!(
            column(db, kept).await,
            column(db, truth).await,
            "{when}: {kept}"
        );
    }
}

/// Changes of links, titles and states, in publications of their own and together.
#[tokio::test]
async fn what_is_counted_and_copied_stays_right() {
    for engine in engines() {
        let service = Service::start(engine).await;
        let db = &service.db;
        kept_is_true(db, "at first").await;
        let small = Size {
            goals: 3,
            programmes: 30,
            initiatives: 40,
            partners: 20,
            events: 60,
            media: 30,
        };
        let made: Vec<_> = sample::documents(small).collect();
        publish(db, &made, later(1)).await.unwrap();
        kept_is_true(db, "with much more").await;
        assert!(
            column(db, TRUTHS[3].0)
                .await
                .iter()
                .any(|count| count != "0")
        );

        // Each third piece changes its title, each fifth its state, and each seventh loses its links.
        let mut changed = made.clone();
        for (index, document) in changed.iter_mut().enumerate() {
            if index % 3 == 0 {
                document.piece.title = format!("Another title {index}");
            }
            if index % 5 == 0 {
                document.piece.withdrawn = Some(Withdrawn {
                    reason: "It is no more.".to_owned(),
                    successor: None,
                });
            }
            if index % 7 == 0 {
                match &mut document.own {
                    Own::Programme(programme) => {
                        programme.partners.clear();
                        programme.lead_agency = None;
                    }
                    Own::Event(event) => {
                        event.partners.truncate(1);
                        event.programme = None;
                    }
                    Own::Initiative(initiative) => initiative.goals.clear(),
                    _ => {}
                }
            }
        }
        // One after the other, so that each publication must find what others it touches.
        for (index, document) in changed.iter().enumerate().step_by(11) {
            publish(db, std::slice::from_ref(document), later(2))
                .await
                .unwrap();
            if index % 4 == 0 {
                kept_is_true(db, &format!("after {}", document.piece.slug)).await;
            }
        }
        publish(db, &changed, later(3)).await.unwrap();
        kept_is_true(db, "after all together").await;
        publish(db, &made, later(4)).await.unwrap();
        kept_is_true(db, "after all was put back").await;
    }
}
