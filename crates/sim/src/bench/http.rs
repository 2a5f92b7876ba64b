//! Reads over HTTP, with signatures that are verified: against a bare server, and against another emulator.

use super::moto::Moto;
use super::{Bench, Row, load, median};
use crate::process::Server;
use crate::signer::{Signer, Unsigned};
use crossconnect_core::catalogue::{Location, locations_in};
use crossconnect_core::ids::Region;
use crossconnect_core::model::bandwidth::Bandwidth;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::net::SocketAddr;

/// Connections of the load: enough to keep both cores busy.
const CLIENTS: usize = 32;
/// How long a list is.
const LIST: usize = 1000;
const SECRET: &str = "benchmark";

/// What the server is set to: verified signatures, states that are over at once, and room.
const CONFIG: &str = r#"
auth = "sigv4"
log = "off"
audit = "off"
ec2_gateways = "trusted"
[lifecycle]
preset = "instant"
[quotas]
connections_per_location = 4000000
[plant]
devices_per_location = 4096
ports_per_speed = 4096
"#;

/// Accounts that order in turn: a quota is counted, so nobody has a hundred thousand connections.
const ACCOUNTS: u64 = 500;

/// The configuration with a key for each account.
fn configuration() -> String {
    let account = |number| {
        let key = access_key_id(number);
        format!(
            "[[account]]\nid = \"{:012}\"\n[[account.key]]\naccess_key_id = \"{key}\"\nsecret = \"{SECRET}\"\nroot = true\n",
            111_100_000_000 + number
        )
    };
    (0..ACCOUNTS).map(account).fold(CONFIG.to_owned(), |config, account| config + &account)
}

fn access_key_id(account: u64) -> String {
    format!("AKIABENCHMARK{account:07}")
}

/// A running server, and a client that signs.
pub(super) struct Api {
    pub(super) server: Server,
    pub(super) address: SocketAddr,
    /// Where ports of 1 Gbps are: Region and location.
    places: Vec<(Region, &'static str)>,
}

/// Every place of some large Regions.
fn places() -> Vec<(Region, &'static str)> {
    let regions = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1", "sa-east-1"];
    let regions = regions.into_iter().filter_map(Region::new);
    let has_port = |location: &&Location| location.port_speeds.contains(&Bandwidth::Gbps1);
    regions.flat_map(|region| locations_in(region).filter(has_port).map(move |found| (region, found.code))).collect()
}

impl Api {
    pub(super) fn start(bench: &Bench<'_>, options: &[&OsStr]) -> Result<Self, String> {
        let config = bench.folder.join("bench.toml");
        std::fs::write(&config, configuration()).map_err(|error| format!("{}: {error}", config.display()))?;
        let mut all: Vec<&OsStr> = vec!["--config".as_ref(), config.as_os_str()];
        all.extend(options);
        let server = Server::start(&bench.server, &all)?;
        let address = address(server.url())?;
        Ok(Api { server, address, places: places() })
    }

    /// The bytes of a signed request.
    pub(super) fn request(&self, operation: &str, input: &Value) -> Vec<u8> {
        request(self.address, operation, input)
    }

    /// The bytes of a signed order, each by another account and at another place in turn.
    pub(super) fn order(&self, number: u64) -> Vec<u8> {
        let (region, location) = &self.places[(number / ACCOUNTS) as usize % self.places.len()];
        let mut order = create(number);
        order["location"] = Value::String((*location).to_owned());
        request_of(self.address, (number % ACCOUNTS, region), "CreateConnection", &order)
    }

    /// The same of another account, by its number.
    pub(super) fn request_of(&self, account: u64, operation: &str, input: &Value) -> Vec<u8> {
        request_of(self.address, (account, &here()), operation, input)
    }

    /// Calls it once for another account.
    pub(super) fn call_of(&self, account: u64, operation: &str, input: &Value) -> Result<Value, String> {
        send(self.address, operation, &self.request_of(account, operation, input))
    }

