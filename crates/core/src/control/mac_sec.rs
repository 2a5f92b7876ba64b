//! The MACsec keys of the customer's router, at the far end of a link, and the secrets that hold those of this end.

use super::light;
use crate::ids::{AccountId, ConnectionId, Region};
use crate::model::mac_sec::{Ckn, FarEnd};
use crate::ops::secrets;
use crate::rejection::{ControlRejection, MacSecRejection, Rejection};
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

/// A secret of a MACsec key, by whose Secrets Manager it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The name of the pair that it holds.
    pub ckn: String,
    /// Twelve digits.
    pub owner: String,
    /// The name of a Region.
    pub region: String,
}

/// Says that a secret is scheduled for deletion, or that it is not any more.
pub(super) fn set_secret(tx: &mut Tx<'_>, named: &Secret, is_ending: bool) -> Result<(), Rejection> {
    let Secret { ckn, owner, region } = named;
    let name = Ckn::parse(ckn).ok_or_else(|| MacSecRejection::MalformedCkn { value: ckn.clone() })?;
    let account = AccountId::new(owner).ok_or_else(|| ControlRejection::MalformedAccount { id: owner.clone() })?;
    let known = Region::new(region).and_then(|region| tx.mac_sec_secret_of(account, region, name));
    let unknown = || ControlRejection::UnknownSecret { ckn: name, owner: account, region: region.clone() };
    let secret = known.ok_or_else(unknown)?;
    if is_ending {
        secrets::end(tx, &secret);
    } else {
        secrets::restore(tx, &secret);
    }
    Ok(())
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
