//! What a virtual interface is put on: a connection that stands alone, a LAG, or a hosted connection.

use crate::ids::{AccountId, ConnectionId, DeviceId, LagId, LocationCode};
use crate::model::connection::{self, Connection};
use crate::model::hosted_connection::{self, HostedConnection};
use crate::model::lag::{self, Lag};
use crate::model::virtual_interface::{Kind, Parent, VirtualInterface};
use crate::ops::find::{self, Named};
use crate::ops::require;
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Quota;
use crate::tx::{AnyConnection, Tx};
use std::sync::Arc;

/// How many virtual interfaces a hosted connection takes; not raisable [guide].
const INTERFACES_PER_HOSTED_CONNECTION: usize = 1;

/// The name of a connection or LAG.
#[derive(Clone, Copy)]
pub(in crate::ops) enum Name<'a> {
    Connection(Named<'a, ConnectionId>),
    Lag(Named<'a, LagId>),
}

/// Reads a `connectionId` that may be a LAG's.
pub(in crate::ops) fn name(text: &str) -> Result<Name<'_>, Rejection> {
    if text.starts_with(LagId::PREFIX) {
        return Ok(Name::Lag(find::lag_id(text)?));
    }
    Ok(Name::Connection(find::connection_id(text)?))
}

impl Name<'_> {
    /// What it may be the name of.
    pub(in crate::ops) fn parent(self, tx: &mut Tx<'_>) -> Option<Parent> {
        match self {
            Name::Connection(name) => name.id.map(|id| match tx.hosted_connection(id) {
                Some(_) => Parent::Hosted(id),
                None => Parent::Connection(id),
            }),
            Name::Lag(name) => name.id.map(Parent::Lag),
        }
    }
}

/// A connection or LAG of the caller's as far as virtual interfaces care.
pub(in crate::ops) struct Place {
    pub(in crate::ops) parent: Parent,
    pub(in crate::ops) owner: AccountId,
    pub(in crate::ops) location: LocationCode,
    /// The speed of all its ports together.
    pub(in crate::ops) megabits: u32,
    state: &'static str,
    is_in_service: bool,
    member_of: Option<(ConnectionId, LagId)>,
    /// Whether hosted connections are what it carries.
    hosts: bool,
    /// A hosted connection and its VLAN.
    hosted: Option<(ConnectionId, u16)>,
}

/// The caller's connection or LAG of this name.
pub(in crate::ops) fn find(tx: &mut Tx<'_>, name: Name<'_>) -> Result<Place, Rejection> {
    match name {
        Name::Connection(name) => match find::any_connection(tx, name)? {
            AnyConnection::Port(found) => Ok(of_connection(tx, &found)),
            AnyConnection::Hosted(found) => Ok(of_hosted(tx, &found)),
        },
        Name::Lag(name) => {
            let found = find::lag(tx, name)?;
            Ok(of_lag(tx, &found))
        }
    }
}

/// What an interface that has not ended sits on, whoever owns it.
pub(in crate::ops) fn of(tx: &mut Tx<'_>, parent: Parent) -> Place {
    match parent {
        Parent::Connection(id) => {
            let found = tx.connection(id).expect("a connection outlives what sits on it");
            of_connection(tx, &found)
        }
        Parent::Lag(id) => {
            let found = tx.lag(id).expect("a LAG outlives what sits on it");
            of_lag(tx, &found)
        }
        Parent::Hosted(id) => {
            let found = tx.hosted_connection(id).expect("a hosted connection outlives what sits on it");
            of_hosted(tx, &found)
        }
    }
}

fn of_connection(tx: &Tx<'_>, found: &Connection) -> Place {
    let seen = found.state(tx.now());
    Place {
        parent: Parent::Connection(found.id),
        owner: found.owner,
        location: found.location,
        megabits: found.bandwidth.megabits(),
        state: seen.to_wire().as_str(),
        is_in_service: matches!(seen, connection::Seen::Available | connection::Seen::Down),
        member_of: found.lag.map(|lag| (found.id, lag)),
        hosts: found.is_interconnect(),
        hosted: None,
    }
}

fn of_lag(tx: &mut Tx<'_>, found: &Lag) -> Place {
    let members = tx.members(found.id);
    let seen = found.seen(&members).at(tx.now());
    let ports = u32::try_from(members.len()).expect("a LAG has few members");
    Place {
        parent: Parent::Lag(found.id),
        owner: found.owner,
        location: found.location,
        megabits: found.bandwidth.megabits() * ports,
        state: seen.to_wire().as_str(),
        is_in_service: matches!(seen, lag::Seen::Available | lag::Seen::Down),
        member_of: None,
        hosts: found.allows_hosted,
        hosted: None,
    }
}

fn of_hosted(tx: &mut Tx<'_>, found: &HostedConnection) -> Place {
    let parent_up = tx.parent_up(found.parent);
    let seen = found.seen(&parent_up).at(tx.now());
    Place {
        parent: Parent::Hosted(found.id),
        owner: found.owner,
        location: found.location,
        megabits: found.bandwidth.megabits(),
        state: seen.to_wire().as_str(),
        is_in_service: matches!(seen, hosted_connection::Seen::Available | hosted_connection::Seen::Down),
        member_of: None,
        hosts: false,
        hosted: Some((found.id, found.vlan)),
    }
}

