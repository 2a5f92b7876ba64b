//! UpdateLag: renames a LAG, sets its minimum links, or the encryption mode of all its members.

use crate::model::connection::Connection;
use crate::model::encryption::EncryptionMode;
use crate::model::lag::Lag;
use crate::ops::connection::update_connection::encryption_mode;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, membership, order, require, view};
use crate::rejection::{LagRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxlag"], "lagId")]);

pub(in crate::ops) fn update_lag(tx: &mut Tx<'_>, input: &shapes::UpdateLagRequest) -> Result<shapes::Lag, Rejection> {
    let id = find::lag_id(&input.lag_id)?;
    if let Some(name) = &input.lag_name {
        order::is_name("lagName", name)?;
    }
    if let Some(value) = input.minimum_links {
        require(value >= 0, || LagRejection::MinimumLinksNegative { value })?;
    }
    let mode = input.encryption_mode.as_deref().map(encryption_mode).transpose()?;
    let lag = find::lag(tx, id)?;
    find::is_live_lag(tx, &lag)?;
    let changes = input.lag_name.is_some() || input.minimum_links.is_some() || mode.is_some();
    require(changes, || LagRejection::NothingToUpdate { id: lag.id })?;
    let minimum_links = input.minimum_links.map(|value| minimum_links(tx, &lag, value)).transpose()?;
    if mode.is_some() {
        require(lag.mac_sec, || LagRejection::NotMacSecCapable { id: lag.id })?;
    }

    membership::settle_lag(tx, lag.id);
    let mut changed = Lag::clone(&tx.lag(lag.id).expect("it was settled"));
    if let Some(name) = &input.lag_name {
        changed.name = name.as_str().into();
    }
    if let Some(minimum_links) = minimum_links {
        changed.minimum_links = minimum_links;
    }
    if let Some(mode) = mode {
        changed.encrypt(tx.now(), mode);
        encrypt_members(tx, &lag, mode);
    }
    tx.put_lag(changed);
    view::note_interruption(tx, lag.id);
    Ok(view::changed_lag(tx, lag.id))
}

/// No more minimum links than members; an empty LAG takes only 0 (decision 3 of the reference).
fn minimum_links(tx: &mut Tx<'_>, lag: &Lag, value: i32) -> Result<u16, LagRejection> {
    let members = tx.members(lag.id).len();
    let fitting = u16::try_from(value).ok().filter(|links| usize::from(*links) <= members);
    fitting.ok_or(LagRejection::MinimumLinksTooHigh { lag: lag.id, value, members })
}

/// Every member takes the LAG's mode.
fn encrypt_members(tx: &mut Tx<'_>, lag: &Lag, mode: EncryptionMode) {
    let now = tx.now();
    for member in tx.members(lag.id) {
        let mut changed = Connection::clone(&member);
        changed.settle(now);
        changed.encrypt(now, mode);
        if member.is_operational(now) && !changed.is_operational(now) {
            tx.interrupt(member.id);
        }
        tx.put_connection(changed);
    }
}
