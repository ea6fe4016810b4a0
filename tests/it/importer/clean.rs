//! Nothing that runs survives, and nothing that is written is lost.

use civigraph::importer::{Content, Fact, Limits, Place, extract};

fn content(body: &str) -> Content {
    let page = format!("---\ntitle: A page\npermalink: /page/\n---\n{body}");
    extract("site/page.md", page.as_bytes(), &Limits::default()).content
}

/// What a browser would run, in many spellings.
const HARMFUL: &[&str] = &[
    "<script>steal()</script>",
    "<p>a<script src=//evil></script>b</p>",
    "<SCRIPT>steal()</SCRIPT >",
    "<img src=x onerror=steal()>",
    "<img src='x' ONERROR=\"steal()\">",
    "<svg onload=steal()><script>steal()</script><a xlink:href=\"javascript:steal()\">x</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=steal()>",
    "<a href=\"javascript:steal()\">x</a>",
    "<a href=\" jAvAsCrIpT:steal()\">x</a>",
    "<a href=\"java\nscript:steal()\">x</a>",
    "<a href=\"java&#9;script&colon;steal()\">x</a>",
    "<a href=\"\u{1}javascript:steal()\">x</a>",
    "<a href=\"data:text/html,<script>steal()</script>\">x</a>",
    "<a href=\"vbscript:steal()\">x</a>",
    "[x](javascript:steal())",
    "[x](<java\tscript:steal()>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:steal())",
    "![x](x \"onerror=steal()\")",
    "<javascript:steal()>",
    "[x]\n\n[x]: javascript:steal()",
    "<iframe src=\"javascript:steal()\"></iframe>",
    "<iframe srcdoc=\"<script>steal()</script>\"></iframe>",
    "<object data=\"javascript:steal()\"></object><embed src=\"javascript:steal()\">",
    "<form action=\"javascript:steal()\"><button formaction=\"javascript:steal()\">x</button></form>",
    "<style>@import 'javascript:steal()';</style><p style=\"background:url(javascript:steal())\">x</p>",
    "<base href=\"javascript:steal()\"><meta http-equiv=refresh content=\"0;javascript:steal()\">",
    "<noscript><p title=\"</noscript><img src=x onerror=steal()>\">",
    "<template><script>steal()</script></template>",
    "<details open ontoggle=steal()><summary>x</summary></details>",
    "&lt;script&gt;steal()&lt;/script&gt;",
    "`<script>steal()</script>`",
    "\\<script>steal()\\</script>",
    "<a href=\"x\" title='\"><script>steal()</script>'>x</a>",
    "<textarea><img src=x onerror=steal()></textarea>",
    "<xmp><img src=x onerror=steal()></xmp>",
    "{{ \"<script>steal()</script>\" | raw }}",
    "<div markdown=\"1\">\n<script>steal()</script>\n</div>",
];

/// Whether HTML would run something.
fn runs(html: &str) -> bool {
    let lower = html.to_lowercase();
    let tags = lower
        .split('<')
        .skip(1)
        .filter_map(|tag| Some(tag.split_once('>')?.0.to_owned()));
    tags.into_iter().any(|tag| {
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let unquoted: String = tag.split('"').step_by(2).collect();
        matches!(
            &*name,
            "script"
                | "style"
                | "object"
                | "embed"
                | "form"
                | "svg"
                | "math"
                | "base"
                | "meta"
                | "template"
        ) || unquoted.contains(" on")
            || unquoted.contains("srcdoc")
            || [
                "href=\"javascript",
                "src=\"javascript",
                "href=\"data",
                "src=\"data",
                "vbscript:",
            ]
            .iter()
            .any(|bad| tag.contains(bad))
    })
}

#[test]
fn nothing_that_runs_survives_in_html() {
    for body in HARMFUL {
        let html = content(body).html;
        assert!(!runs(&html), "{body}\n  became {html}");
        assert_eq!(
            html.matches("steal()\">").count(),
            html.matches("title=\"onerror=steal()\">").count(),
            "{html}"
        );
    }
}

#[test]
fn nothing_that_runs_survives_in_markdown() {
    for body in HARMFUL {
        let markdown = content(body).markdown;
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&markdown));
        assert!(
            !runs(&html),
            "{body}\n  became {markdown}\n  and then {html}"
        );
    }
}

#[test]
fn only_frames_of_safe_sites_stay() {
    let html = content("<iframe src=\"https://www.youtube.com/embed/a\" onload=x></iframe><iframe src=\"http://a\">b</iframe>").html;
    assert!(
        html.contains("<iframe src=\"https://www.youtube.com/embed/a\"></iframe>"),
        "{html}"
    );
    assert_eq!(html.matches("<iframe").count(), 1, "{html}");
}

