//! Words with one typing error: a letter too many, too few, wrong, or swapped with its neighbour.

use strsim::osa_distance;

/// Shorter words have too many others near them.
const SHORTEST: usize = 4;

/// At most so many words are offered for one.
const MOST: usize = 4;

/// The beginning of a word, and its ending reversed: whatever has one typing error against the word still
/// begins or ends like that. None for a word of fewer than 4 characters.
pub fn halves(word: &str) -> Option<(String, String)> {
    let length = word.chars().count();
    // At least one character lies between them, so that no swap breaks both.
    let half = (length >= SHORTEST).then(|| (length - 1) / 2)?;
    let beginning = word.chars().take(half).collect();
    let ending = word.chars().rev().take(half).collect();
    Some((beginning, ending))
}

/// Those of the candidates that are one typing error away from the word, at most 4: first those with its
/// first letter, then by the alphabet. None for short words and for numbers.
pub fn near(word: &str, candidates: impl IntoIterator<Item = String>) -> Vec<String> {
    if word.chars().count() < SHORTEST || word.chars().all(char::is_numeric) {
        return Vec::new();
    }
    let mut near: Vec<String> = candidates
        .into_iter()
        .filter(|candidate| osa_distance(word, candidate) == 1)
        .collect();
    let first = word.chars().next();
    near.sort_by(|a, b| {
        let elsewhere = |word: &str| word.chars().next() != first;
        (elsewhere(a), a).cmp(&(elsewhere(b), b))
    });
    near.dedup();
    near.truncate(MOST);
    near
}

/// The word from its end, so that endings can be looked up like beginnings.
pub fn reversed(word: &str) -> String {
    word.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_words(length: usize) -> Vec<String> {
        (0..length).fold(vec![String::new()], |words, _| {
            let longer = |word: &String| ['a', 'b', 'c'].map(|char| format!("{word}{char}"));
            words.iter().flat_map(longer).collect()
        })
    }

    fn one_error(word: &str) -> Vec<String> {
        let chars: Vec<char> = word.chars().collect();
        let mut errors = Vec::new();
        for at in 0..=chars.len() {
            let mut with = |cut: usize, put: &[char]| {
                if let Some(rest) = chars.get(at + cut..) {
                    errors.push([&chars[..at], put, rest].concat().into_iter().collect());
                }
            };
            with(1, &[]);
            for char in ['a', 'b', 'c', 'é'] {
                with(0, &[char]);
                with(1, &[char]);
            }
            if let Some(&[first, second]) = chars.get(at..at + 2) {
                with(2, &[second, first]);
            }
        }
        errors
    }

    #[test]
    fn one_error_leaves_the_beginning_or_the_ending() {
        for word in (4..=7).flat_map(all_words) {
            let (beginning, ending) = halves(&word).unwrap();
            for error in one_error(&word) {
                assert!(osa_distance(&word, &error) <= 1, "{word} {error}");
                assert!(
                    error.starts_with(&beginning) || reversed(&error).starts_with(&ending),
                    "{word} {error}"
                );
            }
        }
    }

    #[test]
    fn short_words_have_no_halves() {
        let halves_of = |word| halves(word).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(halves_of("été"), None);
        assert_eq!(halves_of("étés"), Some("é s".to_owned()));
        assert_eq!(halves_of("digital"), Some("dig lat".to_owned()));
    }

    #[test]
    fn one_error_is_near_and_two_are_not() {
        let vocabulary = [
            "mart", "smart", "start", "smarts", "samrt", "smarter", "smrat", "smart",
        ];
        let near = |word| near(word, vocabulary.map(str::to_owned));
        assert_eq!(near("smart"), ["samrt", "smarts", "smrat", "start"]);
        assert_eq!(near("martt"), ["mart"]);
        assert_eq!(near("smt"), [""; 0]);
    }

    #[test]
    fn numbers_are_not_misspelt() {
        assert!(near("2024", ["2025".to_owned()]).is_empty());
        assert_eq!(near("covid19", ["covid18".to_owned()]), ["covid18"]);
    }
}
