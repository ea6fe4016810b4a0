//! Where a text says what was searched for.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::{
    Query,
    words::{Word, is_spaceless, words},
};

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub text: String,
    /// Whether it was searched for.
    pub matched: bool,
}

/// The stretch of a text that says most of what was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its pieces, in order.
    pub parts: Vec<Part>,
    /// Whether the text goes on before it.
    pub before: bool,
    /// Whether the text goes on after it.
    pub after: bool,
}

impl Excerpt {
    /// As HTML: escaped, what was searched for in `<mark>`, and … where the text goes on.
    pub fn html(&self) -> String {
        let mut html = String::new();
        html.extend(self.before.then_some('…'));
        for part in &self.parts {
            let (open, close) = if part.matched {
                ("<mark>", "</mark>")
            } else {
                ("", "")
            };
            html.push_str(open);
            escape(&part.text, &mut html);
            html.push_str(close);
        }
        html.extend(self.after.then_some('…'));
        html
    }
}

fn escape(text: &str, html: &mut String) {
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(char),
        }
    }
}

/// The first stretch of the text with the most terms of the query in it, with all that matches marked:
/// at most so many characters, white space and control characters collapsed to single spaces. None if no
/// term is in the text.
pub fn excerpt(text: &str, query: &Query, most: usize) -> Option<Excerpt> {
    let line = Line::new(text);
    let matches = line.matches(query, most);
    let (first, last) = densest(&matches, query.terms.len(), most)?;
    let spare = most - (last - first);
    let from = first.saturating_sub(spare / 2);
    let from = from.min(line.length().saturating_sub(most));
    let to = line.length().min(from + most);
    let start = (from..first)
        .find(|at| line.may_start(*at))
        .unwrap_or(first);
    let end = line.last_end(last, to).unwrap_or(last);
    Some(Excerpt {
        parts: line.parts(start, end, &matches),
        before: start > 0,
        after: end < line.length(),
    })
}

/// Where a term is in a line, in characters.
struct Match {
    start: usize,
    end: usize,
    term: usize,
}

/// From where to where most terms are matched in so many characters. No match is longer than that.
fn densest(matches: &[Match], terms: usize, most: usize) -> Option<(usize, usize)> {
    let mut by_end: Vec<&Match> = matches.iter().collect();
    by_end.sort_by_key(|found| found.end);
    let mut ahead = by_end.into_iter().peekable();
    let mut counts = vec![0_usize; terms];
    let (mut distinct, mut end) = (0, 0);
    let (mut best, mut stretch) = (0, None);
    for first in matches {
        while let Some(next) = ahead.next_if(|next| next.end <= first.start.saturating_add(most)) {
            counts[next.term] += 1;
            distinct += usize::from(counts[next.term] == 1);
            end = next.end;
        }
        if distinct > best {
            (best, stretch) = (distinct, Some((first.start, end)));
        }
        counts[first.term] -= 1;
        distinct -= usize::from(counts[first.term] == 0);
    }
    stretch
}

/// A text on one line.
struct Line {
    text: String,
    /// At which byte each character starts, and at last where the text ends.
    bytes: Vec<usize>,
}

impl Line {
    fn new(text: &str) -> Self {
        let mut line = String::with_capacity(text.len());
        for piece in text.split(|char: char| char.is_whitespace() || char.is_control()) {
            if !piece.is_empty() && !line.is_empty() {
                line.push(' ');
            }
            line.push_str(piece);
        }
        let bytes = line.char_indices().map(|(byte, _)| byte);
        let bytes = bytes.chain([line.len()]).collect();
        Self { text: line, bytes }
    }

    fn length(&self) -> usize {
        self.bytes.len() - 1
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        &self.text[self.bytes[start]..self.bytes[end]]
    }

    /// The characters before and after a place.
    fn around(&self, at: usize) -> (Option<char>, Option<char>) {
        let (before, after) = self.text.split_at(self.bytes[at]);
        (before.chars().next_back(), after.chars().next())
    }

    fn may_start(&self, at: usize) -> bool {
        match self.around(at) {
            (Some(before), Some(after)) => {
                let is_part = after == ' ' || is_combining_mark(after);
                !is_part && (before == ' ' || is_spaceless(after))
            }
            _ => true,
        }
    }

