//! Failover tests under way: found, and ended before their time.

use crate::ids::VirtualInterfaceId;
use crate::model::failover_test::{FailoverTest, Status};
use crate::model::virtual_interface::{Change, VirtualInterface};
use crate::tx::Tx;
use std::sync::Arc;

/// The test that an interface is under.
pub(super) fn running(tx: &mut Tx<'_>, interface: VirtualInterfaceId) -> Option<Arc<FailoverTest>> {
    let now = tx.now();
    // One that was cancelled may have begun at the same moment.
    tx.failover_tests(interface).into_iter().rev().find(|test| test.is_running(now))
}

/// Ends the test of an interface now, if it is under one, and lets its sessions come up again. The caller has settled the
/// interface, and writes it. For whoever stops a test, deletes the interface or all tested peers (decision 12), or moves it.
pub(crate) fn cancel(tx: &mut Tx<'_>, interface: &mut VirtualInterface) -> Option<Arc<FailoverTest>> {
    let (now, test) = (tx.now(), running(tx, interface.id)?);
    interface.change.set(now, Change::None);
    for peer in &mut interface.peers {
        peer.untested.set(now, true);
    }
    let mut cancelled = FailoverTest::clone(&test);
    cancelled.status.set(now, Status::Cancelled);
    tx.put_failover_test(cancelled);
    tx.failover_test(test.id)
}
