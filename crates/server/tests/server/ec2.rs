//! `--ec2-endpoint`: whom the server asks for gateways of EC2, how, how often, and what it says when nobody answers.

use crate::signer::Signer;
use crate::support::{Answer, Request, Server};
use crossconnect_auth::signature::{self, AccessKey, Endpoint, Payload, Regions, Secret, SigningKeys, check};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{SystemTime, UNIX_EPOCH};

const ACCOUNTS: &str = r#"
[[account]]
id = "111122223333"
[[account.key]]
access_key_id = "AKIAROOT"
secret = "root's secret"
root = true
"#;
pub(crate) const GATEWAYS: &str = "<R><vpnGatewaySet><item><vpnGatewayId>vgw-11111111</vpnGatewayId><state>available</state>\
    <attachments><item><vpcId>vpc-1</vpcId><state>attached</state></item></attachments>\
    <amazonSideAsn>65010</amazonSideAsn></item></vpnGatewaySet></R>";
pub(crate) const VPC: &str = "<R><vpcSet><item><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockAssociationSet>\
    <item><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>\
    <item><cidrBlock>10.2.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>\
    <item><cidrBlock>10.3.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item>\
    </cidrBlockAssociationSet><ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>fd00:1::/56</ipv6CidrBlock>\
    <ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet></item></vpcSet></R>";

/// An EC2 that says what it is told to, and passes on what it was asked.
struct Ec2 {
    url: String,
    asked: Receiver<String>,
}

impl Ec2 {
    fn start(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, asked) = channel();
        std::thread::spawn(move || listener.incoming().try_for_each(|stream| serve(stream.unwrap(), &answer, &sender)));
        Ec2 { url, asked }
    }

    /// The actions that were asked for since this was last looked at.
    fn actions(&self) -> Vec<String> {
        let action = |form: String| form.split('&').next().unwrap().replace("Action=", "");
        self.asked.try_iter().map(action).collect()
    }
}

/// Answers one request whose signature holds; nothing to whoever goes away.
fn serve(mut stream: TcpStream, answer: &impl Fn(&str) -> (u16, String), sender: &Sender<String>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    assert_eq!(line, "POST / HTTP/1.1\r\n");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_owned(), value.as_bytes().to_vec()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").unwrap();
    let mut body = vec![0; String::from_utf8_lossy(&length.1).parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    is_signed(&headers, &body);
    let form = String::from_utf8(body).unwrap();
    let (status, text) = answer(&form);
    sender.send(form).ok()?;
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", text.len());
    stream.write_all(format!("{head}{text}").as_bytes()).ok()
}

/// The request is signed for EC2 with the key of the account whose gateways it asks about.
fn is_signed(headers: &[(String, Vec<u8>)], body: &[u8]) {
    let key = AccessKey::lasting("AKIAROOT", "111122223333", true, Some(Secret::new("root's secret")));
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
    let request = signature::Request { method: "POST", path: "/", query: "", authority: None, headers };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
    let endpoint = Endpoint { services: &["ec2"], regions: Regions::Among(&["us-east-1"]) };
    let checked = check(&request, None, now, &endpoint, |id| (id == key.id).then_some(&key)).unwrap();
    checked.verify(Payload::Bytes(body), &SigningKeys::default()).unwrap();
}

fn known(form: &str) -> (u16, String) {
    let answer = if form.contains("Action=DescribeVpcs") { VPC } else { GATEWAYS };
    (200, answer.to_owned())
}

/// A server that asks at `url`, and a folder that must outlive it.
fn start(url: &str) -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.toml");
    std::fs::write(&path, ACCOUNTS).unwrap();
    let token = folder.path().join("token");
    let flags =
        ["--auth", "sigv4", "--store", "memory:", "--lifecycle", "instant", "--accounts", path.to_str().unwrap()];
    let asks = ["--token-file", token.to_str().unwrap(), "--ec2-endpoint", url, "--ec2-timeout", "250ms"];
    (Server::start(&[&flags[..], &asks].concat()), folder)
}

fn call(server: &Server, operation: &str, input: Value) -> Answer {
    let signer = Signer::new("AKIAROOT", "root's secret");
    server.send(&signer.sign(server, Request::call(operation, &input)))
}

fn gateway(server: &Server) -> String {
    let made = call(server, "CreateDirectConnectGateway", json!({"directConnectGatewayName": "d1"}));
    made.json()["directConnectGateway"]["directConnectGatewayId"].as_str().unwrap().to_owned()
}

