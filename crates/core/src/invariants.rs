//! What holds of every state that the core may leave behind, whatever was called before.
//!
//! Tests check it after every step. Each rule is a few lines over plain records, and knows nothing of how operations
//! come to their decisions: a rule that asked them would be wrong together with them.

mod bgp;
mod gateways;
mod hosted_connections;
mod lags;
mod mac_sec;
mod plant;
mod records;
mod registry;
mod resiliency_groups;
mod time;
mod virtual_interfaces;

use crate::model::connection::{self, Connection};
use crate::model::lag::Lag;
use crate::state::State;
use crate::time::Timestamp;
use std::sync::Arc;

/// A rule that a state breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name.
    pub name: &'static str,
    /// Which record breaks it, and how.
    pub text: String,
}

/// Everything that is wrong with `state` at `now`.
pub fn check(state: &State, now: Timestamp) -> Vec<Violation> {
    let mut lint = Lint { state, now, found: Vec::new() };
    records::check(&mut lint);
    bgp::check(&mut lint);
    gateways::check(&mut lint);
    hosted_connections::check(&mut lint);
    lags::check(&mut lint);
    mac_sec::check(&mut lint);
    plant::check(&mut lint);
    registry::check(&mut lint);
    resiliency_groups::check(&mut lint);
    time::check(&mut lint);
    virtual_interfaces::check(&mut lint);
    lint.found
}

/// A state under inspection.
struct Lint<'a> {
    state: &'a State,
    now: Timestamp,
    found: Vec<Violation>,
}

impl<'a> Lint<'a> {
    /// One rule: what must hold, and what is said when it does not.
    fn require(&mut self, holds: bool, name: &'static str, text: impl FnOnce() -> String) {
        if !holds {
            self.found.push(Violation { name, text: text() });
        }
    }

    fn connections(&self) -> impl Iterator<Item = &'a Arc<Connection>> + use<'a> {
        self.state.connections.values()
    }

    /// Those that hold a port: all but the deleted.
    fn holders(&self) -> impl Iterator<Item = &'a Arc<Connection>> + use<'a> {
        let now = self.now;
        self.connections().filter(move |connection| connection.phase.at(now) != connection::Phase::Deleted)
    }

    fn lags(&self) -> impl Iterator<Item = &'a Arc<Lag>> + use<'a> {
        self.state.lags.values()
    }

    /// The connections that name a LAG, found without the index.
    fn members(&self, lag: &Lag) -> Vec<Arc<Connection>> {
        self.connections().filter(|connection| connection.lag == Some(lag.id)).cloned().collect()
    }
}
