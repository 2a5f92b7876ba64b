//! Hostile inputs by the million: for everything that reads a stranger's bytes, and for what reads a store's.
//!
//! Sound inputs are made from the API's schema and from a service under random calls, then changed, byte by byte and
//! part by part. A seed and a number decide an input, whatever the count of threads, so that a run can be repeated.
//! What is found is kept under `corpus/`, which the tests try again.

mod bodies;
mod document;
mod forms;
mod heads;
mod ledger;
mod message;
mod mutation;
mod policies;
mod records;
mod samples;
mod tokens;
mod wire_bytes;

pub use ledger::{Count, Ledger};
pub use wire_bytes::{Answered, assault};

use crate::Random;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once};

/// How many inputs are drawn from one seed of their own.
const CHUNK: u64 = 512;
/// How many inputs come of one sound one.
const FROM_ONE: u64 = 8;
/// More findings than this of one target end its run.
const FINDINGS_MAX: usize = 20;
/// What this process may have asked the system for at most, in KiB: a length that is believed would ask for more.
const MEMORY_MAX_KIB: u64 = 4 << 20;

/// Something that reads bytes.
trait Target {
    /// Writes a sound input into `out`, which is empty; answers how many of its first bytes are to stay as they are.
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize;

    /// Words that mean something to it.
    fn dictionary(&self) -> &'static [&'static [u8]];

    /// Reads an input; whether it was accepted.
    ///
    /// # Errors
    /// What does not hold that must hold of every input.
    fn check(&mut self, input: &[u8]) -> Result<bool, String>;
}

/// What can be fuzzed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "their names are told by `Kind::name`")]
pub enum Kind {
    Json,
    Cbor,
    Protocols,
    Route,
    Signature,
    Page,
    Form,
    Session,
    Policy,
    Control,
    Ec2,
    Record,
}

impl Kind {
    /// Every one.
    pub const ALL: [Kind; 12] = [
        Kind::Json,
        Kind::Cbor,
        Kind::Protocols,
        Kind::Route,
        Kind::Signature,
        Kind::Page,
        Kind::Form,
        Kind::Session,
        Kind::Policy,
        Kind::Control,
        Kind::Ec2,
        Kind::Record,
    ];

    /// Its name on the command line and in the record of runs.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Json => "json",
            Kind::Cbor => "cbor",
            Kind::Protocols => "protocols",
            Kind::Route => "route",
            Kind::Signature => "signature",
            Kind::Page => "page",
            Kind::Form => "form",
            Kind::Session => "session",
            Kind::Policy => "policy",
            Kind::Control => "control",
            Kind::Ec2 => "ec2",
            Kind::Record => "record",
        }
    }

    /// What it tries, for people.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Json => "bodies in AWS JSON 1.1; what is accepted survives a round trip in both protocols",
            Kind::Cbor => "bodies in Smithy RPC v2 CBOR; the same",
            Kind::Protocols => "one value in both protocols: the same request, or the same refusal",
            Kind::Route => "heads of requests, on their way to an operation",
            Kind::Signature => "signatures in headers and in addresses; whatever can be signed verifies",
            Kind::Page => "tokens of pages, in lists of a service under way",
            Kind::Form => "forms of STS",
            Kind::Session => "session tokens; no other one opens",
            Kind::Policy => "policies of principals and of roles, and what they decide",
            Kind::Control => "bodies of the control API",
            Kind::Ec2 => "answers of an EC2 endpoint",
            Kind::Record => "stored keys and records, as a damaged store may hold them",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn target(self) -> Box<dyn Target> {
        match self {
            Kind::Json => Box::new(bodies::json()),
            Kind::Cbor => Box::new(bodies::cbor()),
            Kind::Protocols => Box::new(bodies::Protocols),
            Kind::Route => Box::new(heads::Routes),
            Kind::Signature => Box::new(heads::Signatures::new()),
            Kind::Page => Box::new(tokens::Pages),
            Kind::Form => Box::new(forms::Forms),
            Kind::Session => Box::new(tokens::SessionTokens::new()),
            Kind::Policy => Box::new(policies::Policies),
            Kind::Control => Box::new(forms::Control),
            Kind::Ec2 => Box::new(forms::Ec2),
            Kind::Record => Box::new(records::Records),
        }
    }
}

/// An input that is not dealt with as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What read it.
    pub kind: Kind,
    /// The input.
    pub input: Vec<u8>,
    /// What is wrong.
    pub text: String,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many inputs were tried.
    pub inputs: u64,
    /// How many of them were accepted.
    pub accepted: u64,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Tries at least `inputs` inputs that follow from `seed`, on as many threads; `progress` is told how many are done.
