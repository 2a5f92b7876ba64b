//! What one client asks for next: all kinds of changes, to what it knows to be there.

use super::world::{World, text};
use crate::random::Random;
use serde_json::{Value, json};

/// More things than this, and what is drawn is rather a deletion.
const ENOUGH: usize = 30;
/// Who has what is allocated by the clients, and never calls.
const CUSTOMER: &str = "999900001111";

/// Every change that is drawn.
pub(super) const OPERATIONS: [&str; 40] = [
    "CreateConnection",
    "CreateLag",
    "CreateInterconnect",
    "CreateDirectConnectGateway",
    "CreatePrivateVirtualInterface",
    "CreateTransitVirtualInterface",
    "CreatePublicVirtualInterface",
    "AllocatePrivateVirtualInterface",
    "AllocateHostedConnection",
    "CreateBGPPeer",
    "CreateDirectConnectGatewayAssociation",
    "CreateDirectConnectGatewayAssociationProposal",
    "CreateResiliencyGroup",
    "AssociateConnectionWithLag",
    "DisassociateConnectionFromLag",
    "AssociateVirtualInterface",
    "AssociateMacSecKey",
    "DisassociateMacSecKey",
    "AssociateConnectionsToResiliencyGroup",
    "DisassociateConnectionsFromResiliencyGroup",
    "UpdateConnection",
    "UpdateLag",
    "UpdateDirectConnectGateway",
    "UpdateDirectConnectGatewayAssociation",
    "UpdateVirtualInterfaceAttributes",
    "UpdateConnectionsBillingMode",
    "UpdateResiliencyGroup",
    "TagResource",
    "UntagResource",
    "StartBgpFailoverTest",
    "StopBgpFailoverTest",
    "DeleteBGPPeer",
    "DeleteConnection",
    "DeleteLag",
    "DeleteInterconnect",
    "DeleteVirtualInterface",
    "DeleteDirectConnectGateway",
    "DeleteDirectConnectGatewayAssociation",
    "DeleteDirectConnectGatewayAssociationProposal",
    "DeleteResiliencyGroup",
];

/// A change and its input; ids that are not there are empty, and refused.
pub(super) fn draw(random: &mut Random, world: &World, account: &str, unique: &str) -> (&'static str, Value) {
    let first_deletion = OPERATIONS.iter().position(|name| name.starts_with("Delete")).unwrap_or_default();
    let is_full = world.len() > ENOUGH && random.one_in(2);
    let deletes = is_full || random.one_in(8);
    let number = match deletes {
        true => first_deletion + random.below(OPERATIONS.len() - first_deletion),
        false => random.below(first_deletion),
    };
    let mut order = Order { random, world, account, unique };
    (OPERATIONS[number], order.input(OPERATIONS[number]))
}

struct Order<'a> {
    random: &'a mut Random,
    world: &'a World,
    account: &'a str,
    unique: &'a str,
}

