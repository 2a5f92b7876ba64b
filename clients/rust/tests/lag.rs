//! The story of a LAG, through aws-sdk-directconnect.

use aws_sdk_directconnect::Client;
use aws_sdk_directconnect::types::{
    Connection, ConnectionState, Lag, LagState, LoaContentType, NewPrivateVirtualInterface, Tag,
};
use crossconnect_client_rust::{Server, client, refusal};

const HERE: &str = "EqDC2";

async fn order(dx: &Client, name: &str, bandwidth: &str) -> String {
    let order = dx.create_connection().location(HERE).bandwidth(bandwidth).connection_name(name);
    order.send().await.unwrap().connection_id.unwrap()
}

async fn order_lag(dx: &Client, name: &str, connections: i32) -> (String, Vec<String>) {
    let order = dx.create_lag().location(HERE).connections_bandwidth("1Gbps").number_of_connections(connections);
    let lag = order.lag_name(name).send().await.unwrap();
    let members = lag.connections().iter().map(|member| member.connection_id().unwrap().to_owned()).collect();
    (lag.lag_id.unwrap(), members)
}

async fn connection(dx: &Client, id: &str) -> Connection {
    let found = dx.describe_connections().connection_id(id).send().await.unwrap();
    assert_eq!(found.connections().len(), 1);
    found.connections()[0].clone()
}

