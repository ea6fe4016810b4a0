//! Liquid: what Jekyll replaces in a page before anything else reads it.

/// How long a tag may be; what is longer is taken as text.
const LONGEST: usize = 2_000;

/// A page without its Liquid, and the tags that would have put something into the page.
pub(super) fn without_liquid(page: &str) -> (String, Vec<String>) {
    let mut rest = page;
    let mut text = String::with_capacity(page.len());
    let mut lost = Vec::new();
    // Looked for once only: a page of nothing but starts would take forever.
    let mut unclosed = false;
    while let Some(start) = find_tag(rest) {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some((tag, length)) = tag(rest) else {
            text.push_str(&rest[..2]);
            rest = &rest[2..];
            continue;
        };
        rest = &rest[length..];
        match tag {
            Tag::Output(output) => match literal(output) {
                Some(literal) => text.push_str(literal),
                None if is_address_of_site(output) => {}
                None => lost.push(format!("{{{{ {output} }}}}")),
            },
            Tag::Block("raw") if !unclosed => match until(rest, "endraw") {
                Some((inside, after)) => {
                    text.push_str(inside);
                    rest = after;
                }
                None => unclosed = true,
            },
            Tag::Block("comment") if !unclosed => match until(rest, "endcomment") {
                Some((_, after)) => rest = after,
                None => unclosed = true,
            },
            Tag::Block(block) if block.starts_with("include") => {
                lost.push(format!("{{% {block} %}}"));
            }
            Tag::Block(_) => {}
        }
    }
    text.push_str(rest);
    (text, lost)
}

enum Tag<'t> {
    Output(&'t str),
    Block(&'t str),
}

fn find_tag(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('{') {
        let start = from + found;
        if text[start..].starts_with("{{") || text[start..].starts_with("{%") {
            return Some(start);
        }
        from = start + 1;
    }
    None
}

/// The tag that a text begins with, and its length.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    let end = text.floor_char_boundary(LONGEST);
    let window = &text[2..end.max(2)];
    if text.starts_with("{{") {
        let end = window.find("}}")?;
        let inside = window[..end].trim_matches('-').trim();
        Some((Tag::Output(inside), end + 4))
    } else {
        let end = window.find("%}")?;
        let inside = window[..end].trim_matches('-').trim();
        Some((Tag::Block(inside), end + 4))
    }
}

/// What a tag prints if it prints a text as it stands, as in `{{ "/images/a.png" | absolute_url }}`.
fn literal(output: &str) -> Option<&str> {
    let quote = output
        .chars()
        .next()
        .filter(|char| matches!(char, '"' | '\''))?;
    let inside = &output[1..];
    inside.find(quote).map(|end| &inside[..end])
}

/// Addresses on the site are written without the site's own.
fn is_address_of_site(output: &str) -> bool {
    let name = output.split('|').next().unwrap_or_default().trim();
    matches!(name, "site.baseurl" | "site.url")
}

/// What stands before an end tag, and what after it.
fn until<'t>(text: &'t str, end: &str) -> Option<(&'t str, &'t str)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("{%") {
        let start = from + found;
        if let Some((Tag::Block(block), length)) = tag(&text[start..])
            && block == end
        {
            return Some((&text[..start], &text[start + length..]));
        }
        from = start + 2;
    }
    None
}
