//! Verification of signatures: what others have signed is accepted, and what anyone has changed since is refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

mod accepted;
mod cache;
mod case;
mod presigned;
mod random;
mod refused;
mod signer;
mod tampered;
