//! TLS: who is let in, what is shown, and certificates that change under way.

use crate::ec2::{GATEWAYS, VPC};
use crate::support::{Answer, Request, Server, command};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, SanType};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use std::fs::Permissions;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a change of a file may go unseen.
const PATIENCE: Duration = Duration::from_secs(20);

/// An authority of a test's own.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A folder with a certificate and its key, as PEM.
struct Folder(TempDir);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for the loopback, and its key.
    fn issue(&self) -> (String, String) {
        let mut params = CertificateParams::default();
        params.subject_alt_names = vec![SanType::IpAddress([127, 0, 0, 1].into())];
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        roots
    }
}

impl Folder {
    fn new((certificate, key): &(String, String)) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.put((certificate, key));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Puts a pair where the one before was, the certificate first.
    fn put(&self, (certificate, key): (&str, &str)) {
        self.write("certificate.pem", certificate, 0o644);
        self.write("key.pem", key, 0o600);
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        let new = self.path("new");
        std::fs::write(&new, text).unwrap();
        std::fs::set_permissions(&new, Permissions::from_mode(mode)).unwrap();
        std::fs::rename(new, self.path(name)).unwrap();
    }

    fn flags(&self, more: &[&str]) -> Vec<String> {
        let path = |name: &str| self.path(name).to_str().unwrap().to_owned();
        let own = ["--tls-certificate".to_owned(), path("certificate.pem"), "--tls-key".to_owned(), path("key.pem")];
        let first = ["--store", "memory:"].into_iter().chain(more.iter().copied()).map(str::to_owned);
        first.chain(own).collect()
    }

    fn start(&self, more: &[&str]) -> Server {
        let flags = self.flags(more);
        Server::start(&flags.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// A client that trusts these, shows that, and speaks HTTP/1.1.
fn client(roots: RootCertStore, shown: Option<&(String, String)>) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let builder = builder.with_root_certificates(roots);
    match shown {
        None => builder.with_no_client_auth(),
        Some((certificate, key)) => {
            let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
            builder.with_client_auth_cert(chain, PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap()).unwrap()
        }
    }
}

type Stream = StreamOwned<ClientConnection, TcpStream>;

fn connect(server: &Server, config: ClientConfig) -> Stream {
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(connection, TcpStream::connect(server.address).unwrap())
}

/// One call, or why there was no answer.
fn call(stream: &mut Stream, server: &Server) -> std::io::Result<String> {
    let request = Request::call("DescribeLags", &json!({})).bytes(&server.address.to_string());
    stream.write_all(&request)?;
    let mut text = Vec::new();
    match stream.read_to_end(&mut text) {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => Err(error),
        _ => Ok(String::from_utf8(text).unwrap()),
    }
}

fn is_answered(server: &Server, config: &ClientConfig) -> bool {
    call(&mut connect(server, config.clone()), server).is_ok_and(|text| text.starts_with("HTTP/1.1 200 OK"))
}

#[test]
fn calls_over_tls_are_answered_and_others_are_not() {
    let authority = Authority::new();
    let server = Folder::new(&authority.issue()).start(&[]);
    assert!(server.banner.starts_with("listening on https://127.0.0.1:"), "{}", server.banner);
    assert!(is_answered(&server, &client(authority.roots(), None)));
    assert!(!is_answered(&server, &client(Authority::new().roots(), None)), "another authority's");
    let mut plain = TcpStream::connect(server.address).unwrap();
    plain.write_all(&Request::call("DescribeLags", &json!({})).bytes("localhost")).unwrap();
    let mut got = Vec::new();
    // Whether it is closed or reset: there is no answer of HTTP.
    let _ = plain.read_to_end(&mut got);
    assert!(!got.starts_with(b"HTTP/"), "{got:?}");
}

#[test]
fn the_protocol_is_agreed_on_in_the_handshake() {
    let authority = Authority::new();
    let server = Folder::new(&authority.issue()).start(&[]);
    for (offered, agreed) in [(vec!["h2", "http/1.1"], "h2"), (vec!["http/1.1"], "http/1.1")] {
        let mut config = client(authority.roots(), None);
        config.alpn_protocols = offered.into_iter().map(|name| name.as_bytes().to_vec()).collect();
        let mut stream = connect(&server, config);
        stream.conn.complete_io(&mut stream.sock).unwrap();
        assert_eq!(stream.conn.alpn_protocol(), Some(agreed.as_bytes()));
        assert!(matches!(
            stream.conn.protocol_version(),
            Some(rustls::ProtocolVersion::TLSv1_2 | rustls::ProtocolVersion::TLSv1_3)
        ));
    }
}

#[test]
fn a_client_shows_a_certificate_where_one_is_required() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    folder.write("clients.pem", &authority.0.pem(), 0o644);
    let ca = folder.path("clients.pem");
    let ca = ["--tls-client-ca", ca.to_str().unwrap()];
    let ours = authority.issue();
    let foreign = Authority::new().issue();
    let answered = |server: &Server| {
        [None, Some(&ours), Some(&foreign)].map(|shown| is_answered(server, &client(authority.roots(), shown)))
    };
    assert_eq!(answered(&folder.start(&ca)), [false, true, false]);
    let optional = [ca[0], ca[1], "--tls-client-auth", "optional"];
    assert_eq!(answered(&folder.start(&optional)), [true, true, false]);
}

#[test]
fn a_new_certificate_is_shown_and_connections_stay() {
    let [first, second] = [Authority::new(), Authority::new()];
    let folder = Folder::new(&first.issue());
    let server = folder.start(&[]);
    let [knows_first, knows_second] = [&first, &second].map(|authority| client(authority.roots(), None));
    let mut open = connect(&server, knows_first.clone());
    open.conn.complete_io(&mut open.sock).unwrap();
    // A certificate without its key is refused, and what was shown before stays.
    let (certificate, key) = second.issue();
    folder.write("certificate.pem", &certificate, 0o644);
    let line = server.log_line("stays as it is");
    assert!(line.contains("certificate.pem") && !line.contains("PRIVATE"), "{line}");
    assert!(is_answered(&server, &knows_first));
    folder.write("key.pem", &key, 0o600);
    let began = Instant::now();
    while !is_answered(&server, &knows_second) {
        assert!(began.elapsed() < PATIENCE, "the new one is not shown");
        std::thread::yield_now();
    }
    assert!(!is_answered(&server, &knows_first));
    assert!(call(&mut open, &server).unwrap().starts_with("HTTP/1.1 200 OK"), "the old connection stays");
}

#[test]
fn a_hangup_reads_the_certificate_at_once() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    let server = folder.start(&[]);
    rustix::process::kill_process(server.pid(), rustix::process::Signal::HUP).unwrap();
    server.log_line("the certificate of TLS was read again");
    assert!(is_answered(&server, &client(authority.roots(), None)));
}

