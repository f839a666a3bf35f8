//! The protocol on two streams, a message a line: of a hostile or broken client no more is held than bounds allow.

use super::{Server, message};
use rmcp::model::{
    ClientJsonRpcMessage, ClientNotification, ErrorData, JsonRpcError, RequestId, ServerJsonRpcMessage,
};
use rmcp::service::{RoleServer, ServerInitializeError, serve_server};
use rmcp::transport::Transport;
use std::collections::HashSet;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _,
    BufReader,
};
use tokio::sync::{Notify, mpsc};

/// The longest message of a client, in bytes; a call of a tool is much shorter.
const LONGEST_LINE: usize = 1 << 20;
/// The most requests that are worked on; further ones are read when one of them is answered.
const MOST_AT_A_TIME: usize = 64;

/// Answers a client until it closes its stream.
///
/// # Errors
/// What the client did wrong where it did not begin as the protocol has it, or what the system says of the streams.
pub async fn serve(
    server: Server,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> io::Result<()> {
    match serve_server(server, Lines::new(input, output)).await {
        Ok(running) => running.waiting().await.map(drop).map_err(io::Error::other),
        // It went before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(io::Error::other(error)),
    }
}

/// Both directions. A task of its own reads, for the service stops and starts again to wait for a message.
struct Lines<W> {
    messages: mpsc::Receiver<ClientJsonRpcMessage>,
    answers: Arc<Answers<W>>,
}

/// Where answers go, and which are owed.
struct Answers<W> {
    output: tokio::sync::Mutex<W>,
    owed: Mutex<HashSet<RequestId>>,
    paid: Notify,
}

impl<W: AsyncWrite + Send + Unpin + 'static> Lines<W> {
    fn new(input: impl AsyncRead + Send + Unpin + 'static, output: W) -> Self {
        let answers =
            Arc::new(Answers { output: output.into(), owed: Mutex::default(), paid: Notify::new() });
        let (sender, messages) = mpsc::channel(1);
        let reading = Arc::clone(&answers);
        tokio::spawn(async move {
            if let Err(error) = reading.read(BufReader::new(input), sender).await {
                tracing::error!(%error, "the client can be read no more");
            }
        });
        Self { messages, answers }
    }
}

impl<W: AsyncWrite + Send + Unpin + 'static> Transport<RoleServer> for Lines<W> {
    type Error = io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let answers = Arc::clone(&self.answers);
        async move { answers.send(&message).await }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        self.messages.recv().await
    }

    async fn close(&mut self) -> io::Result<()> {
        self.messages.close();
        self.answers.output.lock().await.shutdown().await
    }
}

impl<W: AsyncWrite + Unpin> Answers<W> {
    async fn send(&self, message: &ServerJsonRpcMessage) -> io::Result<()> {
        let mut line = serde_json::to_vec(message)?;
        line.push(b'\n');
        let mut output = self.output.lock().await;
        output.write_all(&line).await?;
        output.flush().await?;
        match message {
            ServerJsonRpcMessage::Response(response) => self.settle(&response.id),
            ServerJsonRpcMessage::Error(JsonRpcError { id: Some(id), .. }) => self.settle(id),
            _ => {}
        }
        Ok(())
    }

    async fn refuse(&self, error: JsonRpcError) -> io::Result<()> {
        let mut line = serde_json::to_vec(&error)?;
        line.push(b'\n');
        let mut output = self.output.lock().await;
        output.write_all(&line).await?;
        output.flush().await
    }

    /// Hands every message on until the client closes, and answers at once what is none.
    async fn read(
        &self,
        mut input: impl AsyncBufRead + Unpin,
        messages: mpsc::Sender<ClientJsonRpcMessage>,
    ) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            self.room().await;
            let read = (&mut input).take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line).await?;
            if read == 0 {
                return Ok(());
            }
            if line.len() > LONGEST_LINE {
                // Not all of them are kept until the next.
                line = Vec::new();
                rest_of_line(&mut input).await?;
                let says = format!("a message is longer than {LONGEST_LINE} bytes and was not read");
                self.refuse(JsonRpcError::new(None, ErrorData::invalid_request(says, None))).await?;
                continue;
            }
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            match message::read(text) {
                Ok(message) if !self.owes(&message) => {
                    let says = "another request with this id is being worked on";
                    let id = request_id(&message).cloned();
                    self.refuse(JsonRpcError::new(id, ErrorData::invalid_request(says, None))).await?;
                }
                Ok(message) => {
                    if messages.send(message).await.is_err() {
                        return Ok(());
                    }
                }
                Err(error) => self.refuse(*error).await?,
            }
        }
    }

    /// Waits until there is room for one more request.
    async fn room(&self) {
        loop {
            let paid = self.paid.notified();
            if self.owed.lock().unwrap_or_else(PoisonError::into_inner).len() < MOST_AT_A_TIME {
                return;
            }
            paid.await;
        }
    }

    /// Notes that a request will be answered, or will not be any more as it is taken back. False where one with its id
    /// is owed an answer already.
    fn owes(&self, message: &ClientJsonRpcMessage) -> bool {
        if let ClientJsonRpcMessage::Notification(notification) = message
            && let ClientNotification::CancelledNotification(cancelled) = &notification.notification
            && let Some(id) = &cancelled.params.request_id
        {
            self.settle(id);
        }
        match request_id(message) {
            Some(id) => self.owed.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone()),
            None => true,
        }
    }

    fn settle(&self, id: &RequestId) {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        self.paid.notify_one();
    }
}

fn request_id(message: &ClientJsonRpcMessage) -> Option<&RequestId> {
    match message {
        ClientJsonRpcMessage::Request(request) => Some(&request.id),
        _ => None,
    }
}

/// Passes over what is left of a line.
async fn rest_of_line(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<()> {
    loop {
        let part = input.fill_buf().await?;
        let end = part.iter().position(|byte| *byte == b'\n');
        let (length, is_end) = (end.map_or(part.len(), |end| end + 1), end.is_some() || part.is_empty());
        input.consume(length);
        if is_end {
            return Ok(());
        }
    }
}
