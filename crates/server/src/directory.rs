//! Who is who: the keys, users and roles of the configuration's files, and those that are registered in the store, as one
//! directory for all who ask.
//!
//! What is registered is derived from the published state, by what this shares with the state before: whoever published
//! it, a change is seen by the next request. Accounts of the files are theirs alone.

mod build;
mod follow;
mod uses;

pub(crate) use follow::{reload, write_uses};
pub(crate) use uses::{INTERVAL, Uses};

use crate::config::{ConfigError, Declared};
use crate::service::Service;
use crate::vault::Vault;
use arc_swap::ArcSwap;
use build::Built;
use crossconnect_auth::Accounts;
use crossconnect_core::Registry;
use std::sync::{Arc, Mutex, PoisonError};

/// The directory.
pub(crate) struct Directory {
    service: Arc<Service>,
    vault: Vault,
    /// Whether secrets count.
    verifies: bool,
    declared: ArcSwap<Declared>,
    known: ArcSwap<Known>,
    /// Held by whoever puts it together anew.
    building: Mutex<()>,
    uses: Uses,
}

/// What was put together, and of what.
struct Known {
    registry: Registry,
    declared: Arc<Declared>,
    built: Built,
    accounts: Arc<Accounts>,
}

impl Directory {
    /// The directory of this store and these files.
    ///
    /// # Errors
    /// A file and the store both say something of an account or a key.
    pub(crate) fn open(
        service: Arc<Service>,
        vault: Vault,
        verifies: bool,
        declared: Declared,
    ) -> Result<Self, ConfigError> {
        let registry = service.snapshot().registry();
        declared.agrees_with(&registry)?;
        let declared = Arc::new(declared);
        let known = Known::new(&Built::default(), registry, declared.clone(), verifies.then_some(&vault));
        Ok(Directory {
            service,
            vault,
            verifies,
            declared: ArcSwap::new(declared),
            known: ArcSwap::from_pointee(known),
            building: Mutex::default(),
            uses: Uses::default(),
        })
    }

    /// Everyone, as of now.
    pub(crate) fn accounts(&self) -> Arc<Accounts> {
        let (state, known) = (self.service.snapshot(), self.known.load());
        if known.registry.is_of(&state) && Arc::ptr_eq(&known.declared, &self.declared.load()) {
            return known.accounts.clone();
        }
        drop(known);
        let _turn = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        // What is published now may be later than what was seen above, and never is it earlier.
        let (registry, declared) = (self.service.snapshot().registry(), self.declared.load_full());
        let before = self.known.load();
        let known = Arc::new(Known::new(&before.built, registry, declared, self.verifies.then_some(&self.vault)));
        self.known.store(known.clone());
        known.accounts.clone()
    }

    /// What the files say.
    pub(crate) fn declared(&self) -> Arc<Declared> {
        self.declared.load_full()
    }

    /// Takes what the files say now.
    ///
    /// # Errors
    /// A file and the store both say something of an account or a key. Then nothing changes.
    pub(crate) fn declare(&self, declared: Declared) -> Result<(), ConfigError> {
        declared.agrees_with(&self.service.snapshot().registry())?;
        self.declared.store(Arc::new(declared));
        Ok(())
    }

    /// What seals secrets.
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// When keys were last used, as far as that is not stored yet.
    pub(crate) fn uses(&self) -> &Uses {
        &self.uses
    }
}

impl Known {
    fn new(before: &Built, registry: Registry, declared: Arc<Declared>, vault: Option<&Vault>) -> Self {
        let mut accounts = declared.accounts.clone();
        let built = Built::of(&registry, before, vault);
        built.add_to(&mut accounts, &registry);
        Known { registry, declared, built, accounts: Arc::new(accounts) }
    }
}
