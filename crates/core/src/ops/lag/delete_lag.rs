//! DeleteLag: ends a LAG. Its connections are not deleted: they are interrupted, and then stand alone.

use crate::model::connection::{Change, Connection};
use crate::model::lag::{Lag, Phase};
use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::hosted::host;
use crate::ops::interfaces::parent;
use crate::ops::{find, membership, pairs, view};
use crate::rejection::Rejection;
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxlag"], "lagId")]);

pub(in crate::ops) fn delete_lag(tx: &mut Tx<'_>, input: &shapes::DeleteLagRequest) -> Result<shapes::Lag, Rejection> {
    let id = find::lag_id(&input.lag_id)?;
    let lag = find::lag(tx, id)?;
    find::is_live_lag(tx, &lag)?;
    parent::is_empty(tx, "Lag", Parent::Lag(lag.id))?;
    host::is_empty(tx, "Lag", Parent::Lag(lag.id))?;
    let members = tx.members(lag.id);
    for member in &members {
        membership::is_settled(tx, member)?;
    }

    // The LAG is deleting before its members leave, so that it is not seen to go down with them.
    let now = tx.now();
    membership::settle_lag(tx, lag.id);
    pairs::leave_group(tx, Parent::Lag(lag.id));
    let mut deleted = Lag::clone(&tx.lag(lag.id).expect("it was settled"));
    // An empty LAG is gone at once [observed].
    if members.is_empty() {
        deleted.phase.set(now, Phase::Deleted);
    } else {
        deleted.phase.set(now, Phase::Deleting);
        deleted.phase.push(now + tx.delays().get(Delay::Deleting), Phase::Deleted);
    }
    let delay = tx.delays().get(Delay::MacsecKey);
    deleted.drop_keys(now, delay);
    tx.put_lag(deleted);
    for member in &members {
        let mut alone = Connection::clone(member);
        alone.settle(now);
        membership::interrupt(tx, &mut alone, Change::Leaving);
        membership::stand_alone(tx, &mut alone);
        tx.put_connection(alone);
    }
    view::note_interruption(tx, lag.id);
    Ok(view::changed_lag(tx, lag.id))
}