fn refused(folder: &Folder, more: &[&str]) -> String {
    let flags = folder.flags(more);
    let all: Vec<_> =
        ["serve", "--listen", "127.0.0.1:0"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let output = command(&all).output().unwrap();
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{line}");
    line
}

#[test]
fn files_that_are_not_what_they_should_be_are_refused() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue();
    let (_, other) = authority.issue();
    let folder = Folder::new(&(certificate.clone(), key.clone()));
    let mut cases = Vec::new();
    for (name, text, mode, part) in [
        ("key.pem", &*key, 0o644, "0644"),
        ("key.pem", &other, 0o600, "certificate.pem (--tls-certificate) does not go with"),
        ("key.pem", "nothing", 0o600, "holds no key"),
        ("certificate.pem", "nothing", 0o644, "certificate.pem (--tls-certificate) holds no certificate"),
    ] {
        folder.put((&certificate, &key));
        folder.write(name, text, mode);
        cases.push((refused(&folder, &[]), part));
    }
    folder.put((&certificate, &key));
    cases.push((refused(&folder, &["--tls-client-ca", "/nowhere/ca.pem"]), "/nowhere/ca.pem (--tls-client-ca)"));
    cases.push((refused(&folder, &["--tls-client-auth", "optional"]), "tls_client_ca"));
    for (line, part) in cases {
        assert!(line.contains(part) && !line.contains("PRIVATE"), "{part}: {line}");
    }
    let path = folder.path("certificate.pem");
    let output = command(&["serve", "--tls-certificate", path.to_str().unwrap()]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("without tls_key"));
}

