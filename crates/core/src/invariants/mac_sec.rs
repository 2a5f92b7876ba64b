//! MACsec keys: of whom, how many, and where they lead.

use super::Lint;
use super::time::{follows, steps};
use crate::ids::{AccountId, Region};
use crate::model::connection::Connection;
use crate::model::encryption::EncryptionMode;
use crate::model::mac_sec::{KEYS_MAX, Key, KeyState, Keys};
use crate::time::Timestamp;
use std::collections::BTreeSet;
use std::fmt::Display;

pub(super) fn check(lint: &mut Lint<'_>) {
    let now = lint.now;
    // What was deleted without a call has kept its keys, and shows none.
    for c in lint.connections().filter(|c| c.is_live(now) || !c.is_removed()) {
        let may_have = c.mac_sec && c.is_live(lint.now);
        keys(lint, &c.id, &c.keys, (c.owner, c.region), may_have);
        if let Some(far_end) = &c.far_end {
            steps(lint, &c.id, "far end", far_end);
        }
        has_those_of_its_lag(lint, c);
        let mode = (c.encryption.at(lint.now), c.encryption.last().1);
        mode_ends_with_the_keys(lint, &c.id, &c.keys, mode);
    }
    for lag in lint.lags() {
        let may_have = lag.mac_sec && lag.is_live(lint.now);
        keys(lint, &lag.id, &lag.keys, (lag.owner, lag.region), may_have);
        let mode = (lag.encryption_at(lint.now), lag.encryption_at(Timestamp::LAST));
        mode_ends_with_the_keys(lint, &lag.id, &lag.keys, mode);
    }
}

/// A port that must encrypt does not outlive its last key, when that is planned to go; otherwise its mode stays.
fn mode_ends_with_the_keys(
    lint: &mut Lint<'_>,
    id: &dyn Display,
    keys: &Keys,
    (now, last): (EncryptionMode, EncryptionMode),
) {
    let loses_all = now == EncryptionMode::MustEncrypt && keys.planned_end(lint.now).is_some();
    let planned = if loses_all { EncryptionMode::ShouldEncrypt } else { now };
    lint.require(last == planned, "a mode ends with the last key", || format!("{id}: {now:?}, then {last:?}"));
}

/// What has keys was ordered with MACsec and is in use; they are few, each of another name, and have secrets.
fn keys(lint: &mut Lint<'_>, id: &dyn Display, keys: &Keys, at: (AccountId, Region), may_have: bool) {
    let lasting: Vec<&Key> = keys.lasting(lint.now).collect();
    lint.require(may_have || lasting.is_empty(), "keys want MACsec", || id.to_string());
    lint.require(lasting.len() <= KEYS_MAX, "keys are few", || format!("{id} has {}", lasting.len()));
    let names: BTreeSet<_> = keys.iter().map(|key| key.ckn).collect();
    lint.require(names.len() == keys.iter().len(), "keys have names of their own", || id.to_string());
    for key in keys.iter() {
        steps(lint, id, "key", &key.state);
        follows(lint, id, "keys", &key.state, KeyState::may_follow);
        let rests = matches!(key.state.last().1, KeyState::Associated | KeyState::Disassociated);
        lint.require(rests, "plans come to rest", || format!("a key of {id}"));
        let secret = lint.state.mac_sec_secrets.get(&(at.0, at.1, key.ckn)).cloned();
        lint.require(secret.is_some(), "keys have secrets", || format!("{} of {id}", key.ckn));
        let is_ending = secret.is_some_and(|secret| secret.ending.is_some());
        let is_planned = !key.is_lasting(lint.now) || key.planned_end(lint.now).is_some() == is_ending;
        lint.require(is_planned, "keys go with their secrets", || format!("{} of {id}", key.ckn));
    }
}

/// A member has the keys of its LAG; of others it has at most what is on its way out.
fn has_those_of_its_lag(lint: &mut Lint<'_>, member: &Connection) {
    let Some(lag) = member.lag.and_then(|id| lint.state.lags.get(&id)) else { return };
    let now = lint.now;
    let named = |keys: &Keys| -> Vec<_> {
        keys.lasting(now).map(|key| (key.secret.to_string(), key.start_on, key.planned_end(now))).collect()
    };
    let agrees = named(&member.keys) == named(&lag.keys);
    lint.require(agrees, "members have the keys of their LAG", || format!("{} and {}", member.id, lag.id));
}
