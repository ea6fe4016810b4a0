//! The words that matter beside a date.

use chrono::Weekday;

/// What a word does to the number or the month beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// "early 2024": some part of it, we cannot say which.
    Hedge,
    /// "by 12 November": an end, not the date itself.
    Limit,
    /// "between 15 and 17 May".
    Between,
    /// "over 2000": how many, not when.
    Quantity,
    /// "2000 people": how many, not when.
    Counted,
    /// "Level 3": which place, not when.
    Place,
    /// "Day 1": which of several, as a rule.
    Numbered,
    /// "in May", "May 15 at …": a word that a date may stand beside.
    Link,
    /// "the 15th of May": a word to read over.
    Article,
    /// Any other word.
    Plain,
}

/// How much a month's name needs beside it to mean the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// "November" is a month wherever it stands.
    Always,
    /// "May" is one after "in".
    AfterLink,
    /// "may" is one only beside a day and a year, "nov" beside a day or a year.
    Never,
}

/// The sense of a word in lower case.
pub(super) fn sense(word: &str) -> Sense {
    match word {
        "early" | "mid" | "late" | "end" | "beginning" | "quarter" | "half" | "circa" => {
            Sense::Hedge
        }
        "by" | "before" | "after" => Sense::Limit,
        "between" => Sense::Between,
        "over" | "than" | "nearly" | "almost" | "about" | "around" | "some" | "approximately"
        | "least" | "most" | "exceeding" | "another" | "top" => Sense::Quantity,
        "people" | "persons" | "participants" | "users" | "visitors" | "attendees" | "officers"
        | "students" | "residents" | "companies" | "businesses" | "citizens" | "members"
        | "developers" | "engineers" | "seniors" | "volunteers" | "households" | "teams"
        | "seats" | "places" | "jobs" | "days" | "weeks" | "months" | "years" | "words"
        | "items" | "units" | "services" | "agencies" | "points" | "million" | "billion"
        | "percent" | "sqm" | "km" | "metres" | "entries" | "projects" | "forms" | "schools"
        | "sensors" | "transactions" => Sense::Counted,
        "level" | "lvl" | "room" | "hall" | "block" | "blk" | "unit" | "floor" | "storey"
        | "booth" | "gate" | "bus" | "iso" | "page" | "postal" => Sense::Place,
        "day" | "session" | "part" | "track" | "step" | "phase" | "stage" | "question" | "item"
        | "workshop" | "webinar" | "round" | "module" | "lesson" | "episode" | "group" | "team"
        | "no" | "number" | "version" => Sense::Numbered,
        "in" | "this" | "since" | "last" | "next" | "from" | "during" | "at" | "on" | "with"
        | "for" => Sense::Link,
        "the" | "of" => Sense::Article,
        _ => Sense::Plain,
    }
}

/// The month that a word names, in English or Malay, in any case.
pub(super) fn month(word: &str) -> Option<(u32, Alone)> {
    let month = match word.to_lowercase().as_str() {
        "jan" | "january" | "januari" => 1,
        "feb" | "february" | "februari" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" | "mei" => 5,
        "jun" | "june" => 6,
        "jul" | "july" | "julai" => 7,
        "aug" | "august" | "ogos" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" | "oktober" => 10,
        "nov" | "november" => 11,
        "dec" | "december" | "disember" => 12,
        _ => return None,
    };
    let capital = word.starts_with(char::is_uppercase);
    let alone = match (month, capital) {
        (3 | 5, true) => Alone::AfterLink,
        (3 | 5, false) => Alone::Never,
        (_, true) => Alone::Always,
        // "august" is an adjective too, and the short ones are other words in other languages.
        (_, false) if word.len() > 4 && word != "august" => Alone::Always,
        (_, false) => Alone::Never,
    };
    Some((month, alone))
}

/// The day of the week that a word in lower case names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}
