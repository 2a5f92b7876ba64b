//! Port pairs: two ports at one flat rate, on different devices and in one resiliency group, that pay less together
//! [guide]. Nobody makes a pair: which ports are in one follows from what is in the group. Only when one breaks is it
//! kept that its ports are billed as a pair until the hour ends.

use crate::ids::{DeviceId, ResiliencyGroupId};
use crate::model::bandwidth::Bandwidth;
use crate::model::billing::{self, BillingMode};
use crate::model::resiliency_group::GroupAssociation;
use crate::model::virtual_interface::Parent;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::collections::BTreeMap;

/// What two ports have alike to be a pair.
type Terms = (BillingMode, Bandwidth);

/// How a connection or LAG that has `mode` is paid for, as answers show it.
pub(super) fn shown(tx: &mut Tx<'_>, port: Parent, mode: BillingMode) -> shapes::BillingMode {
    if !mode.is_flat_rate() {
        return mode.to_wire();
    }
    let Some(association) = tx.group_association(port) else {
        return mode.to_wire();
    };
    let is_kept = association.paired_until.is_some_and(|until| tx.now() < until);
    let is_paired = is_kept || (association.is_associated(tx.now()) && paired(tx, association.group).contains(&port));
    if is_paired { mode.paired_to_wire() } else { mode.to_wire() }
}

/// Keeps what is paired in the group of `port` until the hour ends, since a pair may be about to break.
// INVARIANT: called before a call changes what pairs follow from: rates, members, associations.
pub(super) fn keep(tx: &mut Tx<'_>, port: Parent) {
    let now = tx.now();
    let Some(association) = tx.group_association(port).filter(|association| association.is_associated(now)) else {
        return;
    };
    for port in paired(tx, association.group) {
        let mut kept = GroupAssociation::clone(&tx.group_association(port).expect("it was found by its association"));
        kept.paired_until = Some(billing::next_billing_hour(now));
        tx.put_group_association(kept);
    }
}

/// The rate of `port` is about to change: what it had as one of a pair ends now, for the other when the hour does.
pub(super) fn end_with(tx: &mut Tx<'_>, port: Parent) {
    keep(tx, port);
    if let Some(association) = tx.group_association(port).filter(|association| association.paired_until.is_some()) {
        tx.put_group_association(GroupAssociation { paired_until: None, ..GroupAssociation::clone(&association) });
    }
}

/// Takes a connection or LAG that ends, or joins a LAG, out of the group that it is in.
pub(super) fn leave_group(tx: &mut Tx<'_>, port: Parent) {
    let now = tx.now();
    if tx.group_association(port).is_none_or(|association| association.is_ending(now)) {
        return;
    }
    keep(tx, port);
    let delays = tx.delays();
    let mut ended = GroupAssociation::clone(&tx.group_association(port).expect("it was just there"));
    ended.end(now, &delays);
    tx.put_group_association(ended);
}

/// The ports of a group that are in pairs. As many as possible are; where one is left over, it is the last that came.
fn paired(tx: &mut Tx<'_>, group: ResiliencyGroupId) -> Vec<Parent> {
    let mut alike: BTreeMap<Terms, Vec<(Parent, DeviceId)>> = BTreeMap::new();
    for association in tx.group_associations(group) {
        let offered = if association.is_associated(tx.now()) { terms(tx, association.port) } else { None };
        if let Some((terms, device)) = offered {
            alike.entry(terms).or_default().push((association.port, device));
        }
    }
    alike.into_values().flat_map(most_pairs).collect()
}

/// The rate, speed and device of a port that can be one of a pair: it is at a flat rate. A LAG counts as one port while
/// it has members.
fn terms(tx: &mut Tx<'_>, port: Parent) -> Option<(Terms, DeviceId)> {
    let (terms, device) = match port {
        Parent::Connection(id) => {
            let connection = tx.connection(id)?;
            ((connection.billing, connection.bandwidth), connection.device())
        }
        Parent::Lag(id) => {
            let has_members = !tx.members(id).is_empty();
            let lag = tx.lag(id).filter(|_| has_members)?;
            ((lag.billing, lag.bandwidth), lag.device())
        }
        // It has no billing mode of its own [model].
        Parent::Hosted(_) => return None,
    };
    terms.0.is_flat_rate().then_some((terms, device))
}

/// Of ports in the order in which they came, those that are in pairs when every pair has two devices and there are as
/// many pairs as can be. Whoever comes later takes nobody's place.
fn most_pairs(ports: Vec<(Parent, DeviceId)>) -> Vec<Parent> {
    let mut counts: BTreeMap<DeviceId, usize> = BTreeMap::new();
    ports.iter().for_each(|port| *counts.entry(port.1).or_default() += 1);
    let Some((largest, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return Vec::new() };
    let total = ports.len();
    let others = total - count;
    if count <= others {
        // No device has more than half: all are paired, but for the last of an odd number.
        return ports.iter().take(total / 2 * 2).map(|port| port.0).collect();
    }
    let mut left = others;
    let has_partner = |port: &&(Parent, DeviceId)| {
        let is_first = port.1 == largest && left > 0;
        left -= usize::from(is_first);
        port.1 != largest || is_first
    };
    ports.iter().filter(has_partner).map(|port| port.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ConnectionId, LocationCode, Region};

    /// Ports on devices named by digits, in their order; those paired, by their places.
    fn paired_places(devices: &str) -> Vec<usize> {
        let mut next = 0_u8;
        let mut draw = |bytes: &mut [u8]| {
            next = next.wrapping_add(1);
            bytes.fill(next);
        };
        let (region, location) = (Region::new("us-east-1").unwrap(), LocationCode::new("EqDC2").unwrap());
        let device = |digit: char| DeviceId { region, location, number: digit.to_digit(10).unwrap() as u16 };
        let ports: Vec<_> =
            devices.chars().map(|digit| (Parent::Connection(ConnectionId::draw(&mut draw)), device(digit))).collect();
        let paired = most_pairs(ports.clone());
        (0..ports.len()).filter(|at| paired.contains(&ports[*at].0)).collect()
    }

    #[test]
    fn as_many_pairs_as_can_be_and_the_first_come_first() {
        for (devices, places) in [
            ("", vec![]),
            ("1", vec![]),
            ("11", vec![]),
            ("12", vec![0, 1]),
            ("112", vec![0, 2]),
            ("123", vec![0, 1]),
            ("1122", vec![0, 1, 2, 3]),
            ("1112", vec![0, 3]),
            ("11123", vec![0, 1, 3, 4]),
            ("11223", vec![0, 1, 2, 3]),
            ("111122", vec![0, 1, 4, 5]),
        ] {
            assert_eq!(paired_places(devices), places, "{devices}");
        }
    }
}
