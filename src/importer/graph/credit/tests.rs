use super::{Credited, credits};

const KNOWN: [&str; 9] = [
    "GovTech",
    "Temasek",
    "Ministry of Health",
    "Ministry of Communications and Information",
    "Ministry of Education",
    "Smart Nation and Digital Government Office",
    "IMDA",
    "Johnson & Johnson",
    "Ministry of Trade and Industry",
];

fn known(name: &str) -> bool {
    KNOWN.contains(&name)
}

fn nobody(_: &str) -> bool {
    false
}

/// What `credits` says in one string: "Lead: Acme; Partner: Infocomm Authority [IA]".
fn said(line: &str, known: &dyn Fn(&str) -> bool) -> String {
    let one = |credited: Credited| {
        let short = credited
            .abbreviation
            .map(|short| format!(" [{short}]"))
            .unwrap_or_default();
        format!("{:?}: {}{short}", credited.part, credited.name)
    };
    credits(line, known)
        .into_iter()
        .map(one)
        .collect::<Vec<_>>()
        .join("; ")
}

fn check(table: &[(&str, &str)], known: &dyn Fn(&str) -> bool) {
    let wrong: Vec<String> = table
        .iter()
        .filter(|(line, expected)| said(line, known) != *expected)
        .map(|(line, expected)| format!("{line:?}: {} (not {expected})", said(line, known)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_known_decides_where_a_list_is_cut() {
    let table = [
        (
            "Developed by GovTech in collaboration with the Ministry of Health and Temasek",
            "Lead: GovTech; Partner: Ministry of Health; Partner: Temasek",
        ),
        (
            "Developed by Ministry of Communications and Information",
            "Lead: Ministry of Communications and Information",
        ),
        (
            "Developed by the Ministry of Communications and Information and GovTech.",
            "Lead: Ministry of Communications and Information; Lead: GovTech",
        ),
        (
            "Developed by Ministry of Education and GovTech",
            "Lead: Ministry of Education; Lead: GovTech",
        ),
        (
            "Developed by Ministry of Education and Acme",
            "Lead: Ministry of Education; Lead: Acme",
        ),
        (
            "Supported by Acme, Smart Nation and Digital Government Office and Temasek",
            "Supporter: Acme; Supporter: Smart Nation and Digital Government Office; Supporter: Temasek",
        ),
        (
            "Sponsored by Johnson & Johnson and Acme",
            "Sponsor: Johnson & Johnson; Sponsor: Acme",
        ),
        (
            "Organised by Temasek & GovTech",
            "Organiser: Temasek; Organiser: GovTech",
        ),
        (
            "Organised by Acme and Government Technology Agency (GovTech)",
            "Organiser: Acme; Organiser: Government Technology Agency [GovTech]",
        ),
        (
            "Organised by Infocomm Media Development Authority (IMDA)",
            "Organiser: Infocomm Media Development Authority [IMDA]",
        ),
    ];
    check(&table, &known);
}

#[test]
fn a_rule_decides_where_nothing_is_known() {
    let table = [
        (
            "Developed by Ministry of Communications and Information",
            "Lead: Ministry of Communications and Information",
        ),
        (
            "*Developed by the Agency for Integrated Care (AIC), Nanyang Polytechnic and the Integrated Health Information Systems*",
            "Lead: Agency for Integrated Care [AIC]; Lead: Nanyang Polytechnic; Lead: Integrated Health Information Systems",
        ),
        (
            "*Developed by the Ministry of Trade & Industry (MTI), Smart Nation and Digital Government Office (SNDGO), and \
             Government Technology Agency (GovTech)* ",
            "Lead: Ministry of Trade & Industry [MTI]; Lead: Smart Nation and Digital Government Office [SNDGO]; \
             Lead: Government Technology Agency [GovTech]",
        ),
        (
            "Developed by Ministry of Education and GovTech",
            "Lead: Ministry of Education; Lead: GovTech",
        ),
        (
            "Developed by Ministry of Education and the Ministry of Health",
            "Lead: Ministry of Education; Lead: Ministry of Health",
        ),
        (
            "Supported by Ministry of Sustainability and the Environment",
            "Supporter: Ministry of Sustainability and the Environment",
        ),
        ("Organised by Trade & Acme", "Organiser: Trade & Acme"),
        (
            "Organised by SGTech & IMDA",
            "Organiser: SGTech; Organiser: IMDA",
        ),
        (
            "Organised by Alpha and Beta and Gamma",
            "Organiser: Alpha and Beta; Organiser: Gamma",
        ),
    ];
    check(&table, &nobody);
}

#[test]
fn every_phrase_says_a_part() {
    let table = [
        (
            "Jointly developed by Alpha, Beta and Gamma",
            "Lead: Alpha; Lead: Beta; Lead: Gamma",
        ),
        ("Co-developed by Alpha and Beta", "Lead: Alpha; Lead: Beta"),
        (
            "Co-organised by Alpha and Beta",
            "CoOrganiser: Alpha; CoOrganiser: Beta",
        ),
        (
            "(co-organised by Agile SG and Data Science Group)",
            "CoOrganiser: Agile SG; CoOrganiser: Data Science Group",
        ),
        (
            "Jointly organised by GovTech and OpenAI.",
            "CoOrganiser: GovTech; CoOrganiser: OpenAI",
        ),
        ("Organised by: Alpha", "Organiser: Alpha"),
        ("Organized and hosted by Alpha", "Organiser: Alpha"),
        (
            "Organisers: Alpha, Beta",
            "Organiser: Alpha; Organiser: Beta",
        ),
        ("Supported by Alpha", "Supporter: Alpha"),
        (
            "An initiative by Alpha in partnership with Beta",
            "Lead: Alpha; Partner: Beta",
        ),
        (
            "A joint initiative of Alpha and Beta",
            "Lead: Alpha; Lead: Beta",
        ),
        (
            "This is a joint initiative by MAS, SNDGG and financial institutions.",
            "Lead: MAS; Lead: SNDGG",
        ),
        (
            "TradeXchange is a multi-agency initiative led by Singapore Customs (SC), EDB, SPRING and GovTech.",
            "Lead: Singapore Customs [SC]; Lead: EDB; Lead: SPRING; Lead: GovTech",
        ),
        (
            "*The E-Payments initiative is driven by the Monetary Authority of Singapore (MAS) and supported by the Smart Nation \
             and Digital Government Office (SNDGO)*",
            "Lead: Monetary Authority of Singapore [MAS]; Supporter: Smart Nation and Digital Government Office [SNDGO]",
        ),
        (
            "This annual SG:D Techblazer Awards, the nation’s highest accolade for tech innovation, is jointly organised by the \
             Infocomm Media Development Authority (IMDA) and SGTech.",
            "CoOrganiser: Infocomm Media Development Authority [IMDA]; CoOrganiser: SGTech",
        ),
        (
            "JOINTLY ISSUED BY GOVERNMENT TECHNOLOGY AGENCY OF SINGAPORE AND SINGAPORE CUSTOMS",
            "Lead: GOVERNMENT TECHNOLOGY AGENCY OF SINGAPORE; Lead: SINGAPORE CUSTOMS",
        ),
        (
            "ISSUED BY THE GOVERNMENT TECHNOLOGY AGENCY OF SINGAPORE AND THE CYBER SECURITY AGENCY OF SINGAPORE",
            "Lead: GOVERNMENT TECHNOLOGY AGENCY OF SINGAPORE; Lead: CYBER SECURITY AGENCY OF SINGAPORE",
        ),
        (
            "ISSUED BY THE COMMUNICATIONS AND MARKETING GROUP",
            "Lead: COMMUNICATIONS; Lead: MARKETING GROUP",
        ),
        ("In Collaboration With Apple", "Partner: Apple"),
        (
            "Organised by Alpha, with support from Beta and sponsored by Gamma",
            "Organiser: Alpha; Supporter: Beta; Sponsor: Gamma",
        ),
        (
            "Organised by: Alpha | Supported by: Beta",
            "Organiser: Alpha; Supporter: Beta",
        ),
        ("Developed by Alpha in 2019", "Lead: Alpha"),
        (
            "Developed by Alpha Pte. Ltd. and Beta. Download it now.",
            "Lead: Alpha Pte. Ltd.; Lead: Beta",
        ),
        ("Developed by Alpha. Alpha is good.", "Lead: Alpha"),
        ("Developed by data.gov.sg", "Lead: data.gov.sg"),
        ("Led by Dr Tan", ""),
        ("Led by Dr Tan and Alpha", "Lead: Alpha"),
        ("Developed by the\u{a0}Alpha\u{200b}", "Lead: Alpha"),
        ("Developed by Alpha, Alpha", "Lead: Alpha"),
    ];
    check(&table, &nobody);
}

#[test]
fn a_sentence_is_no_credit_line() {
    let lines = [
        "",
        "by",
        "Developed by",
        "Developed by .",
        "In collaboration with",
        "Alpha",
        "Developed in-house",
        "Jointly developed by the Ministry of Education and GovTech, Parents Gateway is a one-stop mobile app that strengthens it.",
        "Developed by GovTech, Government QR payment allows citizens to simply scan the QR code.",
        "Organised and hosted by the Smart Nation and Digital Government Group Singapore, DGX is a one-of-its-kind platform.",
        "Developed in consultation with industry partners and pilot users, CorpPass has been rolled out.",
        "In collaboration with SFA, GovTech developed an AI tool to cut down on",
        "In collaboration with NCSS Social Service Institute: Gain valuable insights",
        "Owned by the Ministry of Finance and managed by GovTech, CorpPass marks the first time that it is rolled out",
        "Singpass is managed by the Government Technology Agency (GovTech) and is one of eight strategic national projects.",
        "This was the objective for the first tax hackathon organised by the Inland Revenue Authority of Singapore (IRAS).",
        "It was developed and delivered in four months",
        "They are supported by students and student teams from Singapore schools",
        "Sharing days can be organised for different groups",
        "We are not supported by Alpha",
        "In support of Smart Nation, Singapore is making a big push",
        "GovTech developed the Health Appointment System",
        "programmes are curated and developed by GovTech practice leaders and industry leaders – by practitioners",
        "Supported by your browser",
        "Built by developers",
        "Led by example",
        "Run by hand",
        "Sponsor",
    ];
    check(&lines.map(|line| (line, "")), &known);
}

#[test]
fn no_line_panics() {
    let pieces = [
        "Developed by",
        "developed",
        "by",
        "and",
        ",",
        "&",
        "(",
        ")",
        "the",
        "Alpha",
        "é",
        "🇸🇬",
        "in collaboration with",
        "co-",
        ":",
        ". ",
        "Ministry of",
        "İ",
        "\u{200b}",
        "",
        "in 2019",
        "ſ",
        "K",
        "jointly",
        "initiative of",
    ];
    for (index, first) in pieces.iter().enumerate() {
        for (offset, second) in pieces.iter().enumerate() {
            let third = pieces[(index * 5 + offset * 3) % pieces.len()];
            for joint in ["", " "] {
                let line = ["Developed by", *first, *second, third, *second, *first].join(joint);
                let _ = (credits(&line, &known), credits(&line, &|_| true));
            }
        }
    }
}
