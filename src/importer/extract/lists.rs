//! The links, pictures, frames, documents and mailboxes of a page.

use std::collections::{HashMap, HashSet};

use super::{Extract, Image, Link, is_document, mail_address, video};
use crate::importer::dom::{Dom, NodeId, ROOT, tidy};

impl Extract {
    pub(super) fn add_addresses(&mut self, dom: &Dom) {
        // For each link of the page, its place in the list.
        let mut places: HashMap<u32, Option<usize>> = HashMap::new();
        for (id, element) in dom.elements(ROOT) {
            match &*element.name {
                "a" => {
                    let Some(href) = element.attribute("href") else {
                        continue;
                    };
                    let known = element.link.and_then(|link| places.get(&link));
                    if let Some(place) = known {
                        self.continue_link(*place, &dom.text(id));
                        continue;
                    }
                    let card = element.has_class("isomer-card");
                    let place = self.add_link(dom, id, href.trim(), card);
                    places.extend(element.link.map(|link| (link, place)));
                }
                "img" => {
                    if let Some(src) = element.attribute("src") {
                        self.images.push(Image {
                            src: src.trim().to_owned(),
                            alt: tidy(element.attribute("alt").unwrap_or_default()),
                        });
                    }
                }
                "iframe" => {
                    if let Some(src) = element.attribute("src") {
                        self.add_frame(src.trim());
                    }
                }
                _ => {}
            }
        }
        self.unite_mailboxes();
    }

    /// Every mailbox stays once, where it is first.
    fn unite_mailboxes(&mut self) {
        let mut seen = HashSet::new();
        self.mailto
            .retain(|address| !address.is_empty() && seen.insert(address.clone()));
    }

    /// Adds what a link leads to, and tells its place in the list of links if it is in there.
    fn add_link(&mut self, dom: &Dom, id: NodeId, href: &str, card: bool) -> Option<usize> {
        if let Some(address) = mail_address(href) {
            self.mailto.push(address);
            return None;
        }
        if is_telephone(href) {
            return None;
        }
        self.video_links.extend(video(href));
        if is_document(href) {
            self.documents.push(href.to_owned());
        }
        if card {
            return None;
        }
        self.links.push(Link {
            href: href.to_owned(),
            text: dom.text(id),
        });
        Some(self.links.len() - 1)
    }

    /// Adds the words of a link's next part.
    fn continue_link(&mut self, place: Option<usize>, words: &str) {
        if let Some(link) = place.and_then(|place| self.links.get_mut(place)) {
            link.text = tidy(&format!("{} {words}", link.text));
        }
    }

    fn add_frame(&mut self, src: &str) {
        match video(src) {
            Some(video) => self.videos.push(video),
            None if src.is_empty() => {}
            None => self.embeds.push(src.to_owned()),
        }
    }
}

fn is_telephone(href: &str) -> bool {
    let scheme = href.get(..4);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}
