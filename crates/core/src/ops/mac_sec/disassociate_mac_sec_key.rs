//! DisassociateMacSecKey: takes a MACsec key from a connection or LAG. The secret that holds it stays [observed].

use crate::model::mac_sec::{Key, KeyState};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::parent;
use crate::ops::keys::Holder;
use crate::ops::require;
use crate::rejection::{MacSecRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionId")]);

pub(in crate::ops) fn disassociate_mac_sec_key(
    tx: &mut Tx<'_>,
    input: &shapes::DisassociateMacSecKeyRequest,
) -> Result<shapes::DisassociateMacSecKeyResponse, Rejection> {
    let name = parent::name(&input.connection_id)?;
    let holder = Holder::find(tx, name)?;
    let (id, now) = (holder.id(), tx.now());
    let is_named = |key: &&Key| *key.secret == *input.secret_arn && key.is_present(now);
    let key = holder.keys().iter().find(is_named);
    let key = key.ok_or_else(|| MacSecRejection::NotAssociated { arn: input.secret_arn.clone(), id: id.clone() })?;
    require(key.is_lasting(now), || MacSecRejection::Dissociating { ckn: key.ckn.to_string(), id: id.clone() })?;

    let delay = tx.delays().get(Delay::MacsecKey);
    holder.change(tx, |keys| keys.end(now, delay, |other| other.ckn == key.ckn));
    let shown = key.to_wire(KeyState::Disassociating);
    Ok(shapes::DisassociateMacSecKeyResponse { connection_id: Some(id), mac_sec_keys: Some(vec![shown]) })
}
