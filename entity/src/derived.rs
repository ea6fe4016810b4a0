//! Columns that lists go by or filters compare, and that are not read with their rows: the database derives
//! them from other columns, or `publish` counts and copies them.

/// Such a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Derived {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub of: Of,
}

/// What a column's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// Folded text.
    Text,
    /// Days.
    Date,
    /// Whole numbers.
    Int,
    /// Moments in UTC.
    Moment,
}

const fn column(table: &'static str, name: &'static str, of: Of) -> Derived {
    Derived { table, name, of }
}

/// Of `node`.
pub mod node {
    use super::{Derived, Of, column};

    /// When it was first published.
    pub const PUBLISHED_AT: Derived = column("node", "published_at", Of::Moment);

    /// When its words last changed.
    pub const CONTENT_UPDATED_AT: Derived = column("node", "content_updated_at", Of::Moment);

    /// When anything of it last changed.
    pub const RECORD_UPDATED_AT: Derived = column("node", "record_updated_at", Of::Moment);
}

/// Of `strategy`.
pub mod strategy {
    use super::{Derived, Of, column};

    /// The last day that the launch may mean.
    pub const LAUNCHED_LAST: Derived = column("strategy", "launched_last", Of::Date);

    /// When it was refreshed, or year 1.
    pub const REFRESHED_SORT_DATE: Derived = column("strategy", "refreshed_sort_date", Of::Date);

    /// The last day that the refreshment may mean.
    pub const REFRESHED_LAST: Derived = column("strategy", "refreshed_last", Of::Date);

    /// Its live goals.
    pub const GOAL_COUNT: Derived = column("strategy", "goal_count", Of::Int);
}

/// Of `goal`.
pub mod goal {
    use super::{Derived, Of, column};

    /// Its live programmes.
    pub const PROGRAMME_COUNT: Derived = column("goal", "programme_count", Of::Int);

    /// Its live initiatives.
    pub const INITIATIVE_COUNT: Derived = column("goal", "initiative_count", Of::Int);
}

/// Of `programme`.
pub mod programme {
    use super::{Derived, Of, column};

    /// When it began, or year 1.
    pub const STARTED_SORT_DATE: Derived = column("programme", "started_sort_date", Of::Date);

    /// The last day that its beginning may mean.
    pub const STARTED_LAST: Derived = column("programme", "started_last", Of::Date);

    /// When it ended, or year 1.
    pub const ENDED_SORT_DATE: Derived = column("programme", "ended_sort_date", Of::Date);

    /// The last day that its end may mean.
    pub const ENDED_LAST: Derived = column("programme", "ended_last", Of::Date);

    /// Its live events.
    pub const EVENT_COUNT: Derived = column("programme", "event_count", Of::Int);

    /// Its live initiatives.
    pub const INITIATIVE_COUNT: Derived = column("programme", "initiative_count", Of::Int);

    /// Its live partners.
    pub const PARTNER_COUNT: Derived = column("programme", "partner_count", Of::Int);

    /// The sort title of its lead agency, or nothing.
    pub const LEAD_AGENCY_SORT_TITLE: Derived =
        column("programme", "lead_agency_sort_title", Of::Text);
}

/// Of `initiative`.
pub mod initiative {
    use super::{Derived, Of, column};

    /// When it began, or year 1.
    pub const STARTED_SORT_DATE: Derived = column("initiative", "started_sort_date", Of::Date);

    /// The last day that its beginning may mean.
    pub const STARTED_LAST: Derived = column("initiative", "started_last", Of::Date);

    /// When it ended, or year 1.
    pub const ENDED_SORT_DATE: Derived = column("initiative", "ended_sort_date", Of::Date);

    /// The last day that its end may mean.
    pub const ENDED_LAST: Derived = column("initiative", "ended_last", Of::Date);

    /// Its live events.
    pub const EVENT_COUNT: Derived = column("initiative", "event_count", Of::Int);

