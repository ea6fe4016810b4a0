//! The commands themselves: what they print, their exit codes, and what a kill leaves.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Output,
    thread::sleep,
    time::Duration,
};

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

use crate::{
    database::{Engine, TestDatabase, engines},
    process::{civigraph, signal},
};

fn write(folder: &Path, path: &str, text: &str) -> PathBuf {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

/// A site of so many pages, each with a picture of its own.
fn site(folder: &Path, pages: usize) {
    write(
        folder,
        "site/_config.yml",
        "url: https://www.harbour.gov.sg\n",
    );
    for number in 0..pages {
        let text = format!(
            "---\ntitle: Ship {number}\npermalink: /ships/{number}/\n---\nShip {number} lies here.\n\n![Ship](/images/{number}.png)\n"
        );
        write(folder, &format!("site/pages/{number}.md"), &text);
    }
}

fn import(folder: &Path, database: &TestDatabase, arguments: &[&str]) -> Output {
    let mut command = civigraph(folder);
    command.args(["import", "site", "--database-url", &database.url]);
    command.args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn an_import_tells_what_it_did() {
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        site(folder.path(), 3);
        write(
            folder.path(),
            "map.yaml",
            "site: {name: ships, licence: CC-BY-4.0}\n",
        );
        let plan = import(
            folder.path(),
            &database,
            &["--map", "map.yaml", "--dry-run"],
        );
        let told = text(&plan.stdout);
        assert!(
            told.contains("create    page:ships-ships-0 (site/pages/0.md)"),
            "{told}"
        );
        assert!(
            told.ends_with("Nothing was written: this was a dry run.\n"),
            "{told}"
        );

        let report = ["--map", "map.yaml", "--report", "report.json"];
        let done = import(folder.path(), &database, &report);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        let told = text(&done.stdout);
        assert!(told.starts_with("ships: 3 pages in "), "{told}");
        let read = fs::read(folder.path().join("report.json")).unwrap();
        let read: Value = serde_json::from_slice(&read).unwrap();
        assert_eq!(read["pieces"]["page"]["created"], 3);
        assert_eq!(read["pieces"]["media"]["created"], 3);
        assert_eq!(read["changes"].as_array().unwrap().len(), 6);

        // Something that can't be read is told by the exit code, and the rest is there.
        let page = format!(
            "---\ntitle: Large\npermalink: /large/\n---\n{}",
            "a ".repeat(2_000_000)
        );
        write(folder.path(), "site/pages/large.md", &page);
        let partly = import(
            folder.path(),
            &database,
            &["--map", "map.yaml", "--report", "-"],
        );
        assert_eq!(partly.status.code(), Some(3));
        let read: Value = serde_json::from_slice(&partly.stdout).unwrap();
        assert_eq!(read["warnings"]["too_large"]["count"], 1);
        let place = &read["warnings"]["too_large"]["places"][0];
        assert_eq!(place["file"], "site/pages/large.md");
        assert_eq!(read["pieces"]["page"]["unchanged"], 3);
    }
}

#[tokio::test]
async fn what_cannot_be_imported_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::new(Engine::Sqlite).await;
    let refused = |arguments: &[&str]| {
        let output = import(folder.path(), &database, arguments);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    };
    assert!(
        refused(&[]).contains("cannot read the site"),
        "{}",
        refused(&[])
    );
    fs::create_dir(folder.path().join("site")).unwrap();
    assert!(refused(&[]).contains("there is no page in the site"));
    site(folder.path(), 1);
    assert!(refused(&["--map", "nowhere.yaml"]).contains("tech.gov.sg"));
    write(folder.path(), "map.yaml", "rules:\n  - folder: [a]\n");
    let told = refused(&["--map", "map.yaml"]);
    assert!(
        told.contains("map.yaml") && told.contains("folder"),
        "{told}"
    );
    write(folder.path(), "map.yaml", "rules:\n  - folders: [a]\n");
    assert!(refused(&["--map", "map.yaml"]).contains("rules[0]: a rule makes one kind of piece"));
}

