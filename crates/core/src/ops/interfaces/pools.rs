//! Prefix pools: what connections, LAGs and Direct Connect gateways have for the virtual interfaces on them.

use crate::ids::{LagId, Uuid};
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::{Connection, Phase};
use crate::model::virtual_interface::{Parent, VirtualInterface};
use crate::ops::require;
use crate::prefix::Family;
use crate::rejection::VirtualInterfaceRejection;
use crate::settings::Quota;
use crate::tx::Tx;
use std::sync::Arc;

/// Prefixes of each family that an interface gets when none are asked for [guide].
pub(in crate::ops) const DEFAULT: u16 = 100;

/// Prefixes of IPv4 and IPv6.
pub(in crate::ops) type Counts = [usize; 2];

const FAMILIES: [Family; 2] = [Family::Ipv4, Family::Ipv6];

/// What an interface takes of the pools. Both families count, whether it has a peer of each or not [inferred].
pub(in crate::ops) fn taken_by(interface: &VirtualInterface) -> Counts {
    if interface.kind.has_prefix_pool() {
        [interface.prefixes_ipv4.into(), interface.prefixes_ipv6.into()]
    } else {
        [0, 0]
    }
}

/// What several interfaces take together.
pub(in crate::ops) fn taken(interfaces: &[Arc<VirtualInterface>]) -> Counts {
    let counts = interfaces.iter().map(|interface| taken_by(interface));
    counts.fold([0, 0], |sum, one| [sum[0] + one[0], sum[1] + one[1]])
}

/// How many prefixes of each family a connection or LAG has. A LAG has those of its members that are in service; light
/// does not matter.
pub(in crate::ops) fn size(tx: &mut Tx<'_>, parent: Parent) -> usize {
    match parent {
        Parent::Connection(id) => match tx.connection(id) {
            Some(connection) => of_port(tx, connection.bandwidth),
            None => 0,
        },
        Parent::Lag(id) => {
            let Some(lag) = tx.lag(id) else { return 0 };
            let members = tx.members(id);
            active(tx, &members) * of_port(tx, lag.bandwidth)
        }
        // What is allocated on a hosted connection touches no pool of a port [guide].
        Parent::Hosted(_) => usize::MAX,
    }
}

fn active(tx: &Tx<'_>, members: &[Arc<Connection>]) -> usize {
    members.iter().filter(|member| is_active(tx, member)).count()
}

fn is_active(tx: &Tx<'_>, member: &Connection) -> bool {
    member.phase.at(tx.now()) == Phase::Provisioned
}

/// How many one port of this speed has.
pub(in crate::ops) fn of_port(tx: &mut Tx<'_>, bandwidth: Bandwidth) -> usize {
    tx.quota(match bandwidth {
        Bandwidth::Gbps1 => Quota::PrefixPool1gbps,
        Bandwidth::Gbps10 => Quota::PrefixPool10gbps,
        Bandwidth::Gbps100 => Quota::PrefixPool100gbps,
        Bandwidth::Gbps400 => Quota::PrefixPool400gbps,
    })
}

/// A connection or LAG has `more` left beside what `others` on it take; what nobody asks more of is not looked at.
pub(in crate::ops) fn covers(
    tx: &mut Tx<'_>,
    parent: Parent,
    others: &[Arc<VirtualInterface>],
    more: Counts,
) -> Result<(), VirtualInterfaceRejection> {
    covers_with(size(tx, parent), parent, others, more)
}

/// The same of a pool of this size.
fn covers_with(
    size: usize,
    parent: Parent,
    others: &[Arc<VirtualInterface>],
    more: Counts,
) -> Result<(), VirtualInterfaceRejection> {
    let taken = taken(others);
    for (at, family) in FAMILIES.into_iter().enumerate() {
        let allocated = taken[at] + more[at];
        let fits = more[at] == 0 || allocated <= size;
        let over = || VirtualInterfaceRejection::ParentPool { parent: parent.to_string(), family, size, allocated };
        require(fits, over)?;
    }
    Ok(())
}

/// The pool of a LAG, `joining` included, covers what is on it and what `joining` brings along.
pub(in crate::ops) fn covers_after_joining(
    tx: &mut Tx<'_>,
    lag: LagId,
    joining: &Connection,
    others: &[Arc<VirtualInterface>],
    more: Counts,
) -> Result<(), VirtualInterfaceRejection> {
    let parent = Parent::Lag(lag);
    let own = if is_active(tx, joining) { of_port(tx, joining.bandwidth) } else { 0 };
    let size = size(tx, parent) + own;
    covers_with(size, parent, others, more)
}

/// The LAG that the connection is in, if any, can spare its share of the pool. The last member may always go: the LAG
/// stays, with its interfaces and their allocations (decision 11 of the reference).
pub(in crate::ops) fn may_leave(tx: &mut Tx<'_>, connection: &Connection) -> Result<(), VirtualInterfaceRejection> {
    let Some(lag) = connection.lag else { return Ok(()) };
    let members = tx.members(lag);
    if members.len() == 1 || !is_active(tx, connection) {
        return Ok(());
    }
    let size = (active(tx, &members) - 1) * of_port(tx, connection.bandwidth);
    let taken = taken(&super::parent::present(tx, Parent::Lag(lag)));
    for (family, allocated) in FAMILIES.into_iter().zip(taken) {
        let over =
            || VirtualInterfaceRejection::PoolAfterLeaving { connection: connection.id, lag, family, size, allocated };
        require(allocated <= size, over)?;
    }
    Ok(())
}

/// A Direct Connect gateway has `more` left, of both families together, beside what `others` attached to it take.
pub(in crate::ops) fn gateway_covers(
    tx: &mut Tx<'_>,
    gateway: Uuid,
    others: &[Arc<VirtualInterface>],
    more: Counts,
) -> Result<(), VirtualInterfaceRejection> {
    let size = tx.quota(Quota::PrefixPoolPerGateway);
    let (taken, more) = (taken(others).iter().sum::<usize>(), more.iter().sum::<usize>());
    let allocated = taken + more;
    let over = || VirtualInterfaceRejection::GatewayPool { gateway, size, allocated };
    require(more == 0 || allocated <= size, over)
}
