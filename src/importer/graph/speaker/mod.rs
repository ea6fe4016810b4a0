//! Who said a quotation: a name, a role and an organisation out of the line below it.
//!
//! [`names`] tells a person's name from anything else, [`roles`] a role from an organisation, both with the vocabulary
//! of [`words`].

mod names;
mod roles;
#[cfg(test)]
mod tests;
mod words;

use names::{is_honorific_only, is_name, office_before, without_honorifics};
use roles::{has_role_word, is_ministry, is_organisation};

pub use names::name_key;

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The name without its honorifics, in the source's spelling.
    pub name: String,
    /// What the person is, as the source says it.
    pub role: Option<String>,
    /// What the person speaks for, where the source sets it apart from the role.
    pub organisation: Option<String>,
}

/// A line longer than this is no attribution.
const LONGEST: usize = 400;

/// The person that an attribution names; `None` where it names none, or several.
pub fn speaker(attribution: &str) -> Option<Speaker> {
    let line = one_line(attribution);
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    let (office, named) = office_before(&line);
    let (bare, honoured) = without_honorifics(named);
    let honoured = honoured || has_bracketed_honorific(bare);
    let (name, rest) = split_name(bare);
    let parts = parts(&rest);
    let role_follows = parts.iter().any(|part| has_role_word(part));
    if !is_name(name, honoured || office.is_some(), role_follows)
        || is_sentence(&rest)
        || parts.iter().any(|part| names_another(part))
    {
        return None;
    }
    let (role, organisation) = role_and_organisation(&parts);
    Some(Speaker {
        name: name.to_owned(),
        role: role.or(office.map(str::to_owned)),
        organisation,
    })
}

/// The line without its dash, its quotation marks, its full stop and all white space but single spaces.
fn one_line(attribution: &str) -> String {
    let is_nothing = |character: &char| {
        matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '*'
        )
    };
    let text: String = attribution
        .chars()
        .filter(|character| !is_nothing(character))
        .collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let opening = |character: char| {
        matches!(
            character,
            '~' | '-' | '–' | '—' | '―' | '"' | '“' | '”' | ' ' | '_' | ':'
        )
    };
    let closing =
        |character: char| matches!(character, ' ' | ',' | ';' | '"' | '”' | '_' | '。' | '，');
    let line = line.trim_start_matches(opening).trim_end_matches(closing);
    let is_abbreviated = line.ends_with("Ltd.") || line.ends_with("Inc.") || line.ends_with("Co.");
    if is_abbreviated {
        line.to_owned()
    } else {
        line.trim_end_matches('.').to_owned()
    }
}

/// The name, and the line after it.
fn split_name(line: &str) -> (&str, String) {
    let marks = [
        ",", "，", "、", ";", "(", "（", " - ", " – ", " — ", "|", " · ", "• ",
    ];
    let words = [
        " at ",
        " on ",
        " in ",
        " from ",
        " of ",
        " during ",
        " speaking ",
        " via ",
    ];
    let places = marks
        .into_iter()
        .chain(words)
        .filter_map(|mark| Some((line.find(mark)?, mark)));
    let Some((place, mark)) = places.min_by_key(|(place, _)| *place) else {
        return (line.trim(), String::new());
    };
    let (name, rest) = (line[..place].trim(), &line[place + mark.len()..]);
    let rest = match mark {
        "(" | "（" => after_bracket(rest),
        // "Lawrence Wong at the launch of Smart Nation 2.0": the occasion, no role.
        _ if words.contains(&mark) => rest.split_once(',').map_or("", |(_, rest)| rest).to_owned(),
        _ => rest.to_owned(),
    };
    (name, rest)
}

/// "Adrian CHAN (Mr)".
fn has_bracketed_honorific(line: &str) -> bool {
    let inside = line
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'));
    inside.is_some_and(|(inside, _)| is_honorific_only(inside))
}

