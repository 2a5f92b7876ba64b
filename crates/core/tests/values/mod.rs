//! The values whose bytes are stored, written out member by member.

mod gateways;
mod groups;
mod interfaces;
mod mac_sec;
mod registry;

use crossconnect_api::shapes;
use crossconnect_core::ids::{
    AccountId, BgpPeerId, ConnectionId, DeviceId, LagId, LocationCode, Region, Uuid, VirtualInterfaceId,
};
use crossconnect_core::model::account::{Account, PartnerKind};
use crossconnect_core::model::bandwidth::{Bandwidth, HostedBandwidth};
use crossconnect_core::model::billing::{BillingChanges, BillingMode};
use crossconnect_core::model::connection::{self, Change, Connection, Port};
use crossconnect_core::model::device::{Device, Light};
use crossconnect_core::model::encryption::EncryptionMode;
use crossconnect_core::model::failover_test::{FailoverTest, Status};
use crossconnect_core::model::hosted_connection::{self, HostedConnection};
use crossconnect_core::model::interconnect::Kind;
use crossconnect_core::model::lag::{self, Lag};
use crossconnect_core::model::mac_sec::Keys;
use crossconnect_core::model::virtual_interface::Parent;
use crossconnect_core::settings::{Clock, Delay, Placement, Plant, Quota, Settings};
use crossconnect_core::{Context, Duration, Record, Replay, State, Steps, Tags, Timestamp, Tx};
use std::sync::Arc;

/// Every stored record under its name.
pub(crate) fn records() -> Vec<(&'static str, Record)> {
    let mut records = vec![
        ("settings", Record::Settings(Arc::new(settings()))),
        ("clock-system", Record::Clock(Clock::System)),
        ("clock-manual", Record::Clock(Clock::Manual { now: at(7) })),
        (
            "account",
            Record::Account(Arc::new(Account { id: owner(), partner: None, agreements: Vec::new(), name: None })),
        ),
        (
            "account-partner",
            Record::Account(Arc::new(Account {
                id: partner(),
                partner: Some(PartnerKind::V2),
                agreements: Vec::new(),
                name: None,
            })),
        ),
        ("account-signed", Record::Account(Arc::new(signer()))),
        ("device", Record::Device(Arc::new(Device { id: device(), light: Light::Dark, has_logical_redundancy: None }))),
        ("connection", Record::Connection(Arc::new(connection()))),
        ("connection-member", Record::Connection(Arc::new(member()))),
        ("interconnect", Record::Connection(Arc::new(interconnect()))),
        ("connection-rebilled", Record::Connection(Arc::new(rebilled()))),
        ("hosted-connection", Record::HostedConnection(Arc::new(hosted()))),
        ("hosted-connection-on-lag", Record::HostedConnection(Arc::new(hosted_on_lag()))),
        ("lag", Record::Lag(Arc::new(lag()))),
        ("lag-hosting", Record::Lag(Arc::new(hosting_lag()))),
        ("failover-test", Record::FailoverTest(Arc::new(failover_test()))),
        (
            "replay",
            Record::Replay(Arc::new(Replay { call: [7; 32], answered: at(9), body: b"{}".to_vec(), nonce: None })),
        ),
    ];
    records.extend(gateways::records());
    records.extend(groups::records());
    records.extend(interfaces::records());
    records.extend(mac_sec::records());
    records.extend(registry::records());
    records
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::MANUAL_START + Duration::from_seconds(seconds)
}

fn failover_test() -> FailoverTest {
    let mut status = Steps::new(at(60), Status::InProgress);
    status.push(at(70), Status::Cancelled);
    let peer = |text| BgpPeerId::parse(text).expect("well-formed").expect("of our length");
    FailoverTest {
        id: Uuid::parse("01234567-89ab-4cde-8f01-23456789abcd").expect("a UUID"),
        virtual_interface: VirtualInterfaceId::parse("dxvif-f0000001").expect("well-formed").expect("of our length"),
        peers: vec![peer("dxpeer-f0000001"), peer("dxpeer-f0000002")],
        owner: owner(),
        duration_in_minutes: 4320,
        started: at(60),
        status,
        region: Region::new("us-east-1").expect("a short name"),
    }
}

fn owner() -> AccountId {
    AccountId::new("000022223333").expect("twelve digits")
}

fn partner() -> AccountId {
    AccountId::new("555555555555").expect("twelve digits")
}

fn region() -> Region {
    Region::new("us-east-1").expect("a short name")
}

