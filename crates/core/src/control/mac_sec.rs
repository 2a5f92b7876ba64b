//! The MACsec keys of the customer's router, at the far end of a link.

use super::light;
use crate::ids::ConnectionId;
use crate::model::mac_sec::{Ckn, FarEnd};
use crate::rejection::{ControlRejection, Rejection};
use crate::tx::Tx;

/// Which keys the far end has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peer {
    /// Whatever the connection has: what it does unless somebody says otherwise.
    Match,
    /// None that fits.
    Mismatch,
    /// The one of this CKN, with the right CAK.
    Holds(String),
}

/// Says which keys the far end of one connection has.
pub(super) fn set_peer(tx: &mut Tx<'_>, id: &str, peer: &Peer) -> Result<(), Rejection> {
    let far_end = match peer {
        Peer::Match => FarEnd::Match,
        Peer::Mismatch => FarEnd::Mismatch,
        Peer::Holds(ckn) => {
            let malformed = || ControlRejection::MacSecPeer { value: ckn.clone() };
            FarEnd::Holds(Ckn::parse(ckn).ok_or_else(malformed)?)
        }
    };
    let connection = ConnectionId::parse(id).ok().flatten().and_then(|id| tx.connection(id));
    let connection = connection.ok_or_else(|| ControlRejection::UnknownResource { id: id.to_owned() })?;
    light::change(tx, &connection, |connection, now| connection.set_far_end(now, far_end));
    Ok(())
}
