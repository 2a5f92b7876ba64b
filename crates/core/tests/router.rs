//! What router configurations say of MACsec: as much as the port below the interface has, and nothing of a partner's.

use crossconnect_api::{Request, Response, shapes};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::{Context, Rejection, State, Timestamp, Tx, control, run};

const ACCOUNT: &str = "111122223333";

/// A plant in which each call comes some seconds after the one before, so that what it began has come about.
struct Plant {
    state: State,
    now: Timestamp,
}

impl Plant {
    fn new() -> Self {
        Plant { state: State::default(), now: Timestamp::MANUAL_START }
    }

    fn act<T>(&mut self, act: impl FnOnce(&mut Tx<'_>) -> Result<T, Rejection>) -> T {
        self.now = Timestamp(self.now.0 + 10_000);
        let mut drawn = u64::try_from(self.state.records().count()).expect("a few records");
        let mut random = |bytes: &mut [u8]| {
            drawn += 1;
            bytes.fill(drawn.to_le_bytes()[0]);
        };
        let account = AccountId::new(ACCOUNT).expect("twelve digits");
        let region = Region::new("us-east-1").expect("a short name");
        let mut tx = Tx::new(&self.state, Context { account, region, system_time: self.now }, &mut random);
        let response = act(&mut tx).expect("what keeps the rules");
        if let Some((_, after)) = tx.finish() {
            self.state = after;
        }
        response
    }

    fn call(&mut self, request: &Request) -> Response {
        self.act(|tx| run(tx, request))
    }

    fn connection(&mut self) -> String {
        let answer = self.call(&Request::CreateConnection(shapes::CreateConnectionRequest {
            location: "EqDC2".into(),
            bandwidth: "10Gbps".into(),
            connection_name: "c1".into(),
            request_mac_sec: Some(true),
            ..shapes::CreateConnectionRequest::default()
        }));
        let Response::CreateConnection(connection) = answer else { panic!("it answers {answer:?}") };
        connection.connection_id.expect("it has an id")
    }

    fn lag(&mut self) -> String {
        let answer = self.call(&Request::CreateLag(shapes::CreateLagRequest {
            number_of_connections: 2,
            location: "EqDC2".into(),
            connections_bandwidth: "10Gbps".into(),
            lag_name: "g1".into(),
            request_mac_sec: Some(true),
            ..shapes::CreateLagRequest::default()
        }));
        let Response::CreateLag(lag) = answer else { panic!("it answers {answer:?}") };
        lag.lag_id.expect("it has an id")
    }

    fn key(&mut self, port: &str, digit: &str) {
        self.call(&Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest {
            connection_id: port.to_owned(),
            ckn: Some(digit.repeat(64)),
            cak: Some("c".repeat(64)),
            secret_arn: None,
        }));
    }

    fn interface(&mut self, port: &str) -> String {
        let new = shapes::NewPrivateVirtualInterface {
            virtual_interface_name: "v1".into(),
            vlan: 101,
            asn: Some(65000),
            virtual_gateway_id: Some("vgw-0123456789abcdef0".into()),
            ..shapes::NewPrivateVirtualInterface::default()
        };
        let answer = self.call(&Request::CreatePrivateVirtualInterface(shapes::CreatePrivateVirtualInterfaceRequest {
            connection_id: port.to_owned(),
            new_private_virtual_interface: new,
        }));
        let Response::CreatePrivateVirtualInterface(interface) = answer else { panic!("it answers {answer:?}") };
        interface.virtual_interface_id.expect("it has an id")
    }

    /// For a router that speaks MACsec.
    fn configuration(&mut self, interface: &str) -> String {
        let answer = self.call(&Request::DescribeRouterConfiguration(shapes::DescribeRouterConfigurationRequest {
            virtual_interface_id: interface.to_owned(),
            router_type_identifier: Some("JuniperNetworksInc-MMXSeriesRouters-JunOS95".into()),
        }));
        let Response::DescribeRouterConfiguration(told) = answer else { panic!("it answers {answer:?}") };
        told.customer_router_config.expect("there is a configuration")
    }
}

fn ckn(digit: &str) -> String {
    format!("ckn {};", digit.repeat(64))
}

#[test]
fn a_connection_has_its_keys_in_its_mode() {
    let mut plant = Plant::new();
    let connection = plant.connection();
    let interface = plant.interface(&connection);
    plant.key(&connection, "a");
    plant.key(&connection, "b");
    for (mode, policy) in
        [("should_encrypt", Some("should-secure;")), ("must_encrypt", Some("must-secure;")), ("no_encrypt", None)]
    {
        plant.call(&Request::UpdateConnection(shapes::UpdateConnectionRequest {
            connection_id: connection.clone(),
            encryption_mode: Some(mode.to_owned()),
            ..shapes::UpdateConnectionRequest::default()
        }));
        let text = plant.configuration(&interface);
        assert_eq!(text.contains("macsec"), policy.is_some(), "{mode}: {text}");
        for part in policy.map(|policy| [policy.to_owned(), ckn("a"), ckn("b")]).into_iter().flatten() {
            assert!(text.contains(&part), "{mode}, {part}: {text}");
        }
    }
}

#[test]
fn a_lag_has_its_keys_on_all_its_ports() {
    let mut plant = Plant::new();
    let lag = plant.lag();
    let interface = plant.interface(&lag);
    plant.key(&lag, "a");
    let text = plant.configuration(&interface);
    assert!(text.contains("should-secure;") && text.contains(&ckn("a")), "{text}");
    assert_eq!(text.matches("connectivity-association DIRECT-CONNECT-1;").count(), 2, "{text}");
}

/// MACsec on an interconnect is between the partner and AWS.
#[test]
fn a_hosted_connection_has_nothing_of_the_partners_keys() {
    let mut plant = Plant::new();
    let (id, partner) = (ACCOUNT.to_owned(), Some(PartnerKind::V2));
    let partner = control::Request::Registry(control::registry::Change::PutAccount { id, partner, name: None });
    plant.act(|tx| control::run(tx, &partner));
    let answer = plant.call(&Request::CreateInterconnect(shapes::CreateInterconnectRequest {
        interconnect_name: "i1".into(),
        bandwidth: "10Gbps".into(),
        location: "EqDC2".into(),
        request_mac_sec: Some(true),
        ..shapes::CreateInterconnectRequest::default()
    }));
    let Response::CreateInterconnect(interconnect) = answer else { panic!("it answers {answer:?}") };
    let partners = interconnect.interconnect_id.expect("it has an id");
    let answer = plant.call(&Request::AllocateHostedConnection(shapes::AllocateHostedConnectionRequest {
        connection_id: partners.clone(),
        owner_account: ACCOUNT.into(),
        bandwidth: "1Gbps".into(),
        connection_name: "h1".into(),
        vlan: 101,
        tags: None,
    }));
    let Response::AllocateHostedConnection(hosted) = answer else { panic!("it answers {answer:?}") };
    let hosted = hosted.connection_id.expect("it has an id");
    plant.call(&Request::ConfirmConnection(shapes::ConfirmConnectionRequest { connection_id: hosted.clone() }));
    plant.key(&partners, "a");
    let interface = plant.interface(&hosted);
    let text = plant.configuration(&interface);
    assert!(!text.contains("macsec") && !text.contains(&ckn("a")), "{text}");
}
