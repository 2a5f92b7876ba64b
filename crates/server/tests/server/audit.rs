//! Each call is on record, without its secrets, and what is on record cannot be changed unnoticed.

use crate::openapi::Document;
use crate::support::{ACCOUNT, Request, Server, command};
use serde_json::{Value, json};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder for a store, and the flags of a server that keeps its trail.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn store(&self) -> String {
        self.0.path().join("store").to_str().unwrap().to_owned()
    }

    fn server(&self) -> Server {
        Server::start(&["--store", &self.store(), "--audit", "on", "--lifecycle", "instant"])
    }

    /// What the command shows of records, whether or not the server runs.
    fn records(&self, flags: &[&str]) -> Vec<Value> {
        let mut shown = command(&["audit", "--json", "--last", "100000", "--store", &self.store()]);
        let output = shown.args(flags).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The exit code of verifying, and all that it says.
    fn verified(&self, flags: &[&str]) -> (Option<i32>, String) {
        let output = command(&["audit", "verify", "--store", &self.store()]).args(flags).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    }

    fn segment(&self) -> std::path::PathBuf {
        Path::new(&self.store()).join("audit/000000000001.audit")
    }
}

/// The records of calls, which the trail's own are not.
fn calls(records: &[Value]) -> Vec<&Value> {
    records.iter().filter(|record| record["eventType"] == "AwsApiCall").collect()
}

