//! Joining and leaving a LAG: the rules that several operations share, and what each does to the records.

use super::interfaces::moves;
use super::{pairs, require};
use crate::ids::{DeviceId, LagId};
use crate::model::billing::BillingMode;
use crate::model::connection::{Change, Connection, Phase, Port};
use crate::model::encryption::EncryptionMode;
use crate::model::interconnect::Kind;
use crate::model::lag::Lag;
use crate::model::virtual_interface::Parent;
use crate::plant;
use crate::rejection::{ConnectionRejection, LagRejection, OrderRejection};
use crate::settings::Delay;
use crate::tx::Tx;

/// Whether the last member may go although minimum links are above zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LastMember {
    /// DisassociateConnectionFromLag alone lets it go [model].
    MayLeave,
    /// Every other way of leaving counts it like any other member.
    Counts,
}

/// No change of LAG is under way for the connection.
pub(super) fn is_settled(tx: &Tx<'_>, connection: &Connection) -> Result<(), ConnectionRejection> {
    require(connection.change.at(tx.now()) == Change::None, || ConnectionRejection::Transitioning { id: connection.id })
}

/// The LAG that the connection is in, if any, can spare it: enough members remain, and enough operational ones if it is one.
pub(super) fn may_leave(tx: &mut Tx<'_>, connection: &Connection, last: LastMember) -> Result<(), LagRejection> {
    let Some(lag) = connection.lag.and_then(|id| tx.lag(id)) else {
        return Ok(());
    };
    let (members, now) = (tx.members(lag.id), tx.now());
    if last == LastMember::MayLeave && members.len() == 1 {
        return Ok(());
    }
    let below = |left, kind| LagRejection::BelowMinimumLinks {
        connection: connection.id,
        lag: lag.id,
        left,
        kind,
        minimum: lag.minimum_links,
    };
    let minimum = usize::from(lag.minimum_links);
    let left = members.len() - 1;
    require(left >= minimum, || below(left, "members"))?;
    if connection.is_operational(now) {
        let up = members.iter().filter(|member| member.is_operational(now)).count() - 1;
        require(up >= minimum, || below(up, "operational members"))?;
    }
    Ok(())
}

/// A LAG takes connections of this kind: one that allows no hosted connections has no use for interconnects.
pub(super) fn takes(
    kind: Kind,
    what: impl ToString,
    lag: impl ToString,
    allows_hosted: bool,
) -> Result<(), LagRejection> {
    let (what, lag) = (what.to_string(), lag.to_string());
    require(kind == Kind::Dedicated || allows_hosted, || LagRejection::TakesNoInterconnects { what, lag })
}

/// The LAG has room for so many more members.
pub(super) fn has_room(tx: &mut Tx<'_>, lag: &Lag, more: usize) -> Result<(), LagRejection> {
    let (wanted, limit) = (tx.members(lag.id).len() + more, lag.bandwidth.lag_members_max());
    let bandwidth = lag.bandwidth.as_str();
    require(wanted <= limit, || LagRejection::Full { lag: lag.id, bandwidth, wanted, limit })
}

/// What a member pays when it joins: the LAG's mode. A connection paid as it goes converts; any other must have it already.
pub(super) fn billing_in(
    what: impl ToString,
    mode: BillingMode,
    lag: impl ToString,
    lag_mode: BillingMode,
) -> Result<BillingMode, LagRejection> {
    let converts = mode == BillingMode::PayAsYouGo && lag_mode.is_flat_rate();
    require(mode == lag_mode || converts, || LagRejection::BillingDiffers {
        what: what.to_string(),
        mode: mode.as_str(),
        lag: lag.to_string(),
        lag_mode: lag_mode.as_str(),
    })?;
    Ok(lag_mode)
}

/// The port that the connection has on `device`, or gets: while it is still `requested`, nothing is cabled, and the
/// reservation of a connection that is in no LAG can move. `None` when it cannot, or when no port is free there.
pub(super) fn port_on(
    tx: &mut Tx<'_>,
    connection: &Connection,
    device: DeviceId,
    lag: LagId,
) -> Result<Port, PortRejection> {
    if connection.device() == device {
        return Ok(connection.port);
    }
    let is_movable = connection.phase.at(tx.now()) == Phase::Requested && connection.lag.is_none();
    require(is_movable, || LagRejection::OtherDevice {
        connection: connection.id,
        device: connection.device(),
        lag,
        lag_device: device,
    })?;
    let bandwidth = connection.bandwidth;
    let reservation = plant::reserve_on(tx, device, bandwidth, 1).ok_or(OrderRejection::NoFreePortOnDevice {
        bandwidth: bandwidth.as_str(),
        device,
        lag,
    })?;
    Ok(Port { device: device.number, number: reservation.numbers[0] })
}