impl Place {
    /// It is in service, be it with light or without.
    pub(in crate::ops) fn is_in_service(&self) -> Result<(), VirtualInterfaceRejection> {
        let (id, state) = (self.parent.to_string(), self.state);
        require(self.is_in_service, || VirtualInterfaceRejection::ParentNotAvailable { id, state })
    }

    /// It is no interconnect, and no LAG of these: what these carry is the interfaces of hosted connections.
    pub(in crate::ops) fn is_no_host(&self) -> Result<(), VirtualInterfaceRejection> {
        require(!self.hosts, || VirtualInterfaceRejection::OnHost { id: self.parent.to_string() })
    }

    /// On a hosted connection, an interface has the VLAN that the partner chose.
    pub(in crate::ops) fn has_vlan(&self, vlan: u16) -> Result<(), VirtualInterfaceRejection> {
        match self.hosted {
            Some((connection, expected)) if vlan != expected => {
                Err(VirtualInterfaceRejection::VlanOfHosted { vlan, connection, expected })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether it is a hosted connection.
    pub(in crate::ops) fn is_hosted(&self) -> bool {
        self.hosted.is_some()
    }

    /// It is no member of a LAG: that has the interfaces.
    pub(in crate::ops) fn is_no_member(&self) -> Result<(), VirtualInterfaceRejection> {
        match self.member_of {
            None => Ok(()),
            Some((connection, lag)) => Err(VirtualInterfaceRejection::OnMember { connection, lag }),
        }
    }
}

/// The interfaces that take their place on a connection or LAG: all that have not ended.
pub(in crate::ops) fn present(tx: &mut Tx<'_>, parent: Parent) -> Vec<Arc<VirtualInterface>> {
    let now = tx.now();
    tx.on_parent(parent).into_iter().filter(|interface| interface.is_present(now)).collect()
}

/// Nothing sits on a connection or LAG that is to be deleted.
pub(in crate::ops) fn is_empty(
    tx: &mut Tx<'_>,
    what: &'static str,
    parent: Parent,
) -> Result<(), VirtualInterfaceRejection> {
    let none = present(tx, parent).is_empty();
    require(none, || VirtualInterfaceRejection::Remain { what, id: parent.to_string() })
}

/// None of `others`, which sit on `parent`, has this VLAN.
pub(in crate::ops) fn is_vlan_free(
    vlan: u16,
    parent: Parent,
    others: &[Arc<VirtualInterface>],
) -> Result<(), VirtualInterfaceRejection> {
    match others.iter().find(|other| other.vlan == vlan) {
        None => Ok(()),
        // The one interface of a hosted connection has the only VLAN that there is: what is wrong is that there are two.
        Some(_) if matches!(parent, Parent::Hosted(_)) => Ok(()),
        Some(other) => Err(VirtualInterfaceRejection::VlanUsed { vlan, by: other.id, parent: parent.to_string() }),
    }
}

/// Interfaces of these kinds more than `others` stay within the three quotas; or, on a hosted connection, are no second.
pub(in crate::ops) fn has_room(
    tx: &mut Tx<'_>,
    parent: Parent,
    others: &[Arc<VirtualInterface>],
    more: &[Kind],
) -> Result<(), VirtualInterfaceRejection> {
    if matches!(parent, Parent::Hosted(_)) {
        let (count, limit) = (others.len() + more.len(), INTERFACES_PER_HOSTED_CONNECTION);
        let over = || VirtualInterfaceRejection::Count { parent: parent.to_string(), what: "", count, limit };
        return require(more.is_empty() || count <= limit, over);
    }
    let kinds: Vec<Kind> = others.iter().map(|other| other.kind).chain(more.iter().copied()).collect();
    let transit = kinds.iter().filter(|kind| **kind == Kind::Transit).count();
    let asked_transit = more.contains(&Kind::Transit);
    let asked_other = more.iter().any(|kind| *kind != Kind::Transit);
    let counts = [
        ("private and public ", asked_other, kinds.len() - transit, Quota::PrivateAndPublicInterfacesPerConnection),
        ("transit ", asked_transit, transit, Quota::TransitInterfacesPerConnection),
        ("", !more.is_empty(), kinds.len(), Quota::InterfacesPerConnection),
    ];
    for (what, is_asked, count, quota) in counts {
        let limit = tx.quota(quota);
        let over = || VirtualInterfaceRejection::Count { parent: parent.to_string(), what, count, limit };
        require(!is_asked || count <= limit, over)?;
    }
    Ok(())
}

/// The device that its ports are on, while the record is there.
pub(in crate::ops) fn device(tx: &mut Tx<'_>, parent: Parent) -> Option<DeviceId> {
    match parent {
        Parent::Connection(id) => tx.connection(id).map(|connection| connection.device()),
        Parent::Lag(id) => tx.lag(id).map(|lag| lag.device()),
        Parent::Hosted(id) => tx.hosted_connection(id).and_then(|hosted| device(tx, hosted.parent)),
    }
}