#[test]
fn every_call_is_on_record_accepted_or_refused() {
    let folder = Folder::new();
    let server = folder.server();
    let id = server.connection("c1");
    server.accepted("DescribeConnections", json!({"connectionId": id}));
    server.call("CreateConnection", json!({"location": "nowhere", "bandwidth": "1Gbps", "connectionName": "c2"}));
    server.call("MakeCoffee", json!({}));
    server.send(&Request::call("DeleteConnection", &json!({})).body(b"{"));
    server.send(&Request::call("DescribeLocations", &json!({})).without("authorization"));
    let form = Request::new("POST", "/")
        .with("content-type", "application/x-www-form-urlencoded")
        .signed(ACCOUNT, "us-east-1");
    server.send(&form.body(b"Action=GetCallerIdentity&Version=2011-06-15"));
    let port = format!("/_crossconnect/ports/{id}");
    server.send(&Request::control("PUT", &port, r#"{"light":"off"}"#).with("user-agent", "test/1"));
    let dry = Request::call("DeleteConnection", &json!({"connectionId": id}));
    server.send(&dry.with("x-crossconnect-dry-run", "true"));
    server.stop();
    let records = folder.records(&[]);
    let calls = calls(&records);
    let shown: Vec<[&Value; 5]> = calls
        .iter()
        .map(|call| ["eventSource", "eventName", "readOnly", "errorCode", "requestParameters"].map(|name| &call[name]))
        .collect();
    let (dx, sts) = ("directconnect.amazonaws.com", "sts.amazonaws.com");
    let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let refused = json!({"location": "nowhere", "bandwidth": "1Gbps", "connectionName": "c2"});
    let mut expected = vec![
        json!([dx, "CreateConnection", false, null, order]),
        json!([dx, "DescribeConnections", true, null, {"connectionId": id}]),
        json!([dx, "CreateConnection", false, "DirectConnectClientException", refused]),
        json!([dx, "MakeCoffee", false, "UnknownOperationException", null]),
        json!([dx, "DeleteConnection", false, "SerializationException", null]),
        json!([dx, "DescribeLocations", true, "MissingAuthenticationTokenException", null]),
        json!([sts, "GetCallerIdentity", true, null, null]),
        json!(["crossconnect", format!("PUT {port}"), false, null, {"light": "off"}]),
        json!([dx, "DeleteConnection", false, null, {"connectionId": id}]),
    ];
    let mut shown: Vec<Value> = shown.into_iter().map(|row| json!(row)).collect();
    // Those that are gathered may come after those that are written at once.
    for rows in [&mut shown, &mut expected] {
        rows.sort_by_key(ToString::to_string);
    }
    assert_eq!(shown, expected);
    let created = calls.iter().find(|call| call["eventName"] == "CreateConnection" && call["errorCode"].is_null());
    let created = created.unwrap();
    assert_eq!(created["responseElements"]["connectionId"], json!(id));
    let arn = format!("arn:aws:iam::{ACCOUNT}:root");
    let who = json!({"type": "Root", "principalId": ACCOUNT, "arn": arn, "accountId": ACCOUNT, "accessKeyId": ACCOUNT});
    assert_eq!(created["userIdentity"], who);
    assert_eq!(
        ["eventVersion", "awsRegion", "sourceIPAddress", "recipientAccountId", "eventCategory"]
            .map(|name| &created[name]),
        ["1.11", "us-east-1", "127.0.0.1", ACCOUNT, "Management"]
    );
    let looked = calls.iter().find(|call| call["eventName"] == "DescribeConnections").unwrap();
    assert_eq!(looked["responseElements"], Value::Null);
    let unsigned = calls.iter().find(|call| call["errorCode"] == "MissingAuthenticationTokenException").unwrap();
    assert_eq!(unsigned["userIdentity"]["type"], "Unknown");
    let operator = calls.iter().find(|call| call["eventSource"] == "crossconnect").unwrap();
    assert_eq!((&operator["userIdentity"]["type"], &operator["userAgent"]), (&json!("Operator"), &json!("test/1")));
    let dry = calls.iter().filter(|call| call["additionalEventData"]["dryRun"] == true).count();
    assert_eq!(dry, 1);
    let ids: std::collections::BTreeSet<&str> =
        records.iter().map(|record| record["eventID"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), records.len());
    assert_eq!(folder.verified(&[]).0, Some(0));
}

#[test]
fn no_secret_is_on_record() {
    let folder = Folder::new();
    let server = folder.server();
    let connection = server.connection("c1");
    let interface = json!({
        "virtualInterfaceName": "v1", "vlan": 101, "asn": 65007, "authKey": "PlantedBgpKey7",
        "amazonAddress": "192.0.2.1/30", "customerAddress": "192.0.2.2/30", "virtualGatewayId": "vgw-12345678",
    });
    let input = json!({"connectionId": connection, "newPrivateVirtualInterface": interface});
    let answer = server.accepted("CreatePrivateVirtualInterface", input);
    assert_eq!(answer["authKey"], "PlantedBgpKey7");
    // Refusals whose texts say what is wrong with what they were given.
    let refused = |name: &str, change: Value| {
        let mut interface = json!({
            "virtualInterfaceName": name, "vlan": 102, "asn": 65007, "authKey": "PlantedBgpKey7",
            "amazonAddress": "192.0.2.5/30", "customerAddress": "192.0.2.6/30", "virtualGatewayId": "vgw-12345678",
        });
        interface.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let input = json!({"connectionId": connection, "newPrivateVirtualInterface": interface});
        let answer = server.call("CreatePrivateVirtualInterface", input);
        assert_eq!(answer.status, 400, "{}", answer.text());
        answer.text().to_owned()
    };
    let long = "PlantedAddress".repeat(9);
    assert!(refused("r1", json!({"customerAddress": "PlantedBgpKey9"})).contains("PlantedBgpKey9"));
    assert!(refused("r2", json!({"customerAddress": long})).contains("PlantedAddress"));
    assert!(refused("r3", json!({"asn": null, "asnLong": 4_294_965_007_999_i64})).contains("4294965007999"));
    assert!(
        refused("r4", json!({"amazonAddress": "192.0.2.1/30", "customerAddress": "192.0.2.2/30"})).contains("192.0.2.")
    );
    // One that is refused, and one that cannot be decoded.
    let (cak, ckn) = ("ab".repeat(32), "cd".repeat(32));
    server.call("AssociateMacSecKey", json!({"connectionId": connection, "ckn": ckn, "cak": cak}));
    server.call("AssociateMacSecKey", json!({"connectionId": 7, "ckn": ckn, "cak": cak}));
    server.call("CreatePrivateVirtualInterface", json!({"connectionId": connection, "authKey": "PlantedBgpKey8"}));
    let form = Request::new("POST", "/")
        .with("content-type", "application/x-www-form-urlencoded")
        .signed(ACCOUNT, "us-east-1");
    let session = server.send(&form.body(b"Action=GetSessionToken&Version=2011-06-15"));
    let within = |tag: &str| session.text().split_once(tag).unwrap().1.split_once('<').unwrap().0.to_owned();
    let (secret, token) = (within("<SecretAccessKey>"), within("<SessionToken>"));
    server.stop();
    let records = folder.records(&[]);
    assert_eq!(calls(&records).len(), 10);
    let message = records.iter().find_map(|record| {
        let is_it = record["requestParameters"]["newPrivateVirtualInterface"]["virtualInterfaceName"] == "r1";
        record["errorMessage"].as_str().filter(|_| is_it)
    });
    assert!(message.unwrap().contains("customerAddress [PROTECTED] is not"), "{message:?}");
    let raw = fs::read(folder.segment()).unwrap();
    let text = json!(records).to_string();
    let planted = ["PlantedBgpKey7", "PlantedBgpKey8", "PlantedBgpKey9", "PlantedAddress", "192.0.2.", "65007"];
    for secret in planted.into_iter().chain([&*cak, &secret, &token]) {
        assert!(!text.contains(secret), "{secret} is shown");
        assert!(!raw.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} is kept");
    }
    let created = records.iter().find(|record| record["eventName"] == "CreatePrivateVirtualInterface").unwrap();
    let asked = &created["requestParameters"]["newPrivateVirtualInterface"];
    assert_eq!((&asked["authKey"], &asked["asn"]), (&json!("[PROTECTED]"), &json!(-1)));
    assert_eq!(created["responseElements"]["customerAddress"], "[PROTECTED]");
    assert!(text.contains(&within("<AccessKeyId>")), "the key that was handed out is named");
}

#[test]
fn what_was_acknowledged_before_a_kill_is_on_record_and_what_is_on_record_is_true() {
    let folder = Folder::new();
    for round in 1..=3 {
        let server = folder.server();
        let (address, pid, next) = (server.address, server.pid(), AtomicU64::new(0));
        let acknowledged = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let name = format!("{round}-{}", next.fetch_add(1, Ordering::Relaxed));
                        let Some(id) = created(address, &name) else { return };
                        let mut acknowledged = acknowledged.lock().unwrap();
                        acknowledged.push(id);
                        if acknowledged.len() == 2 {
                            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
                        }
                    }
                });
            }
        });
        drop(server);
        assert_eq!(folder.verified(&[]).0, Some(0), "{}", folder.verified(&[]).1);
        let server = folder.server();
        let there = server.everything()[0].to_string();
        let records = folder.records(&["--operation", "CreateConnection"]);
        let corrected: Vec<u64> =
            records.iter().filter_map(|record| record["additionalEventData"]["corrects"].as_u64()).collect();
        let mut told = Vec::new();
        for record in &records {
            let sequence = record["additionalEventData"]["sequence"].as_u64().unwrap();
            if let Some(id) = record["responseElements"]["connectionId"].as_str() {
                assert_eq!(there.contains(id), !corrected.contains(&sequence), "{record}");
                told.push(id.to_owned());
            }
        }
        for id in acknowledged.lock().unwrap().iter() {
            assert!(told.contains(id), "{id} has no record");
        }
        server.stop();
    }
    assert_eq!(folder.verified(&[]).0, Some(0));
}

