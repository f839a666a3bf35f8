//! What changes while the server runs: the index, by an ingest in another process, the curation file, and the certificate.

use super::Settings;
use crate::search::Searcher;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked.
const WATCH_EVERY: Duration = Duration::from_millis(200);

/// Opens each new generation as soon as it is there, and reads a curation file again that changed. Requests go on being answered from the one before meanwhile.
pub(super) async fn watch(searcher: Arc<Searcher>, settings: Arc<Settings>) {
    let mut interval = tokio::time::interval(WATCH_EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut is_first = true;
    loop {
        interval.tick().await;
        let (searcher, settings) = (Arc::clone(&searcher), Arc::clone(&settings));
        let looked = tokio::task::spawn_blocking(move || {
            look(&searcher, is_first);
            look_at_certificate(&settings);
        });
        let looked = looked.await;
        is_first = false;
        if let Err(error) = looked {
            tracing::error!(%error, "the watcher failed");
        }
    }
}

/// Looks once whether the index or the curation file is another; what questions need of a new generation is made ready.
fn look(searcher: &Searcher, is_first: bool) {
    let reloaded = searcher.reload_if_changed();
    if let Ok(Some(generation)) = reloaded {
        tracing::info!(generation, "answering from a new generation");
    }
    let prepared = if is_first || matches!(reloaded, Ok(Some(_))) { searcher.prepare() } else { Ok(()) };
    if let Err(error) = reloaded.map(drop).and(prepared) {
        tracing::warn!(%error, "the new generation could not be opened; the one before goes on answering");
    }
    match searcher.curate_if_changed() {
        Ok(false) => {}
        Ok(true) => tracing::info!("answering as the curation file says now"),
        Err(error) => {
            tracing::warn!(%error, "the curation file could not be used; what it said before goes on counting")
        }
    }
}

/// Reads the certificate again if it is another.
fn look_at_certificate(settings: &Settings) {
    #[cfg(feature = "tls")]
    match settings.tls.as_ref().map_or(Ok(false), super::Tls::reload_if_changed) {
        Ok(false) => {}
        Ok(true) => tracing::info!("new connections are encrypted by another certificate"),
        Err(error) => {
            tracing::warn!(%error, "the certificate could not be used; the one before goes on counting")
        }
    }
    #[cfg(not(feature = "tls"))]
    let _ = settings;
}