impl Order<'_> {
    fn input(&mut self, operation: &str) -> Value {
        let name = self.unique;
        let tags = json!([{"key": "made", "value": name}]);
        let port = json!({"location": "EqDC2", "tags": tags});
        match operation {
            "CreateConnection" => {
                with(port, json!({"bandwidth": "10Gbps", "connectionName": name, "requestMACSec": true}))
            }
            "CreateInterconnect" => with(port, json!({"bandwidth": "10Gbps", "interconnectName": name})),
            "CreateLag" => with(
                port,
                json!({"connectionsBandwidth": "10Gbps", "lagName": name, "numberOfConnections": 1, "requestMACSec": true}),
            ),
            "CreateDirectConnectGateway" => json!({"directConnectGatewayName": name}),
            "CreateResiliencyGroup" | "UpdateResiliencyGroup" | "DeleteResiliencyGroup" => self.group(operation),
            "AssociateConnectionsToResiliencyGroup" | "DisassociateConnectionsFromResiliencyGroup" => {
                let members = [self.one("connectionId")];
                let group = self.one("resiliencyGroupId");
                json!({"resiliencyGroupId": group, "connectionIdentifiers": members, "clientToken": name})
            }
            "AllocateHostedConnection" => {
                let parent = self.one("interconnectId");
                let vlan = self.vlan();
                json!({"connectionId": parent, "ownerAccount": CUSTOMER, "bandwidth": "1Gbps", "connectionName": name,
                       "vlan": vlan})
            }
            "TagResource" | "UntagResource" => {
                let arn = self.arn();
                match operation {
                    "TagResource" => json!({"resourceArn": arn, "tags": [{"key": "team", "value": name}]}),
                    _ => json!({"resourceArn": arn, "tagKeys": ["team"]}),
                }
            }
            _ if operation.contains("GatewayAssociation") || operation.ends_with("DirectConnectGateway") => {
                self.gateway(operation)
            }
            _ if operation.contains("VirtualInterface") || operation.contains("Bgp") || operation.contains("BGP") => {
                self.interface(operation)
            }
            _ => self.connection(operation),
        }
    }

    fn connection(&mut self, operation: &str) -> Value {
        let (name, connection, lag) = (self.unique, self.one("connectionId"), self.one("lagId"));
        let member = text(self.world.get(&connection), "lagId");
        match operation {
            "AssociateConnectionWithLag" => json!({"connectionId": connection, "lagId": lag}),
            "DisassociateConnectionFromLag" => json!({"connectionId": connection, "lagId": member}),
            "AssociateMacSecKey" => {
                let ckn = format!("{:064x}", self.random.number());
                json!({"connectionId": connection, "ckn": ckn, "cak": "c".repeat(64)})
            }
            "DisassociateMacSecKey" => {
                let keyed = self.world.ids("connectionId").into_iter();
                let mut keyed = keyed.filter(|id| self.world.get(id)["macSecKeys"][0].is_object());
                let id = keyed.next().unwrap_or_default();
                let secret = text(&self.world.get(&id)["macSecKeys"][0], "secretARN");
                json!({"connectionId": id, "secretARN": secret})
            }
            "UpdateConnection" => json!({"connectionId": connection, "connectionName": name}),
            "UpdateConnectionsBillingMode" => {
                let mode = if self.random.one_in(2) { "PayAsYouGo" } else { "FlatRateTier1" };
                json!({"connectionIds": [connection], "billingMode": mode})
            }
            "UpdateLag" => json!({"lagId": lag, "lagName": name, "minimumLinks": self.random.below(2)}),
            "DeleteConnection" => json!({"connectionId": connection}),
            "DeleteInterconnect" => json!({"interconnectId": self.one("interconnectId")}),
            _ => {
                // Only one without members may go.
                let empty = self.world.ids("lagId").into_iter();
                let empty = empty.filter(|id| self.world.get(id)["numberOfConnections"] == 0).collect::<Vec<_>>();
                json!({"lagId": self.random.pick(&empty).cloned().unwrap_or(lag)})
            }
        }
    }

    fn interface(&mut self, operation: &str) -> Value {
        let (parent, interface) = (self.one("connectionId"), self.one("virtualInterfaceId"));
        let (vlan, gateway) = (self.vlan(), self.one("directConnectGatewayId"));
        let new = json!({"virtualInterfaceName": self.unique, "vlan": vlan, "asn": 65001});
        let led = with(new.clone(), json!({"directConnectGatewayId": gateway}));
        match operation {
            "CreatePrivateVirtualInterface" => json!({"connectionId": parent, "newPrivateVirtualInterface": led}),
            "CreateTransitVirtualInterface" => json!({"connectionId": parent, "newTransitVirtualInterface": led}),
            "CreatePublicVirtualInterface" => {
                let block = vlan % 250;
                let addresses = json!({"amazonAddress": format!("192.0.{block}.1/30"),
                    "customerAddress": format!("192.0.{block}.2/30"), "addressFamily": "ipv4",
                    "routeFilterPrefixes": [{"cidr": format!("198.{block}.0.0/16")}]});
                json!({"connectionId": parent, "newPublicVirtualInterface": with(new, addresses)})
            }
            "AllocatePrivateVirtualInterface" => {
                json!({"connectionId": parent, "ownerAccount": CUSTOMER, "newPrivateVirtualInterfaceAllocation": new})
            }
            "AssociateVirtualInterface" => {
                let parent = if self.random.one_in(2) { parent } else { self.one("lagId") };
                json!({"virtualInterfaceId": interface, "connectionId": parent})
            }
            "UpdateVirtualInterfaceAttributes" => {
                let mtu = if self.random.one_in(2) { 1500 } else { 8500 };
                json!({"virtualInterfaceId": interface, "mtu": mtu, "virtualInterfaceName": self.unique})
            }
            "CreateBGPPeer" => {
                json!({"virtualInterfaceId": interface, "newBGPPeer": {"asn": 65002, "addressFamily": "ipv6"}})
            }
            "DeleteBGPPeer" => {
                let peers = self.world.get(&interface)["bgpPeers"].as_array().cloned().unwrap_or_default();
                let peer = self.random.pick(&peers).map(|peer| text(peer, "bgpPeerId")).unwrap_or_default();
                json!({"virtualInterfaceId": interface, "bgpPeerId": peer})
            }
            "StartBgpFailoverTest" => json!({"virtualInterfaceId": interface, "testDurationInMinutes": 60}),
            _ => json!({"virtualInterfaceId": interface}),
        }
    }

    fn gateway(&mut self, operation: &str) -> Value {
        let (gateway, association) = (self.one("directConnectGatewayId"), self.one("associationId"));
        let cloud = format!("vgw-{:08x}", self.random.below(1 << 20));
        match operation {
            "UpdateDirectConnectGateway" => {
                json!({"directConnectGatewayId": gateway, "newDirectConnectGatewayName": self.unique})
            }
            "DeleteDirectConnectGateway" => json!({"directConnectGatewayId": gateway}),
            "CreateDirectConnectGatewayAssociation" => json!({"directConnectGatewayId": gateway, "gatewayId": cloud}),
            "CreateDirectConnectGatewayAssociationProposal" => {
                json!({"directConnectGatewayId": gateway, "directConnectGatewayOwnerAccount": self.account,
                       "gatewayId": cloud})
            }
            "UpdateDirectConnectGatewayAssociation" => {
                let cidr = format!("10.{}.0.0/16", self.random.below(256));
                json!({"associationId": association, "addAllowedPrefixesToDirectConnectGateway": [{"cidr": cidr}]})
            }
            "DeleteDirectConnectGatewayAssociationProposal" => json!({"proposalId": self.one("proposalId")}),
            _ => json!({"associationId": association}),
        }
    }

    fn group(&mut self, operation: &str) -> Value {
        let name = self.unique;
        match operation {
            "CreateResiliencyGroup" => {
                json!({"resiliencyGroupName": name, "intendedResiliencyModel": "high-resiliency", "clientToken": name})
            }
            "UpdateResiliencyGroup" => {
                let group = self.one("resiliencyGroupId");
                json!({"resiliencyGroupId": group, "resiliencyGroupName": name, "clientToken": name})
            }
            _ => json!({"resiliencyGroupId": self.one("resiliencyGroupId")}),
        }
    }

    /// The id of something of that kind.
    fn one(&mut self, member: &str) -> String {
        let ids = self.world.ids(member);
        self.random.pick(&ids).cloned().unwrap_or_default()
    }

    fn vlan(&mut self) -> usize {
        1 + self.random.below(4000)
    }

    fn arn(&mut self) -> String {
        let kind = ["connectionId", "lagId", "virtualInterfaceId", "directConnectGatewayId"][self.random.below(4)];
        let id = self.one(kind);
        let account = self.account;
        match kind {
            "connectionId" => format!("arn:aws:directconnect:us-east-1:{account}:dxcon/{id}"),
            "lagId" => format!("arn:aws:directconnect:us-east-1:{account}:dxlag/{id}"),
            "virtualInterfaceId" => format!("arn:aws:directconnect:us-east-1:{account}:dxvif/{id}"),
            _ => format!("arn:aws:directconnect::{account}:dx-gateway/{id}"),
        }
    }
}

/// Both documents in one.
fn with(mut document: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut document, more) {
        members.extend(more);
    }
    document
}