/// Why a connection can have no port on a LAG's device.
pub(super) enum PortRejection {
    Lag(LagRejection),
    Order(OrderRejection),
}

impl From<LagRejection> for PortRejection {
    fn from(rejection: LagRejection) -> Self {
        PortRejection::Lag(rejection)
    }
}

impl From<OrderRejection> for PortRejection {
    fn from(rejection: OrderRejection) -> Self {
        PortRejection::Order(rejection)
    }
}

impl From<PortRejection> for crate::rejection::Rejection {
    fn from(rejection: PortRejection) -> Self {
        match rejection {
            PortRejection::Lag(rejection) => rejection.into(),
            PortRejection::Order(rejection) => rejection.into(),
        }
    }
}

/// Keeps what the LAG has shown so far, since its members are about to change.
pub(crate) fn settle_lag(tx: &mut Tx<'_>, id: LagId) {
    moves::settle_on(tx, Parent::Lag(id));
    let (mut lag, members) = (Lag::clone(&tx.lag(id).expect("a member names its LAG")), tx.members(id));
    lag.settle(&members, tx.now());
    tx.put_lag(lag);
}

/// Takes the connection out of the LAG it is in. The caller has settled it, and writes it.
pub(super) fn leave(tx: &mut Tx<'_>, connection: &mut Connection) {
    let Some(left) = connection.lag.take() else {
        return;
    };
    settle_lag(tx, left);
    pairs::keep(tx, Parent::Lag(left));
    // The keys of the LAG go, and without a key a link that must encrypt would stay down.
    drop_keys(tx, connection);
    if connection.encryption.at(tx.now()) == EncryptionMode::MustEncrypt {
        connection.encrypt(tx.now(), EncryptionMode::ShouldEncrypt);
    }
}

/// The connection stands alone from now on: that of a partner is an interconnect then [model].
pub(super) fn stand_alone(tx: &mut Tx<'_>, connection: &mut Connection) {
    leave(tx, connection);
    if tx.account(connection.owner).is_some_and(|owner| owner.partner.is_some()) {
        connection.become_interconnect();
    }
}

/// Dissociates every key that the connection has, its own or its LAG's. The caller has settled it, and writes it.
pub(super) fn drop_keys(tx: &mut Tx<'_>, connection: &mut Connection) {
    let delay = tx.delays().get(Delay::MacsecKey);
    connection.drop_keys(tx.now(), delay);
}

/// Interrupts the connection while its LAG changes.
pub(super) fn interrupt(tx: &mut Tx<'_>, connection: &mut Connection, change: Change) {
    if connection.is_operational(tx.now()) {
        tx.interrupt(connection.id);
    }
    let delays = tx.delays();
    connection.interrupt(tx.now(), change, &delays);
}

/// Makes the connection a member: interrupted, re-established on `port`, with the LAG's keys and modes.
pub(super) fn join(tx: &mut Tx<'_>, connection: &Connection, lag: &Lag, port: Port, billing: BillingMode) {
    let now = tx.now();
    let mut member = connection.clone();
    member.settle(now);
    interrupt(tx, &mut member, Change::Joining);
    leave(tx, &mut member);
    pairs::leave_group(tx, Parent::Connection(connection.id));
    // Its own keys are dissociated and the LAG's attached [guide].
    drop_keys(tx, &mut member);
    for key in lag.keys.inherited(now).iter() {
        member.keys.add(key.clone());
    }
    settle_lag(tx, lag.id);
    moves::follow(tx, connection, lag.id);
    if member.port != port {
        let device = DeviceId { number: port.device, ..member.device() };
        let light = plant::light_on(tx, device);
        member.device_light.set(now, light);
        member.port = port;
    }
    member.lag = Some(lag.id);
    member.billing = billing;
    member.encrypt(now, lag.encryption_at(now));
    if lag.allows_hosted {
        member.become_interconnect();
    }
    tx.put_connection(member);
}
