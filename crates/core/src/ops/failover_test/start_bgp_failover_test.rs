//! StartBgpFailoverTest: holds sessions of a virtual interface down for a while, to see what takes over.

use crate::ids::BgpPeerId;
use crate::model::failover_test::{FailoverTest, Status};
use crate::model::virtual_interface::{Change, Seen, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::find;
use crate::ops::{failover, sessions};
use crate::rejection::{BgpPeerRejection, FailoverTestRejection, Rejection};
use crate::steps::Steps;
use crate::time::Duration;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dxvif"], "virtualInterfaceId")]);

/// Unless the caller says otherwise [model].
const MINUTES_DEFAULT: u16 = 180;
/// Three days [model].
const MINUTES_MAX: u16 = 4320;

pub(in crate::ops) fn start_bgp_failover_test(
    tx: &mut Tx<'_>,
    input: &shapes::StartBgpFailoverTestRequest,
) -> Result<shapes::StartBgpFailoverTestResponse, Rejection> {
    find::id(&input.virtual_interface_id)?;
    let minutes = minutes(input.test_duration_in_minutes)?;
    let wanted = input.bgp_peers.as_deref().unwrap_or_default();
    let wanted = wanted.iter().map(|text| Ok((text.as_str(), sessions::peer_id(text)?)));
    let wanted = wanted.collect::<Result<Vec<_>, BgpPeerRejection>>()?;
    let interface = find::present(tx, &input.virtual_interface_id)?;
    find::is_owner(tx, &interface, "StartBgpFailoverTest")?;
    if let Some(test) = failover::running(tx, interface.id) {
        return Err(FailoverTestRejection::UnderWay { id: interface.id, test: test.id }.into());
    }
    find::is_in(tx, &interface, &[Seen::Available, Seen::Down], "available or down")?;
    let peers = tested(tx, &interface, &wanted)?;

    let now = tx.now();
    let end = now + Duration::from_seconds(i64::from(minutes) * 60);
    let mut changed = sessions::settled(tx, &interface);
    changed.change.set(now, Change::Test);
    changed.change.push(end, Change::None);
    for peer in changed.peers.iter_mut().filter(|peer| peers.contains(&peer.id)) {
        peer.untested.set(now, false);
        peer.untested.push(end, true);
    }
    let mut status = Steps::new(now, Status::InProgress);
    status.push(end, Status::Completed);
    let test = FailoverTest {
        id: tx.new_uuid(),
        virtual_interface: interface.id,
        peers,
        owner: interface.owner,
        duration_in_minutes: minutes,
        started: now,
        status,
        region: interface.region,
    };
    let answer = test.to_wire(now);
    sessions::note_interruption(tx, &interface, &changed);
    tx.put_virtual_interface(changed);
    tx.put_failover_test(test);
    Ok(shapes::StartBgpFailoverTestResponse { virtual_interface_test: Some(answer) })
}

fn minutes(wanted: Option<i32>) -> Result<u16, FailoverTestRejection> {
    let Some(value) = wanted else {
        return Ok(MINUTES_DEFAULT);
    };
    let fitting = u16::try_from(value).ok().filter(|minutes| (1..=MINUTES_MAX).contains(minutes));
    fitting.ok_or(FailoverTestRejection::Duration { value, limit: MINUTES_MAX })
}

/// The peers that were named, in the interface's order; all of them when none was [model].
fn tested(
    tx: &Tx<'_>,
    interface: &VirtualInterface,
    wanted: &[(&str, Option<BgpPeerId>)],
) -> Result<Vec<BgpPeerId>, BgpPeerRejection> {
    let named = wanted.iter().map(|(text, id)| sessions::peer(tx, interface, text, *id).map(|peer| peer.id));
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let present = interface.peers.iter().filter(|peer| peer.is_present(tx.now())).map(|peer| peer.id);
    Ok(present.filter(|id| named.is_empty() || named.contains(id)).collect())
}
