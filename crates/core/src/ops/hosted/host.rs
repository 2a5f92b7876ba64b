//! What carries hosted connections: an interconnect that stands alone, or the LAG of a partner.

use crate::ids::LocationCode;
use crate::model::bandwidth::{Bandwidth, HostedBandwidth};
use crate::model::hosted_connection::HostedConnection;
use crate::model::virtual_interface::Parent;
use crate::ops::interfaces::parent::Name;
use crate::ops::{find, require};
use crate::rejection::{HostedConnectionRejection, Rejection};
use crate::tx::Tx;
use std::sync::Arc;

/// An interconnect or LAG of the caller's as far as hosted connections care.
pub(in crate::ops) struct Host {
    pub(in crate::ops) parent: Parent,
    pub(in crate::ops) location: LocationCode,
    /// The speed of each of its ports.
    bandwidth: Bandwidth,
}

/// The caller's interconnect or LAG of this name, which is live and may carry hosted connections.
pub(in crate::ops) fn find(tx: &mut Tx<'_>, name: Name<'_>) -> Result<Host, Rejection> {
    match name {
        Name::Connection(name) => {
            let found = find::connection(tx, name)?;
            let id = found.id;
            require(found.is_interconnect(), || HostedConnectionRejection::NotInterconnect { id })?;
            find::is_live_connection(tx, &found)?;
            if let Some(lag) = found.lag {
                return Err(HostedConnectionRejection::OnMember { interconnect: id, lag }.into());
            }
            Ok(Host { parent: Parent::Connection(id), location: found.location, bandwidth: found.bandwidth })
        }
        Name::Lag(name) => {
            let found = find::lag(tx, name)?;
            require(found.allows_hosted, || HostedConnectionRejection::NotAllowed { id: found.id })?;
            find::is_live_lag(tx, &found)?;
            Ok(Host { parent: Parent::Lag(found.id), location: found.location, bandwidth: found.bandwidth })
        }
    }
}

impl Host {
    /// Its ports are as fast. What is on it together may be more: only each connection is policed [inferred].
    pub(in crate::ops) fn carries(&self, bandwidth: HostedBandwidth) -> Result<(), HostedConnectionRejection> {
        let too_fast = || HostedConnectionRejection::TooFast {
            bandwidth: bandwidth.to_string(),
            parent: self.parent.to_string(),
            speed: self.bandwidth.as_str(),
        };
        require(bandwidth.megabits() <= self.bandwidth.megabits(), too_fast)
    }
}

/// The hosted connections that take their VLAN on an interconnect or LAG: all that have not ended.
pub(in crate::ops) fn present(tx: &mut Tx<'_>, parent: Parent) -> Vec<Arc<HostedConnection>> {
    let now = tx.now();
    tx.hosted_on(parent).into_iter().filter(|hosted| hosted.is_present(now)).collect()
}

/// No hosted connection on `parent` has this VLAN.
pub(in crate::ops) fn is_vlan_free(
    tx: &mut Tx<'_>,
    vlan: u16,
    parent: Parent,
) -> Result<(), HostedConnectionRejection> {
    match present(tx, parent).iter().find(|other| other.vlan == vlan) {
        None => Ok(()),
        Some(other) => Err(HostedConnectionRejection::VlanUsed { vlan, by: other.id, parent: parent.to_string() }),
    }
}

/// Nothing is hosted on a connection or LAG that is to be deleted.
pub(in crate::ops) fn is_empty(
    tx: &mut Tx<'_>,
    what: &'static str,
    parent: Parent,
) -> Result<(), HostedConnectionRejection> {
    let none = present(tx, parent).is_empty();
    require(none, || HostedConnectionRejection::Remain { what, id: parent.to_string() })
}
