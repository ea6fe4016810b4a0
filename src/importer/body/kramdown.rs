//! What kramdown has and CommonMark has not: attributes, options, abbreviations, addresses with spaces.

use super::emphasis::with_bold;

/// A page as CommonMark would write it.
pub(super) fn as_common_mark(page: &str) -> String {
    let mut mended = String::with_capacity(page.len());
    let mut fence: Option<&str> = None;
    let mut comment = false;
    for line in page.split_inclusive('\n') {
        let start = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            mended.push_str(line);
        } else if start.starts_with("{::comment}") || comment {
            comment = !line.contains("{:/");
        } else if !is_abbreviation(start) {
            mend_line(line, &mut mended);
        }
    }
    mended
}

/// `*[HTML]: Hyper Text Markup Language` is shown nowhere.
fn is_abbreviation(line: &str) -> bool {
    line.starts_with("*[") && line.contains("]:")
}

fn mend_line(line: &str, mended: &mut String) {
    let line = without_attributes(line);
    let line = without_heading_id(&line);
    let line = definition(line).unwrap_or_else(|| line.to_owned());
    with_addresses(&with_bold(&line), mended);
}

/// A line without `{:target="_blank"}`, `{: .class}`, `{::nomarkdown}` and the space before it.
fn without_attributes(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find("{:") {
        let Some(length) = attributes(&rest[start..]) else {
            kept.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let before = &rest[..start];
        rest = &rest[start + length..];
        // The space belongs to the attributes, unless words follow at once.
        let joins = rest.starts_with(|char: char| char.is_alphanumeric() || char == '[');
        kept.push_str(if joins {
            before
        } else {
            before.trim_end_matches(' ')
        });
    }
    kept.push_str(rest);
    kept
}

/// The length of the attributes that a text begins with.
fn attributes(text: &str) -> Option<usize> {
    const LONGEST: usize = 1_000;
    let mut quote = None;
    for (index, char) in text.char_indices().take(LONGEST) {
        match (quote, char) {
            (_, '\n') => break,
            (None, '}') => return Some(index + 1),
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
    }
    // An unclosed quote hid the end.
    let line = text
        .get(..text.floor_char_boundary(LONGEST))?
        .lines()
        .next()?;
    line.find('}').map(|end| end + 1)
}

/// A heading without its `{#name}`.
fn without_heading_id(line: &str) -> &str {
    if !line.starts_with('#') {
        return line;
    }
    let text = line.trim_end();
    match text.rfind("{#") {
        Some(start) if text.ends_with('}') => text[..start].trim_end(),
        _ => line,
    }
}

/// `[name]: /an address.pdf` with the address in angle brackets, if it needs them.
fn definition(line: &str) -> Option<String> {
    let start = line.trim_start();
    if !start.starts_with('[') || start.starts_with("[^") || line.len() - start.len() > 3 {
        return None;
    }
    let (name, address) = start.split_once("]:")?;
    let address = address.trim();
    let spaced = address.contains(char::is_whitespace) && !address.contains(['"', '\'', '<']);
    let path = address.starts_with('/') || address.starts_with("http");
    (spaced && path && !name.contains(['(', ']'])).then(|| format!("{name}]: <{address}>\n"))
}

/// Puts addresses with spaces into angle brackets.
fn with_addresses(line: &str, mended: &mut String) {
    // Behind the last parenthesis that closes, nothing is to be looked for.
    let (line, tail) = line.split_at(line.rfind(')').map_or(0, |last| last + 1));
    let mut rest = line;
    while let Some(start) = rest.find("](") {
        mended.push_str(&rest[..start + 2]);
        rest = &rest[start + 2..];
        let Some(end) = closing(rest) else { continue };
        let inside = rest[..end].trim();
        if inside.contains(char::is_whitespace) && !inside.starts_with('<') {
            let (address, title) = with_title(inside);
            if address.contains(char::is_whitespace) {
                let address = address.replace('<', "%3C").replace('>', "%3E");
                mended.push('<');
                mended.push_str(&address);
                mended.push('>');
                mended.push_str(title);
                rest = &rest[end..];
            }
        }
    }
    mended.push_str(rest);
    mended.push_str(tail);
}

/// Where the parenthesis closes that was opened before a text.
fn closing(text: &str) -> Option<usize> {
    const LONGEST: usize = 1_000;
    let mut depth = 0_usize;
    for (index, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(index),
            b')' => depth -= 1,
            b'\n' => break,
            _ => {}
        }
    }
    // Unbalanced: the last one on the line that could close it.
    let window = text.get(..text.floor_char_boundary(LONGEST))?;
    let line = window.lines().next()?;
    line.find(')')
}

/// An address, and the title that follows it with the space before it.
fn with_title(inside: &str) -> (&str, &str) {
    let quote = inside
        .chars()
        .next_back()
        .filter(|last| matches!(last, '"' | '\''));
    let title = quote.and_then(|quote| {
        let open = inside.find(&format!(" {quote}"))?;
        (open + 2 < inside.len()).then_some(open)
    });
    title.map_or((inside, ""), |open| {
        (inside[..open].trim(), &inside[open..])
    })
}
