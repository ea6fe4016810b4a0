//! What pieces are called: slugs that follow from what a page says, so that a second import finds them again.

use crate::{digest::sha256, document::Slug, search::fold};

const LONGEST: usize = 80;

/// A slug of these words. `whole` is what it must be told apart by if the words do not fit or are not in Latin
/// letters: then a hash of it is a part of the slug.
pub fn slug(words: &str, whole: &str) -> Slug {
    let plain = hyphenated(words);
    let said = plain.bytes().filter(u8::is_ascii_alphanumeric).count();
    let meant = words.chars().filter(|char| char.is_alphanumeric()).count();
    if plain.len() <= LONGEST && said > 0 && said * 2 >= meant {
        parsed(&plain)
    } else {
        hashed(words, whole)
    }
}

/// A slug of these words that no other has: a hash of `whole` is a part of it.
pub fn hashed(words: &str, whole: &str) -> Slug {
    let hash = &sha256(whole)[..10];
    let mut plain = hyphenated(words);
    plain.truncate(LONGEST - hash.len() - 1);
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() {
        parsed(&format!("x-{hash}"))
    } else {
        parsed(&format!("{plain}-{hash}"))
    }
}

fn parsed(slug: &str) -> Slug {
    slug.parse().expect("words with hyphens are a slug")
}

/// The words in ASCII, with hyphens between them.
fn hyphenated(words: &str) -> String {
    let mut slug = String::new();
    for char in fold(words).chars() {
        if char.is_ascii_alphanumeric() {
            slug.push(char.to_ascii_lowercase());
        } else if matches!(char, '\'' | '’') {
            // As in “what’s”.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() > 500 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The text within so many characters: cut between words, with a mark.
pub fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(most - 1).collect();
    let between = chars.next().is_some_and(char::is_whitespace);
    let end = head.rfind(char::is_whitespace);
    let end = end.filter(|end| !between && *end > head.len() / 2);
    let head = &head[..end.unwrap_or(head.len())];
    format!("{}…", head.trim_end_matches([' ', ',', ';', ':', '\n']))
}

/// A name as people write it, of one that machines write: `media-releases`.
pub fn readable(name: &str) -> String {
    if name.contains(char::is_whitespace) || name.chars().any(char::is_uppercase) {
        return name.trim().to_owned();
    }
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_say_what_they_can() {
        let slug = |words: &str| slug(words, words).to_string();
        assert_eq!(
            slug("tech.gov.sg /media/What’s New?/"),
            "tech-gov-sg-media-whats-new"
        );
        assert_eq!(slug("École 42"), "ecole-42");
        assert_eq!(slug("智慧国"), format!("x-{}", &sha256("智慧国")[..10]));
        let long = slug(&"tides ".repeat(40));
        assert!(
            long.starts_with("tides-tides-") && long.len() <= 80,
            "{long}"
        );
        assert_ne!(long, slug(&"tides ".repeat(41)));
    }

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(cut("All tides rise", 20), "All tides rise");
        assert_eq!(cut("All tides rise, and fall", 16), "All tides rise…");
        assert_eq!(cut(&"a".repeat(20), 5), "aaaa…");
        assert_eq!(cut("潮汐潮汐潮汐", 4), "潮汐潮…");
    }

    #[test]
    fn names_of_machines_are_made_readable() {
        assert_eq!(readable("media-releases"), "Media releases");
        assert_eq!(readable("Tech News"), "Tech News");
        assert_eq!(readable("GovTech"), "GovTech");
    }
}
