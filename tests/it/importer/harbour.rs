//! A site of a harbour, in a folder of its own, and what imports it.

use std::{fs, path::PathBuf};

use civigraph::importer::{ImportError, Limits, Map, Options, Report, import};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    database::{Engine, TestDatabase},
    service::{Service, noon},
};

/// Which pages of the site hold what.
pub const MAP: &str = "
site:
  name: harbour.gov.sg
  licence: LicenseRef-Harbour-Terms
  owner: port-authority
partners:
  - slug: port-authority
    title: Port Authority
    kind: agency
    country: SG
    names: [Harbour Office]
  - slug: tide-labs
    title: Tide Labs
    kind: industry
rules:
  - folders: [_services]
    programme:
      kind: digital_service
      audiences: [citizens]
      started_on: {labels: [Launched]}
      developers: credits
  - folders: [news/events/_posts]
    event:
      kind: conference
      kinds: {hackathon: hackathon}
      dates: [{labels: [Date]}, title]
      venue: {labels: [Venue]}
      organisers: [{labels: [Organiser]}, credits]
  - folders: [news/awards/_posts]
    award:
      awarded_on: title
      recipients: {labels: [Winner]}
";

/// The pages of the site.
const PAGES: [(&str, &str); 10] = [
    (
        "_config.yml",
        "title: Harbour\nurl: https://www.harbour.gov.sg\n",
    ),
    (
        "index.md",
        "---\ntitle: Harbour\npermalink: /\n---\nAll about the harbour, the tides and the ships.\n",
    ),
    (
        "_services/tides.md",
        "---\ntitle: Tide Tables\npermalink: /services/tides/\ndescription: When the water comes.\nimage: /images/tides.png\ncategory: services\n---\n\
         ## When\n\nTide Tables tell when the water comes. See [the news](/news/events/tide-day/).\n\n\
         ![Water at the quay](/images/tides.png)\n\n| Port | Height |\n|---|---|\n| North | 3 m |\n\n\
         Launched: May 2020\n\n[All of 2024](/files/tides.pdf)\n\n<script>alert(1)</script>\n\n\
         Developed by the Port Authority in collaboration with Tide Labs\n",
    ),
    (
        "_services/berths.md",
        "---\ntitle: Berths\npermalink: /services/berths/\n---\nWhere ships lie. It goes with Tide Tables.\n\n\
         ![](/images/tides.png)\n\n> Every ship has its place.\n\n~ Ms Mei Tan, Harbour Master, Port Authority\n\n\
         > This is no quotation.\n",
    ),
    (
        "news/events/_posts/2024-05-01-post-Tide Day.md",
        "---\ntitle: Tide Day 2024\npermalink: /news/events/tide-day/\n---\nA day for all.\n\n\
         Date: 30 May to 1 June 2024\n\nVenue: North Quay\n\nOrganiser: Harbour Office\n",
    ),
    (
        "news/events/_posts/2024-06-01-post-Hackathon.md",
        "---\ntitle: Ship Hackathon\npermalink: /news/events/hackathon/\n---\nBuild something for ships.\n\n\
         Date: Friday, 14 May 2024\n",
    ),
    (
        "news/awards/_posts/2024-07-01-post-Award.md",
        "---\ntitle: Tide Tables win the Sea Award 2023\npermalink: /news/awards/sea-award/\n---\nWe won it again, they say.\n\n\
         Winner: Port Authority\n",
    ),
    (
        "news/links/_posts/2024-07-02-link-Ships elsewhere.md",
        "---\ntitle: Ships elsewhere\npermalink: /news/links/ships/\nlayout: link\nexternal: https://ships.example.org/list\n---\n",
    ),
    (
        "pages/film.md",
        "---\ntitle: A film\npermalink: /film/\n---\n<iframe src=\"https://www.youtube.com/embed/-abc_123456\"></iframe>\n\nWatch it.\n",
    ),
    (
        "pages/draft.md",
        "---\ntitle: Not yet\npermalink: /draft/\npublished: false\n---\nNobody is to see this.\n",
    ),
];

/// A checkout of the site, and a server over the database that it is imported into.
pub struct Harbour {
    folder: TempDir,
    pub service: Service,
    /// Hours after the first import.
    hours: i64,
}

impl Harbour {
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::new(engine).await;
        let db = database.connect_migrated().await;
        let harbour = Self {
            folder,
            service: Service::on(database, db, &[]),
            hours: 0,
        };
        for (path, text) in PAGES {
            harbour.write(path, text);
        }
        harbour
    }

    pub fn site(&self) -> PathBuf {
        self.folder.path().join("harbour")
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.site().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.site().join(path)).unwrap()
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{text}");
        self.write(path, &text.replace(from, to));
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.site().join(path)).unwrap();
    }

    /// Imports the site as it is now, an hour after the last time.
    pub async fn import(&mut self) -> Report {
        self.try_import(MAP, false).await.unwrap()
    }

    pub async fn try_import(&mut self, map: &str, dry_run: bool) -> Result<Report, ImportError> {
        self.import_as(map, dry_run, None).await
    }

    pub async fn import_without_map(&mut self) -> Result<Report, ImportError> {
        let options = Options {
            name: None,
            threads: 2,
            dry_run: false,
            without_map: true,
            at: noon() + chrono::Duration::days(1),
            limits: Limits::default(),
        };
        import(
            &self.service.db,
            &self.site(),
            Map::default(),
            &options,
            &|_| (),
        )
        .await
    }

    pub async fn import_as(
        &mut self,
        map: &str,
        dry_run: bool,
        name: Option<&str>,
    ) -> Result<Report, ImportError> {
        self.hours += 1;
        let options = Options {
            name: name.map(str::to_owned),
            threads: 2,
            dry_run,
            without_map: false,
            at: noon() + chrono::Duration::hours(self.hours),
            limits: Limits::default(),
        };
        let map = Map::read(map).unwrap();
        import(&self.service.db, &self.site(), map, &options, &|_| ()).await
    }

    /// The content revision, how many changes there are, and how many rows the importer remembers.
    pub async fn state(&self) -> (i64, u64, Vec<entity::imported::Model>) {
        let revision = entity::content_revision::Entity::find();
        let revision = revision
            .one(&self.service.db)
            .await
            .unwrap()
            .unwrap()
            .revision;
        let changes = entity::change::Entity::find()
            .count(&self.service.db)
            .await
            .unwrap();
        let mut rows = entity::imported::Entity::find()
            .all(&self.service.db)
            .await
            .unwrap();
        rows.sort_by_key(|row| row.node_id);
        (revision, changes, rows)
    }

    /// The data of an answer over what was imported.
    pub async fn ask(&self, query: &str) -> Value {
        self.service.data(query).await
    }
}
