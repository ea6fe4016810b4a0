//! Bold words that touch others, such as `**Date:**14 May`.
//!
//! CommonMark takes stars between a colon and a letter as stars; kramdown and whoever wrote them do not.

/// A line of Markdown whose bold words are bold for CommonMark too.
pub(super) fn with_bold(line: &str) -> String {
    let markup = line.contains('`') || line.trim_start().starts_with('<') || !line.contains("**");
    if markup {
        return line.to_owned();
    }
    let marks = marks(line);
    let mut bold = String::with_capacity(line.len());
    let mut copied = 0;
    let mut index = 0;
    while let [open, close, ..] = marks[index..] {
        let (inside, outside) = (
            open + 2..close,
            (before(line, open), after(line, close + 2)),
        );
        let words = &line[inside.clone()];
        let tight = !words.is_empty() && words.trim() == words;
        index += if tight { 2 } else { 1 };
        if tight && !flanks(words, outside) {
            bold.push_str(&line[copied..open]);
            bold.push_str("<strong>");
            bold.push_str(words);
            bold.push_str("</strong>");
            copied = close + 2;
        }
    }
    bold.push_str(&line[copied..]);
    bold
}

/// Where two stars stand, and not three.
fn marks(line: &str) -> Vec<usize> {
    let mut marks = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        if run == 2 && (at == 0 || bytes[at - 1] != b'\\') {
            marks.push(at);
        }
        at += run.max(1);
    }
    marks
}

fn before(line: &str, at: usize) -> char {
    line[..at].chars().next_back().unwrap_or(' ')
}

fn after(line: &str, at: usize) -> char {
    line[at..].chars().next().unwrap_or(' ')
}

/// Whether CommonMark sees stars around these words, between these characters, as emphasis (0.31, 6.2).
fn flanks(words: &str, (before, after): (char, char)) -> bool {
    let (first, last) = (words.chars().next(), words.chars().next_back());
    let opens = !first.is_some_and(is_punctuation) || !before.is_alphanumeric();
    let closes = !last.is_some_and(is_punctuation) || !after.is_alphanumeric();
    opens && closes
}

fn is_punctuation(char: char) -> bool {
    !char.is_alphanumeric() && !char.is_whitespace()
}
