//! Sites as they lie on a disk, friendly and hostile.

use std::{
    convert::Infallible,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use civigraph::importer::{
    Limits, Permalinks, Problem, ProblemKind, Site, Source, read_pages, sources,
};
use tempfile::TempDir;

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn page(title: &str) -> String {
    format!("---\ntitle: {title}\npermalink: /{title}/\n---\nText of {title}.\n")
}

/// A site called `harbour`.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let harbour = folder.path().join("harbour");
    write(
        &harbour,
        "_config.yml",
        "title: Harbour\nresources_name: news\nurl: https://harbour.example\n",
    );
    write(
        &harbour,
        "_data/navigation.yml",
        "links:\n  - title: Boats\n    collection: boats\n",
    );
    write(
        &harbour,
        "_boats/collection.yml",
        "collections:\n  boats:\n    output: true\n    order:\n      - tern.md\n      - Big boats/gull.md\n",
    );
    write(&harbour, "_boats/tern.md", &page("tern"));
    write(&harbour, "_boats/Big boats/gull.md", &page("gull"));
    write(
        &harbour,
        "news/launch/_posts/2024-10-08-post-Lift: off?.md",
        &page("launch"),
    );
    write(&harbour, "index.md", &page("index"));
    write(&harbour, "pages/by-hand.html", &page("by-hand"));
    write(&harbour, "pages/static.html", "<html></html>");
    write(&harbour, "README.md", "# For developers");
    write(&harbour, "_layouts/page.html", &page("layout"));
    write(&harbour, "node_modules/x/y.md", &page("module"));
    write(&harbour, ".git/x.md", &page("git"));
    write(&harbour, "images/boat.png", "\0");
    folder
}

fn names(pages: &[Source]) -> Vec<&str> {
    pages.iter().map(|page| &*page.name).collect()
}

fn kinds(problems: &[Problem]) -> Vec<(&str, ProblemKind)> {
    problems
        .iter()
        .map(|problem| (&*problem.file, problem.kind))
        .collect()
}

const PAGES: [&str; 5] = [
    "harbour/_boats/Big boats/gull.md",
    "harbour/_boats/tern.md",
    "harbour/index.md",
    "harbour/news/launch/_posts/2024-10-08-post-Lift: off?.md",
    "harbour/pages/by-hand.html",
];

#[test]
fn a_site_has_its_pages_in_order() {
    let folder = site();
    let site = Site::open(&folder.path().join("harbour"), &Limits::default()).unwrap();
    assert_eq!(names(&site.pages), PAGES);
    assert_eq!(site.problems, []);
    assert_eq!(site.settings.title(), Some("Harbour"));
    assert_eq!(site.settings.url(), Some("https://harbour.example"));
    assert_eq!(site.settings.resources_name(), Some("news"));
    assert_eq!(
        site.settings.orders["boats"],
        ["tern.md", "Big boats/gull.md"]
    );
    assert_eq!(site.settings.navigation["links"][0]["title"], "Boats");
}

#[test]
fn paths_may_be_sites_parts_of_them_or_files() {
    let folder = site();
    let at = |path: &str| vec![folder.path().join(path)];
    let found = |paths: &[PathBuf]| {
        let (pages, problems) = sources(paths, &Limits::default());
        assert_eq!(problems, []);
        names(&pages)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&at("")), PAGES);
    assert_eq!(found(&at("harbour")), PAGES);
    assert_eq!(found(&at("harbour/_boats")), PAGES[..2]);
    assert_eq!(found(&at("harbour/README.md")), ["harbour/README.md"]);
    assert_eq!(
        found(&[at("harbour/index.md"), at("harbour/_boats/tern.md")].concat()),
        ["harbour/index.md", "harbour/_boats/tern.md"]
    );
    let (pages, problems) = sources(&at("nowhere"), &Limits::default());
    assert_eq!(
        (pages.len(), problems[0].kind),
        (0, ProblemKind::Unreadable)
    );
}

