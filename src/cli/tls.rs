//! The certificate of `rolecall serve`, as flags.

use super::Failure;
use crate::http::Tls;
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;

/// How connections are encrypted.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "TLS")]
pub(super) struct TlsArgs {
    /// Encrypt connections: the certificate in PEM, with those that lead to a known one behind it; read again when it changes
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate, in PEM
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
}

impl TlsArgs {
    pub(super) fn tls(&self) -> Result<Option<Tls>, Failure> {
        match (self.tls_cert.clone(), self.tls_key.clone()) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => Ok(Some(Tls::read(certificate, key)?)),
            _ => Err(Failure::Usage(anyhow!(
                "--tls-cert and --tls-key go together: a certificate and its key"
            ))),
        }
    }
}
