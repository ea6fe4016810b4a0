//! Documents of awards.

use entity::node::Kind;
use serde::{Deserialize, Serialize};

use super::{Fault, Link, PartialDate, Piece, ShownMedia, Slug, own::Part, text::text};

/// Recognition: an award, or a place in a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<PartialDate>,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarded_by: Option<Slug>,
    /// The place, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<i32>,
    /// How many there were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<i32>,
    /// In which category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Who got it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Slug>,
    /// The programme that it was given for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Slug>,
    /// What it shows, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<ShownMedia>,
}

impl Part for Award {
    fn links(&self) -> Vec<Link<'_>> {
        let media = self.media.iter().map(|shown| &shown.media);
        let media = Link::many("media", "media", Kind::Media, media);
        let awarded_by = self.awarded_by.iter();
        let awarded_by = awarded_by.map(|slug| Link::one("awarded_by", Kind::Partner, slug));
        let programme = self.programme.iter();
        let programme = programme.map(|slug| Link::one("programme", Kind::Programme, slug));
        awarded_by
            .chain(programme)
            .chain(Link::many(
                "recipients",
                "",
                Kind::Partner,
                &self.recipients,
            ))
            .chain(media)
            .collect()
    }

    fn faults(&self, _: &Piece) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(rank) = self.rank.filter(|rank| *rank < 1) {
            faults.push(Fault::new(
                "rank",
                format!("{rank} is no place: the first is 1"),
            ));
        }
        if let (Some(rank), Some(out_of)) = (self.rank, self.out_of)
            && out_of < rank
        {
            let message = format!("{out_of} is less than `rank`, which is {rank}");
            faults.push(Fault::new("out_of", message));
        }
        let category = self.category.as_ref();
        faults.extend(category.and_then(|category| text("category", category, 200)));
        faults
    }
}
