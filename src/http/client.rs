//! Who asks: the other end of the connection, or whom a proxy that is trusted asks for.

use axum::http::{HeaderMap, HeaderName, header};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// What most proxies set.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// An address or a network: `192.0.2.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    /// How many bits of it count.
    bits: u32,
}

/// Something that is neither an address nor a network.
#[derive(Debug, thiserror::Error)]
#[error("this is neither an address nor a network, as 192.0.2.1, 10.0.0.0/8 or fd00::/8")]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NoNetwork)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| NoNetwork)?;
        (bits <= most).then_some(Self { address, bits }).ok_or(NoNetwork)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

impl Network {
    fn has(&self, address: IpAddr) -> bool {
        let (differing, length) = match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => (u128::from(own.to_bits() ^ other.to_bits()), 32),
            (IpAddr::V6(own), IpAddr::V6(other)) => (own.to_bits() ^ other.to_bits(), 128),
            _ => return false,
        };
        differing.checked_shr(length - self.bits).unwrap_or(0) == 0
    }
}

/// The client behind a connection. A trusted proxy says whom it asks for, at the end of the list that it was sent itself;
/// what stands before the first that is not trusted, anybody may have written.
pub(super) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.has(address));
    let mut client = peer.to_canonical();
    if !is_trusted(client) {
        return client;
    }
    for named in forwarded(headers).into_iter().rev() {
        let Some(address) = named else { break };
        client = address;
        if !is_trusted(client) {
            break;
        }
    }
    client
}

/// Whom the request was sent on for, the nearest last; none for what is no address.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = |name: HeaderName| {
        let values = headers.get_all(name).into_iter().map(|value| value.to_str().unwrap_or_default());
        values.flat_map(|value| value.split(',')).collect::<Vec<&str>>()
    };
    if headers.contains_key(FORWARDED_FOR) {
        return values(FORWARDED_FOR).into_iter().map(address).collect();
    }
    let of = |element: &str| {
        let mut pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| name.eq_ignore_ascii_case("for")).and_then(|(_, value)| address(value))
    };
    values(header::FORWARDED).into_iter().map(of).collect()
}

/// An address as proxies write it: `192.0.2.1`, `192.0.2.1:4711`, `"[2001:db8::1]:4711"`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let with_port = || bare.parse().ok().map(|address: SocketAddr| address.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_network_has_the_addresses_that_begin_like_it() {
        let has =
            |network: &str, address: &str| network.parse::<Network>().unwrap().has(address.parse().unwrap());
        assert!(has("10.0.0.0/8", "10.255.0.1") && !has("10.0.0.0/8", "11.0.0.1"));
        assert!(has("192.0.2.1", "192.0.2.1") && !has("192.0.2.1", "192.0.2.0"));
        assert!(has("192.0.2.128/25", "192.0.2.129") && !has("192.0.2.128/25", "192.0.2.127"));
        assert!(has("fd00::/8", "fd12::1") && !has("fd00::/8", "fe80::1"));
        assert!(has("0.0.0.0/0", "192.0.2.1") && !has("0.0.0.0/0", "::1") && has("::/0", "::1"));
        for none in ["", "a", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8"] {
            assert!(none.parse::<Network>().is_err(), "{none}");
        }
    }

    fn asks(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let trusted = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap());
        let mut map = HeaderMap::new();
        for &(name, value) in headers {
            map.append(name, HeaderValue::from_static(value));
        }
        client(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let forged = ("x-forwarded-for", "198.51.100.1");
        assert_eq!(asks("192.0.2.1", &[forged]), "192.0.2.1");
        assert_eq!(asks("127.0.0.1", &[forged]), "198.51.100.1");
        assert_eq!(asks("::ffff:127.0.0.1", &[forged]), "198.51.100.1");
        assert_eq!(asks("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn of_a_list_the_last_that_is_no_proxy_counts() {
        let list = |value| asks("127.0.0.1", &[("x-forwarded-for", value)]);
        assert_eq!(list("198.51.100.1, 192.0.2.7"), "192.0.2.7", "the first is what the client claims");
        assert_eq!(list("198.51.100.1, 192.0.2.7, 10.0.0.1"), "192.0.2.7");
        assert_eq!(list("10.0.0.2, 10.0.0.1"), "10.0.0.2", "all are proxies");
        assert_eq!(list("192.0.2.7, nonsense, 10.0.0.1"), "10.0.0.1", "what stands before cannot be told");
        assert_eq!(list("nonsense"), "127.0.0.1");
        assert_eq!(list("192.0.2.7:4711"), "192.0.2.7");
        assert_eq!(list("2001:db8::1"), "2001:db8::1");
        let two = [("x-forwarded-for", "192.0.2.7"), ("x-forwarded-for", "192.0.2.8")];
        assert_eq!(asks("127.0.0.1", &two), "192.0.2.8", "two lines are one list");
    }

    #[test]
    fn forwarded_is_understood_too() {
        let forwarded = |value| asks("127.0.0.1", &[("forwarded", value)]);
        assert_eq!(forwarded("for=192.0.2.7;proto=https;by=10.0.0.1"), "192.0.2.7");
        assert_eq!(forwarded("for=198.51.100.1, For=\"[2001:db8::1]:4711\""), "2001:db8::1");
        assert_eq!(forwarded("for=192.0.2.7, for=unknown"), "127.0.0.1");
        assert_eq!(forwarded("proto=https"), "127.0.0.1");
        let both = [("forwarded", "for=198.51.100.1"), ("x-forwarded-for", "192.0.2.7")];
        assert_eq!(asks("127.0.0.1", &both), "192.0.2.7");
    }
}
