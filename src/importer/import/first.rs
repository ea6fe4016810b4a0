//! The first reading of a site: what its pages yield, by name.

use std::{collections::HashSet, convert::Infallible};

use super::{Context, Index, Options, Report, Step};
use crate::importer::{
    ProblemKind, Site,
    graph::{Sketch, Standing},
    read_pages,
};

/// What the first reading found.
pub(super) struct First {
    /// What the site yields.
    pub index: Index,
    /// The files on the site that could not be read: what they yielded is not gone.
    pub unread: HashSet<String>,
}

/// Reads all pages, and tells the report what is wrong with them.
pub(super) fn read(
    site: &Site,
    context: &Context,
    options: &Options,
    watch: &(dyn Fn(Step) + Send + Sync),
    report: &mut Report,
) -> First {
    let mut index = Index::default();
    let mut unread = HashSet::new();
    let read = read_pages(
        &site.pages,
        &options.limits,
        options.threads,
        |source, read| {
            report.pages.found += 1;
            let mut sketch = None;
            let mut file_hash = 0;
            match read {
                Ok(page) => {
                    let mut found = Sketch::of(&page, context);
                    match found.standing {
                        Standing::Live => report.pages.live += 1,
                        Standing::Redirect(_) => report.pages.redirects += 1,
                        Standing::LeftOut => report.pages.left_out += 1,
                    }
                    if page
                        .problems
                        .iter()
                        .any(|problem| problem.kind == ProblemKind::Binary)
                    {
                        unread.insert(Context::on_site(&source.name).to_owned());
                    }
                    report.warn_all(page.problems);
                    let problems = std::mem::take(&mut found.problems);
                    report.warn_all(problems);
                    file_hash = page.file_hash;
                    sketch = Some(found);
                }
                Err(problem) => {
                    report.pages.unread += 1;
                    unread.insert(Context::on_site(&source.name).to_owned());
                    report.warn(problem);
                }
            }
            let problems = index.add(&source.name, file_hash, sketch.as_ref(), context);
            report.warn_all(problems);
            watch(Step::Read);
            Ok::<_, Infallible>(())
        },
    );
    let Ok(()) = read;
    index.part_pages_from_media();
    First { index, unread }
}
