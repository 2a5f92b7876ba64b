//! The phases of a connection, the changes that interrupt it, and the states that a caller sees: which may follow which.

use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use strum::VariantArray;

/// What calls and plans decide about one connection alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, VariantArray)]
#[cbor(index_only)]
pub enum Phase {
    /// Ordered; AWS has not made its LOA yet.
    #[n(0)]
    Requested,
    /// The port is assigned; nobody has cabled it yet.
    #[n(1)]
    Pending,
    /// The port is in service.
    #[n(2)]
    Provisioned,
    /// Being deleted.
    #[n(3)]
    Deleting,
    /// Gone; its port is free.
    #[n(4)]
    Deleted,
}

impl Phase {
    /// Which phase may follow which (reference §3.1). A request that is deleted is gone at once [observed], and so is a port
    /// whose link was never up [guide].
    pub fn may_follow(self, before: Phase) -> bool {
        use Phase::{Deleted, Deleting, Pending, Provisioned, Requested};
        matches!(
            (before, self),
            (Requested, Pending | Deleted)
                | (Pending, Provisioned | Deleting)
                | (Provisioned, Deleting | Deleted)
                | (Deleting, Deleted)
        )
    }

    /// Whether calls may still use the connection.
    pub fn is_live(self) -> bool {
        self < Phase::Deleting
    }
}

/// A change under way that interrupts a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Change {
    /// Nothing is under way.
    #[n(0)]
    None,
    /// It is joining a LAG.
    #[n(1)]
    Joining,
    /// It is leaving a LAG.
    #[n(2)]
    Leaving,
}

/// The state that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, VariantArray)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: ConnectionState of the model")]
pub enum Seen {
    #[n(0)]
    Requested,
    #[n(1)]
    Pending,
    #[n(2)]
    Available,
    #[n(3)]
    Down,
    #[n(4)]
    Deleting,
    #[n(5)]
    Deleted,
}

impl Seen {
    /// Which state may be seen right after which (reference §3.1).
    pub fn may_follow(self, before: Seen) -> bool {
        use Seen::{Available, Deleted, Deleting, Down, Pending, Requested};
        matches!(
            (before, self),
            (Requested, Pending | Deleted)
                | (Pending, Available | Down | Deleting)
                | (Available, Down | Deleting)
                | (Down, Available | Deleting | Deleted)
                | (Deleting, Deleted)
        )
    }

    /// As the wire spells it.
    pub fn to_wire(self) -> shapes::ConnectionState {
        match self {
            Seen::Requested => shapes::ConnectionState::Requested,
            Seen::Pending => shapes::ConnectionState::Pending,
            Seen::Available => shapes::ConnectionState::Available,
            Seen::Down => shapes::ConnectionState::Down,
            Seen::Deleting => shapes::ConnectionState::Deleting,
            Seen::Deleted => shapes::ConnectionState::Deleted,
        }
    }
}
