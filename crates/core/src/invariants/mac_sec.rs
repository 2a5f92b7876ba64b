//! MACsec keys: of whom, how many, and where they lead.

use super::Lint;
use super::time::{follows, steps};
use crate::ids::{AccountId, Region};
use crate::model::connection::Connection;
use crate::model::mac_sec::{KEYS_MAX, Key, KeyState, Keys};
use crate::record::Key as Row;
use std::collections::BTreeSet;
use std::fmt::Display;

pub(super) fn check(lint: &mut Lint<'_>) {
    for c in lint.connections() {
        let may_have = c.mac_sec && c.is_live(lint.now);
        keys(lint, &c.id, &c.keys, (c.owner, c.region), may_have);
        if let Some(far_end) = &c.far_end {
            steps(lint, &c.id, "far end", far_end);
        }
        has_those_of_its_lag(lint, c);
    }
    for lag in lint.lags() {
        let may_have = lag.mac_sec && lag.is_live(lint.now);
        keys(lint, &lag.id, &lag.keys, (lag.owner, lag.region), may_have);
    }
}

/// What has keys was ordered with MACsec and is in use; they are few, each of another name, and have secrets.
fn keys(lint: &mut Lint<'_>, id: &dyn Display, keys: &Keys, at: (AccountId, Region), may_have: bool) {
    let lasting: Vec<&Key> = keys.lasting().collect();
    lint.require(may_have || lasting.is_empty(), "keys want MACsec", || id.to_string());
    lint.require(lasting.len() <= KEYS_MAX, "keys are few", || format!("{id} has {}", lasting.len()));
    let names: BTreeSet<_> = keys.iter().map(|key| key.ckn).collect();
    lint.require(names.len() == keys.iter().len(), "keys have names of their own", || id.to_string());
    for key in keys.iter() {
        steps(lint, id, "key", &key.state);
        follows(lint, id, "keys", &key.state, KeyState::may_follow);
        let rests = key.is_lasting() || key.state.last().1 == KeyState::Disassociated;
        lint.require(rests, "plans come to rest", || format!("a key of {id}"));
        let has_secret = lint.state.get(&Row::MacSecSecret(at.0, at.1, key.ckn)).is_some();
        lint.require(has_secret, "keys have secrets", || format!("{} of {id}", key.ckn));
    }
}

/// A member has the keys of its LAG; of others it has at most what is on its way out.
fn has_those_of_its_lag(lint: &mut Lint<'_>, member: &Connection) {
    let Some(lag) = member.lag.and_then(|id| lint.state.lags.get(&id)) else { return };
    fn named(keys: &Keys) -> Vec<(String, crate::time::Timestamp)> {
        keys.lasting().map(|key| (key.secret.to_string(), key.start_on)).collect()
    }
    let agrees = named(&member.keys) == named(&lag.keys);
    lint.require(agrees, "members have the keys of their LAG", || format!("{} and {}", member.id, lag.id));
}
