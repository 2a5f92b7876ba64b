//! What is known of a call before its outcome is, on its way into a record.

use super::event::{Call, Identity, Kind, Outcome, Source};
use super::shown::shown_message;
use crate::caller::Caller;
use crate::http::Peer;
use crossconnect_auth::principal::{Name, Principal};
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, HOST, USER_AGENT};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How much of a caller's text a record repeats, in bytes.
const TEXT_MAX: usize = 512;
/// How much of what a call says or is answered a record repeats, in bytes. CloudTrail leaves out longer ones.
const DOCUMENT_MAX: usize = 100 << 10;

/// Who calls, kept beyond the request's head.
#[derive(Debug, Clone)]
struct Who {
    principal: Arc<Principal>,
    access_key_id: String,
    issued_at: Option<i64>,
}

/// What a request's handler learns of a call for its record.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    who: Option<Who>,
    region: Option<String>,
    parameters: Option<String>,
    response: Option<String>,
    /// What its request says and no record shows.
    protected: Vec<String>,
    is_read_only: bool,
    is_dry_run: bool,
    is_operator: bool,
    /// Whether the record must be durable before the answer, though the store's writer has no part in the call.
    hands_out_rights: bool,
    filed: Option<Arc<Filed>>,
}

/// A call whose record the store's writer makes.
#[derive(Debug)]
pub(crate) struct Filed {
    /// The first half of the record.
    pub(crate) call: Vec<u8>,
    is_recorded: AtomicBool,
}

/// What is the same for every call: how it came.
#[derive(Clone, Copy)]
pub(crate) struct Came<'a> {
    pub(crate) source: Source,
    pub(crate) name: &'a str,
    pub(crate) request_id: &'a str,
    pub(crate) peer: Peer,
    /// HTTP/2's `:authority`, which stands for `host`.
    pub(crate) authority: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
}

impl Filed {
    /// Notes that the record is there.
    pub(crate) fn recorded(&self) {
        self.is_recorded.store(true, Ordering::Release);
    }
}

impl Notes {
    /// Who calls was proven, or is believed.
    pub(crate) fn caller(&mut self, caller: &Caller<'_>) {
        self.who = Some(Who {
            principal: caller.principal.clone(),
            access_key_id: caller.access_key_id.to_owned(),
            issued_at: caller.issued_at,
        });
        self.region = Some(caller.region.to_owned());
    }

    /// It is the operator who calls.
    pub(crate) fn operator(&mut self) {
        self.is_operator = true;
    }

    /// What the call says, as JSON without what must not be shown.
    pub(crate) fn parameters(&mut self, parameters: Option<String>) {
        self.parameters = parameters.filter(|text| text.len() <= DOCUMENT_MAX);
    }

    /// What of that no error may repeat in the record.
    pub(crate) fn protects(&mut self, protected: Vec<String>) {
        self.protected = protected;
    }

    /// What it was answered, likewise.
    pub(crate) fn response(&mut self, response: Option<String>) {
        self.response = response;
    }

    /// It changes nothing.
    pub(crate) fn read_only(&mut self, is_read_only: bool) {
        self.is_read_only = is_read_only;
    }

    /// It is a rehearsal.
    pub(crate) fn dry_run(&mut self, is_dry_run: bool) {
        self.is_dry_run = is_dry_run;
    }

    /// Its answer gives somebody a key.
    pub(crate) fn hands_out_rights(&mut self) {
        self.hands_out_rights = true;
    }

    /// Whether the record must be durable before the answer.
    pub(crate) fn is_durable(&self) -> bool {
        self.hands_out_rights || self.filed.is_some() || (self.is_operator && !self.is_read_only)
    }

    /// Whether the store's writer was to make the record.
    pub(crate) fn is_filed(&self) -> bool {
        self.filed.is_some()
    }

    /// Whether the store's writer has made the record.
    pub(crate) fn is_recorded(&self) -> bool {
        self.filed.as_ref().is_some_and(|filed| filed.is_recorded.load(Ordering::Acquire))
    }

