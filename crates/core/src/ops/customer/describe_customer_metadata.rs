//! DescribeCustomerMetadata: which agreements the caller has signed, and what kind of partner it is.

use crate::model::account::PartnerKind;
use crate::ops::facts::{Access, Facts};
use crate::ops::partners;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::{Unit, shapes};

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[]);

pub(in crate::ops) fn describe_customer_metadata(
    tx: &mut Tx<'_>,
    _: &Unit,
) -> Result<shapes::DescribeCustomerMetadataResponse, Rejection> {
    let caller = tx.caller();
    let signed = tx.account(caller).map(|account| account.agreements.clone()).unwrap_or_default();
    let agreements = signed.iter().map(|name| shapes::CustomerAgreement {
        agreement_name: Some(name.to_string()),
        status: Some("signed".to_owned()),
    });
    let kind = match partners::kind(tx) {
        Some(PartnerKind::V1) => shapes::NniPartnerType::V1,
        Some(PartnerKind::V2) => shapes::NniPartnerType::V2,
        None => shapes::NniPartnerType::NonPartner,
    };
    let agreements = Some(agreements.collect());
    Ok(shapes::DescribeCustomerMetadataResponse { agreements, nni_partner_type: Some(kind) })
}
