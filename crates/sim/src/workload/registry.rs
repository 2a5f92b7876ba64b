//! The operator's random calls about who may call: accounts, users, roles and access keys.

use super::operator::Calls;
use crossconnect_core::control::Request;
use crossconnect_core::control::registry::{Change, Given, NewKey};
use crossconnect_core::ids::{AccessKeyId, Short};
use crossconnect_core::model::access_key::{ID_LENGTH, KeyUse, PREFIX, Sealed, Status};
use crossconnect_core::model::principal::{Kind, POLICY_MAX, Terms};
use crossconnect_core::{Duration, Record};

/// Two that are never taken for callers, one that is, and one that is none.
const HELD: [&str; 4] = ["111122223333", "999900001111", "999900001111", "5555"];
const NAMES: [&str; 4] = ["ann", "bob", "deploy", "no/name"];
const POLICIES: [&str; 4] = ["read", "write", "read", "no/name"];

impl Calls<'_> {
    /// One of the calls about who may call.
    pub(super) fn registry(&mut self) -> Request {
        let change = match self.random.below(12) {
            0 => Change::PutAccount { id: HELD[self.random.below(4)].to_owned(), partner: None, name: None },
            1 => Change::RemoveAccount { id: self.held() },
            2..=4 => Change::PutPrincipal(self.given()),
            5 => Change::RemovePrincipal { account: self.held(), kind: self.kind(), name: self.name() },
            6 | 7 => {
                let user = if self.random.one_in(2) { Some(self.name()) } else { None };
                Change::CreateAccessKey { account: self.held(), user, key: self.new_key() }
            }
            8 => {
                let status = if self.random.one_in(2) { Status::Active } else { Status::Inactive };
                Change::SetAccessKey { id: self.access_key(), status }
            }
            9 => {
                let (id, keep) = (self.access_key(), self.random.one_in(2));
                Change::RotateAccessKey { id, keep, key: self.new_key() }
            }
            10 => Change::RemoveAccessKey { id: self.access_key() },
            _ => Change::NoteUses(vec![self.usage(), self.usage()]),
        };
        Request::Registry(change)
    }

    fn held(&mut self) -> String {
        HELD[self.random.below(4)].to_owned()
    }

    fn name(&mut self) -> String {
        NAMES[self.random.below(4)].to_owned()
    }

    fn kind(&mut self) -> Kind {
        if self.random.one_in(2) { Kind::User } else { Kind::Role }
    }

    fn given(&mut self) -> Given {
        let count = if self.random.one_in(8) { 11 } else { self.random.below(3) };
        let length = if self.random.one_in(8) { POLICY_MAX + 1 } else { 2 };
        let policies = (0..count).map(|_| (POLICIES[self.random.below(4)].to_owned(), "x".repeat(length))).collect();
        let session_max_s = [3_600, 43_200, 60][self.random.below(3)];
        let terms = match self.kind() {
            Kind::User => None,
            Kind::Role => Some(Terms { trust: "{}".into(), session_max_s }),
        };
        Given { account: self.held(), name: self.name(), policies, terms }
    }

    /// One that is there, mostly.
    fn access_key(&mut self) -> String {
        let known = self.state.records().filter_map(|record| match record {
            Record::AccessKey(key) => Some(key.id.to_string()),
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
