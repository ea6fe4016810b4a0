//! What holds for all pages of one import.

use std::path::PathBuf;

use url::Url;

use super::Address;
use crate::importer::{Map, Problem, ProblemKind, Site};

/// A site that is imported, and the map that it is read by.
#[derive(Debug)]
pub struct Context {
    /// The checkout's name: what it left is told by it from what others left.
    pub checkout: String,
    /// The site's name in the graph: several checkouts may be of one site.
    pub site: String,
    /// Where it is on the web.
    pub address: Address,
    /// Where its files are.
    pub root: PathBuf,
    /// What the map says.
    pub map: Map,
}

impl Context {
    /// What holds for this site, and what is not known of it.
    pub fn new(site: &Site, checkout: String, root: PathBuf, map: Map) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut warn = |kind, message: String| {
            problems.push(Problem::of(&site.name, kind, message));
        };
        let told = map.site.url.as_deref().or(site.settings.url());
        let base = told.and_then(web_address).unwrap_or_else(|| {
            let stand_in = stand_in(&site.name);
            let message = format!(
                "the site does not tell its address: `{stand_in}` stands for it until a map says `site.url`"
            );
            warn(ProblemKind::UnknownAddress, message);
            stand_in
        });
        if map.site.licence.is_none() {
            let message = "nobody tells under which terms the site's words may be used: a map says so with `site.licence`";
            warn(ProblemKind::UnknownLicence, message.to_owned());
        }
        let address = Address::new(base, &map.site.hosts);
        let name = map.site.name.clone();
        let context = Self {
            checkout,
            site: name.unwrap_or_else(|| address.name().to_owned()),
            address,
            root,
            map,
        };
        (context, problems)
    }

    /// The path on the site of a file.
    pub fn on_site(source: &str) -> &str {
        source.split_once('/').map_or(source, |(_, path)| path)
    }
}

/// The root of a site at this address.
fn web_address(address: &str) -> Option<Url> {
    let address = address.trim();
    let with_scheme = if address.contains("://") {
        address.to_owned()
    } else {
        format!("https://{address}")
    };
    let mut url = Url::parse(&with_scheme).ok()?;
    let dotted = url.host_str()?.contains('.');
    if !matches!(url.scheme(), "http" | "https") || !dotted || !url.username().is_empty() {
        return None;
    }
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Some(url)
}

/// An address that leads nowhere, and never will (RFC 2606, section 2).
fn stand_in(site: &str) -> Url {
    let name: String = site
        .chars()
        .filter(|char| char.is_ascii_alphanumeric() || *char == '-')
        .take(60)
        .collect();
    let name = name.trim_matches('-').to_lowercase();
    let name = if name.is_empty() { "site" } else { &name };
    Url::parse(&format!("https://{name}.invalid/")).expect("letters, digits and hyphens are a host")
}
