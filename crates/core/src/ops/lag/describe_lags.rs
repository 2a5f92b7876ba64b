//! DescribeLags: the caller's LAGs in the Region, each with its members.

use crate::ids::LagId;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{find, view};
use crate::page::{Page, Scope};
use crate::rejection::{PageRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Read, &[Resource::optional(&["dxlag"], "lagId")]);

pub(in crate::ops) fn describe_lags(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeLagsRequest,
) -> Result<shapes::Lags, Rejection> {
    let scope = Scope { operation: "DescribeLags", account: tx.caller(), region: tx.region() };
    let page = Page::requested(scope, input.max_results, input.next_token.as_deref())?;
    if let Some(id) = &input.lag_id {
        let lag = find::lag_id(id).and_then(|id| find::lag(tx, id))?;
        return Ok(shapes::Lags { lags: Some(vec![view::lag(tx, &lag)]), next_token: None });
    }
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, LagId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };
    let listed = tx.listed_lags(after).map(Arc::clone);
    let (listed, next_token) = page.take(listed, |lag| (lag.created, lag.id.to_string()));
    let lags = listed.iter().map(|lag| view::lag(tx, lag)).collect();
    Ok(shapes::Lags { lags: Some(lags), next_token })
}
