//! A virtual interface: its record, its phases and causes, and the state that follows from these, its peers and its parent.

mod now;
mod states;

use super::bgp_peer::BgpPeer;
use crate::arn::Arn;
use crate::ids::{
    AccountId, ConnectionId, Ec2GatewayId, LagId, LocationCode, Position, Region, Uuid, VirtualInterfaceId,
};
use crate::prefix::Prefix;
use crate::steps::Steps;
use crate::tags::Tags;
use crate::time::{Duration, Timestamp};
use minicbor::{Decode, Encode};
use smallvec::{SmallVec, smallvec};
use states::state_with;

pub use states::{Change, Phase, Seen};

/// What a virtual interface reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// A virtual private gateway, or those of a Direct Connect gateway.
    #[n(0)]
    Private,
    /// Public services of AWS.
    #[n(1)]
    Public,
    /// Transit gateways, through a Direct Connect gateway.
    #[n(2)]
    Transit,
}

/// The ASN of Amazon's end where no gateway has one of its own [observed].
pub const AMAZON_ASN: u32 = 7224;

impl Kind {
    /// Whether prefixes of pools are allocated to interfaces of this kind.
    pub fn has_prefix_pool(self) -> bool {
        self != Kind::Public
    }

    /// As the wire spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Private => "private",
            Kind::Public => "public",
            Kind::Transit => "transit",
        }
    }
}

/// What a virtual interface sits on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Parent {
    /// A connection that stands alone.
    #[n(0)]
    Connection(#[n(0)] ConnectionId),
    /// A LAG.
    #[n(1)]
    Lag(#[n(0)] LagId),
    /// A hosted connection.
    #[n(2)]
    Hosted(#[n(0)] ConnectionId),
}

impl Parent {
    /// Comes before every parent: where a scan of an index begins.
    pub const LEAST: Self = Parent::Connection(ConnectionId::LEAST);
}

impl std::fmt::Display for Parent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Parent::Connection(id) => id.fmt(f),
            Parent::Lag(id) => id.fmt(f),
            Parent::Hosted(id) => id.fmt(f),
        }
    }
}

