//! Nodes as programs over etcd: what clients are told while it is full, what is on record of them, snapshots both ways.

use crate::{cluster, options};
use crossconnect_sim::etcd::Cluster;
use crossconnect_sim::process::{Server, server_binary};
use crossconnect_sim::signer::{Signer, Unsigned};
use crossconnect_store::suite::group;
use crossconnect_store::{Engine, StoreError};
use crossconnect_store_etcd::Etcd;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How often a server is asked that counts its own questions.
const CALLS: u64 = 60;

/// What is answered: the status, the document, and the request's id.
struct Answer {
    status: u16,
    body: Value,
    id: String,
}

fn call(server: &Server, operation: &str, input: &Value) -> Answer {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let agent = config.timeout_global(Some(Duration::from_secs(20))).build().new_agent();
    let credential = "111122223333/20261122/us-east-1/directconnect/aws4_request";
    let signature = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature={:064}", 0);
    let post = agent.post(server.url()).header("content-type", "application/x-amz-json-1.1");
    let post = post.header("x-amz-target", format!("OvertureService.{operation}")).header("authorization", signature);
    let mut answer = post.send(input.to_string()).unwrap();
    let id = answer.headers()["x-amzn-requestid"].to_str().unwrap().to_owned();
    let body = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
    Answer { status: answer.status().as_u16(), body, id }
}

fn order(server: &Server, name: &str) -> Answer {
    call(server, "CreateConnection", &json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name}))
}

