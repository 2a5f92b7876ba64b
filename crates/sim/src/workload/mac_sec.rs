//! Random calls about MACsec keys: few names, so that they meet, and now and then one that is malformed.

use super::inputs::Inputs;
use super::{Known, context};
use crate::random::Random;
use crossconnect_api::{Request, shapes};
use crossconnect_core::Context;
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::mac_sec::{Key, KeyState, Keys};
use std::sync::Arc;

/// One of six names, in either case.
pub(super) fn ckn(random: &mut Random) -> String {
    let digit = ["a", "b", "c", "d", "e", "F"][random.below(6)];
    digit.repeat(64)
}

/// Those of the most keys.
fn fullest(mut connections: Vec<Arc<Connection>>, mut lags: Vec<Arc<Lag>>) -> (Vec<Arc<Connection>>, Vec<Arc<Lag>>) {
    let most = connections.iter().map(|c| c.keys.iter().len()).max();
    connections.retain(|c| Some(c.keys.iter().len()) == most);
    let most = lags.iter().map(|lag| lag.keys.iter().len()).max();
    lags.retain(|lag| Some(lag.keys.iter().len()) == most);
    (connections, lags)
}

/// What has keys, and whose it is.
struct Holder<'a> {
    owner: Context,
    id: String,
    keys: &'a Keys,
}

impl Inputs<'_> {
    pub(super) fn mac_sec(&mut self, connection: Option<Arc<Connection>>, lag: Option<Arc<Lag>>) -> (Context, Request) {
        let known: &Known = self.known;
        // What was ordered without MACsec is refused at once: most calls are about the rest.
        let connections: Vec<_> = known.connections.iter().filter(|c| c.mac_sec).cloned().collect();
        let lags: Vec<_> = known.lags.iter().filter(|lag| lag.mac_sec).cloned().collect();
        // Those that have most keys are the sooner full.
        let (connections, lags) = if self.random.one_in(3) { fullest(connections, lags) } else { (connections, lags) };
        let rarely = self.random.one_in(12);
        let connection = if rarely { connection } else { self.random.pick(&connections).cloned() };
        let lag = if rarely { lag } else { self.random.pick(&lags).cloned() };
        let holder = match (&connection, &lag) {
            (Some(c), None) => Some(Holder { owner: context(c.owner, c.region), id: c.id.to_string(), keys: &c.keys }),
            (Some(c), _) if self.random.one_in(2) => {
                Some(Holder { owner: context(c.owner, c.region), id: c.id.to_string(), keys: &c.keys })
            }
            (_, Some(l)) => Some(Holder { owner: context(l.owner, l.region), id: l.id.to_string(), keys: &l.keys }),
            (None, None) => None,
        };
        let caller = self.caller(holder.as_ref().map(|holder| holder.owner));
        let connection_id = self.id(holder.as_ref().map(|holder| holder.id.clone()), "dxcon-");
        if self.random.one_in(3) {
            let mut keys: Vec<&Key> = holder.iter().flat_map(|holder| holder.keys.iter()).collect();
            if self.random.one_in(2) {
                let ends = |key: &&Key| key.state.iter().any(|(_, state)| state == KeyState::Disassociating);
                let ending: Vec<&Key> = keys.iter().copied().filter(ends).collect();
                keys = if ending.is_empty() { keys } else { ending };
            }
            let named = self.random.pick(&keys).map(|key| key.secret.to_string());
            let secret_arn = named.filter(|_| !self.random.one_in(12)).unwrap_or_else(|| "nonsense".to_owned());
            let input = shapes::DisassociateMacSecKeyRequest { connection_id, secret_arn };
            return (caller, Request::DisassociateMacSecKey(input));
        }
        let (ckn, cak, secret_arn) = self.key();
        (caller, Request::AssociateMacSecKey(shapes::AssociateMacSecKeyRequest { connection_id, ckn, cak, secret_arn }))
    }

    /// A pair or a secret, mostly.
    fn key(&mut self) -> (Option<String>, Option<String>, Option<String>) {
        let (ckn, cak) = (ckn(self.random), "0".repeat(64));
        let secret = self.random.pick(&self.known.secrets).map(|secret| secret.arn.to_string());
        match self.random.below(16) {
            0 => (Some(ckn), None, None),
            1 => (Some("nonsense".to_owned()), Some(cak), None),
            2 => (Some(ckn), Some("nonsense".to_owned()), None),
            3 => (None, None, Some("nonsense".to_owned())),
            4..=7 => (None, None, secret),
            _ => (Some(ckn), Some(cak), None),
        }
    }
}