fn location() -> LocationCode {
    LocationCode::new("EqDC2").expect("a short name")
}

fn device() -> DeviceId {
    DeviceId { region: region(), location: location(), number: 1 }
}

fn connection_id(text: &str) -> ConnectionId {
    ConnectionId::parse(text).ok().flatten().expect("an id")
}

fn lag_id() -> LagId {
    LagId::parse("dxlag-ffjhj9lx").ok().flatten().expect("an id")
}

fn tags(pairs: &[(&str, &str)]) -> Tags {
    let wanted: Vec<_> =
        pairs.iter().map(|(key, value)| shapes::Tag { key: (*key).into(), value: Some((*value).into()) }).collect();
    let (state, mut random) = (State::default(), |_: &mut [u8]| {});
    let context = Context { account: owner(), region: region(), system_time: at(0) };
    Tags::requested(&mut Tx::new(&state, context, &mut random), Some(&wanted)).expect("tags that keep the rules")
}

/// Every setting of this release by its name; those that a later one adds have their defaults.
fn settings() -> Settings {
    let delays = [
        ("connection_requested", 1),
        ("connection_pending", 2),
        ("hosted_connection_pending", 3),
        ("lag_change", 4),
        ("public_interface_verifying", 5),
        ("virtual_interface_pending", 6),
        ("bgp_session", 7),
        ("interface_update", 8),
        ("interface_move", 9),
        ("gateway_pending", 10),
        ("gateway_deleting", 11),
        ("gateway_association", 12),
        ("macsec_key", 13),
        ("resiliency_group", 14),
        ("deleting", 15),
        ("retention", 16),
        ("proposal_retention", 17),
    ];
    let quotas = [("connections_per_location", 21), ("lags_per_region", 22), ("tags_per_resource", 23)];
    let mut settings = Settings {
        plant: Plant { devices_per_location: 3, ports_per_speed: 300 },
        placement: Placement::Spread,
        ..Settings::default()
    };
    for (name, seconds) in delays {
        let delay = Delay::ALL.into_iter().find(|delay| delay.name() == name).expect("a name that stays");
        settings.delays.set(delay, Duration::from_seconds(seconds));
    }
    for (name, value) in quotas {
        let quota = Quota::ALL.into_iter().find(|quota| quota.name() == name).expect("a name that stays");
        settings.quotas.set(quota, value);
    }
    settings
}

/// Alone, with history and a plan.
fn connection() -> Connection {
    let mut phase = Steps::new(at(0), connection::Phase::Requested);
    phase.push(at(2), connection::Phase::Pending);
    phase.push(at(4), connection::Phase::Provisioned);
    phase.push(at(60), connection::Phase::Deleting);
    phase.push(at(61), connection::Phase::Deleted);
    let mut shown = Steps::new(at(0), connection::Seen::Requested);
    shown.push(at(2), connection::Seen::Pending);
    shown.push(at(4), connection::Seen::Down);
    shown.push(at(4), connection::Seen::Available);
    Connection {
        id: connection_id("dxcon-fg31dyv6"),
        owner: owner(),
        region: region(),
        location: location(),
        name: "first ä".into(),
        bandwidth: Bandwidth::Gbps1,
        provider: Some("Equinix, Inc.".into()),
        port: Port { device: 0, number: 47 },
        mac_sec: false,
        billing: BillingMode::PayAsYouGo,
        lag: None,
        tags: tags(&[("env", "test"), ("empty", "")]),
        created: at(0),
        phase,
        change: Steps::new(at(0), Change::None),
        light: Steps::new(at(0), Light::Lit),
        device_light: Steps::new(at(0), Light::Lit),
        encryption: Steps::new(at(0), EncryptionMode::NoEncrypt),
        shown,
        kind: Kind::Dedicated,
        loa_issue_time: None,
        billing_changes: BillingChanges::default(),
        keys: Keys::default(),
        far_end: None,
    }
}

/// A connection that carries hosted ones.
fn interconnect() -> Connection {
    Connection { id: connection_id("dxcon-fgk5s2m1"), kind: Kind::Interconnect, ..connection() }
}

fn signer() -> Account {
    let id = AccountId::new("777777777777").expect("twelve digits");
    Account { id, partner: Some(PartnerKind::V1), agreements: vec!["first ä".into(), "second".into()], name: None }
}

