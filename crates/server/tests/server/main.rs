//! The command as its users meet it: started, configured, called over loopback, killed, started again.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

mod attacks;
mod audit;
mod bad_input;
mod cbor;
mod config;
mod control;
mod durability;
mod ec2;
mod events;
mod far_end;
mod figures;
mod guards;
mod http2;
mod iam;
mod log;
mod openapi;
mod registry;
mod rehearsal;
mod retries;
mod signatures;
mod signer;
mod snapshot;
mod stop;
mod sts;
mod support;
mod texts;
mod tls;
mod token;
