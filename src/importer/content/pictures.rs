//! The pictures of a page, with what stands around them.

use crate::importer::dom::{Dom, ROOT, tidy};

/// A picture that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The address, as it is written.
    pub src: String,
    /// What it shows; nothing if that is not told, or by a filler such as `Placeholder image` only.
    pub alt: Option<String>,
    /// What is written below it.
    pub caption: Option<String>,
    /// Where it leads to.
    pub href: Option<String>,
}

pub(super) fn pictures(dom: &Dom) -> Vec<Picture> {
    let images = dom
        .elements(ROOT)
        .filter(|(_, element)| &*element.name == "img");
    let pictures = images.filter_map(|(id, image)| {
        let outer = |name: &str| dom.ancestors(id).find(|outer| dom.name(*outer) == name);
        let caption = outer("figure").and_then(|figure| {
            let mut inside = dom.elements(figure);
            inside.find(|(_, element)| &*element.name == "figcaption")
        });
        let caption = caption.map(|(caption, _)| dom.text(caption));
        let href = outer("a").and_then(|link| dom.element(link)?.attribute("href"));
        let alt = tidy(image.attribute("alt").unwrap_or_default());
        let filler = ["placeholder image", "image alt text", "alt text", "image"];
        let told = !alt.is_empty() && !filler.contains(&&*alt.to_lowercase());
        Some(Picture {
            src: image.attribute("src")?.trim().to_owned(),
            alt: told.then_some(alt),
            caption: caption.filter(|caption| !caption.is_empty()),
            href: href.map(|href| href.trim().to_owned()),
        })
    });
    pictures.collect()
}
