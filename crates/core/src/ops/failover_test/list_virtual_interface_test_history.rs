//! ListVirtualInterfaceTestHistory: the caller's failover tests in the Region, those of interfaces that are gone included.

use crate::ids::{BgpPeerId, Uuid, VirtualInterfaceId};
use crate::model::failover_test::{FailoverTest, Status};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::find;
use crate::ops::sessions;
use crate::page::{PAGE_MAX, Page, Scope};
use crate::rejection::{BgpPeerRejection, FailoverTestRejection, PageRejection, Rejection};
use crate::time::Timestamp;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::List, &[Resource::optional(&["dxvif"], "virtualInterfaceId")]);

/// All that are named must hold. What names nothing finds nothing: the list is that of the caller's own tests.
struct Filter {
    id: Option<Uuid>,
    virtual_interface: Option<Option<VirtualInterfaceId>>,
    /// Every one of them was tested.
    peers: Vec<Option<BgpPeerId>>,
    status: Option<Status>,
}

pub(in crate::ops) fn list_virtual_interface_test_history(
    tx: &mut Tx<'_>,
    input: &shapes::ListVirtualInterfaceTestHistoryRequest,
) -> Result<shapes::ListVirtualInterfaceTestHistoryResponse, Rejection> {
    let scope = Scope { operation: "ListVirtualInterfaceTestHistory", account: tx.caller(), region: tx.region() };
    let size = input.max_results.unwrap_or(PAGE_MAX as i32);
    let peers = input.bgp_peers.as_ref().map(|peers| peers.join(","));
    let given = [&input.test_id, &input.virtual_interface_id, &peers, &input.status].map(Option::as_deref);
    let page = Page::filtered(scope, &given, Some(size), input.next_token.as_deref())?;
    let filter = Filter::read(input)?;
    let after = match page.after() {
        None => None,
        Some((started, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((started, Uuid::parse(id).ok_or_else(token)?))
        }
    };
    let now = tx.now();
    let tests = tx.test_history(after).filter(|test| filter.lets_through(test, now)).map(Arc::clone);
    let (tests, next_token) = page.take(tests, |test| (test.started, test.id.to_string()));
    Ok(shapes::ListVirtualInterfaceTestHistoryResponse {
        virtual_interface_test_history: Some(tests.iter().map(|test| test.to_wire(now)).collect()),
        next_token,
    })
}

impl Filter {
    fn read(input: &shapes::ListVirtualInterfaceTestHistoryRequest) -> Result<Self, Rejection> {
        let malformed = |id: &String| FailoverTestRejection::MalformedId { value: id.clone() };
        let id = input.test_id.as_ref().map(|id| Uuid::parse(id).ok_or_else(|| malformed(id))).transpose()?;
        let virtual_interface = input.virtual_interface_id.as_deref().map(find::id).transpose()?;
        let peers = input.bgp_peers.as_deref().unwrap_or_default();
        let peers = peers.iter().map(|text| sessions::peer_id(text)).collect::<Result<_, BgpPeerRejection>>()?;
        let unknown = |status: &String| FailoverTestRejection::UnknownStatus { value: status.clone() };
        let status = input.status.as_ref().map(|text| Status::from_wire(text).ok_or_else(|| unknown(text)));
        Ok(Filter { id, virtual_interface, peers, status: status.transpose()? })
    }

    fn lets_through(&self, test: &FailoverTest, now: Timestamp) -> bool {
        self.id.is_none_or(|id| id == test.id)
            && self.virtual_interface.is_none_or(|id| id == Some(test.virtual_interface))
            && self.peers.iter().all(|peer| peer.is_some_and(|peer| test.peers.contains(&peer)))
            && self.status.is_none_or(|status| status == test.status.at(now))
    }
}
