//! `--auth sigv4`: who may call, and what everyone else is told, in each protocol.

use crate::signer::{Signer, cbor, cbor_error};
use crate::support::{Request, Server, command};
use crossconnect_api::Operation;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

const FORM: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const ACCOUNTS: &str = r#"
[[account]]
id = "111122223333"
[[account.key]]
access_key_id = "AKIAROOT"
secret = "root's secret"
root = true
[[account.key]]
access_key_id = "AKIAUSER"
secret_file = "user.secret"
[[account]]
id = "555555555555"
[[account.key]]
access_key_id = "AKIAOTHER"
secret = "other's secret"
root = true
"#;

/// A folder with the accounts.
fn accounts() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.toml");
    std::fs::write(&path, ACCOUNTS).unwrap();
    std::fs::write(folder.path().join("user.secret"), "user's secret\n").unwrap();
    (folder, path)
}

fn start() -> (Server, tempfile::TempDir) {
    let (folder, path) = accounts();
    let flags = ["--auth", "sigv4", "--store", "memory:", "--clock", "manual", "--accounts", path.to_str().unwrap()];
    (Server::start(&flags), folder)
}

fn root() -> Signer {
    Signer::new("AKIAROOT", "root's secret")
}

fn describe() -> Request {
    Request::call("DescribeConnections", &json!({}))
}

fn form() -> Request {
    Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded").body(FORM.as_bytes())
}

