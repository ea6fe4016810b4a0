//! A checkout of a site: which of its files are pages, and what it says of itself.

mod entry;
mod settings;
mod sources;
mod walk;

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

pub use self::{settings::Settings, sources::sources};
use super::{
    limits::Limits,
    problem::{Problem, ProblemKind},
};

/// A file that is a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The site's name and the path on the site, with slashes.
    pub name: String,
    /// Where the file is.
    pub path: PathBuf,
}

/// A checkout of a site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name of its folder.
    pub name: String,
    /// What it says of itself.
    pub settings: Settings,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Source>,
    /// What is wrong with its files, beside the pages.
    pub problems: Vec<Problem>,
}

impl Site {
    /// Looks through a site's folder. Only a folder that can't be read at all is an error.
    pub fn open(folder: &Path, limits: &Limits) -> io::Result<Self> {
        let root = folder.canonicalize()?;
        let name = name_of(&root);
        let mut problems = Vec::new();
        let mut walk = walk::Walk::new(&root, &name, limits, &mut problems);
        walk.folder(&root)?;
        let pages = walk.pages;
        let settings = Settings::read(&root, &name, limits, &mut problems);
        problems.sort();
        // A link may be met twice: on the way and as a file of settings.
        problems.dedup_by(|one, other| {
            one.kind == ProblemKind::Symlink && (one.kind, &one.file) == (other.kind, &other.file)
        });
        Ok(Self {
            name,
            settings,
            pages,
            problems,
        })
    }
}

/// What a folder is called.
fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().replace(char::is_control, " ")
}

impl Source {
    /// What is in the file; a problem if it is too large or can't be read.
    pub fn read(&self, limits: &Limits) -> Result<Vec<u8>, Problem> {
        let problem = |kind, message: String| Problem::of(&self.name, kind, message);
        let mut bytes = Vec::new();
        let most = limits.file_bytes;
        let read =
            File::open(&self.path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
        match read {
            Err(error) => Err(problem(ProblemKind::Unreadable, error.to_string())),
            Ok(read) if read as u64 > most => {
                let message = format!("it is larger than {most} bytes: it is not read");
                Err(problem(ProblemKind::TooLarge, message))
            }
            Ok(_) => Ok(bytes),
        }
    }
}
