//! A bar for what takes longer than a second; nothing where there is no terminal to show it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The bar.
pub(super) struct Bar {
    bar: ProgressBar,
    start: Instant,
}

impl Bar {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        Self { bar, start: Instant::now() }
    }

    /// How many of what are done. Bytes are shown in the units that people count them in.
    pub(super) fn show(&self, what: &str, done: u64, total: u64) {
        if self.start.elapsed() < PATIENCE {
            return;
        }
        if self.bar.message() != what {
            let template = match what {
                "bytes" => "{bar:30} {bytes} of {total_bytes}, {elapsed}",
                _ => "{bar:30} {pos}/{len} {msg}, {elapsed}",
            };
            self.bar.set_style(
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            self.bar.set_message(what.to_owned());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
