//! Sites with odd pages: each is mended or left out with a message, and never keeps the others from coming in.

use std::collections::BTreeSet;

use civigraph::importer::Report;

use super::harbour::Harbour;
use crate::database::engines;

fn front(fields: &str, body: &str) -> String {
    format!("---\n{fields}\n---\n{body}\n")
}

/// Pages that no editor would write, and that must do no harm.
fn strange() -> Vec<(String, String)> {
    let long = "a".repeat(20_000);
    let fields = [
        format!("title: {long}\npermalink: /long/"),
        "title: \"a\\0b\"\npermalink: \"/nul\\0/\"".to_owned(),
        "title: \"   \"\npermalink: /blank/".to_owned(),
        "title: Up\npermalink: /../up/".to_owned(),
        "title: Script\npermalink: \"javascript:alert(1)\"".to_owned(),
        "title: Elsewhere\npermalink: //evil.example/x".to_owned(),
        format!("title: Far\npermalink: /{long}/"),
        "title: Twice\npermalink: /twice/".to_owned(),
        "title: Twice\npermalink: /twice".to_owned(),
        "title: Itself\npermalink: /itself/\nlayout: link\nexternal: /itself/".to_owned(),
        "title: To script\npermalink: /to-script/\nexternal: \"javascript:alert(1)\"".to_owned(),
        format!("title: Category\npermalink: /category/\ncategory: {long}"),
        "title: Categories\npermalink: /categories/\ncategory: [A b, a-b, 'A B!', '', 智慧, '智 慧']".to_owned(),
        "title: Picture\npermalink: /picture/\nimage: 'data:image/png;base64,AAAA'".to_owned(),
        format!("title: Picture\npermalink: /picture-2/\nimage: /{long}.png"),
        "title: Date\npermalink: /date/\ndate: 2024-13-99\nlanguage: 'not a language!'".to_owned(),
        "title: Layout\npermalink: /layout/\nlayout: \"\\u202Ereversed\"".to_owned(),
    ];
    let pages = fields.iter().enumerate().map(|(number, fields)| {
        let body = "Some text. <img src='javascript:alert(1)'> ![x](http://[::1) [y](http://user:pw@x.sg/)";
        (format!("pages/{number:02}.md"), front(fields, body))
    });
    let of_map = [
        (
            "_services/Overview.md",
            "title: Overview\npermalink: /a/overview/",
        ),
        (
            "_services/Other.md",
            "title: Other\npermalink: /b/overview/",
        ),
        ("_services/Same.md", "title: Other\npermalink: /c/same/"),
        ("_services/none.md", "description: no title"),
        ("_services/潮汐.md", "title: 潮汐\npermalink: /潮汐/"),
        (
            "news/events/_posts/2024-01-01-post-.md",
            "title: '99 Foo 2024'",
        ),
        (
            "news/events/_posts/2024-01-02-post-x.md",
            "title: Much\npermalink: /much/",
        ),
    ];
    let of_map = of_map.into_iter().map(|(path, fields)| {
        let lines: String = (1..=40)
            .flat_map(|day| [format!("Date: {day} May 2024"), "\n\n".to_owned()])
            .collect();
        (path.to_owned(), front(fields, &lines))
    });
    let quotes = (0..200_usize).flat_map(|number| {
        let first = char::from(b'A' + u8::try_from(number % 20).unwrap());
        let last = ["an", "ee", "in", "ok", "un", "ar", "el", "im", "ong", "ut"][number / 20];
        let speaker = format!("~ Mr Tan {first}{last}, Director, Tide Labs\n\n");
        [format!("> Words {number}.\n\n"), speaker]
    });
    let quotes: String = quotes.collect();
    let many = (0..300).map(|number| {
        (
            format!("many/{number}.md"),
            front("title: Many\npermalink: /many/", "The same."),
        )
    });
    pages
        .chain(of_map)
        .chain([(
            "quotes.md".to_owned(),
            front("title: Quotes\npermalink: /quotes/", &quotes),
        )])
        .chain([(
            "mail.md".to_owned(),
            front(
                "title: Mail\npermalink: /mail/",
                "<a href='mailto:%00a@x'>a</a> <a href='mailto:a@x.sg'>&#27;[31m</a> &#1;",
            ),
        )])
        .chain(many)
        .collect()
}

fn kinds(report: &Report) -> BTreeSet<String> {
    report.warnings.keys().map(|kind| kind.name()).collect()
}

#[tokio::test]
async fn odd_pages_keep_no_others_from_coming_in() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        for (path, text) in strange() {
            harbour.write(&path, &text);
        }
        let report = harbour.import().await;
        assert_eq!(report.pages.unread, 0);
        let told = kinds(&report);
        for kind in [
            "bad_address",
            "bad_date",
            "duplicate_permalink",
            "unsafe_name",
            "unsure_date",
        ] {
            assert!(told.contains(kind), "{kind} in {told:?}");
        }
        let data = harbour
            .ask(
                r#"{ pages { totalCount } many: pages(filter: { title: { eq: "Many" } }) { totalCount }
                    quotes { totalCount } quay: page(by: { slug: "harbour-gov-sg-services-tides" }) { title } }"#,
            )
            .await;
        assert_eq!(data["many"]["totalCount"], 300, "{data}");
        assert_eq!(data["quotes"]["totalCount"], 201, "{data}");
        assert_eq!(data["quay"]["title"], "Tide Tables");
        // However odd, it is the same the second time.
        let before = harbour.state().await;
        let again = harbour.import().await;
        assert_eq!(again.changed(), 0, "{again}\n{:?}", again.changes);
        assert_eq!(harbour.state().await, before);
    }
}

#[tokio::test]
async fn no_script_comes_in() {
    for engine in engines() {
        let mut harbour = Harbour::new(engine).await;
        for (path, text) in strange() {
            harbour.write(&path, &text);
        }
        harbour.write(
            "pages/script.md",
            &front(
                "title: Script\npermalink: /script/",
                "<p onclick='x()'>a</p> <a href='javascript:alert(1)'>b</a> <iframe srcdoc='<script>'></iframe> [c](javascript:x)",
            ),
        );
        harbour.import().await;
        let data = harbour
            .ask("{ pages(first: 100) { nodes { body { html } url } } media { nodes { url } } }")
            .await;
        let told = data.to_string().to_lowercase();
        for bad in [
            "<script",
            "onclick",
            "javascript:",
            "srcdoc",
            "\\u0000",
            "\\u001b",
        ] {
            assert!(!told.contains(bad), "{bad} in {told}");
        }
    }
}