#[test]
fn a_handshake_that_does_not_end_keeps_nobody_waiting() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    let config = folder.path("crossconnect.toml");
    std::fs::write(&config, "[limits]\nhandshake_timeout = \"300ms\"\n").unwrap();
    let server = folder.start(&["--config", config.to_str().unwrap()]);
    let mut slow: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    slow.iter_mut().for_each(|stream| stream.write_all(&[22, 3, 1]).unwrap());
    assert!(is_answered(&server, &client(authority.roots(), None)));
    for mut stream in slow {
        // Closed or reset.
        assert!(!matches!(stream.read(&mut [0; 16]), Ok(1..)));
    }
}

#[test]
fn policies_see_whether_a_call_came_over_tls() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "directconnect:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}"#;
    folder.write("policy.json", policy, 0o644);
    let accounts = "[[account]]\nid = \"111122223333\"\n[[account.user]]\nname = \"ann\"\npolicies = [\"policy.json\"]\n\
                    [[account.user.key]]\naccess_key_id = \"AKIAANN\"\nsecret = \"s\"\n";
    folder.write("accounts.toml", accounts, 0o600);
    let path = folder.path("accounts.toml");
    let flags = ["--auth", "sigv4", "--accounts", path.to_str().unwrap()];
    let signer = crate::signer::Signer::new("AKIAANN", "s");
    let secure = folder.start(&flags);
    let request = signer.sign(&secure, Request::call("DescribeLags", &json!({})));
    let mut stream = connect(&secure, client(authority.roots(), None));
    stream.write_all(&request.bytes(&secure.address.to_string())).unwrap();
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    assert!(text.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&text));
    let plain = Server::start(&[&["--store", "memory:"], &flags[..]].concat());
    let answer: Answer = plain.send(&signer.sign(&plain, Request::call("DescribeLags", &json!({}))));
    answer.error(400, "AccessDeniedException");
}

/// An EC2 behind TLS, with this certificate and key. It answers until the test ends.
fn ec2((certificate, key): &(String, String)) -> String {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let config = Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream.unwrap());
            let mut bytes = vec![0; 16 << 10];
            let mut held = 0;
            // Who does not trust it sends nothing.
            while let Ok(read @ 1..) = stream.read(&mut bytes[held..]) {
                held += read;
                let text = String::from_utf8_lossy(&bytes[..held]).into_owned();
                if text.contains("Version=") {
                    let answer = if text.contains("Action=DescribeVpcs") { VPC } else { GATEWAYS };
                    let head =
                        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
                    stream.write_all(format!("{head}{answer}").as_bytes()).unwrap();
                    break;
                }
            }
        }
    });
    url
}

#[test]
fn other_services_are_asked_over_tls_and_must_be_trusted() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    folder.write("ca.pem", &authority.0.pem(), 0o644);
    folder.write("other.pem", &Authority::new().0.pem(), 0o644);
    let url = ec2(&authority.issue());
    for (ca, is_trusted) in [("ca.pem", true), ("other.pem", false)] {
        let ca = folder.path(ca);
        let asks = ["--ec2-gateways", "registered", "--ec2-endpoint", &url, "--endpoint-ca", ca.to_str().unwrap()];
        let server = Server::start(&[&["--store", "memory:", "--lifecycle", "instant"], &asks[..]].concat());
        let made = server.accepted("CreateDirectConnectGateway", json!({"directConnectGatewayName": "d1"}));
        let id = made["directConnectGateway"]["directConnectGatewayId"].as_str().unwrap();
        let input = json!({"directConnectGatewayId": id, "gatewayId": "vgw-11111111"});
        let answer = server.call("CreateDirectConnectGatewayAssociation", input);
        if is_trusted {
            assert_eq!(answer.status, 200, "{}", answer.text());
        } else {
            let text = answer.error(500, "DirectConnectServerException");
            assert!(text.contains("certificate"), "{text}");
        }
    }
}

#[test]
fn a_record_says_what_its_connection_had_agreed_on() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    let trail = folder.path("trail");
    let server = folder.start(&["--audit", trail.to_str().unwrap()]);
    let provider = || Arc::new(rustls::crypto::ring::default_provider());
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let builder = ClientConfig::builder_with_provider(provider()).with_protocol_versions(&[version]).unwrap();
        let config = builder.with_root_certificates(authority.roots()).with_no_client_auth();
        assert!(call(&mut connect(&server, config), &server).unwrap().contains("200 OK"));
    }
    let host = server.address.to_string();
    server.stop();
    let shown = command(&["audit", "--json", "--operation", "DescribeLags", "--directory", trail.to_str().unwrap()]);
    let shown = { shown }.output().unwrap();
    let records: Vec<serde_json::Value> =
        String::from_utf8(shown.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let details: Vec<_> = records.iter().map(|record| record["tlsDetails"].clone()).collect();
    let [old, new] = &*details else { panic!("two calls are on record: {records:?}") };
    for (details, version, suite) in [(old, "TLSv1.2", "ECDHE-"), (new, "TLSv1.3", "TLS_")] {
        assert_eq!((&details["tlsVersion"], &details["clientProvidedHostHeader"]), (&json!(version), &json!(host)));
        assert!(details["cipherSuite"].as_str().unwrap().starts_with(suite), "{details}");
    }
}