/// Confirmed and deleted.
fn hosted() -> HostedConnection {
    let mut phase = Steps::new(at(0), hosted_connection::Phase::Ordering);
    phase.push(at(2), hosted_connection::Phase::Pending);
    phase.push(at(4), hosted_connection::Phase::Provisioned);
    phase.push(at(60), hosted_connection::Phase::Deleting);
    phase.push(at(61), hosted_connection::Phase::Deleted);
    let mut shown = Steps::new(at(0), hosted_connection::Seen::Ordering);
    shown.push(at(2), hosted_connection::Seen::Pending);
    shown.push(at(4), hosted_connection::Seen::Available);
    shown.push(at(50), hosted_connection::Seen::Down);
    shown.push(at(60), hosted_connection::Seen::Deleting);
    HostedConnection {
        id: connection_id("dxcon-fgh8t2u5"),
        owner: owner(),
        region: region(),
        location: location(),
        name: "hosted ä".into(),
        bandwidth: HostedBandwidth::ALL[10],
        vlan: 4094,
        parent: Parent::Connection(connection_id("dxcon-fgk5s2m1")),
        partner: partner(),
        tags: tags(&[("of", "customer")]),
        created: at(0),
        phase,
        shown,
        derived_since: at(60),
    }
}

/// Declined.
fn hosted_on_lag() -> HostedConnection {
    let mut phase = Steps::new(at(0), hosted_connection::Phase::Ordering);
    phase.push(at(5), hosted_connection::Phase::Rejected);
    HostedConnection {
        id: connection_id("dxcon-fgh8t2u6"),
        bandwidth: HostedBandwidth::ALL[0],
        parent: Parent::Lag(lag_id()),
        tags: Tags::default(),
        phase,
        shown: Steps::new(at(0), hosted_connection::Seen::Ordering),
        derived_since: at(5),
        ..hosted()
    }
}

/// In a LAG, with every cause at work.
fn member() -> Connection {
    let mut change = Steps::new(at(0), Change::None);
    change.push(at(10), Change::Joining);
    change.push(at(11), Change::None);
    change.push(at(12), Change::Leaving);
    change.push(at(13), Change::None);
    let mut light = Steps::new(at(0), Light::Lit);
    light.push(at(14), Light::Dark);
    let mut encryption = Steps::new(at(0), EncryptionMode::ShouldEncrypt);
    encryption.push(at(15), EncryptionMode::MustEncrypt);
    Connection {
        id: connection_id("dxcon-fh6ayh1d"),
        name: "Requested Connection 1 for Lag dxlag-ffjhj9lx".into(),
        bandwidth: Bandwidth::Gbps100,
        provider: None,
        port: Port { device: 1, number: 300 },
        mac_sec: true,
        billing: BillingMode::FlatRateTier5,
        lag: Some(lag_id()),
        tags: Tags::default(),
        phase: Steps::new(at(0), connection::Phase::Provisioned),
        change,
        light,
        device_light: Steps::new(at(0), Light::Dark),
        encryption,
        ..connection()
    }
}

/// Alone, its billing mode changed twice.
fn rebilled() -> Connection {
    let mut billing_changes = BillingChanges::default();
    billing_changes.push(at(20));
    billing_changes.push(at(30));
    Connection {
        id: connection_id("dxcon-ffabc123"),
        bandwidth: Bandwidth::Gbps10,
        billing: BillingMode::FlatRateTier2,
        billing_changes,
        ..connection()
    }
}

fn lag() -> Lag {
    let mut phase = Steps::new(at(0), lag::Phase::Live);
    phase.push(at(30), lag::Phase::Deleting);
    phase.push(at(31), lag::Phase::Deleted);
    let mut shown = Steps::new(at(0), lag::Seen::Pending);
    shown.push(at(4), lag::Seen::Available);
    shown.push(at(5), lag::Seen::Down);
    shown.push(at(30), lag::Seen::Deleting);
    Lag {
        id: lag_id(),
        owner: owner(),
        region: region(),
        location: location(),
        device: 1,
        name: "lag".into(),
        bandwidth: Bandwidth::Gbps100,
        provider: Some("Equinix, Inc.".into()),
        mac_sec: true,
        billing: BillingMode::FlatRateTier5,
        minimum_links: 2,
        encryption: EncryptionMode::MustEncrypt,
        tags: tags(&[("of", "lag")]),
        created: at(0),
        phase,
        shown,
        derived_since: at(30),
        allows_hosted: false,
        keys: Keys::default(),
        encryption_ends: None,
    }
}

/// Made by a partner.
fn hosting_lag() -> Lag {
    Lag { id: LagId::parse("dxlag-fgk5s2m1").ok().flatten().expect("an id"), allows_hosted: true, ..lag() }
}
