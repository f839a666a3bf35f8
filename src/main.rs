//! Reads flags and configuration, starts logging, runs the command and turns what it comes to into an exit code.

use rolecall::cli::{Cli, LogFormat};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = Cli::read().and_then(|cli| {
        let log = tracing_subscriber::fmt().with_env_filter(cli.log_filter());
        let log = log.with_writer(std::io::stderr).with_ansi(false);
        match cli.log_format() {
            LogFormat::Text => log.init(),
            LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
        }
        cli.run()
    });
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            anstream::eprintln!("rolecall: {:#}", failure.error());
            failure.code()
        }
    }
}
