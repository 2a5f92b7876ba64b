//! Who may call, as one value of a state: accounts, users and roles, access keys.

use super::State;
use super::indexes::{Indexes, move_row};
use crate::ids::{AccessKeyId, AccountId, PrincipalId, PrincipalName};
use crate::model::access_key::{AccessKey, KeyUse};
use crate::model::account::Account;
use crate::model::principal::{Kind, Principal};
use imbl::OrdMap;
use std::sync::Arc;

/// Where a user or role is found by its name.
pub(super) type Named = (AccountId, Kind, PrincipalName, PrincipalId);

/// Accounts, users, roles and keys as they were at one time. A copy costs a few pointers.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    accounts: OrdMap<AccountId, Arc<Account>>,
    principals: OrdMap<PrincipalId, Arc<Principal>>,
    access_keys: OrdMap<AccessKeyId, Arc<AccessKey>>,
}

impl Registry {
    /// Whether it is that of `state`, told by what both share: a difference may be none, but no difference is missed.
    pub fn is_of(&self, state: &State) -> bool {
        self.access_keys.ptr_eq(&state.access_keys)
            && self.principals.ptr_eq(&state.principals)
            && self.accounts.ptr_eq(&state.accounts)
    }

    /// All accounts that are registered.
    pub fn accounts(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.accounts.values()
    }

    /// A registered account.
    pub fn account(&self, id: AccountId) -> Option<&Arc<Account>> {
        self.accounts.get(&id)
    }

    /// All users and roles.
    pub fn principals(&self) -> impl Iterator<Item = &Arc<Principal>> {
        self.principals.values()
    }

    /// A user or role.
    pub fn principal(&self, id: PrincipalId) -> Option<&Arc<Principal>> {
        self.principals.get(&id)
    }

    /// All access keys.
    pub fn access_keys(&self) -> impl ExactSizeIterator<Item = &Arc<AccessKey>> {
        self.access_keys.values()
    }

    /// An access key.
    pub fn access_key(&self, id: AccessKeyId) -> Option<&Arc<AccessKey>> {
        self.access_keys.get(&id)
    }
}

impl State {
    /// Who may call.
    pub fn registry(&self) -> Registry {
        let (accounts, principals) = (self.accounts.clone(), self.principals.clone());
        Registry { accounts, principals, access_keys: self.access_keys.clone() }
    }

    /// When an access key was last used, as far as that is stored.
    pub fn key_use(&self, id: AccessKeyId) -> Option<&Arc<KeyUse>> {
        self.key_uses.get(&id)
    }
}

pub(super) fn named(principal: &Principal) -> Named {
    (principal.account, principal.kind(), principal.name, principal.id)
}

pub(super) fn key_of(key: &AccessKey) -> (AccountId, AccessKeyId) {
    (key.account, key.id)
}

impl Indexes {
    pub(super) fn move_principal(&mut self, old: Option<&Principal>, new: Option<&Principal>) {
        move_row(&mut self.principals, old.map(named), new.map(named));
    }

    pub(super) fn move_access_key(&mut self, old: Option<&AccessKey>, new: Option<&AccessKey>) {
        move_row(&mut self.access_keys, old.map(key_of), new.map(key_of));
    }
}
