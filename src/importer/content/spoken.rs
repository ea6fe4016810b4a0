//! Quotes with their speakers, wherever the speaker stands.

use crate::importer::{
    dom::{Dom, ROOT},
    extract::{block_quotes, inner_attribution, likely_quotes},
};

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// What was said.
    pub words: String,
    /// Who said it, as it is written: a name, perhaps with what the person does.
    pub speaker: String,
}

/// The quotes of a page whose speakers are told. A block quote without a speaker is a call-out.
pub(super) fn spoken(dom: &Dom) -> Vec<Spoken> {
    let elements = dom.elements(ROOT);
    let ids = elements.filter(|(_, element)| &*element.name == "blockquote");
    let quotes = block_quotes(dom).into_iter().zip(ids);
    let quotes = quotes.filter_map(|(quote, (id, _))| match quote.attribution {
        Some(speaker) => Some(Spoken {
            words: quote.text,
            speaker,
        }),
        None => inner_attribution(dom, id).map(|(words, speaker)| Spoken { words, speaker }),
    });
    let likely = likely_quotes(dom).into_iter().filter_map(|quote| {
        let speaker = quote.attribution?;
        Some(Spoken {
            words: quote.text,
            speaker,
        })
    });
    quotes.chain(likely).collect()
}
