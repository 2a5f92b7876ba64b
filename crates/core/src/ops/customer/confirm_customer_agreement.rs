//! ConfirmCustomerAgreement: the caller signs an agreement. Nothing that it may order depends on that [inferred].

use crate::model::account::Account;
use crate::ops::facts::{Access, Facts};
use crate::ops::{order, require};
use crate::rejection::{CustomerRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[]);

/// How many agreements an account can sign.
const AGREEMENTS_MAX: usize = 20;

/// To sign an agreement again changes nothing.
pub(in crate::ops) fn confirm_customer_agreement(
    tx: &mut Tx<'_>,
    input: &shapes::ConfirmCustomerAgreementRequest,
) -> Result<shapes::ConfirmCustomerAgreementResponse, Rejection> {
    let name = input.agreement_name.as_deref().ok_or(CustomerRejection::NoAgreement)?;
    order::is_name("agreementName", name)?;
    let id = tx.caller();
    let account = tx.account(id);
    let mut account = account
        .map_or(Account { id, partner: None, agreements: Vec::new(), name: None }, |known| Account::clone(&known));
    if !account.agreements.iter().any(|signed| **signed == *name) {
        let is_room = account.agreements.len() < AGREEMENTS_MAX;
        require(is_room, || CustomerRejection::TooManyAgreements { account: id, limit: AGREEMENTS_MAX })?;
        account.agreements.push(name.into());
        tx.put_account(account);
    }
    Ok(shapes::ConfirmCustomerAgreementResponse { status: Some("signed".to_owned()) })
}
