//! The secrets that hold MACsec keys, in the caller's Secrets Manager: their names, and which of them are known.

use super::require;
use crate::arn::partition;
use crate::ids::{AccountId, Region};
use crate::model::mac_sec::{Ckn, MacSecSecret, SecretAnswer};
use crate::rejection::MacSecRejection;
use crate::settings::Delay;
use crate::state::State;
use crate::tx::Tx;
use crossconnect_api::Request;
use std::sync::Arc;

/// The letters and digits that Secrets Manager draws an ARN's last characters from.
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// How many it draws.
const DRAWN: usize = 6;

/// The name of the secret that holds the pair of this CKN [observed].
pub(crate) fn name(region: Region, ckn: &str) -> String {
    format!("directconnect!prod/{region}/directconnect/{ckn}")
}

/// An ARN as the caller names it: that of a secret of ours, by its form.
pub(super) struct Named<'a> {
    arn: &'a str,
    owner: Option<AccountId>,
    region: &'a str,
    ckn: Ckn,
    spelled: &'a str,
}

/// Reads the ARN of a secret that holds a MACsec key.
pub(super) fn named(arn: &str) -> Result<Named<'_>, MacSecRejection> {
    let malformed = || MacSecRejection::MalformedSecret { value: arn.to_owned() };
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    let &["arn", given, "secretsmanager", region, owner, "secret", secret] = parts.as_slice() else {
        return Err(malformed());
    };
    let (name, drawn) = secret.rsplit_once('-').ok_or_else(malformed)?;
    let spelled = name.rsplit('/').next().unwrap_or_default();
    let ckn = Ckn::parse(spelled).ok_or_else(malformed)?;
    let region_key = Region::new(region).filter(|_| partition(region) == given).ok_or_else(malformed)?;
    let is_ours = name == self::name(region_key, spelled);
    let is_drawn = drawn.len() == DRAWN && drawn.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_ours || !is_drawn {
        return Err(malformed());
    }
    Ok(Named { arn, owner: AccountId::new(owner), region, ckn, spelled })
}

/// What a Secrets Manager is asked before a call is decided.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretQuestion {
    /// To hold a pair, in a secret of that name that is new or there already.
    Hold {
        /// The secret's name.
        name: String,
        /// The pair's name.
        ckn: String,
        /// Its key, which goes nowhere else.
        cak: String,
    },
    /// Whether it holds a secret.
    Find {
        /// Its ARN.
        arn: String,
    },
}

/// What a Secrets Manager has to do with a call in `region`; nothing unless it gives or names a well-formed key.
pub fn secret_question(region: Region, request: &Request) -> Option<SecretQuestion> {
    let Request::AssociateMacSecKey(input) = request else { return None };
    match (&input.ckn, &input.cak, &input.secret_arn) {
        (Some(ckn), Some(cak), None) => {
            Ckn::parse(ckn).and(Ckn::parse(cak))?;
            Some(SecretQuestion::Hold { name: name(region, ckn), ckn: ckn.clone(), cak: cak.clone() })
        }
        (None, None, Some(arn)) => named(arn).is_ok().then(|| SecretQuestion::Find { arn: arn.clone() }),
        _ => None,
    }
}

/// The secret of that ARN, where the caller's Secrets Manager holds it, or, when nobody could be asked, where an earlier
/// association has made it.
pub(super) fn known(tx: &mut Tx<'_>, named: &Named<'_>) -> Result<MacSecSecret, MacSecRejection> {
    let unknown = || MacSecRejection::UnknownSecret { arn: named.arn.to_owned() };
    let made = tx.mac_sec_secret(named.ckn).filter(|secret| *secret.arn == *named.arn);
    let ending = || MacSecRejection::EndingSecret { arn: named.arn.to_owned() };
    match (tx.secret_answer(), made) {
        (Some(SecretAnswer::Ending), _) => Err(ending()),
        (Some(SecretAnswer::Missing), _) | (None, None) => Err(unknown()),
        (None, Some(made)) if made.ending.is_some() => Err(ending()),
        (_, Some(made)) => Ok(MacSecSecret { ending: None, ..MacSecSecret::clone(&made) }),
        (Some(SecretAnswer::Held { .. }), None) => {
            let is_here = named.owner.is_some() && named.region == tx.region().as_str();
            if is_here { Ok(secret(tx, named.ckn, named.spelled, named.arn)) } else { Err(unknown()) }
        }
    }
}

