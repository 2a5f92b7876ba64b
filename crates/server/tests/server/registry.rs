//! Accounts, users, roles and keys that are registered with a running server: by the command, and by the control API.

use crate::openapi::Document;
use crate::signer::Signer;
use crate::support::{Answer, Request, Server, command};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const ACCOUNT: &str = "999900001111";
const ALL: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "directconnect:*", "Resource": "*"}}"#;

struct Lab {
    folder: tempfile::TempDir,
}

impl Lab {
    fn new() -> Self {
        Lab { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    fn start(&self, more: &[&str]) -> Server {
        let store = self.path("store");
        Server::start(&[&["--auth", "sigv4", "--store", store.to_str().unwrap()], more].concat())
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", fs::read_to_string(self.path("store/operator-token")).unwrap().trim_end())
    }

    /// A call of the control API, whose answer is as it is described.
    fn control(&self, server: &Server, method: &'static str, path: &str, body: &Value) -> Answer {
        let path = format!("/_crossconnect/{path}");
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let bearer = self.bearer();
        let request = Request::control(method, &path, &body).with("authorization", &bearer);
        let open = Request::control("GET", "/_crossconnect/openapi.json", "").with("authorization", &bearer);
        Document::read(&server.send(&open)).send(server, &request)
    }

    /// Runs the command against a server, which accepts it.
    fn run(&self, server: &Server, words: &[&str]) -> String {
        let output = self.output(server, words);
        assert!(output.0, "{words:?}: {}", output.1);
        output.1
    }

    fn refused(&self, server: &Server, words: &[&str]) -> String {
        let output = self.output(server, words);
        assert!(!output.0, "{words:?}: {}", output.1);
        assert_eq!(output.1.lines().count(), 1, "{}", output.1);
        output.1
    }

    fn output(&self, server: &Server, words: &[&str]) -> (bool, String) {
        let url = format!("http://{}", server.address);
        let token = self.path("store/operator-token");
        let all = [words, &["--server", &url, "--token-file", token.to_str().unwrap()]].concat();
        let output = command(&all).output().unwrap();
        let text = if output.status.success() { output.stdout } else { output.stderr };
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    fn key(&self, server: &Server, words: &[&str]) -> Signer {
        let made: Value = serde_json::from_str(&self.run(server, &[words, &["--json"]].concat())).unwrap();
        let [id, secret] = ["accessKeyId", "secretAccessKey"].map(|name| made[name].as_str().unwrap());
        assert_eq!((id.len(), secret.len()), (20, 40));
        Signer::new(id, secret)
    }
}

fn describe(server: &Server, signer: &Signer) -> Answer {
    server.send(&signer.sign(server, Request::call("DescribeConnections", &json!({}))))
}

fn is_unknown(answer: &Answer) -> bool {
    answer.status == 400 && answer.json()["__type"] == "UnrecognizedClientException"
}

/// Whether a file under a folder holds a text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, text);
        }
        fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[test]
fn an_operator_begins_with_nothing_but_the_token() {
    let lab = Lab::new();
    let server = lab.start(&[]);
    assert!(server.banner.contains("there is no access key yet, crossconnect key create"), "{}", server.banner);
    let refused = lab.refused(&server, &["key", "create", ACCOUNT, "--root"]);
    assert!(refused.contains("Account 999900001111 is not registered"), "{refused}");
    lab.run(&server, &["account", "add", ACCOUNT, "--name", "lab"]);
    let again = lab.refused(&server, &["account", "add", ACCOUNT]);
    assert!(again.contains("is there already"), "{again}");
    let root = lab.key(&server, &["key", "create", ACCOUNT, "--root"]);
    assert_eq!(describe(&server, &root).status, 200);
    let forged = describe(&server, &Signer { secret: "x".repeat(40), ..root.clone() });
    assert_eq!(forged.json()["__type"], "InvalidSignatureException");
    let list = lab.run(&server, &["key", "list", ACCOUNT]);
    assert!(list.contains(&root.access_key_id) && list.contains("us-east-1 directconnect"), "{list}");
    assert!(!list.contains(&root.secret));
    server.stop();
    for text in [&root.secret[..], &root.secret[..20]] {
        assert!(!holds(lab.folder.path(), text), "a secret lies in a file");
    }
    let server = lab.start(&[]);
    assert_eq!(describe(&server, &root).status, 200, "it is good after a restart");
    let shown: Value = serde_json::from_str(&lab.run(&server, &["account", "show", ACCOUNT, "--json"])).unwrap();
    assert_eq!((&shown["name"], &shown["source"]), (&json!("lab"), &json!("store")));
    assert_eq!(shown["accessKeys"], json!([root.access_key_id]));
    // What seals it is not in the store: with another key file it is refused, and the server goes on.
    server.stop();
    fs::rename(lab.path("store.key"), lab.path("kept.key")).unwrap();
    fs::remove_dir_all(lab.path("store/audit")).unwrap();
    let server = lab.start(&[]);
    let line = server.log_line("sealed with another key file");
    assert!(line.contains("store.key") && line.contains("--key-file"), "{line}");
    assert!(is_unknown(&describe(&server, &root)));
}

#[test]
fn what_is_changed_counts_for_the_next_request() {
    let lab = Lab::new();
    let server = lab.start(&[]);
    lab.run(&server, &["account", "add", ACCOUNT]);
    let first = lab.key(&server, &["key", "create", ACCOUNT, "--root"]);
    let id = first.access_key_id.as_str();
    assert_eq!(describe(&server, &first).status, 200);
    lab.run(&server, &["key", "deactivate", id]);
    assert!(is_unknown(&describe(&server, &first)));
    lab.run(&server, &["key", "activate", id]);
    assert_eq!(describe(&server, &first).status, 200);
    let second = lab.key(&server, &["key", "rotate", id, "--keep"]);
    assert_eq!((describe(&server, &first).status, describe(&server, &second).status), (200, 200));
    let refused = lab.refused(&server, &["key", "rotate", id]);
    assert!(refused.contains("Cannot exceed quota for AccessKeysPerUser: 2"), "{refused}");
    lab.run(&server, &["key", "delete", id]);
    assert!(is_unknown(&describe(&server, &first)));
    let third = lab.key(&server, &["key", "rotate", &second.access_key_id]);
    assert!(is_unknown(&describe(&server, &second)), "a rotated key is inactive");
    assert_eq!(describe(&server, &third).status, 200);

    // Policies count at once, too.
    let all = lab.file("all.json", ALL);
    lab.run(&server, &["user", "add", ACCOUNT, "ann"]);
    let ann = lab.key(&server, &["key", "create", ACCOUNT, "--user", "ann"]);
    let denied = describe(&server, &ann);
    let text = denied.error(400, "AccessDeniedException");
    assert!(text.starts_with("User: arn:aws:iam::999900001111:user/ann is not authorized"), "{text}");
    lab.run(&server, &["user", "set", ACCOUNT, "ann", "--policy", &all]);
    assert_eq!(describe(&server, &ann).status, 200);
    let wrong = lab.file("wrong.json", r#"{"Statement": {"Effect": "Perhaps"}}"#);
    let refused = lab.refused(&server, &["user", "set", ACCOUNT, "ann", "--policy", &wrong]);
    assert!(refused.contains("policies[0].document: Statement"), "{refused}");
    assert_eq!(describe(&server, &ann).status, 200, "what is refused changes nothing");
    let refused = lab.refused(&server, &["account", "remove", ACCOUNT]);
    assert!(refused.contains("they are deleted before the account is"), "{refused}");
}

fn element(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{text}"));
    rest.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

/// Temporary keys of STS: what signs, and its token.
fn temporary(server: &Server, signer: &Signer, form: &str) -> (Signer, String) {
    let sts = Signer { service: "sts".to_owned(), ..signer.clone() };
    let request = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded");
    let answer = server.send(&sts.sign(server, request.body(format!("{form}&Version=2011-06-15").as_bytes())));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let [id, secret, token] =
        ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(|name| element(answer.text(), name));
    (Signer::new(&id, &secret), token)
}

fn describe_with((signer, token): &(Signer, String), server: &Server) -> Answer {
    let request = Request::call("DescribeConnections", &json!({})).with("x-amz-security-token", token);
    server.send(&signer.sign(server, request))
}

#[test]
fn temporary_keys_end_with_the_user_or_role_and_not_with_the_key() {
    let lab = Lab::new();
    let server = lab.start(&[]);
    let all = lab.file("all.json", ALL);
    let trust = lab.file(
        "trust.json",
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"AWS": "arn:aws:iam::999900001111:user/ann"}}}"#,
    );
    lab.run(&server, &["account", "add", ACCOUNT]);
    lab.run(&server, &["user", "add", ACCOUNT, "ann", "--policy", &all]);
    lab.run(&server, &["role", "add", ACCOUNT, "deploy", "--trust", &trust, "--policy", &all, "--session-max", "2h"]);
    let ann = lab.key(&server, &["key", "create", ACCOUNT, "--user", "ann"]);
    let session = temporary(&server, &ann, "Action=GetSessionToken");
    let assume = "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A999900001111%3Arole%2Fdeploy&RoleSessionName=s1";
    let role = temporary(&server, &ann, assume);
    assert_eq!((describe_with(&session, &server).status, describe_with(&role, &server).status), (200, 200));
    // What its role may do is asked anew for each call, though the key has signed before.
    let none = lab.file("none.json", &ALL.replace("Allow", "Deny"));
    let set = |policy: &str| lab.run(&server, &["role", "set", ACCOUNT, "deploy", "--policy", policy]);
    set(&none);
    let denied = describe_with(&role, &server);
    assert!(denied.text().contains("with an explicit deny in an identity-based policy"), "{}", denied.text());
    set(&all);
    assert_eq!(describe_with(&role, &server).status, 200);
    // A key that is inactive, or gone, ends none of the sessions that it has begun: the user is still there.
    lab.run(&server, &["key", "deactivate", &ann.access_key_id]);
    assert_eq!((describe_with(&session, &server).status, describe_with(&role, &server).status), (200, 200));
    lab.run(&server, &["role", "remove", ACCOUNT, "deploy"]);
    assert!(is_unknown(&describe_with(&role, &server)));
    lab.run(&server, &["role", "add", ACCOUNT, "deploy", "--trust", &trust, "--policy", &all]);
    assert!(is_unknown(&describe_with(&role, &server)), "one that was made again is another");
    let refused = lab.refused(&server, &["user", "remove", ACCOUNT, "ann"]);
    assert!(refused.contains("must delete access keys first"), "{refused}");
    lab.run(&server, &["key", "delete", &ann.access_key_id]);
    assert_eq!(describe_with(&session, &server).status, 200);
    lab.run(&server, &["user", "remove", ACCOUNT, "ann"]);
    assert!(is_unknown(&describe_with(&session, &server)));
    lab.run(&server, &["user", "add", ACCOUNT, "ann", "--policy", &all]);
    assert!(is_unknown(&describe_with(&session, &server)));
}

#[test]
fn what_a_file_says_is_changed_there() {
    let lab = Lab::new();
    let text = "[[account]]\nid = \"111122223333\"\nname = \"filed\"\n[[account.key]]\naccess_key_id = \"AKIAROOT\"\n\
                secret = \"s\"\nroot = true\n";
    let accounts = lab.file("accounts.toml", text);
    let server = lab.start(&["--accounts", &accounts]);
    let list = lab.run(&server, &["account", "list"]);
    assert!(list.contains("filed") && list.contains("file"), "{list}");
    for (method, path, body, part) in [
        ("DELETE", "accounts/111122223333", json!({}), "accounts.toml:2"),
        ("PUT", "accounts/111122223333", json!({"name": "other"}), "accounts.toml:2"),
        ("PUT", "accounts/111122223333/users/ann", json!({}), "accounts.toml:2"),
        ("DELETE", "accounts/111122223333/roles/deploy", json!({}), "accounts.toml:2"),
        ("POST", "accounts/111122223333/keys", json!({"root": true}), "accounts.toml:2"),
        ("PUT", "keys/AKIAROOT", json!({"status": "inactive"}), "accounts.toml:4"),
        ("POST", "keys/AKIAROOT/rotate", json!({}), "accounts.toml:4"),
        ("DELETE", "keys/AKIAROOT", json!({}), "accounts.toml:4"),
    ] {
        let refused = lab.control(&server, method, path, &body);
        assert_eq!(refused.status, 409, "{method} {path}: {}", refused.text());
        assert!(refused.text().contains(part) && refused.text().contains("SIGHUP"), "{}", refused.text());
    }
    let partner = lab.control(&server, "PUT", "accounts/111122223333", &json!({"partner": "v2"}));
    assert_eq!((partner.status, &partner.json()["name"]), (200, &json!("filed")));
    assert_eq!(describe(&server, &Signer::new("AKIAROOT", "s")).status, 200);
    lab.run(&server, &["account", "add", ACCOUNT]);
    let registered = lab.key(&server, &["key", "create", ACCOUNT, "--root"]);
    server.stop();
    // The same account, or the same key, in both places is refused with the place in the file.
    for (text, part) in [
        (text.replace("111122223333", ACCOUNT), "accounts.toml:2: account 999900001111 has users, roles or keys"),
        (text.replace("AKIAROOT", &registered.access_key_id), "accounts.toml:4: access key"),
    ] {
        let accounts = lab.file("accounts.toml", &text);
        let store = lab.path("store");
        let flags = ["serve", "--listen", "127.0.0.1:0", "--auth", "sigv4", "--store", store.to_str().unwrap()];
        let output = command(&[&flags[..], &["--accounts", &accounts]].concat()).output().unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(line.contains(part), "{line}");
    }
}

#[test]
fn the_control_api_shows_and_changes_who_may_call() {
    let lab = Lab::new();
    let server = lab.start(&[]);
    let put = |path: &str, body: &Value| lab.control(&server, "PUT", path, body);
    let get = |path: &str| lab.control(&server, "GET", path, &Value::Null);
    let delete = |path: &str| lab.control(&server, "DELETE", path, &json!({}));
    assert_eq!(put(&format!("accounts/{ACCOUNT}"), &json!({"name": "lab", "partner": "v2"})).status, 200);
    let user = format!("accounts/{ACCOUNT}/users/ann");
    let document: Value = serde_json::from_str(ALL).unwrap();
    let made = put(&user, &json!({"policies": [{"name": "all", "document": document}]}));
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.json()["policies"][0]["document"], document);
    assert!(made.json()["id"].as_str().unwrap().starts_with("AIDA"));
    let role = format!("accounts/{ACCOUNT}/roles/deploy");
    let trust = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                       "Principal": {"AWS": ACCOUNT}}});
    let made = put(&role, &json!({"trust": trust, "sessionMax": "2h"}));
    assert_eq!((made.status, &made.json()["sessionMax"]), (200, &json!("7200s")), "{}", made.text());
    for (path, body) in [
        (&role, json!({"trust": {"Statement": {}}})),
        (&role, json!({"trust": trust, "sessionMax": "soon"})),
        (&user, json!({"policies": [{"name": "a b", "document": ALL}]})),
        (&user, json!({"policies": [{"name": "all", "document": "{"}]})),
        (&user, json!({"trust": trust})),
    ] {
        assert_eq!(put(path, &body).status, 400, "{body}");
    }
    let keys = format!("accounts/{ACCOUNT}/keys");
    for body in [json!({}), json!({"user": "ann", "root": true}), json!({"root": false})] {
        assert_eq!(lab.control(&server, "POST", &keys, &body).status, 400, "{body}");
    }
    assert_eq!(lab.control(&server, "POST", &keys, &json!({"user": "bob"})).status, 404);
    let made = lab.control(&server, "POST", &keys, &json!({"user": "ann"}));
    assert_eq!(made.status, 200, "{}", made.text());
    let id = made.json()["accessKeyId"].as_str().unwrap().to_owned();
    let secret = made.json()["secretAccessKey"].as_str().unwrap().to_owned();
    assert_eq!(put(&format!("keys/{id}"), &json!({"status": "asleep"})).status, 400);
    for path in [
        "accounts".to_owned(),
        format!("accounts/{ACCOUNT}"),
        format!("accounts/{ACCOUNT}/users"),
        format!("accounts/{ACCOUNT}/roles"),
        user.clone(),
        role.clone(),
        keys.clone(),
        format!("keys/{id}"),
    ] {
        let shown = get(&path);
        assert_eq!(shown.status, 200, "{path}: {}", shown.text());
        assert!(!shown.text().contains(&secret), "{path} shows a secret");
    }
    for path in ["accounts/111122223333", "accounts/111122223333/users", "keys/AKIA0000000000000000"] {
        assert_eq!(get(path).status, 404, "{path}");
    }
    assert_eq!((get("accounts/12").status, get(&format!("{user}x")).status), (400, 404));
    let rotated = lab.control(&server, "POST", &format!("keys/{id}/rotate"), &json!({"keep": true}));
    let other = rotated.json()["accessKeyId"].as_str().unwrap().to_owned();
    assert_eq!(delete(&user).status, 409);
    for path in [format!("keys/{id}"), format!("keys/{other}"), user, role, format!("accounts/{ACCOUNT}")] {
        assert_eq!(delete(&path).status, 200, "{path}");
        assert_eq!(delete(&path).status, 404, "{path}");
    }
}
