//! CreateLag: a LAG of new ports on one device, or around a connection that exists.

use crate::ids::ConnectionId;
use crate::model::bandwidth::Bandwidth;
use crate::model::billing::{BillingChanges, BillingMode};
use crate::model::connection::{Change, Connection, Phase, Port, Seen};
use crate::model::device::Light;
use crate::model::encryption::EncryptionMode;
use crate::model::interconnect::Kind;
use crate::model::lag::{self, Lag};
use crate::model::mac_sec::Keys;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::{moves, pools};
use crate::ops::membership::LastMember;
use crate::ops::order::Order;
use crate::ops::{find, membership, order, partners, require, view};
use crate::plant::{self, Reservation};
use crate::rejection::{InterconnectRejection, LagRejection, OrderRejection, Rejection};
use crate::settings::Quota;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::collections::BTreeSet;

pub(in crate::ops) const FACTS: Facts =
    Facts { creates: Some("dxlag"), ..Facts::new(Access::Write, &[Resource::optional(&["dxcon"], "connectionId")]) };

pub(in crate::ops) fn create_lag(tx: &mut Tx<'_>, input: &shapes::CreateLagRequest) -> Result<shapes::Lag, Rejection> {
    order::is_name("lagName", &input.lag_name)?;
    let bandwidth = order::bandwidth("connectionsBandwidth", &input.connections_bandwidth)?;
    let members = number_of_connections(input.number_of_connections, bandwidth)?;
    let connection_id = input.connection_id.as_deref().map(find::connection_id).transpose()?;

    let location = order::location(tx, &input.location)?;
    let given = connection_id.map(|id| find::connection(tx, id)).transpose()?;
    if let Some(given) = &given {
        find::is_live_connection(tx, given)?;
        membership::is_settled(tx, given)?;
    }

    let asked = input.billing_mode.map(BillingMode::from_wire);
    let order = Order {
        location,
        bandwidth,
        bandwidth_member: "connectionsBandwidth",
        provider: input.provider_name.as_deref(),
        mac_sec: input.request_mac_sec.unwrap_or(given.as_ref().is_some_and(|given| given.mac_sec)),
        billing: asked.or(given.as_ref().map(|given| given.billing)).unwrap_or_default(),
    };
    let allows_hosted = partners::is_partner(tx);
    order::is_offered(&order)?;
    let is_payable = !allows_hosted || !order.billing.is_flat_rate();
    require(is_payable, || InterconnectRejection::FlatRate { mode: order.billing.as_str() })?;
    let new_members = members - usize::from(given.is_some());
    if let Some(given) = &given {
        fits(tx, &order, given, allows_hosted)?;
    }
    if !allows_hosted {
        order::is_billed_alike(tx, location.key(), order.billing, given.as_ref().map(|given| given.id))?;
    }
    let reservation = match &given {
        Some(given) => reserve_beside(tx, given, new_members),
        None => plant::reserve(tx, (tx.region(), location.key()), bandwidth, members),
    };
    let none = OrderRejection::NoFreePort { bandwidth: bandwidth.as_str(), location: location.key(), wanted: members };
    let reservation = reservation.ok_or(none)?;
    let tags = Tags::requested(tx, input.tags.as_deref())?;
    let child_tags = Tags::requested(tx, input.child_connection_tags.as_deref())?;
    order::is_within_quota(tx, location.key(), new_members)?;
    is_within_quota(tx)?;

    let lag = new_lag(tx, input, &order, &reservation, tags);
    tx.put_lag(lag.clone());
    let ids = new_member_ids(tx, new_members);
    for ((at, id), number) in ids.into_iter().enumerate().zip(&reservation.numbers) {
        let port = Port { device: reservation.device.number, number: *number };
        let name = format!("Requested Connection {} for Lag {}", at + 1, lag.id);
        let member = new_member(tx, &lag, id, port, name, &child_tags);
        tx.put_connection(member);
    }
    if let Some(given) = given {
        let number = reservation.numbers.last().copied().filter(|_| given.device() != reservation.device);
        let port = number.map_or(given.port, |number| Port { device: reservation.device.number, number });
        membership::join(tx, &given, &lag, port, lag.billing);
        if let Some(left) = given.lag {
            view::note_interruption(tx, left);
        }
    }
    Ok(view::changed_lag(tx, lag.id))
}

/// 1 to 4 members, or 1 to 2 from 100 Gbps on.
fn number_of_connections(value: i32, bandwidth: Bandwidth) -> Result<usize, LagRejection> {
    let limit = bandwidth.lag_members_max();
    let number = usize::try_from(value).ok().filter(|number| (1..=limit).contains(number));
    number.ok_or(LagRejection::NumberOfConnections { value, limit, bandwidth: bandwidth.as_str() })
}

