//! The HTML tags in a text that may be anything, and which belong together.

/// A tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    pub start: usize,
    pub end: usize,
    /// As it is written.
    pub name: &'t str,
    pub closing: bool,
    /// Where the end tag that belongs to it is in the list.
    pub partner: Option<usize>,
}

impl Tag<'_> {
    pub fn is(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| self.name.eq_ignore_ascii_case(name))
    }

    /// Whether a line that begins with it is HTML for CommonMark, whatever follows.
    pub fn starts_block(&self) -> bool {
        self.is(BLOCKS)
    }
}

/// How long a tag may be; what is longer is text.
const LONGEST: usize = 20_000;

/// All tags of a text, in order.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut from = 0;
    // What does not end is looked for once only: a page of nothing but starts would take forever.
    let (mut comments_end, mut raw_ends) = (true, true);
    while let Some(found) = text[from..].find('<') {
        let start = from + found;
        let rest = &text[start..];
        from = start + 1;
        if rest.starts_with("<!--") && comments_end {
            match rest.find("-->") {
                Some(end) => from = start + end + 3,
                None => comments_end = false,
            }
        } else if let Some((name, length)) = tag(rest) {
            from = start + length;
            let closing = rest.starts_with("</");
            tags.push(Tag {
                start,
                end: from,
                name,
                closing,
                partner: None,
            });
            if !closing && is_raw(name) && raw_ends {
                let end = raw_end(text, from, name);
                raw_ends = end.is_some();
                from = end.unwrap_or(from);
            }
        }
    }
    pair(&mut tags);
    tags
}

fn is_raw(name: &str) -> bool {
    ["script", "style"]
        .iter()
        .any(|raw| name.eq_ignore_ascii_case(raw))
}

/// Where the end tag of a script begins.
fn raw_end(text: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text[at..].find("</") {
        let start = at + found + 2;
        let end = text.get(start..start + name.len());
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return Some(start - 2);
        }
        at = start;
    }
    None
}

/// The name and the length of the tag that a text begins with.
fn tag(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let name_start = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    let name = &text[name_start..];
    if !name.starts_with(|char: char| char.is_ascii_alphabetic()) {
        return None;
    }
    let length = name.find(|char: char| !char.is_ascii_alphanumeric() && char != '-')?;
    let mut quote = None;
    let mut before = b' ';
    let from = name_start + length;
    if !matches!(bytes[from], b'>' | b'/') && !bytes[from].is_ascii_whitespace() {
        return None;
    }
    for (index, byte) in bytes.iter().copied().enumerate().skip(from).take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return Some((&name[..length], index + 1)),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'<') => return None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

fn pair(tags: &mut [Tag<'_>]) {
    const FARTHEST: usize = 200;
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tags.len() {
        if !tags[index].closing {
            if !tags[index].is(VOID) {
                open.push(index);
            }
            continue;
        }
        let mut nearest = open.iter().rev().take(FARTHEST);
        let found =
            nearest.position(|start| tags[*start].name.eq_ignore_ascii_case(tags[index].name));
        if let Some(back) = found {
            let place = open.len() - 1 - back;
            tags[open[place]].partner = Some(index);
            open.truncate(place);
        }
    }
}

/// Elements without content.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// CommonMark 0.31, 4.6, kinds 1 and 6.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "script",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];
