//! A catalogue's faults: every one at once, with its file, its path and what would be right.

use std::{fs, path::Path};

use civigraph::catalogue::{self, Faults, Files};

/// The faults of a catalogue of these files.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let page = ("page/a.yaml", "slug: a\ntitle: A\nsummary: A page.\n");
    let page = (!files.is_empty()).then_some(&page);
    for (path, content) in files.iter().chain(page) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    of(folder.path())
}

fn of(folder: &Path) -> Vec<String> {
    match catalogue::read(&Files::Directory(folder.to_owned())) {
        Ok(_) => Vec::new(),
        Err(Faults::Faulty(faults)) => faults.iter().map(ToString::to_string).collect(),
        Err(Faults::Unreadable(error)) => vec![error.to_string()],
    }
}

const GOVTECH: &str = "slug: govtech\ntitle: GovTech\nsummary: An agency.\nkind: agency\nsources:\n  - page: a\n    locator: b\n";

#[test]
fn what_is_right_has_no_fault() {
    assert_eq!(
        faults(&[("partner/govtech.yaml", GOVTECH), ("README.md", "# Ours")]),
        Vec::<String>::new()
    );
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let programme = "\
slug: sing-pass
title: Singpass
sumary: It is misspelt.
kind: digital_servise
audiences: [citizens, martians]
started_on: 2024-02-30
ended_on: soon
lead_agency: govtec
goals: [Trust, trust]
partners:
  - partner: govtech
    role: boss
  - partner: govtech
    role: developer
    since: 2020
media: none
sources: []
";
    let event = "\
slug: launch
title: ''
summary: It begins after it ends.
kind: launch
starts_on: 2024-05
ends_on: 2024-04-30
country: Singapore
url: tech.gov.sg
sessions:
  - title: Opening
    access: open
sources:
  - page: a
    locator: b
";
    let told = faults(&[
        ("partner/govtech.yaml", GOVTECH),
        ("programme/singpass.yaml", programme),
        ("event/launch.yaml", event),
        ("event/broken.yaml", "slug: [\n"),
        ("planet/mars.yaml", "slug: mars\n"),
    ]);
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_slug_and_an_address_belong_to_one_piece() {
    let with = |slug: &str, more: &str| format!("{}{more}", GOVTECH.replace("govtech", slug));
    let told = faults(&[
        (
            "partner/govtech.yaml",
            &with("govtech", "url: https://www.tech.gov.sg/\n"),
        ),
        (
            "partner/imda.yaml",
            &with("govtech", "url: https://www.tech.gov.sg/\n"),
        ),
    ]);
    insta::assert_snapshot!(told.join("\n"));
}

/// The second file would take the place of the first.
#[test]
fn an_identifier_belongs_to_one_piece() {
    let renamed = format!("{}first_slug: z\n", GOVTECH.replace("govtech", "a"));
    let z = GOVTECH.replace("govtech", "z");
    let told = faults(&[("partner/a.yaml", &renamed), ("partner/z.yaml", &z)]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("partner/z.yaml: first_slug: the identifier partner:"),
        "{told:?}"
    );
}

/// PostgreSQL would refuse them while the catalogue is loaded.
#[test]
fn what_no_database_takes_is_a_fault() {
    let long = format!("url: https://www.tech.gov.sg/?{}\n", "x".repeat(3_000));
    for more in [
        "reviewed_on: \"-9999-01-01\"\n",
        "review_due_on: 2026-5-4\n",
        "url: https://www.tech.gov.sg/\nredirected:\n  to: https://www.tech.gov.sg/\n",
        long.as_str(),
    ] {
        let told = faults(&[("partner/govtech.yaml", &format!("{GOVTECH}{more}"))]);
        assert_eq!(told.len(), 1, "{more}: {told:?}");
    }
    let source = GOVTECH.replace(
        "locator: b",
        "locator: b\n    retrieved_at: -9999-01-01T00:00:00Z",
    );
    let told = faults(&[("partner/govtech.yaml", &source)]);
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn nothing_is_a_part_of_itself() {
    let part = |slug: &str, parent: &str| {
        format!("{}parent: {parent}\n", GOVTECH.replace("govtech", slug))
    };
    let told = faults(&[
        ("partner/a.yaml", &part("a", "b")),
        ("partner/b.yaml", &part("b", "a")),
        ("partner/c.yaml", &part("c", "a")),
    ]);
    assert_eq!(
        told,
        [
            "partner/a.yaml: parent: it comes back to itself: a → b → a",
            "partner/b.yaml: parent: it comes back to itself: b → a → b"
        ]
    );
}

#[test]
fn a_figure_a_quote_and_an_award_need_a_source() {
    let statistic = "\
slug: spending
title: Spending
summary: What is spent.
value: 3.36
unit: SGD
qualifier: roughly
display_value: S$3.36
period: 2025/2024
period_label: FY24
geography: Singapore
measures: [singpass, programme:nothing, page:a, page:a]
";
    let quote = "\
slug: said
title: Said
summary: Somebody said it.
speaker: nobody
said_on: 2024-13
language: english
translations:
  - language: ms
    status: wrong
    title: Kata
  - language: ms
    status: machine
    title: ''
contacts:
  - address: not an address
    purpose: None.
";
    let award = "\
slug: won
title: Won
summary: Somebody won it.
rank: 3
out_of: 2
review_due_on: 2020-01-01
reviewed_on: 2021-01-01
withdrawn:
  reason: It was a mistake.
  successor: won
gone:
  reason: It is not there.
sources:
  - page: nowhere
    locator: Below
    field: valeu
    content_hash: abc
";
    let told = faults(&[
        ("catalogue.yaml", "language: en\nlicense: CC-BY-4.0\n"),
        ("statistic/spending.yaml", statistic),
        ("quote/said.yaml", quote),
        ("award/won.yaml", award),
    ]);
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn hostile_files_are_told_and_do_no_harm() {
    let nested = format!("slug: {}\n", "[".repeat(100_000));
    let aliases = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    for content in [
        nested.as_str(),
        aliases,
        "",
        "\u{0}",
        "- a\n- b\n",
        "just text",
        "slug: a\nslug: b\n",
    ] {
        let told = faults(&[("partner/govtech.yaml", content)]);
        assert!(!told.is_empty(), "{}", &content[..content.len().min(40)]);
        assert!(told.iter().all(|fault| fault.len() < 2_000), "{told:?}");
    }
}

#[test]
fn an_empty_catalogue_is_a_fault() {
    let told = faults(&[]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(!of(Path::new("/nowhere/at/all")).is_empty());
}
