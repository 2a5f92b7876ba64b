//! One change, whoever asks for it: a call that was made before gets the answer that was kept, any other is decided, and
//! what nobody can see any more is swept away with it.

use crate::housekeeping::{self, REPLAY_KEPT};
use crate::record::Replay;
use crate::state::State;
use crate::time::Timestamp;
use crate::tx::{Batch, Tx};

/// How many rows that nobody can see any more each accepted change takes away, of each kind.
const SWEEP_LIMIT: usize = 8;

/// A call that its client may repeat: under which name its answer is kept, and how that is written and read.
pub trait Repeat {
    /// A hash of everything that makes it the same call.
    fn name(&self) -> [u8; 32];
    /// What is kept of an answer that was given at `answered`.
    fn seal(&self, answered: Timestamp, body: &[u8]) -> Replay;
    /// The body of a kept answer; nothing where it is not what was kept.
    fn open(&self, kept: &Replay) -> Option<Vec<u8>>;
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed<E> {
    /// It was made before; this was the answer.
    Before(Vec<u8>),
    /// It is made as soon as its batch is committed.
    Now {
        /// The body of the answer.
        body: Vec<u8>,
        /// The ids of what it interrupts.
        interrupts: Vec<String>,
    },
    /// It is not made.
    Refused(E),
}

/// Decides a change: `run` does, unless it was made before. The batch is absent where nothing is written.
pub fn change<'a, E>(
    mut tx: Tx<'a>,
    repeat: Option<&dyn Repeat>,
    run: impl FnOnce(&mut Tx<'a>) -> Result<Vec<u8>, E>,
) -> (Changed<E>, Option<(Batch, State)>) {
    if let Some(body) = repeat.and_then(|call| kept_answer(&mut tx, call)) {
        return (Changed::Before(body), None);
    }
    let body = match run(&mut tx) {
        Ok(body) => body,
        Err(refused) => return (Changed::Refused(refused), None),
    };
    let interrupts = tx.interrupts().to_vec();
    housekeeping::sweep(&mut tx, SWEEP_LIMIT);
    if let Some(call) = repeat {
        let kept = call.seal(tx.system_time(), &body);
        tx.put_replay(kept);
    }
    (Changed::Now { body, interrupts }, tx.finish())
}

/// The answer that this call got before, unless that is too long ago: then the row merely waits to be swept.
fn kept_answer(tx: &mut Tx<'_>, call: &dyn Repeat) -> Option<Vec<u8>> {
    let kept = tx.replay(call.name())?;
    if tx.system_time() < kept.answered + REPLAY_KEPT { call.open(&kept) } else { None }
}
