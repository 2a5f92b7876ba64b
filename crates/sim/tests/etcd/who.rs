//! Who speaks to etcd, and to whom: users and passwords, certificates and who has issued them.

use crate::node::{Ask, NOW, ask, at, try_open, wait};
use crate::{cluster, options};
use crossconnect_sim::etcd::{Certificates, Cluster, binary};
use crossconnect_store_etcd::{Options, Reads, Tls, User};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, SanType};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Who is refused must not be kept waiting as for a cluster that is away.
const AT_ONCE: Duration = Duration::from_secs(10);

#[test]
fn etcd_lets_in_whom_it_knows() {
    let Some(mut cluster) = cluster(1, &["--bcrypt-cost=4"]) else { return };
    let asked = |path: &str, body: Value| cluster.ask(path, &body, None).unwrap();
    let [first, end] = ["lab/one/", "lab/one0"].map(|key| base64(key.as_bytes()));
    asked("auth/role/add", json!({"name": "root"}));
    asked("auth/role/add", json!({"name": "lab"}));
    let all = json!({"permType": "READWRITE", "key": first, "range_end": end});
    asked("auth/role/grant", json!({"name": "lab", "perm": all}));
    for (user, password, role) in [("root", "over all", "root"), ("node", "of the lab", "lab")] {
        asked("auth/user/add", json!({"name": user, "password": password}));
        asked("auth/user/grant", json!({"user": user, "role": role}));
    }
    asked("auth/enable", json!({}));
    let place = |prefix: &str, user: Option<(&str, &str)>| Options {
        user: user.map(|(name, password)| User { name: name.to_owned(), password: password.to_owned().into() }),
        ..options(&cluster, prefix)
    };
    let began = Instant::now();
    for (prefix, user, why) in [
        ("lab/one", None, "user name is empty"),
        ("lab/one", Some(("node", "of another")), "authentication failed"),
        ("lab/one", Some(("nobody", "of the lab")), "authentication failed"),
        ("lab/two", Some(("node", "of the lab")), "permission denied"),
    ] {
        let refused = try_open(place(prefix, user), Reads::Linearizable, at(NOW)).err().unwrap().to_string();
        assert!(refused.contains(why) && !refused.contains("of the lab"), "{refused}");
    }
    assert!(began.elapsed() < AT_ONCE, "a refusal came late");
    let node = try_open(place("lab/one", Some(("node", "of the lab"))), Reads::Linearizable, at(NOW)).unwrap();
    let done = |name| wait("the change is made", || ask(&node, name, Ask::Order).is_done());
    done(1);
    // A token counts no more once somebody's rights have changed.
    let root = json!({"name": "root", "password": "over all"});
    let root = cluster.ask("auth/authenticate", &root, None).unwrap();
    let another = json!({"name": "another", "password": "user"});
    cluster.ask("auth/user/add", &another, root["token"].as_str()).unwrap();
    done(2);
    // Nor does any after a restart.
    cluster.members()[0].kill();
    cluster.members()[0].start().unwrap();
    done(3);
    node.shutdown().unwrap();
}

/// Files of a test's own authority.
struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        let files = Files { folder: tempfile::tempdir().unwrap() };
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        files.put("ca", &authority.pem());
        for name in ["member", "node"] {
            let mut params = CertificateParams::default();
            params.subject_alt_names = vec![SanType::IpAddress([127, 0, 0, 1].into())];
            let key = KeyPair::generate().unwrap();
            files.put(name, &params.signed_by(&key, &authority).unwrap().pem());
            files.put(&format!("{name}.key"), &key.serialize_pem());
        }
        files
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

#[test]
fn certificates_are_shown_and_believed_both_ways() {
    let Some(binary) = binary() else { return };
    let (ours, others) = (Files::new(), Files::new());
    let [ca, member, member_key, node, node_key] =
        ["ca", "member", "member.key", "node", "node.key"].map(|name| ours.path(name));
    let certificates = Certificates { ca: &ca, certificate: &member, key: &member_key };
    let cluster = Cluster::start_with(&binary, 1, &[], Some(certificates)).unwrap();
    let place = |ca: &Path, identity: Option<(&Path, &Path)>| Options {
        tls: Some(Tls::new(Some(ca), identity).unwrap()),
        ..options(&cluster, "secured")
    };
    let began = Instant::now();
    let foreign = place(&others.path("ca"), Some((&node, &node_key)));
    let refused = try_open(foreign, Reads::Linearizable, at(NOW)).err().unwrap().to_string();
    assert!(refused.contains("etcds://") && refused.contains("invalid peer certificate"), "{refused}");
    let (stranger, stranger_key) = (others.path("node"), others.path("node.key"));
    for identity in [None, Some((&*stranger, &*stranger_key))] {
        let refused = try_open(place(&ca, identity), Reads::Linearizable, at(NOW)).err().unwrap().to_string();
        assert!(refused.contains("received fatal alert"), "{refused}");
    }
    assert!(began.elapsed() < AT_ONCE, "a refusal came late");
    // Without TLS it is as if the member were away; what may be the reason is said in the end.
    let refused = try_open(options(&cluster, "secured"), Reads::Linearizable, at(NOW)).err().unwrap().to_string();
    assert!(refused.contains("etcds:// with it"), "{refused}");
    let own = place(&ca, Some((&node, &node_key)));
    assert_eq!(own.to_string(), cluster.place("secured").replace("etcd://", "etcds://"));
    let joined = try_open(own, Reads::Linearizable, at(NOW)).unwrap();
    assert!(ask(&joined, 1, Ask::Order).is_done());
    joined.shutdown().unwrap();
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
