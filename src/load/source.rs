//! Where questions are asked, and of which content revision the answers are.

use std::sync::{Arc, Mutex, MutexGuard};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend, DbErr,
    QueryResult, QueryTrait, Statement,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{Columns, Fingerprint, template};
use crate::store::{Readers, content_revision_query, content_revision_seen, with_limit_written};

/// Any connection, or a transaction that sees one moment.
pub struct Source {
    place: Place,
    columns: Arc<Columns>,
    read: Mutex<Read>,
}

enum Place {
    Pool(Readers),
    Moment(DatabaseTransaction),
}

/// What the statements of a request saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// There were none.
    Nothing,
    /// This content revision, all of them.
    Of(i64),
    /// Nobody knows: one found nothing, or two saw different revisions.
    Unsure,
}

/// The revision that a statement saw: it is read by the statement itself, which sees one moment.
const REVISION: &str = "revision_";

impl Source {
    /// Any connection.
    pub(super) fn pool(readers: Readers, columns: Arc<Columns>) -> Self {
        Self::at(Place::Pool(readers), columns)
    }

    /// A transaction.
    pub(super) fn moment(transaction: DatabaseTransaction, columns: Arc<Columns>) -> Self {
        Self::at(Place::Moment(transaction), columns)
    }

    fn at(place: Place, columns: Arc<Columns>) -> Self {
        Self {
            place,
            columns,
            read: Mutex::new(Read::Nothing),
        }
    }

    /// The columns that are read.
    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The connections, if it is those.
    pub(super) fn connections(&self) -> Option<&DatabaseConnection> {
        match &self.place {
            Place::Pool(readers) => Some(readers.pool()),
            Place::Moment(_) => None,
        }
    }

    fn executor(&self) -> DatabaseExecutor<'_> {
        match &self.place {
            Place::Pool(readers) => readers.pool().into(),
            Place::Moment(moment) => moment.into(),
        }
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.executor().get_database_backend()
    }

    /// What was read so far.
    pub(super) fn read(&self) -> Read {
        *self.noted()
    }

    /// The rows of a query.
    pub async fn rows(&self, query: SelectStatement) -> Result<Vec<QueryResult>, DbErr> {
        self.rows_of(self.statement(query)).await
    }

    /// The rows of a query about these ids. Its text is written once for all queries that `of` does not tell apart.
    pub(super) async fn rows_about(
        &self,
        of: Fingerprint,
        ids: &[Uuid],
        query: impl FnOnce(&[Uuid]) -> SelectStatement,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let write = |ids: &[Uuid]| self.statement(query(ids));
        let statement = template::statement(of, self.backend(), ids, write);
        self.rows_of(statement).await
    }

    fn statement(&self, mut query: SelectStatement) -> Statement {
        let revision = content_revision_query().into_query();
        query.expr_as(Expr::SubQuery(None, Box::new(revision.into())), REVISION);
        with_limit_written(self.backend().build(&query))
    }

    async fn rows_of(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = match &self.place {
            Place::Pool(readers) => readers.rows(statement).await,
            Place::Moment(moment) => moment.query_all_raw(statement).await,
        };
        let first = rows.as_ref().ok().and_then(|rows| rows.first());
        self.note(match first {
            Some(row) => Read::Of(row.try_get("", REVISION)?),
            None => Read::Unsure,
        });
        rows
    }

    /// The rows of several queries that are one.
    pub async fn rows_of_union(&self, query: &SelectStatement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(Read::Unsure);
        self.executor().query_all(query).await
    }

    /// The content revision.
    pub(super) async fn content_revision(&self) -> Result<i64, DbErr> {
        let revision = content_revision_seen(&self.executor()).await?;
        self.note(Read::Of(revision));
        Ok(revision)
    }

    fn note(&self, read: Read) {
        let mut noted = self.noted();
        *noted = match *noted {
            Read::Nothing => read,
            before if before == read => before,
            _ => Read::Unsure,
        };
    }

    fn noted(&self) -> MutexGuard<'_, Read> {
        self.read.lock().expect("nobody panics while holding it")
    }
}
