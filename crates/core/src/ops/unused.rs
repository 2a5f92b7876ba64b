//! A port that nobody has connected: 90 days after its letter of authorization AWS asks about it, and ten days later it is
//! deleted [guide]. A letter that is handed out again renews the 90 days. Where a port is found unused only when they are
//! over, because it goes dark or loses what it carried, the ten days are counted from then: nobody could have been asked
//! before [inferred].
//!
//! The end is planned as soon as no light arrives, and follows from the rest: light takes it back. What stays is a port that
//! carries something, and a member of a LAG, whose letter is its LAG's [inferred].

use crate::model::connection::{Connection, Phase, Seen};
use crate::model::device::Light;
use crate::model::resiliency_group::GroupAssociation;
use crate::model::virtual_interface::Parent;
use crate::settings::Delay;
use crate::time::{Duration, Timestamp};
use crate::tx::Tx;

/// Which part of the time from the letter to the end is left when AWS asks: ten days of a hundred [guide].
const NOTICE: i64 = 10;

/// Plans anew the ends of the ports that this call has changed, or what is on them.
pub(crate) fn replan(tx: &mut Tx<'_>) {
    for id in tx.touched_ports() {
        let Some(connection) = tx.connection(id).filter(|connection| is_dark(connection) || connection.is_removed())
        else {
            continue;
        };
        let now = tx.now();
        let mut replanned = Connection::clone(&connection);
        replanned.cancel_removal(now);
        let end = if replanned.is_live(now) { end(tx, &replanned) } else { None };
        if let Some(end) = end {
            replanned.phase.push(end, Phase::Deleted);
        }
        if replanned.phase != connection.phase {
            tx.put_connection(replanned);
        }
        leave_group_with(tx, Parent::Connection(id), end);
    }
}

/// Whether no light arrives. A link that is down for want of a MACsec key is connected all the same.
fn is_dark(connection: &Connection) -> bool {
    [connection.light.last().1, connection.device_light.last().1].contains(&Light::Dark)
}

/// When the port is deleted, if nothing is done about it.
fn end(tx: &mut Tx<'_>, connection: &Connection) -> Option<Timestamp> {
    let seen = connection.seen();
    let was_up = seen.iter().any(|(_, state)| state == Seen::Available);
    if was_up || !is_dark(connection) || connection.lag.is_some() || connection.phase.last().1 != Phase::Provisioned {
        return None;
    }
    let port = Parent::Connection(connection.id);
    let interfaces = tx.on_parent(port);
    let hosted = tx.hosted_on(port);
    let ends = interfaces.iter().map(|interface| (interface.phase.last().0, interface.phase.last().1.has_ended()));
    let ends = ends.chain(hosted.iter().map(|hosted| (hosted.phase.last().0, hosted.phase.last().1.has_ended())));
    let left = ends.map(|(at, has_ended)| has_ended.then_some(at)).collect::<Option<Vec<_>>>()?;
    let assigned = seen.iter().find(|(_, state)| *state != Seen::Requested).map(|(at, _)| at)?;
    let letter = connection.loa_issue_time.unwrap_or(assigned);
    let delay = tx.delays().get(Delay::UnusedPort);
    let unused_from = left.into_iter().fold(connection.phase.last().0.max(tx.now()), Timestamp::max);
    let notice = unused_from + Duration(delay.0 / NOTICE);
    // Who has had notice gets no other one.
    let notice = tx.planned_removal(connection.id).map_or(notice, |planned| planned.min(notice));
    Some((letter + delay).max(unused_from).max(notice))
}

/// What is associated with a group leaves it when it ends.
fn leave_group_with(tx: &mut Tx<'_>, port: Parent, end: Option<Timestamp>) {
    let now = tx.now();
    let Some(association) = tx.group_association(port).filter(|association| !association.is_ending(now)) else {
        return;
    };
    let mut replanned = GroupAssociation::clone(&association);
    replanned.keep(now);
    if let Some(end) = end {
        replanned.end_at(end, &tx.delays());
    }
    if replanned.phase != association.phase {
        tx.put_group_association(replanned);
    }
}
