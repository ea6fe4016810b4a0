//! What a text is made of before it means anything: digits, letters and marks.

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    /// A run of ASCII digits.
    Digits(&'a str),
    /// A run of letters.
    Letters(&'a str),
    /// Any other character that is not white space, and the Chinese marks of a date.
    Mark(char),
}

/// A lexeme and what stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub lexeme: Lexeme<'a>,
    /// White space, or the beginning of the text, stands before it.
    pub spaced: bool,
    /// It is the first of its line.
    pub opens_line: bool,
}

/// The lexemes of a text, without its addresses.
pub(super) fn lexemes(text: &str) -> Vec<Placed<'_>> {
    let mut lexemes = Vec::new();
    for line in text.lines() {
        let mut opens_line = true;
        for chunk in line.split_whitespace().filter(|chunk| !is_address(chunk)) {
            cut(chunk, opens_line, &mut lexemes);
            opens_line = false;
        }
    }
    lexemes
}

/// The mark at a place, without white space before it.
pub(super) fn glued_mark(lexemes: &[Placed], at: usize) -> Option<char> {
    match lexemes.get(at)? {
        Placed {
            lexeme: Lexeme::Mark(mark),
            spaced: false,
            ..
        } => Some(*mark),
        _ => None,
    }
}

/// The letters at a place, without white space before them.
pub(super) fn glued_letters<'a>(lexemes: &[Placed<'a>], at: usize) -> Option<&'a str> {
    match lexemes.get(at)? {
        Placed {
            lexeme: Lexeme::Letters(letters),
            spaced: false,
            ..
        } => Some(letters),
        _ => None,
    }
}

/// Whether digits stand at a place, without white space before them.
pub(super) fn is_glued_digits(lexemes: &[Placed], at: usize) -> bool {
    matches!(
        lexemes.get(at),
        Some(Placed {
            lexeme: Lexeme::Digits(_),
            spaced: false,
            ..
        })
    )
}

/// `https://…/2024/05/` and `name2024@agency.gov.sg` name no date.
fn is_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.contains("www.") || chunk.contains('@')
}

fn cut<'a>(chunk: &'a str, opens_line: bool, lexemes: &mut Vec<Placed<'a>>) {
    let mut rest = chunk;
    let mut first = true;
    while let Some(character) = rest.chars().next() {
        let kind = Kind::of(character);
        let length = match kind {
            Kind::Digit | Kind::Letter => run(rest, kind),
            Kind::Mark | Kind::Nothing => character.len_utf8(),
        };
        let (head, tail) = rest.split_at(length);
        rest = tail;
        let lexeme = match kind {
            Kind::Digit => Lexeme::Digits(head),
            Kind::Letter => Lexeme::Letters(head),
            Kind::Mark => Lexeme::Mark(character),
            Kind::Nothing => continue,
        };
        lexemes.push(Placed {
            lexeme,
            spaced: first,
            opens_line: first && opens_line,
        });
        first = false;
    }
}

fn run(text: &str, kind: Kind) -> usize {
    text.find(|character| Kind::of(character) != kind)
        .unwrap_or(text.len())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Mark,
    /// Zero-width characters, which the editor of the sites leaves behind, and Markdown's stars.
    Nothing,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            '年' | '月' | '日' | '号' | '號' | '至' | '到' => Self::Mark,
            '*' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Self::Nothing,
            _ if character.is_alphabetic() => Self::Letter,
            _ => Self::Mark,
        }
    }
}
