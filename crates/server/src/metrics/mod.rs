//! What the server counts: requests, answers, times, groups.
//!
//! Counting is a few atomic additions: no lock, no allocation, and no label that a client could invent. What is read
//! rarely is worked out when somebody asks for the figures.

mod audit;
mod exposition;
mod histogram;

pub(crate) use exposition::Exposition;

use crate::sts::Action;
use crossconnect_api::Operation;
use crossconnect_store::Commit;
use crossconnect_wire::Protocol;
use histogram::Histogram;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Times of answers, in microseconds.
const ANSWER_MICROS: &[u64] = &[
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000,
];
/// Times of the engine's commits, in microseconds.
const COMMIT_MICROS: &[u64] =
    &[50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000];
/// Jobs of a group.
const GROUP_JOBS: &[u64] = &[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/// What was asked, as far as labels tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// An operation of the API.
    Operation(Operation),
    /// STS.
    Sts(Action),
    /// The operator's control API.
    Control,
    /// What no operation could be read from.
    Unknown,
}

/// In which form it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Cbor,
    Query,
    Control,
}

/// The names of forms, by their numbers.
const FORMS: [&str; 4] = ["json", "cbor", "query", "control"];

/// Outcomes that are told apart; each with STS's name for it, if that is another one.
const OUTCOMES: [(&str, &str); 20] = [
    ("ok", ""),
    ("DirectConnectClientException", ""),
    ("DirectConnectServerException", ""),
    ("DuplicateTagKeysException", ""),
    ("LimitExceededException", ""),
    ("TooManyTagsException", ""),
    ("UnknownOperationException", "InvalidAction"),
    ("SerializationException", "MissingAction"),
    ("UnsupportedMediaTypeException", "UnsupportedMediaType"),
    ("RequestEntityTooLargeException", "RequestEntityTooLarge"),
    ("InternalFailure", ""),
    ("ThrottlingException", "Throttling"),
    ("MissingAuthenticationTokenException", "MissingAuthenticationToken"),
    ("IncompleteSignatureException", "IncompleteSignature"),
    ("InvalidSignatureException", "SignatureDoesNotMatch"),
    ("UnrecognizedClientException", "InvalidClientTokenId"),
    ("ExpiredTokenException", "ExpiredToken"),
    ("AccessDeniedException", "AccessDenied"),
    ("Unauthorized", ""),
    ("other", ""),
];
/// Those that refuse a caller.
const AUTH: std::ops::RangeInclusive<usize> = 12..=18;
const OTHER: usize = OUTCOMES.len() - 1;

/// How often one thing was asked, and how long it took.
#[derive(Debug)]
struct Count {
    outcomes: [[AtomicU64; OUTCOMES.len()]; FORMS.len()],
    micros: Histogram,
}

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// By [`Asked::index`].
    counts: Box<[Count]>,
    group_jobs: Histogram,
    commit_micros: Histogram,
    replays: AtomicU64,
    crowded: AtomicU64,
}

/// What is neither an operation of the API nor an action of STS.
const OTHERS: [&str; 2] = ["control", "unknown"];

impl Asked {
    const COUNT: usize = Operation::ALL.len() + Action::ALL.len() + OTHERS.len();

    fn index(self) -> usize {
        match self {
            Asked::Operation(operation) => operation as usize,
            Asked::Sts(action) => Operation::ALL.len() + action as usize,
            Asked::Control => Operation::ALL.len() + Action::ALL.len(),
            Asked::Unknown => Operation::ALL.len() + Action::ALL.len() + 1,
        }
    }

    fn name(index: usize) -> &'static str {
        let names = Operation::ALL.iter().map(|operation| operation.name()).chain(Action::ALL.map(Action::name));
        names.chain(OTHERS).nth(index).expect("an index is less than the count")
    }
}

impl From<Protocol> for Form {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Json => Form::Json,
            Protocol::Cbor => Form::Cbor,
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let count = || Count { outcomes: Default::default(), micros: Histogram::new(ANSWER_MICROS) };
        Metrics {
            counts: std::iter::repeat_with(count).take(Asked::COUNT).collect(),
            group_jobs: Histogram::new(GROUP_JOBS),
            commit_micros: Histogram::new(COMMIT_MICROS),
            replays: AtomicU64::new(0),
            crowded: AtomicU64::new(0),
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, asked: Asked, form: Form, outcome: &str, took: Duration) {
        let count = &self.counts[asked.index()];
        count.outcomes[form as usize][index(outcome)].fetch_add(1, Relaxed);
        count.micros.add(micros(took));
    }

    /// Counts a group of the writer's.
    pub(crate) fn committed(&self, commit: &Commit<'_>) {
        self.group_jobs.add(commit.jobs as u64);
        self.commit_took(commit.took);
    }

    /// Counts how long a commit took.
    pub(crate) fn commit_took(&self, took: Duration) {
        self.commit_micros.add(micros(took));
    }

    /// Counts a connection that was closed at once.
    pub(crate) fn crowded(&self) {
        self.crowded.fetch_add(1, Relaxed);
    }

    /// Counts a call that got the answer that it had before.
    pub(crate) fn replayed(&self) {
        self.replays.fetch_add(1, Relaxed);
    }
}

fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

/// The number of an outcome. Almost all are the first.
fn index(outcome: &str) -> usize {
    OUTCOMES.iter().position(|(name, alias)| *name == outcome || *alias == outcome).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_count_of_its_own() {
        for (index, operation) in Operation::ALL.iter().enumerate() {
            assert_eq!(Asked::Operation(*operation).index(), index);
            assert_eq!(Asked::name(index), operation.name());
        }
        assert_eq!(Asked::name(Asked::Unknown.index()), "unknown");
    }

    #[test]
    fn every_exception_of_the_service_is_told_apart() {
        for exception in crossconnect_api::Exception::ALL {
            assert_ne!(index(exception.name()), OTHER, "{}", exception.name());
        }
        assert_eq!(index("NotFound"), OTHER);
        let refused = ["MissingAuthenticationToken", "SignatureDoesNotMatch", "ExpiredToken", "AccessDenied"];
        assert!(refused.iter().all(|name| AUTH.contains(&index(name))));
    }
}
