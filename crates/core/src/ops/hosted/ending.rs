//! The end of a hosted connection: deleted by its owner or its partner, or declined.

use super::moves;
use crate::model::hosted_connection::{HostedConnection, Phase, Seen};
use crate::model::virtual_interface::Parent;
use crate::ops::find;
use crate::ops::interfaces::parent;
use crate::rejection::Rejection;
use crate::settings::Delay;
use crate::tx::Tx;

/// Ends a hosted connection that nothing is on. Unanswered, it is declined by its owner [model], and gone at once when the
/// partner takes it back [inferred].
pub(in crate::ops) fn end(tx: &mut Tx<'_>, hosted: &HostedConnection) -> Result<(), Rejection> {
    find::is_live_hosted(tx, hosted)?;
    parent::is_empty(tx, "Connection", Parent::Hosted(hosted.id))?;

    let (now, parent_up) = (tx.now(), tx.parent_up(hosted.parent));
    if hosted.seen(&parent_up).at(now) == Seen::Available {
        tx.interrupt(hosted.id);
    }
    let mut ended = moves::settled(tx, hosted);
    match ended.phase.at(now) {
        Phase::Ordering if hosted.owner == tx.caller() => ended.phase.set(now, Phase::Rejected),
        Phase::Ordering => ended.phase.set(now, Phase::Deleted),
        Phase::Pending | Phase::Provisioned | Phase::Deleting | Phase::Deleted | Phase::Rejected => {
            ended.phase.set(now, Phase::Deleting);
            ended.phase.push(now + tx.delays().get(Delay::Deleting), Phase::Deleted);
        }
    }
    tx.put_hosted_connection(ended);
    Ok(())
}
