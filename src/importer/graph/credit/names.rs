//! Cuts "the Ministry of Health (MOH), A and B" into the names of organisations.

use super::shapes::{
    Name, is_known, is_list_in_name, is_name, is_nobody, is_spelt_out, named, stands_alone,
};

/// A list of more names than this is no credit line.
const MOST: usize = 40;

/// A piece of the text between two places where it may be cut.
#[derive(Debug, Clone, Copy)]
struct Atom {
    start: usize,
    end: usize,
    /// How it is set apart from the one before it.
    cut: Cut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Comma,
    And,
    Ampersand,
}

/// The names of a list; `None` where it is not a list of names but the rest of a sentence.
pub(super) fn names(text: &str, known: &dyn Fn(&str) -> bool) -> Option<Vec<Name>> {
    let text = trimmed(text);
    let atoms = atoms(text);
    if text.is_empty() || atoms.len() > MOST {
        return None;
    }
    let mut names = Vec::new();
    for piece in pieces(text, &atoms, known) {
        let (name, abbreviation) = named(piece);
        if is_known(piece, known) || is_name(&name) {
            names.push((name, abbreviation));
        } else if !is_nobody(&name) {
            return None;
        }
    }
    Some(names)
}

/// The text without what joins it to the words around it, and without the year at its end.
fn trimmed(text: &str) -> &str {
    let edge = |character: char| character.is_whitespace() || ",;:.|•-–—_*\"”“".contains(character);
    let mut text = text.trim_matches(edge);
    let ends = [" and", " with", " &", " is", " was", " it is", " jointly"];
    while let Some(shorter) = ends.iter().find_map(|end| strip_end(text, end)) {
        text = shorter.trim_end_matches(edge);
    }
    if matches!(text.to_ascii_lowercase().as_str(), "and" | "with" | "&") {
        return "";
    }
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text));
    let year = last.len() == 4 && last.bytes().all(|digit| digit.is_ascii_digit());
    match before
        .strip_suffix(" in")
        .or_else(|| before.strip_suffix(" since"))
    {
        Some(named) if year => named.trim_matches(edge),
        _ => text,
    }
}

fn strip_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let length = text.len().checked_sub(end.len())?;
    (text.is_char_boundary(length) && text[length..].eq_ignore_ascii_case(end))
        .then(|| &text[..length])
}

/// The text cut wherever it may be cut, outside brackets.
fn atoms(text: &str) -> Vec<Atom> {
    let lower = text.to_ascii_lowercase();
    let mut atoms = Vec::new();
    let (mut start, mut depth, mut cut) = (0, 0_usize, Cut::Comma);
    for (place, character) in lower.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some((next, length)) = cut_at(&lower[place..]).filter(|_| depth == 0 && place >= start)
        else {
            continue;
        };
        // "A, and B" is cut once.
        if !text[start..place].trim().is_empty() {
            atoms.push(Atom {
                start,
                end: place,
                cut,
            });
            cut = next;
        }
        start = place + length;
    }
    if !text[start..].trim().is_empty() {
        atoms.push(Atom {
            start,
            end: text.len(),
            cut,
        });
    }
    atoms
}

fn cut_at(lower: &str) -> Option<(Cut, usize)> {
    let cuts = [
        (", and ", Cut::Comma),
        (", & ", Cut::Comma),
        (" as well as ", Cut::And),
        (", ", Cut::Comma),
        ("; ", Cut::Comma),
        (" | ", Cut::Comma),
        (" / ", Cut::Comma),
        (" and ", Cut::And),
        (" & ", Cut::Ampersand),
    ];
    cuts.iter()
        .find(|(mark, _)| lower.starts_with(mark))
        .map(|(mark, cut)| (*cut, mark.len()))
}

/// The pieces that are names: those that are known, as long as they go, and what a rule makes of the rest.
fn pieces<'a>(text: &'a str, atoms: &[Atom], known: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut unknown_from = 0;
    let mut at = 0;
    let groups = known_groups(text, atoms, known);
    while at < atoms.len() {
        let length = groups[at];
        if length == 0 {
            at += 1;
            continue;
        }
        pieces.extend(by_rule(text, &atoms[unknown_from..at]));
        pieces.push(&text[atoms[at].start..atoms[at + length - 1].end]);
        at += length;
        unknown_from = at;
    }
    pieces.extend(by_rule(text, &atoms[unknown_from..]));
    pieces
}

/// For each atom, how many atoms from it on are one known name in the cut that leaves least unknown, with the
/// fewest names; 0 where none is.
fn known_groups(text: &str, atoms: &[Atom], known: &dyn Fn(&str) -> bool) -> Vec<usize> {
    let mut groups = vec![0; atoms.len()];
    // How many atoms from here on stay unknown, and in how many names the others are.
    let mut best = vec![(0, 0); atoms.len() + 1];
    for from in (0..atoms.len()).rev() {
        best[from] = (best[from + 1].0 + 1, best[from + 1].1);
        for to in from + 1..=atoms.len() {
            let candidate = (best[to].0, best[to].1 + 1);
            if candidate < best[from]
                && is_known(&text[atoms[from].start..atoms[to - 1].end], known)
            {
                (best[from], groups[from]) = (candidate, to - from);
            }
        }
    }
    groups
}

/// What is known of no part of a list: cut at commas and at the last "and", but not within "Ministry of A and B".
fn by_rule<'a>(text: &'a str, atoms: &[Atom]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let Some(first) = atoms.first() else {
        return pieces;
    };
    let mut start = first.start;
    let last_and = atoms.iter().rposition(|atom| atom.cut == Cut::And);
    let last_comma = atoms
        .iter()
        .rposition(|atom| atom.cut == Cut::Comma)
        .unwrap_or(0);
    for (index, pair) in atoms.windows(2).enumerate() {
        let (before, after) = (&text[start..pair[0].end], &text[pair[1].start..pair[1].end]);
        let is_last = last_and == Some(index + 1) && index + 1 > last_comma;
        let own = before.ends_with(')') || stands_alone(after, text);
        let cut = match pair[1].cut {
            Cut::Comma => true,
            Cut::And if is_list_in_name(before) => own,
            Cut::And => (is_last || own) && !is_spelt_out(&text[start..pair[1].end]),
            Cut::Ampersand => own && stands_alone(&text[pair[0].start..pair[0].end], text),
        };
        if cut {
            pieces.push(before);
            start = pair[1].start;
        }
    }
    pieces.push(&text[start..atoms[atoms.len() - 1].end]);
    pieces
}
