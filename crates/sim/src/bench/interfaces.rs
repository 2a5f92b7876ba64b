//! Reads of virtual interfaces and gateways over HTTP, with signatures that are verified.

use super::http::{Api, address, create};
use super::{Bench, Row, load, median};
use crate::process::Server;
use serde_json::{Value, json};

/// Connections of the load: enough to keep both cores busy.
const CLIENTS: usize = 32;
/// Interfaces on one connection: all that it takes.
const INTERFACES: u64 = 50;
/// Direct Connect gateways of one account, and virtual private gateways of each: all that there may be.
const GATEWAYS: u64 = 200;
const ASSOCIATIONS: u64 = 20;
/// Results of the longest page.
const PAGE: u64 = 100;

fn private(connection: &str, number: u64) -> Value {
    json!({"connectionId": connection, "newPrivateVirtualInterface": {
        "virtualInterfaceName": format!("interface {number}"), "vlan": number, "asn": 65001,
        "virtualGatewayId": "vgw-0123456789abcdef0",
    }})
}

/// All interfaces of one connection, against a server that answers the same bytes.
pub(super) fn on_a_connection(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let api = Api::start(bench, &["--store".as_ref(), "memory:".as_ref()])?;
    let made = api.call("CreateConnection", &create(1))?;
    let connection = made["connectionId"].as_str().unwrap_or_default();
    for number in 1..=INTERFACES {
        api.call("CreatePrivateVirtualInterface", &private(connection, number))?;
    }
    let input = json!({"connectionId": connection});
    let answer = api.call("DescribeVirtualInterfaces", &input)?;
    let count = answer["virtualInterfaces"].as_array().map_or(0, Vec::len) as u64;
    if count != INTERFACES {
        return Err(format!("{count} interfaces are listed, expected {INTERFACES}"));
    }
    let file = bench.folder.join("interfaces");
    std::fs::write(&file, answer.to_string()).map_err(|error| format!("{}: {error}", file.display()))?;
    let bare = Server::start_with(bench.this, &["bare".as_ref(), file.as_os_str()])?;
    let bare_address = address(bare.url())?;

    let mut rates = Vec::new();
    let ratio = median(bench.scale.rounds, || {
        let request = api.request("DescribeVirtualInterfaces", &input);
        let mine = load::run(api.address, CLIENTS, bench.scale.load, &|_| request.clone())?.per_second;
        let bare = load::run(bare_address, CLIENTS, bench.scale.load, &|_| request.clone())?.per_second;
        rates.push((mine, bare));
        Ok(mine / bare)
    })?;
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let (ours, theirs) = rates.into_iter().unzip();
    Ok(vec![
        Row::plain("signed DescribeVirtualInterfaces, 50 on a connection", format!("{:.0}/s", middle(ours))),
        Row::plain("the bare server with the same bytes", format!("{:.0}/s", middle(theirs))),
        Row::at_least("50 interfaces against the bare server", ratio, 0.3, ""),
    ])
}

/// Pages of the gateways of an account that has as many as it may, each with as many associations.
pub(super) fn of_gateways(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let api = Api::start(bench, &["--store".as_ref(), "memory:".as_ref()])?;
    let mut first = String::new();
    for number in 0..GATEWAYS {
        let order = json!({"directConnectGatewayName": format!("gateway {number}")});
        let made = api.call("CreateDirectConnectGateway", &order)?;
        let gateway = &made["directConnectGateway"]["directConnectGatewayId"];
        for place in 0..ASSOCIATIONS {
            let target = format!("vgw-{:08x}", number * ASSOCIATIONS + place);
            let pair = json!({"directConnectGatewayId": gateway, "gatewayId": target});
            api.call("CreateDirectConnectGatewayAssociation", &pair)?;
        }
        first = gateway.as_str().unwrap_or_default().to_owned();
    }
    let millis = |operation: &str, input: &Value, member: &str, expected: u64| {
        let count = api.call(operation, input)?[member].as_array().map_or(0, Vec::len) as u64;
        if count != expected {
            return Err(format!("{operation} lists {count}, expected {expected}"));
        }
        median(bench.scale.rounds, || {
            let request = api.request(operation, input);
            Ok(load::run(api.address, 1, bench.scale.load, &|_| request.clone())?.median_micros / 1000.0)
        })
    };
    let gateways = millis("DescribeDirectConnectGateways", &json!({}), "directConnectGateways", PAGE)?;
    let of_one = json!({"directConnectGatewayId": first});
    let member = "directConnectGatewayAssociations";
    let associations = millis("DescribeDirectConnectGatewayAssociations", &of_one, member, ASSOCIATIONS)?;
    Ok(vec![
        Row::at_most("a page of 100 of 200 gateways, with 4,000 associations", gateways, 5.0, " ms"),
        Row::at_most("the 20 associations of one of them", associations, 5.0, " ms"),
    ])
}
