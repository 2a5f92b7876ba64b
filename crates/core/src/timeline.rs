//! What was seen of a resource since when, and what comes next.

use crate::ids::{ConnectionId, LagId};
use crate::state::State;
use crate::time::Timestamp;
use crate::tx::members;
use std::sync::Arc;

/// A state and since when it is or will be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Since when.
    pub at: Timestamp,
    /// The state, as the wire spells it.
    pub state: &'static str,
}

/// History and forecast of a connection or LAG; `None` for an id that names neither.
pub fn timeline(state: &State, id: &str) -> Option<Vec<Moment>> {
    if let Some(connection) = ConnectionId::parse(id).ok().flatten().and_then(|id| state.connections.get(&id)) {
        let seen = connection.seen();
        return Some(seen.iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect());
    }
    let lag = LagId::parse(id).ok().flatten().and_then(|id| state.lags.get(&id))?;
    let members: Vec<_> = members(state, lag.id).map(Arc::clone).collect();
    Some(lag.seen(&members).iter().map(|(at, state)| Moment { at, state: state.to_wire().as_str() }).collect())
}