/// What a virtual interface leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum Gateway {
    /// Nothing: a public one, or one that is not confirmed yet.
    #[n(0)]
    None,
    /// A virtual private gateway of EC2.
    #[n(1)]
    VirtualPrivate(#[n(0)] Ec2GatewayId),
    /// A Direct Connect gateway.
    #[n(2)]
    DirectConnect(#[n(0)] Uuid),
}

/// A virtual interface.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[expect(missing_docs, reason = "members of the wire's VirtualInterface under their own names, unless said otherwise")]
pub struct VirtualInterface {
    #[n(0)]
    pub id: VirtualInterfaceId,
    #[n(1)]
    pub owner: AccountId,
    #[n(2)]
    pub region: Region,
    #[n(3)]
    pub location: LocationCode,
    #[n(4)]
    pub parent: Parent,
    /// Who owns the connection or LAG that it sits on.
    #[n(5)]
    pub parent_owner: AccountId,
    #[n(6)]
    pub kind: Kind,
    #[n(7)]
    pub name: Box<str>,
    #[n(8)]
    pub vlan: u16,
    #[n(9)]
    pub mtu: u16,
    #[n(10)]
    pub site_link: bool,
    #[n(11)]
    pub gateway: Gateway,
    #[n(12)]
    pub amazon_side_asn: u32,
    /// Prefixes that a public one announces.
    #[n(13)]
    pub route_filters: Vec<Prefix>,
    /// In megabits per second.
    #[n(14)]
    pub rate_limit: Option<u32>,
    /// Prefixes that the customer may announce, IPv4; 0 for a public one, which takes none of a pool.
    #[n(15)]
    pub prefixes_ipv4: u16,
    /// The same of IPv6.
    #[n(16)]
    pub prefixes_ipv6: u16,
    #[n(17)]
    pub tags: Tags,
    #[n(18)]
    pub created: Timestamp,
    #[n(19)]
    pub phase: Steps<Phase>,
    #[n(20)]
    pub change: Steps<Change>,
    /// The first one is that of the call that created the interface.
    #[n(21)]
    pub peers: Vec<BgpPeer>,
    /// How long a session takes to come up, as it was when the plan was written.
    #[n(22)]
    pub session_delay: Duration,
    /// What was seen before the causes or the parent were last changed by a call.
    #[n(23)]
    pub shown: Steps<Seen>,
    /// Since when what is seen follows from the present parent, peers and causes.
    #[n(24)]
    pub derived_since: Timestamp,
    /// When the operator last ended what was under way: sessions that were coming up then came up at once.
    #[n(25)]
    pub hastened: Option<Timestamp>,
}

/// What may change the state that is seen.
enum Event {
    Derive,
    Phase(Phase),
    Change(Change),
    /// The session of a peer, by its place, is up or not.
    Session(usize, bool),
}

impl VirtualInterface {
    /// Everything that was seen and, as planned, will be, on a parent that carries traffic when `parent_up` says so.
    pub fn seen(&self, parent_up: &Steps<bool>) -> Steps<Seen> {
        self.seen_with(&self.sessions(parent_up))
    }

    /// When the session of each peer is up, in the order of the peers.
    pub fn sessions(&self, parent_up: &Steps<bool>) -> SmallVec<[Steps<bool>; 2]> {
        self.peers.iter().map(|peer| self.session(peer, parent_up)).collect()
    }

    /// What is seen, for whoever has the [sessions](Self::sessions) already.
    pub fn seen_with(&self, sessions: &[Steps<bool>]) -> Steps<Seen> {
        let since = self.derived_since;
        let mut events: SmallVec<[_; 8]> = smallvec![(since, Event::Derive)];
        events.extend(self.phase.iter().skip(1).map(|(at, phase)| (at, Event::Phase(phase))));
        events.extend(self.change.iter().skip(1).map(|(at, change)| (at, Event::Change(change))));
        let mut up: SmallVec<[bool; 2]> = sessions.iter().map(|session| session.at(since)).collect();
        for (place, session) in sessions.iter().enumerate() {
            let later = session.iter().filter(|(at, _)| *at > since);
            events.extend(later.map(|(at, up)| (at, Event::Session(place, up))));
        }
        // What a call planned for the moment at which derivation begins comes first: it is what the call shows.
        events.sort_by_key(|(at, event)| (*at, matches!(event, Event::Derive)));
        let (mut phase, mut change) = (self.phase.first().1, self.change.first().1);
        let mut seen = self.shown.clone();
        for (at, event) in events {
            match event {
                Event::Derive => {}
                Event::Phase(next) => phase = next,
                Event::Change(next) => change = next,
                Event::Session(place, is_up) => up[place] = is_up,
            }
            seen.push(at, state_with(phase, change, up.iter().any(|up| *up)));
        }
        seen
    }

    /// When the session of `peer` is up: ready for the session's delay.
    pub fn session(&self, peer: &BgpPeer, parent_up: &Steps<bool>) -> Steps<bool> {
        let provisioned = self.phase.map(|phase| phase == Phase::Provisioned);
        // A test holds down the sessions of its peers alone.
        let undisturbed = self.change.map(|change| matches!(change, Change::None | Change::Test));
        let causes = [&provisioned, &undisturbed, &peer.is_live(), &peer.far_end, &peer.fits, &peer.untested];
        Steps::all(&causes, parent_up).delayed(self.session_delay, self.hastened)
    }

    /// Keeps what was seen until `now` and lets everything else start anew from its value at `now`.
    // INVARIANT: called before a call adds to any cause, changes the peers or the parent.
    pub fn settle(&mut self, parent_up: &Steps<bool>, now: Timestamp) {
        self.shown = self.seen(parent_up).history(now);
        self.phase.forget_until(now);
        self.change.forget_until(now);
        for peer in &mut self.peers {
            peer.forget_until(now);
        }
        self.derived_since = now;
    }

    /// Ends now whatever is under way: phases, changes, sessions that are coming up.
    pub fn hasten(&mut self, parent_up: &Steps<bool>, now: Timestamp) {
        self.settle(parent_up, now);
        self.phase.hasten(now);
        if self.change.at(now) != Change::Test {
            self.change.hasten(now);
        }
        for peer in &mut self.peers {
            peer.phase.hasten(now);
        }
        self.hastened = Some(now);
    }

    /// Whether calls may still use it at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.phase.at(now).is_live()
    }

    /// Whether it still takes its VLAN, its addresses and its share of quotas and pools at `now`.
    pub fn is_present(&self, now: Timestamp) -> bool {
        !self.phase.at(now).has_ended()
    }

    /// Whether lists still show it: the deleted and rejected stay listed for `retention`.
    pub fn is_listed(&self, now: Timestamp, retention: Duration) -> bool {
        self.is_present(now) || now < self.phase.since(now) + retention
    }

    /// Where it stands in lists.
    pub fn position(&self) -> Position<VirtualInterfaceId> {
        (self.created, self.id)
    }

    /// Its ARN, without partition.
    pub fn arn(&self) -> Arn {
        Arn::VirtualInterface { region: self.region, account: self.owner, id: self.id }
    }
}
