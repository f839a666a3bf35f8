//! Parses the arguments, starts logging, runs the command and turns what it comes to into an exit code.

use clap::Parser as _;
use rolecall::cli::Cli;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter =
        EnvFilter::try_from_env("ROLECALL_LOG").unwrap_or_else(|_| EnvFilter::new("warn,rolecall=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    match Cli::parse().run() {
        Ok(exit) => exit.into(),
        Err(failure) => {
            anstream::eprintln!("rolecall: {:#}", failure.error());
            failure.code()
        }
    }
}
