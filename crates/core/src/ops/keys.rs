//! MACsec keys of a connection that stands alone, or of a LAG and all its members.

use super::interfaces::{moves, parent};
use super::{find, membership, require, view};
use crate::model::connection::{self, Connection};
use crate::model::encryption::EncryptionMode;
use crate::model::lag::{self, Lag};
use crate::model::mac_sec::Keys;
use crate::model::virtual_interface::Parent;
use crate::record::Key;
use crate::rejection::{MacSecRejection, Rejection};
use crate::time::Timestamp;
use crate::tx::Tx;
use std::sync::Arc;

/// What has keys of its own.
pub(crate) enum Holder {
    Connection(Arc<Connection>),
    Lag(Arc<Lag>),
}

impl Holder {
    /// The caller's connection or LAG of this name, live, ordered with MACsec, and no member of a LAG.
    pub(super) fn find(tx: &mut Tx<'_>, name: parent::Name<'_>) -> Result<Self, Rejection> {
        match name {
            parent::Name::Connection(name) => {
                let found = find::connection(tx, name)?;
                find::is_live_connection(tx, &found)?;
                require(found.mac_sec, || MacSecRejection::NotCapable { id: found.id.to_string() })?;
                if let Some(lag) = found.lag {
                    return Err(MacSecRejection::KeysOfMember { id: found.id, lag }.into());
                }
                Ok(Holder::Connection(found))
            }
            parent::Name::Lag(name) => {
                let found = find::lag(tx, name)?;
                find::is_live_lag(tx, &found)?;
                require(found.mac_sec, || MacSecRejection::NotCapable { id: found.id.to_string() })?;
                Ok(Holder::Lag(found))
            }
        }
    }

    /// Whether its link has been up, or was to be: it is neither requested nor pending.
    pub(super) fn has_served(&self, tx: &mut Tx<'_>) -> bool {
        let now = tx.now();
        match self {
            Holder::Connection(connection) => {
                !matches!(connection.state(now), connection::Seen::Requested | connection::Seen::Pending)
            }
            Holder::Lag(lag) => lag.seen(&tx.members(lag.id)).at(now) != lag::Seen::Pending,
        }
    }

    /// Its id.
    pub(super) fn id(&self) -> String {
        match self {
            Holder::Connection(connection) => connection.id.to_string(),
            Holder::Lag(lag) => lag.id.to_string(),
        }
    }

    /// The key of its row.
    pub(crate) fn key(&self) -> Key {
        match self {
            Holder::Connection(connection) => Key::Connection(connection.id),
            Holder::Lag(lag) => Key::Lag(lag.id),
        }
    }

    /// Its keys.
    pub(super) fn keys(&self) -> &Keys {
        match self {
            Holder::Connection(connection) => &connection.keys,
            Holder::Lag(lag) => &lag.keys,
        }
    }

    /// Changes its keys, on every member of a LAG too.
    pub(super) fn change(&self, tx: &mut Tx<'_>, change: impl Fn(&mut Keys)) {
        match self {
            Holder::Connection(connection) => {
                let port = Parent::Connection(connection.id);
                moves::settle_on(tx, port);
                change_port(tx, connection, &change);
                moves::note_interruptions(tx, port);
            }
            Holder::Lag(lag) => {
                let now = tx.now();
                membership::settle_lag(tx, lag.id);
                let mut changed = Lag::clone(&tx.lag(lag.id).expect("it was settled"));
                change(&mut changed.keys);
                let mode = mode_with(&changed.keys, changed.encryption_at(now), now);
                changed.encrypt(now, mode);
                tx.put_lag(changed);
                for member in tx.members(lag.id) {
                    change_port(tx, &member, &change);
                }
                view::note_interruption(tx, lag.id);
            }
        }
    }
}

fn change_port(tx: &mut Tx<'_>, port: &Connection, change: impl Fn(&mut Keys)) {
    let (now, mut changed) = (tx.now(), port.clone());
    changed.settle(now);
    change(&mut changed.keys);
    let mode = mode_with(&changed.keys, port.encryption.at(now), now);
    changed.encrypt(now, mode);
    if port.is_operational(now) && !changed.is_operational(now) {
        tx.interrupt(port.id);
    }
    tx.put_connection(changed);
}

/// Without a key left, a port that must encrypt would stay down: it only should from then on [guide]. Only what has a key
/// is ever changed, so one that never had any keeps its mode.
fn mode_with(keys: &Keys, mode: EncryptionMode, now: Timestamp) -> EncryptionMode {
    let has_lost_all = keys.lasting(now).next().is_none();
    if has_lost_all && mode == EncryptionMode::MustEncrypt { EncryptionMode::ShouldEncrypt } else { mode }
}
