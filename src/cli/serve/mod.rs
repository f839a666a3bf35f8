//! `rolecall serve`

mod signals;
mod sources;

use super::curation::CurationArgs;
use super::ingest::ReadingArgs;
use super::limits::LimitArgs;
use super::observe::ObserveArgs;
use super::{Cli, Exit, Failure, IndexArgs, Outcome};
use crate::http::{AllowedOrigin, AppState, Keys, Origin, Settings, runtime, serve_changing};
use crate::index::Location;
use crate::ingest::runs::{Cause, Run, Runs, Watching};
use anyhow::{Context as _, anyhow};
use clap::Args;
use signals::{Hangups, stop_signal};
use sources::Sources;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Answer queries over HTTP
///
/// Runs until it is told to stop (SIGTERM, Ctrl-C), then ends the requests under way and exits. What another process
/// ingests meanwhile is answered from within a second, without a request being dropped. SIGHUP reads the configuration again.
#[derive(Clone, Debug, Args)]
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
    /// Keep the index in step with this folder or file as pages come, change and go (repeatable)
    #[arg(long, value_name = "PATH")]
    watch: Vec<PathBuf>,
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
        let settings = self.settings(self.listen)?;
        let sources = self.sources(&location)?;
        sources.prepare(&location)?;
        let searcher = Arc::new(self.curation.open(&self.index)?);
        let state = AppState::new(searcher).with(settings);
        let runtime = runtime(&state).context("the server could not be started")?;
        runtime.block_on(self.listen(state, &sources, &location))?;
        // Requests that were given up must not hold the process.
        runtime.shutdown_background();
        Ok(Exit::Done)
    }

    /// How a server that listens there is to answer.
    fn settings(&self, listen: SocketAddr) -> Result<Settings, Failure> {
        let keys = self.keys.as_deref().map(Keys::open).transpose();
        let keys = keys.map_err(|error| Failure::Usage(anyhow::Error::from(error).context("--keys")))?;
        let settings = Settings {
            allowed: self.allow_origin.clone(),
            public: self.public_url.clone(),
            max_age: self.max_age,
            keys: keys.map(Arc::new),
            open_search: self.open_search,
            limits: self.limits.limits(),
            result_cache: self.limits.result_cache(),
            #[cfg(feature = "tls")]
            tls: self.tls.tls()?,
            ..Settings::default()
        };
        let settings = self.observe.over(settings);
        if !listen.ip().to_canonical().is_loopback() && !settings.has_keys() && !self.without_keys {
            return Err(Failure::Usage(anyhow!(
                "--listen {listen}: others could reach the server, and it has no keys; with --without-keys it answers whoever asks"
            )));
        }
        Ok(settings)
    }

    fn sources(&self, location: &Location) -> Result<Sources, Failure> {
        Sources::of(&self.ingest, &self.watch, &self.reading, location)
    }

    async fn listen(&self, state: AppState, sources: &Sources, location: &Location) -> Result<(), Failure> {
        let stop = stop_signal().context("signals could not be listened for")?;
        let hangups = Hangups::new().context("signals could not be listened for")?;
        let address = self.listen;
        let named =
            || format!("--listen {address}: choose another address or port, or stop what listens there");
        let listener = TcpListener::bind(address).await.with_context(named)?;
        let address = listener.local_addr().context("the address could not be told")?;
        let settings = self.observe.with_query_log(state.settings().clone())?;
        let state = state.with(settings);
        let metrics = Arc::clone(state.metrics());
        let ended = move |run: &Run| sources::count(&metrics, run);
        let runs = Runs::start(location.clone(), sources.named(location)?, ended)
            .context("the server could not be started")?;
        let state = state.with_runs(Arc::clone(&runs));
        let watching = watch(&runs, location)?;
        say(&state, location, address);
        let (states, changes) = tokio::sync::watch::channel(state);
        let reloading = tokio::spawn(reload(self.clone(), states, runs, watching, hangups));
        let served = serve_changing(listener, changes, stop).await;
        reloading.abort();
        Ok(served.context("the server failed")?)
    }

    /// What of these options is otherwise than it was, and counts only for a server that is started with it.
    fn lasting(&self, begun: &Self) -> Vec<&'static str> {
        let changed = [
            ("--listen", self.listen != begun.listen),
            ("--index", self.index.location() != begun.index.location()),
            ("--max-connections", self.limits.limits().connections != begun.limits.limits().connections),
            ("--query-log", self.observe.query_log() != begun.observe.query_log()),
        ];
        changed.into_iter().filter_map(|(name, is_changed)| is_changed.then_some(name)).collect()
    }
}

fn say(state: &AppState, location: &Location, address: SocketAddr) {
    let (pages, sections) = state.size();
    let scheme = state.settings().scheme();
    anstream::eprintln!(
        "Serving {pages} pages ({sections} sections) of {} on {scheme}://{address}\nOpen it in a browser, or ask {scheme}://{address}/search?q=kubernetes+leadership",
        location.root().display()
    );
}

/// Watches what is to be watched. It is also read once: it may have changed while nobody looked.
fn watch(runs: &Arc<Runs>, location: &Location) -> Result<Option<Watching>, Failure> {
    let sources = runs.sources();
    let watched: Vec<_> = sources.iter().filter(|source| source.watched).collect();
    if watched.is_empty() {
        return Ok(None);
    }
    let watching = Watching::start(Arc::clone(runs), location.root()).context("--watch")?;
    for source in watched {
        runs.ask(&source.name, Cause::Change);
    }
    Ok(Some(watching))
}

/// Reads the configuration again each time that the system says so. What cannot be used is logged, and what was there before
/// goes on counting. What the server was begun with says where it listens and which index it answers from.
async fn reload(
    begun: ServeArgs,
    states: tokio::sync::watch::Sender<AppState>,
    runs: Arc<Runs>,
    mut watching: Option<Watching>,
    mut hangups: Hangups,
) {
    loop {
        hangups.next().await;
        let (own, state, known) = (begun.clone(), states.borrow().clone(), Arc::clone(&runs));
        let read = tokio::task::spawn_blocking(move || read_again(&own, state, &known)).await;
        match read {
            Ok(Ok((args, state))) => {
                for option in args.lasting(&begun) {
                    tracing::warn!(
                        option,
                        "this is otherwise now and counts once the server is started anew"
                    );
                }
                // The one before goes first, so that a change is seen by one alone.
                drop(watching.take());
                watching = watch(&runs, &begun.index.location()).unwrap_or_else(|failure| {
                    tracing::warn!("{:#}", failure.error());
                    None
                });
                states.send_replace(state);
                tracing::info!("the configuration was read again and counts now");
            }
            Ok(Err(failure)) => tracing::warn!(
                "the configuration could not be used ({:#}); the one before goes on counting",
                failure.error()
            ),
            Err(error) => tracing::error!(%error, "the configuration could not be read"),
        }
    }
}

fn read_again(begun: &ServeArgs, state: AppState, runs: &Runs) -> Result<(ServeArgs, AppState), Failure> {
    let args = Cli::read()?.serve().ok_or_else(|| anyhow!("this is no `rolecall serve`"))?;
    let settings = Settings { query_log: state.settings().query_log.clone(), ..args.settings(begun.listen)? };
    let location = begun.index.location();
    let sources = args.sources(&location)?.named(&location)?;
    let searcher = args.curation.open(&begun.index)?;
    // Nobody waits for the first answer.
    searcher.prepare()?;
    runs.set_sources(sources);
    Ok((args, state.with_searcher(Arc::new(searcher)).with(settings)))
}
