//! What files say of accounts, users, roles and keys, and where. What they say is theirs alone: the store must not say
//! anything of the same account or key.

use super::ConfigError;
use crossconnect_auth::Accounts;
use crossconnect_core::Registry;
use crossconnect_core::ids::AccountId;
use std::collections::BTreeMap;

/// What files say.
#[derive(Debug, Default, Clone)]
pub(crate) struct Declared {
    pub(crate) accounts: Accounts,
    /// Where each account stands: file and line.
    pub(super) places: BTreeMap<String, String>,
    /// Where each key stands.
    pub(super) key_places: BTreeMap<String, String>,
}

impl Declared {
    /// Where an account stands, if a file has it.
    pub(crate) fn place(&self, account: &str) -> Option<&str> {
        self.places.get(account).map(String::as_str)
    }

    /// Every account that a file has.
    pub(crate) fn declared_accounts(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Where a key stands, if a file has it.
    pub(crate) fn key_place(&self, id: &str) -> Option<&str> {
        self.key_places.get(id).map(String::as_str)
    }

    /// Requires that the store says nothing of what the files say.
    ///
    /// # Errors
    /// It does: the first place in a file where that is so.
    pub(crate) fn agrees_with(&self, registry: &Registry) -> Result<(), ConfigError> {
        for key in registry.access_keys() {
            if let Some(place) = self.key_place(key.id.as_str()) {
                let text = format!(
                    "{place}: access key {} belongs to account {} in the store already, expected it in one of them",
                    key.id, key.account
                );
                return Err(ConfigError(text));
            }
        }
        let owners = registry.principals().map(|principal| principal.account);
        let holders = registry.access_keys().map(|key| key.account);
        let declared = |account: &AccountId| self.places.contains_key(&account.to_string());
        match owners.chain(holders).find(declared) {
            None => Ok(()),
            Some(account) => {
                let place = self.place(&account.to_string()).unwrap_or_default();
                Err(ConfigError(format!(
                    "{place}: account {account} has users, roles or keys in the store, expected them in the file or in \
                     the store alone"
                )))
            }
        }
    }
}
