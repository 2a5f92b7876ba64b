//! Who calls, and what they may do.
//!
//! In open mode a claim is believed. Under `sigv4` it is proven: what the head alone can disprove is refused before the
//! body is read. Signatures go by the wall clock, whatever the service's own clock shows.

use crate::asking::Asker;
use crate::authority::Authority;
use crate::clock;
use crate::directory::Directory;
use crate::http::Peer;
use crate::sessions::{Opened, Sessions};
use crossconnect_auth::principal::Principal;
use crossconnect_auth::signature::{
    self, AccessKey, Checked, Endpoint, Payload, Presigned, Regions, Secret, SignatureError, SigningKeys, Status,
    Verified, check,
};
use crossconnect_auth::{Accounts, Claim};
use crossconnect_core::ids::AccountId;
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use hyper::http::request::Parts;
use hyper::http::uri;
use std::borrow::Borrow;
use std::iter::Copied;
use std::slice::Iter;
use std::sync::Arc;

/// The endpoint of the API, in any Region.
pub(crate) const API: Endpoint<'_> = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };
/// That of STS.
pub(crate) const STS: Endpoint<'_> = Endpoint { services: &["sts"], regions: Regions::WellFormed };

/// The header that brings a temporary key's token.
const SECURITY_TOKEN: &str = "x-amz-security-token";

/// A field of a head: its name, its value.
type Field<'r> = (&'r str, &'r [u8]);
/// The head of a request as signatures see it.
pub(crate) type SignedHead<'r> = signature::Request<'r, Copied<Iter<'r, Field<'r>>>>;

/// Who is who, and whether that must be proven.
pub(crate) struct Callers {
    directory: Arc<Directory>,
    sessions: Sessions,
    /// Present where signatures are verified.
    signing_keys: Option<SigningKeys>,
}

/// An access key, registered or of a session.
pub(crate) enum Held {
    Registered(Arc<AccessKey>),
    Temporary(Opened),
}

/// What the head of a request says of its caller.
#[expect(clippy::large_enum_variant, reason = "it lives for one request, and a box would cost every one of them")]
pub(crate) enum Claimed<'r> {
    /// It is believed.
    Open(Claim<'r>),
    /// It is to be proven by the body.
    Signed(Checked<'r, 'r, Copied<Iter<'r, Field<'r>>>, Held>),
}

/// Who somebody says that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimant<'a> {
    /// Whoever has the access key of this name: it is believed.
    Believed(&'a str),
    /// This account, which is to be proven.
    Claimed(AccountId),
}

/// What is known of a caller when the whole request is here.
pub(crate) enum Proven<'r> {
    Open(Claim<'r>),
    Signed(Verified<'r, Held>),
}

/// A caller.
#[derive(Debug, Clone)]
pub(crate) struct Caller<'a> {
    /// Whose call it is.
    pub(crate) principal: Arc<Principal>,
    /// The access key that signed.
    pub(crate) access_key_id: &'a str,
    /// The Region that the call is for.
    pub(crate) region: &'a str,
    /// The SHA-256 of the body, where it had to be computed.
    pub(crate) payload_sha256: Option<[u8; 32]>,
    /// When its temporary key was made, in seconds since 1970.
    pub(crate) issued_at: Option<i64>,
    /// Whether policies count.
    pub(crate) is_limited: bool,
}

/// The fields of a head in a row, for [`signed_head`].
pub(crate) fn fields(headers: &HeaderMap) -> Vec<Field<'_>> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
}

/// The head of a request as signatures see it.
pub(crate) fn signed_head<'r>(parts: &'r Parts, fields: &'r [Field<'r>]) -> SignedHead<'r> {
    SignedHead {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        authority: parts.uri.authority().map(uri::Authority::as_str),
        headers: fields.iter().copied(),
    }
}

impl Callers {
    /// Those of open mode.
    pub(crate) fn open(directory: Arc<Directory>, sessions: Sessions) -> Self {
        Callers { directory, sessions, signing_keys: None }
    }

    /// Those who must sign.
    pub(crate) fn signed(directory: Arc<Directory>, sessions: Sessions) -> Self {
        Callers { directory, sessions, signing_keys: Some(SigningKeys::default()) }
    }

    /// Whether callers prove who they are, so that it counts what they may do.
    pub(crate) fn verify(&self) -> bool {
        self.signing_keys.is_some()
    }

    /// The keys and roles that are registered now.
    pub(crate) fn accounts(&self) -> Arc<Accounts> {
        self.directory.accounts()
    }

    /// What makes temporary keys.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// With which key an EC2 endpoint is asked about what `account` owns: the caller's own, else another of the
    /// account's. In open mode, where secrets do not count, the account's number is a key like any other.
    pub(crate) fn asker(&self, caller: &Caller<'_>, account: AccountId) -> Option<Asker> {
        let (account, is_open) = (account.to_string(), self.signing_keys.is_none());
        let usable = |key: &&Arc<AccessKey>| {
            let can_sign = key.secret.is_some() || is_open;
            key.principal.account == account && key.status == Status::Active && key.session_token.is_none() && can_sign
        };
        let accounts = self.accounts();
        let own = accounts.find(caller.access_key_id).filter(usable);
        let known = own.or_else(|| accounts.keys().find(usable));
        let unknown =
            || if caller.principal.account == account { caller.access_key_id.to_owned() } else { account.clone() };
        let any = is_open.then(|| Secret::new("any"));
        let secret = known.and_then(|key| key.secret.clone()).or(any)?;
        Some(Asker { access_key_id: known.map_or_else(unknown, |key| key.id.clone()), secret })
    }

