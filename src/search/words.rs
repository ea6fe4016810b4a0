//! The words of a text, in the form in which they are compared.

use std::{collections::VecDeque, str::CharIndices};

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A longer word is compared by its beginning: by so many characters.
const LONGEST: usize = 40;

/// Scripts that are written without spaces, by their blocks.
const SPACELESS: [(char, char); 16] = [
    ('\u{e00}', '\u{eff}'),     // Thai, Lao
    ('\u{1000}', '\u{109f}'),   // Myanmar
    ('\u{1780}', '\u{17ff}'),   // Khmer
    ('\u{3005}', '\u{3007}'),   // Han: iteration mark, closing mark, zero
    ('\u{3021}', '\u{3029}'),   // Han: Suzhou numerals
    ('\u{3038}', '\u{303c}'),   // Han: Suzhou numerals, iteration mark
    ('\u{3041}', '\u{30ff}'),   // Hiragana, Katakana
    ('\u{31f0}', '\u{31ff}'),   // Katakana extensions
    ('\u{3400}', '\u{4dbf}'),   // Han, extension A
    ('\u{4e00}', '\u{9fff}'),   // Han
    ('\u{a9e0}', '\u{a9ff}'),   // Myanmar, extension B
    ('\u{aa60}', '\u{aa7f}'),   // Myanmar, extension A
    ('\u{f900}', '\u{faff}'),   // Han: compatibility
    ('\u{116d0}', '\u{116ff}'), // Myanmar, extension C
    ('\u{1aff0}', '\u{1b16f}'), // Hiragana, Katakana: supplements
    ('\u{20000}', '\u{3fffd}'), // Han: further extensions
];

/// Whether a character is of a script that is written without spaces, and thus a word of its own.
pub(super) fn is_spaceless(char: char) -> bool {
    char >= SPACELESS[0].0
        && SPACELESS
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&char))
}

/// The text for comparing: in compatibility forms (NFKD), without case and accents.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        each_folded(char, |char| folded.push(char));
    }
    folded
}

/// Whether a character only marks another one. The scripts of India write vowels as marks: without them
/// Tamil words could not be told from each other.
fn is_accent(char: char) -> bool {
    is_combining_mark(char) && !('\u{900}'..='\u{dff}').contains(&char)
}

/// Whether a character only says where a word may or may not be broken.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// What a character is folded into: nothing for a mark, several characters for a ligature.
pub(super) fn each_folded(char: char, mut each: impl FnMut(char)) {
    decompose_compatible(char, |part| {
        if is_accent(part) || is_invisible(part) {
            return;
        }
        for lower in part.to_lowercase() {
            match lower {
                // ΟΔΟΣ and οδός are one word, whichever sigma it ends in.
                'ς' => each('σ'),
                _ if is_accent(lower) => {}
                _ => each(lower),
            }
        }
    });
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its form for comparing: alphanumeric characters, at least one and at most 40.
    pub folded: String,
    /// The byte of the text at which it starts.
    pub start: usize,
    /// The byte of the text before which it ends.
    pub end: usize,
}

/// The words of a text in their order: runs of alphanumeric characters. A character of a script without
/// spaces is a word of its own. Words that come from one character, as from ½, share its place.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    Words {
        chars: text.char_indices(),
        done: VecDeque::new(),
        open: None,
        length: 0,
    }
}

/// The folded words of a text for the index: the first ones, at most so many.
pub fn index_words(text: &str, most: usize) -> Vec<String> {
    words(text).take(most).map(|word| word.folded).collect()
}

struct Words<'t> {
    chars: CharIndices<'t>,
    done: VecDeque<Word>,
    /// The word that was read last: more of it, or a mark on it, may follow.
    open: Option<Word>,
    /// How many characters the open word has, 0 for one that is alone.
    length: usize,
}

