//! What tests of the whole service need: scenarios, random workloads, hostile inputs, crash loops, measurements.

#![forbid(unsafe_code)]

#[cfg(feature = "service")]
pub mod bench;
#[cfg(feature = "service")]
pub mod cluster;
#[cfg(feature = "service")]
pub mod crash;
#[cfg(feature = "service")]
pub mod etcd;
#[cfg(feature = "service")]
pub mod fuzz;
mod machine;
#[cfg(feature = "service")]
pub mod process;
mod random;
pub mod scenario;
#[cfg(feature = "service")]
pub mod signer;
pub mod simulation;
mod workload;

pub use machine::{Decision, Machine};
pub use random::Random;
pub use workload::Workload;
