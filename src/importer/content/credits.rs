//! Who did it: lines such as `Developed by A in collaboration with B`.

use crate::importer::dom::{Dom, ROOT};

/// What such a line begins with, after `Jointly` or `Co-`.
const BEGINNINGS: &[&str] = &[
    "built by",
    "created by",
    "designed by",
    "developed by",
    "funded by",
    "in collaboration with",
    "in partnership with",
    "issued by",
    "launched by",
    "led by",
    "managed by",
    "organised by",
    "organized by",
    "owned by",
    "supported by",
];

/// The lines of a page that tell who did it, in order.
pub(super) fn credits(dom: &Dom) -> Vec<String> {
    let lines = dom.lines(ROOT, &[]).into_iter();
    lines.filter(|line| is_credit(line)).collect()
}

fn is_credit(line: &str) -> bool {
    const LONGEST: usize = 500;
    let start = line.to_lowercase();
    let start = start.trim_start_matches(|char: char| !char.is_alphanumeric());
    let start = start.strip_prefix("jointly ").unwrap_or(start);
    let start = start.strip_prefix("co-").unwrap_or(start);
    line.len() < LONGEST
        && BEGINNINGS
            .iter()
            .any(|beginning| start.starts_with(beginning))
}
