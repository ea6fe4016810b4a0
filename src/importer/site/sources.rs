//! The pages that somebody names on the command line: sites, folders of sites, files.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{Source, name_of, walk::Walk, walk::on_site};
use crate::importer::{
    limits::Limits,
    problem::{Problem, ProblemKind},
};

/// The pages that paths name, and what is wrong with the paths.
///
/// A folder may be a site, a part of one, or hold several. A file is always a page, whatever its name.
pub fn sources(paths: &[PathBuf], limits: &Limits) -> (Vec<Source>, Vec<Problem>) {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if let Err(error) = add(path, limits, &mut sources, &mut problems) {
            let file = path.display().to_string();
            problems.push(Problem::of(
                &file,
                ProblemKind::Unreadable,
                error.to_string(),
            ));
        }
    }
    (sources, problems)
}

fn add(
    path: &Path,
    limits: &Limits,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Problem>,
) -> io::Result<()> {
    let path = path.canonicalize()?;
    if path.is_file() {
        let root = root(&path).or(path.parent()).unwrap_or(&path);
        let name = format!("{}/{}", name_of(root), on_site(root, &path));
        sources.push(Source { name, path });
        return Ok(());
    }
    let sites = match root(&path) {
        Some(root) => vec![(root.to_owned(), path.clone())],
        None => sites_in(&path)?,
    };
    for (root, folder) in sites {
        let name = name_of(&root);
        let mut walk = Walk::new(&root, &name, limits, problems);
        walk.folder(&folder)?;
        sources.append(&mut walk.pages);
    }
    Ok(())
}

/// The site that a path is on or in.
fn root(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| is_site(folder))
}

/// What only the root of a site has.
fn is_site(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).exists();
    has("_config.yml") || has("_data") || has("schema") && has("data")
}

/// The sites in a folder that is none, or the folder as if it were one.
fn sites_in(folder: &Path) -> io::Result<Vec<(PathBuf, PathBuf)>> {
    let mut sites = Vec::new();
    for entry in folder.read_dir()? {
        let inner = entry?.path();
        if inner.is_dir() && !inner.is_symlink() && is_site(&inner) {
            sites.push((inner.clone(), inner));
        }
    }
    sites.sort();
    if sites.is_empty() {
        sites.push((folder.to_owned(), folder.to_owned()));
    }
    Ok(sites)
}
