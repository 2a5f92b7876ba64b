//! Load on one HTTP server: the same request, over and over, on connections that stay open.

use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What one connection reads at once; more than the head of any answer.
const BUFFER_BYTES: usize = 64 * 1024;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a load has come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    /// Answers in a second.
    pub(super) per_second: f64,
    /// The median time from request to answer, in microseconds.
    pub(super) median_micros: f64,
}

/// Requests that are not all alike: the bytes of the next one, by its number.
pub(super) type Requests<'a> = dyn Fn(u64) -> Vec<u8> + 'a;

/// Sends `requests` over `connections` connections for as long as `lasting`.
///
/// # Errors
/// A connection broke, or an answer was not a success: its first bytes.
pub(super) fn run(
    address: SocketAddr,
    connections: usize,
    lasting: Duration,
    requests: &Requests<'_>,
) -> Result<Rate, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let ends = Instant::now() + lasting;
        let number = std::cell::Cell::new(0);
        let next = || {
            number.set(number.get() + 1);
            (Instant::now() < ends).then(|| requests(number.get()))
        };
        let began = Instant::now();
        let all = (0..connections).map(|_| connection(address, &next));
        let mut micros = Vec::new();
        for times in futures_util::future::join_all(all).await {
            micros.extend(times?);
        }
        let per_second = micros.len() as f64 / began.elapsed().as_secs_f64();
        micros.sort_by(f64::total_cmp);
        Ok(Rate { per_second, median_micros: micros.get(micros.len() / 2).copied().unwrap_or(f64::NAN) })
    })
}

/// Sends so many requests, one after the other.
///
/// # Errors
/// As for [`run`].
pub(super) fn times(address: SocketAddr, count: usize, requests: &Requests<'_>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let left = std::cell::Cell::new(count as u64);
    let next = || {
        let number = left.get().checked_sub(1)?;
        left.set(number);
        Some(requests(number + 1))
    };
    runtime.map_err(|error| error.to_string())?.block_on(connection(address, &next)).map(drop)
}

/// Sends what `next` gives, until it gives nothing, and answers how long each took.
async fn connection(address: SocketAddr, next: &impl Fn() -> Option<Vec<u8>>) -> Result<Vec<f64>, String> {
    let broken = |error: std::io::Error| format!("{address}: {error}");
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut micros = Vec::new();
    let mut open: Option<TcpStream> = None;
    while let Some(request) = next() {
        let began = Instant::now();
        let mut stream = match open.take() {
            Some(stream) => stream,
            None => TcpStream::connect(address).await.map_err(broken)?,
        };
        stream.set_nodelay(true).map_err(broken)?;
        stream.write_all(&request).await.map_err(broken)?;
        let answered = tokio::time::timeout(PATIENCE, answer(&mut stream, &mut buffer)).await;
        let stays = answered.map_err(|_| format!("{address} did not answer within {PATIENCE:?}"))??;
        // Not every server keeps connections open; it pays for that itself.
        open = stays.then_some(stream);
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok(micros)
}

/// Reads one answer to its end. True when the connection stays open for another.
async fn answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<bool, String> {
    let mut held = 0;
    let head = loop {
        let read = stream.read(&mut buffer[held..]).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err("the server closed the connection".to_owned());
        }
        held += read;
        if let Some(head) = parse(&buffer[..held])? {
            break head;
        }
    };
    let mut left = (head.length + head.body).saturating_sub(held);
    while left > 0 {
        let read = stream.read(buffer).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err("the server closed the connection within an answer".to_owned());
        }
        left = left.saturating_sub(read);
    }
    Ok(head.stays)
}

/// What the head of an answer says.
struct AnswerHead {
    /// Its own length.
    length: usize,
    /// That of the body.
    body: usize,
    /// Whether the connection stays open.
    stays: bool,
}

/// Reads a whole head; nothing when it is not whole yet.
fn parse(bytes: &[u8]) -> Result<Option<AnswerHead>, String> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let status = head.split(' ').nth(1);
    if status != Some("200") {
        return Err(format!("not a success: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(1000)])));
    }
    let field = |wanted: &str| {
        let fields = head.lines().filter_map(|line| line.split_once(':'));
        fields
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().to_owned())
            .next_back()
    };
    let body = field("content-length").and_then(|length| length.parse().ok());
    let body = body.ok_or_else(|| "an answer without content-length".to_owned())?;
    let closes = field("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    Ok(Some(AnswerHead { length: end + 4, body, stays: head.starts_with("HTTP/1.1") && !closes }))
}
