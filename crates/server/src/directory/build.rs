//! Registered users, roles and keys, ready for use. What has not changed is taken over as it was: a policy is read once,
//! and a secret opened once.

use crate::vault::Vault;
use crossconnect_auth::Accounts;
use crossconnect_auth::policy::{Policy, PolicyError};
use crossconnect_auth::principal::{Attached, Principal, Role};
use crossconnect_auth::signature;
use crossconnect_core::Registry;
use crossconnect_core::ids::{AccessKeyId, PrincipalId};
use crossconnect_core::model::access_key::{AccessKey, Status};
use crossconnect_core::model::principal;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

/// What rows have become.
#[derive(Default)]
pub(super) struct Built {
    principals: BTreeMap<PrincipalId, (Arc<principal::Principal>, Read)>,
    keys: BTreeMap<AccessKeyId, (Arc<AccessKey>, Arc<signature::AccessKey>)>,
}

/// A user or role, its policies read.
#[derive(Clone)]
enum Read {
    User(Arc<Principal>),
    Role(Arc<Role>),
    /// Its policies are none that this release understands: it may do nothing.
    Nothing,
}

impl Built {
    /// What the rows of a registry become. Without a vault no secret is opened.
    pub(super) fn of(registry: &Registry, before: &Built, vault: Option<&Vault>) -> Self {
        let mut built = Built::default();
        for row in registry.principals() {
            let same = before.principals.get(&row.id).filter(|(known, _)| Arc::ptr_eq(known, row));
            let read = same.map_or_else(|| read(row), |(_, read)| read.clone());
            built.principals.insert(row.id, (row.clone(), read));
        }
        let mut sealed = 0;
        for row in registry.access_keys() {
            let Some(holder) = built.holder(row) else { continue };
            let is_same = |(known, key): &&(Arc<AccessKey>, Arc<signature::AccessKey>)| {
                Arc::ptr_eq(known, row) && (row.user.is_none() || Arc::ptr_eq(&key.principal, &holder))
            };
            let key = match before.keys.get(&row.id) {
                Some(known) if is_same(&known) => known.1.clone(),
                other => Arc::new(key(row, holder, vault, other.and_then(|(_, key)| key.noted.clone()))),
            };
            sealed += usize::from(vault.is_some() && key.secret.is_none());
            built.keys.insert(row.id, (row.clone(), key));
        }
        if sealed > 0 {
            let key_file = vault.map(Vault::place);
            tracing::error!(
                keys = sealed,
                key_file,
                "access keys are refused: their secrets were sealed with another key file; expected that one, as --key-file"
            );
        }
        built
    }

    /// Adds all of it to the accounts of the files.
    pub(super) fn add_to(&self, accounts: &mut Accounts, registry: &Registry) {
        registry.accounts().for_each(|account| accounts.declare(&account.id.to_string()));
        for (row, read) in self.principals.values() {
            match read {
                Read::User(user) => accounts.register_user(user.clone()),
                Read::Role(role) => {
                    if !accounts.register_role(role.clone()) {
                        tracing::error!(account = %row.account, role = %row.name, "a role stands in a file, too");
                    }
                }
                Read::Nothing => {}
            }
        }
        for (_, key) in self.keys.values() {
            if let Err(error) = accounts.register_shared(key.clone()) {
                tracing::error!("a registered key stands in a file, too: {error}");
            }
        }
    }

    fn holder(&self, key: &AccessKey) -> Option<Arc<Principal>> {
        match key.user.map(|id| self.principals.get(&id)) {
            None => Some(Arc::new(Principal::root(&key.account.to_string()))),
            Some(Some((_, Read::User(user)))) => Some(user.clone()),
            Some(_) => None,
        }
    }
}

fn read(row: &principal::Principal) -> Read {
    let made = attached(row).and_then(|policies| match &row.terms {
        None => {
            let user = Principal::user(&row.account.to_string(), row.name.as_str(), policies);
            Ok(Read::User(Arc::new(Principal { id: row.id.to_string(), ..user })))
        }
        Some(terms) => {
            let (account, name, id) = (row.account.to_string(), row.name.to_string(), row.id.to_string());
            let (trust, session_max_s) = (Policy::trust(&terms.trust)?, terms.session_max_s);
            Ok(Read::Role(Arc::new(Role { account, name, id, trust, policies, session_max_s })))
        }
    });
    made.unwrap_or_else(|error| {
        tracing::error!(account = %row.account, name = %row.name, "a stored policy is not understood: {error}");
        Read::Nothing
    })
}

fn attached(row: &principal::Principal) -> Result<Arc<[Attached]>, PolicyError> {
    let read = row.policies.iter().map(|stored| {
        let policy = Policy::identity(&stored.document)?;
        Ok(Attached { name: stored.name.to_string(), policy })
    });
    read.collect()
}

fn key(
    row: &AccessKey,
    holder: Arc<Principal>,
    vault: Option<&Vault>,
    noted: Option<Arc<AtomicI64>>,
) -> signature::AccessKey {
    let secret = vault.and_then(|vault| vault.open(row));
    let status = match row.status {
        Status::Active => signature::Status::Active,
        Status::Inactive => signature::Status::Inactive,
    };
    let noted = noted.unwrap_or_else(|| Arc::new(AtomicI64::new(i64::MIN)));
    signature::AccessKey { status, noted: Some(noted), ..signature::AccessKey::of(row.id.as_str(), holder, secret) }
}
