//! Sweeping: rows that no answer can show any more are taken away, a few at a time. It changes nothing that a caller sees.

use crate::model::client_token::TOKEN_KEPT;
use crate::model::failover_test::HISTORY;
use crate::settings::Delay;
use crate::state::Shelf;
use crate::time::Duration;
use crate::tx::Tx;

/// How long the answer of an accepted write is kept for clients that repeat the call, by the wall clock.
pub const REPLAY_KEPT: Duration = Duration::from_seconds(15 * 60);
/// How many such answers are kept at most.
pub const REPLAYS_MAX: usize = 10_000;

/// Takes away at most `limit` records whose retention is over, and as many kept answers that have expired.
pub fn sweep(tx: &mut Tx<'_>, limit: usize) {
    let delays = tx.delays();
    let shelves = [
        (Shelf::Usual, delays.get(Delay::Retention)),
        (Shelf::Proposals, delays.get(Delay::ProposalRetention)),
        (Shelf::FailoverTests, HISTORY),
        (Shelf::ClientTokens, TOKEN_KEPT),
    ];
    let mut dead = Vec::new();
    for (shelf, retention) in shelves {
        dead.extend(tx.ended_before(shelf, tx.now() - retention, limit));
    }
    dead.extend(tx.replays_before(tx.system_time() - REPLAY_KEPT, REPLAYS_MAX, limit));
    for key in dead {
        tx.sweep(key);
    }
}
