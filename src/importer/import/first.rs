//! The first reading of a site: what its pages yield, by name.

use std::convert::Infallible;

use super::{Context, Index, Options, Report, Step};
use crate::importer::{
    Site,
    graph::{Sketch, Standing},
    read_pages,
    settle::Told,
};

/// Reads all pages, and tells the report what is wrong with them.
pub(super) fn read(
    site: &Site,
    context: &Context,
    options: &Options,
    watch: &(dyn Fn(Step) + Send + Sync),
    report: &mut Report,
) -> (Index, Vec<Told>) {
    let mut index = Index::default();
    let mut pages = Vec::with_capacity(site.pages.len());
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
                    report.warn_all(page.problems);
                    let problems = std::mem::take(&mut found.problems);
                    report.warn_all(problems);
                    file_hash = page.file_hash;
                    sketch = Some(found);
                }
                Err(problem) => {
                    report.pages.unread += 1;
                    report.warn(problem);
                }
            }
            let problems = index.add(&source.name, file_hash, sketch.as_ref(), context);
            report.warn_all(problems);
            pages.push(Told {
                file: source.name.clone(),
                url: sketch.and_then(|sketch| sketch.url),
            });
            watch(Step::Read);
            Ok::<_, Infallible>(())
        },
    );
    let Ok(()) = read;
    (index, pages)
}
