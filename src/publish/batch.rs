//! The rows of many documents, written table by table.

use std::collections::{BTreeSet, HashMap};

use entity::{
    award, award_recipient, body, challenge, challenge_programme, contact, event, event_partner,
    event_session, folded_text, goal, initiative, initiative_goal, initiative_partner, media,
    node::{Kind, State},
    node_facet, node_media, node_page, node_topic, page, page_mention, page_parts, partner, person,
    programme, programme_goal, programme_partner, quote, quote_about, source, statistic,
    statistic_measure, strategy, topic, transcript, translation,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr, Iterable, PrimaryKeyToColumn, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    Targets,
    derived::Said,
    tally::{self, Counted, Written},
    text,
};
use crate::{
    document::{Document, Id, NO_DAY, Own, PartialDate, Piece, ShownMedia},
    store::{Indexed, defer_foreign_keys, one_of_ids},
};

/// Rows to write, and the pieces whose links they replace.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) owners: Vec<Uuid>,
    kinds: BTreeSet<Kind>,
    pub(super) said: HashMap<Uuid, Said>,
    pub(super) node_facets: Vec<node_facet::ActiveModel>,
    pub(super) folded_texts: Vec<folded_text::ActiveModel>,
    pub(super) search_entries: Vec<Indexed>,
    pub(super) bodies: Vec<body::ActiveModel>,
    pub(super) strategies: Vec<strategy::ActiveModel>,
    pub(super) goals: Vec<goal::ActiveModel>,
    pub(super) programmes: Vec<programme::ActiveModel>,
    pub(super) programme_goals: Vec<programme_goal::ActiveModel>,
    pub(super) programme_partners: Vec<programme_partner::ActiveModel>,
    pub(super) initiatives: Vec<initiative::ActiveModel>,
    pub(super) initiative_goals: Vec<initiative_goal::ActiveModel>,
    pub(super) initiative_partners: Vec<initiative_partner::ActiveModel>,
    pub(super) partners: Vec<partner::ActiveModel>,
    pub(super) events: Vec<event::ActiveModel>,
    pub(super) event_partners: Vec<event_partner::ActiveModel>,
    pub(super) event_sessions: Vec<event_session::ActiveModel>,
    pub(super) media: Vec<media::ActiveModel>,
    pub(super) transcripts: Vec<transcript::ActiveModel>,
    pub(super) node_media: Vec<node_media::ActiveModel>,
    pub(super) people: Vec<person::ActiveModel>,
    pub(super) quotes: Vec<quote::ActiveModel>,
    pub(super) quote_about: Vec<quote_about::ActiveModel>,
    pub(super) statistics: Vec<statistic::ActiveModel>,
    pub(super) statistic_measures: Vec<statistic_measure::ActiveModel>,
    pub(super) awards: Vec<award::ActiveModel>,
    pub(super) award_recipients: Vec<award_recipient::ActiveModel>,
    pub(super) challenges: Vec<challenge::ActiveModel>,
    pub(super) challenge_programmes: Vec<challenge_programme::ActiveModel>,
    pub(super) pages: Vec<page::ActiveModel>,
    pub(super) page_parts: Vec<page_parts::ActiveModel>,
    pub(super) page_mentions: Vec<page_mention::ActiveModel>,
    pub(super) topics: Vec<topic::ActiveModel>,
    pub(super) node_topics: Vec<node_topic::ActiveModel>,
    pub(super) node_pages: Vec<node_page::ActiveModel>,
    pub(super) sources: Vec<source::ActiveModel>,
    pub(super) translations: Vec<translation::ActiveModel>,
    pub(super) contacts: Vec<contact::ActiveModel>,
}

/// What all kinds' rows have.
pub(super) struct Columns<'d> {
    pub(super) id: Uuid,
    pub(super) kind: Kind,
    pub(super) piece: &'d Piece,
}

impl Columns<'_> {
    pub(super) fn slug(&self) -> String {
        self.piece.slug.to_string()
    }

    pub(super) fn title(&self) -> String {
        self.piece.title.clone()
    }

    pub(super) fn sort_title(&self) -> String {
        text::sort_key(&self.piece.title)
    }

    pub(super) fn summary(&self) -> String {
        self.piece.summary.clone()
    }

    pub(super) fn state(&self) -> State {
        self.piece.state()
    }
}

