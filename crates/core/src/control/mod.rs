//! The operator's calls: the clock, light, fast-forward, accounts, settings, reset. They go through the same writer as
//! the API's, and each is a decision like any other.

mod bgp;
mod gateways;
mod light;
mod mac_sec;
pub mod registry;
mod settings;

use crate::ids::{ConnectionId, DeviceId, LagId, ResiliencyGroupId, Uuid, VirtualInterfaceId};
use crate::model::connection::Connection;
use crate::model::device::Light;
use crate::model::lag::Lag;
use crate::model::resiliency_group::{GroupAssociation, ResiliencyGroup};
use crate::model::virtual_interface::Parent;
use crate::ops::interfaces::moves;
use crate::ops::{hosted, unused};
use crate::rejection::{ControlRejection, Rejection};
use crate::settings::{Clock, Settings};
use crate::time::{Duration, Timestamp};
use crate::tx::Tx;

pub use bgp::{ANNOUNCED_MAX, AS_PATH_MAX, Announcement, COMMUNITIES_MAX, Session};

pub use gateways::Registration;
pub use mac_sec::{Peer, Secret};

/// How far one advance moves the clock at most: a hundred years, however many of them are leap years.
const ADVANCE_MAX: Duration = Duration::from_seconds(100 * 366 * 86_400);

/// What kind of clock is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockKind {
    /// The node's own.
    System,
    /// One that moves by commits alone.
    Manual,
}

/// One call of the operator's.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Writes the settings that differ from those in force. The first call after a start.
    Configure {
        /// All of them.
        settings: Settings,
        /// The clock; absent to keep the one in force.
        clock: Option<ClockKind>,
    },
    /// Moves a manual clock on.
    AdvanceClock {
        /// By how much.
        by: Duration,
    },
    /// Sets a manual clock; never backwards.
    SetClock {
        /// To which moment.
        to: Timestamp,
    },
    /// Takes away everything but settings, clock and who may call.
    Reset,
    /// Cuts or mends the fibre of one connection.
    SetPortLight {
        /// The connection's id.
        connection_id: String,
        /// What arrives from now on.
        light: Light,
    },
    /// Switches a whole device off or on.
    SetDeviceLight {
        /// The device's name, as `awsDeviceV2` shows it.
        device: String,
        /// What its ports see from now on.
        light: Light,
    },
    /// Says whether a device has logical redundancy.
    SetDeviceRedundancy {
        /// The device's name, as `awsDeviceV2` shows it.
        device: String,
        /// Absent where nobody knows.
        has: Option<bool>,
    },
    /// Says which MACsec keys the far end of a connection has.
    SetMacSecPeer {
        /// The connection's id.
        connection_id: String,
        /// What the customer's router has from now on.
        peer: Peer,
    },
    /// Says that the secret of a MACsec key is scheduled for deletion, or that it is not any more.
    SetSecret {
        /// Which one.
        secret: Secret,
        /// Whether it is.
        is_ending: bool,
    },
    /// Ends now what is under way for one resource, up to its next resting state.
    AdvanceResource {
        /// The id of a connection, LAG, virtual interface, Direct Connect gateway, association or resiliency group.
        id: String,
    },
    /// Takes down, or brings back, the customer's end of one BGP session.
    SetSession {
        /// The peer's id.
        bgp_peer_id: String,
        /// What the customer's router does from now on.
        session: Session,
    },
    /// Replaces what the customer announces on a virtual interface.
    SetRoutes {
        /// The interface's id.
        virtual_interface_id: String,
        /// All of it, at most [`ANNOUNCED_MAX`] routes.
        announced: Vec<Announcement>,
    },
    /// Registers or changes a gateway of EC2.
    PutGateway(Registration),
    /// Changes who may call.
    Registry(registry::Change),
}

