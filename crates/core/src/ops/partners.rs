//! Partners of Direct Connect: who is one, and what only they may call.

use super::facts::{Callers, Facts};
use super::require;
use crate::model::account::PartnerKind;
use crate::rejection::InterconnectRejection;
use crate::tx::Tx;

/// What kind of partner the caller is, if any.
pub(super) fn kind(tx: &mut Tx<'_>) -> Option<PartnerKind> {
    let caller = tx.caller();
    tx.account(caller).and_then(|account| account.partner)
}

/// Whether the caller is a partner.
pub(super) fn is_partner(tx: &mut Tx<'_>) -> bool {
    kind(tx).is_some()
}

/// The caller may call the operation at all. Whoever is no partner hears that first, whatever else is wrong.
pub(super) fn may_call(tx: &mut Tx<'_>, facts: &Facts) -> Result<(), InterconnectRejection> {
    match facts.callers {
        Callers::Anyone => Ok(()),
        Callers::Partners => {
            let (account, region) = (tx.caller(), tx.region());
            require(is_partner(tx), || InterconnectRejection::NotPartner { account, region })
        }
    }
}
