use super::{name_key, speaker};

/// What `speaker` says in one string: "name | role | organisation", or "-".
fn said(attribution: &str) -> String {
    speaker(attribution).map_or_else(
        || "-".to_owned(),
        |speaker| {
            let [role, organisation] =
                [speaker.role, speaker.organisation].map(Option::unwrap_or_default);
            format!("{} | {role} | {organisation}", speaker.name)
        },
    )
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(line, expected)| said(line) != *expected)
        .map(|(line, expected)| format!("{line:?}: {} (not {expected})", said(line)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_line_is_cut_into_name_role_and_organisation() {
    check(&[
        (
            "Mr Tan Kok Yam, Deputy Secretary, Smart Nation and Digital Government Office",
            "Tan Kok Yam | Deputy Secretary | Smart Nation and Digital Government Office",
        ),
        (
            "Goh Wei Boon, Chief Executive, GovTech",
            "Goh Wei Boon | Chief Executive | GovTech",
        ),
        (
            "~ Mr Goh Wei Boon, Chief Executive, GovTech.",
            "Goh Wei Boon | Chief Executive | GovTech",
        ),
        (
            "— **Ms Lim Bee Kwan** (Director, Acme)",
            "Lim Bee Kwan | Director | Acme",
        ),
        (
            "Ms Lim Bee Kwan (Director), Acme",
            "Lim Bee Kwan | Director | Acme",
        ),
        ("Jane Doe - CEO, Acme", "Jane Doe | CEO | Acme"),
        (
            "Jane Doe – CEO, Acme Pte. Ltd.",
            "Jane Doe | CEO | Acme Pte. Ltd.",
        ),
        (
            "Low Xinwei, co-Founder of Zaihash",
            "Low Xinwei | co-Founder of Zaihash | ",
        ),
        (
            "Jane Doe, Software Engineer at GovTech",
            "Jane Doe | Software Engineer | GovTech",
        ),
        (
            "Jane Doe, Nurse at the Ministry of Health",
            "Jane Doe | Nurse | Ministry of Health",
        ),
        (
            "Rory Preddy, Principal Cloud Advocate at Microsoft.",
            "Rory Preddy | Principal Cloud Advocate | Microsoft",
        ),
        (
            "Dr Michael Zeller, Head, AI Strategy & Solutions, Temasek",
            "Michael Zeller | Head, AI Strategy & Solutions | Temasek",
        ),
        (
            "Kendrick Lee, Director, Trusted Data Division, National Digital Identity, GovTech",
            "Kendrick Lee | Director, Trusted Data Division, National Digital Identity | GovTech",
        ),
        (
            "Ms Jane Tan, Permanent Secretary, Ministry of Culture, Community and Youth",
            "Jane Tan | Permanent Secretary | Ministry of Culture, Community and Youth",
        ),
        (
            "Chan Cheow Hoe (Mr), Senior Manager, GovTech",
            "Chan Cheow Hoe | Senior Manager | GovTech",
        ),
        (
            "Tan Mei (陈美), Senior Manager, GovTech",
            "Tan Mei | Senior Manager | GovTech",
        ),
        ("Mdm Lim, 72, retiree", "Lim | retiree | "),
        ("Jane Doe, PhD, CEO, Acme", "Jane Doe | CEO | Acme"),
        (
            "Kok Ping Soon, CEO, Singapore Business Federation",
            "Kok Ping Soon | CEO | Singapore Business Federation",
        ),
        (
            "Peter Ho, CEO, HOPE Technik",
            "Peter Ho | CEO | HOPE Technik",
        ),
    ]);
}

#[test]
fn a_role_that_is_no_organisation_stays_whole() {
    check(&[
        (
            "Dr Janil Puthucheary, Senior Minister of State for Communications and Information and Minister-in-charge of GovTech",
            "Janil Puthucheary | Senior Minister of State for Communications and Information and Minister-in-charge of GovTech | ",
        ),
        (
            "Dr Janil Puthucheary (Senior Minister of State for Communications and Information)",
            "Janil Puthucheary | Senior Minister of State for Communications and Information | ",
        ),
        (
            "Mrs Josephine Teo, Minister for Communications and Information, and Minister-in-charge of Smart Nation",
            "Josephine Teo | Minister for Communications and Information, and Minister-in-charge of Smart Nation | ",
        ),
        (
            "Jessie Jie Xia, Thoughtworks Chief Information Officer",
            "Jessie Jie Xia | Thoughtworks Chief Information Officer | ",
        ),
        (
            "Paul Lee, Cyber Senior Business Director",
            "Paul Lee | Cyber Senior Business Director | ",
        ),
        (
            "Jane Doe, Director, Communications",
            "Jane Doe | Director, Communications | ",
        ),
        (
            "Khairy Jamaluddin, Minister of Health, Malaysia",
            "Khairy Jamaluddin | Minister of Health, Malaysia | ",
        ),
        ("Jane Doe, Founder, CEO", "Jane Doe | Founder, CEO | "),
        (
            "Mr. Kok Ping Soon, Chief Executive of GovTech Singapore",
            "Kok Ping Soon | Chief Executive of GovTech Singapore | ",
        ),
        (
            "Mr Joseph Leong, Permanent Secretary (Smart Nation and Digital Government) and Chairman of GovTech",
            "Joseph Leong | Permanent Secretary (Smart Nation and Digital Government) and Chairman of GovTech | ",
        ),
        (
            "PM Lawrence Wong at the launch of Smart Nation 2.0 in Oct 2024",
            "Lawrence Wong | PM | ",
        ),
        (
            "Prime Minister Lawrence Wong",
            "Lawrence Wong | Prime Minister | ",
        ),
        (
            "Minister Josephine Teo, Minister for Digital Development",
            "Josephine Teo | Minister for Digital Development | ",
        ),
        ("Lim Mei, Acme", "Lim Mei |  | "),
        ("Lim Mei from Acme", "Lim Mei |  | "),
        ("Lim Mei", "Lim Mei |  | "),
        (
            "Dr He Ruimin, Chief Artificial Intelligence Officer",
            "He Ruimin | Chief Artificial Intelligence Officer | ",
        ),
        ("Adrian CHAN (Mr)", "Adrian CHAN |  | "),
        ("Jane Doe (Ms)", "Jane Doe |  | "),
        (
            "Vilashini Subramaniam , Manager (Accessibility), Equaliser",
            "Vilashini Subramaniam | Manager (Accessibility) | Equaliser",
        ),
    ]);
}

#[test]
fn names_of_every_kind_are_names() {
    check(&[
        ("A/Prof Annie Koh", "Annie Koh |  | "),
        ("Assoc Prof Annie Koh", "Annie Koh |  | "),
        ("Professor Sir Tim Berners-Lee", "Tim Berners-Lee |  | "),
        ("BG (Ret) Tan Chuan-Jin", "Tan Chuan-Jin |  | "),
        ("Er. Lee Chuan Seng", "Lee Chuan Seng |  | "),
        ("Datuk Seri Anwar bin Ibrahim", "Anwar bin Ibrahim |  | "),
        ("Ravi s/o Kumar, Engineer", "Ravi s/o Kumar | Engineer | "),
        ("Mr NG Chee Khern, Chairman", "NG Chee Khern | Chairman | "),
        (
            "Mr Sytse “Sid” Sijbrandij, CEO, GitLab",
            "Sytse “Sid” Sijbrandij | CEO | GitLab",
        ),
        ("Ms Tan", "Tan |  | "),
        ("Shaun McDonald, Engineer", "Shaun McDonald | Engineer | "),
        ("Dean Tan, Developer", "Dean Tan | Developer | "),
        ("José Álvarez, Designer", "José Álvarez | Designer | "),
        ("陈振声", "陈振声 |  | "),
        ("陈振声先生", "陈振声 |  | "),
        ("陈振声，教育部长", "陈振声 | 教育部长 | "),
        (
            "Mr 王小明, Engineer, GovTech",
            "王小明 | Engineer | GovTech",
        ),
        (
            "Jane\u{a0}\u{200b}Doe,\n Designer",
            "Jane Doe | Designer | ",
        ),
    ]);
}

#[test]
fn what_names_no_person_is_none() {
    let lines = [
        "",
        "—",
        "A satisfied user",
        "Business owner",
        "Business Owner",
        "GovTech",
        "Participant",
        "Public Officer",
        "OpenAI",
        "GovTech Team",
        "The Straits Times",
        "Channel NewsAsia",
        "Smart Nation",
        "a parent",
        "jane doe",
        "Jane",
        "Tech Kaki",
        "It was a great experience working with the team",
        "Ministry of Health",
        "Government Technology Agency (GovTech)",
        "Project Manager, Acme",
        "Anonymous",
        "参与者",
        "政府科技局",
        "2024",
        "Jane Doe and John Lim, Engineers",
        "Mr Chang Sau Sheong, Deputy Chief Executive, GovTech and Mr Jason See, Senior Director",
        "Source: The Straits Times",
        "Minister for Health",
        "President, Acme",
        "Mr",
        "Dr.",
        "Parent of Two",
        "DataSpark, Partner",
        "Is this on?",
        "Dr Who?",
        "Jane Doe",
        "Jane Doe, Acme",
        "Hong Kong",
        "Contact Details",
        "Judging Criteria",
        "Day One – Wednesday, May 15",
        "Application Infrastructure, Digital Business Analyst, Project Manager",
        "Keynote–Gregor Hohpe (Technical Director, Google)",
        "Annex B - Background Information on Digital Parking App by URA",
        "Mr Goh Wei Boon, Chief Executive, GovTech, said: “The",
        "ISSUED BY THE GOVERNMENT TECHNOLOGY AGENCY OF SINGAPORE",
        "Featuring David Niemeijer, Founder of AssistiveWare",
        "Nine Words Are Far Too Many For Any Name",
    ];
    check(&lines.map(|line| (line, "-")));
}

#[test]
fn two_spellings_of_a_name_have_one_key() {
    let table = [
        ("Mr. GOH Wei-Boon", "goh wei boon"),
        ("Goh  Wei Boon", "goh wei boon"),
        ("Dr Bruno O’Neil", "bruno oneil"),
        ("Assoc Prof J. Tan", "j tan"),
        ("陈振声先生", "陈振声"),
        ("", ""),
        ("Mr", "mr"),
    ];
    for (name, key) in table {
        assert_eq!(name_key(name), key, "{name}");
    }
}

#[test]
fn no_line_panics() {
    let pieces = [
        "Mr", "Jane", "Doe", ",", "，", "(", ")", "（", "）", " - ", "at", "Acme", "陈", "and",
        "🇸🇬", "é", ".", "the", "Minister", "", "s/o", "’", "உ", "1", "\u{200b}", "女士", "—", "“",
    ];
    for (index, first) in pieces.iter().enumerate() {
        for (offset, second) in pieces.iter().enumerate() {
            let third = pieces[(index * 5 + offset * 3) % pieces.len()];
            for joint in ["", " "] {
                let line = [*first, *second, third, *second, *first].join(joint);
                let _ = (speaker(&line), name_key(&line));
            }
        }
    }
}