#[test]
fn the_commands_speak_with_a_server_whose_authority_is_its_own() {
    let (authority, other) = (Authority::new(), Authority::new());
    let folder = Folder::new(&authority.issue());
    folder.write("authority.pem", &authority.0.pem(), 0o644);
    folder.write("other.pem", &other.0.pem(), 0o644);
    let (trail, token) = (folder.path("trail"), folder.path("token"));
    let server = folder.start(&["--audit", trail.to_str().unwrap(), "--token-file", token.to_str().unwrap()]);
    let url = format!("https://{}", server.address);
    let run = |given: &[&str], authority: &str| {
        let mut asked = command(&[given, &["--server", &url, "--token-file", token.to_str().unwrap()]].concat());
        let output = asked.args(["--endpoint-ca", folder.path(authority).to_str().unwrap()]).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code(), text)
    };
    let snapshot = folder.path("snapshot");
    let save = ["snapshot", "save", snapshot.to_str().unwrap()];
    let accepted: [(&[&str], &str); 5] = [
        (&["account", "add", "111122223333", "--name", "lab"], "lab"),
        (&["key", "create", "111122223333", "--root", "--export"], "AWS_SECRET_ACCESS_KEY="),
        (&["account", "list", "--json"], "111122223333"),
        (&["audit"], "PUT"),
        (&save, "saved"),
    ];
    for (given, shown) in accepted {
        let (code, text) = run(given, "authority.pem");
        assert!(code == Some(0) && text.contains(shown), "{given:?}: {text}");
    }
    for (given, authority) in
        [("other.pem", "invalid peer certificate"), ("nowhere.pem", "cannot read"), ("token", "holds no")]
    {
        let (code, text) = run(&["account", "list"], given);
        assert!(code != Some(0) && text.contains(authority), "{given}: {text}");
    }
    // The environment names the authorities, too; and who speaks without TLS is told what to do.
    let listed = command(&["account", "list", "--server", &url, "--token-file", token.to_str().unwrap()])
        .env("CROSSCONNECT_ENDPOINT_CA", folder.path("authority.pem"))
        .output()
        .unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    for wrong in ["127.0.0.1:8023", "ftp://localhost", "http://"] {
        let refused = command(&["account", "list", "--server", wrong]).output().unwrap();
        let text = String::from_utf8(refused.stderr).unwrap();
        assert!(refused.status.code() == Some(2) && text.contains("expected an address such as"), "{wrong}: {text}");
    }
}

#[test]
fn the_commands_show_a_certificate_where_the_server_wants_one() {
    let authority = Authority::new();
    let folder = Folder::new(&authority.issue());
    folder.write("authority.pem", &authority.0.pem(), 0o644);
    let (certificate, key) = authority.issue();
    folder.write("client.pem", &certificate, 0o644);
    folder.write("client.key", &key, 0o600);
    folder.write("open.key", &key, 0o644);
    let path = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    let (ca, trail) = (path("authority.pem"), path("trail"));
    let server = folder.start(&["--tls-client-ca", &ca, "--audit", &trail]);
    let url = format!("https://{}", server.address);
    let run = |shown: &[&str]| {
        let asked = ["audit", "--server", &url, "--endpoint-ca", &ca];
        let output = command(&[&asked, shown].concat()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (certificate, key, open) = (path("client.pem"), path("client.key"), path("open.key"));
    assert_eq!(run(&["--client-certificate", &certificate, "--client-key", &key]), (Some(0), String::new()));
    assert_eq!(run(&[]).0, Some(1));
    let (code, text) = run(&["--client-certificate", &certificate, "--client-key", &open]);
    assert!(code == Some(2) && text.contains("has the mode 0644"), "{text}");
    assert_eq!(run(&["--client-certificate", &certificate]).0, Some(2));
}
