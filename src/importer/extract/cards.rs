//! The cards of a page.

use super::Card;
use crate::importer::dom::{Dom, NodeId, ROOT, tidy};

pub(super) fn cards(dom: &Dom) -> Vec<Card> {
    let elements = dom.elements(ROOT);
    let elements = elements.filter(|(_, element)| element.has_class("isomer-card"));
    let mut cards: Vec<Card> = Vec::new();
    let mut last = None;
    for (id, element) in elements {
        let card = card(dom, id);
        // A link in a linked card parts it, as links can't be in each other.
        match cards.last_mut() {
            Some(before) if element.link.is_some() && element.link == last => {
                complete(before, card);
            }
            _ => cards.push(card),
        }
        last = element.link;
    }
    cards
}

fn complete(card: &mut Card, part: Card) {
    let Card {
        title,
        description,
        link_text,
        image,
        alt,
        ..
    } = part;
    card.title = card.title.take().or(title);
    card.description = card.description.take().or(description);
    card.link_text = card.link_text.take().or(link_text);
    card.image = card.image.take().or(image);
    card.alt = card.alt.take().or(alt);
}

fn card(dom: &Dom, id: NodeId) -> Card {
    let text = |class| {
        let text = dom.text(dom.of_class(id, class)?);
        (!text.is_empty()).then_some(text)
    };
    let attribute = |id: NodeId, name| dom.element(id)?.attribute(name);
    let mut elements = dom.elements(id);
    let image = elements.find(|(_, element)| &*element.name == "img");
    let src = image.and_then(|(image, _)| attribute(image, "src"));
    let alt = image.map(|(image, _)| tidy(attribute(image, "alt").unwrap_or_default()));
    Card {
        title: text("isomer-card-title"),
        description: text("isomer-card-description"),
        href: attribute(id, "href").map(|href| href.trim().to_owned()),
        link_text: text("isomer-card-link"),
        image: src.map(|src| src.trim().to_owned()),
        alt,
    }
}
