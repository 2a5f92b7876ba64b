//! CreateConnection: orders one dedicated port, alone or as a new member of a LAG.

use crate::model::billing::BillingMode;
use crate::model::connection::{Change, Connection, Port, Seen};
use crate::model::device::Light;
use crate::model::encryption::EncryptionMode;
use crate::model::lag::Lag;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::order::Order;
use crate::ops::{find, membership, order, require, view};
use crate::plant::{self, Reservation};
use crate::rejection::{LagRejection, OrderRejection, Rejection};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::optional(&["dxlag"], "lagId")]);

pub(in crate::ops) fn create_connection(
    tx: &mut Tx<'_>,
    input: &shapes::CreateConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    order::is_name("connectionName", &input.connection_name)?;
    let bandwidth = order::bandwidth("bandwidth", &input.bandwidth)?;
    let lag_id = input.lag_id.as_deref().map(find::lag_id).transpose()?;

    let location = order::location(tx, &input.location)?;
    let lag = lag_id.map(|id| find::lag(tx, id)).transpose()?;
    if let Some(lag) = &lag {
        find::is_live_lag(tx, lag)?;
    }

    let asked = input.billing_mode.map(BillingMode::from_wire);
    let order = Order {
        location,
        bandwidth,
        bandwidth_member: "bandwidth",
        provider: input.provider_name.as_deref(),
        mac_sec: input.request_mac_sec.unwrap_or(false),
        billing: asked.or(lag.as_ref().map(|lag| lag.billing)).unwrap_or_default(),
    };
    order::is_offered(&order)?;
    let billing = match &lag {
        Some(lag) => fits(tx, &order, lag)?,
        None => order.billing,
    };
    order::is_billed_alike(tx, location.key(), billing, None)?;
    let reservation = reserve(tx, &order, lag.as_deref())?;
    let tags = Tags::requested(tx, input.tags.as_deref())?;
    order::is_within_quota(tx, location.key(), 1)?;

    if let Some(lag) = &lag {
        membership::settle_lag(tx, lag.id);
    }
    let id = tx.new_connection_id();
    let light = plant::light_on(tx, reservation.device);
    let now = tx.now();
    let phase = Connection::order_plan(now, &tx.delays());
    let connection = Connection {
        id,
        owner: tx.caller(),
        region: tx.region(),
        location: location.key(),
        name: input.connection_name.as_str().into(),
        bandwidth,
        provider: input.provider_name.as_deref().map(Into::into),
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
        encryption: Steps::new(now, lag.map_or(EncryptionMode::initial(order.mac_sec), |lag| lag.encryption)),
        shown: Steps::new(now, Seen::Requested),
    };
    tx.put_connection(connection);
    Ok(view::changed_connection(tx, id))
}

/// What is ordered agrees with the LAG that it is to join, and the LAG has room.
fn fits(tx: &mut Tx<'_>, order: &Order<'_>, lag: &Arc<Lag>) -> Result<BillingMode, LagRejection> {
    let what = "The ordered connection";
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