    /// The signature of the query string, where one is to be verified.
    pub(crate) fn presigned(&self, parts: &Parts) -> Result<Option<Presigned>, SignatureError> {
        match parts.uri.query() {
            Some(query) if self.signing_keys.is_some() && !parts.headers.contains_key(AUTHORIZATION) => {
                Presigned::read(query)
            }
            _ => Ok(None),
        }
    }

    /// Reads who the caller claims to be, and refuses what the head alone disproves.
    pub(crate) fn claim<'r>(
        &'r self,
        head: &'r SignedHead<'r>,
        presigned: Option<&'r Presigned>,
        endpoint: &Endpoint<'_>,
    ) -> Result<Claimed<'r>, SignatureError> {
        let mut authorizations = head.headers.clone().filter(|(name, _)| *name == AUTHORIZATION.as_str());
        if self.signing_keys.is_none() {
            let query = Some(head.query).filter(|query| !query.is_empty());
            return Claim::read(authorizations.next().map(|(_, value)| value), query).map(Claimed::Open);
        }
        let now = clock::wall().0.div_euclid(1000);
        let token = || {
            let sent = head.headers.clone().find(|(name, _)| *name == SECURITY_TOKEN).map(|(_, value)| value);
            presigned.and_then(Presigned::session_token).or_else(|| str::from_utf8(sent?.trim_ascii()).ok())
        };
        let accounts = self.accounts();
        let lookup = |id: &str| match accounts.find(id) {
            Some(key) => Some(Held::Registered(key.clone())),
            None => self.sessions.open(id, token()?, &accounts).map(Held::Temporary),
        };
        check(head, presigned, now, endpoint, lookup).map(Claimed::Signed)
    }

    /// Has the body prove it.
    pub(crate) fn prove<'r>(&self, claimed: Claimed<'r>, body: &[u8]) -> Result<Proven<'r>, SignatureError> {
        match (claimed, &self.signing_keys) {
            (Claimed::Open(claim), _) => Ok(Proven::Open(claim)),
            (Claimed::Signed(checked), Some(keys)) => {
                let verified = checked.verify(Payload::Bytes(body), keys)?;
                if let Held::Temporary(opened) = &verified.key {
                    self.sessions.proved(opened);
                }
                Ok(Proven::Signed(verified))
            }
            (Claimed::Signed(_), None) => unreachable!("heads are checked where signatures are verified"),
        }
    }

    /// The caller that a request has shown to be there. In open mode a session is what its token says, if anything.
    pub(crate) fn caller<'a>(&self, proven: &'a Proven<'_>, head: &SignedHead<'_>) -> Caller<'a> {
        match proven {
            Proven::Open(claim) => Caller {
                principal: self.believed(&claim.access_key_id, head),
                access_key_id: &claim.access_key_id,
                region: &claim.region,
                payload_sha256: None,
                issued_at: None,
                is_limited: false,
            },
            Proven::Signed(verified) => {
                let key: &AccessKey = verified.key.borrow();
                self.directory.uses().note(key, verified.region, verified.service);
                Caller {
                    principal: key.principal.clone(),
                    access_key_id: verified.access_key_id,
                    region: verified.region,
                    payload_sha256: Some(verified.payload_sha256),
                    issued_at: key.issued_at,
                    is_limited: !key.principal.is_unlimited(),
                }
            }
        }
    }

    fn believed(&self, access_key_id: &str, head: &SignedHead<'_>) -> Arc<Principal> {
        let token = head.headers.clone().find(|(name, _)| *name == SECURITY_TOKEN);
        let token = token.and_then(|(_, value)| str::from_utf8(value.trim_ascii()).ok());
        let accounts = self.accounts();
        let session = token.and_then(|token| self.sessions.open(access_key_id, token, &accounts));
        session.map_or_else(|| accounts.resolve_open(access_key_id), |opened| opened.key().principal.clone())
    }
}

impl Claimed<'_> {
    /// Who it says that it is.
    pub(crate) fn claimant(&self) -> Claimant<'_> {
        match self {
            Claimed::Open(claim) => Claimant::Believed(&claim.access_key_id),
            Claimed::Signed(checked) => {
                let account = AccountId::new(&checked.key().principal.account);
                Claimant::Claimed(account.expect("accounts have twelve digits"))
            }
        }
    }
}

impl Caller<'_> {
    /// Whose policies count for a call from there; nobody's where all is allowed.
    pub(crate) fn authority(&self, peer: Peer) -> Option<Authority> {
        self.is_limited.then(|| self.as_authority(peer))
    }

    /// Its own policies, also where all is allowed.
    pub(crate) fn as_authority(&self, peer: Peer) -> Authority {
        Authority { principal: self.principal.clone(), peer, issued_at: self.issued_at }
    }
}

impl Borrow<AccessKey> for Held {
    fn borrow(&self) -> &AccessKey {
        match self {
            Held::Registered(key) => key,
            Held::Temporary(opened) => opened.key(),
        }
    }
}
