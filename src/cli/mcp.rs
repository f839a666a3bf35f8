//! `rolecall mcp`

use super::curation::CurationArgs;
use super::{Exit, IndexArgs, Outcome};
use crate::mcp::{Server, stdio};
use crate::search::follow;
use anyhow::Context as _;
use clap::Args;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long an answer may take, as over HTTP.
const DEADLINE: Duration = Duration::from_secs(10);

/// Answer a language model's tools over standard input and output
///
/// Speaks the Model Context Protocol, a message a line, until standard input is closed: the program that runs the model
/// starts it. Its tools search, read pages, compare them and say what somebody lacks; none changes anything. What
/// another process ingests meanwhile is answered from within a second. `serve` has the same at POST /mcp.
#[derive(Debug, Args)]
pub(super) struct McpArgs {
    #[command(flatten)]
    index: IndexArgs,
    #[command(flatten)]
    curation: CurationArgs,
}

impl McpArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Arc::new(self.curation.open(&self.index)?);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("the server could not be started")?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let server = Server::new(Arc::clone(&searcher), Arc::new(Semaphore::new(cores)), DEADLINE);
        let served = runtime.block_on(async {
            let following = tokio::spawn(follow(searcher));
            let served = stdio::serve(server, tokio::io::stdin(), tokio::io::stdout()).await;
            following.abort();
            served
        });
        // A read of standard input that waits must not hold the process.
        runtime.shutdown_background();
        served.context("the client was not understood")?;
        Ok(Exit::Done)
    }
}