/// When lists put what has no date.
pub(super) fn sort_date(date: Option<PartialDate>) -> chrono::NaiveDate {
    date.map_or(NO_DAY, PartialDate::first_day)
}

impl Batch {
    /// Adds the rows of a document. `made_from` has the edition that each translation was made from.
    pub(super) fn add(
        &mut self,
        id: Id,
        document: &Document,
        made_from: &HashMap<String, i32>,
        targets: &Targets,
    ) {
        let row = Columns {
            id: id.node,
            kind: id.kind,
            piece: &document.piece,
        };
        self.owners.push(row.id);
        self.kinds.insert(row.kind);
        self.add_attached(&row, made_from, targets);
        let mut plain_body = String::new();
        if let Some(markdown) = &document.piece.body {
            let (html, plain_text) = text::render(markdown);
            plain_body.clone_from(&plain_text);
            self.bodies.push(body::ActiveModel {
                node_id: Set(row.id),
                markdown: Set(markdown.clone()),
                html: Set(html),
                plain_text: Set(plain_text),
            });
        }
        match &document.own {
            Own::Strategy(strategy) => self.add_strategy(&row, strategy, targets),
            Own::Goal(goal) => self.add_goal(&row, goal, targets),
            Own::Programme(programme) => self.add_programme(&row, programme, targets),
            Own::Initiative(initiative) => self.add_initiative(&row, initiative, targets),
            Own::Partner(partner) => self.add_partner(&row, partner, targets),
            Own::Event(event) => self.add_event(&row, event, targets),
            Own::Media(media) => self.add_media(&row, media, targets),
            Own::Person(person) => self.add_person(&row, person, targets),
            Own::Quote(quote) => self.add_quote(&row, quote, targets),
            Own::Statistic(statistic) => self.add_statistic(&row, statistic, targets),
            Own::Award(award) => self.add_award(&row, award, targets),
            Own::Challenge(challenge) => self.add_challenge(&row, challenge, targets),
            Own::Page(page) => self.add_page(&row, page, targets),
            Own::Topic(topic) => self.add_topic(&row, topic, targets),
        }
        self.add_entries(&row, document, &plain_body);
    }

    /// Adds the media that a piece shows.
    pub(super) fn add_shown(&mut self, node: Uuid, shown: &[ShownMedia], targets: &Targets) {
        for (shown, position) in shown.iter().zip(1..) {
            self.node_media.push(node_media::ActiveModel {
                node_id: Set(node),
                media_id: Set(targets.id(Kind::Media, &shown.media)),
                role: Set(shown.role),
                position: Set(position),
            });
        }
    }

    /// Counts the pieces where they are, before anything of them is written.
    pub(super) async fn count(&self, db: &impl ConnectionTrait) -> Result<Counted, DbErr> {
        let written = Written {
            owners: &self.owners,
            kinds: &self.kinds,
        };
        tally::count(db, &written).await
    }

