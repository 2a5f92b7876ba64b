//! The records of the service: what each one holds, which phases and causes it has, and what a caller sees of it.

pub mod account;
pub mod bandwidth;
pub mod billing;
pub mod connection;
pub mod device;
pub mod encryption;
pub mod lag;
