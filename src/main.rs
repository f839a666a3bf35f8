//! Reads flags and configuration, starts logging, runs the command and turns what it comes to into an exit code.

use rolecall::cli::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = Cli::read().and_then(|cli| {
        let log = tracing_subscriber::fmt().with_env_filter(cli.log_filter());
        log.with_writer(std::io::stderr).with_ansi(false).init();
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
