//! Steps: what was, what is planned, and what is seen of it.

use super::Lint;
use crate::model::connection::{Change, Connection, Phase, Seen};
use crate::model::lag::{self, Lag};
use crate::steps::{STEPS_MAX, Steps};
use crate::time::Timestamp;
use std::fmt::{Debug, Display};

pub(super) fn check(lint: &mut Lint<'_>) {
    let now = lint.now;
    let past = lint.state.last_commit <= now;
    lint.require(past, "nothing is committed in the future", || format!("{:?} > {now:?}", lint.state.last_commit));
    for c in lint.connections() {
        steps_of_connection(lint, c);
        follows(lint, &c.id, "phases", &c.phase, Phase::may_follow);
        follows(lint, &c.id, "states", &c.seen(), Seen::may_follow);
        history(lint, &c.id, c.created, &c.shown);
        plans_come_to_rest(lint, c);
        device_is_shown(lint, c);
        letter_was_there(lint, c);
    }
    for lag in lint.lags() {
        let seen = lag.seen(&lint.members(lag));
        steps(lint, &lag.id, "phase", &lag.phase);
        steps(lint, &lag.id, "shown", &lag.shown);
        follows(lint, &lag.id, "phases", &lag.phase, lag::Phase::may_follow);
        follows(lint, &lag.id, "states", &seen, lag::Seen::may_follow);
        history(lint, &lag.id, lag.created, &lag.shown);
        lag_rests(lint, lag);
    }
}

/// A letter was handed out in the past, and once the port had been assigned.
fn letter_was_there(lint: &mut Lint<'_>, c: &Connection) {
    let is_past = c.loa_issue_time.is_none_or(|issued| c.created <= issued && issued <= lint.now);
    lint.require(is_past, "letters are of the past", || format!("{}: {:?}", c.id, c.loa_issue_time));
    let is_assigned = c.loa_issue_time.is_none() || c.state(lint.now) != Seen::Requested;
    lint.require(is_assigned, "letters are of assigned ports", || c.id.to_string());
}

fn steps_of_connection(lint: &mut Lint<'_>, c: &Connection) {
    steps(lint, &c.id, "phase", &c.phase);
    steps(lint, &c.id, "change", &c.change);
    steps(lint, &c.id, "light", &c.light);
    steps(lint, &c.id, "device light", &c.device_light);
    steps(lint, &c.id, "encryption", &c.encryption);
    steps(lint, &c.id, "shown", &c.shown);
}

/// Moments never decrease, neighbours differ, and their number is bounded.
pub(super) fn steps<T: Copy + Eq>(lint: &mut Lint<'_>, id: &dyn Display, what: &str, steps: &Steps<T>) {
    let ordered = steps.iter().zip(steps.iter().skip(1)).all(|(one, next)| one.0 <= next.0 && one.1 != next.1);
    lint.require(ordered, "steps are in order", || format!("{what} of {id}"));
    let count = steps.iter().len();
    lint.require(count <= STEPS_MAX, "steps are bounded", || format!("{what} of {id}: {count}"));
}

/// Every value may follow the one before it, intervals without length included.
pub(super) fn follows<T: Copy + Eq + Debug>(
    lint: &mut Lint<'_>,
    id: &dyn Display,
    what: &str,
    steps: &Steps<T>,
    may_follow: impl Fn(T, T) -> bool,
) {
    for ((_, before), (at, after)) in steps.iter().zip(steps.iter().skip(1)) {
        let allowed = may_follow(after, before);
        lint.require(allowed, "states follow the reference", || {
            format!("{what} of {id}: {before:?} → {after:?} at {at:?}")
        });
    }
}

/// What was shown begins with the record, or later where it was cut short, and ends by now.
pub(super) fn history<T: Copy + Eq>(lint: &mut Lint<'_>, id: &dyn Display, created: Timestamp, shown: &Steps<T>) {
    let first = shown.iter().next().map(|(at, _)| at);
    lint.require(first >= Some(created), "history begins with the record", || id.to_string());
    let whole = first == Some(created) || shown.iter().len() == STEPS_MAX;
    lint.require(whole, "history is whole until it is cut", || id.to_string());
    lint.require(shown.last().0 <= lint.now, "history is not of the future", || id.to_string());
    lint.require(created <= lint.now, "records are not made in the future", || id.to_string());
}

/// What is under way ends: a plan leads to a resting state, a change is over.
fn plans_come_to_rest(lint: &mut Lint<'_>, c: &Connection) {
    let rests = matches!(c.phase.last().1, Phase::Provisioned | Phase::Deleted) && c.change.last().1 == Change::None;
    lint.require(rests, "plans come to rest", || c.id.to_string());
    let seen_at_rest = matches!(c.seen().last().1, Seen::Available | Seen::Down | Seen::Deleted);
    lint.require(seen_at_rest, "what is seen comes to rest", || c.id.to_string());
}

/// A port is shown from `pending` on, whatever came later.
fn device_is_shown(lint: &mut Lint<'_>, c: &Connection) {
    let assigned = c
        .seen()
        .iter()
        .any(|(at, seen)| at <= lint.now && matches!(seen, Seen::Pending | Seen::Available | Seen::Down));
    let shown = c.to_wire(c.state(lint.now), lint.now).aws_device_v2.is_some();
    lint.require(shown == assigned, "a port is shown from pending on", || c.id.to_string());
}

/// A LAG that is being deleted will be, and has no members left.
fn lag_rests(lint: &mut Lint<'_>, lag: &Lag) {
    let rests = matches!(lag.phase.last().1, lag::Phase::Live | lag::Phase::Deleted);
    lint.require(rests, "plans come to rest", || lag.id.to_string());
    lint.require(lag.derived_since <= lint.now, "derivation has begun", || lag.id.to_string());
}