#[test]
fn extracts_are_lines_of_json() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), 2);
    write(
        folder.path(),
        "site/pages/bad.md",
        "---\ntitle: [\n---\nText.\n",
    );
    let run = |arguments: &[&str]| {
        let mut command = civigraph(folder.path());
        command.arg("extract").args(arguments).output().unwrap()
    };
    let output = run(&["site"]);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sources: Vec<_> = lines
        .iter()
        .map(|line| line["source"].as_str().unwrap())
        .collect();
    assert_eq!(
        sources,
        ["site/pages/0.md", "site/pages/1.md", "site/pages/bad.md"]
    );
    let told = text(&output.stderr);
    assert!(
        told.contains("site/pages/bad.md:2: invalid_yaml: "),
        "{told}"
    );

    let output = run(&["--pretty", "site/pages/0.md"]);
    let pretty: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(pretty, lines[0]);
    assert!(text(&output.stdout).contains("\n  \"title\": \"Ship 0\""));
    assert_eq!(run(&["nowhere"]).status.code(), Some(1));
}

/// How many pages there are, and how many rows the importer remembers.
async fn counts(database: &TestDatabase) -> (i64, i64, i64) {
    let db = database.connect().await;
    let sql = "SELECT (SELECT COUNT(*) FROM page) AS pages, (SELECT COUNT(*) FROM imported) AS rows, \
        (SELECT COUNT(*) FROM change) AS changes";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    let count = |name: &str| row.try_get::<i64>("", name).unwrap();
    let counts = (count("pages"), count("rows"), count("changes"));
    db.close().await.unwrap();
    counts
}

#[tokio::test]
async fn a_kill_leaves_all_or_nothing() {
    const PAGES: i64 = 300;
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        database.connect_migrated().await.close().await.unwrap();
        site(folder.path(), usize::try_from(PAGES).unwrap());
        let all = (PAGES, 2 * PAGES, 2 * PAGES);
        for milliseconds in [150, 400, 700, 1_000, 1_400] {
            let mut command = civigraph(folder.path());
            command.args(["import", "site", "--database-url", &database.url]);
            let mut running = command.spawn().unwrap();
            sleep(Duration::from_millis(milliseconds));
            if running.try_wait().unwrap().is_none() {
                signal(&running, "-KILL");
            }
            running.wait().unwrap();
            let found = counts(&database).await;
            assert!(found == (0, 0, 0) || found == all, "{found:?}");
        }
        let output = import(folder.path(), &database, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(counts(&database).await, all);
    }
}

#[tokio::test]
async fn two_imports_at_once_wait_for_each_other() {
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        database.connect_migrated().await.close().await.unwrap();
        site(folder.path(), 100);
        let start = || {
            let mut command = civigraph(folder.path());
            command.args(["import", "site", "--database-url", &database.url]);
            command.spawn().unwrap()
        };
        for import in [start(), start()] {
            let output = import.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        }
        assert_eq!(counts(&database).await, (100, 200, 200));
    }
}

#[tokio::test]
async fn the_corpus_is_imported_by_the_bundled_map() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/pages");
    if !corpus.is_dir() {
        return;
    }
    for engine in engines() {
        let folder = tempfile::tempdir().unwrap();
        for (site, programmes) in [("govtech-corp", 13), ("isomerpages-govtech", 20)] {
            let database = TestDatabase::new(engine).await;
            let mut told = String::new();
            for _ in 0..2 {
                let mut command = civigraph(folder.path());
                let site = corpus.join(site);
                command
                    .arg("import")
                    .arg(site)
                    .args(["--map", "tech.gov.sg", "--report", "-"]);
                let output = command
                    .args(["--database-url", &database.url])
                    .output()
                    .unwrap();
                assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
                let report: Value = serde_json::from_slice(&output.stdout).unwrap();
                let of = |kind: &str, what: &str| report["pieces"][kind][what].as_u64().unwrap();
                write!(told, "{} ", of("page", "created") + of("event", "created")).unwrap();
                let there = of("programme", "created") + of("programme", "unchanged");
                assert!(there >= programmes, "{report}");
            }
            assert!(!told.starts_with('0') && told.ends_with(" 0 "), "{told}");
        }
    }
}
