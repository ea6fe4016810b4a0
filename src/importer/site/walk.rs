//! The way through a site's folders.

use std::{
    fs::{self, DirEntry, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use super::{
    Source,
    entry::{FileKind, holds_pages, is_unsafe, kind_of},
};
use crate::importer::{
    limits::Limits,
    problem::{Problem, ProblemKind},
};

pub(super) struct Walk<'w> {
    root: &'w Path,
    site: &'w str,
    limits: &'w Limits,
    problems: &'w mut Vec<Problem>,
    pub pages: Vec<Source>,
    seen: usize,
}

impl<'w> Walk<'w> {
    pub fn new(
        root: &'w Path,
        site: &'w str,
        limits: &'w Limits,
        problems: &'w mut Vec<Problem>,
    ) -> Self {
        Self {
            root,
            site,
            limits,
            problems,
            pages: Vec::new(),
            seen: 0,
        }
    }

    /// Finds the pages of a folder on the site, and of the folders in it, in the order of their paths.
    pub fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut waiting = self.entries(folder)?;
        while let Some((path, kind)) = waiting.pop() {
            if self.seen >= self.limits.files {
                let message = format!(
                    "there are more than {} files: the rest is not read",
                    self.seen
                );
                self.problem(&path, ProblemKind::TooMany, message);
                break;
            }
            self.seen += 1;
            if kind.is_symlink() {
                self.link(&path);
            } else if kind.is_dir() {
                self.inner(&path, &mut waiting);
            } else if kind.is_file() {
                self.file(path);
            }
        }
        Ok(())
    }

    /// What is in a folder, the last one first.
    fn entries(&mut self, folder: &Path) -> io::Result<Vec<(PathBuf, fs::FileType)>> {
        let entries: Vec<DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        let mut entries: Vec<_> = entries
            .into_iter()
            .filter_map(|entry| Some((entry.path(), entry.file_type().ok()?)))
            .collect();
        entries.sort_by(|(one, _), (other, _)| other.cmp(one));
        entries.retain(|(path, _)| {
            let name = path.file_name().unwrap_or_default();
            let safe = name.to_str().is_some_and(|name| !is_unsafe(name));
            if !safe {
                let message = format!("`{}` is no safe name: it is not read", name.display());
                self.problem(folder, ProblemKind::UnsafeName, message);
            }
            safe
        });
        Ok(entries)
    }

    fn inner(&mut self, folder: &Path, waiting: &mut Vec<(PathBuf, fs::FileType)>) {
        let path = self.on_site(folder);
        let name = path.rsplit('/').next().unwrap_or_default();
        if !holds_pages(name) {
            return;
        }
        if path.split('/').count() > self.limits.folder_depth {
            let message = "folders are nested too deeply: this one is not read";
            self.problem(folder, ProblemKind::TooDeep, message.to_owned());
            return;
        }
        match self.entries(folder) {
            Ok(entries) => waiting.extend(entries),
            Err(error) => self.problem(folder, ProblemKind::Unreadable, error.to_string()),
        }
    }

    /// Links to files of the site are followed, links to its folders would only repeat them.
    fn link(&mut self, link: &Path) {
        let target = link.canonicalize();
        match target {
            Ok(target) if !target.starts_with(self.root) => {
                let message = "the link leads out of the site: it is not followed";
                self.problem(link, ProblemKind::Symlink, message.to_owned());
            }
            Ok(target) if target.is_file() && self.may_be_page(&target) => {
                self.file(link.to_owned());
            }
            Ok(target) if target.is_file() => {
                let message = "the link leads to what is no page of the site: it is not followed";
                self.problem(link, ProblemKind::Symlink, message.to_owned());
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("the link leads nowhere ({error})");
                self.problem(link, ProblemKind::Symlink, message);
            }
        }
    }

    /// Whether a file would be read if it were met on the way: tokens in `.git` would not.
    fn may_be_page(&self, file: &Path) -> bool {
        let path = self.on_site(file);
        let mut folders: Vec<_> = path.split('/').collect();
        folders.pop();
        kind_of(&path) != FileKind::Other && folders.into_iter().all(holds_pages)
    }

    fn file(&mut self, path: PathBuf) {
        let on_site = self.on_site(&path);
        let page = match kind_of(&on_site) {
            FileKind::Page => true,
            FileKind::PerhapsPage => begins_with_front_matter(&path),
            FileKind::Other => false,
        };
        if page {
            let name = format!("{}/{on_site}", self.site);
            self.pages.push(Source { name, path });
        }
    }

    fn on_site(&self, path: &Path) -> String {
        on_site(self.root, path)
    }

    fn problem(&mut self, path: &Path, kind: ProblemKind, message: String) {
        let file = format!("{}/{}", self.site, self.on_site(path));
        self.problems.push(Problem::of(&file, kind, message));
    }
}

/// A path on a site, with slashes.
pub(super) fn on_site(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn begins_with_front_matter(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut start));
    let start = String::from_utf8_lossy(&start);
    read.is_ok()
        && start
            .trim_start_matches(['\u{FEFF}', '\n', '\r', ' '])
            .starts_with("---")
}
