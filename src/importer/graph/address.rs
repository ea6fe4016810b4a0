//! Where things of a site are on the web.

use url::Url;

/// A site's own address, and what counts as its own.
#[derive(Clone, Debug)]
pub struct Address {
    base: Url,
    hosts: Vec<String>,
}

/// An index of PostgreSQL takes up to 2,704 bytes.
const LONGEST: usize = 2_000;

impl Address {
    /// The site at this address. `hosts` are others that lead to it, too.
    pub fn new(base: Url, hosts: &[String]) -> Self {
        let host = base.host_str().unwrap_or_default();
        let domain = host.strip_prefix("www.").unwrap_or(host);
        let mut hosts = hosts.to_vec();
        hosts.extend([domain.to_owned(), format!("www.{domain}")]);
        Self { base, hosts }
    }

    /// The host without `www.`: a name for the site.
    pub fn name(&self) -> &str {
        let host = self.base.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// The address of the site itself.
    pub fn root(&self) -> &str {
        self.base.as_str()
    }

    /// Where a permalink is. Nothing if that is not on the site.
    pub fn of_permalink(&self, permalink: &str) -> Option<String> {
        let url = self.absolute(permalink)?;
        let url = Url::parse(&url).ok()?;
        let inside = !permalink.split(['/', '\\']).any(|part| part == "..");
        (inside && url.host_str() == self.base.host_str()).then(|| url.into())
    }

    /// What a page means by an address, as one on the web in normal form and without a fragment. The site's own
    /// pages and files have its one address, however they are written.
    pub fn absolute(&self, href: &str) -> Option<String> {
        let mut url = self.base.join(href.trim()).ok()?;
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() {
            return None;
        }
        let host = url.host_str()?;
        if self.hosts.iter().any(|own| own == host) && url.port().is_none() {
            url.set_host(self.base.host_str()).ok()?;
            url.set_scheme(self.base.scheme()).ok()?;
            url.set_port(self.base.port()).ok()?;
        }
        url.set_fragment(None);
        (url.as_str().len() <= LONGEST).then(|| url.into())
    }

    /// The path on the site of one of its own files, decoded.
    pub fn path_of(&self, url: &str) -> Option<String> {
        let url = Url::parse(url).ok()?;
        if url.host_str() != self.base.host_str() {
            return None;
        }
        let path = percent_encoding::percent_decode_str(url.path());
        let path = path.decode_utf8().ok()?;
        Some(path.trim_start_matches('/').to_owned())
    }
}

/// An address as it is compared: `http` is `https`, and a final slash makes no difference.
pub fn key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_suffix('/').unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        let base = Url::parse("https://www.harbour.gov.sg/").unwrap();
        Address::new(base, &["old.harbour.gov.sg".to_owned()])
    }

    #[test]
    fn addresses_of_the_site_are_written_in_one_way() {
        let own = "https://www.harbour.gov.sg/images/a%20b.png";
        for written in [
            "/images/a b.png",
            "images/a b.png",
            "//harbour.gov.sg/images/a b.png",
            "http://old.harbour.gov.sg/images/a%20b.png#top",
        ] {
            assert_eq!(
                address().absolute(written).as_deref(),
                Some(own),
                "{written}"
            );
        }
        assert_eq!(address().path_of(own).as_deref(), Some("images/a b.png"));
        assert_eq!(address().path_of("https://x.sg/a"), None);
    }

    #[test]
    fn what_is_not_on_the_web_has_no_address() {
        for written in [
            "javascript:alert(1)",
            "data:image/png;base64,AAAA",
            "mailto:a@b.sg",
            "https://user:secret@x.sg/",
            "http://[::1",
        ] {
            assert_eq!(address().absolute(written), None, "{written}");
        }
        assert_eq!(address().absolute(&"a".repeat(3_000)), None);
    }

    #[test]
    fn permalinks_stay_on_the_site() {
        let own = Some("https://www.harbour.gov.sg/tides/".to_owned());
        assert_eq!(address().of_permalink("/tides/"), own);
        assert_eq!(address().of_permalink("tides/"), own);
        assert_eq!(address().of_permalink("https://x.sg/tides/"), None);
        assert_eq!(address().of_permalink("/../tides/"), None);
    }
}
