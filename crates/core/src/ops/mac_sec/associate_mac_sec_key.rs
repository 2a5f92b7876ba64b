//! AssociateMacSecKey: gives a connection or LAG one more MACsec key, by CKN and CAK or by the secret that holds them.
//!
//! The CAK is checked and dropped here: nothing that this call writes, answers or says has it.

use crate::model::mac_sec::{Ckn, KEYS_MAX, Key, MacSecSecret};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::parent;
use crate::ops::keys::Holder;
use crate::ops::require;
use crate::ops::secrets::{self, Named};
use crate::rejection::{MacSecRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts {
    redacted: &["cak"],
    ..Facts::new(Access::Write, &[Resource::required(&["dxcon", "dxlag"], "connectionId")])
};

/// A key as the caller gives it.
enum Given<'a> {
    /// A pair: its name, and the same as it was written.
    Pair(Ckn, &'a str),
    /// The secret that holds it.
    Secret(Named<'a>),
}

pub(in crate::ops) fn associate_mac_sec_key(
    tx: &mut Tx<'_>,
    input: &shapes::AssociateMacSecKeyRequest,
) -> Result<shapes::AssociateMacSecKeyResponse, Rejection> {
    let name = parent::name(&input.connection_id)?;
    let given = given(input)?;
    let holder = Holder::find(tx, name)?;
    let (secret, spelled) = secret(tx, &given)?;
    let (id, ckn) = (holder.id(), secret.ckn);
    let now = tx.now();
    let is_new = holder.keys().lasting(now).all(|key| key.ckn != ckn);
    require(is_new, || MacSecRejection::AlreadyAssociated { ckn: ckn.to_string(), id: id.clone() })?;
    let has_room = holder.keys().lasting(now).count() < KEYS_MAX;
    require(has_room, || MacSecRejection::TooManyKeys { id: id.clone(), limit: KEYS_MAX })?;

    let state = Key::plan(now, tx.delays().get(Delay::MacsecKey));
    let key = Key { ckn, spelled, secret: secret.arn.clone(), start_on: now, state };
    holder.change(tx, |keys| keys.add(key.clone()));
    let known = tx.mac_sec_secret(ckn);
    if known.as_deref() != Some(&secret) {
        // It was scheduled for deletion, and is there all the same: others that have its key keep it.
        known.inspect(|known| secrets::restore(tx, known));
        tx.put_mac_sec_secret(secret);
    }
    let others = holder.keys().iter().filter(|other| other.ckn != ckn && other.is_present(now));
    let mut shown: Vec<_> = others.map(|other| other.to_wire(other.state.at(now))).collect();
    shown.push(key.to_wire(key.state.first().1));
    Ok(shapes::AssociateMacSecKeyResponse { connection_id: Some(id), mac_sec_keys: Some(shown) })
}

/// Either a pair, well-formed both of it, or the ARN of a secret.
fn given(input: &shapes::AssociateMacSecKeyRequest) -> Result<Given<'_>, MacSecRejection> {
    let given = match (&input.ckn, &input.cak, &input.secret_arn) {
        (Some(ckn), Some(cak), None) => {
            let name = Ckn::parse(ckn).ok_or_else(|| MacSecRejection::MalformedCkn { value: ckn.clone() })?;
            // A CAK has the form of a CKN.
            let length = cak.chars().count();
            require(Ckn::parse(cak).is_some(), || MacSecRejection::MalformedCak { length })?;
            return Ok(Given::Pair(name, ckn));
        }
        (None, None, Some(arn)) => return Ok(Given::Secret(secrets::named(arn)?)),
        (None, None, None) => "neither",
        (Some(_), None, None) => "ckn without cak",
        (None, Some(_), None) => "cak without ckn",
        (_, _, Some(_)) => "both",
    };
    Err(MacSecRejection::PairOrSecret { given })
}

/// The secret that holds the key, and the key's name as it is shown.
fn secret(tx: &mut Tx<'_>, given: &Given<'_>) -> Result<(MacSecSecret, Box<str>), MacSecRejection> {
    match given {
        Given::Pair(ckn, spelled) => Ok((secrets::made(tx, *ckn, spelled)?, (*spelled).into())),
        Given::Secret(named) => {
            let secret = secrets::known(tx, named)?;
            let spelled = secret.spelled.clone();
            Ok((secret, spelled))
        }
    }
}