#[test]
fn nothing_outside_of_a_site_is_read() {
    let folder = site();
    let harbour = folder.path().join("harbour");
    write(folder.path(), "secret.md", &page("secret"));
    symlink(
        folder.path().join("secret.md"),
        harbour.join("pages/link.md"),
    )
    .unwrap();
    symlink(folder.path(), harbour.join("pages/folder")).unwrap();
    symlink("/nowhere", harbour.join("pages/broken.md")).unwrap();
    symlink(harbour.join("index.md"), harbour.join("pages/inside.md")).unwrap();
    symlink(&harbour, harbour.join("pages/round")).unwrap();
    write(&harbour, "pages/..\\..\\up.md", &page("up"));
    write(&harbour, "pages/line\nbreak.md", &page("break"));
    write(&harbour, "pages/wait... what.md", &page("wait"));
    fs::remove_file(harbour.join("_config.yml")).unwrap();
    symlink(folder.path().join("secret.md"), harbour.join("_config.yml")).unwrap();
    let site = Site::open(&harbour, &Limits::default()).unwrap();
    let pages: Vec<_> = names(&site.pages)
        .into_iter()
        .filter(|name| !PAGES.contains(name))
        .collect();
    assert_eq!(
        pages,
        ["harbour/pages/inside.md", "harbour/pages/wait... what.md"]
    );
    let mut kinds = kinds(&site.problems);
    kinds.sort();
    assert_eq!(
        kinds,
        [
            ("harbour/_config.yml", ProblemKind::Symlink),
            ("harbour/pages", ProblemKind::UnsafeName),
            ("harbour/pages", ProblemKind::UnsafeName),
            ("harbour/pages/broken.md", ProblemKind::Symlink),
            ("harbour/pages/folder", ProblemKind::Symlink),
            ("harbour/pages/link.md", ProblemKind::Symlink),
        ]
    );
}

#[test]
fn limits_are_kept() {
    let folder = site();
    let harbour = folder.path().join("harbour");
    write(
        &harbour,
        &format!("{}page.md", "deep/".repeat(40)),
        &page("deep"),
    );
    fs::File::create(harbour.join("_boats/huge.md"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    let limits = Limits {
        files: 14,
        ..Limits::default()
    };
    let site = Site::open(&harbour, &Limits::default()).unwrap();
    assert_eq!(
        kinds(&site.problems)
            .into_iter()
            .map(|(_, kind)| kind)
            .collect::<Vec<_>>(),
        [ProblemKind::TooDeep]
    );
    let huge = site
        .pages
        .iter()
        .find(|page| page.name.ends_with("huge.md"))
        .unwrap();
    assert_eq!(huge.read(&limits).unwrap_err().kind, ProblemKind::TooLarge);
    let site = Site::open(&harbour, &limits).unwrap();
    assert!(
        site.problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooMany)
    );
}

#[test]
fn many_pages_come_in_order_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        write(
            folder.path(),
            &format!("_config.yml{number}/{number:03}.md"),
            &page(&number.to_string()),
        );
    }
    let (pages, _) = sources(&[folder.path().to_owned()], &Limits::default());
    for threads in [1, 2, 7, 1_000] {
        let mut seen = Vec::new();
        let Ok(()) = read_pages(&pages, &Limits::default(), threads, |source, page| {
            assert_eq!(page.unwrap().extract.source, source.name);
            seen.push(source.name.clone());
            Ok::<_, Infallible>(())
        });
        assert_eq!(seen, names(&pages));
    }
    let mut count = 0;
    let stopped = read_pages(&pages, &Limits::default(), 2, |_, _| {
        count += 1;
        if count == 5 { Err("enough") } else { Ok(()) }
    });
    assert_eq!((stopped, count), (Err("enough"), 5));
}

#[test]
fn two_pages_cannot_have_one_address() {
    let mut permalinks = Permalinks::default();
    assert_eq!(permalinks.take("/boats/", "one.md"), Ok(()));
    assert_eq!(permalinks.take("/boats/tern", "two.md"), Ok(()));
    let problem = permalinks.take("/Boats", "three.md").unwrap_err();
    assert_eq!(
        (&*problem.file, problem.kind),
        ("three.md", ProblemKind::DuplicatePermalink)
    );
    assert!(problem.message.contains("one.md"), "{}", problem.message);
}
