//! What tests of the whole service need: scenarios, random workloads, hostile inputs, crash loops, measurements.

#![forbid(unsafe_code)]

pub mod bench;
pub mod cluster;
pub mod crash;
pub mod etcd;
pub mod fuzz;
mod machine;
pub mod process;
mod random;
pub mod scenario;
pub mod signer;
pub mod simulation;
mod workload;

pub use machine::{Decision, Machine};
pub use random::Random;
pub use workload::Workload;
