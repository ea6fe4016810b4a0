//! The second reading of a site: the documents of its pages, published a few pages at a time.

use std::{
    collections::{HashMap, HashSet},
    thread,
};

use entity::node::Kind;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    Builder, Context, Directory, ImportError, Index, Options, Publication, Report, Step, chunk,
};
use crate::importer::{
    Page, Read, Site,
    graph::{Sketch, key},
    known::{self, Left},
    read_pages,
};

/// So many pages are published at once, and so are in memory at once.
const PAGES: usize = 250;

/// A site on its way into the graph.
pub(super) struct Import<'i> {
    pub site: &'i Site,
    pub context: &'i Context,
    pub index: &'i Index,
    pub directory: &'i Directory,
    pub left: &'i HashMap<Uuid, Left>,
    /// What is withdrawn if the site does not yield it any more.
    pub ending: &'i HashSet<Uuid>,
    pub options: &'i Options,
    pub watch: &'i (dyn Fn(Step) + Send + Sync),
}

/// A page that is read again: its number, and what it says.
type Again = (usize, Box<Page>);

impl Import<'_> {
    /// Publishes the documents of all pages. Says which pieces the site yields.
    pub(super) async fn publish(
        &self,
        publication: &mut Publication,
        report: &mut Report,
    ) -> Result<HashSet<Uuid>, ImportError> {
        let mut yielded = HashSet::new();
        let mut pages = self.read();
        loop {
            let mut chunk = Vec::with_capacity(PAGES);
            if pages.recv_many(&mut chunk, PAGES).await == 0 {
                break;
            }
            while chunk.len() < PAGES
                && let Some(page) = pages.recv().await
            {
                chunk.push(page);
            }
            let chunk: Vec<_> = chunk.into_iter().collect::<Result<_, _>>()?;
            self.publish_chunk(publication, &chunk, &mut yielded, report)
                .await?;
            for _ in &chunk {
                (self.watch)(Step::Published);
            }
        }
        Ok(yielded)
    }

    /// Reads the pages on threads of their own. They wait while the database is slower.
    fn read(&self) -> mpsc::Receiver<Result<Again, ImportError>> {
        let (sender, receiver) = mpsc::channel(PAGES);
        let sources = self.site.pages.clone();
        let hashes: Vec<_> = self
            .index
            .pages
            .iter()
            .map(|entry| entry.file_hash)
            .collect();
        let (limits, threads) = (self.options.limits, self.options.threads);
        thread::spawn(move || {
            let mut number = 0;
            let _ = read_pages(&sources, &limits, threads, |source, read: Read| {
                let known = hashes[number];
                let page = match read {
                    Ok(page) if page.file_hash == known => Some(Ok((number, page))),
                    // What was not read the first time may be there now: the next import takes it.
                    _ if known == 0 => None,
                    _ => Some(Err(ImportError::Changed(source.name.clone()))),
                };
                number += 1;
                // Nobody listens any more: the import has failed.
                page.map_or(Ok(()), |page| sender.blocking_send(page))
            });
        });
        receiver
    }

    async fn publish_chunk(
        &self,
        publication: &mut Publication,
        pages: &[Again],
        yielded: &mut HashSet<Uuid>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let sketches: Vec<_> = pages
            .iter()
            .map(|(_, page)| Sketch::of(page, self.context))
            .collect();
        let addresses = self.linked(pages);
        let addresses = known::live_at_addresses(publication.db(), &addresses).await?;
        let addresses = addresses
            .into_iter()
            // The site's own pages are where the index has them now.
            .filter(|(_, named)| named.kind != Kind::Media && !self.left.contains_key(&named.node))
            .map(|(key, named)| (key, (named.kind, named.slug)))
            .collect();
        let builder = Builder {
            context: self.context,
            index: self.index,
            directory: self.directory,
            addresses: &addresses,
        };
        let mut made = Vec::new();
        for ((number, page), sketch) in pages.iter().zip(&sketches) {
            let (documents, problems) = builder.documents(*number, page, sketch);
            report.warn_all(problems);
            let source = Context::on_site(&page.extract.source);
            for document in documents {
                // Two addresses may be one piece of the graph.
                if yielded.insert(document.named.node) {
                    made.push((document, source));
                }
            }
        }
        chunk::publish(&self.context.checkout, publication, made, report).await
    }

    /// The addresses that pages link to, beside the site's own pages.
    fn linked(&self, pages: &[Again]) -> HashSet<String> {
        let mut addresses = HashSet::new();
        for (_, page) in pages {
            let extract = &page.extract;
            let cards = extract.cards.iter().filter_map(|card| card.href.as_ref());
            let hrefs = extract.links.iter().map(|link| &link.href).chain(cards);
            let urls = hrefs.filter_map(|href| self.context.address.absolute(href));
            addresses.extend(
                urls.filter(|url| self.index.page_at(url).is_none())
                    .map(|url| {
                        // One spelling of each is enough.
                        format!("https://{}", key(&url))
                    }),
            );
        }
        addresses
    }
}
