//! Encrypted connections, where the program is built with them. The certificates in `tls/` are their own issuers and made for
//! these tests: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout one.key -out one.pem
//! -days 36500 -subj /CN=one.example -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE`

use crate::limits::{Limited, get, is_closed};
use crate::support::{Place, eventually};
use rolecall::http::{Limits, Settings, Tls};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// The text of a file in `tls/`.
fn pem(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls").join(name)).unwrap()
}

/// A server with the certificate that is in `place`.
fn serving(place: &Place, limits: Limits) -> Limited {
    let tls = Tls::read(place.path("cert.pem"), place.path("key.pem")).unwrap();
    Limited::with(Settings { limits, tls: Some(tls), ..Settings::default() })
}

fn certified(name: &str) -> Place {
    let place = Place::new();
    place.write("cert.pem", pem(&format!("{name}.pem")));
    place.write("key.pem", pem(&format!("{name}.key")));
    place
}

/// Asks as a client that knows only this certificate and speaks HTTP/1.1; the answer, or why there is none.
fn ask(server: &Limited, known: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem(known).as_bytes()).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, server.connect());
    stream.write_all(get("/opensearch.xml", "connection: close\r\n").as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    Ok(text)
}

#[test]
fn what_is_asked_is_answered_encrypted_and_the_addresses_say_so() {
    let (place, limits) = (certified("one"), Limits::default());
    let server = serving(&place, limits);
    let answer = ask(&server, "one.pem").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("https://localhost/"), "{answer}");
    assert!(ask(&server, "two.pem").is_err(), "it is not that one");
}

#[test]
fn another_certificate_is_taken_up() {
    let place = certified("one");
    let server = serving(&place, Limits::default());
    ask(&server, "one.pem").unwrap();
    // Half of it is there: what was before goes on counting.
    place.write("cert.pem", pem("two.pem"));
    std::thread::sleep(Duration::from_millis(300));
    ask(&server, "one.pem").unwrap();
    place.write("key.pem", pem("two.key"));
    eventually("the new one is shown", || ask(&server, "two.pem").is_ok());
}

#[test]
fn who_does_not_agree_in_time_or_at_all_is_let_go() {
    let (place, head) = (certified("one"), Duration::from_millis(300));
    let server = serving(&place, Limits { head, ..Limits::default() });
    is_closed(&mut server.connect());
    let mut plain = server.send(&get("/healthz", ""));
    let mut said = Vec::new();
    let _ = plain.read_to_end(&mut said);
    assert!(!said.starts_with(b"HTTP"), "what is not encrypted is not answered");
    assert!(ask(&server, "one.pem").is_ok());
}

#[test]
fn what_cannot_be_used_is_named() {
    let place = Place::ingested(&[(
        "cloud.html",
        "<title>Cloud Engineer</title><h1>Cloud Engineer</h1><p>It is paid.",
    )]);
    for name in ["one.pem", "one.key", "two.key"] {
        place.write(name, pem(name));
    }
    place.write("empty.pem", "");
    place.write("broken.pem", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
    let serve = |certificate, key| {
        place.run(&["serve", "--listen", "127.0.0.1:0", "--tls-cert", certificate, "--tls-key", key])
    };
    serve("nosuch.pem", "one.key").fails(3, &["nosuch.pem"]);
    serve("one.pem", "nosuch.key").fails(3, &["nosuch.key"]);
    serve("empty.pem", "one.key").fails(3, &["empty.pem", "CERTIFICATE"]);
    serve("one.pem", "empty.pem").fails(3, &["empty.pem", "PRIVATE KEY"]);
    serve("broken.pem", "one.key").fails(3, &["broken.pem"]);
    serve("one.pem", "two.key").fails(3, &["two.key", "one.pem"]);
    place.run(&["serve", "--tls-cert", "one.pem"]).fails(2, &["--tls-key"]);
}
