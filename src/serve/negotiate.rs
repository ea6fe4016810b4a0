//! What a client takes: media types and content codings (RFC 9110, section 12.5).

use axum::http::{
    HeaderMap, HeaderName,
    header::{ACCEPT, ACCEPT_ENCODING},
};

use super::header;

/// What an answer can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json` (GraphQL over HTTP, section 6): the status tells what happened.
    GraphqlResponse,
    /// `application/json`, from before there was a media type: 200 for every answer of GraphQL.
    Json,
    /// `text/event-stream`: one event for each result.
    EventStream,
}

impl Media {
    /// As it stands in `Content-Type`.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::EventStream => "text/event-stream; charset=utf-8",
        }
    }
}

/// Which media types a client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    /// What it likes best.
    pub(super) best: Media,
    /// Whether it takes an event stream, perhaps only if it must.
    pub(super) stream: bool,
    /// Whether it names a media type of GraphQL: no link or picture of a page does.
    pub(super) named: bool,
}

impl Accepted {
    /// What an answer is that comes whole, whatever the client takes.
    pub(super) fn whole(self) -> Media {
        match self.best {
            Media::EventStream => Media::Json,
            media => media,
        }
    }
}

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const STREAM: &str = "text/event-stream";

/// What the client takes; none if that is nothing that there is.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Accepted> {
    if let Some(best) = only(headers) {
        return Some(Accepted {
            best,
            stream: false,
            named: true,
        });
    }
    let preferences = preferences(headers, &ACCEPT);
    if preferences.is_empty() {
        return Some(Accepted {
            best: Media::Json,
            stream: false,
            named: false,
        });
    }
    let listed = |name: &str| listed(&preferences, name);
    let exact = |name: &str| listed(name).is_some_and(|weight| weight > 0);
    // The most telling entry counts, not the heaviest.
    let weight = |name: &str| {
        let any = || listed("application/*").or_else(|| listed("*/*"));
        listed(name).or_else(any).filter(|weight| *weight > 0)
    };
    // Who takes anything gets what clients have always understood: then JSON stands first.
    let offers = if exact(GRAPHQL) {
        [(Media::GraphqlResponse, GRAPHQL), (Media::Json, JSON)]
    } else {
        [(Media::Json, JSON), (Media::GraphqlResponse, GRAPHQL)]
    };
    let mut best: Option<(Media, u16)> = None;
    for (media, name) in offers {
        if let Some(weight) = weight(name)
            && best.is_none_or(|(_, known)| weight > known)
        {
            best = Some((media, weight));
        }
    }
    // An event stream is for those who name it: `*/*` does not mean it.
    let stream = listed(STREAM).filter(|weight| *weight > 0);
    if let Some(weight) = stream
        && best.is_none_or(|(_, known)| weight > known)
    {
        best = Some((Media::EventStream, weight));
    }
    Some(Accepted {
        best: best?.0,
        stream: stream.is_some(),
        named: exact(GRAPHQL) || exact(JSON) || stream.is_some(),
    })
}

/// The media type of GraphQL that the client names, if it names nothing else: then there is nothing to weigh.
fn only(headers: &HeaderMap) -> Option<Media> {
    let mut lines = headers.get_all(ACCEPT).iter();
    let line = lines.next().filter(|_| lines.next().is_none())?;
    let offers = [(Media::GraphqlResponse, GRAPHQL), (Media::Json, JSON)];
    let named = offers.into_iter().find(|(_, name)| line == *name);
    named.map(|(media, _)| media)
}

/// How a body is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    /// As it is.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Coding {
    /// As it stands in `Content-Encoding`.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Whether the client takes it.
    pub(super) fn is_taken(self, headers: &HeaderMap) -> bool {
        self.weight(&preferences(headers, &ACCEPT_ENCODING)) > 0
    }

    /// How much the client likes it, in thousandths.
    fn weight(self, preferences: &[(&str, u16)]) -> u16 {
        let listed = |name: &str| listed(preferences, name);
        let named = self.name().and_then(listed);
        let weight = named.or_else(|| listed("*")).unwrap_or(0);
        // Its old name (RFC 9110, section 8.4.1.3).
        let old = (self == Self::Gzip).then(|| listed("x-gzip")).flatten();
        old.map_or(weight, |old| weight.max(old))
    }

    /// The coding that the client likes best, and of those the smallest.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let preferences = preferences(headers, &ACCEPT_ENCODING);
        let (gzip, brotli) = (
            Self::Gzip.weight(&preferences),
            Self::Brotli.weight(&preferences),
        );
        let plain = listed(&preferences, "identity").unwrap_or(1);
        match (gzip, brotli) {
            (gzip, brotli) if plain > gzip.max(brotli) => Self::Plain,
            (gzip, brotli) if gzip > brotli => Self::Gzip,
            (_, 0) => Self::Plain,
            _ => Self::Brotli,
        }
    }
}

