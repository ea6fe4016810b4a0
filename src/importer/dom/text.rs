//! What a reader sees of elements as text.

use super::{Dom, NodeId, Step};

/// How long a text is taken, about: tables in tables in tables would repeat the innermost one's at every
/// level.
const LONGEST: usize = 200_000;

impl Dom {
    /// The text in a node, by the corpus's convention: white space is one space, `<br>` and the bounds of
    /// blocks are white space, zero-width characters are dropped.
    pub fn text(&self, from: NodeId) -> String {
        tidy(&self.spaced_text(from))
    }

    fn spaced_text(&self, from: NodeId) -> String {
        let mut text = String::new();
        let mut hidden = 0_usize;
        for step in self.walk(from) {
            let (id, entering) = match step {
                Step::Enter(id) => (id, true),
                Step::Leave(id) => (id, false),
            };
            if text.len() > LONGEST {
                break;
            }
            if let Some(raw) = self.raw(id).filter(|_| entering && hidden == 0) {
                let end = raw.floor_char_boundary(LONGEST);
                text.push_str(&raw[..end]);
            }
            let name = self.name(id);
            if is_hidden(name) {
                hidden = if entering {
                    hidden + 1
                } else {
                    hidden.saturating_sub(1)
                };
            }
            if name == "br" || is_block(name) {
                text.push(' ');
            }
        }
        text
    }

    /// The text in a node, line by line: every block and every `<br>` begins another one. What is in
    /// elements of some names is left out.
    pub fn lines(&self, from: NodeId, without: &[&str]) -> Vec<String> {
        let mut text = String::new();
        let mut left_out = 0_usize;
        for step in self.walk(from) {
            let (Step::Enter(id) | Step::Leave(id)) = step;
            let name = self.name(id);
            if without.contains(&name) {
                left_out = if step == Step::Enter(id) {
                    left_out + 1
                } else {
                    left_out - 1
                };
            }
            if left_out > 0 {
                continue;
            }
            let hidden = || {
                self.parent(id)
                    .is_some_and(|outer| is_hidden(self.name(outer)))
            };
            match self.raw(id) {
                Some(raw) if step == Step::Enter(id) && !hidden() => {
                    text.extend(
                        raw.chars()
                            .map(|char| if char == '\n' { ' ' } else { char }),
                    );
                }
                None if name == "br" || is_block(name) => text.push('\n'),
                _ => {}
            }
        }
        let lines = text.lines().map(tidy);
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Whether there is nothing to read in a node.
    pub fn is_blank(&self, from: NodeId) -> bool {
        let mut texts = self.texts(from);
        texts.all(|(_, raw)| tidy(raw).is_empty())
    }

    /// The texts in a node that a reader sees, as they are written.
    pub fn texts(&self, from: NodeId) -> impl Iterator<Item = (NodeId, &str)> + '_ {
        self.walk(from).filter_map(move |step| match step {
            Step::Enter(id) => {
                let raw = self.raw(id)?;
                let hidden = self
                    .parent(id)
                    .is_some_and(|outer| is_hidden(self.name(outer)));
                (!hidden).then_some((id, raw))
            }
            Step::Leave(_) => None,
        })
    }
}

/// A text with every run of white space as one space, trimmed, without zero-width characters.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let seen = text.chars().filter(|char| !is_zero_width(*char));
    for char in seen {
        if !char.is_whitespace() {
            tidied.push(char);
        } else if !tidied.is_empty() && !tidied.ends_with(' ') {
            tidied.push(' ');
        }
    }
    tidied.truncate(tidied.trim_end().len());
    tidied
}

fn is_zero_width(char: char) -> bool {
    matches!(char, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a browser shows nothing of what is in such an element.
pub fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "head" | "title" | "noembed" | "noframes"
    )
}

/// Whether such an element stands on lines of its own.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "iframe"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
