//! The secrets of MACsec keys: as they are kept, and as a Secrets Manager tells of one for one call.

use super::{Read, Tx};
use crate::model::mac_sec::{Ckn, MacSecSecret, SecretAnswer};
use crate::record::{Key, Record};
use std::sync::Arc;

impl Tx<'_> {
    /// Takes what a Secrets Manager has answered for this call.
    pub fn hear_of_secret(&mut self, answer: SecretAnswer) {
        self.secret_answer = Some(answer);
    }

    /// What a Secrets Manager has answered for this call.
    pub(crate) fn secret_answer(&self) -> Option<&SecretAnswer> {
        self.secret_answer.as_ref()
    }

    /// The secret of the MACsec key of this name in the caller's Secrets Manager, as it is kept.
    pub fn mac_sec_secret(&mut self, ckn: Ckn) -> Option<Arc<MacSecSecret>> {
        let (owner, region) = (self.caller(), self.region());
        self.read(Read::Row(Key::MacSecSecret(owner, region, ckn)));
        self.state.mac_sec_secrets.get(&(owner, region, ckn)).cloned()
    }

    /// Writes the secret of a MACsec key.
    pub fn put_mac_sec_secret(&mut self, secret: MacSecSecret) {
        let key = Key::MacSecSecret(secret.owner, secret.region, secret.ckn);
        self.write(key, Some(Record::MacSecSecret(Arc::new(secret))));
    }
}
