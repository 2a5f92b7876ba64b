//! The story of a hosted connection, from a partner to its customer, through aws-sdk-directconnect.

use aws_sdk_directconnect::Client;
use aws_sdk_directconnect::types::{
    Connection, ConnectionState, InterconnectState, NewPrivateVirtualInterface, NniPartnerType,
};
use crossconnect_client_rust::{Server, client_of, new_account, refusal};

const HERE: &str = "EqDC2";

/// A partner and a customer: a client of each, and the customer's account.
async fn parties(server: &Server) -> (Client, Client, String) {
    let (seller, owner) = (new_account(), new_account());
    server.make_partner(&seller, "v2");
    (client_of(server, &seller), client_of(server, &owner), owner)
}

async fn order_interconnect(dx: &Client, name: &str) -> String {
    let order = dx.create_interconnect().location(HERE).bandwidth("10Gbps").interconnect_name(name);
    order.send().await.unwrap().interconnect_id.unwrap()
}

async fn allocate(dx: &Client, parent: &str, owner: &str) -> String {
    let order = dx.allocate_hosted_connection().connection_id(parent).owner_account(owner).bandwidth("1Gbps");
    let made = order.connection_name("h1").vlan(101).send().await.unwrap();
    assert_eq!((made.owner_account(), made.vlan()), (Some(owner), 101));
    assert_eq!(made.connection_state(), Some(&ConnectionState::Ordering));
    made.connection_id.unwrap()
}

async fn connection(dx: &Client, id: &str) -> Connection {
    let found = dx.describe_connections().connection_id(id).send().await.unwrap();
    assert_eq!(found.connections().len(), 1);
    found.connections()[0].clone()
}

async fn hosted(dx: &Client, parent: &str) -> Vec<String> {
    let found = dx.describe_hosted_connections().connection_id(parent).send().await.unwrap();
    found.connections().iter().map(|one| one.connection_id().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn it_is_allocated_confirmed_used_moved_and_ended() {
    let server = Server::start();
    let (seller, customer, owner) = parties(&server).await;
    let metadata = seller.describe_customer_metadata().send().await.unwrap();
    assert_eq!(metadata.nni_partner_type(), Some(&NniPartnerType::V2));
    let (i1, i2) = (order_interconnect(&seller, "i1").await, order_interconnect(&seller, "i2").await);
    let listed = seller.describe_interconnects().send().await.unwrap();
    assert!(listed.interconnects().iter().all(|one| one.interconnect_state() == Some(&InterconnectState::Available)));
    let h1 = allocate(&seller, &i1, &owner).await;

    let confirmed = customer.confirm_connection().connection_id(&h1).send().await.unwrap();
    assert_eq!(confirmed.connection_state(), Some(&ConnectionState::Pending));
    assert_eq!(connection(&customer, &h1).await.connection_state(), Some(&ConnectionState::Available));
    let (name, text) = refusal(customer.confirm_connection().connection_id(&h1).send().await);
    assert_eq!(name, "DirectConnectClientException");
    assert_eq!(text, format!("ConfirmConnection failed. {h1} is in state available"));

    let order = |vlan| {
        let new = NewPrivateVirtualInterface::builder().virtual_interface_name("v1").vlan(vlan).asn(65001);
        let new = new.virtual_gateway_id("vgw-0123456789abcdef0").build().unwrap();
        customer.create_private_virtual_interface().connection_id(&h1).new_private_virtual_interface(new).send()
    };
    let (_, text) = refusal(order(102).await);
    assert_eq!(text, format!("vlan 102 is not that of hosted connection {h1}; expected 101"));
    let v1 = order(101).await.unwrap().virtual_interface_id.unwrap();

    seller.associate_hosted_connection().connection_id(&h1).parent_connection_id(&i2).send().await.unwrap();
    assert_eq!((hosted(&seller, &i1).await, hosted(&seller, &i2).await), (vec![], vec![h1.clone()]));
    let lag = seller.create_lag().location(HERE).connections_bandwidth("10Gbps").number_of_connections(1);
    let lag = lag.lag_name("g1").send().await.unwrap();
    assert!(lag.allows_hosted_connections());
    let g1 = lag.lag_id().unwrap();
    seller.associate_connection_with_lag().connection_id(&i2).lag_id(g1).send().await.unwrap();
    assert_eq!(hosted(&seller, g1).await, [h1.clone()]);
    assert_eq!(connection(&customer, &h1).await.lag_id(), Some(g1));

    let (_, text) = refusal(seller.delete_connection().connection_id(&h1).send().await);
    assert!(text.ends_with("cannot be deleted until its Virtual Interfaces are deleted"), "{text}");
    customer.delete_virtual_interface().virtual_interface_id(v1).send().await.unwrap();
    let ended = seller.delete_connection().connection_id(&h1).send().await.unwrap();
    assert_eq!(ended.connection_state(), Some(&ConnectionState::Deleting));
    let gone = seller.delete_interconnect().interconnect_id(&i1).send().await.unwrap();
    assert_eq!(gone.interconnect_state(), Some(&InterconnectState::Deleting));
}

#[tokio::test]
async fn it_is_declined_and_only_partners_allocate() {
    let server = Server::start();
    let (seller, customer, owner) = parties(&server).await;
    let h1 = allocate(&seller, &order_interconnect(&seller, "i1").await, &owner).await;
    let declined = customer.delete_connection().connection_id(&h1).send().await.unwrap();
    assert_eq!(declined.connection_state(), Some(&ConnectionState::Rejected));
    let (name, text) = refusal(customer.describe_interconnects().send().await);
    assert_eq!(name, "DirectConnectClientException");
    assert_eq!(text, format!("Account {owner} is not an authorized Direct Connect partner in us-east-1."));
}
