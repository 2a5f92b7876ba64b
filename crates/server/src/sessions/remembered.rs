//! Temporary keys whose tokens were opened before: a client shows the same token with each of its calls, and opening one
//! costs more than the signature.
//!
//! INVARIANT: what is kept was opened well, and its holder has signed with it, so that strangers can fill nothing. It
//! counts for the very directory that it was opened with: whatever changes there, the token is opened again.

use crossconnect_auth::Accounts;
use crossconnect_auth::signature::AccessKey;
use crossconnect_auth::slots::Slots;
use std::sync::{Arc, Weak};

/// How many keys are kept.
const SLOTS: usize = 1024;
/// The longest token that is kept, in bytes: those with the longest session policies are shorter.
const TOKEN_MAX: usize = 8192;

/// A temporary key that was opened.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    key: Arc<AccessKey>,
    /// Those by whom it stands for its principal. They are not kept alive by it.
    accounts: Weak<Accounts>,
    is_remembered: bool,
}

/// Those that were opened.
pub(super) struct Remembered(Slots<Opened>);

impl Opened {
    pub(super) fn new(key: AccessKey, accounts: &Arc<Accounts>) -> Self {
        Opened { key: Arc::new(key), accounts: Arc::downgrade(accounts), is_remembered: false }
    }

    /// The key.
    pub(crate) fn key(&self) -> &Arc<AccessKey> {
        &self.key
    }
}

impl Remembered {
    /// The key of this id as these accounts have it, if `token` is its token and it is kept.
    pub(super) fn get(&self, access_key_id: &str, token: &str, accounts: &Arc<Accounts>) -> Option<Opened> {
        let is_same = |kept: &AccessKey| kept.session_token.as_ref().is_some_and(|kept| kept.is(token.as_bytes()));
        self.0.get(access_key_id, |opened| {
            let fits = std::ptr::eq(opened.accounts.as_ptr(), Arc::as_ptr(accounts))
                && opened.key.id == access_key_id
                && is_same(&opened.key);
            fits.then(|| opened.clone())
        })
    }

    /// Keeps a key. Its holder has signed with it.
    pub(super) fn put(&self, opened: &Opened) {
        let is_long = opened.key.session_token.as_ref().is_none_or(|token| token.length() > TOKEN_MAX);
        if !opened.is_remembered && !is_long {
            self.0.put(&opened.key.id, Opened { is_remembered: true, ..opened.clone() });
        }
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Remembered(Slots::new(SLOTS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_auth::signature::Secret;

    fn opened(id: &str, token: &str, accounts: &Arc<Accounts>) -> Opened {
        let key = AccessKey::lasting(id, "111122223333", true, Some(Secret::new("s")));
        Opened::new(AccessKey { session_token: Some(Secret::new(token)), ..key }, accounts)
    }

    #[test]
    fn a_key_is_found_by_its_id_and_token_in_its_own_directory_alone() {
        let (remembered, accounts) = (Remembered::default(), Arc::new(Accounts::default()));
        remembered.put(&opened("ASIA1", "token", &accounts));
        assert!(remembered.get("ASIA1", "token", &accounts).is_some());
        for (id, token) in [("ASIA1", "other"), ("ASIA1", ""), ("ASIA2", "token")] {
            assert!(remembered.get(id, token, &accounts).is_none(), "{id} {token}");
        }
        assert!(remembered.get("ASIA1", "token", &Arc::new(Accounts::default())).is_none());
    }

    #[test]
    fn as_many_are_kept_as_there_are_slots_and_no_long_ones() {
        let (remembered, accounts) = (Remembered::default(), Arc::new(Accounts::default()));
        for number in 0..3 * SLOTS {
            remembered.put(&opened(&format!("ASIA{number}"), "token", &accounts));
        }
        let known = |number: &usize| remembered.get(&format!("ASIA{number}"), "token", &accounts).is_some();
        let kept = (0..3 * SLOTS).filter(known).count();
        assert!((SLOTS / 2..=SLOTS).contains(&kept), "{kept}");
        let long = "t".repeat(TOKEN_MAX + 1);
        remembered.put(&opened("ASIALONG", &long, &accounts));
        assert!(remembered.get("ASIALONG", &long, &accounts).is_none());
    }
}