///
/// # Errors
/// The process has asked for more memory than such inputs may cost.
pub fn run(
    kind: Kind,
    inputs: u64,
    seed: u64,
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Outcome, String> {
    be_quiet_about_panics();
    let chunks = inputs.div_ceil(CHUNK);
    let (next, accepted) = (AtomicU64::new(0), AtomicU64::new(0));
    let findings = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut target = kind.target();
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    if chunk >= chunks || findings.lock().expect("no thread panics with it").len() >= FINDINGS_MAX {
                        return;
                    }
                    let mut found = Vec::new();
                    let count = run_chunk(kind, &mut *target, seed, chunk, &mut found);
                    accepted.fetch_add(count, Ordering::Relaxed);
                    if !found.is_empty() {
                        findings.lock().expect("no thread panics with it").append(&mut found);
                        // Whatever state the panic left it in.
                        target = kind.target();
                    }
                    progress(CHUNK);
                }
            });
        }
    });
    let findings = findings.into_inner().expect("no thread panics with it");
    let done = next.into_inner().min(chunks) * CHUNK;
    require_modest_memory()?;
    Ok(Outcome { inputs: done, accepted: accepted.into_inner(), findings })
}

/// Tries the inputs of one chunk; how many were accepted.
fn run_chunk(kind: Kind, target: &mut dyn Target, seed: u64, chunk: u64, found: &mut Vec<Finding>) -> u64 {
    let mut random = Random::new(seed ^ (kind as u64 + 1).wrapping_mul(0xa076_1d64_78bd_642f) ^ chunk.rotate_left(32));
    let dictionary = target.dictionary();
    let (mut sound, mut other, mut input) = (Vec::new(), Vec::new(), Vec::new());
    let (mut fixed, mut accepted) = (0, 0);
    for number in 0..CHUNK {
        if number % FROM_ONE == 0 {
            std::mem::swap(&mut sound, &mut other);
            sound.clear();
            fixed = target.sample(&mut random, &mut sound);
        }
        input.clear();
        input.extend_from_slice(&sound);
        for _ in 0..mutation::how_many(&mut random) {
            mutation::mutate(&mut random, &mut input, fixed, dictionary, &other);
        }
        match try_one(target, &input) {
            Ok(is_accepted) => accepted += u64::from(is_accepted),
            Err(text) => found.push(Finding { kind, input: input.clone(), text }),
        }
    }
    accepted
}

/// Tries one input; a panic is an error like another.
fn try_one(target: &mut dyn Target, input: &[u8]) -> Result<bool, String> {
    IS_TRYING.set(true);
    let tried = catch_unwind(AssertUnwindSafe(|| target.check(input)));
    IS_TRYING.set(false);
    match tried {
        Ok(checked) => checked,
        Err(_) => Err(format!("panicked {}", LAST_PANIC.take())),
    }
}

/// Tries an input again that a file keeps.
///
/// # Errors
/// What is wrong with how it is dealt with.
pub fn replay(kind: Kind, input: &[u8]) -> Result<bool, String> {
    be_quiet_about_panics();
    try_one(&mut *kind.target(), input)
}

thread_local! {
    /// Whether this thread tries an input.
    static IS_TRYING: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic of this thread was, and what it said.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A panic of what is tried is a finding, told with its input. Others are told as ever.
fn be_quiet_about_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_TRYING.get() {
                return told(panic);
            }
            let place = panic.location().map_or_else(|| "somewhere".to_owned(), ToString::to_string);
            let payload = panic.payload();
            let text = payload.downcast_ref::<&str>().copied();
            let text =
                text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a text");
            LAST_PANIC.set(format!("at {place}: {text}"));
        }));
    });
}

/// An allocation that is never touched counts, too: it is what a declared length would make.
fn require_modest_memory() -> Result<(), String> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmPeak:")?.trim().strip_suffix("kB"));
    match peak.and_then(|kib| kib.trim().parse::<u64>().ok()) {
        Some(kib) if kib > MEMORY_MAX_KIB => {
            Err(format!("{kib} KiB were asked for, expected at most {MEMORY_MAX_KIB}"))
        }
        _ => Ok(()),
    }
}

/// Where findings are kept.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The inputs that are kept of a kind, each with its file.
///
/// # Errors
/// They cannot be read.
pub fn kept(kind: Kind) -> std::io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let folder = corpus().join(kind.name());
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(&path).map(|input| (path, input))).collect()
}

/// Keeps a finding; in which file.
///
/// # Errors
/// It cannot be written.
pub fn keep(finding: &Finding) -> std::io::Result<PathBuf> {
    use sha2::{Digest, Sha256};
    let folder = corpus().join(finding.kind.name());
    std::fs::create_dir_all(&folder)?;
    let hash = Sha256::digest(&finding.input);
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let path = folder.join(name);
    std::fs::write(&path, &finding.input)?;
    Ok(path)
}
