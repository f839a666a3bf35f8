//! `rolecall serve`

use super::curation::CurationArgs;
use super::ingest::{ReadingArgs, describe, run};
use super::limits::LimitArgs;
use super::observe::ObserveArgs;
use super::{Exit, Failure, IndexArgs, Outcome};
use crate::http::{AllowedOrigin, AppState, Keys, Origin, Settings, serve};
use crate::index::Location;
use crate::search::Searcher;
use anyhow::{Context as _, anyhow};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Answer queries over HTTP
///
/// Runs until it is told to stop (SIGTERM, Ctrl-C), then ends the requests under way and exits. What another process
/// ingests meanwhile is answered from within a second, without a request being dropped.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    curation: CurationArgs,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// Ingest this folder or file first (repeatable)
    #[arg(long, value_name = "PATH")]
    ingest: Vec<PathBuf>,
    /// Let the pages of this site ask, as the search box for other sites does; * for any (repeatable)
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<AllowedOrigin>,
    /// Where people reach the server, as https://search.example.org; without it, the host that a request names
    #[arg(long, value_name = "URL")]
    public_url: Option<Origin>,
    /// For how many seconds clients may take an answer that they kept without asking whether it still holds
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    max_age: u32,
    /// Ask everybody for a key: the file that `rolecall key` keeps; a change of it counts within a second
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// With --keys: asking needs no key, only what runs the server does
    #[arg(long)]
    open_search: bool,
    /// Listen beyond this machine although there are no keys: whoever reaches the address may ask
    #[arg(long)]
    without_keys: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    observe: ObserveArgs,
    #[cfg(feature = "tls")]
    #[command(flatten)]
    tls: super::tls::TlsArgs,
}

impl ServeArgs {
    pub(super) fn run(self) -> Outcome {
        let location = self.index.location();
        let keys = self.keys.as_deref().map(Keys::open).transpose();
        let keys = keys.map_err(|error| Failure::Usage(anyhow::Error::from(error).context("--keys")))?;
        let settings = Settings {
            allowed: self.allow_origin,
            public: self.public_url,
            max_age: self.max_age,
            keys: keys.map(Arc::new),
            open_search: self.open_search,
            limits: self.limits.limits(),
            #[cfg(feature = "tls")]
            tls: self.tls.tls()?,
            ..Settings::default()
        };
        let settings = self.observe.over(settings)?;
        if !self.listen.ip().to_canonical().is_loopback() && !settings.has_keys() && !self.without_keys {
            return Err(Failure::Usage(anyhow!(
                "--listen {}: others could reach the server, and it has no keys; with --without-keys it answers whoever asks",
                self.listen
            )));
        }
        if !self.ingest.is_empty() {
            let report = run(&location, &self.reading.options(self.ingest)?)?;
            anstream::eprint!("{}", describe(&report));
        }
        let searcher = Arc::new(self.curation.open(&self.index)?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("the server could not be started")?;
        runtime.block_on(listen(self.listen, searcher, settings, &location))?;
        // Requests that were given up must not hold the process.
        runtime.shutdown_background();
        Ok(Exit::Done)
    }
}

async fn listen(
    address: SocketAddr,
    searcher: Arc<Searcher>,
    settings: Settings,
    location: &Location,
) -> anyhow::Result<()> {
    let stop = stop_signal().context("signals could not be listened for")?;
    let named = || format!("--listen {address}: choose another address or port, or stop what listens there");
    let listener = TcpListener::bind(address).await.with_context(named)?;
    let address = listener.local_addr()?;
    let (pages, sections) = searcher.size();
    let scheme = settings.scheme();
    anstream::eprintln!(
        "Serving {pages} pages ({sections} sections) of {} on {scheme}://{address}\nOpen it in a browser, or ask {scheme}://{address}/search?q=kubernetes+leadership",
        location.root().display()
    );
    serve(listener, AppState::new(searcher).with(settings), stop).await.context("the server failed")
}

/// Done when the process is told to stop. The signals are caught from now on, not from the first wait.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
