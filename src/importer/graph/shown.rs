//! Pictures, videos and documents of a page.

use std::collections::HashSet;

use entity::{media::Kind, node_media::Role};

use super::{Address, name::cut};
use crate::importer::{Page, ProblemKind, Video};

/// A medium that a page shows or links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where it is.
    pub url: String,
    /// What kind of medium it is.
    pub kind: Kind,
    /// What it is there for.
    pub role: Role,
    /// What it shows, if that is told.
    pub alt: Option<String>,
    /// What is written below it.
    pub caption: Option<String>,
    /// What the page calls it.
    pub title: Option<String>,
    /// The video's provider, and what that calls it.
    pub provider: Option<(String, String)>,
    /// Where on the page it is.
    pub locator: &'static str,
}

/// How many media of a page are taken.
const MOST: usize = 1_000;

/// The media of a page, each once, in order: its picture, then what is in its text, then documents.
pub fn shown(
    page: &Page,
    address: &Address,
    warn: &mut impl FnMut(ProblemKind, String),
) -> Vec<Shown> {
    let mut list = List {
        address,
        seen: HashSet::new(),
        shown: Vec::new(),
        bad: Vec::new(),
        more: 0,
    };
    if let Some(image) = &page.extract.image {
        list.add(image, Kind::Image, Role::Cover, "Picture of the page");
    }
    for picture in &page.content.pictures {
        if let Some(shown) = list.add(&picture.src, Kind::Image, Role::Illustration, "Picture") {
            let limited = |text: &Option<String>| text.as_ref().map(|text| cut(text, 1_000));
            // The page's own picture stands in its text, too: there it has its words.
            shown.alt = shown.alt.take().or_else(|| limited(&picture.alt));
            shown.caption = shown.caption.take().or_else(|| limited(&picture.caption));
        }
    }
    for video in &page.extract.videos {
        list.add_video(video, "Embedded video");
    }
    for video in &page.extract.video_links {
        list.add_video(video, "Linked video");
    }
    for href in &page.extract.documents {
        let link = page.extract.links.iter().find(|link| link.href == *href);
        let text = link.map(|link| cut(&link.text, 200));
        if let Some(shown) = list.add(href, Kind::Document, Role::Attachment, "Linked document") {
            shown.title = shown.title.take().or(text.filter(|text| !text.is_empty()));
        }
    }
    for src in &list.bad {
        let src = cut(src, 100);
        let message = format!("`{src}` is no address on the web: it is not taken as a medium");
        warn(ProblemKind::BadAddress, message);
    }
    if list.more > 0 {
        let message = format!(
            "there are {} media more than {MOST}: they are left out",
            list.more
        );
        warn(ProblemKind::TooMany, message);
    }
    list.shown
}

struct List<'a> {
    address: &'a Address,
    seen: HashSet<String>,
    shown: Vec<Shown>,
    bad: Vec<String>,
    more: usize,
}

impl List<'_> {
    /// The medium at this address, added if it is not there yet.
    fn add(
        &mut self,
        src: &str,
        kind: Kind,
        role: Role,
        locator: &'static str,
    ) -> Option<&mut Shown> {
        if src.is_empty() || src.starts_with('#') {
            return None;
        }
        // Editors put small pictures into the page itself.
        let Some(url) = self.address.absolute(src) else {
            if !src.starts_with("data:") && self.bad.len() < 10 {
                self.bad.push(src.to_owned());
            }
            return None;
        };
        if !self.seen.insert(url.clone()) {
            return self.shown.iter_mut().find(|shown| shown.url == url);
        }
        if self.shown.len() >= MOST {
            self.more += 1;
            return None;
        }
        self.shown.push(Shown {
            url,
            kind,
            role,
            alt: None,
            caption: None,
            title: None,
            provider: None,
            locator,
        });
        self.shown.last_mut()
    }

    /// Videos have one address, however they are shown.
    fn add_video(&mut self, video: &Video, locator: &'static str) {
        let id = &video.id;
        let url = match &*video.provider {
            "youtube" if video.url.contains("videoseries") => {
                format!("https://www.youtube.com/playlist?list={id}")
            }
            "youtube" => format!("https://www.youtube.com/watch?v={id}"),
            "vimeo" => format!("https://vimeo.com/{id}"),
            _ => video.url.clone(),
        };
        let provider = (video.provider.clone(), cut(id, 255));
        if let Some(shown) = self.add(&url, Kind::Video, Role::Recording, locator) {
            shown.provider = Some(provider);
        }
    }
}

/// What a file is called, without its ending: decoded, from its address.
pub fn file_stem(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path);
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    stem.to_owned()
}

/// What kind of medium an address leads to that nobody has told: a file's ending tells.
pub fn mime_type(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let (_, ending) = name.rsplit_once('.')?;
    Some(match &*ending.to_ascii_lowercase() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "bmp" => "image/bmp",
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "zip" => "application/zip",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "ics" => "text/calendar",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => return None,
    })
}
