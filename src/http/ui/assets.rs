//! Style, script and pictures, compiled into the program. Their addresses name their content, so that browsers keep them
//! for good and take new ones from the next version on.

use super::super::{Problem, error};
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// A file that pages are made of.
pub(super) struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// What pages of every kind look like, then what each has of its own.
const STYLE: &str = concat!(
    include_str!("assets/base.css"),
    include_str!("assets/search.css"),
    include_str!("assets/compare.css"),
    include_str!("assets/gap.css"),
    include_str!("assets/role.css"),
    include_str!("assets/embed_page.css"),
    include_str!("assets/docs.css"),
);

/// Each file is a block of its own.
const APP: &str = concat!(
    include_str!("assets/live.js"),
    include_str!("assets/suggest.js"),
    include_str!("assets/keys.js"),
    include_str!("assets/ranges.js"),
    include_str!("assets/tray.js"),
);

const ASSETS: [Asset; 3] = [
    Asset { name: "app.css", kind: CSS, content: STYLE.as_bytes() },
    Asset { name: "app.js", kind: SCRIPT, content: APP.as_bytes() },
    Asset { name: "favicon.svg", kind: SVG, content: include_bytes!("assets/favicon.svg") },
];

/// Beside each asset what stands for its content in addresses.
static VERSIONS: LazyLock<[String; ASSETS.len()]> =
    LazyLock::new(|| ASSETS.each_ref().map(|asset| blake3::hash(asset.content).to_hex()[..12].to_owned()));

/// The address of an asset of this version.
pub(super) fn address(name: &str) -> String {
    let place = ASSETS.iter().position(|asset| asset.name == name);
    place.map_or_else(|| format!("/ui/{name}"), |place| format!("/ui/{name}?v={}", VERSIONS[place]))
}

/// `GET /ui/{asset}`
pub(super) async fn asset(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
) -> Result<Response, Problem> {
    let Some(place) = ASSETS.iter().position(|asset| asset.name == name) else {
        return Err(error::not_found(uri).await);
    };
    let is_this_version =
        query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(&*VERSIONS[place]);
    let kept = if is_this_version { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(send(&ASSETS[place], kept))
}

/// `GET /favicon.ico`: browsers ask for it where no page of ours says better, as beside an answer in JSON.
pub(super) async fn favicon() -> Response {
    send(&ASSETS[2], "public, max-age=86400")
}

fn send(asset: &Asset, kept: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
    ];
    (headers, asset.content).into_response()
}