impl Words<'_> {
    fn read(&mut self, start: usize, char: char) {
        let end = start + char.len_utf8();
        let mut is_mark = true;
        each_folded(char, |folded| {
            is_mark = false;
            let alone = is_spaceless(folded);
            let goes_on = folded.is_alphanumeric() || is_combining_mark(folded);
            match &mut self.open {
                Some(open) if goes_on && !alone && self.length > 0 => {
                    open.end = end;
                    if self.length < LONGEST {
                        open.folded.push(folded);
                        self.length += 1;
                    }
                }
                open => {
                    self.done.extend(open.take());
                    self.length = usize::from(!alone);
                    *open = folded.is_alphanumeric().then(|| Word {
                        folded: folded.to_string(),
                        start,
                        end,
                    });
                }
            }
        });
        if is_mark && let Some(open) = &mut self.open {
            open.end = end;
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        while self.done.is_empty() {
            match self.chars.next() {
                Some((start, char)) => self.read(start, char),
                None => return self.open.take(),
            }
        }
        self.done.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        index_words(text, usize::MAX).join(" ")
    }

    #[test]
    fn apostrophes_hyphens_and_dots_split_words() {
        assert_eq!(
            folded("GovTech's e-services: tech.gov.sg"),
            "govtech s e services tech gov sg"
        );
    }

    #[test]
    fn chinese_is_split_into_its_characters() {
        assert_eq!(folded("智慧国SG智"), "智 慧 国 sg 智");
        assert_eq!(folded("ラーメン ไทย"), "ラ ー メ ン ไ ท ย");
    }

    #[test]
    fn case_accents_and_ligatures_do_not_count() {
        assert_eq!(fold("École ﬁn İ ΟΔΟΣ ς Å"), "ecole fin i οδοσ σ a");
        assert_eq!(folded("𝐀𝟚 Ⓖⓞⓥ ＧＯＶ x²"), "a2 gov gov x2");
    }

    #[test]
    fn one_character_may_be_several_words_in_one_place() {
        let places: Vec<_> = words("㍿")
            .map(|word| (word.folded, word.start, word.end))
            .collect();
        let expected = ["株", "式", "会", "社"].map(|word| (word.to_owned(), 0, 3));
        assert_eq!(places, expected);
        assert_eq!(folded("1½"), "11 2");
    }

    #[test]
    fn marks_belong_to_the_word_before_them() {
        let text = "e\u{301}te\u{301} カ\u{3099}キ \u{301}";
        let places: Vec<_> = words(text)
            .map(|word| &text[word.start..word.end])
            .collect();
        assert_eq!(places, ["e\u{301}te\u{301}", "カ\u{3099}", "キ"]);
    }

    #[test]
    fn the_vowels_of_india_are_kept() {
        assert_eq!(folded("தமிழ் Tamil"), "தமிழ் tamil");
    }

    #[test]
    fn right_to_left_words_are_words() {
        assert_eq!(folded("\u{202e}مَرحبًا شالوم\u{202c}"), "مرحبا شالوم");
    }

    #[test]
    fn what_has_no_letters_has_no_words() {
        for text in [
            "",
            "\0",
            "\"\\' *():^-",
            "👩‍👩‍👧 🇸🇬",
            "\u{301}\u{301}",
            "\u{feff}\u{fffd}",
        ] {
            assert_eq!(folded(text), "", "{text:?}");
        }
        assert_eq!(folded(&"\"".repeat(10_240)), "");
    }

    #[test]
    fn a_long_word_is_cut() {
        let text = "é".repeat(100_000);
        let word = words(&text).next().unwrap();
        assert_eq!((word.folded.len(), word.end), (40, text.len()));
    }

    #[test]
    fn every_character_makes_sound_words() {
        // Beyond these, no characters are assigned that words have.
        for char in '\0'..='\u{3ffff}' {
            let text = format!("a{char}b");
            let once = fold(&text);
            assert_eq!(fold(&once), once, "{char:?}");
            for word in words(&text) {
                assert!(text.get(word.start..word.end).is_some(), "{char:?}");
                let sound = |char: char| char.is_alphanumeric() || is_combining_mark(char);
                assert!(word.folded.chars().all(sound), "{char:?}");
                let again: Vec<_> = words(&word.folded).map(|word| word.folded).collect();
                assert_eq!(again, [word.folded], "{char:?}");
            }
        }
    }
}
