//! The operator's token, where callers must prove who they are.

use crate::openapi::Document;
use crate::signer::Signer;
use crate::support::{Request, Server, command};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const ACCOUNTS: &str = "[[account]]\nid = \"111122223333\"\n[[account.key]]\naccess_key_id = \"AKIAROOT\"\n\
                        secret = \"s\"\nroot = true\n";

struct Folder {
    folder: tempfile::TempDir,
    accounts: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let accounts = folder.path().join("accounts.toml");
        fs::write(&accounts, ACCOUNTS).unwrap();
        Folder { folder, accounts }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn flags<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        [&["--auth", "sigv4", "--accounts", self.accounts.to_str().unwrap()], more].concat()
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap().trim_end().to_owned()
}

fn health(token: Option<&str>) -> Request {
    let request = Request::control("GET", "/_crossconnect/health", "");
    match token {
        Some(token) => request.with("authorization", token),
        None => request,
    }
}

#[test]
fn the_token_is_made_once_for_its_owner_alone() {
    let folder = Folder::new();
    let store = folder.path("store");
    let server = Server::start(&folder.flags(&["--store", store.to_str().unwrap(), "--clock", "manual"]));
    let file = store.join("operator-token");
    let token = read(&file);
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(server.banner.contains("operator-token") && !server.banner.contains(&token), "{}", server.banner);
    let bearer = format!("Bearer {token}");
    for wrong in [None, Some("Bearer"), Some("Bearer "), Some(&*token), Some("Bearer 0"), Some(&bearer[..70])] {
        let refused = server.send(&health(wrong));
        assert_eq!((refused.status, &refused.json()["error"]["code"]), (401, &json!("Unauthorized")), "{wrong:?}");
        assert!(!refused.text().contains(&token));
    }
    for (method, path) in [("POST", "clock"), ("POST", "reset"), ("GET", "metrics"), ("GET", "events")] {
        let request = Request::control(method, &format!("/_crossconnect/{path}"), "{\"advance\":\"PT1H\"}");
        assert_eq!(server.send(&request).status, 401, "{path}");
    }
    assert_eq!(server.send(&Request::new("POST", "/moto-api/reset")).status, 401);
    assert_eq!(server.send(&Request::new("GET", "/metrics")).status, 401);
    let now = server.send(&health(Some(&bearer))).json();
    assert_eq!(now["clock"]["now"], "2026-01-01T00:00:00Z", "no refused call moved it");
    assert_eq!(server.send(&health(Some(&format!("bearer {token}")))).status, 200);
    server.stop();
    let server = Server::start(&folder.flags(&["--store", store.to_str().unwrap()]));
    assert_eq!(read(&file), token, "the store opens beside it, and it stays");
    assert_eq!(server.send(&health(Some(&bearer))).status, 200);
}

#[test]
fn without_a_place_for_a_token_the_control_api_is_closed() {
    let folder = Folder::new();
    let server = Server::start(&folder.flags(&["--store", "memory:"]));
    let refused = server.send(&health(None));
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("--token-file"), "{}", refused.text());
    let file = folder.path("token");
    let server = Server::start(&folder.flags(&["--store", "memory:", "--token-file", file.to_str().unwrap()]));
    assert_eq!(server.send(&health(Some(&format!("Bearer {}", read(&file))))).status, 200);
}

#[test]
fn a_token_file_guards_open_mode_too() {
    let folder = Folder::new();
    let file = folder.path("token");
    fs::write(&file, "0123456789abcdef0123456789abcdef\r\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let server = Server::start(&["--store", "memory:", "--token-file", file.to_str().unwrap()]);
    assert_eq!(server.send(&health(None)).status, 401);
    let bearer = "Bearer 0123456789abcdef0123456789abcdef";
    assert_eq!(server.send(&health(Some(bearer))).status, 200);
    server.accepted("DescribeConnections", json!({}));
    let request = Request::control("GET", "/_crossconnect/openapi.json", "").with("authorization", bearer);
    let document = Document::read(&server.send(&request));
    document.send(&server, &health(None));
}

#[test]
fn a_token_that_others_know_is_refused() {
    let folder = Folder::new();
    let file = folder.path("token");
    let token = "0123456789abcdef0123456789abcdef";
    for (text, mode, part) in [
        (token, 0o644, "0644"),
        (token, 0o640, "0640"),
        (token, 0o602, "0602"),
        ("", 0o600, "holds no operator's token"),
        ("short", 0o600, "holds no operator's token"),
        ("0123456789abcdef 0123456789abcdef", 0o600, "holds no operator's token"),
    ] {
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        let flags = folder.flags(&["--store", "memory:", "--token-file", file.to_str().unwrap()]);
        let output = command(&[&["serve", "--listen", "127.0.0.1:0"], &*flags].concat()).output().unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        let line = line.lines().last().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(line.contains(part) && !line.contains(token), "{line}");
    }
}

/// The text of an element of an answer of STS.
fn element(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{text}"));
    rest.split_once(&format!("</{name}>")).unwrap().0.to_owned()
}

#[test]
fn a_temporary_key_is_good_after_a_restart_with_the_key_of_the_file() {
    let folder = Folder::new();
    let store = folder.path("store");
    // A trail has a key that follows from the file's, and would not be opened without it.
    let flags = ["--store", store.to_str().unwrap(), "--audit", "off"];
    let server = Server::start(&folder.flags(&flags));
    let file = folder.path("store.key");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let key = read(&file);
    let sts = Signer { service: "sts".to_owned(), ..Signer::new("AKIAROOT", "s") };
    let form = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded");
    let form = form.body(b"Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900");
    let answer = server.send(&sts.sign(&server, form));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let [id, secret, token] =
        ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(|name| element(answer.text(), name));
    assert!(!answer.text().contains(&key) && !server.banner.contains(&key));
    let describe = |server: &Server| {
        let request = Request::call("DescribeConnections", &json!({})).with("x-amz-security-token", &token);
        server.send(&Signer::new(&id, &secret).sign(server, request))
    };
    assert_eq!(describe(&server).status, 200, "{}", describe(&server).text());
    server.stop();
    let server = Server::start(&folder.flags(&flags));
    assert_eq!((describe(&server).status, read(&file)), (200, key));
    server.stop();
    fs::remove_file(&file).unwrap();
    let server = Server::start(&folder.flags(&flags));
    let refused = describe(&server);
    assert_eq!((refused.status, &refused.json()["__type"]), (400, &json!("UnrecognizedClientException")));
}

#[test]
fn a_key_file_that_others_may_read_or_that_holds_no_key_is_refused() {
    let folder = Folder::new();
    let file = folder.path("the.key");
    let key = "0f".repeat(32);
    for (text, mode, part) in [
        (&*key, 0o640, "has the mode 0640, so that others may use the operator's key"),
        (&*key, 0o604, "has the mode 0604"),
        ("", 0o600, "holds no key: expected 64 hexadecimal digits"),
        (&key[1..], 0o600, "holds no key"),
        (&key.replace('f', "g"), 0o600, "holds no key"),
    ] {
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        let flags = folder.flags(&["--store", "memory:", "--listen", "127.0.0.1:0"]);
        let flags = [&["serve"], &flags[..], &["--key-file", file.to_str().unwrap()]].concat();
        let output = command(&flags).output().unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(line.contains(part) && (text.is_empty() || !line.contains(text)), "{line}");
    }
}
