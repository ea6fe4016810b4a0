//! What an address leads to: a video, a document, a mailbox.

use super::Video;

/// The video that an address leads to.
pub fn video(address: &str) -> Option<Video> {
    let (host, path, query) = parts(address)?;
    let (provider, id) = match host {
        "youtu.be" => ("youtube", path.split('/').next()),
        "youtube.com" | "youtube-nocookie.com" => ("youtube", of_youtube(path, query)),
        "vimeo.com" | "player.vimeo.com" => ("vimeo", of_vimeo(path)),
        _ => return None,
    };
    let id = id.filter(|id| id.len() > 2 && id.chars().all(is_of_id))?;
    Some(Video {
        provider: provider.to_owned(),
        id: id.to_owned(),
        url: address.to_owned(),
    })
}

/// The host without `www.` and `m.`, the path without its first slash, and the query.
fn parts(address: &str) -> Option<(&str, &str, &str)> {
    let rest = match address.split_once("//") {
        Some(("" | "http:" | "https:" | "HTTP:" | "HTTPS:", rest)) => rest,
        Some(_) => return None,
        None => address,
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = ["www.", "m.", "music."]
        .into_iter()
        .find_map(|prefix| host.strip_prefix(prefix))
        .unwrap_or(host);
    Some((host, path, query))
}

fn of_youtube<'a>(path: &'a str, query: &'a str) -> Option<&'a str> {
    let parameter = |name: &str| {
        let mut parameters = query.split('&').map(|parameter| {
            let parameter = parameter.trim_start_matches("amp;");
            parameter.split_once('=').unwrap_or((parameter, ""))
        });
        parameters
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    let (kind, rest) = path.split_once('/').unwrap_or((path, ""));
    match kind {
        "embed" if rest.starts_with("videoseries") => parameter("list"),
        "embed" | "shorts" | "live" | "v" | "e" => rest.split(['/', '&']).next(),
        "watch" | "embed.html" => parameter("v"),
        _ => None,
    }
}

/// Vimeo's videos have numbers, wherever in the path: `/123`, `/video/123`, `/channels/staffpicks/123`.
fn of_vimeo(path: &str) -> Option<&str> {
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    path.split('/').find(number)
}

fn is_of_id(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_')
}

/// The endings of documents' names.
const ENDINGS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "csv", "txt", "ics", "mp3",
];

/// Whether an address is a document's.
pub fn is_document(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    address.starts_with("/files/") || ends_like_document(path) || ends_like_document(address)
}

fn ends_like_document(path: &str) -> bool {
    let ending = path.trim_end().rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The mailbox of a `mailto:` address (RFC 6068), without a subject.
pub fn mail_address(address: &str) -> Option<String> {
    let scheme = address.get(..7)?;
    if !scheme.eq_ignore_ascii_case("mailto:") {
        return None;
    }
    let mailbox = address[7..].split('?').next().unwrap_or_default();
    Some(decoded(mailbox).trim().to_owned())
}

/// A text without its `%20`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        let byte = byte.filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    let decoded = String::from_utf8_lossy(&bytes);
    decoded.replace(char::is_control, "")
}
