//! The records of the service: what each one holds, which phases and causes it has, and what a caller sees of it.

pub mod access_key;
pub mod account;
pub mod auth_key;
pub mod bandwidth;
pub mod bgp_peer;
pub mod billing;
pub mod client_token;
pub mod connection;
pub mod device;
pub mod encryption;
pub mod failover_test;
pub mod gateway;
pub mod hosted_connection;
pub mod interconnect;
pub mod lag;
pub mod mac_sec;
pub mod principal;
pub mod resiliency_group;
pub mod virtual_interface;
