//! Who calls, and what they may do.
//!
//! In open mode a claim is believed. Under `sigv4` it is proven: what the head alone can disprove is refused before the
//! body is read. Signatures go by the wall clock, whatever the service's own clock shows.

use crate::asking::Asker;
use crate::clock;
use crossconnect_api::Operation;
use crossconnect_auth::signature::{
    self, AccessKey, Checked, Endpoint, Payload, Presigned, Regions, Secret, SignatureError, SigningKeys, Status,
    Verified, check,
};
use crossconnect_auth::{Accounts, Claim, Identity};
use crossconnect_core::Resource;
use crossconnect_core::arn::partition;
use crossconnect_core::ids::AccountId;
use crossconnect_wire::{ErrorKind, WireError};
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use std::iter::Copied;
use std::slice::Iter;

/// The endpoint of the API, in any Region.
pub(crate) const API: Endpoint<'_> = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };
/// That of STS.
pub(crate) const STS: Endpoint<'_> = Endpoint { services: &["sts"], regions: Regions::WellFormed };

/// A field of a head: its name, its value.
type Field<'r> = (&'r str, &'r [u8]);
/// The head of a request as signatures see it.
pub(crate) type SignedHead<'r> = signature::Request<'r, Copied<Iter<'r, Field<'r>>>>;

/// Who is who, and whether that must be proven.
pub(crate) struct Callers {
    accounts: Accounts,
    /// Present where signatures are verified.
    signing_keys: Option<SigningKeys>,
}

/// What the head of a request says of its caller.
#[expect(clippy::large_enum_variant, reason = "it lives for one request, and a box would cost every one of them")]
pub(crate) enum Claimed<'r> {
    /// It is believed.
    Open(Claim<'r>),
    /// It is to be proven by the body.
    Signed(Checked<'r, 'r, Copied<Iter<'r, Field<'r>>>, &'r AccessKey>),
}

/// What is known of a caller when the whole request is here.
pub(crate) enum Proven<'r> {
    Open(Claim<'r>),
    Signed(Verified<'r, &'r AccessKey>),
}

/// A caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller<'a> {
    /// Whose call it is.
    pub(crate) identity: Identity<'a>,
    /// The access key that signed.
    pub(crate) access_key_id: &'a str,
    /// The Region that the call is for.
    pub(crate) region: &'a str,
    /// The SHA-256 of the body, where it had to be computed.
    pub(crate) payload_sha256: Option<[u8; 32]>,
    /// Whether all is allowed within the account.
    is_unlimited: bool,
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
        authority: parts.uri.authority().map(Authority::as_str),
        headers: fields.iter().copied(),
    }
}

impl Callers {
    /// Those of open mode.
    pub(crate) fn open(accounts: Accounts) -> Self {
        Callers { accounts, signing_keys: None }
    }

    /// Those who must sign.
    pub(crate) fn signed(accounts: Accounts) -> Self {
        Callers { accounts, signing_keys: Some(SigningKeys::default()) }
    }

    /// With which key an EC2 endpoint is asked about what `account` owns: the caller's own, else another of the
    /// account's. In open mode, where secrets do not count, the account's number is a key like any other.
    pub(crate) fn asker(&self, caller: &Caller<'_>, account: AccountId) -> Option<Asker> {
        let (account, is_open) = (account.to_string(), self.signing_keys.is_none());
        let usable = |key: &&AccessKey| {
            let can_sign = key.secret.is_some() || is_open;
            key.account == account && key.status == Status::Active && key.session_token.is_none() && can_sign
        };
        let own = self.accounts.find(caller.access_key_id).filter(usable);
        let known = own.or_else(|| self.accounts.keys().find(usable));
        let unknown =
            || if caller.identity.account == account { caller.access_key_id.to_owned() } else { account.clone() };
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
        if self.signing_keys.is_some() {
            let now = clock::wall().0.div_euclid(1000);
            return check(head, presigned, now, endpoint, |id| self.accounts.find(id)).map(Claimed::Signed);
        }
        let mut authorizations = head.headers.clone().filter(|(name, _)| *name == AUTHORIZATION.as_str());
        let query = Some(head.query).filter(|query| !query.is_empty());
        Claim::read(authorizations.next().map(|(_, value)| value), query).map(Claimed::Open)
    }

    /// Has the body prove it.
    pub(crate) fn prove<'r>(&self, claimed: Claimed<'r>, body: &[u8]) -> Result<Proven<'r>, SignatureError> {
        match (claimed, &self.signing_keys) {
            (Claimed::Open(claim), _) => Ok(Proven::Open(claim)),
            (Claimed::Signed(checked), Some(keys)) => checked.verify(Payload::Bytes(body), keys).map(Proven::Signed),
            (Claimed::Signed(_), None) => unreachable!("heads are checked where signatures are verified"),
        }
    }

    /// The caller that a request has shown to be there.
    pub(crate) fn caller<'a>(&'a self, proven: &'a Proven<'_>) -> Caller<'a> {
        match proven {
            Proven::Open(claim) => Caller {
                identity: self.accounts.resolve_open(&claim.access_key_id),
                access_key_id: &claim.access_key_id,
                region: &claim.region,
                payload_sha256: None,
                is_unlimited: true,
            },
            Proven::Signed(verified) => Caller {
                identity: verified.key.identity(),
                access_key_id: verified.access_key_id,
                region: verified.region,
                payload_sha256: Some(verified.payload_sha256),
                is_unlimited: verified.key.is_root,
            },
        }
    }
}

impl Caller<'_> {
    /// Refuses what no policy allows: a user has none.
    pub(crate) fn require(&self, operation: Operation, resources: &[Resource]) -> Result<(), WireError> {
        if self.is_unlimited {
            return Ok(());
        }
        let (region, account) = (self.region, self.identity.account);
        let partition = partition(region);
        let kind = resources.first().and_then(|resource| resource.types.first());
        let resource = kind.map_or_else(
            || "*".to_owned(),
            |kind| format!("arn:{partition}:directconnect:{region}:{account}:{kind}/*"),
        );
        let user = self.identity.user.map_or_else(|| "root".to_owned(), |user| format!("user/{user}"));
        let action = format!("directconnect:{operation}");
        let text = format!(
            "User: arn:{partition}:iam::{account}:{user} is not authorized to perform: {action} on resource: {resource} \
             because no identity-based policy allows the {action} action"
        );
        Err(WireError::new(ErrorKind::AccessDenied, text))
    }
}