    /// Gives the call to the store's writer to record.
    pub(crate) fn file(&mut self, came: Came<'_>) -> Arc<Filed> {
        let mut call = Vec::with_capacity(256 + self.parameters.as_ref().map_or(0, String::len));
        self.put_call(came, &mut call);
        let filed = Arc::new(Filed { call, is_recorded: AtomicBool::new(false) });
        self.filed = Some(filed.clone());
        filed
    }

    /// Adds the whole record of a call that the store's writer has no part in, or did not come to.
    pub(crate) fn put(&self, came: Came<'_>, at: i64, error: Option<(&str, Option<&str>)>, record: &mut Vec<u8>) {
        self.put_call(came, record);
        let response = self.response.as_deref().filter(|_| error.is_none());
        let message = error.and_then(|(_, text)| text).map(|text| shown_message(text, &self.protected));
        outcome(at, response, error.map(|(name, _)| (name, message.as_deref()))).put(record);
    }

    fn put_call(&self, came: Came<'_>, record: &mut Vec<u8>) {
        let (v4, v6);
        let address: &[u8] = match came.peer.address.to_canonical() {
            IpAddr::V4(address) => {
                v4 = address.octets();
                &v4
            }
            IpAddr::V6(address) => {
                v6 = address.octets();
                &v6
            }
        };
        let header = |name| text(came.headers, name);
        let call = Call {
            source: came.source,
            name: came.name,
            region: self.region.as_deref(),
            address,
            user_agent: header(USER_AGENT),
            request_id: came.request_id,
            identity: Some(self.identity(came.headers)),
            parameters: self.parameters.as_deref(),
            is_read_only: self.is_read_only,
            is_dry_run: self.is_dry_run,
            tls_host: came.peer.tls.map(|_| header(HOST).or(came.authority).unwrap_or_default()),
            tls_version: came.peer.tls.map(|tls| tls.version),
            cipher_suite: came.peer.tls.map(|tls| tls.cipher_suite),
        };
        call.put(record);
    }

    fn identity<'a>(&'a self, headers: &'a HeaderMap) -> Identity<'a> {
        let nobody = Identity {
            kind: if self.is_operator { Kind::Operator } else { Kind::Unknown },
            account: None,
            name: None,
            session: None,
            access_key_id: None,
            issued_at: None,
            id: None,
        };
        let Some(Who { principal, access_key_id, issued_at }) = &self.who else {
            return Identity { access_key_id: claimed(headers).filter(|_| !self.is_operator), ..nobody };
        };
        let (account, access_key_id) = (Some(&*principal.account), Some(&**access_key_id));
        let (kind, name, session) = match &principal.name {
            Name::Root => (Kind::Root, None, None),
            Name::User(name) => (Kind::User, Some(&**name), None),
            Name::Session { role, session } => (Kind::Role, Some(&**role), Some(&**session)),
        };
        Identity { kind, account, name, session, access_key_id, issued_at: *issued_at, id: Some(&principal.id) }
    }
}

/// What a call came to.
pub(crate) fn outcome<'a>(
    at: i64,
    response: Option<&'a str>,
    error: Option<(&'a str, Option<&'a str>)>,
) -> Outcome<'a> {
    let (error, message) = error.unzip();
    let response = response.filter(|text| text.len() <= DOCUMENT_MAX);
    Outcome { at, response, error, message: message.flatten().map(|text| start(text, 4 * TEXT_MAX)), corrects: None }
}

/// The access key that a caller claims to have, of a call that was refused before anybody looked.
fn claimed(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (_, rest) = header.split_once("Credential=")?;
    let id = rest.split(['/', ',', ' ']).next()?;
    (!id.is_empty() && id.len() <= 128).then_some(id)
}

fn text(headers: &HeaderMap, name: hyper::header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(|text| start(text, TEXT_MAX))
}

/// The first bytes of a text, up to a boundary between characters.
fn start(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
