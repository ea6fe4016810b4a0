use super::{Unsure, When, when, year_of};

/// What `when` says in one string: "2024-05-15", "2024-05-15/2024-05-17", "-" or "?".
fn said(text: &str, year: Option<i32>) -> String {
    match when(text, year) {
        Ok(Some(When {
            starts_on,
            ends_on: Some(ends_on),
        })) => format!("{starts_on}/{ends_on}"),
        Ok(Some(When {
            starts_on,
            ends_on: None,
        })) => starts_on,
        Ok(None) => "-".into(),
        Err(Unsure(_)) => "?".into(),
    }
}

fn check(table: &[(&str, &str)], year: Option<i32>) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| said(text, year) != *expected)
        .map(|(text, expected)| {
            format!(
                "{text:?}: {} (not {expected}) {:?}",
                said(text, year),
                when(text, year).err()
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_day_is_read_in_every_form() {
    let table = [
        ("15 May 2024", "2024-05-15"),
        ("22 Nov 2024", "2024-11-22"),
        ("Wed, 15 May 2024", "2024-05-15"),
        ("Wednesday 15 May 2024, 9am to 5pm", "2024-05-15"),
        ("15 May 2024 (Wednesday), 2.00pm - 4.30pm SGT", "2024-05-15"),
        ("15 May (Wed) 2024", "2024-05-15"),
        ("15 May (Wed), 2024", "2024-05-15"),
        ("14 May 2024, Tuesday", "2024-05-14"),
        ("May 15, 2024", "2024-05-15"),
        ("May 15,2024", "2024-05-15"),
        ("May 15, 2024 – 9am", "2024-05-15"),
        ("MAY 15 2024", "2024-05-15"),
        ("15 may 2024", "2024-05-15"),
        ("2024-05-15", "2024-05-15"),
        ("2024-05-15T09:00:00+08:00", "2024-05-15"),
        ("2024-05-15 09:00:00 +0800", "2024-05-15"),
        ("2024/05/15", "2024-05-15"),
        ("15/05/2024", "2024-05-15"),
        ("05/05/2024", "2024-05-05"),
        ("15.05.2024", "2024-05-15"),
        ("15-05-2024", "2024-05-15"),
        ("15-May-2024", "2024-05-15"),
        ("15May2024", "2024-05-15"),
        ("the 15th of May 2024", "2024-05-15"),
        ("5 Sept 2024", "2024-09-05"),
        ("5 Sept. 2024", "2024-09-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("Date: 15 May 2024", "2024-05-15"),
        ("**Date:** 15\u{a0}May\u{2003}2024", "2024-05-15"),
        ("Date: Friday, 22 November 2024", "2024-11-22"),
        ("Monday, 25 June, 2018", "2018-06-25"),
        ("15 Mei 2024", "2024-05-15"),
        ("2024年5月15日", "2024-05-15"),
    ];
    check(&table, None);
}

#[test]
fn a_range_is_read_with_every_joint() {
    let table = [
        ("15–17 May 2024", "2024-05-15/2024-05-17"),
        ("15-17 May 2024", "2024-05-15/2024-05-17"),
        ("15 — 17 May 2024", "2024-05-15/2024-05-17"),
        ("15 to 17 May 2024", "2024-05-15/2024-05-17"),
        ("15 till 17 May 2024", "2024-05-15/2024-05-17"),
        ("15 until 17 May 2024", "2024-05-15/2024-05-17"),
        (
            "from 15 May to the 17th of May 2024",
            "2024-05-15/2024-05-17",
        ),
        ("between 15 and 17 May 2024", "2024-05-15/2024-05-17"),
        ("15th – 17th May 2024", "2024-05-15/2024-05-17"),
        ("May 15-17, 2024", "2024-05-15/2024-05-17"),
        ("May 15 to May 17, 2024", "2024-05-15/2024-05-17"),
        ("8 and 9 November 2022", "2022-11-08/2022-11-09"),
        ("8, 9 and 10 November 2022", "2022-11-08/2022-11-10"),
        ("15/16 May 2024", "2024-05-15/2024-05-16"),
        (
            "Conference on 15th & 16th November 2022 (in-person)",
            "2022-11-15/2022-11-16",
        ),
        ("Dates: 15 May 2024 & 16 May 2024", "2024-05-15/2024-05-16"),
        ("30 November and 1 December 2022", "2022-11-30/2022-12-01"),
        ("30 Nov – 2 Dec 2022", "2022-11-30/2022-12-02"),
        (
            "30 November 2022 to 2 December 2022",
            "2022-11-30/2022-12-02",
        ),
        ("31 Dec 2023 - 1 Jan 2024", "2023-12-31/2024-01-01"),
        (
            "27 December 2018 to 16 January 2019",
            "2018-12-27/2019-01-16",
        ),
        ("15/05/2024 – 17/05/2024", "2024-05-15/2024-05-17"),
        ("2024-05-15 to 2024-05-17", "2024-05-15/2024-05-17"),
        (
            "Wednesday to Friday, 15 to 17 May 2024",
            "2024-05-15/2024-05-17",
        ),
        ("15–17 May 2024 (Wed – Fri)", "2024-05-15/2024-05-17"),
        (
            "Wednesday, 15 May – Friday, 17 May 2024",
            "2024-05-15/2024-05-17",
        ),
        (
            "15 May 2024, 9am – 17 May 2024, 5pm",
            "2024-05-15/2024-05-17",
        ),
        (
            "Registration period: 5 Nov 2024 to 12 Nov 2024, 2359 hours (or first 250)",
            "2024-11-05/2024-11-12",
        ),
        (
            "The three-day event ran from 2 to 4 Sep 2016, and roped in",
            "2016-09-02/2016-09-04",
        ),
        ("2024年5月15日至17日", "2024-05-15/2024-05-17"),
        ("2024年5月30日至6月2日", "2024-05-30/2024-06-02"),
    ];
    check(&table, None);
}

#[test]
fn months_and_years_are_read_as_exactly_as_they_are_said() {
    let table = [
        ("May 2024", "2024-05"),
        ("May, 2024", "2024-05"),
        ("2024-05", "2024-05"),
        ("2022", "2022"),
        ("December 2023 – January 2024", "2023-12/2024-01"),
        (
            "The survey was conducted from May to June 2012",
            "2012-05/2012-06",
        ),
        (
            "from December 2020 to February 2021 for the reporting period of 2020",
            "2020-12/2021-02",
        ),
        ("2016 – 2018", "2016/2018"),
        ("2016-18", "2016/2018"),
        ("2014 to 2025", "2014/2025"),
        ("eGov 2015 (2011 – 2015)", "2011/2015"),
        ("Launched in May 2018, the portal", "2018-05"),
        ("eGov Masterplan 2015", "2015"),
        ("预计2022年完成 53座租赁组屋将安装无线警报系统", "2022"),
        ("2024年5月", "2024-05"),
    ];
    check(&table, None);
}

#[test]
fn what_stands_around_a_date_does_not_disturb_it() {
    let table = [
        (
            "15 May 2024, 9.30am – 5.00pm, Sands Expo, Level 4",
            "2024-05-15",
        ),
        ("Level 3, 10 Pasir Panjang Road, 14 May 2024", "2024-05-14"),
        ("25 June 2018, 0730AM - 1030AM", "2018-06-25"),
        (
            "Hackathon Event: 22 Nov 2024, 0830 to 1700hrs",
            "2024-11-22",
        ),
        ("15 May 2024, 2000 – 2030hrs", "2024-05-15"),
        ("19 July 2019, 1700hrs", "2019-07-19"),
        ("2pm-4pm 14 May 2024", "2024-05-14"),
        ("14 May 2024 from 9 a.m. to 12 noon", "2024-05-14"),
        (
            "14 May 2024, Tel: 6211 2000, #05-12, S$2,022, 118 cities, 45%",
            "2024-05-14",
        ),
        (
            "The signing took place on 4 July 2022 at 10 Whitechapel High Street, London",
            "2022-07-04",
        ),
        ("DAY 1  MORNING  TUES, 2 OCT 2018", "2018-10-02"),
        ("Day 2 – 14 May 2024", "2024-05-14"),
        ("Open Day 15–17 May 2024", "2024-05-15/2024-05-17"),
        ("You may bring 2 guests on 15 May 2024", "2024-05-15"),
        (
            "STACK returns this November! Date: 15 and 16 November 2022",
            "2022-11-15/2022-11-16",
        ),
        (
            "15 May 2024, see https://www.tech.gov.sg/2023/06/07 or 2021@tech.gov.sg",
            "2024-05-15",
        ),
        ("FY24 briefing on 14 May 2024", "2024-05-14"),
        ("COVID-19 May 2020 update", "2020-05"),
        ("Opening address (15 Nov), 15 November 2022", "2022-11-15"),
        ("- 15 May 2024\n- 15 May 2024", "2024-05-15"),
    ];
    check(&table, None);
}

#[test]
fn a_text_without_a_date_says_none() {
    let table = [
        "",
        " ",
        "118 cities",
        "9.30am – 5.00pm, Sands Expo, Level 4",
        "10 Pasir Panjang Road",
        "2,022",
        "$2022",
        "1.2024",
        "Participants may attend",
        "Up to 10 may attend",
        "Smart Nation: 10 years on",
        "31 vulnerabilities",
        "Stack2020",
        "over 2000 people",
        "2000 participants",
        "Tel: 6211 2000",
        "24/7",
        "Singapore 117438",
        "May the best team win",
        "march on",
        "every Wednesday",
        "12345",
        "Q1: What is it?",
        "2000 to 2030hrs",
        "53座",
        "v2.0",
        "99.9%",
        "5G",
        "A11y",
    ];
    let table = table.map(|text| (text, "-"));
    check(&table, None);
}

#[test]
fn what_is_not_sure_is_said_to_be_unsure() {
    let table = [
        "FY2024",
        "FY24",
        "FY 2023/24",
        "Q3 2024",
        "3Q 2024",
        "1H2024",
        "third quarter of 2024",
        "early 2024",
        "mid-2024",
        "end of May 2024",
        "2023/24",
        "2023/2024",
        "2010-12",
        "03/04/2024",
        "31/31/2024",
        "15/05/24",
        "15 May '24",
        "15-May-24",
        "15 May",
        "May 15",
        "in May",
        "since November",
        "Friday, 25 June, 2018",
        "Tuesday, 15 May 2024",
        "31 June 2024",
        "29 February 2023",
        "17–15 May 2024",
        "17 May 2024 – 15 May 2024",
        "30 Dec – 2 Jan 2024",
        "8 and 10 November 2022",
        "15 May 2024, 20 May 2024",
        "7 July 2020, 3:00PM 24 July 2020, 3:00PM",
        "2–3 and 5–6 October 2018",
        "15 May – June 2024",
        "Industry Engagement 2023 (14 May 2024)",
        "2012 2013 2014",
        "by 12 November 2024",
        "until 7 Oct 2024",
        "9, 10 May 2024",
        "Conference Day 1 – 15 May 2024",
        "In March 10 teams won",
        "A11y Week 2024 (15–17 May)",
        "15–17 May 2024; register by 1 May 2024",
        "05/2024",
        "15 May 2024, 9am-5pm, 16 May 2024, 9am-5pm, 20 May 2024",
        "5月15日",
        "Wed – Sat, 15–17 May 2024",
        "- 15 May 2024\n- 17 May 2024",
        "- 15 May 2024\n - 17 May 2024",
    ];
    let table = table.map(|text| (text, "?"));
    check(&table, None);
}

#[test]
fn a_year_from_elsewhere_is_for_dates_without_one() {
    let table = [
        (
            "Wednesday, May 15 to Friday, May 17",
            "2024-05-15/2024-05-17",
        ),
        ("Day Three – Friday, May 17", "2024-05-17"),
        ("Day One – Wednesday, May 15", "2024-05-15"),
        ("15 May", "2024-05-15"),
        ("professionals on July 18 at Suntec Singapore", "2024-07-18"),
        ("15–17 May", "2024-05-15/2024-05-17"),
        ("A11y Week 2024 (15–17 May)", "2024-05-15/2024-05-17"),
        ("15 May 2023", "2023-05-15"),
        ("since November", "2024-11"),
        ("Thursday, May 15", "?"),
        ("30 Dec – 2 Jan", "?"),
        ("9am to 5pm", "-"),
    ];
    check(&table, Some(2024));
}

#[test]
fn a_title_that_names_one_year_gives_it() {
    let table = [
        ("A11y Week 2024 (15–17 May 2024)", Some(2024)),
        ("GovTech x OpenAI Hackathon 2024 (22 Nov 2024)", Some(2024)),
        ("STACK 2018 Developer Conference", Some(2018)),
        ("Smart Nation 2: Paving the Way", None),
        (
            "GovWallet sees 900,000 transactions worth $41m since November",
            None,
        ),
        ("Stack2020", None),
        ("FY2024 briefing", None),
        ("Masterplan 2016 – 2018", None),
        ("Countdown 31 Dec 2023 – 1 Jan 2024", None),
        ("预计2022年完成 53座租赁组屋将安装无线警报系统", Some(2022)),
        ("", None),
    ];
    for (title, expected) in table {
        assert_eq!(year_of(title), expected, "{title}");
    }
}

#[test]
fn a_doubt_says_why() {
    let table = [
        ("15 May", "15 May has no year"),
        ("since November", "November has no year"),
        ("31 June 2024", "31 June 2024 is not in the calendar"),
        ("31/31/2024", "31 of month 31 2024 is not in the calendar"),
        (
            "Tuesday, 15 May 2024",
            "2024-05-15 is a Wed, not a Tue as the text says",
        ),
        (
            "17 – 15 May 2024",
            "the range ends on 2024-05-15, before it starts on 2024-05-17",
        ),
        (
            "15 May – June 2024",
            "the range from 2024-05-15 to 2024-06-01 has ends of different accuracy",
        ),
        (
            "15 May 2024, 20 May 2024",
            "2024-05-15 and 2024-05-20 are both said",
        ),
        ("early 2024", "only a part of 2024 is meant"),
        ("by 12 November 2024", "2024-11-12 is only a limit"),
        ("03/04/2024", "day and month may be read either way round"),
    ];
    for (text, expected) in table {
        assert_eq!(when(text, None), Err(Unsure(expected.into())), "{text}");
    }
}

#[test]
fn no_text_panics() {
    let pieces = [
        "15",
        "May",
        "2024",
        "–",
        "-",
        "/",
        ",",
        ".",
        "(",
        ")",
        "Wed",
        "and",
        "to",
        "9am",
        "'",
        "24",
        "FY",
        "Q3",
        "年",
        "月",
        "日",
        "\u{200b}",
        "🇸🇬",
        "é",
        "99999999999999999999",
        "31",
        "0",
        "2024-13-45",
        "by",
        "ü\u{301}",
        "\u{0}",
        "%",
    ];
    for (index, first) in pieces.iter().enumerate() {
        for (offset, second) in pieces.iter().enumerate() {
            let third = pieces[(index * 7 + offset * 3) % pieces.len()];
            for joint in ["", " "] {
                let text = [*first, *second, third, *first, *second].join(joint);
                let _ = (
                    when(&text, None),
                    when(&text, Some(i32::MAX)),
                    year_of(&text),
                );
            }
        }
    }
}

#[test]
fn a_long_text_takes_linear_time() {
    for piece in [
        "1, 2, ",
        "15 and ",
        "May ",
        "15 May – ",
        "2024 ",
        "2024-",
        "( , Wed ",
        "9am – ",
    ] {
        let _ = when(&piece.repeat(5_000), Some(2024));
    }
}
