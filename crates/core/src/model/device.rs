//! An AWS device whose light was changed; one that was never touched has no record and is lit.

use crate::ids::DeviceId;
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
}
