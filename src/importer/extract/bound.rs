//! Lists of bounded length.

use super::Extract;
use crate::importer::problem::{ProblemKind, Problems};

impl Extract {
    /// Cuts every list to a length, and tells which were longer.
    pub(in crate::importer) fn bound(&mut self, most: usize, problems: &mut Problems) {
        let mut cut = Vec::new();
        cut.extend(shorten("headings", &mut self.headings, most));
        cut.extend(shorten("links", &mut self.links, most));
        cut.extend(shorten("images", &mut self.images, most));
        cut.extend(shorten("videos", &mut self.videos, most));
        cut.extend(shorten("embeds", &mut self.embeds, most));
        cut.extend(shorten("video_links", &mut self.video_links, most));
        cut.extend(shorten("documents", &mut self.documents, most));
        cut.extend(shorten("quotes", &mut self.quotes, most));
        cut.extend(shorten(
            "quotes_heuristic",
            &mut self.quotes_heuristic,
            most,
        ));
        cut.extend(shorten("cards", &mut self.cards, most));
        cut.extend(shorten("tables", &mut self.tables, most));
        cut.extend(shorten("accordions", &mut self.accordions, most));
        cut.extend(shorten("mailto", &mut self.mailto, most));
        for table in &mut self.tables {
            cut.extend(shorten("rows", &mut table.rows, most));
        }
        for (list, length) in cut {
            let message =
                format!("there are {length} {list}: those after the first {most} are left out");
            problems.add(ProblemKind::TooMany, message);
        }
    }
}

/// The list's name and its length, if it was too long.
fn shorten<T>(name: &'static str, list: &mut Vec<T>, most: usize) -> Option<(&'static str, usize)> {
    let length = list.len();
    list.truncate(most);
    (length > most).then_some((name, length))
}
