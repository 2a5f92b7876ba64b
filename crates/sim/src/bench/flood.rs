//! Load that comes whether the server keeps up or not, made as cheaply as it can be: requests are signed beforehand,
//! and of an answer only its status, its length and whether it says that there is too much are read.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// What one connection reads at once.
const BUFFER_BYTES: usize = 64 * 1024;
/// How often it is looked how many requests are due.
const TICK: Duration = Duration::from_millis(1);
/// How long a request waits for a free connection before its client gives up.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long answers may take after the load has ended.
const DRAIN: Duration = Duration::from_secs(20);

/// How requests come.
#[derive(Debug, Clone, Copy)]
pub(super) enum Arrivals {
    /// Each connection sends the next one when it has its answer.
    Closed,
    /// So many a second, over whichever connection is free.
    Open(f64),
}

/// What became of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// Answered with a success.
    pub(super) good: u64,
    /// Answered with a ThrottlingException.
    pub(super) throttled: u64,
    /// Answered otherwise: the first one's first bytes.
    pub(super) wrong: Option<String>,
    /// Given up, since no connection was free.
    pub(super) given_up: u64,
    /// How long it lasted.
    pub(super) seconds: f64,
    /// What the load itself took of a core.
    pub(super) own_cpu: f64,
}

impl Outcome {
    /// Successes in a second.
    pub(super) fn goodput(&self) -> f64 {
        self.good as f64 / self.seconds
    }
}

/// What the connections share; all are on one thread.
struct Shared {
    requests: Vec<Vec<u8>>,
    next: Cell<usize>,
    due: RefCell<VecDeque<Instant>>,
    arrived: Notify,
    is_open: bool,
    is_over: Cell<bool>,
    outcome: RefCell<Outcome>,
}

/// Sends `requests` in turn over `connections` connections.
///
/// # Errors
/// A connection broke, or an answer was neither a success nor a refusal to do so much.
pub(super) fn flood(
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    connections: usize,
    arrivals: Arrivals,
    lasting: Duration,
) -> Result<Outcome, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let shared = Rc::new(Shared {
        requests,
        next: Cell::new(0),
        due: RefCell::default(),
        arrived: Notify::new(),
        is_open: matches!(arrivals, Arrivals::Open(_)),
        is_over: Cell::new(false),
        outcome: RefCell::default(),
    });
    let used = cpu_seconds();
    let began = Instant::now();
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let all: Vec<_> =
            (0..connections).map(|_| tokio::task::spawn_local(connection(address, shared.clone()))).collect();
        clock(&shared, arrivals, lasting).await;
        {
            let outcome = &mut *shared.outcome.borrow_mut();
            outcome.seconds = began.elapsed().as_secs_f64();
            outcome.own_cpu = (cpu_seconds() - used) / outcome.seconds;
        }
        let counted = shared.outcome.borrow().clone();
        let drained = tokio::time::timeout(DRAIN, async {
            for one in all {
                one.await.map_err(|error| error.to_string())??;
            }
            Ok::<_, String>(())
        });
        drained.await.map_err(|_| format!("{address} left calls without an answer"))??;
        match shared.outcome.borrow().wrong.clone() {
            Some(wrong) => Err(wrong),
            None => Ok(counted),
        }
    })
}

/// Lets requests become due until the time is over.
async fn clock(shared: &Shared, arrivals: Arrivals, lasting: Duration) {
    let began = Instant::now();
    let mut made = 0;
    while began.elapsed() < lasting {
        tokio::time::sleep(TICK).await;
        let Arrivals::Open(rate) = arrivals else { continue };
        let now = Instant::now();
        let due = &mut *shared.due.borrow_mut();
        while due.front().is_some_and(|since| now - *since > PATIENCE) {
            due.pop_front();
            shared.outcome.borrow_mut().given_up += 1;
        }
        let total = (began.elapsed().as_secs_f64() * rate) as u64;
        for _ in made..total {
            due.push_back(now);
            shared.arrived.notify_one();
        }
        // A notice that nobody waited for is kept once; whoever is free looks for more by itself.
        made = total;
    }
    shared.is_over.set(true);
    shared.arrived.notify_waiters();
}

async fn connection(address: SocketAddr, shared: Rc<Shared>) -> Result<(), String> {
    let broken = |error: std::io::Error| format!("{address}: {error}");
    let mut stream = TcpStream::connect(address).await.map_err(broken)?;
    stream.set_nodelay(true).map_err(broken)?;
    let mut buffer = vec![0; BUFFER_BYTES];
    while !shared.is_over.get() {
        if shared.is_open && shared.due.borrow_mut().pop_front().is_none() {
            shared.arrived.notified().await;
            continue;
        }
        let next = shared.next.get();
        shared.next.set((next + 1) % shared.requests.len());
        stream.write_all(&shared.requests[next]).await.map_err(broken)?;
        let (status, is_throttled) = answer(&mut stream, &mut buffer).await?;
        let outcome = &mut *shared.outcome.borrow_mut();
        match status {
            200 => outcome.good += 1,
            400 if is_throttled => outcome.throttled += 1,
            _ => {
                let text = String::from_utf8_lossy(&buffer[..400]).into_owned();
                outcome.wrong.get_or_insert(text);
            }
        }
    }
    Ok(())
}

/// Reads one answer: its status, and whether it says that there is too much.
async fn answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<(u16, bool), String> {
    let mut held = 0;
    let closed = || "the server closed a connection".to_owned();
    let end = loop {
        let read = stream.read(&mut buffer[held..]).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err(closed());
        }
        held += read;
        if let Some(end) = buffer[..held].windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = &buffer[..end];
    let status = head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok()).unwrap_or_default();
    let name = b"content-length: ";
    let at = head.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name)).ok_or("no content-length")?;
    let digits = head[at + name.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0'));
    let mut left = (end + length).saturating_sub(held);
    let is_throttled = status == 400 && {
        while left > 0 && held < buffer.len() {
            let read = stream.read(&mut buffer[held..]).await.map_err(|error| error.to_string())?;
            held += read;
            left = left.saturating_sub(read.max(usize::from(read == 0) * left));
        }
        buffer[end..held].windows(19).any(|part| part == b"ThrottlingException")
    };
    while left > 0 {
        let read = stream.read(buffer).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err(closed());
        }
        left = left.saturating_sub(read);
    }
    Ok((status, is_throttled))
}

/// What this thread has used of a processor, in seconds.
fn cpu_seconds() -> f64 {
    /// Of the kernel's clock in that file, on every machine that Linux runs on today.
    const TICKS: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}