    fn may_end(&self, at: usize) -> bool {
        match self.around(at) {
            (Some(before), Some(after)) => {
                let is_part = before == ' ' || is_combining_mark(after);
                !is_part && (after == ' ' || is_spaceless(before))
            }
            _ => true,
        }
    }

    /// The last place at which an excerpt may end.
    fn last_end(&self, after: usize, by: usize) -> Option<usize> {
        (after + 1..=by).rev().find(|at| self.may_end(*at))
    }

    /// All matches by their start. One that is too long is cut.
    fn matches(&self, query: &Query, most: usize) -> Vec<Match> {
        let index = |byte: usize| self.bytes.partition_point(|at| *at < byte);
        let mut matches: Vec<Match> = places(&self.text, query)
            .into_iter()
            .map(|(start, end, term)| {
                let (start, end) = (index(start), index(end));
                let limit = start.saturating_add(most);
                let end = if end > limit {
                    self.last_end(start, limit).unwrap_or(limit)
                } else {
                    end
                };
                Match { start, end, term }
            })
            .collect();
        matches.sort_by_key(|found| (found.start, found.end));
        matches
    }

    fn parts(&self, start: usize, end: usize, matches: &[Match]) -> Vec<Part> {
        let from = matches.partition_point(|found| found.start < start);
        let mut marks: Vec<(usize, usize)> = Vec::new();
        let inside = matches[from..].iter().take_while(|found| found.start < end);
        for found in inside.filter(|found| found.end <= end) {
            match marks.last_mut() {
                Some(last) if found.start <= last.1 => last.1 = last.1.max(found.end),
                _ => marks.push((found.start, found.end)),
            }
        }
        let mut parts = Vec::new();
        let mut push = |start, end, matched| {
            if start < end {
                let text = self.slice(start, end).to_owned();
                parts.push(Part { text, matched });
            }
        };
        let mut at = start;
        for (from, to) in marks {
            push(at, from, false);
            push(from, to, true);
            at = to;
        }
        push(at, end, false);
        parts
    }
}

