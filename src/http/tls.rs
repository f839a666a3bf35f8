//! TLS: the certificate and the key by which connections are encrypted, read again when their files change.

use arc_swap::ArcSwap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{Error as RustlsError, ServerConfig};
use tokio_rustls::server::TlsStream;

/// The protocols that are spoken, the dearest first.
const PROTOCOLS: [&[u8]; 1] = [b"http/1.1"];

/// A certificate and its key.
#[derive(Clone)]
pub struct Tls(Arc<Inner>);

struct Inner {
    certificate: PathBuf,
    key: PathBuf,
    in_force: ArcSwap<ServerConfig>,
    seen: Mutex<Stamps>,
}

/// When each of the two files was changed, and how long it is.
type Stamps = [Option<(SystemTime, u64)>; 2];

/// Why connections cannot be encrypted so.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file is not in the form of PEM.
    #[error("{}: this is no PEM: {error}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: PemError,
    },
    /// A file has not what it should have.
    #[error("{}: there is no {what} in it (-----BEGIN {what}-----)", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// `CERTIFICATE`, `PRIVATE KEY`
        what: &'static str,
    },
    /// The key is another's.
    #[error("{}: this is not the key of the certificate in {}, which must be the first there", key.display(), certificate.display())]
    Mismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
    /// What they have cannot be used.
    #[error("{}, {}: {error}", certificate.display(), key.display())]
    Unusable {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What is wrong.
        error: RustlsError,
    },
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tls").field(&self.0.certificate).field(&self.0.key).finish()
    }
}

impl Tls {
    /// Reads the certificate, with those that lead to a known one behind it, and its key; both in PEM.
    ///
    /// # Errors
    /// [`TlsError`] names the file and what is wrong with it.
    pub fn read(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let seen = Mutex::new(stamps(&certificate, &key));
        let in_force = ArcSwap::from_pointee(config(&certificate, &key)?);
        Ok(Self(Arc::new(Inner { certificate, key, in_force, seen })))
    }

    /// Reads them again if either file is another; whether it was.
    pub(super) fn reload_if_changed(&self) -> Result<bool, TlsError> {
        let Inner { certificate, key, in_force, seen } = &*self.0;
        let now = stamps(certificate, key);
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == now {
            return Ok(false);
        }
        // What cannot be used is said once; it may be that the other file is still to come.
        *seen = now;
        in_force.store(Arc::new(config(certificate, key)?));
        Ok(true)
    }

    /// Agrees with a client on how to encrypt.
    pub(super) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        TlsAcceptor::from(self.0.in_force.load_full()).accept(stream).await
    }
}

fn stamps(certificate: &Path, key: &Path) -> Stamps {
    [certificate, key].map(|path| {
        let known = fs::metadata(path).ok()?;
        Some((known.modified().ok()?, known.len()))
    })
}

fn config(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let missing = |path: &Path, what| TlsError::Missing { path: path.to_owned(), what };
    let failed = |path: &Path, what| {
        let path = path.to_owned();
        move |error| match error {
            PemError::NoItemsFound => TlsError::Missing { path, what },
            PemError::Io(error) => TlsError::Read { path, error },
            error => TlsError::Form { path, error },
        }
    };
    let read = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain: Vec<CertificateDer<'static>> = read.map_err(failed(certificate, "CERTIFICATE"))?;
    if chain.is_empty() {
        return Err(missing(certificate, "CERTIFICATE"));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(failed(key, "PRIVATE KEY"))?;
    let built = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private));
    let mut config = built.map_err(|error| {
        let (certificate, key) = (certificate.to_owned(), key.to_owned());
        match error {
            RustlsError::InconsistentKeys(_) => TlsError::Mismatch { certificate, key },
            error => TlsError::Unusable { certificate, key, error },
        }
    })?;
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}