/// What Markdown says after it was written and read again.
fn again(body: &str) -> (String, String) {
    let first = content(body);
    let second = content(&first.markdown);
    (first.text, second.text)
}

#[test]
fn markdown_says_what_the_page_says() {
    let bodies = [
        "<p>1. Not a list</p><p># no heading</p><p>- no item</p><p>&gt; no quote</p><p>+ no item</p>",
        "<p>a * b * c _d_ `e` [f](g) \\ h &amp;amp; &lt;b&gt; ~~i~~ j~ ~k |</p>",
        "<p><strong>Date:</strong>14 May, <b> spaced </b>and<em>in</em>side <i>“quoted”</i>。<b>中文：</b>下文</p>",
        "<p>2 &lt; 3 &amp;&amp; 4 &gt; 1</p><p>==</p><p>a<br>= b<br>- c<br>1) d</p>",
        "<ul><li><p>one</p><ul><li>two<ol start=\"7\"><li>three</li></ol></li></ul></li><li></li><li><p>four</p><p>five</p></li></ul>",
        "<table><tr><th>a|b</th><th>c</th></tr><tr><td>d<br>e</td></tr><tr><td>f</td><td>g</td></tr></table>",
        "<blockquote><p>a</p><p>b</p><ul><li>c</li></ul></blockquote><pre>d\n  ``` e\n</pre><hr>",
        "<details><summary>a <b>b</b></summary><p>c</p></details><dl><dt>d</dt><dd>e</dd></dl>",
        "<a href=\"/x\"><div><p>a</p><p>b</p></div></a><a href=\"/y (z)\">c]</a>",
        "<h2>a <b>b</b> # </h2><h3><br></h3><div><h4>c</h4>d<p>e</p></div>",
        "<p>x<sup>2</sup> H<sub>2</sub>O <s>gone</s> <code>a`b</code></p>",
    ];
    for body in bodies {
        let (first, second) = again(body);
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            words(&first),
            words(&second),
            "{body}\n{}",
            content(body).markdown
        );
    }
}

#[test]
fn sections_are_what_stands_below_headings() {
    let content = content("Before.\n\n## One\n\nText.\n\n* a\n* b\n\n### Two\n\n## Three\n\nEnd.");
    let sections: Vec<_> = content
        .sections
        .iter()
        .map(|section| {
            (
                section.heading.as_ref().map(|heading| &*heading.text),
                &*section.markdown,
            )
        })
        .collect();
    assert_eq!(
        sections,
        [
            (None, "Before."),
            (Some("One"), "Text.\n\n- a\n- b"),
            (Some("Two"), ""),
            (Some("Three"), "End.")
        ]
    );
}

#[test]
fn facts_are_labels_with_values() {
    let content = content(
        "<p><strong>Date:</strong><br>Wednesday, May 15</p><p><b>Time: </b>10:00 am<br>Venue: The <a href=\"/hall\">Hall</a></p>\
         <table><tr><td>Fee:</td><td>None</td></tr></table><table><tr><th>A</th><th>B</th></tr><tr><td>c</td><td>d</td></tr></table>\
         <dl><dt>Host</dt><dd>The harbour</dd></dl><p>It was said: nobody comes, because the weather: rain, was bad.</p><p>See https://example.gov.sg</p>",
    );
    let fact = |label: &str, value: &str, place| Fact {
        label: label.to_owned(),
        value: value.to_owned(),
        place,
    };
    assert_eq!(
        content.facts,
        [
            fact("Fee", "None", Place::Table),
            fact("Host", "The harbour", Place::List),
            fact("Date", "Wednesday, May 15", Place::Line),
            fact("Time", "10:00 am", Place::Line),
            fact("Venue", "The Hall", Place::Line),
            fact(
                "It was said",
                "nobody comes, because the weather: rain, was bad.",
                Place::Line
            ),
        ]
    );
    assert_eq!(
        content.first_paragraph.as_deref(),
        Some("See https://example.gov.sg")
    );
}

#[test]
fn credits_and_speakers_are_found() {
    let content = content(
        "<p>A boat.</p><p><em>Developed by the Harbour Office in collaboration with the Pier Club.</em></p><p>JOINTLY ISSUED BY A AND B</p>\
         <blockquote><p>We float.</p><p>— Ms Wee, Sailor</p></blockquote><blockquote><p>A call-out</p></blockquote>",
    );
    assert_eq!(
        content.credits,
        [
            "Developed by the Harbour Office in collaboration with the Pier Club.",
            "JOINTLY ISSUED BY A AND B"
        ]
    );
    assert_eq!(content.spoken.len(), 1);
    assert_eq!(
        (&*content.spoken[0].words, &*content.spoken[0].speaker),
        ("We float.", "Ms Wee, Sailor")
    );
}
