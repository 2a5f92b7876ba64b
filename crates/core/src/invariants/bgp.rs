//! BGP peers, what is announced on their sessions, and failover tests.

use super::Lint;
use super::time::{follows, steps};
use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::failover_test::{FailoverTest, Status};
use crate::model::virtual_interface::{Change, Kind, VirtualInterface};
use crate::prefix::Family;
use crate::routes::prefixes_max;
use crate::steps::Steps;
use crate::time::Duration;
use std::collections::BTreeSet;

pub(super) fn check(lint: &mut Lint<'_>) {
    for interface in lint.state.virtual_interfaces.values() {
        for peer in &interface.peers {
            steps_of_peer(lint, peer);
            announces_what_it_may(lint, interface, peer);
        }
        sessions(lint, interface);
        is_tested_as_it_says(lint, interface);
    }
    for test in lint.state.failover_tests.values() {
        steps(lint, &test.id, "status", &test.status);
        follows(lint, &test.id, "statuses", &test.status, Status::may_follow);
        lasts_as_long_as_asked(lint, test);
    }
}

fn steps_of_peer(lint: &mut Lint<'_>, peer: &BgpPeer) {
    steps(lint, &peer.id, "phase", &peer.phase);
    follows(lint, &peer.id, "phases", &peer.phase, Phase::may_follow);
    let causes = [("far end", &peer.far_end), ("fits", &peer.fits), ("untested", &peer.untested)];
    for (what, cause) in causes {
        steps(lint, &peer.id, what, cause);
    }
    let rests = matches!(peer.phase.last().1, Phase::Available | Phase::Deleted | Phase::Pending);
    lint.require(rests, "plans come to rest", || peer.id.to_string());
}

/// One session a family, or two where a device had logical redundancy; an interface that is not ending has one at least.
fn sessions(lint: &mut Lint<'_>, interface: &VirtualInterface) {
    let now = lint.now;
    let present: Vec<Family> =
        interface.peers.iter().filter(|peer| peer.is_present(now)).map(|peer| peer.family).collect();
    let few = |family| present.iter().filter(|own| **own == family).count() <= 2;
    let few = few(Family::Ipv4) && few(Family::Ipv6);
    lint.require(few, "a family has one session, or two", || interface.id.to_string());
    let has_one = !present.is_empty() || !interface.is_live(now);
    lint.require(has_one, "an interface keeps a peer", || interface.id.to_string());
    let ids: BTreeSet<_> = interface.peers.iter().map(|peer| peer.id).collect();
    lint.require(ids.len() == interface.peers.len(), "peers have ids of their own", || interface.id.to_string());
    let fits = |peer: &BgpPeer| {
        let families = [peer.amazon_address.family(), peer.customer_address.family()];
        families == [peer.family; 2] && peer.amazon_address.address() != peer.customer_address.address()
    };
    lint.require(interface.peers.iter().all(fits), "peers have two addresses of their family", || {
        interface.id.to_string()
    });
}

/// Prefixes of its family, each once; and its session is held down exactly while they are too many.
fn announces_what_it_may(lint: &mut Lint<'_>, interface: &VirtualInterface, peer: &BgpPeer) {
    let prefixes: BTreeSet<_> = peer.announced.iter().map(|route| route.prefix).collect();
    let once = prefixes.len() == peer.announced.len();
    lint.require(once, "a prefix is announced once on a session", || peer.id.to_string());
    let own = prefixes.iter().all(|prefix| prefix.family() == peer.family);
    lint.require(own, "a session carries its family", || peer.id.to_string());
    let carried = match interface.kind {
        Kind::Public => {
            let filtered = |prefix: &&_| interface.route_filters.iter().any(|filter| filter.contains(**prefix));
            prefixes.iter().filter(filtered).count()
        }
        Kind::Private | Kind::Transit => prefixes.len(),
    };
    let limit = prefixes_max(interface, peer.family);
    let fits = peer.fits.at(lint.now) == (carried <= limit) && peer.fits.next(lint.now).is_none();
    lint.require(fits, "sessions carry no more prefixes than are allocated", || {
        format!("{}: {carried} of {limit}", peer.id)
    });
}

/// An interface is under test exactly while a test of it runs, and the tested sessions are down until both end.
fn is_tested_as_it_says(lint: &mut Lint<'_>, interface: &VirtualInterface) {
    let (now, id) = (lint.now, interface.id);
    let tests = lint.state.failover_tests.values().filter(|test| test.virtual_interface == id);
    let running: Vec<_> = tests.filter(|test| test.is_running(now)).collect();
    let says = usize::from(interface.change.at(now) == Change::Test);
    lint.require(running.len() == says, "tests agree with their interfaces", || {
        format!("{id}: {says} of {} under way", running.len())
    });
    let ends = |steps: &Steps<bool>| steps.next(now).map(|(at, _)| at);
    for peer in interface.peers.iter().filter(|peer| peer.is_present(now)) {
        let test = running.iter().find(|test| test.peers.contains(&peer.id));
        let held = peer.untested.at(now) == test.is_none();
        lint.require(held, "tests hold down the sessions of their peers", || peer.id.to_string());
        let end = test.and_then(|test| test.status.next(now)).map(|(at, _)| at);
        lint.require(ends(&peer.untested) == end, "tests and what they hold down end together", || peer.id.to_string());
    }
    for test in running {
        let end = (test.status.next(now).map(|(at, _)| at), interface.change.next(now).map(|(at, _)| at));
        lint.require(end.0 == end.1, "tests and what they hold down end together", || format!("{id}: {end:?}"));
        let has_peer = interface.peers.iter().any(|peer| peer.is_present(now) && test.peers.contains(&peer.id));
        lint.require(has_peer && interface.is_live(now), "tests end with what they test", || test.id.to_string());
        let same = (test.owner, test.region) == (interface.owner, interface.region);
        lint.require(same, "tests are their interface's owner's", || test.id.to_string());
    }
}

/// From its start, for one minute to three days, unless it was cancelled before.
fn lasts_as_long_as_asked(lint: &mut Lint<'_>, test: &FailoverTest) {
    let minutes = test.duration_in_minutes;
    let full = test.started + Duration::from_seconds(60 * i64::from(minutes));
    let ends_well = match test.status.last() {
        (at, Status::Completed) => at == full,
        (at, Status::Cancelled) => (test.started..=full).contains(&at),
        (_, Status::InProgress) => false,
    };
    let fits = (1..=4320).contains(&minutes) && !test.peers.is_empty() && test.status.first().0 == test.started;
    lint.require(ends_well && fits, "tests last as long as was asked", || test.id.to_string());
}
