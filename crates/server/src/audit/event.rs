//! What a record of the trail holds: a call, and what it came to, one after the other.
//!
//! The first half is written when the call is known and the second when its outcome is, so that the writer's thread has
//! little to do. Both are compact; the form of CloudTrail is made of them when somebody reads.

use minicbor::{Decode, Decoder, Encode, Encoder};

/// Where a call belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Source {
    /// The API.
    #[n(0)]
    DirectConnect,
    /// STS.
    #[n(1)]
    Sts,
    /// The operator's control API.
    #[n(2)]
    Control,
    /// Nobody called: the server says something of the trail itself.
    #[n(3)]
    Trail,
}

/// What kind of principal calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Kind {
    /// The root user of an account.
    #[n(0)]
    Root,
    /// A user.
    #[n(1)]
    User,
    /// A session of a role.
    #[n(2)]
    Role,
    /// Somebody who has not proven who it is.
    #[n(3)]
    Unknown,
    /// Who has the operator's token, or may do without.
    #[n(4)]
    Operator,
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Identity<'a> {
    #[n(0)]
    pub(crate) kind: Kind,
    #[b(1)]
    pub(crate) account: Option<&'a str>,
    /// Of the user, or of the role.
    #[b(2)]
    pub(crate) name: Option<&'a str>,
    #[b(3)]
    pub(crate) session: Option<&'a str>,
    #[b(4)]
    pub(crate) access_key_id: Option<&'a str>,
    /// When a temporary key was made, in seconds since 1970.
    #[n(5)]
    pub(crate) issued_at: Option<i64>,
    /// The unique id of the user or role.
    #[b(6)]
    pub(crate) id: Option<&'a str>,
}

/// A call. Numbers of fields are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Call<'a> {
    #[n(0)]
    pub(crate) source: Source,
    #[b(1)]
    pub(crate) name: &'a str,
    #[b(2)]
    pub(crate) region: Option<&'a str>,
    /// The octets of the address that it came from.
    #[cbor(b(3), with = "minicbor::bytes")]
    pub(crate) address: &'a [u8],
    #[b(4)]
    pub(crate) user_agent: Option<&'a str>,
    #[b(5)]
    pub(crate) request_id: &'a str,
    #[b(6)]
    pub(crate) identity: Option<Identity<'a>>,
    /// JSON, without what must not be shown.
    #[b(7)]
    pub(crate) parameters: Option<&'a str>,
    #[n(8)]
    pub(crate) is_read_only: bool,
    #[n(9)]
    pub(crate) is_dry_run: bool,
    /// To which name it was addressed, where the connection was TLS.
    #[b(10)]
    pub(crate) tls_host: Option<&'a str>,
    /// What the connection had agreed on then.
    #[b(11)]
    pub(crate) tls_version: Option<&'a str>,
    #[b(12)]
    pub(crate) cipher_suite: Option<&'a str>,
}

/// What a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Outcome<'a> {
    /// Milliseconds since 1970.
    #[n(0)]
    pub(crate) at: i64,
    /// JSON, without what must not be shown.
    #[b(1)]
    pub(crate) response: Option<&'a str>,
    #[b(2)]
    pub(crate) error: Option<&'a str>,
    #[b(3)]
    pub(crate) message: Option<&'a str>,
    /// The record that turned out to be wrong, and that this one takes the place of.
    #[n(4)]
    pub(crate) corrects: Option<u64>,
}

impl Outcome<'_> {
    /// That of a call which was accepted, and shows nothing.
    pub(crate) fn ok(at: i64) -> Self {
        Outcome { at, response: None, error: None, message: None, corrects: None }
    }
}

impl Call<'_> {
    /// Adds it to a record.
    pub(crate) fn put(&self, record: &mut Vec<u8>) {
        let written = Encoder::new(record).encode(self).map(drop);
        written.expect("writing into memory cannot fail");
    }
}

impl Outcome<'_> {
    /// Adds it to a record.
    pub(crate) fn put(&self, record: &mut Vec<u8>) {
        let written = Encoder::new(record).encode(self).map(drop);
        written.expect("writing into memory cannot fail");
    }
}

/// What a record says; nothing if it is not one of ours.
pub(crate) fn read(record: &[u8]) -> Option<(Call<'_>, Outcome<'_>)> {
    let mut decoder = Decoder::new(record);
    let call = decoder.decode().ok()?;
    Some((call, decoder.decode().ok()?))
}

/// Where the second half of a record begins.
pub(crate) fn first_half(record: &[u8]) -> Option<&[u8]> {
    let mut decoder = Decoder::new(record);
    decoder.decode::<Call<'_>>().ok()?;
    record.get(..decoder.position())
}
