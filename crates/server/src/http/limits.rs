//! How much a client may ask of the server, in one place.

use std::time::Duration;

/// The longest body of a request, in bytes.
pub(crate) const BODY_MAX: usize = 1 << 20;
/// How much of a longer one is read and thrown away before the connection is given up, in bytes.
pub(crate) const BODY_DRAINED_MAX: usize = 16 << 20;
/// The bodies of all requests at one time, in bytes.
pub(crate) const BODIES_MAX: usize = 256 << 20;
/// How long a body may take.
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// The longest head of a request, in bytes.
pub(crate) const HEAD_MAX: usize = 32 << 10;
/// How many header lines a request may have.
pub(crate) const HEADERS_MAX: usize = 100;
/// How long a head may take, and how long a connection may wait for the next one.
pub(crate) const HEAD_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a connection may go without a byte in either direction; it ends before twice that.
pub(crate) const IDLE_TIMEOUT: Duration = Duration::from_secs(75);
/// How many connections there may be; others wait to be accepted.
pub(crate) const CONNECTIONS_MAX: usize = 1024;
/// How many calls one HTTP/2 connection may have under way.
pub(crate) const STREAMS_MAX: u32 = 64;
/// How long the calls under way may take once the server was told to stop.
pub(crate) const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
