//! Texts as they stand in Markdown.

/// A text that means itself: no character of it is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let inner = before.is_alphanumeric() && next.is_alphanumeric();
        let markup = match char {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !inner,
            '~' => !next.is_whitespace() || !before.is_whitespace(),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(char);
        before = char;
    }
    escaped
}

/// A paragraph whose lines do not look like headings, lists, quotes or rules.
pub(super) fn as_paragraph(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim_start();
        let marked = line.starts_with(['#', '>', '+', '-', '=', ':', '|']);
        if marked {
            return format!("\\{line}");
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &line[digits..];
        if digits > 0 && digits < 10 && rest.starts_with(['.', ')']) {
            return format!("{}\\{rest}", &line[..digits]);
        }
        line.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An address as it stands in a link.
pub(super) fn address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for char in address.trim().chars() {
        match char {
            ' ' => escaped.push_str("%20"),
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            '&' => escaped.push_str("&amp;"),
            char if char.is_whitespace() || char.is_control() => {}
            char => escaped.push(char),
        }
    }
    escaped
}