fn associate(server: &Server, gateway: &str, target: &str) -> Answer {
    let input = json!({"directConnectGatewayId": gateway, "gatewayId": target});
    call(server, "CreateDirectConnectGatewayAssociation", input)
}

#[test]
fn what_ec2_tells_counts_and_is_asked_once() {
    let ec2 = Ec2::start(known);
    let (server, _folder) = start(&ec2.url);
    let d1 = gateway(&server);
    assert_eq!(ec2.actions(), Vec::<String>::new());
    let made = associate(&server, &d1, "vgw-11111111").json();
    let allowed = &made["directConnectGatewayAssociation"]["allowedPrefixesToDirectConnectGateway"];
    let networks = json!([{"cidr": "10.1.0.0/16"}, {"cidr": "10.2.0.0/16"}, {"cidr": "fd00:1::/56"}]);
    assert_eq!(*allowed, networks, "{made}");
    assert_eq!(ec2.actions(), ["DescribeVpnGateways", "DescribeVpcs"]);
    // It is in service, and is not asked for again within seconds.
    let again = associate(&server, &d1, "vgw-11111111").error(400, "DirectConnectClientException");
    assert!(again.contains("is already associated"), "{again}");
    assert_eq!(ec2.actions(), Vec::<String>::new());
    // The list is asked for every time.
    for _ in 0..2 {
        let listed = call(&server, "DescribeVirtualGateways", json!({})).json();
        let expected = json!([{"virtualGatewayId": "vgw-11111111", "virtualGatewayState": "available"}]);
        assert_eq!(listed["virtualGateways"], expected);
        assert_eq!(ec2.actions(), ["DescribeVpnGateways"]);
    }
}

#[test]
fn what_ec2_does_not_know_does_not_exist() {
    let ec2 = Ec2::start(|_| {
        let text = "<Response><Errors><Error><Code>InvalidVpnGatewayID.NotFound</Code><Message>no</Message></Error></Errors></Response>";
        (400, text.to_owned())
    });
    let (server, folder) = start(&ec2.url);
    let d1 = gateway(&server);
    for _ in 0..2 {
        let text = associate(&server, &d1, "vgw-11111111").error(400, "DirectConnectClientException");
        assert_eq!(text, "The VirtualGateway vgw-11111111 does not exist.");
        // What is not there yet may come: it is asked for every time.
        assert_eq!(ec2.actions(), ["DescribeVpnGateways"]);
    }
    // What the operator has registered is not asked for.
    let token = std::fs::read_to_string(folder.path().join("token")).unwrap();
    let body = json!({"ownerAccount": "111122223333", "region": "us-east-1", "cidrs": ["10.9.0.0/16"]}).to_string();
    let register = Request::control("PUT", "/_crossconnect/gateways/vgw-11111111", &body);
    let answer = server.send(&register.with("authorization", &format!("Bearer {}", token.trim())));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(associate(&server, &d1, "vgw-11111111").status, 200);
    assert_eq!(ec2.actions(), Vec::<String>::new());
}

#[test]
fn an_ec2_that_cannot_say_is_named_and_nothing_changes() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let denies = Ec2::start(|_| {
        let text =
            "<Response><Errors><Error><Code>AuthFailure</Code><Message>not you</Message></Error></Errors></Response>";
        (401, text.to_owned())
    });
    let babbles = Ec2::start(|_| (200, "no gateways today".to_owned()));
    for (url, part) in [
        (format!("http://{}", silent.local_addr().unwrap()), "did not answer DescribeVpnGateways within 250 ms"),
        (format!("http://{nobody}"), "did not answer DescribeVpnGateways: Connection refused"),
        (denies.url.clone(), "refused DescribeVpnGateways with 401 AuthFailure: not you"),
        (babbles.url.clone(), "answered DescribeVpnGateways with 200 and no XML"),
    ] {
        let (server, _folder) = start(&url);
        let d1 = gateway(&server);
        let text = associate(&server, &d1, "vgw-11111111").error(500, "DirectConnectServerException");
        assert!(text.starts_with(&format!("EC2 at {url} ")) && text.contains(part), "{text}");
        let seen = call(&server, "DescribeDirectConnectGatewayAssociations", json!({"directConnectGatewayId": d1}));
        assert_eq!(seen.json()["directConnectGatewayAssociations"], json!([]));
    }
}
