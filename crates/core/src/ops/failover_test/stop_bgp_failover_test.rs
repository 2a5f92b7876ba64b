//! StopBgpFailoverTest: ends a failover test before its time.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::find;
use crate::ops::{failover, sessions};
use crate::rejection::{FailoverTestRejection, Rejection};
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

pub(in crate::ops) fn stop_bgp_failover_test(
    tx: &mut Tx<'_>,
    input: &shapes::StopBgpFailoverTestRequest,
) -> Result<shapes::StopBgpFailoverTestResponse, Rejection> {
    let interface = find::present(tx, &input.virtual_interface_id)?;
    find::is_owner(tx, &interface, "StopBgpFailoverTest")?;

    let mut changed = sessions::settled(tx, &interface);
    let none = FailoverTestRejection::NoneUnderWay { id: interface.id };
    let test = failover::cancel(tx, &mut changed).ok_or(none)?;
    tx.put_virtual_interface(changed);
    Ok(shapes::StopBgpFailoverTestResponse { virtual_interface_test: Some(test.to_wire(tx.now())) })
}
