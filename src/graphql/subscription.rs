//! What clients can wait for.

use async_graphql::{
    Context, Subscription as SubscriptionType,
    connection::EmptyFields,
    futures_util::{Stream, StreamExt, stream},
};
use entity::node::Kind;

use super::{
    change::{Change, ContentType},
    connection::Edge,
};
use crate::{
    error::Result,
    load::{Feed, cursor_of, rows},
};

/// Where subscriptions start.
pub struct Subscription;

/// What clients can wait for: over WebSockets (`graphql-transport-ws`) and over server-sent events.
#[SubscriptionType]
impl Subscription {
    /// Everything that happens to content, as it happens. It begins with the change that comes after
    /// `after`, or with the last one that there is: so a client has a cursor from the start, and can resume
    /// where it was cut off without missing anything.
    async fn content_changed<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Only of these kinds; of all if not given.")] kinds: Option<
            Vec<ContentType>,
        >,
        #[graphql(
            desc = "Only what comes after this cursor: of an entry of `changes`, or of the last one that came here."
        )]
        after: Option<String>,
    ) -> Result<impl Stream<Item = Edge<Change, EmptyFields>> + use<'c>> {
        let feed: &Feed = ctx.data_unchecked();
        let kinds: Option<Vec<Kind>> =
            kinds.map(|kinds| kinds.into_iter().map(Kind::from).collect());
        let place = feed.reader::<Change>(after.as_deref(), kinds.as_deref());
        let reader = place.await?;
        let news = stream::unfold(reader, async |mut reader| {
            let news = reader.next().await;
            Some((stream::iter(news), reader))
        });
        let wanted = news.flatten().filter(move |news| {
            let wanted = kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&news.kind));
            std::future::ready(wanted)
        });
        let rows = rows(ctx);
        Ok(wanted.map(move |news| {
            // Each event tells of the content as it is when the event is told.
            rows.renew();
            let cursor = cursor_of::<Change>(&news.change);
            Edge::alone(Change::from(news.change), cursor)
        }))
    }
}
