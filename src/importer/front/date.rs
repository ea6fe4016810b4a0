//! Days, as pages write them.

/// The day that a date names, if it is written as one: `2024-10-08`, or with a time behind it.
/// The second value tells whether it was written as it should be.
pub fn day(date: &str) -> Option<(String, bool)> {
    let date = date.trim();
    let end = date.find(|char: char| !char.is_ascii_digit() && char != '-');
    let (day, time) = date.split_at(end.unwrap_or(date.len()));
    let mut parts = day.split('-');
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || !is_time(time) {
        return None;
    }
    let (number, month_number) = (of_month.parse::<u32>().ok()?, month.parse::<u32>().ok()?);
    let year_number = year.parse::<u32>().ok()?;
    if !(1..=days_of(year_number, month_number)).contains(&number) {
        return None;
    }
    let proper = month.len() == 2 && of_month.len() == 2;
    Some((format!("{year}-{month_number:02}-{number:02}"), proper))
}

fn is_time(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', 'T', 't', '\t'])
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// A day that is written `08/10/2024`, as newer sites do.
pub fn of_slashes(date: &str) -> Option<String> {
    let parts: Vec<_> = date.trim().split('/').collect();
    let [of_month, month, year] = parts[..] else {
        return None;
    };
    Some(day(&format!("{year}-{month}-{of_month}"))?.0)
}

/// The day that a post's file name begins with.
pub fn day_of_file(path: &str) -> Option<String> {
    let (folders, name) = path.rsplit_once('/')?;
    if !folders.split('/').any(|folder| folder == "_posts") {
        return None;
    }
    let digits = |char: char| char.is_ascii_digit() || char == '-';
    let end = name.find(|char| !digits(char)).unwrap_or(name.len());
    let (date, _) = name.split_at(end);
    let parts: Vec<_> = date.splitn(4, '-').collect();
    let [year, month, of_month, ..] = parts[..] else {
        return None;
    };
    Some(day(&format!("{year}-{month}-{of_month}"))?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        let proper = |day: &str| Some((day.to_owned(), true));
        assert_eq!(day("2024-02-29"), proper("2024-02-29"));
        assert_eq!(day("2024-10-08 09:30:00 +0800"), proper("2024-10-08"));
        assert_eq!(day("2024-10-08T09:30:00Z"), proper("2024-10-08"));
        assert_eq!(day("2020-06-8"), Some(("2020-06-08".to_owned(), false)));
        for wrong in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "24-10-08",
            "8 Oct 2024",
            "2024-10",
            "",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn posts_have_their_day_in_their_names() {
        let expected = Some("2016-10-18".to_owned());
        assert_eq!(
            day_of_file("site/news/_posts/2016-10-18-post-A.md"),
            expected
        );
        assert_eq!(day_of_file("site/pages/2016-10-18-a.md"), None);
        assert_eq!(day_of_file("site/news/_posts/a.md"), None);
        assert_eq!(of_slashes("18/10/2016"), expected);
        assert_eq!(of_slashes("10/18/2016"), None);
    }
}
