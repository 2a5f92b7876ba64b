//! The secrets of MACsec keys: as they are kept, and as a Secrets Manager tells of one for one call.

use super::{Guard, Read, Tx};
use crate::ids::{AccountId, Region};
use crate::model::mac_sec::{Ckn, Keys, MacSecSecret, SecretAnswer};
use crate::ops::keys::Holder;
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
        self.mac_sec_secret_of(self.caller(), self.region(), ckn)
    }

    /// What has the key of this secret, and not on its way out: connections that stand alone, and LAGs.
    pub(crate) fn holders_of_key(&mut self, secret: &MacSecSecret) -> Vec<Holder> {
        let (owner, region, now) = (secret.owner, secret.region, self.now());
        self.read(Read::Scan(Guard::Connections(owner, region)));
        self.read(Read::Scan(Guard::Lags(owner, region)));
        let has_it = |keys: &Keys| keys.lasting(now).any(|key| key.ckn == secret.ckn);
        let connections = self.state.connections.values();
        let connections = connections.filter(|c| (c.owner, c.region) == (owner, region) && c.is_live(now));
        let alone = connections.filter(|c| c.lag.is_none() && has_it(&c.keys)).cloned().map(Holder::Connection);
        let lags = self.state.lags.values().filter(|lag| (lag.owner, lag.region) == (owner, region));
        let lags = lags.filter(|lag| has_it(&lag.keys)).cloned().map(Holder::Lag);
        let holders: Vec<_> = alone.chain(lags).collect();
        for holder in &holders {
            self.read(Read::Row(holder.key()));
        }
        holders
    }

    /// A secret of anyone's, as it is kept.
    pub(crate) fn mac_sec_secret_of(
        &mut self,
        owner: AccountId,
        region: Region,
        ckn: Ckn,
    ) -> Option<Arc<MacSecSecret>> {
        self.read(Read::Row(Key::MacSecSecret(owner, region, ckn)));
        self.state.mac_sec_secrets.get(&(owner, region, ckn)).cloned()
    }

    /// Writes the secret of a MACsec key.
    pub fn put_mac_sec_secret(&mut self, secret: MacSecSecret) {
        let key = Key::MacSecSecret(secret.owner, secret.region, secret.ckn);
        self.write(key, Some(Record::MacSecSecret(Arc::new(secret))));
    }
}