async fn lag(dx: &Client, id: &str) -> Lag {
    let found = dx.describe_lags().lag_id(id).send().await.unwrap();
    assert_eq!(found.lags().len(), 1);
    found.lags()[0].clone()
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

#[tokio::test]
async fn a_connection_moves_into_a_lag_and_out_again() {
    let server = Server::start();
    let dx = client(&server);

    let ordered = dx.create_connection().location(HERE).bandwidth("1Gbps").connection_name("c1");
    let ordered = ordered.tags(tag("of", "order")).send().await.unwrap();
    assert_eq!(ordered.connection_state(), Some(&ConnectionState::Requested));
    assert_eq!(ordered.tags(), [tag("of", "order")]);
    let c1 = ordered.connection_id().unwrap();
    let (g1, members) = order_lag(&dx, "g1", 1).await;
    assert_eq!(connection(&dx, c1).await.connection_state(), Some(&ConnectionState::Available));
    assert_eq!(lag(&dx, &g1).await.lag_state(), Some(&LagState::Available));

    let moved = dx.associate_connection_with_lag().connection_id(c1).lag_id(&g1).send().await.unwrap();
    assert_eq!((moved.connection_id(), moved.lag_id()), (Some(c1), Some(g1.as_str())));
    let joined = lag(&dx, &g1).await;
    assert_eq!(joined.number_of_connections(), 2);
    let listed: Vec<_> = joined.connections().iter().filter_map(Connection::connection_id).collect();
    assert!(listed.contains(&c1) && listed.contains(&members[0].as_str()), "{listed:?}");

    let alone = dx.disassociate_connection_from_lag().connection_id(c1).lag_id(&g1).send().await.unwrap();
    assert_eq!(alone.lag_id(), None);
    assert_eq!(lag(&dx, &g1).await.number_of_connections(), 1);

    for id in [c1, &members[0]] {
        let deleted = dx.delete_connection().connection_id(id).send().await.unwrap();
        assert_eq!(deleted.connection_state(), Some(&ConnectionState::Deleting));
        assert_eq!(connection(&dx, id).await.connection_state(), Some(&ConnectionState::Deleted));
    }
    let deleted = dx.delete_lag().lag_id(&g1).send().await.unwrap();
    assert_eq!((deleted.lag_state(), deleted.connections().len()), (Some(&LagState::Deleted), 0));
}

#[tokio::test]
async fn refusals_have_their_names_and_texts_and_change_nothing() {
    let server = Server::start();
    let dx = client(&server);
    let (g1, members) = order_lag(&dx, "g1", 2).await;
    let other = order(&dx, "other", "10Gbps").await;
    let update = dx.update_lag().lag_id(&g1).minimum_links(2).send().await.unwrap();
    assert_eq!(update.minimum_links(), 2);

    let join = |id: &str| dx.associate_connection_with_lag().connection_id(id).lag_id(&g1).send();
    let leave = dx.disassociate_connection_from_lag().connection_id(&members[0]).lag_id(&g1);
    let short = dx.create_connection().location(HERE).bandwidth("1Gbps").connection_name("");
    let refusals = [
        (refusal(leave.send().await), "minimumLinks is 2".to_owned()),
        (refusal(join(&other).await), format!("Connection {other} has a bandwidth of 10Gbps")),
        (refusal(join(&members[0]).await), format!("Connection {} is already a member of {g1}", members[0])),
        (refusal(join("dxcon-ffffffff").await), "Could not find Connection with ID dxcon-ffffffff".to_owned()),
        (refusal(dx.delete_lag().lag_id("dxlag-ffffffff").send().await), "Could not find Lag with ID".to_owned()),
        (refusal(short.send().await), "connectionName".to_owned()),
    ];
    for ((name, text), part) in refusals {
        assert_eq!(name, "DirectConnectClientException", "{text}");
        assert!(text.contains(&part), "{text}");
    }
    assert_eq!(lag(&dx, &g1).await.number_of_connections(), 2);
    assert_eq!(connection(&dx, &other).await.lag_id(), None);
}

#[tokio::test]
async fn an_error_of_the_model_has_its_own_type() {
    let server = Server::start();
    let dx = client(&server);
    let order = dx.create_connection().location(HERE).bandwidth("1Gbps").connection_name("c1");
    let outcome = order.tags(tag("twice", "1")).tags(tag("twice", "2")).send().await;
    let error = outcome.unwrap_err().into_service_error();
    assert!(error.is_duplicate_tag_keys_exception(), "{error:?}");
    assert_eq!(dx.describe_connections().send().await.unwrap().connections(), []);
}

#[tokio::test]
async fn a_lag_has_a_letter_and_its_interface_a_configuration() {
    let server = Server::start();
    let dx = client(&server);
    let (g1, members) = order_lag(&dx, "g1", 1).await;
    let letter = dx.describe_loa().connection_id(&g1).send().await.unwrap();
    assert_eq!(letter.loa_content_type(), Some(&LoaContentType::Pdf));
    let content = letter.loa_content().unwrap().as_ref();
    assert!(content.starts_with(b"%PDF-"));
    for fact in [g1.as_str(), &members[0], "This document authorises nothing."] {
        assert!(content.windows(fact.len()).any(|part| part == fact.as_bytes()), "{fact}");
    }
    assert!(connection(&dx, &members[0]).await.loa_issue_time().is_some());

    let new = NewPrivateVirtualInterface::builder().virtual_interface_name("v1").vlan(101).asn(65001);
    let new = new.virtual_gateway_id("vgw-0123456789abcdef0").build().unwrap();
    let made = dx.create_private_virtual_interface().connection_id(&g1).new_private_virtual_interface(new);
    let made = made.send().await.unwrap();
    let told = || dx.describe_router_configuration().virtual_interface_id(made.virtual_interface_id().unwrap());
    let answer = told().router_type_identifier("CiscoSystemsInc-Nexus9KSeriesSwitches-NXOS93").send().await.unwrap();
    assert_eq!(answer.router().and_then(|router| router.platform()), Some("Nexus 9K+ Series Switches"));
    let text = answer.customer_router_config().unwrap();
    for fact in ["interface Vlan101", "channel-group 1 mode active", made.auth_key().unwrap()] {
        assert!(text.contains(fact), "{fact} in {text}");
    }
    let (name, text) = refusal(told().send().await);
    assert_eq!(name, "DirectConnectClientException");
    assert!(text.starts_with("routerTypeIdentifier is missing"), "{text}");
}

#[tokio::test]
async fn tags_are_put_read_and_taken_away() {
    let server = Server::start();
    let dx = client(&server);
    let (g1, _) = order_lag(&dx, "g1", 1).await;
    let owner = lag(&dx, &g1).await.owner_account.unwrap();
    let arn = format!("arn:aws:directconnect:us-east-1:{owner}:dxlag/{g1}");
    let tags = || async {
        let described = dx.describe_tags().resource_arns(&arn).send().await.unwrap();
        described.resource_tags()[0].tags().to_vec()
    };

    dx.tag_resource().resource_arn(&arn).tags(tag("a", "1")).tags(tag("b", "2")).send().await.unwrap();
    assert_eq!(tags().await, [tag("a", "1"), tag("b", "2")]);
    dx.untag_resource().resource_arn(&arn).tag_keys("a").send().await.unwrap();
    assert_eq!(tags().await, [tag("b", "2")]);
}

#[tokio::test]
async fn lists_come_in_pages_and_locations_without_input() {
    let server = Server::start();
    let dx = client(&server);
    let first = order(&dx, "first", "1Gbps").await;
    let second = order(&dx, "second", "1Gbps").await;
    let page = dx.describe_connections().max_results(1).send().await.unwrap();
    assert_eq!(page.connections()[0].connection_id(), Some(first.as_str()));
    let rest = dx.describe_connections().max_results(1).set_next_token(page.next_token).send().await.unwrap();
    assert_eq!(rest.connections()[0].connection_id(), Some(second.as_str()));
    assert_eq!(rest.next_token(), None);

    let locations = dx.describe_locations().send().await.unwrap();
    assert!(locations.locations().iter().any(|location| location.location_code() == Some(HERE)));
}