/// The given connection agrees with the LAG that is to be made around it, and may leave the one it is in.
fn fits(tx: &mut Tx<'_>, order: &Order<'_>, given: &Connection, allows_hosted: bool) -> Result<(), Rejection> {
    let (what, lag) = (format!("Connection {}", given.id), "the requested LAG".to_owned());
    membership::takes(given.kind, &what, &lag, allows_hosted)?;
    require(given.location == order.location.key(), || LagRejection::OtherLocation {
        what: what.clone(),
        location: given.location,
        lag: lag.clone(),
        lag_location: order.location.key(),
    })?;
    require(given.bandwidth == order.bandwidth, || LagRejection::OtherBandwidth {
        what: what.clone(),
        bandwidth: given.bandwidth.as_str(),
        lag: lag.clone(),
        lag_bandwidth: order.bandwidth.as_str(),
    })?;
    let differs = || LagRejection::MacSecDiffers { connection: given.id.to_string() };
    require(given.mac_sec == order.mac_sec, differs)?;
    membership::billing_in(what, given.billing, &lag, order.billing)?;
    membership::may_leave(tx, given, LastMember::Counts)?;
    moves::may_host(tx, given, lag, allows_hosted)?;
    // What moves along has room on a LAG that has nothing yet, and as much capacity as the connection has.
    pools::may_leave(tx, given)?;
    Ok(())
}

/// Ports for the new members on the device of the given connection. While that one is only requested and in no LAG,
/// nothing is cabled, and all may go to another device together; the last number is then its own.
fn reserve_beside(tx: &mut Tx<'_>, given: &Connection, new_members: usize) -> Option<Reservation> {
    if let Some(reservation) = plant::reserve_on(tx, given.device(), given.bandwidth, new_members) {
        return Some(reservation);
    }
    let is_movable = given.phase.at(tx.now()) == Phase::Requested && given.lag.is_none();
    let place = (given.region, given.location);
    if is_movable { plant::reserve(tx, place, given.bandwidth, new_members + 1) } else { None }
}

/// The account may have one more LAG in the Region.
fn is_within_quota(tx: &mut Tx<'_>) -> Result<(), OrderRejection> {
    let (account, region) = (tx.caller(), tx.region());
    let limit = tx.quota(Quota::LagsPerRegion);
    require(tx.live_lags(account, region) < limit, || OrderRejection::LagQuota { account, region, limit })
}

fn new_lag(
    tx: &mut Tx<'_>,
    input: &shapes::CreateLagRequest,
    order: &Order<'_>,
    reservation: &Reservation,
    tags: Tags,
) -> Lag {
    let now = tx.now();
    Lag {
        id: tx.new_lag_id(),
        owner: tx.caller(),
        region: tx.region(),
        location: order.location.key(),
        device: reservation.device.number,
        name: input.lag_name.as_str().into(),
        bandwidth: order.bandwidth,
        provider: order.provider.map(Into::into),
        mac_sec: order.mac_sec,
        billing: order.billing,
        minimum_links: 0,
        encryption: EncryptionMode::initial(order.mac_sec),
        tags,
        created: now,
        phase: Steps::new(now, lag::Phase::Live),
        shown: Steps::new(now, lag::Seen::Pending),
        derived_since: now,
        allows_hosted: partners::is_partner(tx),
        keys: Keys::default(),
        encryption_ends: None,
    }
}

/// Ids in their order, so that the members, all made at one moment, are listed by their numbers.
fn new_member_ids(tx: &mut Tx<'_>, count: usize) -> BTreeSet<ConnectionId> {
    let mut ids = BTreeSet::new();
    while ids.len() < count {
        ids.insert(tx.new_connection_id());
    }
    ids
}

fn new_member(tx: &mut Tx<'_>, lag: &Lag, id: ConnectionId, port: Port, name: String, tags: &Tags) -> Connection {
    let (now, light) = (tx.now(), plant::light_on(tx, lag.device()));
    Connection {
        id,
        owner: lag.owner,
        region: lag.region,
        location: lag.location,
        name: name.into(),
        bandwidth: lag.bandwidth,
        provider: lag.provider.clone(),
        port,
        mac_sec: lag.mac_sec,
        billing: lag.billing,
        lag: Some(lag.id),
        tags: tags.clone(),
        created: now,
        phase: Connection::order_plan(now, &tx.delays()),
        change: Steps::new(now, Change::None),
        light: Steps::new(now, Light::Lit),
        device_light: Steps::new(now, light),
        encryption: Steps::new(now, lag.encryption),
        shown: Steps::new(now, Seen::Requested),
        kind: if lag.allows_hosted { Kind::Interconnect } else { Kind::Dedicated },
        loa_issue_time: None,
        billing_changes: BillingChanges::default(),
        keys: Keys::default(),
        far_end: None,
    }
}