fn element(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{text}"));
    rest.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

#[test]
fn who_signs_is_served_in_its_own_account() {
    let (server, _folder) = start();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let create = root().sign(&server, Request::call("CreateConnection", &input));
    let created = server.send(&create);
    assert_eq!((created.status, &created.json()["ownerAccount"]), (200, &json!("111122223333")), "{}", created.text());
    let other = Signer::new("AKIAOTHER", "other's secret");
    for (signer, count) in [(root(), 1), (other, 0), (Signer { region: "us-west-2".to_owned(), ..root() }, 0)] {
        let seen = server.send(&signer.sign(&server, describe())).json();
        assert_eq!(seen["connections"].as_array().unwrap().len(), count, "{signer:?}");
    }
    let seen = server.send(&root().sign(&server, cbor(Operation::DescribeConnections, &json!({}))));
    assert_eq!((seen.status, seen.header("content-type")), (200, Some("application/cbor")));
    let line = server.log_line("DescribeConnections");
    assert!(line.contains("account=111122223333"), "{line}");
}

#[test]
fn each_wrong_signature_has_its_error_in_each_protocol() {
    let (server, _folder) = start();
    let (mismatch, unknown) = ("signature we calculated does not match", "security token included in the request is");
    let wrong = |change: fn(&mut Signer)| {
        let mut signer = root();
        change(&mut signer);
        signer
    };
    for (signer, name, query_name, text) in [
        (wrong(|it| it.secret.push('!')), "InvalidSignatureException", "SignatureDoesNotMatch", mismatch),
        (
            wrong(|it| it.access_key_id = "AKIANOBODY".into()),
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            unknown,
        ),
        (
            wrong(|it| it.access_key_id = "111122223333".into()),
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            unknown,
        ),
        (
            wrong(|it| it.service = "ec2".into()),
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "correct service",
        ),
        (
            wrong(|it| it.region = "US_EAST".into()),
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "valid region",
        ),
        (
            wrong(|it| it.day = Some("20200101".into())),
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "20200101",
        ),
        (wrong(|it| it.ahead_s = -1000), "InvalidSignatureException", "SignatureDoesNotMatch", "Signature expired"),
        (wrong(|it| it.ahead_s = 1000), "InvalidSignatureException", "SignatureDoesNotMatch", "not yet current"),
    ] {
        let message = server.send(&signer.sign(&server, describe())).error(400, name);
        assert!(message.contains(text), "{message}");
        let answer = server.send(&signer.sign(&server, cbor(Operation::DescribeConnections, &json!({}))));
        assert_eq!(cbor_error(&answer).1, name);
        assert!(cbor_error(&answer).2.contains(text));
        let service = if signer.service == "ec2" { "ec2" } else { "sts" };
        let signer = Signer { service: service.to_owned(), ..signer };
        let answer = server.send(&signer.sign(&server, form()));
        assert_eq!((answer.status, element(answer.text(), "Code").as_str()), (403, query_name));
        assert!(element(answer.text(), "Message").contains(text), "{}", answer.text());
    }
    // A clock that is ten minutes off is near enough.
    for ahead_s in [-600, 600] {
        assert_eq!(server.send(&Signer { ahead_s, ..root() }.sign(&server, describe())).status, 200);
    }
}

#[test]
fn what_was_changed_after_it_was_signed_is_refused() {
    let (server, _folder) = start();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let create = root().sign(&server, Request::call("CreateConnection", &input));
    let other_body = json!({"location": "EqDC2", "bandwidth": "10Gbps", "connectionName": "c1"}).to_string();
    for (changed, name) in [
        (create.clone().body(other_body.as_bytes()), "InvalidSignatureException"),
        (create.clone().with("x-amz-target", "OvertureService.DeleteConnection"), "InvalidSignatureException"),
        (create.clone().with("host", "localhost"), "InvalidSignatureException"),
        (create.clone().with("x-amz-meta", "unsigned"), "InvalidSignatureException"),
        (create.clone().without("x-amz-date"), "IncompleteSignatureException"),
        (create.clone().with("x-amz-date", "today"), "IncompleteSignatureException"),
        (create.clone().with("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), "InvalidSignatureException"),
        (create.clone().with("authorization", "AWS4-HMAC-SHA256"), "IncompleteSignatureException"),
        (create.clone().with("authorization", "Bearer x"), "MissingAuthenticationTokenException"),
        (create.clone().without("authorization"), "MissingAuthenticationTokenException"),
        (create.clone().signed("AKIAROOT", "us-east-1"), "InvalidSignatureException"),
    ] {
        server.send(&changed).error(400, name);
    }
    let seen = server.send(&root().sign(&server, describe()));
    assert_eq!(seen.json(), json!({"connections": []}), "nothing was changed");
    assert_eq!(server.send(&create).status, 200);
}

#[test]
fn a_body_is_not_awaited_from_who_cannot_call() {
    let (server, _folder) = start();
    let signer = Signer::new("AKIANOBODY", "x");
    let request = signer.sign(&server, describe()).with("expect", "100-continue").with("content-length", "1000000");
    let mut head = request.bytes(&server.address.to_string());
    head.truncate(head.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4);
    let head = String::from_utf8(head).unwrap().replace("content-length: 2\r\n", "");
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("UnrecognizedClientException"), "{answer}");
}

#[test]
fn a_user_without_policies_may_only_ask_who_it_is() {
    let (server, _folder) = start();
    let user = Signer::new("AKIAUSER", "user's secret");
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let expected = |action: &str, resource: &str| {
        format!(
            "User: arn:aws:iam::111122223333:user/AKIAUSER is not authorized to perform: directconnect:{action} on \
             resource: {resource} because no identity-based policy allows the directconnect:{action} action"
        )
    };
    let refused = server.send(&user.sign(&server, Request::call("CreateConnection", &input)));
    let text = expected("CreateConnection", "*");
    assert_eq!(refused.error(400, "AccessDeniedException"), text);
    let refused = server.send(&user.sign(&server, cbor(Operation::DescribeLocations, &json!({}))));
    let text = expected("DescribeLocations", "*");
    assert_eq!(cbor_error(&refused), (400, "AccessDeniedException".to_owned(), text));
    let sts = |signer: Signer| Signer { service: "sts".to_owned(), ..signer };
    for (signer, arn) in [
        (user, "arn:aws:iam::111122223333:user/AKIAUSER"),
        (root(), "arn:aws:iam::111122223333:root"),
        (Signer::new("AKIAOTHER", "other's secret"), "arn:aws:iam::555555555555:root"),
    ] {
        let answer = server.send(&sts(signer).sign(&server, form()));
        assert_eq!((answer.status, element(answer.text(), "Arn").as_str()), (200, arn));
    }
    assert_eq!(server.send(&root().sign(&server, describe())).json(), json!({"connections": []}));
}

#[test]
fn retries_are_the_callers_own() {
    let (server, _folder) = start();
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    let create = Request::call("CreateConnection", &input).with("amz-sdk-invocation-id", "one");
    let ids: Vec<Value> = [root(), root(), Signer::new("AKIAOTHER", "other's secret")]
        .iter()
        .map(|signer| server.send(&signer.sign(&server, create.clone())).json()["connectionId"].clone())
        .collect();
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[test]
fn keys_that_cannot_work_are_refused_at_the_start() {
    let (folder, path) = accounts();
    let key =
        |lines: &str| format!("[[account]]\nid = \"555555555555\"\n[[account.key]]\naccess_key_id = \"A\"\n{lines}\n");
    for (text, parts) in [
        (String::new(), ["--auth is \"sigv4\"", "neither an access key"]),
        (key(""), ["accounts.toml:3", "no secret"]),
        (key("secret = \"\""), ["accounts.toml:5", "secret is empty"]),
        (key("secret_file = \"nowhere\""), ["accounts.toml:5", "nowhere: cannot be read"]),
        (key("secret_file = \"empty\""), ["accounts.toml:5", "is empty"]),
        (key("secret = \"a\"\nsecret_file = \"empty\""), ["accounts.toml:6", "expected one of them"]),
        (key("secret = \"a\"\npolicies = [\"read.json\"]"), ["accounts.toml:6", "read.json: cannot be read"]),
    ] {
        std::fs::write(&path, &text).unwrap();
        std::fs::write(folder.path().join("empty"), "\n").unwrap();
        let flags = ["serve", "--store", "memory:", "--auth", "sigv4", "--accounts", path.to_str().unwrap()];
        let output = command(&flags).output().unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{line}");
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn signed_callers_may_come_from_the_network() {
    let (_folder, path) = accounts();
    let flags =
        ["--listen", "0.0.0.0:0", "--auth", "sigv4", "--store", "memory:", "--accounts", path.to_str().unwrap()];
    let server = Server::start_anywhere(&flags);
    assert!(server.banner.contains("3 access keys are known"), "{}", server.banner);
}