    /// Its live partners.
    pub const PARTNER_COUNT: Derived = column("initiative", "partner_count", Of::Int);

    /// The sort title of its programme, or nothing.
    pub const PROGRAMME_SORT_TITLE: Derived =
        column("initiative", "programme_sort_title", Of::Text);
}

/// Of `partner`.
pub mod partner {
    use super::{Derived, Of, column};

    /// The live programmes that it works on.
    pub const PROGRAMME_COUNT: Derived = column("partner", "programme_count", Of::Int);

    /// The live programmes that it leads.
    pub const LED_PROGRAMME_COUNT: Derived = column("partner", "led_programme_count", Of::Int);

    /// The live initiatives that it works on.
    pub const INITIATIVE_COUNT: Derived = column("partner", "initiative_count", Of::Int);

    /// The live events that it has a part in.
    pub const EVENT_COUNT: Derived = column("partner", "event_count", Of::Int);
}

/// Of `event`.
pub mod event {
    use super::{Derived, Of, column};

    /// The last day that its beginning may mean.
    pub const STARTS_LAST: Derived = column("event", "starts_last", Of::Date);

    /// When it ends, or year 1.
    pub const ENDS_SORT_DATE: Derived = column("event", "ends_sort_date", Of::Date);

    /// The last day that its end may mean.
    pub const ENDS_LAST: Derived = column("event", "ends_last", Of::Date);

    /// Its live partners.
    pub const PARTNER_COUNT: Derived = column("event", "partner_count", Of::Int);

    /// The sort title of its programme, or nothing.
    pub const PROGRAMME_SORT_TITLE: Derived = column("event", "programme_sort_title", Of::Text);
}

/// Of `media`.
pub mod media {
    use super::{Derived, Of, column};

    /// The live pieces that show it.
    pub const SHOWN_COUNT: Derived = column("media", "shown_count", Of::Int);
}

/// Of `person`.
pub mod person {
    use super::{Derived, Of, column};

    /// Its live quotes.
    pub const QUOTE_COUNT: Derived = column("person", "quote_count", Of::Int);

    /// The sort title of its organisation, or nothing.
    pub const ORGANISATION_SORT_TITLE: Derived =
        column("person", "organisation_sort_title", Of::Text);
}

/// Of `quote`.
pub mod quote {
    use super::{Derived, Of, column};

    /// The last day on which it may have been said.
    pub const SAID_LAST: Derived = column("quote", "said_last", Of::Date);

    /// The sort title of its speaker.
    pub const SPEAKER_SORT_TITLE: Derived = column("quote", "speaker_sort_title", Of::Text);
}

/// Of `statistic`.
pub mod statistic {
    use super::{Derived, Of, column};

    /// The last day of its period.
    pub const PERIOD_LAST: Derived = column("statistic", "period_last", Of::Date);
}

/// Of `award`.
pub mod award {
    use super::{Derived, Of, column};

    /// The last day on which it may have been given.
    pub const AWARDED_LAST: Derived = column("award", "awarded_last", Of::Date);

    /// Its live recipients.
    pub const RECIPIENT_COUNT: Derived = column("award", "recipient_count", Of::Int);

    /// The sort title of its programme, or nothing.
    pub const PROGRAMME_SORT_TITLE: Derived = column("award", "programme_sort_title", Of::Text);
}

/// Of `challenge`.
pub mod challenge {
    use super::{Derived, Of, column};

    /// The live programmes that answer it.
    pub const PROGRAMME_COUNT: Derived = column("challenge", "programme_count", Of::Int);
}

/// Of `page`.
pub mod page {
    use super::{Derived, Of, column};

    /// The last day on which it may have been published.
    pub const PUBLISHED_LAST: Derived = column("page", "published_last", Of::Date);
}

/// Of `topic`.
pub mod topic {
    use super::{Derived, Of, column};

    /// The live content about it.
    pub const CONTENT_COUNT: Derived = column("topic", "content_count", Of::Int);
}