/// Creates a connection, unless the server dies over it.
fn created(address: SocketAddr, name: &str) -> Option<String> {
    use std::io::{Read, Write};
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    stream.write_all(&Request::call("CreateConnection", &input).bytes(&address.to_string())).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (_, rest) = answer.split_once("\"connectionId\":\"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[test]
fn the_control_api_pages_and_filters() {
    let folder = Folder::new();
    let server = folder.server();
    let document = Document::of(&server);
    let ids: Vec<String> = (0..5).map(|number| server.connection(&format!("c{number}"))).collect();
    server.accepted("DeleteConnection", json!({"connectionId": ids[2]}));
    server.call("DeleteConnection", json!({"connectionId": "dxcon-ffffffff"}));
    let ask = |query: &str| {
        let answer = server.send(&Request::control("GET", &format!("/_crossconnect/audit?{query}"), ""));
        assert_eq!(answer.status, 200, "{}", answer.text());
        document.is("AuditPage", &answer.json());
        answer.json()
    };
    let names = |page: &Value| -> Vec<String> {
        let records = page["records"].as_array().unwrap();
        records
            .iter()
            .map(|record| record["requestParameters"]["connectionName"].as_str().unwrap_or("-").to_owned())
            .collect()
    };
    // All of these are changes, which are there before their answers, but for the refused one.
    let first = ask("after=0&limit=2&operation=CreateConnection");
    assert_eq!(names(&first), ["c0", "c1"]);
    let rest = ask(&format!("after={}&operation=CreateConnection", first["next"]));
    assert_eq!((names(&rest), rest.get("next")), (vec!["c2".into(), "c3".into(), "c4".into()], None));
    let newest = ask("limit=2&operation=createconnection");
    assert_eq!(names(&newest), ["c4", "c3"]);
    let older = ask(&format!("before={}&limit=9&operation=CreateConnection", newest["next"]));
    assert_eq!(names(&older), ["c2", "c1", "c0"]);
    assert_eq!(names(&ask(&format!("after=0&resource={}", ids[2]))), ["c2", "-"]);
    assert_eq!(names(&ask(&format!("resource={}&account=999999999999", ids[2]))), [""; 0]);
    while ask("error=any")["records"].as_array().unwrap().is_empty() {
        std::thread::yield_now();
    }
    assert_eq!(ask("error=DirectConnectClientException")["records"].as_array().unwrap().len(), 1);
    assert_eq!(ask("to=2020-01-01T00:00:00Z")["records"], json!([]));
    assert_eq!(
        ask(&format!("from=2020-01-01T00:00:00Z&accessKeyId={ACCOUNT}&error=none"))["records"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
    for query in ["limit=0", "limit=1001", "after=x", "before=-1", "from=yesterday", "what=ever"] {
        let answer = server.send(&Request::control("GET", &format!("/_crossconnect/audit?{query}"), ""));
        assert_eq!(answer.status, 400, "{query}");
    }
    let url = format!("http://{}", server.address);
    let shown = command(&["audit", "--server", &url, "--resource", &ids[4]]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("CreateConnection") && shown.lines().count() == 1, "{shown}");
    let metrics = server.send(&Request::control("GET", "/metrics", ""));
    assert!(metrics.text().contains("crossconnect_audit_head ") && metrics.text().contains("chain=\""));
}

#[test]
fn changes_of_the_trail_are_seen_and_named() {
    let folder = Folder::new();
    let server = folder.server();
    server.connection("c1");
    let (code, text) = folder.verified(&[]);
    assert_eq!(code, Some(0), "while it is open: {text}");
    server.stop();
    let (code, text) = folder.verified(&[]);
    assert!(code == Some(0) && text.starts_with("sound "), "{text}");
    let head = text.lines().find_map(|line| line.strip_prefix("head ")).unwrap().trim().to_owned();
    assert_eq!(folder.verified(&["--head", &head]).0, Some(0));
    let later = head.replacen(head.split(':').next().unwrap(), "999", 1);
    assert_eq!(folder.verified(&["--head", &later]).0, Some(1));
    assert_eq!(folder.verified(&["--head", "7"]).0, Some(2));
    let other = folder.0.path().join("other.key");
    fs::write(&other, format!("{}\n", "0".repeat(64))).unwrap();
    fs::set_permissions(&other, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert_eq!(folder.verified(&["--key-file", other.to_str().unwrap()]).0, Some(1));
    let mut bytes = fs::read(folder.segment()).unwrap();
    let at = bytes.windows(2).position(|part| part == b"c1").unwrap();
    bytes[at + 1] = b'2';
    fs::write(folder.segment(), bytes).unwrap();
    let (code, text) = folder.verified(&[]);
    assert_eq!(code, Some(1));
    assert!(text.contains("000000000001.audit, record ") && text.contains("it was changed"), "{text}");
    // A server does not go on with it.
    let store = folder.store();
    let flags = ["serve", "--listen", "127.0.0.1:0", "--store", &store, "--audit", "on"];
    let refused = command(&flags).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is damaged"));
}

#[test]
fn a_trail_is_kept_where_callers_prove_who_they_are_and_where_it_is_asked_for() {
    let folder = Folder::new();
    let server = Server::start(&["--store", &folder.store()]);
    assert_eq!(server.send(&Request::control("GET", "/_crossconnect/audit", "")).status, 404);
    server.stop();
    assert!(!folder.segment().exists());
    let accounts = folder.0.path().join("accounts.toml");
    fs::write(
        &accounts,
        "[[account]]\nid = \"111122223333\"\n[[account.key]]\naccess_key_id = \"A\"\nsecret = \"s\"\n",
    )
    .unwrap();
    Server::start(&["--store", &folder.store(), "--auth", "sigv4", "--accounts", accounts.to_str().unwrap()]).stop();
    assert!(folder.segment().exists());
    // The server has worked on the store without a trail before, and says what has no record.
    let elsewhere = folder.0.path().join("trail");
    let server = Server::start(&["--store", "memory:", "--audit", elsewhere.to_str().unwrap()]);
    server.connection("c1");
    server.kill();
    let shown = command(&["audit", "--directory", elsewhere.to_str().unwrap(), "--json"]).output().unwrap();
    assert!(String::from_utf8(shown.stdout).unwrap().contains("\"CreateConnection\""));
    let verified = command(&["audit", "verify", "--directory", elsewhere.to_str().unwrap()]).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stderr));
    let refused = command(&["serve", "--store", "memory:", "--audit", "on"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}
