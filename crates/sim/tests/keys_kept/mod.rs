//! A store whose accounts, users, roles and keys were registered with a server of that release, with the operator's key
//! that seals its secrets and its audit trail: who could call then can call now.

use crate::{fill, kept, packed, snapshot_of, state_in, unpack, unzipped, zipped};
use crossconnect_sim::process::{Server, server_binary};
use crossconnect_sim::signer::{Signer, Unsigned};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The releases of which there is one.
const RELEASES: [&str; 1] = ["0.1"];
const ACCOUNT: &str = "111122223333";
/// What the control API is asked about them.
const SHOWN: [&str; 5] = ["", "/users", "/users/ann", "/roles", "/roles/deploy"];

/// Files that the server keeps to itself.
const PRIVATE: [&str; 2] = ["operator.key", "store/operator-token"];

struct Lab {
    folder: tempfile::TempDir,
}

impl Lab {
    fn start(&self) -> Server {
        let [store, key] = ["store", "operator.key"].map(|name| self.folder.path().join(name));
        let flags = ["--auth=sigv4".as_ref(), "--store".as_ref(), store.as_os_str(), "--key-file".as_ref()];
        Server::start(&server_binary().unwrap(), &[&flags[..], &[key.as_os_str()]].concat()).unwrap()
    }

    fn control(&self, server: &Server, method: &str, path: &str, body: &Value) -> Value {
        let token = fs::read_to_string(self.folder.path().join("store/operator-token")).unwrap();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}_crossconnect/{path}", server.url()))
            .header("authorization", format!("Bearer {}", token.trim_end()));
        if method != "GET" {
            request = request.header("content-type", "application/json");
        }
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let mut answer = ureq::Agent::new_with_defaults().run(request.body(body).unwrap()).unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }
}

/// A signed call: its status and answer.
fn call(server: &Server, signer: &Signer, operation: &str, input: &Value) -> (u16, Value) {
    let host = server.url().trim_start_matches("http://").trim_end_matches('/');
    let (body, target) = (input.to_string(), format!("OvertureService.{operation}"));
    let stamp = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let authorization = signer.authorization(Unsigned { host, target: &target, body: body.as_bytes(), stamp: &stamp });
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let request = config.new_agent().post(server.url());
    let request = request.header("content-type", "application/x-amz-json-1.1").header("x-amz-target", target);
    let mut answer = request.header("x-amz-date", stamp).header("authorization", authorization).send(body).unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap())
}

fn signer(key: &Value) -> Signer {
    let text = |name: &str| key[name].as_str().unwrap().to_owned();
    Signer { access_key_id: text("accessKeyId"), secret: text("secretAccessKey"), region: "us-east-1".to_owned() }
}

/// Registers an account with a server, and has its keys used. What it was told of them is beside the store.
fn make() -> Vec<u8> {
    let lab = Lab { folder: tempfile::tempdir().unwrap() };
    let mut server = lab.start();
    let put = |path: &str, body: Value| lab.control(&server, "PUT", path, &body);
    let account = format!("accounts/{ACCOUNT}");
    put(&account, json!({"name": "lab", "partner": "v2"}));
    let may = |effect: &str, action: &str| json!({"Effect": effect, "Action": action, "Resource": "*"});
    let statements = [may("Allow", "directconnect:*"), may("Deny", "directconnect:Delete*")];
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    put(&format!("{account}/users/ann"), json!({"policies": [{"name": "most", "document": document}]}));
    let trust = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ACCOUNT}});
    let trust = json!({"Version": "2012-10-17", "Statement": trust});
    put(&format!("{account}/roles/deploy"), json!({"trust": trust, "sessionMax": "2h"}));
    let keys = [json!({"root": true}), json!({"user": "ann"})];
    let keys = keys.map(|whose| lab.control(&server, "POST", &format!("{account}/keys"), &whose));
    let order = json!({"connectionName": "kept", "bandwidth": "1Gbps", "location": "EqDC2"});
    assert_eq!(call(&server, &signer(&keys[1]), "CreateConnection", &order).0, 200);
    assert_eq!(call(&server, &signer(&keys[0]), "DescribeConnections", &json!({})).0, 200);
    let shown = SHOWN.map(|part| lab.control(&server, "GET", &format!("{account}{part}"), &Value::Null));
    server.stop().unwrap();
    let told = json!({"root": keys[0], "ann": keys[1], "shown": shown});
    fs::write(lab.folder.path().join("told.json"), told.to_string()).unwrap();
    zipped(&packed(lab.folder.path()))
}

fn unpacked(release: &str) -> Lab {
    let lab = Lab { folder: tempfile::tempdir().unwrap() };
    unpack(&unzipped(&kept(release, "keys.gz", make)), lab.folder.path());
    for name in PRIVATE {
        fs::set_permissions(lab.folder.path().join(name), fs::Permissions::from_mode(0o600)).unwrap();
    }
    lab
}

/// The kinds of records in these stores.
pub(crate) fn kinds() -> BTreeSet<String> {
    let states = RELEASES.iter().map(|release| state_in(&unpacked(release).folder.path().join("store")));
    states.flat_map(|state| state.counts()).filter(|(_, count)| *count > 0).map(|(kind, _)| kind.to_owned()).collect()
}

/// Whoever had a key has it, and may do what they might.
fn serves(lab: &Lab, release: &str, is_restored: bool) {
    let told: Value = serde_json::from_slice(&fs::read(lab.folder.path().join("told.json")).unwrap()).unwrap();
    let mut server = lab.start();
    for (part, was) in SHOWN.iter().zip(told["shown"].as_array().unwrap()) {
        let now = lab.control(&server, "GET", &format!("accounts/{ACCOUNT}{part}"), &Value::Null);
        assert_eq!(now, *was, "{release}: {part}");
    }
    let [root, ann] = ["root", "ann"].map(|name| signer(&told[name]));
    let (status, listed) = call(&server, &ann, "DescribeConnections", &json!({}));
    assert_eq!((status, &listed["connections"][0]["connectionName"]), (200, &json!("kept")), "{release}: {listed}");
    let connection = json!({"connectionId": listed["connections"][0]["connectionId"]});
    let (status, refused) = call(&server, &ann, "DeleteConnection", &connection);
    assert_eq!((status, &refused["__type"]), (400, &json!("AccessDeniedException")), "{release}: {refused}");
    assert_eq!(call(&server, &root, "DeleteConnection", &connection).0, 200, "{release}");
    server.stop().unwrap();
    if !is_restored {
        let trail = lab.folder.path().join("store/audit");
        assert!(fs::read_dir(trail).unwrap().count() > 1, "{release}: its audit trail goes on");
    }
}

#[test]
fn who_could_call_a_server_of_each_release_can_call_this_one() {
    for release in RELEASES {
        serves(&unpacked(release), release, false);
    }
}

#[test]
fn keys_come_back_with_a_snapshot_and_the_operators_key() {
    for release in RELEASES {
        let lab = unpacked(release);
        let store = lab.folder.path().join("store");
        let snapshot = snapshot_of(state_in(&store));
        let token = fs::read(store.join("operator-token")).unwrap();
        fs::remove_dir_all(&store).unwrap();
        fill(&store, &snapshot);
        write_private(&store.join("operator-token"), &token);
        serves(&lab, release, true);
    }
}

fn write_private(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}
