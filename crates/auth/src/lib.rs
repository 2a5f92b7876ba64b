//! Who calls, and what they may do: what a request's signature claims, which account an access key belongs to, and what
//! IAM policies say.
//!
//! In open mode a claim is believed: any signature is accepted, an absent one is not. Otherwise it is verified. A request
//! of our own to another service is signed. Nothing here does IO, knows another crate of the project, or ever shows a
//! secret.

#![forbid(unsafe_code)]

mod accounts;
mod claim;
pub mod policy;
pub mod principal;
pub mod signature;
pub mod slots;

pub use accounts::{Accounts, DEFAULT_ACCOUNT, DuplicateKey};
pub use claim::{Claim, REGION_MAX};
