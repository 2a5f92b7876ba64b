//! Which account an access key id stands for.

use std::collections::BTreeMap;

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

/// Who a caller is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// Twelve digits.
    pub account: &'a str,
    /// The name of a user of the account; `None` for its root user.
    pub user: Option<&'a str>,
}

/// The registered access keys.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    keys: BTreeMap<String, AccessKey>,
}

impl Accounts {
    /// Registers a key.
    ///
    /// # Errors
    /// The id was registered before.
    pub fn register(&mut self, key: AccessKey) -> Result<(), DuplicateKey> {
        if let Some(known) = self.keys.get(&key.id) {
            return Err(DuplicateKey { id: key.id, account: known.account.clone() });
        }
        self.keys.insert(key.id.clone(), key);
        Ok(())
    }

    /// A registered key.
    pub fn find(&self, access_key_id: &str) -> Option<&AccessKey> {
        self.keys.get(access_key_id)
    }

    /// All registered keys, by their ids.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &AccessKey> {
        self.keys.values()
    }

    /// Who calls with this key in open mode: twelve digits *are* the account, a registered key has its own, and every
    /// other key is the root user of [`DEFAULT_ACCOUNT`].
    pub fn resolve_open<'a>(&'a self, access_key_id: &'a str) -> Identity<'a> {
        if is_account(access_key_id) {
            return Identity { account: access_key_id, user: None };
        }
        match self.keys.get(access_key_id) {
            Some(key) => key.identity(),
            None => Identity { account: DEFAULT_ACCOUNT, user: None },
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
            assert_eq!(accounts.resolve_open(id), Identity { account, user }, "{id}");
        }
        let refused = accounts.register(key("AKIAUSER", true)).unwrap_err();
        assert_eq!(refused.to_string(), "access key AKIAUSER belongs to account 555555555555 already");
    }
}
