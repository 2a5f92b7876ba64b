//! The operator's random calls about who may call: accounts, users, roles and access keys.

use super::operator::Calls;
use crossconnect_core::control::Request;
use crossconnect_core::control::registry::{Change, Given, NewKey};
use crossconnect_core::ids::{AccessKeyId, Short};
use crossconnect_core::model::access_key::{AccessKey, ID_LENGTH, KeyUse, PREFIX, Sealed, Status};
use crossconnect_core::model::principal::{Kind, POLICY_MAX, Terms};
use crossconnect_core::{Duration, Record};

/// An account that no random call is made from.
pub(super) const HOLDER: &str = "999900001111";
/// One that is taken for a caller, that one, and one that is none.
const HELD: [&str; 8] = ["111122223333", HOLDER, HOLDER, HOLDER, HOLDER, HOLDER, HOLDER, "5555"];
const NAMES: [&str; 6] = ["ann", "ann", "bob", "bob", "deploy", "no/name"];
const POLICIES: [&str; 7] = ["read", "write", "list", "read", "write", "list", "no/name"];

impl Calls<'_> {
    /// One of the calls about who may call.
    pub(super) fn registry(&mut self) -> Request {
        let change = match self.random.below(12) {
            0 => Change::PutAccount { id: self.held(), partner: None, name: None },
            1 => Change::RemoveAccount { id: self.held() },
            2..=4 => Change::PutPrincipal(self.given()),
            5 => {
                let (account, kind, name) = self.principal();
                Change::RemovePrincipal { account, kind, name }
            }
            6 => Change::CreateAccessKey { account: self.held(), user: None, key: self.new_key() },
            7 => {
                let (account, _, name) = self.principal();
                Change::CreateAccessKey { account, user: Some(name), key: self.new_key() }
            }
            8 => {
                let status = if self.random.one_in(2) { Status::Active } else { Status::Inactive };
                Change::SetAccessKey { id: self.access_key(), status }
            }
            9 => {
                let id = if self.random.one_in(3) { self.inactive_key() } else { self.access_key() };
                let keep = self.random.one_in(2);
                Change::RotateAccessKey { id, keep, key: self.new_key() }
            }
            10 => Change::RemoveAccessKey { id: self.access_key() },
            _ => Change::NoteUses(vec![self.usage(), self.usage()]),
        };
        Request::Registry(change)
    }

    fn held(&mut self) -> String {
        HELD[self.random.below(HELD.len())].to_owned()
    }

    fn name(&mut self) -> String {
        NAMES[self.random.below(NAMES.len())].to_owned()
    }

    /// One that is there, mostly.
    fn principal(&mut self) -> (String, Kind, String) {
        let known = self.state.records().filter_map(|record| match record {
            Record::Principal(known) => Some((known.account.to_string(), known.kind(), known.name.to_string())),
            _ => None,
        });
        let known: Vec<_> = known.collect();
        match self.random.pick(&known) {
            Some(known) if !self.random.one_in(6) => known.clone(),
            Some(_) | None => (self.held(), self.kind(), self.name()),
        }
    }

    fn kind(&mut self) -> Kind {
        if self.random.one_in(2) { Kind::User } else { Kind::Role }
    }

    fn given(&mut self) -> Given {
        let count = if self.random.one_in(8) { 11 } else { self.random.below(3) };
        let length = if self.random.one_in(8) { POLICY_MAX + 1 } else { 2 };
        let policies =
            (0..count).map(|_| (POLICIES[self.random.below(POLICIES.len())].to_owned(), "x".repeat(length))).collect();
        let session_max_s = [3_600, 43_200, 60][self.random.below(3)];
        let terms = match self.kind() {
            Kind::User => None,
            Kind::Role => Some(Terms { trust: "{}".into(), session_max_s }),
        };
        Given { account: self.held(), name: self.name(), policies, terms }
    }

    /// One that is there, mostly.
    fn access_key(&mut self) -> String {
        self.key_that(|_| true)
    }

    fn inactive_key(&mut self) -> String {
        self.key_that(|key| key.status == Status::Inactive)
    }

    fn key_that(&mut self, fits: impl Fn(&AccessKey) -> bool) -> String {
        let known = self.state.records().filter_map(|record| match record {
            Record::AccessKey(key) if fits(&key) => Some(key.id.to_string()),
            _ => None,
        });
        let known: Vec<String> = known.collect();
        self.random.pick(&known).cloned().unwrap_or_else(|| "nonsense".to_owned())
    }

    fn new_key(&mut self) -> NewKey {
        let letters = (PREFIX.len()..ID_LENGTH).map(|_| char::from(b'A' + self.random.below(26) as u8));
        let id = PREFIX.chars().chain(letters).collect();
        NewKey { id, secret: Sealed { nonce: [7; 24], bytes: vec![7; 56] } }
    }

    fn usage(&mut self) -> KeyUse {
        let unknown = AccessKeyId::new("AKIANOBODY").expect("a short name");
        let at = self.state.last_commit() + Duration(self.random.below(1000) as i64);
        let [region, service] = ["us-east-1", "directconnect"].map(|name| Short::new(name).expect("a short name"));
        KeyUse { id: AccessKeyId::new(&self.access_key()).unwrap_or(unknown), at, region, service }
    }
}
