//! Which principal an access key id stands for, and which roles there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::principal::{Name, Principal, Role};
use crate::signature::AccessKey;

/// The account of access keys that nobody has registered, as in AWS's documentation.
pub const DEFAULT_ACCOUNT: &str = "123456789012";

/// The key's id was registered before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("access key {id} belongs to account {account} already")]
pub struct DuplicateKey {
    /// The key's id.
    pub id: String,
    /// The account that has it.
    pub account: String,
}

/// The registered access keys and roles.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    keys: BTreeMap<String, Arc<AccessKey>>,
    /// By account, then by name.
    users: BTreeMap<(String, String), Arc<Principal>>,
    roles: BTreeMap<(String, String), Arc<Role>>,
    /// Accounts that are there, whether or not they have any of these.
    known: BTreeSet<String>,
}

impl Accounts {
    /// Registers a key, and the user who has it.
    ///
    /// # Errors
    /// The id was registered before.
    pub fn register(&mut self, key: AccessKey) -> Result<(), DuplicateKey> {
        self.register_shared(Arc::new(key))
    }

    /// The same for a key that is shared.
    ///
    /// # Errors
    /// The id was registered before.
    pub fn register_shared(&mut self, key: Arc<AccessKey>) -> Result<(), DuplicateKey> {
        if let Some(known) = self.keys.get(&key.id) {
            return Err(DuplicateKey { id: key.id.clone(), account: known.principal.account.clone() });
        }
        self.register_user(key.principal.clone());
        self.keys.insert(key.id.clone(), key);
        Ok(())
    }

    /// A registered key.
    pub fn find(&self, access_key_id: &str) -> Option<&Arc<AccessKey>> {
        self.keys.get(access_key_id)
    }

    /// All registered keys, by their ids.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<AccessKey>> {
        self.keys.values()
    }

    /// Registers an account.
    pub fn declare(&mut self, account: &str) {
        self.known.insert(account.to_owned());
    }

    /// Whether there is such an account.
    pub fn is_known(&self, account: &str) -> bool {
        self.known.contains(account)
    }

    /// Registers a user, and its account; of others than users only the account.
    pub fn register_user(&mut self, user: Arc<Principal>) {
        self.declare(&user.account);
        if let Name::User(name) = &user.name {
            self.users.entry((user.account.clone(), name.clone())).or_insert(user);
        }
    }

    /// Registers a role, and its account; false when the account has one of that name.
    pub fn register_role(&mut self, role: Arc<Role>) -> bool {
        self.declare(&role.account);
        self.roles.insert((role.account.clone(), role.name.clone()), role).is_none()
    }

    /// A registered role.
    pub fn role(&self, account: &str, name: &str) -> Option<&Arc<Role>> {
        self.roles.get(&(account.to_owned(), name.to_owned()))
    }

    /// All registered roles.
    pub fn roles(&self) -> impl Iterator<Item = &Arc<Role>> {
        self.roles.values()
    }

    /// A registered user.
    pub fn user(&self, account: &str, name: &str) -> Option<&Arc<Principal>> {
        self.users.get(&(account.to_owned(), name.to_owned()))
    }

    /// All registered users.
    pub fn users(&self) -> impl Iterator<Item = &Arc<Principal>> {
        self.users.values()
    }

    /// Who calls with this key in open mode: twelve digits *are* the account, a registered key has its own, and every
    /// other key is the root user of [`DEFAULT_ACCOUNT`].
    pub fn resolve_open(&self, access_key_id: &str) -> Arc<Principal> {
        if is_account(access_key_id) {
            return Arc::new(Principal::root(access_key_id));
        }
        match self.keys.get(access_key_id) {
            Some(key) => key.principal.clone(),
            None => Arc::new(Principal::root(DEFAULT_ACCOUNT)),
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_for_its_account() {
        let key = |id, is_root| AccessKey::lasting(id, "555555555555", is_root, None);
        let mut accounts = Accounts::default();
        accounts.register(key("AKIAROOT", true)).unwrap();
        accounts.register(key("AKIAUSER", false)).unwrap();
        for (id, account, user) in [
            ("111122223333", "111122223333", None),
            ("AKIAROOT", "555555555555", None),
            ("AKIAUSER", "555555555555", Some("AKIAUSER")),
            ("AKIAOTHER", DEFAULT_ACCOUNT, None),
            ("11112222333", DEFAULT_ACCOUNT, None),
            ("11112222333x", DEFAULT_ACCOUNT, None),
        ] {
            let principal = accounts.resolve_open(id);
            let name = user.map_or(Name::Root, |user: &str| Name::User(user.to_owned()));
            assert_eq!((principal.account.as_str(), &principal.name), (account, &name), "{id}");
        }
        let refused = accounts.register(key("AKIAUSER", true)).unwrap_err();
        assert_eq!(refused.to_string(), "access key AKIAUSER belongs to account 555555555555 already");
    }
}
