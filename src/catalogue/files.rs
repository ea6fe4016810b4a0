//! Where a catalogue's files are: in the binary, or in a directory.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rust_embed::Embed;

/// A catalogue's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// Those that came with the binary.
    Bundled,
    /// Those of a directory.
    Directory(PathBuf),
}

/// The folder `content/` of the project, as it was when the binary was built.
#[derive(Embed)]
#[folder = "content/"]
struct Bundled;

impl Files {
    /// All files with their paths, in the order of the paths; hidden files are left out.
    pub(super) fn read(&self) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut files = match self {
            Self::Bundled => Bundled::iter()
                .filter_map(|path| Some((path.to_string(), Bundled::get(&path)?.data.into_owned())))
                .collect(),
            Self::Directory(directory) => {
                let mut files = Vec::new();
                walk(directory, "", &mut files)?;
                files
            }
        };
        files.sort();
        Ok(files)
    }
}

fn walk(directory: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let at = |path: &Path, error: io::Error| {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    for entry in fs::read_dir(directory).map_err(|error| at(directory, error))? {
        let entry = entry.map_err(|error| at(directory, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        let file = entry.path();
        let kind = fs::metadata(&file).map_err(|error| at(&file, error))?;
        if kind.is_dir() {
            walk(&file, &format!("{path}/"), files)?;
        } else {
            let content = fs::read(&file).map_err(|error| at(&file, error))?;
            files.push((path, content));
        }
    }
    Ok(())
}
