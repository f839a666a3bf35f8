//! Where the other pages of a list are, as `Link` headers (RFC 8288).

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};

/// The part of a list that an answer shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) offset: usize,
    pub(super) limit: usize,
    /// How many there are.
    pub(super) total: u64,
    /// The furthest offset that can be asked for.
    pub(super) furthest: usize,
}

impl Part {
    /// An answer with links to the first, the previous and the next part, those that there are.
    pub(super) fn linked(self, uri: &Uri, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        let links: Vec<String> = self
            .links()
            .iter()
            .map(|(relation, offset)| format!("<{}>; rel=\"{relation}\"", at(uri, *offset)))
            .collect();
        if let (false, Ok(value)) = (links.is_empty(), HeaderValue::from_str(&links.join(", "))) {
            response.headers_mut().insert(header::LINK, value);
        }
        response
    }

    fn links(self) -> Vec<(&'static str, usize)> {
        let Self { offset, limit, total, furthest } = self;
        let mut links = Vec::new();
        if limit == 0 {
            return links;
        }
        if offset > 0 {
            links.extend([("first", 0), ("prev", offset.saturating_sub(limit))]);
        }
        let next = offset.saturating_add(limit);
        if next as u64 <= total.saturating_sub(1) && total > 0 && next <= furthest {
            links.push(("next", next));
        }
        links
    }
}

/// The same request from another offset; relative to where it was asked, as a proxy may be in between.
fn at(uri: &Uri, offset: usize) -> String {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.filter(|(name, _)| name != "offset"));
    if offset > 0 {
        query.append_pair("offset", &offset.to_string());
    }
    format!("?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str, offset: usize, limit: usize, total: u64) -> String {
        let part = Part { offset, limit, total, furthest: 100 };
        let response = part.linked(&address.parse().unwrap(), "");
        response.headers().get(header::LINK).map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn links_lead_to_the_parts_that_there_are() {
        let (first, next) = ("<?q=a+b>; rel=\"first\"", "<?q=a+b&offset=20>; rel=\"next\"");
        assert_eq!(link("/search?q=a+b", 0, 10, 10), "");
        assert_eq!(link("/search?q=a%20b", 10, 10, 25), format!("{first}, <?q=a+b>; rel=\"prev\", {next}"));
        assert_eq!(
            link("/search?offset=10&q=a+b", 20, 10, 25),
            format!("{first}, <?q=a+b&offset=10>; rel=\"prev\"")
        );
        assert_eq!(link("/search?q=%22%3E%3Cb", 0, 10, 25), "<?q=%22%3E%3Cb&offset=10>; rel=\"next\"");
        assert_eq!(link("/search", 0, 0, 25), "");
        assert_eq!(link("/search", 95, 10, 1_000), "<?>; rel=\"first\", <?offset=85>; rel=\"prev\"");
    }
}