/// Decides one call.
///
/// # Errors
/// The first rule that does not hold; then nothing that `tx` wrote may be used.
pub fn run(tx: &mut Tx<'_>, request: &Request) -> Result<(), Rejection> {
    match request {
        Request::Configure { settings, clock } => settings::configure(tx, settings, *clock)?,
        Request::AdvanceClock { by } => {
            let now = manual_now(tx)?;
            let to = now + *by;
            if *by > ADVANCE_MAX || to > Timestamp::LAST {
                return Err(ControlRejection::ClockTooFar { now, wanted: to }.into());
            }
            tx.put_clock(Clock::Manual { now: to });
        }
        Request::SetClock { to } => {
            let now = manual_now(tx)?;
            if *to < now {
                return Err(ControlRejection::ClockBackwards { now, wanted: *to }.into());
            }
            if *to > Timestamp::LAST {
                return Err(ControlRejection::ClockTooFar { now, wanted: *to }.into());
            }
            tx.put_clock(Clock::Manual { now: *to });
        }
        Request::Reset => registry::reset(tx),
        Request::SetPortLight { connection_id, light } => light::set_port(tx, connection_id, *light)?,
        Request::SetDeviceLight { device, light } => light::set_device(tx, device, *light)?,
        Request::SetDeviceRedundancy { device, has } => light::set_redundancy(tx, device, *has)?,
        Request::SetMacSecPeer { connection_id, peer } => mac_sec::set_peer(tx, connection_id, peer)?,
        Request::SetSecret { secret, is_ending } => mac_sec::set_secret(tx, secret, *is_ending)?,
        Request::SetSession { bgp_peer_id, session } => bgp::set_session(tx, bgp_peer_id, *session)?,
        Request::SetRoutes { virtual_interface_id, announced } => bgp::set_routes(tx, virtual_interface_id, announced)?,
        Request::PutGateway(registration) => gateways::put(tx, registration)?,
        Request::AdvanceResource { id } => advance(tx, id)?,
        Request::Registry(change) => registry::run(tx, change)?,
    }
    if *request != Request::Reset {
        unused::replan(tx);
    }
    Ok(())
}

/// What a manual clock shows, which is never before the last commit.
fn manual_now(tx: &mut Tx<'_>) -> Result<Timestamp, ControlRejection> {
    match tx.clock() {
        Clock::Manual { .. } => Ok(tx.now()),
        Clock::System => Err(ControlRejection::SystemClock),
    }
}

fn advance(tx: &mut Tx<'_>, id: &str) -> Result<(), ControlRejection> {
    let now = tx.now();
    if let Some(connection) = ConnectionId::parse(id).ok().flatten().and_then(|id| tx.connection(id)) {
        moves::settle_on(tx, connection.lag.map_or(Parent::Connection(connection.id), Parent::Lag));
        hasten(tx, &connection);
        moves::hasten_on(tx, Parent::Connection(connection.id));
        return Ok(());
    }
    if let Some(hosted) = ConnectionId::parse(id).ok().flatten().and_then(|id| tx.hosted_connection(id)) {
        hosted::moves::hasten(tx, &hosted);
        return Ok(());
    }
    if let Some(interface) = VirtualInterfaceId::parse(id).ok().flatten().and_then(|id| tx.virtual_interface(id)) {
        moves::hasten(tx, &interface);
        return Ok(());
    }
    if let Some(gateway) = Uuid::parse(id).and_then(|id| tx.gateway(id)) {
        gateways::hasten_gateway(tx, &gateway);
        return Ok(());
    }
    if let Some(association) = Uuid::parse(id).and_then(|id| tx.association(id)) {
        gateways::hasten_association(tx, &association);
        return Ok(());
    }
    if let Some(group) = ResiliencyGroupId::parse(id).and_then(|id| tx.resiliency_group(id)) {
        hasten_group(tx, &group);
        return Ok(());
    }
    let lag = LagId::parse(id).ok().flatten().and_then(|id| tx.lag(id));
    let lag = lag.ok_or_else(|| ControlRejection::UnknownResource { id: id.to_owned() })?;
    moves::settle_on(tx, Parent::Lag(lag.id));
    let members = tx.members(lag.id);
    for member in &members {
        hasten(tx, member);
    }
    let mut hastened = Lag::clone(&lag);
    hastened.settle(&members, now);
    hastened.phase.hasten(now);
    hastened.keys.hasten(now);
    tx.put_lag(hastened);
    moves::hasten_on(tx, Parent::Lag(lag.id));
    Ok(())
}

fn hasten(tx: &mut Tx<'_>, connection: &Connection) {
    let mut hastened = connection.clone();
    hastened.hasten(tx.now());
    tx.put_connection(hastened);
}

/// What is under way for a group ends now, and for what is associated with it.
fn hasten_group(tx: &mut Tx<'_>, group: &ResiliencyGroup) {
    let now = tx.now();
    for association in tx.group_associations(group.id) {
        let mut hastened = GroupAssociation::clone(&association);
        hastened.hasten(now);
        tx.put_group_association(hastened);
    }
    let mut hastened = group.clone();
    hastened.phase.hasten(now);
    tx.put_resiliency_group(hastened);
}

/// The device of this name in any Region.
fn find_device(tx: &mut Tx<'_>, name: &str) -> Option<DeviceId> {
    let (code, _) = name.rsplit_once('-')?;
    let count = tx.plant().devices_per_location;
    crate::catalogue::places(code).find_map(|(region, location)| DeviceId::find(region, location, name, count))
}
