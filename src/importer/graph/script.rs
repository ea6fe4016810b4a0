//! The language of a text by its letters, where they tell.

/// The language of a text that is mostly in Chinese or Tamil letters; Latin letters tell nothing.
pub fn language(text: &str) -> Option<&'static str> {
    let (mut han, mut tamil, mut others) = (0_usize, 0_usize, 0_usize);
    for char in text.chars().take(20_000) {
        match char {
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                han += 1;
            }
            '\u{0B80}'..='\u{0BFF}' => tamil += 1,
            _ if char.is_alphabetic() => others += 1,
            _ => {}
        }
    }
    // A word of four letters is one or two of theirs.
    if han * 3 > others && han >= tamil && han > 0 {
        Some("zh")
    } else if tamil > others && tamil > 0 {
        Some("ta")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_some_languages() {
        assert_eq!(
            language("预计2022年完成 53座租赁组屋将安装无线警报系统"),
            Some("zh")
        );
        assert_eq!(language("அறிவார்ந்த தேசம்"), Some("ta"));
        assert_eq!(
            language("Smart Nation (智慧国) is the aim of the whole government"),
            None
        );
        assert_eq!(language("Perkhidmatan awam"), None);
        assert_eq!(language(""), None);
    }
}