/// "Director, Y)" and "Mr), Senior Manager": what stands in the bracket is a role unless it is an honorific.
fn after_bracket(rest: &str) -> String {
    let Some(close) = rest.find([')', '）']) else {
        return rest.to_owned();
    };
    let length = rest[close..].chars().next().map_or(0, char::len_utf8);
    let (inside, after) = (
        &rest[..close],
        rest[close + length..].trim_start_matches([',', '，', ' ']),
    );
    if is_honorific_only(inside) || !inside.is_ascii() && after.is_ascii() && !after.is_empty() {
        return after.to_owned();
    }
    if after.is_empty() {
        inside.to_owned()
    } else {
        format!("{inside}, {after}")
    }
}

/// The parts between the commas that stand in no bracket, without ages and degrees.
fn parts(rest: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (place, character) in rest.char_indices() {
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ',' | '，' | '、' | ';' if depth == 0 => {
                parts.push(rest[start..place].trim());
                start = place + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(rest[start..].trim());
    parts.retain(|part| part.contains(char::is_alphabetic) && !is_degree(part));
    parts
}

fn is_degree(part: &str) -> bool {
    matches!(
        part.trim_end_matches('.'),
        "PhD" | "Ph.D" | "MBA" | "JP" | "PBM" | "BBM" | "CISSP" | "OBE" | "CBE" | "MBE" | "Jr"
    )
}

/// "Chief Executive, Acme, said: “The dynamic nature of": no role, but the quotation itself.
fn is_sentence(rest: &str) -> bool {
    let verbs = [
        "said",
        "says",
        "shared",
        "explained",
        "added",
        "will",
        "is",
        "was",
        "are",
        "were",
        "has",
        "have",
        "had",
        "who",
        "can",
    ];
    rest.contains(['“', '"', '?', '!', ':', '[', ']'])
        || rest.split([' ', ',']).any(|word| verbs.contains(&word))
}

/// "Deputy Chief Executive, Acme and Mr Jason See": one more person, so no one's role is sure.
fn names_another(part: &str) -> bool {
    let next = part
        .split_once(" and ")
        .or_else(|| part.split_once(" & "))
        .map_or("", |(_, next)| next);
    without_honorifics(next).1 || without_honorifics(part).1
}

/// What the parts after the name say.
fn role_and_organisation(parts: &[&str]) -> (Option<String>, Option<String>) {
    let role = |parts: &[&str]| (!parts.is_empty()).then(|| parts.join(", "));
    match parts {
        [] => (None, None),
        // "Lim Mei, Acme": without a role nobody says what Acme is to her.
        [only] => match split_at(only) {
            Some((before, organisation)) => {
                (Some(before.to_owned()), Some(organisation.to_owned()))
            }
            None if has_role_word(only) || !is_organisation(only) => (role(parts), None),
            None => (None, None),
        },
        // "Acme, Director".
        [first, rest @ ..]
            if !has_role_word(first)
                && is_organisation(first)
                && rest.iter().any(|part| has_role_word(part)) =>
        {
            (role(rest), Some(without_the(first).to_owned()))
        }
        [before @ .., last] => {
            // "Permanent Secretary, Ministry of Culture, Community and Youth".
            if let Some(ministry) = parts.iter().skip(1).position(|part| is_ministry(part))
                && !parts[ministry + 1..].iter().any(|part| has_role_word(part))
            {
                return (role(&parts[..=ministry]), role(&parts[ministry + 1..]));
            }
            if is_organisation(last) {
                (role(before), Some(without_the(last).to_owned()))
            } else {
                (role(parts), None)
            }
        }
    }
}

/// "Engineer at Acme".
fn split_at(part: &str) -> Option<(&str, &str)> {
    let (role, organisation) = part.rsplit_once(" at ")?;
    let organisation = without_the(organisation);
    let sure = organisation.starts_with(char::is_uppercase)
        && !has_role_word(organisation)
        && !role.is_empty();
    sure.then_some((role, organisation))
}

fn without_the(organisation: &str) -> &str {
    organisation
        .strip_prefix("the ")
        .or_else(|| organisation.strip_prefix("The "))
        .unwrap_or(organisation)
}