/// The names of the connections that a server tells of.
fn names(server: &Server) -> Vec<String> {
    let answer = call(server, "DescribeConnections", &json!({}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let connections = answer.body["connections"].as_array().unwrap();
    let mut names: Vec<String> =
        connections.iter().map(|one| one["connectionName"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Calls as many times as count, signed by whoever has that secret; every answer has that status.
fn signed(server: &Server, secret: &str, status: u16) {
    let host = server.url().trim_start_matches("http://").trim_end_matches('/');
    let (access_key_id, region) = ("AKIAEXAMPLE".to_owned(), "us-east-1".to_owned());
    let signer = Signer { access_key_id, secret: secret.to_owned(), region };
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    for _ in 0..CALLS {
        let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let target = "OvertureService.DescribeConnections";
        let authorization = signer.authorization(Unsigned { host, target, body: b"{}", stamp: &stamp });
        let post = agent.post(server.url()).header("content-type", "application/x-amz-json-1.1");
        let post = post.header("x-amz-target", target).header("x-amz-date", stamp);
        let answer = post.header("authorization", authorization).send("{}").unwrap();
        assert_eq!(answer.status().as_u16(), status);
    }
}

/// How many reads etcd has been asked for.
fn reads(cluster: &mut Cluster) -> u64 {
    let text = cluster.members()[0].metrics().unwrap();
    let line = text.lines().find(|line| line.starts_with("grpc_server_started_total{grpc_method=\"Range\""));
    line.and_then(|line| line.rsplit_once(' ')).map_or(0, |(_, count)| count.parse().unwrap())
}

#[test]
fn who_has_proven_nothing_makes_a_node_ask_nobody() {
    let Some(mut cluster) = cluster(1, &[]) else { return };
    let (binary, folder) = (server_binary().unwrap(), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).into_os_string();
    let (key, token, config) = (path("operator.key"), path("operator-token"), path("crossconnect.toml"));
    let account = "[[account]]\nid = \"111122223333\"\n[[account.key]]\naccess_key_id = \"AKIAEXAMPLE\"\n";
    std::fs::write(&config, format!("{account}secret = \"of the account\"\nroot = true\n")).unwrap();
    let flags: [&OsStr; 8] = [
        "--auth".as_ref(),
        "sigv4".as_ref(),
        "--key-file".as_ref(),
        &key,
        "--token-file".as_ref(),
        &token,
        "--config".as_ref(),
        &config,
    ];
    let mut server = start(&binary, &cluster.place("proven"), &flags);
    let mut asked = |secret: &str, status: u16| {
        let before = reads(&mut cluster);
        signed(&server, secret, status);
        reads(&mut cluster) - before
    };
    let (guessed, proven) = (asked("of nobody", 400), asked("of the account", 200));
    assert!(proven >= CALLS, "each of these reads waits for one of etcd: {proven}");
    // A node asks now and then by itself, whether anybody calls or not.
    assert!(guessed < CALLS / 2, "{guessed} reads of etcd for {CALLS} calls of nobody");
    server.stop().unwrap();
}

fn start(binary: &Path, place: &str, more: &[&OsStr]) -> Server {
    let own = ["--log", "error", "--store", place].map(OsStr::new);
    Server::start(binary, &[&own, more].concat()).unwrap()
}

/// Runs the program; what it prints.
fn run(binary: &Path, arguments: &[&OsStr]) -> String {
    let output = Command::new(binary).args(arguments).env_remove("CROSSCONNECT_BINARY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "not in time: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_full_etcd_refuses_changes_until_there_is_room() {
    let Some(cluster) = cluster(1, &["--quota-backend-bytes=4194304"]) else { return };
    let binary = server_binary().unwrap();
    let mut server = start(&binary, &cluster.place("lab"), &[]);
    assert_eq!(order(&server, "before").status, 200);
    let mut filling = Etcd::open(options(&cluster, "filling")).unwrap();
    let large = vec![7; 500_000];
    let filled = (1..100_u64).find_map(|number| {
        let name = number.to_be_bytes();
        filling.commit(&group(number, &[(name.as_slice(), Some(large.as_slice()))])).err()
    });
    assert!(matches!(filled, Some(StoreError::Full { .. })), "{filled:?}");
    let refused = order(&server, "meanwhile");
    let text = refused.body["message"].as_str().unwrap();
    assert_eq!((refused.status, refused.body["__type"].as_str()), (500, Some("DirectConnectServerException")));
    assert!(text.contains("is full") && text.contains("disarm its alarm"), "{text}");
    assert_eq!(names(&server), ["before"], "reads go on");
    assert_eq!(order(&server, "meanwhile").status, 500, "it is known to be full");
    make_room(&cluster);
    wait("changes are taken again", || order(&server, "after").status == 200);
    assert_eq!(names(&server), ["after", "before"], "what was refused is not done later");
    server.stop().unwrap();
}

/// As its operator would: takes away what fills it, and disarms the alarm.
fn make_room(cluster: &Cluster) {
    let base64 = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(text)
    };
    let ask = |path: &str, body: Value| cluster.ask(path, &body, None).unwrap();
    let gone = ask("kv/deleterange", json!({"key": base64("filling/"), "range_end": base64("filling0")}));
    ask("kv/compaction", json!({"revision": gone["header"]["revision"], "physical": true}));
    ask("maintenance/defragment", json!({}));
    let alarms = ask("maintenance/alarm", json!({"action": "GET"}));
    let member = &alarms["alarms"][0]["memberID"];
    ask("maintenance/alarm", json!({"action": "DEACTIVATE", "memberID": member, "alarm": "NOSPACE"}));
}

#[test]
fn a_node_keeps_its_own_record_and_snapshots_go_both_ways() {
    let Some(cluster) = cluster(1, &["--max-txn-ops=1024"]) else { return };
    let (binary, folder) = (server_binary().unwrap(), tempfile::tempdir().unwrap());
    let path = |name: &str| folder.path().join(name).into_os_string();
    let (key, file) = (path("operator.key"), path("lab.snapshot"));
    let nodes: Vec<(Server, std::ffi::OsString)> = ["trail-a", "trail-b"]
        .map(|trail| {
            let trail = path(trail);
            let flags: [&OsStr; 4] = ["--key-file".as_ref(), &key, "--audit".as_ref(), &trail];
            (start(&binary, &cluster.place("lab"), &flags), trail)
        })
        .into();
    // Each node has on record what was asked of it, and not what others were asked.
    for (at, (node, trail)) in nodes.iter().enumerate() {
        let asked: Vec<Answer> = (0..2).map(|number| order(node, &format!("c{at}-{number}"))).collect();
        assert!(asked.iter().all(|answer| answer.status == 200));
        let audit = |more: &[&str]| {
            let more = more.iter().map(OsStr::new);
            let flags: Vec<&OsStr> = [OsStr::new("audit")].into_iter().chain(more).collect();
            run(&binary, &[flags.as_slice(), &["--directory".as_ref(), trail.as_os_str()]].concat())
        };
        audit(&["verify", "--key-file", key.to_str().unwrap()]);
        let shown = audit(&["--json", "--operation", "CreateConnection", "--error", "none"]);
        let shown: Vec<Value> = shown.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let on_record: Vec<&str> = shown.iter().filter_map(|record| record["requestID"].as_str()).collect();
        assert_eq!(on_record, asked.iter().map(|answer| answer.id.as_str()).collect::<Vec<_>>());
    }
    let (one, other) = (&nodes[0].0, &nodes[1].0);
    let before = names(one);
    assert_eq!(before, ["c0-0", "c0-1", "c1-0", "c1-1"]);
    let save: [&OsStr; 5] = ["snapshot".as_ref(), "save".as_ref(), "--server".as_ref(), one.url().as_ref(), &file];
    run(&binary, &save);
    let restore = |prefix: &str, more: &[&OsStr]| {
        let place = cluster.place(prefix);
        let flags: [&OsStr; 4] = ["snapshot".as_ref(), "restore".as_ref(), "--store".as_ref(), place.as_ref()];
        run(&binary, &[&flags, more, &[&file]].concat())
    };
    restore("copy", &[]);
    let mut copy = start(&binary, &cluster.place("copy"), &["--key-file".as_ref(), &key]);
    let everything = |server: &Server| call(server, "DescribeConnections", &json!({})).body;
    assert_eq!(everything(&copy), everything(other), "a copy answers the same");
    assert_eq!(order(&copy, "of the copy").status, 200);
    copy.stop().unwrap();
    // Nodes that run notice that their store is another.
    assert_eq!(order(other, "forgotten").status, 200);
    restore("lab", &["--replace".as_ref()]);
    for node in [one, other] {
        wait("the snapshot is loaded", || names(node) == before);
    }
    wait("changes are taken again", || order(one, "later").status == 200);
    wait("both tell of it", || names(other).contains(&"later".to_owned()));
    for (mut node, _) in nodes {
        node.stop().unwrap();
    }
}