/// The secret that holds a pair which was given: that which Secrets Manager has made or changed; where nobody could be
/// asked, the one that an earlier association has made, or a new one.
///
/// # Errors
/// The secret of that name is scheduled for deletion: it cannot be changed, and there can be no other.
pub(super) fn made(tx: &mut Tx<'_>, ckn: Ckn, spelled: &str) -> Result<MacSecSecret, MacSecRejection> {
    match tx.secret_answer().cloned() {
        Some(SecretAnswer::Held { arn }) => return Ok(secret(tx, ckn, spelled, &arn)),
        Some(SecretAnswer::Ending) => {
            return Err(MacSecRejection::EndingSecret { arn: name(tx.region(), spelled) });
        }
        Some(SecretAnswer::Missing) | None => {}
    }
    if let Some(known) = tx.mac_sec_secret(ckn) {
        let stays = known.ending.is_none();
        require(stays, || MacSecRejection::EndingSecret { arn: known.arn.to_string() })?;
        return Ok(MacSecSecret::clone(&known));
    }
    let drawn = tx.random_bytes::<{ 8 * DRAWN }>();
    let (numbers, _) = drawn.as_chunks();
    let drawn = numbers.iter().map(|number| {
        let at = u64::from_be_bytes(*number) % ALPHABET.len() as u64;
        char::from(ALPHABET[at as usize])
    });
    let (owner, region) = (tx.caller(), tx.region());
    let (partition, drawn) = (partition(region.as_str()), drawn.collect::<String>());
    let arn = format!("arn:{partition}:secretsmanager:{region}:{owner}:secret:{}-{drawn}", name(region, spelled));
    Ok(secret(tx, ckn, spelled, &arn))
}

fn secret(tx: &Tx<'_>, ckn: Ckn, spelled: &str, arn: &str) -> MacSecSecret {
    MacSecSecret {
        owner: tx.caller(),
        region: tx.region(),
        ckn,
        spelled: spelled.into(),
        arn: arn.into(),
        ending: None,
    }
}

/// The secrets that may have been deleted or restored since a Secrets Manager was last asked, and that a call may show:
/// all of the caller's in the Region, if the call is about what has keys.
pub fn watched_secrets(state: &State, account: AccountId, region: Region, request: &Request) -> Vec<Arc<MacSecSecret>> {
    let is_about_keys = matches!(
        request,
        Request::AssociateConnectionWithLag(_)
            | Request::AssociateMacSecKey(_)
            | Request::CreateConnection(_)
            | Request::CreateInterconnect(_)
            | Request::CreateLag(_)
            | Request::DescribeConnections(_)
            | Request::DescribeInterconnects(_)
            | Request::DescribeLags(_)
            | Request::DescribeRouterConfiguration(_)
            | Request::DisassociateConnectionFromLag(_)
            | Request::DisassociateMacSecKey(_)
            | Request::UpdateConnection(_)
            | Request::UpdateLag(_)
    );
    if !is_about_keys {
        return Vec::new();
    }
    let rows = state.mac_sec_secrets.range((account, region, Ckn::LEAST)..);
    rows.take_while(|((owner, at, _), _)| (*owner, *at) == (account, region))
        .map(|(_, secret)| secret.clone())
        .collect()
}

/// The secret is scheduled for deletion, or gone, and its keys go with it: at once from what has not been in service yet,
/// and from the rest after the time that is left to do something about it [guide].
pub(crate) fn end(tx: &mut Tx<'_>, secret: &MacSecSecret) {
    if secret.ending.is_some() {
        return;
    }
    let (now, ckn, delays) = (tx.now(), secret.ckn, tx.delays());
    let (delay, end) = (delays.get(Delay::MacsecKey), now + delays.get(Delay::SecretDeletion));
    for holder in tx.holders_of_key(secret) {
        if holder.has_served(tx) {
            holder.change(tx, |keys| keys.end_at(ckn, now, end, delay));
        } else {
            holder.change(tx, |keys| keys.end(now, delay, |key| key.ckn == ckn));
        }
    }
    tx.put_mac_sec_secret(MacSecSecret { ending: Some(now), ..secret.clone() });
}

/// The secret is there, and so its keys stay.
pub(crate) fn restore(tx: &mut Tx<'_>, secret: &MacSecSecret) {
    if secret.ending.is_none() {
        return;
    }
    let (now, ckn) = (tx.now(), secret.ckn);
    for holder in tx.holders_of_key(secret) {
        holder.change(tx, |keys| keys.keep(ckn, now));
    }
    tx.put_mac_sec_secret(MacSecSecret { ending: None, ..secret.clone() });
}
