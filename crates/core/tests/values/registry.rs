//! Accounts with names, users, roles, and access keys.

use super::{at, owner, partner, region};
use crossconnect_core::Record;
use crossconnect_core::ids::{AccessKeyId, PrincipalId, PrincipalName, Short};
use crossconnect_core::model::access_key::{AccessKey, KeyUse, Sealed, Status};
use crossconnect_core::model::account::{Account, PartnerKind};
use crossconnect_core::model::principal::{Policy, Principal, Terms};
use std::sync::Arc;

pub(super) fn records() -> Vec<(&'static str, Record)> {
    vec![
        ("account-named", Record::Account(Arc::new(named()))),
        ("user", Record::Principal(Arc::new(user()))),
        ("role", Record::Principal(Arc::new(role()))),
        ("access-key", Record::AccessKey(Arc::new(key("AKIAIOSFODNN7EXAMPLE")))),
        ("access-key-root", Record::AccessKey(Arc::new(root_key()))),
        ("key-use", Record::KeyUse(Arc::new(usage()))),
    ]
}

fn named() -> Account {
    let agreements = vec!["Direct Connect".into()];
    Account { id: partner(), partner: Some(PartnerKind::V1), agreements, name: Some("lab".into()) }
}

fn principal_id(text: &str) -> PrincipalId {
    PrincipalId::new(text).expect("21 characters")
}

fn name(text: &str) -> PrincipalName {
    PrincipalName::new(text).expect("a short name")
}

fn policy(name: &str) -> Policy {
    Policy { name: name.into(), document: r#"{"Statement": {}}"#.into() }
}

fn user() -> Principal {
    let id = principal_id("AIDACKCEVSQ6C2EXAMPLE");
    let policies = vec![policy("read"), policy("write")];
    Principal { id, account: owner(), name: name("ann"), created: at(3), policies, terms: None }
}

fn role() -> Principal {
    let terms = Some(Terms { trust: r#"{"Statement": []}"#.into(), session_max_s: 7200 });
    let id = principal_id("AROADBQP57FF2AEXAMPLE");
    Principal { id, account: owner(), name: name("deploy"), created: at(4), policies: Vec::new(), terms }
}

fn key(id: &str) -> AccessKey {
    AccessKey {
        id: AccessKeyId::new(id).expect("20 characters"),
        account: owner(),
        user: Some(user().id),
        secret: Sealed { nonce: [9; 24], bytes: vec![1, 2, 3] },
        status: Status::Inactive,
        created: at(5),
    }
}

fn root_key() -> AccessKey {
    AccessKey { user: None, status: Status::Active, ..key("AKIAI44QH8DHBEXAMPLE") }
}

fn usage() -> KeyUse {
    let service = Short::new("directconnect").expect("a short name");
    KeyUse { id: key("AKIAIOSFODNN7EXAMPLE").id, at: at(6), region: region(), service }
}
