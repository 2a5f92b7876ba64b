//! Ordering and giving back single ports: what CreateConnection and CreateInterconnect do alike, and their deletions.

use super::hosted::host;
use super::interfaces::{moves, parent, pools};
use super::membership::LastMember;
use super::order::Order;
use super::{find, membership, order, pairs, require};
use crate::ids::ConnectionId;
use crate::model::billing::{BillingChanges, BillingMode};
use crate::model::connection::{Change, Connection, Phase, Port, Seen};
use crate::model::device::Light;
use crate::model::encryption::EncryptionMode;
use crate::model::interconnect::Kind;
use crate::model::lag::Lag;
use crate::model::mac_sec::Keys;
use crate::model::virtual_interface::Parent;
use crate::ops::view;
use crate::plant::{self, Reservation};
use crate::rejection::{InterconnectRejection, LagRejection, OrderRejection, Rejection};
use crate::settings::Delay;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

/// A port as the caller asks for it.
pub(super) struct Asked<'a> {
    pub(super) kind: Kind,
    pub(super) name_member: &'static str,
    pub(super) name: &'a str,
    pub(super) bandwidth: &'a str,
    pub(super) location: &'a str,
    pub(super) lag_id: Option<&'a str>,
    pub(super) provider: Option<&'a str>,
    pub(super) mac_sec: bool,
    pub(super) billing: Option<BillingMode>,
    pub(super) tags: Option<&'a [shapes::Tag]>,
}

