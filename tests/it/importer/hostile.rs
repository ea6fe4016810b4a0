//! Pages that are made to do harm: each is read in bounded time, without a crash.

use std::{
    fmt::Write as _,
    thread,
    time::{Duration, Instant},
};

use civigraph::importer::{Limits, Page, extract};

/// Debug builds on a busy machine are slow: what is quadratic takes minutes.
const LONGEST: Duration = Duration::from_mins(1);

/// What is quadratic shows at this size already; a larger one would only keep the tests waiting. `HOSTILE_SIZE`
/// asks for another one.
fn size() -> usize {
    let size = std::env::var("HOSTILE_SIZE").ok();
    size.and_then(|size| size.parse().ok()).unwrap_or(20_000)
}

/// Reads a page with the usual stack of a thread, as the importer's threads have it.
fn read(name: &str, page: &str) -> Page {
    let before = Instant::now();
    let page = thread::scope(|scope| {
        let read = || extract("site/page.md", page.as_bytes(), &Limits::default());
        scope.spawn(read).join().expect("no crash")
    });
    let took = before.elapsed();
    println!("{name}: {took:?}");
    assert!(took < LONGEST, "{name} took {took:?}");
    page
}

fn many(of: &str) -> String {
    of.repeat(size() / of.len())
}

/// Numbers from 0, each written in a way.
fn numbered(count: usize, write: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for number in 0..count {
        write(&mut text, number).expect("a string takes all");
    }
    text
}

/// What a page may consist of and nothing else.
const PIECES: &[&str] = &[
    "<div>",
    "<b>",
    "<b><div></b>",
    "<div><b x=1></div>",
    "<p><b><i><u>x",
    "<table><tr><td>",
    "<a href=x>",
    "<svg><g>",
    "<ul><li>",
    "<blockquote>",
    "<details><summary>",
    "<font color=a><p>",
    "</div>",
    "</p>",
    "<",
    "<!--",
    "<a b=\"",
    "<script>",
    "<style>",
    "<select><option>",
    "<table>x",
    "<template>",
    "<math><mi>",
    "<button>",
    "<h1>",
    "<p>",
    "<span class=\"isomer-card\">",
    "<td>",
    "<dl><dt>",
    "<pre>",
    "<textarea>",
    "<plaintext>",
    "[",
    "](",
    "![",
    "[a](",
    "[a](b c",
    "> ",
    "- ",
    "* a\n",
    "1. ",
    "`",
    "``a",
    "*a ",
    "**a",
    "_a*",
    "~",
    "~~a",
    "|",
    "|a\n",
    "|-",
    "|a|b|\n|-|-|\n",
    "[^a]",
    "[^a]: b\n",
    "[a]: b\n",
    "&",
    "&amp;",
    "&#",
    "\\",
    "# ",
    "#\n",
    "{{",
    "{%",
    "{{ 'a' }}",
    "{% raw %}",
    "{% comment %}",
    "{:",
    "{::comment}",
    "{: a='",
    "<br>\n",
    "<div>\n",
    "<div>\n\n",
    "<div>a</div>\n",
    "<div markdown=\"1\">\n",
    "<i>\n\n",
    "\u{200B}",
    "\"",
    "“a”\n\n",
    "*“a*\n\n",
    "    a\n",
    "\t",
    "\n: a\n",
    "a\n: b\n",
    "---\n",
    "<blockquote>a</blockquote><p>- b</p>",
    "<https://a>",
    "<blockquote>a</blockquote>",
    "<a@b.c>",
    "\0",
    "```\n",
    "~~~",
    "=\n",
    "*[a]: b\n",
    "](<",
    "<p>a<table>",
    "<em><p>",
    "</b></i>",
    "<nobr>",
    "<a><b><c><d>",
    "<a href=x><p>",
    "Date: a\n\n",
    "中",
    "\u{FEFF}",
    "é\u{301}",
];

#[test]
fn no_page_takes_forever() {
    for piece in PIECES {
        for start in ["a\n\n", "---\nvariant: tiptap\n---\n<p>x</p>"] {
            let page = format!("{start}{}", many(piece));
            read(&format!("{piece:?} after {start:?}"), &page);
        }
    }
}

#[test]
fn numbered_pieces_take_no_time_either() {
    let count = size() / 16;
    let attributes = numbered(count, |out, number| write!(out, "a{number} "));
    read("attributes", &format!("<a {attributes}>"));
    let attributes = numbered(count, |out, number| write!(out, "a{number}=\"\""));
    read("quoted attributes", &format!("<a {attributes}>"));
    read(
        "formatting",
        &numbered(count, |out, number| write!(out, "<b x={number}>")),
    );
    read(
        "formatting in blocks",
        &numbered(count, |out, number| write!(out, "<p><b x={number}>a")),
    );
    read(
        "formatting closed",
        &numbered(count, |out, number| {
            write!(out, "<div><b x={number}>a</div>")
        }),
    );
    read(
        "elements",
        &numbered(count, |out, number| write!(out, "<x{number}>")),
    );
    read(
        "definitions",
        &numbered(count, |out, number| {
            write!(out, "[a{number}]: b\n[a{number}]\n\n")
        }),
    );
    read(
        "footnotes",
        &numbered(count, |out, number| {
            write!(out, "[^a{number}]\n\n[^a{number}]: b\n\n")
        }),
    );
    read(
        "mailboxes",
        &numbered(count, |out, number| write!(out, "<a{number}@b.c>")),
    );
    read(
        "emphasis",
        &numbered(count, |out, number| write!(out, "*a{number} **b _c")),
    );
    let steps = 400;
    read(
        "indented lists",
        &numbered(steps, |out, step| writeln!(out, "{}- a", " ".repeat(step))),
    );
    read(
        "indented quotes",
        &numbered(steps, |out, step| writeln!(out, "{}a", ">".repeat(step))),
    );
}

#[test]
fn front_matter_bombs_do_not_go_off() {
    let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..60 {
        let before = format!("*a{}", level - 1);
        let references = vec![before; 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{references}]").expect("a string takes all");
    }
    bomb += "title: Kept\n---\n";
    let page = read("aliases", &bomb);
    assert_eq!(page.extract.title.as_deref(), Some("Kept"));
    read("flow", &format!("---\na: {}\n---\n", many("[")));
    read("maps", &format!("---\na: {}\n---\n", many("{a: ")));
    read("dashes", &format!("---\n{}\n---\n", many("- ")));
    read("long", &format!("---\na: {}\n---\n", many("b ")));
    read("questions", &format!("---\n{}\n---\n", many("? ")));
    read("quotes", &format!("---\na: \"{}\n---\n", many("b\n\n")));
    read("unclosed", &format!("---\n{}", many("a: b\n")));
    let steps = numbered(500, |out, step| writeln!(out, "{}a:", " ".repeat(step)));
    read("steps", &format!("---\n{steps}\n---\n"));
    let anchors = numbered(size() / 16, |out, number| {
        writeln!(out, "a{number}: &b{number} c")
    });
    read("anchors", &format!("---\n{anchors}---\n"));
}

#[test]
fn what_is_too_deep_is_kept_as_text() {
    let page = read(
        "deep",
        &format!(
            "{}<p>Still [here]</p><a href=\"/x\">x</a>",
            "<div>".repeat(5_000)
        ),
    );
    assert_eq!(page.content.text.lines().next(), Some("Still [here]"));
    let kinds: Vec<_> = page.problems.iter().map(|problem| problem.kind).collect();
    assert!(
        kinds.contains(&civigraph::importer::ProblemKind::TooDeep),
        "{kinds:?}"
    );
}
