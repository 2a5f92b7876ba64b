//! LAGs and their members.

use super::Lint;
use crate::model::connection::Connection;
use crate::model::encryption::EncryptionMode;
use crate::model::lag::Lag;
use crate::time::Timestamp;
use std::collections::BTreeMap;

pub(super) fn check(lint: &mut Lint<'_>) {
    for connection in lint.connections() {
        let Some(id) = connection.lag else { continue };
        lint.require(connection.is_live(lint.now), "members are live", || format!("{} in {id}", connection.id));
        match lint.state.lags.get(&id) {
            Some(lag) => member_agrees(lint, connection, lag),
            None => lint.require(false, "members name a LAG that exists", || format!("{} names {id}", connection.id)),
        }
    }
    for lag in lint.lags() {
        size(lint, lag);
    }
    billing_is_not_mixed(lint);
    encryption_wants_mac_sec(lint);
}

/// A member is the LAG's in everything that a LAG has one of.
fn member_agrees(lint: &mut Lint<'_>, member: &Connection, lag: &Lag) {
    let modes = [member.encryption.at(lint.now), member.encryption.last().1];
    let agreements = [
        ("owner", member.owner == lag.owner),
        ("Region", member.region == lag.region),
        ("location", member.location == lag.location),
        ("device", member.port.device == lag.device),
        ("bandwidth", member.bandwidth == lag.bandwidth),
        ("MACsec", member.mac_sec == lag.mac_sec),
        ("billing", member.billing == lag.billing),
        ("kind", member.is_interconnect() == lag.allows_hosted),
        ("encryption mode", modes == [lint.now, Timestamp::LAST].map(|at| lag.encryption_at(at))),
        ("life", lag.is_live(lint.now)),
    ];
    for (what, agrees) in agreements {
        lint.require(agrees, "members agree with their LAG", || format!("{} and {} in {what}", member.id, lag.id));
    }
}

/// A LAG has no more members than its speed allows, and no fewer than its minimum links, unless it is empty.
fn size(lint: &mut Lint<'_>, lag: &Lag) {
    let members = lint.members(lag).len();
    let (most, least) = (lag.bandwidth.lag_members_max(), usize::from(lag.minimum_links));
    lint.require(members <= most, "LAGs are not too large", || format!("{} has {members} of {most}", lag.id));
    let enough = members == 0 || members >= least;
    lint.require(enough, "minimum links are no more than members", || format!("{}: {members} < {least}", lag.id));
}

/// All live dedicated connections of an account at a location are at a flat rate, or none is; interconnects never are.
fn billing_is_not_mixed(lint: &mut Lint<'_>) {
    let mut rates = BTreeMap::new();
    let now = lint.now;
    for c in lint.connections().filter(|c| c.is_interconnect()) {
        lint.require(!c.billing.is_flat_rate(), "interconnects are paid as they go", || c.id.to_string());
    }
    for c in lint.connections().filter(|c| c.is_live(now) && !c.is_interconnect()) {
        let rate = *rates.entry((c.owner, c.region, c.location)).or_insert(c.billing.is_flat_rate());
        let alike = rate == c.billing.is_flat_rate();
        lint.require(alike, "billing is not mixed at a location", || format!("{} at {}", c.id, c.location));
    }
}

/// What was not ordered with MACsec never encrypts.
fn encryption_wants_mac_sec(lint: &mut Lint<'_>) {
    let clear = EncryptionMode::NoEncrypt;
    for c in lint.connections().filter(|c| !c.mac_sec) {
        let never = c.encryption.iter().all(|(_, mode)| mode == clear);
        lint.require(never, "encryption wants MACsec", || c.id.to_string());
    }
    for lag in lint.lags().filter(|lag| !lag.mac_sec) {
        lint.require(lag.encryption == clear, "encryption wants MACsec", || lag.id.to_string());
    }
}