    /// Calls it once.
    pub(super) fn call(&self, operation: &str, input: &Value) -> Result<Value, String> {
        post(self.address, operation, input)
    }
}

/// Where a server that says `http://127.0.0.1:8023/` listens.
pub(super) fn address(url: &str) -> Result<SocketAddr, String> {
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    address.parse().map_err(|error| format!("{url}: {error}"))
}

/// An order, by its number.
pub(super) fn create(number: u64) -> Value {
    json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": format!("connection {number}")})
}

/// A question for one connection.
pub(super) fn describe(id: &str) -> Value {
    json!({"connectionId": id})
}

/// Calls a server once.
pub(super) fn post(address: SocketAddr, operation: &str, input: &Value) -> Result<Value, String> {
    send(address, operation, &request(address, operation, input))
}

fn send(address: SocketAddr, operation: &str, request: &[u8]) -> Result<Value, String> {
    use std::io::{Read, Write};
    let broken = |error: std::io::Error| format!("{address}: {error}");
    let mut stream = std::net::TcpStream::connect(address).map_err(broken)?;
    let request = String::from_utf8_lossy(request).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all(request.as_bytes()).map_err(broken)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(broken)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    if !head.contains(" 200 ") {
        return Err(format!("{operation} was refused: {answer}"));
    }
    serde_json::from_str(body).map_err(|error| format!("{operation}: {error}"))
}

/// The bytes of a signed request to that address.
pub(super) fn request(address: SocketAddr, operation: &str, input: &Value) -> Vec<u8> {
    request_of(address, (0, &here()), operation, input)
}

/// The Region of calls that are not spread over several.
fn here() -> Region {
    Region::new("us-east-1").expect("a short name")
}

fn request_of(address: SocketAddr, (account, region): (u64, &Region), operation: &str, input: &Value) -> Vec<u8> {
    let (host, body, target) = (address.to_string(), input.to_string(), format!("OvertureService.{operation}"));
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let signer = Signer { access_key_id: access_key_id(account), secret: SECRET.into(), region: region.to_string() };
    let unsigned = Unsigned { host: &host, target: &target, body: body.as_bytes(), stamp: &stamp };
    let authorization = signer.authorization(unsigned);
    format!(
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: {target}\r\n\
         X-Amz-Date: {stamp}\r\nAuthorization: {authorization}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// One connection by its id: the smallest read.
pub(super) fn by_id(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let api = Api::start(bench, &["--store".as_ref(), "memory:".as_ref()])?;
    let made = api.call("CreateConnection", &create(1))?;
    let input = describe(made["connectionId"].as_str().unwrap_or_default());
    let answer = api.call("DescribeConnections", &input)?.to_string();
    let file = bench.folder.join("answer");
    std::fs::write(&file, answer).map_err(|error| format!("{}: {error}", file.display()))?;
    let bare = Server::start_with(bench.this, &["bare".as_ref(), file.as_os_str()])?;
    let bare_address = address(bare.url())?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let ratio = median(bench.scale.rounds, || {
        let request = api.request("DescribeConnections", &input);
        let mine = load::run(api.address, CLIENTS, bench.scale.load, &|_| request.clone())?.per_second;
        let bare = load::run(bare_address, CLIENTS, bench.scale.load, &|_| request.clone())?.per_second;
        ours.push(mine);
        theirs.push(bare);
        Ok(mine / bare)
    })?;
    let ours = median_of(ours);
    let mut rows = vec![
        Row::plain("signed DescribeConnections by id", format!("{ours:.0}/s")),
        Row::plain("the bare server", format!("{:.0}/s", median_of(theirs))),
        Row::at_least("signed DescribeConnections by id against the bare server", ratio, 0.6, ""),
    ];
    rows.push(match Moto::start(1)? {
        None => Row::plain("moto_server", "not installed".to_owned()),
        Some(moto) => {
            let request = request(moto.address, "DescribeConnections", &describe(&moto.connection_id));
            let theirs = median(bench.scale.rounds, || {
                Ok(load::run(moto.address, 4, bench.scale.load, &|_| request.clone())?.per_second)
            })?;
            Row::at_least("signed DescribeConnections by id against moto_server", ours / theirs, 100.0, " ×")
        }
    });
    Ok(rows)
}

/// All of a thousand connections: the largest read of most users.
pub(super) fn list(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let api = Api::start(bench, &["--store".as_ref(), "memory:".as_ref()])?;
    load::times(api.address, LIST, &|number| api.request("CreateConnection", &create(number)))?;
    let all = json!({});
    let ours = median(bench.scale.rounds, || {
        let request = api.request("DescribeConnections", &all);
        Ok(load::run(api.address, 4, bench.scale.load, &|_| request.clone())?.per_second)
    })?;
    let mut rows = vec![Row::plain("list of 1,000 connections", format!("{ours:.0}/s"))];
    if let Some(moto) = Moto::start(LIST)? {
        let theirs = median(bench.scale.rounds, || {
            let request = request(moto.address, "DescribeConnections", &all);
            Ok(load::run(moto.address, 4, bench.scale.load, &|_| request.clone())?.per_second)
        })?;
        rows.push(Row::at_least("list of 1,000 connections against moto_server", ours / theirs, 20.0, " ×"));
    }
    Ok(rows)
}

fn median_of(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