/// Where in the text which terms are: from byte, to byte, term.
fn places(text: &str, query: &Query) -> Vec<(usize, usize, usize)> {
    let phrases = || {
        let terms = query.terms.iter().enumerate();
        terms.flat_map(|(at, term)| term.alternatives.iter().map(move |phrase| (at, phrase)))
    };
    // A phrase of 500 equal words in a text of 300,000 is found at once: numbers compare fast.
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for word in phrases().flat_map(|(_, phrase)| &phrase.words) {
        let number = numbers.len() + 1;
        numbers.entry(word).or_insert(number);
    }
    let number = |word: &str| numbers.get(word).copied().unwrap_or(0);
    let words: Vec<Word> = words(text).collect();
    let numbered: Vec<usize> = words.iter().map(|word| number(&word.folded)).collect();
    let mut places = Vec::new();
    for (term, phrase) in phrases() {
        let Some((last, head)) = phrase.words.split_last() else {
            continue;
        };
        let head: Vec<usize> = head.iter().map(|word| number(word)).collect();
        let ending = number(last);
        for (at, window) in numbered.windows(phrase.words.len()).enumerate() {
            let end = &words[at + head.len()];
            let ends = || {
                window[head.len()] == ending
                    || phrase.prefix && end.folded.starts_with(last.as_str())
            };
            if window.starts_with(&head) && ends() {
                places.push((words[at].start, end.end, term));
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str, query: &str, most: usize) -> Option<String> {
        let query = Query::parse(query).unwrap();
        let excerpt = excerpt(text, &query, most)?;
        let length: usize = excerpt
            .parts
            .iter()
            .map(|part| part.text.chars().count())
            .sum();
        assert!(length <= most, "{excerpt:?}");
        Some(excerpt.html())
    }

    fn short(text: &str, query: &str) -> String {
        html(text, query, 40).unwrap()
    }

    #[test]
    fn all_that_matches_is_marked() {
        assert_eq!(
            short(
                "Digital  services:\n\tan e-service",
                "services dig* e-service"
            ),
            "<mark>Digital</mark> <mark>services</mark>: an <mark>e-service</mark>"
        );
    }

    #[test]
    fn phrases_are_marked_whole() {
        assert_eq!(
            short("A Smart, Nation; smart", "\"smart nation\""),
            "A <mark>Smart, Nation</mark>; smart"
        );
    }

    #[test]
    fn chinese_is_found_by_its_characters() {
        assert_eq!(
            short("新加坡智慧国计划", "智慧国"),
            "新加坡<mark>智慧国</mark>计划"
        );
        let text = "新加坡政府".repeat(20) + "智慧国" + &"计划".repeat(50);
        assert_eq!(
            html(&text, "智慧", 10).unwrap(),
            "…加坡政府<mark>智慧</mark>国计划计…"
        );
    }

    #[test]
    fn nothing_found_is_none() {
        assert_eq!(html("Smart Nation", "\"smart cities\"", 40), None);
        assert_eq!(html("Smart Nation", "", 40), None);
        assert_eq!(html("", "smart", 40), None);
    }

    #[test]
    fn the_stretch_with_most_terms_is_shown_in_whole_words() {
        let filler = "lorem ipsum ".repeat(1000);
        let text = format!("smart {filler} a smart (nation) {filler} nation");
        assert_eq!(
            short(&text, "nation smart"),
            "…ipsum a <mark>smart</mark> (<mark>nation</mark>) lorem ipsum…"
        );
    }

    #[test]
    fn html_in_a_text_is_only_text() {
        assert_eq!(
            short("<b>\"AT&T's\"</b>\0\u{7}<script>", "at&t script"),
            "&lt;b&gt;&quot;<mark>AT&amp;T</mark>&#39;s&quot;&lt;/b&gt; &lt;<mark>script</mark>&gt;"
        );
    }

    #[test]
    fn a_match_that_is_too_long_is_cut() {
        assert_eq!(
            html("one two three", "\"one two three\"", 9).unwrap(),
            "<mark>one two</mark>…"
        );
        assert_eq!(html("ééééééé", "eeeeeee", 3).unwrap(), "<mark>ééé</mark>…");
        assert_eq!(html("one", "one", 0).unwrap(), "…");
    }

    #[test]
    fn strange_texts_are_cut_between_characters() {
        let strange = "👩‍👩‍👧 e\u{301} ﬁx İx 𝐀x ½ مرحبا ㍿ \u{301}\u{301} \0\" ไทยกำลัง ";
        let text = strange.repeat(20);
        for query in [
            "fix",
            "ix",
            "ax",
            "2",
            "مرحبا",
            "会社",
            "e",
            "ไทย",
            "fix 社 x",
        ] {
            for most in 0..200 {
                assert!(html(&text, query, most).is_some(), "{query}");
            }
        }
    }

    #[test]
    fn equal_words_in_a_long_text_are_no_trouble() {
        let text = "一".repeat(100_000);
        let excerpt = html(&text, &"一".repeat(499), 500).unwrap();
        assert_eq!(excerpt, format!("<mark>{}</mark>…", "一".repeat(500)));
        assert_eq!(html(&text, &("一".repeat(499) + "二"), 500), None);
    }

    #[test]
    fn the_densest_stretch_is_found() {
        let mut seed = 1_usize;
        let mut random = |below: usize| {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            (seed >> 8) % below
        };
        for _ in 0..2_000 {
            let most = 1 + random(12);
            let mut matches: Vec<Match> = Vec::new();
            for _ in 0..=random(8) {
                let start = random(40);
                let end = start + 1 + random(most);
                let term = random(4);
                matches.push(Match { start, end, term });
            }
            matches.sort_by_key(|found| (found.start, found.end));
            let terms_within = |from: usize, to: usize| {
                let inside = |found: &&Match| found.start >= from && found.end <= to;
                let terms = matches.iter().filter(inside).map(|found| found.term);
                terms.collect::<std::collections::HashSet<_>>().len()
            };
            let (from, to) = densest(&matches, 4, most).unwrap();
            assert!(to - from <= most);
            let best = (0..60).map(|from| terms_within(from, from + most)).max();
            assert_eq!(Some(terms_within(from, to)), best);
        }
    }
}
