//! What may change while the server runs, besides the index: the file of keys and the certificate.

use super::Settings;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Goes by these files as they change. It never ends: abort the task that it runs in.
pub(super) async fn follow(settings: Arc<Settings>) {
    let mut interval = interval(LOOK_EVERY);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        let settings = Arc::clone(&settings);
        if let Err(error) = tokio::task::spawn_blocking(move || look(&settings)).await {
            tracing::error!(%error, "the watcher failed");
        }
    }
}

fn look(settings: &Settings) {
    if let Some(keys) = &settings.keys {
        say("the file of keys", keys.reload_if_changed());
    }
    #[cfg(feature = "tls")]
    if let Some(tls) = &settings.tls {
        say("the certificate", tls.reload_if_changed());
    }
}

fn say(what: &str, reloaded: Result<bool, impl Display>) {
    match reloaded {
        Ok(false) => {}
        Ok(true) => tracing::info!("{what} was changed; what it says now counts"),
        Err(error) => tracing::warn!(%error, "{what} could not be used; the one before goes on counting"),
    }
}