/// The weight of what a header lists under this name, whatever its letters' case.
fn listed(preferences: &[(&str, u16)], name: &str) -> Option<u16> {
    let mut listed = preferences.iter();
    let found = listed.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, weight)| *weight)
}

/// The names that a header lists, each with its weight in thousandths.
fn preferences<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<(&'h str, u16)> {
    // More than any client says: what comes after is not looked at.
    const MOST: usize = 50;
    let named = header::listed(headers, name).map(preference);
    named
        .filter(|(name, _)| !name.is_empty())
        .take(MOST)
        .collect()
}

fn preference(part: &str) -> (&str, u16) {
    let mut parts = part.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let weighs = name.trim().eq_ignore_ascii_case("q");
        weighs.then(|| thousandths(value.trim()))
    });
    (name, weight.unwrap_or(1000))
}

/// A weight such as `0.85` in thousandths; what is no weight counts as 1 (RFC 9110, section 12.4.2).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is from 0 to 1000"
)]
fn thousandths(weight: &str) -> u16 {
    let weight: f32 = weight.parse().unwrap_or(1.0);
    (weight.clamp(0.0, 1.0) * 1000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    fn best(accept: &str) -> Option<Media> {
        accepted(&headers(&ACCEPT, accept)).map(|accepted| accepted.best)
    }

    #[test]
    fn the_heaviest_media_type_wins() {
        use Media::{EventStream, GraphqlResponse, Json};
        for (accept, media) in [
            (GRAPHQL, Some(GraphqlResponse)),
            ("application/json", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("image/png", None),
            ("text/html, */*;q=0.1", Some(Json)),
            ("application/json;q=0", None),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("text/event-stream", Some(EventStream)),
            (
                "text/event-stream, application/json;q=0.5",
                Some(EventStream),
            ),
            ("APPLICATION/JSON; charset=UTF-8", Some(Json)),
        ] {
            assert_eq!(best(accept), media, "{accept}");
        }
        let all = format!("{GRAPHQL}; charset=utf-8, application/json; charset=utf-8");
        assert_eq!(best(&all), Some(GraphqlResponse));
        let json = format!("{GRAPHQL};q=0.5, application/json;q=0.9");
        assert_eq!(best(&json), Some(Json));
        let any = format!("application/json;q=0.5, {GRAPHQL};q=0.9, */*;q=0.1");
        assert_eq!(best(&any), Some(GraphqlResponse));
        assert_eq!(accepted(&HeaderMap::new()).unwrap().best, Json);
    }

    /// urql names the event stream last in every request.
    #[test]
    fn a_stream_is_for_those_who_prefer_it() {
        let urql = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
        let accepted = accepted(&headers(&ACCEPT, urql)).unwrap();
        assert_eq!(accepted.best, Media::GraphqlResponse);
        assert!(accepted.stream);
    }

    #[test]
    fn the_smallest_coding_of_the_heaviest_wins() {
        use Coding::{Brotli, Gzip, Plain};
        for (accept, coding) in [
            ("", Plain),
            ("gzip", Gzip),
            ("gzip, deflate, br, zstd", Brotli),
            ("br;q=0.1, gzip", Gzip),
            ("*", Brotli),
            ("br;q=0, *", Gzip),
            ("identity", Plain),
            ("gzip;q=0.000", Plain),
            ("identity;q=1, gzip;q=0.2", Plain),
            ("identity;q=0.5, gzip, br;q=0.9", Gzip),
        ] {
            assert_eq!(
                Coding::of(&headers(&ACCEPT_ENCODING, accept)),
                coding,
                "{accept}"
            );
        }
    }
}