    /// Writes all rows. Links and bodies of the documents' pieces that are not among them go. `before` is how the
    /// pieces were counted before anything of them was written.
    pub(super) async fn save(
        mut self,
        db: &impl ConnectionTrait,
        before: Counted,
    ) -> Result<(), DbErr> {
        defer_foreign_keys(db).await?;
        let owners = std::mem::take(&mut self.owners);
        let owners = owners.as_slice();
        let kinds = std::mem::take(&mut self.kinds);
        let written = Written {
            owners,
            kinds: &kinds,
        };
        self.save_derived(db, owners).await?;
        upsert(db, self.partners).await?;
        upsert(db, self.strategies).await?;
        upsert(db, self.goals).await?;
        copy_strategy_dates(db, owners).await?;
        upsert(db, self.programmes).await?;
        upsert(db, self.initiatives).await?;
        upsert(db, self.events).await?;
        upsert(db, self.media).await?;
        upsert(db, self.people).await?;
        upsert(db, self.quotes).await?;
        upsert(db, self.statistics).await?;
        upsert(db, self.awards).await?;
        upsert(db, self.challenges).await?;
        upsert(db, self.pages).await?;
        upsert(db, self.topics).await?;
        replace(db, owners, body::Column::NodeId, self.bodies).await?;
        let of = programme_goal::Column::ProgrammeId;
        replace(db, owners, of, self.programme_goals).await?;
        let of = programme_partner::Column::ProgrammeId;
        replace(db, owners, of, self.programme_partners).await?;
        let of = initiative_goal::Column::InitiativeId;
        replace(db, owners, of, self.initiative_goals).await?;
        let of = initiative_partner::Column::InitiativeId;
        replace(db, owners, of, self.initiative_partners).await?;
        let of = event_partner::Column::EventId;
        replace(db, owners, of, self.event_partners).await?;
        let of = event_session::Column::EventId;
        replace(db, owners, of, self.event_sessions).await?;
        let of = transcript::Column::MediaId;
        replace(db, owners, of, self.transcripts).await?;
        let of = node_media::Column::NodeId;
        replace(db, owners, of, self.node_media).await?;
        let of = quote_about::Column::QuoteId;
        replace(db, owners, of, self.quote_about).await?;
        let of = statistic_measure::Column::StatisticId;
        replace(db, owners, of, self.statistic_measures).await?;
        let of = award_recipient::Column::AwardId;
        replace(db, owners, of, self.award_recipients).await?;
        let of = challenge_programme::Column::ChallengeId;
        replace(db, owners, of, self.challenge_programmes).await?;
        let of = page_parts::Column::PageId;
        replace(db, owners, of, self.page_parts).await?;
        let of = page_mention::Column::PageId;
        replace(db, owners, of, self.page_mentions).await?;
        let of = node_topic::Column::NodeId;
        replace(db, owners, of, self.node_topics).await?;
        replace(db, owners, node_page::Column::NodeId, self.node_pages).await?;
        replace(db, owners, source::Column::NodeId, self.sources).await?;
        let of = translation::Column::NodeId;
        replace(db, owners, of, self.translations).await?;
        replace(db, owners, contact::Column::NodeId, self.contacts).await?;
        tally::update(db, &written, before).await
    }
}

/// Gives goals the date of their strategy: both may have changed.
async fn copy_strategy_dates(db: &impl ConnectionTrait, owners: &[Uuid]) -> Result<(), DbErr> {
    let of_strategy = Query::select()
        .column(strategy::Column::SortDate)
        .from(strategy::Entity)
        .and_where(
            Expr::col((strategy::Entity, strategy::Column::Id))
                .equals((goal::Entity, goal::Column::StrategyId)),
        )
        .take();
    let backend = db.get_database_backend();
    let changed = |column: goal::Column| {
        one_of_ids(backend, column.into_simple_expr(), owners.iter().copied())
    };
    goal::Entity::update_many()
        .col_expr(
            goal::Column::StrategySortDate,
            Expr::SubQuery(None, Box::new(of_strategy.into())),
        )
        .filter(changed(goal::Column::Id).or(changed(goal::Column::StrategyId)))
        .exec(db)
        .await
        .map(drop)
}

/// Rows in one statement: with up to 32 columns they stay below SQLite's 32,766 parameters.
pub(super) const CHUNK: usize = 1000;

/// Writes rows, over those with the same key.
pub(crate) async fn upsert<A>(db: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let keys = <A::Entity as EntityTrait>::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let conflict = OnConflict::columns(keys)
        .update_columns(<A::Entity as EntityTrait>::Column::iter())
        .to_owned();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        A::Entity::insert_many(rows.by_ref().take(CHUNK).collect::<Vec<_>>())
            .on_conflict(conflict.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Writes rows in the place of all that belong to these owners.
pub(super) async fn replace<A>(
    db: &impl ConnectionTrait,
    owners: &[Uuid],
    owner: <A::Entity as EntityTrait>::Column,
    rows: Vec<A>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let ids = owners.iter().copied();
    let theirs = one_of_ids(db.get_database_backend(), owner.into_simple_expr(), ids);
    A::Entity::delete_many().filter(theirs).exec(db).await?;
    upsert(db, rows).await
}
