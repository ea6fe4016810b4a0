//! The words that say what part someone had in something: "developed by", "in partnership with".

use super::Part;

/// Words in a line that say what part those had who are named after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    pub part: Part,
    /// Where its first byte is.
    pub start: usize,
    /// Where the names begin.
    pub end: usize,
}

/// Phrases without a participle, the longer of two that begin alike first.
const FIXED: [(&str, Part); 24] = [
    ("in collaboration with", Part::Partner),
    ("in close collaboration with", Part::Partner),
    ("in partnership with", Part::Partner),
    ("in association with", Part::Partner),
    ("together with", Part::Partner),
    ("jointly with", Part::Partner),
    ("partners:", Part::Partner),
    ("partner:", Part::Partner),
    ("with the support of", Part::Supporter),
    ("with the support from", Part::Supporter),
    ("with support from", Part::Supporter),
    ("supporters:", Part::Supporter),
    ("supporting organisations:", Part::Supporter),
    ("supporting partners:", Part::Supporter),
    ("with funding from", Part::Sponsor),
    ("sponsors:", Part::Sponsor),
    ("sponsor:", Part::Sponsor),
    ("organisers:", Part::Organiser),
    ("organiser:", Part::Organiser),
    ("organizers:", Part::Organiser),
    ("organizer:", Part::Organiser),
    ("co-organisers:", Part::CoOrganiser),
    ("co-organizers:", Part::CoOrganiser),
    ("brought to you by", Part::Lead),
];

/// The phrases of a line, in its order.
pub(super) fn phrases(line: &str) -> Vec<Phrase> {
    // ASCII only, so that places stay the same.
    let lower = line.to_ascii_lowercase();
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut free_from = 0;
    for (start, _) in lower.char_indices() {
        let begins_word =
            !lower[..start].ends_with(|before: char| before.is_alphanumeric() || before == '-');
        if start < free_from || !begins_word {
            continue;
        }
        if let Some((part, length)) = phrase(&lower[start..]) {
            let end = start + length;
            phrases.push(Phrase { part, start, end });
            free_from = end;
        }
    }
    phrases
}

/// The phrase that a text in lower case begins with, and its length.
fn phrase(text: &str) -> Option<(Part, usize)> {
    let fixed = FIXED.iter().find(|(phrase, _)| text.starts_with(phrase));
    let found = fixed
        .map(|(phrase, part)| (*part, phrase.len()))
        .or_else(|| initiative(text))
        .or_else(|| by(text));
    let (part, length) = found?;
    let rest = &text[length..];
    let colon = rest.len() - rest.trim_start_matches([' ', ':']).len();
    (text[..length].ends_with(':') || rest.starts_with([' ', ':']))
        .then_some((part, length + colon))
}

/// "an initiative of", "a joint initiative by", "an initiative led by".
fn initiative(text: &str) -> Option<(Part, usize)> {
    let mut at = 0;
    for (index, word) in text.split(' ').take(5).enumerate() {
        let noun = matches!(
            word,
            "initiative" | "project" | "collaboration" | "partnership" | "effort"
        );
        if index == 0 && !matches!(word, "a" | "an") && !noun {
            return None;
        }
        at += word.len();
        if noun {
            let ends = [" by", " of", " between", " led by", " driven by"];
            let end = ends
                .iter()
                .find(|end| text[at..].starts_with(&format!("{end} ")))?;
            return Some((Part::Lead, at + end.len()));
        }
        at += 1;
    }
    None
}

/// "jointly developed by", "organised and hosted by", "co-organised by".
fn by(text: &str) -> Option<(Part, usize)> {
    let mut at = 0;
    let mut together = false;
    let mut part = None;
    for word in text.split(' ').take(7) {
        let bare = word.trim_end_matches([',', ':']);
        let (verb, with_others) = match bare.strip_prefix("co-") {
            Some(verb) => (verb, true),
            None => (bare, false),
        };
        match (bare, participle(verb)) {
            ("jointly", _) => together = true,
            ("proudly" | "and" | "&", _) => {}
            ("by", _) => return Some((joint_part(part?, together), at + bare.len())),
            (_, Some(said)) => {
                part = part.or(Some(said));
                together |= with_others;
            }
            _ => return None,
        }
        if part.is_none() && matches!(bare, "and" | "&") {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

fn joint_part(part: Part, together: bool) -> Part {
    if together && part == Part::Organiser {
        Part::CoOrganiser
    } else {
        part
    }
}

fn participle(verb: &str) -> Option<Part> {
    Some(match verb {
        "developed" | "built" | "created" | "made" | "designed" | "led" | "driven" | "owned"
        | "managed" | "run" | "operated" | "issued" | "launched" | "spearheaded" | "initiated"
        | "implemented" | "delivered" | "maintained" | "produced" | "published" | "piloted" => {
            Part::Lead
        }
        "organised" | "organized" | "hosted" | "presented" | "convened" => Part::Organiser,
        "sponsored" | "funded" => Part::Sponsor,
        "supported" | "endorsed" => Part::Supporter,
        _ => return None,
    })
}

/// Whether a phrase after this beginning of a line makes it a credit line: "This", "The initiative is", nothing.
pub(super) fn opens_a_credit(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    match words.as_slice() {
        [] => true,
        [.., last] => {
            words.len() <= 16
                && matches!(
                    last.to_ascii_lowercase().as_str(),
                    "is" | "was" | "are" | "were"
                )
        }
    }
}
