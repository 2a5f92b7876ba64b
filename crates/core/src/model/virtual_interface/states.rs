//! The phases of a virtual interface, the changes that interrupt it, and the states that a caller sees.

use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about one virtual interface alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Phase {
    /// Allocated to another account, which has not answered yet.
    #[n(0)]
    Confirming,
    /// A public one whose addresses and prefixes are being checked.
    #[n(1)]
    Verifying,
    /// Being set up.
    #[n(2)]
    Pending,
    /// Ready; what is seen follows from the rest.
    #[n(3)]
    Provisioned,
    /// Being deleted.
    #[n(4)]
    Deleting,
    /// Gone.
    #[n(5)]
    Deleted,
    /// Declined by the account that it was allocated to.
    #[n(6)]
    Rejected,
}

impl Phase {
    /// Which phase may follow which (reference §3.4).
    pub fn may_follow(self, before: Phase) -> bool {
        use Phase::{Confirming, Deleted, Deleting, Pending, Provisioned, Rejected, Verifying};
        matches!(
            (before, self),
            (Confirming, Verifying | Pending | Rejected)
                | (Verifying, Pending)
                | (Pending, Provisioned)
                | (Confirming | Verifying | Pending | Provisioned, Deleting)
                | (Deleting, Deleted)
        )
    }

    /// Whether calls may still use it, and its VLAN is taken.
    pub fn is_live(self) -> bool {
        self < Phase::Deleting
    }

    /// Whether it has ended: its VLAN is free again.
    pub fn has_ended(self) -> bool {
        matches!(self, Phase::Deleted | Phase::Rejected)
    }
}

/// The state that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, VariantArray)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: VirtualInterfaceState of the model")]
pub enum Seen {
    #[n(0)]
    Confirming,
    #[n(1)]
    Verifying,
    #[n(2)]
    Pending,
    #[n(3)]
    Available,
    #[n(4)]
    Down,
    #[n(5)]
    Testing,
    #[n(6)]
    Deleting,
    #[n(7)]
    Deleted,
    #[n(8)]
    Rejected,
}

impl Seen {
    /// Which state may be seen right after which (reference §3.4).
    pub fn may_follow(self, before: Seen) -> bool {
        use Seen::{Available, Confirming, Deleted, Deleting, Down, Pending, Rejected, Testing, Verifying};
        matches!(
            (before, self),
            (Confirming, Verifying | Pending | Rejected | Deleting)
                | (Verifying, Pending | Deleting)
                | (Pending, Available | Down | Deleting)
                | (Available, Down | Testing | Pending | Deleting)
                | (Down, Available | Testing | Pending | Deleting)
                | (Testing, Available | Down | Deleting)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::VirtualInterfaceState {
        match self {
            Seen::Confirming => shapes::VirtualInterfaceState::Confirming,
            Seen::Verifying => shapes::VirtualInterfaceState::Verifying,
            Seen::Pending => shapes::VirtualInterfaceState::Pending,
            Seen::Available => shapes::VirtualInterfaceState::Available,
            Seen::Down => shapes::VirtualInterfaceState::Down,
            Seen::Testing => shapes::VirtualInterfaceState::Testing,
            Seen::Deleting => shapes::VirtualInterfaceState::Deleting,
            Seen::Deleted => shapes::VirtualInterfaceState::Deleted,
            Seen::Rejected => shapes::VirtualInterfaceState::Rejected,
        }
    }
}

/// A change under way that interrupts a virtual interface. One at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Change {
    /// Nothing is under way.
    #[n(0)]
    None,
    /// Its MTU is being changed.
    #[n(1)]
    Update,
    /// It is on its way to another parent.
    #[n(2)]
    Move,
    /// A failover test holds some of its sessions down.
    #[n(3)]
    Test,
}

/// Deleted, deleting and rejected before confirming before verifying before pending (its phase, or an update or move
/// under way) before testing before down and available.
pub(super) fn state_with(phase: Phase, change: Change, is_up: bool) -> Seen {
    match (phase, change) {
        (Phase::Confirming, _) => Seen::Confirming,
        (Phase::Verifying, _) => Seen::Verifying,
        (Phase::Pending, _) | (Phase::Provisioned, Change::Update | Change::Move) => Seen::Pending,
        (Phase::Provisioned, Change::Test) => Seen::Testing,
        (Phase::Provisioned, Change::None) if is_up => Seen::Available,
        (Phase::Provisioned, Change::None) => Seen::Down,
        (Phase::Deleting, _) => Seen::Deleting,
        (Phase::Deleted, _) => Seen::Deleted,
        (Phase::Rejected, _) => Seen::Rejected,
    }
}
