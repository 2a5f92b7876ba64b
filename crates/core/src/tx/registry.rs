//! Users, roles and access keys: found, listed and written.

use super::{Guard, Read, Tx};
use crate::ids::{AccessKeyId, AccountId, PrincipalId, PrincipalName, Short};
use crate::model::access_key::{AccessKey, KeyUse};
use crate::model::principal::{Kind, Principal};
use crate::record::{Key, Record};
use std::sync::Arc;

/// The alphabet of ids of IAM.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// How many characters of an id are drawn.
const DRAWN: usize = 17;

impl Tx<'_> {
    /// A user or role by its name.
    pub fn principal_named(&mut self, account: AccountId, kind: Kind, name: PrincipalName) -> Option<Arc<Principal>> {
        self.read(Read::Scan(Guard::Principals(account)));
        let least = (account, kind, name, Short::LEAST);
        let (found, _, known, id) = *self.state.indexes.principals.range(least..).next()?;
        let is_it = found == account && known == name;
        let principal =
            self.state.principals.get(&id).filter(|principal| is_it && principal.kind() == kind).cloned()?;
        self.read(Read::Row(Key::Principal(id)));
        Some(principal)
    }

    /// How many users and roles an account has.
    pub fn principals_of(&mut self, account: AccountId) -> usize {
        self.read(Read::Scan(Guard::Principals(account)));
        let rows = self.state.indexes.principals.range((account, Kind::User, Short::LEAST, Short::LEAST)..);
        rows.take_while(|row| row.0 == account).count()
    }

    /// An access key.
    pub fn access_key(&mut self, id: AccessKeyId) -> Option<Arc<AccessKey>> {
        self.read(Read::Row(Key::AccessKey(id)));
        self.state.access_keys.get(&id).cloned()
    }

    /// The access keys of an account.
    pub fn access_keys_of(&mut self, account: AccountId) -> Vec<Arc<AccessKey>> {
        self.read(Read::Scan(Guard::AccessKeys(account)));
        let rows = self.state.indexes.access_keys.range((account, Short::LEAST)..);
        let rows = rows.take_while(|row| row.0 == account);
        let found: Vec<_> = rows.filter_map(|row| self.state.access_keys.get(&row.1)).cloned().collect();
        for key in &found {
            self.read(Read::Row(Key::AccessKey(key.id)));
        }
        found
    }

    /// When an access key was last used.
    pub fn key_use(&mut self, id: AccessKeyId) -> Option<Arc<KeyUse>> {
        self.read(Read::Row(Key::KeyUse(id)));
        self.state.key_uses.get(&id).cloned()
    }

    /// Writes a user or role.
    pub fn put_principal(&mut self, principal: Principal) {
        self.write(Key::Principal(principal.id), Some(Record::Principal(Arc::new(principal))));
    }

    /// Writes an access key.
    pub fn put_access_key(&mut self, key: AccessKey) {
        self.write(Key::AccessKey(key.id), Some(Record::AccessKey(Arc::new(key))));
    }

    /// Writes when an access key was last used.
    pub fn put_key_use(&mut self, usage: KeyUse) {
        self.write(Key::KeyUse(usage.id), Some(Record::KeyUse(Arc::new(usage))));
    }

    /// An id that no user or role has.
    pub fn new_principal_id(&mut self, kind: Kind) -> PrincipalId {
        loop {
            let drawn: [u8; DRAWN] = self.random_bytes();
            let letters = drawn.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
            let text: String = kind.prefix().chars().chain(letters).collect();
            let id = PrincipalId::new(&text).expect("an id has 21 characters");
            self.read(Read::Row(Key::Principal(id)));
            if !self.state.principals.contains_key(&id) {
                return id;
            }
        }
    }
}