/// Orders one port, alone or as a new member of a LAG. What joins the LAG of a partner is an interconnect.
pub(super) fn order(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<ConnectionId, Rejection> {
    order::is_name(asked.name_member, asked.name)?;
    let bandwidth = order::bandwidth("bandwidth", asked.bandwidth)?;
    let has_speed = asked.kind == Kind::Dedicated || bandwidth.is_of_interconnects();
    require(has_speed, || InterconnectRejection::Bandwidth { value: bandwidth.as_str() })?;
    let lag_id = asked.lag_id.map(find::lag_id).transpose()?;

    let location = order::location(tx, asked.location)?;
    let lag = lag_id.map(|id| find::lag(tx, id)).transpose()?;
    if let Some(lag) = &lag {
        find::is_live_lag(tx, lag)?;
    }

    let order = Order {
        location,
        bandwidth,
        bandwidth_member: "bandwidth",
        provider: asked.provider,
        mac_sec: asked.mac_sec,
        billing: asked.billing.or(lag.as_ref().map(|lag| lag.billing)).unwrap_or_default(),
    };
    order::is_offered(&order)?;
    let billing = match &lag {
        Some(lag) => fits(tx, &order, asked.kind, lag)?,
        None => order.billing,
    };
    let hosts = lag.as_ref().is_some_and(|lag| lag.allows_hosted);
    let kind = if hosts { Kind::Interconnect } else { asked.kind };
    if kind == Kind::Dedicated {
        order::is_billed_alike(tx, location.key(), billing, None)?;
    }
    let reservation = reserve(tx, &order, lag.as_deref())?;
    let tags = Tags::requested(tx, asked.tags)?;
    order::is_within_quota(tx, location.key(), 1)?;

    if let Some(lag) = &lag {
        membership::settle_lag(tx, lag.id);
    }
    let id = tx.new_connection_id();
    let light = plant::light_on(tx, reservation.device);
    let now = tx.now();
    let phase = Connection::order_plan(now, &tx.delays());
    let mut connection = Connection {
        id,
        owner: tx.caller(),
        region: tx.region(),
        location: location.key(),
        name: asked.name.into(),
        bandwidth,
        provider: asked.provider.map(Into::into),
        port: Port { device: reservation.device.number, number: reservation.numbers[0] },
        mac_sec: order.mac_sec,
        billing,
        lag: lag.as_ref().map(|lag| lag.id),
        tags,
        created: now,
        phase,
        change: Steps::new(now, Change::None),
        light: Steps::new(now, Light::Lit),
        device_light: Steps::new(now, light),
        encryption: Steps::new(now, EncryptionMode::initial(order.mac_sec)),
        shown: Steps::new(now, Seen::Requested),
        kind,
        loa_issue_time: None,
        billing_changes: BillingChanges::default(),
        keys: Keys::default(),
        far_end: None,
    };
    if let Some(lag) = lag {
        connection.keys = lag.keys.inherited(now);
        connection.encryption = Steps::new(now, lag.encryption_at(now));
        connection.encrypt(now, lag.encryption_at(now));
    }
    tx.put_connection(connection);
    Ok(id)
}

/// What is ordered agrees with the LAG that it is to join, and the LAG has room.
fn fits(tx: &mut Tx<'_>, order: &Order<'_>, kind: Kind, lag: &Arc<Lag>) -> Result<BillingMode, LagRejection> {
    let what = "The ordered connection";
    membership::takes(kind, what, lag.id, lag.allows_hosted)?;
    require(lag.location == order.location.key(), || LagRejection::OtherLocation {
        what: what.to_owned(),
        location: order.location.key(),
        lag: lag.id.to_string(),
        lag_location: lag.location,
    })?;
    require(lag.bandwidth == order.bandwidth, || LagRejection::OtherBandwidth {
        what: what.to_owned(),
        bandwidth: order.bandwidth.as_str(),
        lag: lag.id.to_string(),
        lag_bandwidth: lag.bandwidth.as_str(),
    })?;
    require(lag.mac_sec == order.mac_sec, || LagRejection::MacSecDiffers { connection: "to be created".to_owned() })?;
    let billing = membership::billing_in(what, order.billing, lag.id, lag.billing)?;
    membership::has_room(tx, lag, 1)?;
    Ok(billing)
}

/// A port on the LAG's device, or on any device of the location.
fn reserve(tx: &mut Tx<'_>, order: &Order<'_>, lag: Option<&Lag>) -> Result<Reservation, OrderRejection> {
    let (region, location, bandwidth) = (tx.region(), order.location.key(), order.bandwidth);
    match lag {
        Some(lag) => {
            let none =
                OrderRejection::NoFreePortOnDevice { bandwidth: bandwidth.as_str(), device: lag.device(), lag: lag.id };
            plant::reserve_on(tx, lag.device(), bandwidth, 1).ok_or(none)
        }
        None => {
            let none = OrderRejection::NoFreePort { bandwidth: bandwidth.as_str(), location, wanted: 1 };
            plant::reserve(tx, (region, location), bandwidth, 1).ok_or(none)
        }
    }
}

/// Gives the port of a connection or interconnect back: nothing is on it, and its LAG can spare it.
pub(super) fn give_back(tx: &mut Tx<'_>, connection: &Connection) -> Result<(), Rejection> {
    find::is_live_connection(tx, connection)?;
    let port = Parent::Connection(connection.id);
    parent::is_empty(tx, "Connection", port)?;
    host::is_empty(tx, "Interconnect", port)?;
    membership::may_leave(tx, connection, LastMember::Counts)?;
    pools::may_leave(tx, connection)?;

    let now = tx.now();
    if connection.is_operational(now) {
        tx.interrupt(connection.id);
    }
    moves::settle_on(tx, port);
    let mut deleted = connection.clone();
    deleted.settle(now);
    membership::leave(tx, &mut deleted);
    pairs::leave_group(tx, port);
    membership::drop_keys(tx, &mut deleted);
    // A port that was only requested is gone at once [observed].
    if deleted.phase.at(now) == Phase::Requested {
        deleted.phase.set(now, Phase::Deleted);
    } else {
        deleted.phase.set(now, Phase::Deleting);
        deleted.phase.push(now + tx.delays().get(Delay::Deleting), Phase::Deleted);
    }
    tx.put_connection(deleted);
    if let Some(left) = connection.lag {
        view::note_interruption(tx, left);
    }
    Ok(())
}
