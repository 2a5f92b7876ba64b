//! An AWS device that was touched; one that never was has no record and is lit.

use crate::ids::DeviceId;
use crossconnect_api::shapes::HasLogicalRedundancy;
use minicbor::{Decode, Encode};

/// Whether light arrives at a port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Light {
    /// The fibre is whole and both ends send.
    #[default]
    #[n(0)]
    Lit,
    /// The fibre is cut, or an end is off.
    #[n(1)]
    Dark,
}

/// A device that the operator has touched.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Device {
    /// Which one.
    #[n(0)]
    pub id: DeviceId,
    /// Light on all its ports; connections placed on it later start with it.
    #[n(1)]
    pub light: Light,
    /// Whether it has logical redundancy, where that is known (decision 9 of the reference).
    #[n(2)]
    pub has_logical_redundancy: Option<bool>,
}

impl Device {
    /// One that nobody has touched.
    pub fn untouched(id: DeviceId) -> Self {
        Device { id, light: Light::Lit, has_logical_redundancy: None }
    }

    /// What connections on it show.
    pub fn redundancy_to_wire(&self) -> HasLogicalRedundancy {
        match self.has_logical_redundancy {
            None => HasLogicalRedundancy::Unknown,
            Some(true) => HasLogicalRedundancy::Yes,
            Some(false) => HasLogicalRedundancy::No,
        }
    }
}
