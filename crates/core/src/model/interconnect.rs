//! Interconnects: connections of a partner's, which carry hosted connections of other accounts.
//!
//! An interconnect is a connection in everything that a port has: its place in the plant, light, LAG and MACsec. It
//! differs in what may be put on it, in the lists that show it, and in the shape that they show it in.

use crossconnect_api::shapes;
use minicbor::{Decode, Encode};

/// What a connection carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// Virtual interfaces of its own: a dedicated connection.
    #[default]
    #[n(0)]
    Dedicated,
    /// Hosted connections: an interconnect.
    #[n(1)]
    Interconnect,
}

impl Kind {
    /// Whether it is what all connections were before there were interconnects.
    pub(crate) fn is_dedicated(&self) -> bool {
        *self == Kind::Dedicated
    }
}

/// An interconnect as its own lists show it, from the same as a connection.
pub fn to_wire(connection: shapes::Connection) -> shapes::Interconnect {
    shapes::Interconnect {
        interconnect_id: connection.connection_id,
        interconnect_name: connection.connection_name,
        interconnect_state: connection.connection_state.map(state_to_wire),
        region: connection.region,
        location: connection.location,
        bandwidth: connection.bandwidth,
        loa_issue_time: connection.loa_issue_time,
        lag_id: connection.lag_id,
        aws_device: connection.aws_device,
        jumbo_frame_capable: connection.jumbo_frame_capable,
        aws_device_v2: connection.aws_device_v2,
        aws_logical_device_id: connection.aws_logical_device_id,
        has_logical_redundancy: connection.has_logical_redundancy,
        tags: connection.tags,
        provider_name: connection.provider_name,
        mac_sec_capable: connection.mac_sec_capable,
        port_encryption_status: connection.port_encryption_status,
        encryption_mode: connection.encryption_mode,
        mac_sec_keys: connection.mac_sec_keys,
    }
}

/// Interconnects are never ordered by one account for another, and so never declined [model].
fn state_to_wire(state: shapes::ConnectionState) -> shapes::InterconnectState {
    use shapes::{ConnectionState as Connection, InterconnectState as Interconnect};
    match state {
        Connection::Requested => Interconnect::Requested,
        Connection::Pending => Interconnect::Pending,
        Connection::Available => Interconnect::Available,
        Connection::Down => Interconnect::Down,
        Connection::Deleting => Interconnect::Deleting,
        Connection::Deleted => Interconnect::Deleted,
        Connection::Ordering | Connection::Rejected | Connection::Unknown => Interconnect::Unknown,
    }
}
