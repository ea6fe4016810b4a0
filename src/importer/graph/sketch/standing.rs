//! Whether a page is for anybody to see, or leads elsewhere.

use crate::importer::{
    Draft, Page, Problem, ProblemKind,
    graph::{Context, address::key, name::cut},
};

/// Whether a page is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Live,
    /// It leads to this address.
    Redirect(String),
    /// It is not for anybody to see.
    LeftOut,
}

impl Standing {
    /// Where a page stands. `own` is its address.
    pub(super) fn of(
        page: &Page,
        own: Option<&str>,
        context: &Context,
        warn: &mut impl FnMut(ProblemKind, String),
    ) -> Standing {
        let extract = &page.extract;
        let unread = |problem: &Problem| problem.kind == ProblemKind::Binary;
        if matches!(page.draft, Some(Draft::Unpublished | Draft::ExampleTitle))
            || page.problems.iter().any(unread)
        {
            return Standing::LeftOut;
        }
        if extract.leads_elsewhere() {
            let away = extract.permalink.as_deref();
            let away = away.filter(|permalink| permalink.contains("://"));
            let to = extract.external.as_deref().or(extract.file_url.as_deref());
            let Some(to) = to.or(away) else {
                warn(
                    ProblemKind::BadAddress,
                    "the page only leads elsewhere, but does not say where: it is left out"
                        .to_owned(),
                );
                return Standing::LeftOut;
            };
            return match context.address.absolute(to) {
                Some(to) if own.map(key) != Some(key(&to)) => Standing::Redirect(to),
                Some(_) => {
                    let message = "the page leads to itself: it is left out".to_owned();
                    warn(ProblemKind::BadAddress, message);
                    Standing::LeftOut
                }
                None => {
                    let to = cut(to, 100);
                    let message = format!("`{to}` is no address on the web: the page is left out");
                    warn(ProblemKind::BadAddress, message);
                    Standing::LeftOut
                }
            };
        }
        let empty = |problem: &Problem| problem.kind == ProblemKind::EmptyPage;
        let ordinary = extract.layout.as_deref().is_none_or(is_ordinary);
        // What is described is there, even if its text is still to come.
        let ordinary = ordinary && extract.description.is_none();
        if ordinary && page.problems.iter().any(empty) {
            return Standing::LeftOut;
        }
        Standing::Live
    }
}

/// Whether a page of this layout shows what stands in its file: others are made of data.
fn is_ordinary(layout: &str) -> bool {
    matches!(
        layout,
        "article"
            | "content"
            | "leftnav-page"
            | "leftnav-page-content"
            | "page"
            | "post"
            | "simple-page"
    )
}
