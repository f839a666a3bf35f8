//! A client of many connections that takes little of the machine, so that what is measured is the server: it asks again on each
//! connection after the answer and a pause, and says how long those took that were admitted.
//!
//! `load PORT CONNECTIONS A_SECOND SECONDS`; A_SECOND 0 asks again at once. It prints one line of JSON.

#![allow(clippy::print_stdout, reason = "what it is run for")]

use std::collections::BTreeMap;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

const QUESTIONS: [&str; 10] = [
    "kubernetes+leadership",
    "data+engineer+salary",
    "python+sql",
    "how+to+become+a+cloud+architect",
    "security",
    "remote+work",
    "team+lead+experience",
    "machine+learning",
    "product+owner",
    "testing",
];

/// What one connection saw.
#[derive(Default)]
struct Seen {
    admitted: Vec<Duration>,
    refused: usize,
    closed: usize,
    /// Answers that are neither an answer nor a refusal, by their status.
    wrong: BTreeMap<u16, usize>,
}

/// When is asked, and from when on it counts.
#[derive(Clone, Copy)]
struct Plan {
    pause: Duration,
    counted: Instant,
    end: Instant,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<f64> = std::env::args().skip(1).map(|text| text.parse()).collect::<Result<_, _>>()?;
    let &[port, connections, rate, seconds] = arguments.as_slice() else {
        return Err("load PORT CONNECTIONS A_SECOND SECONDS".into());
    };
    let pause = if rate > 0.0 { Duration::from_secs_f64(connections / rate) } else { Duration::ZERO };
    let begin = Instant::now();
    // What comes first is not counted: the queue has not settled.
    let counted = begin + Duration::from_secs(1);
    let plan = Plan { pause, counted, end: counted + Duration::from_secs_f64(seconds) };
    let tasks: Vec<_> = (0..connections as u32)
        .map(|number| {
            let first = begin + pause.mul_f64(f64::from(number) / connections);
            tokio::spawn(ask(port as u16, number as usize, first, plan))
        })
        .collect();
    let mut all = Seen::default();
    for task in tasks {
        let seen = task.await?;
        all.admitted.extend(seen.admitted);
        all.refused += seen.refused;
        all.closed += seen.closed;
        seen.wrong.into_iter().for_each(|(status, times)| *all.wrong.entry(status).or_default() += times);
    }
    all.admitted.sort_unstable();
    let at = |share: f64| {
        let place = (all.admitted.len() as f64 * share) as usize;
        all.admitted.get(place).or(all.admitted.last()).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    let wrong: Vec<String> =
        all.wrong.iter().map(|(status, times)| format!(r#""{status}":{times}"#)).collect();
    println!(
        r#"{{"admitted":{},"refused":{},"closed":{},"wrong":{{{}}},"p50":{:.2},"p99":{:.2},"cpu":{:.2}}}"#,
        all.admitted.len() as f64 / seconds,
        all.refused as f64 / seconds,
        all.closed,
        wrong.join(","),
        at(0.5),
        at(0.99),
        cpu()? / (seconds + 1.0),
    );
    Ok(())
}

/// Asks until the end; a connection that the server closes is opened again.
async fn ask(port: u16, number: usize, first: Instant, plan: Plan) -> Seen {
    let mut seen = Seen::default();
    let (mut stream, mut due, mut asked) = (None, first, number);
    let mut buffer = vec![0; 64 * 1024];
    while due < plan.end {
        sleep_until(due).await;
        let start = Instant::now();
        let question = QUESTIONS[asked % QUESTIONS.len()];
        asked += 1;
        match answer(&mut stream, port, question, &mut buffer).await {
            Ok(200) if start >= plan.counted => seen.admitted.push(start.elapsed()),
            Ok(503) if start >= plan.counted => seen.refused += 1,
            Ok(200 | 503) => {}
            Ok(status) => *seen.wrong.entry(status).or_default() += 1,
            Err(_) => {
                seen.closed += 1;
                stream = None;
            }
        }
        // At an even rate, however long the answer took; what was missed is not made up for.
        due = (due + plan.pause).max(Instant::now());
    }
    seen
}

/// Asks and reads the answer to its end; its status.
async fn answer(
    stream: &mut Option<TcpStream>,
    port: u16,
    question: &str,
    buffer: &mut [u8],
) -> std::io::Result<u16> {
    let stream = match stream {
        Some(stream) => stream,
        None => stream.insert(TcpStream::connect(("127.0.0.1", port)).await?),
    };
    let request = format!("GET /search?q={question} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut got = 0;
    loop {
        let read = stream.read(&mut buffer[got..]).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        got += read;
        let Some(head) = buffer[..got].windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]);
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|length| length.parse::<usize>().ok());
        let status = text.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        let whole = head + 4 + length.unwrap_or(0);
        if got >= whole {
            return Ok(status);
        }
        // The rest of a long body is not kept.
        let mut rest = whole - got;
        while rest > 0 {
            let read = stream.read(&mut buffer[..]).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            rest = rest.saturating_sub(read);
        }
        return Ok(status);
    }
}

/// Seconds of processor that this client has taken.
fn cpu() -> Result<f64, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(ticks / 100.0)
}
