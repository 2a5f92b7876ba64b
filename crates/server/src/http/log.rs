//! One line a request: who, what, how it ended, how long it took. Never a body, never a secret.

use super::answer::Answer;
use super::id::RequestId;
use super::peer::Peer;
use crate::audit::{Came, Filed, Notes, Source};
use crate::metrics::{Asked, Form};
use crossconnect_core::ids::{AccountId, Region};
use hyper::header::HeaderValue;
use hyper::http::request::Parts;
use hyper::http::uri;
use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest name of an operation that is repeated where there is no such operation, in characters.
const NAME_MAX: usize = 64;

/// What is known of a request so far.
pub(crate) struct Entry {
    id: RequestId,
    began: Instant,
    peer: Peer,
    caller: Option<(AccountId, Region)>,
    operation: Cow<'static, str>,
    asked: Asked,
    form: Form,
    /// What its record will say, where calls are put on record.
    notes: Option<Notes>,
}

impl Entry {
    pub(crate) fn new(peer: Peer, is_recorded: bool) -> Self {
        Entry {
            id: RequestId::new(),
            began: Instant::now(),
            peer,
            caller: None,
            operation: "-".into(),
            asked: Asked::Unknown,
            form: Form::Json,
            notes: is_recorded.then(Notes::default),
        }
    }

    /// The request's id.
    pub(crate) fn id(&self) -> &str {
        self.id.as_str()
    }

    /// The same as it is.
    pub(super) fn request_id(&self) -> RequestId {
        self.id
    }

    /// From where the request came.
    pub(crate) fn peer(&self) -> Peer {
        self.peer
    }

    /// Its id as the value of a header.
    pub(crate) fn id_header(&self) -> HeaderValue {
        self.id.header()
    }

    pub(crate) fn caller(&mut self, account: AccountId, region: Region) {
        self.caller = Some((account, region));
    }

    pub(crate) fn operation(&mut self, name: impl Into<Cow<'static, str>>) {
        self.operation = name.into();
    }

    /// What is counted: what was asked, and in which form.
    pub(crate) fn ask(&mut self, asked: Asked, form: Form) {
        self.asked = asked;
        self.form = form;
    }

    pub(crate) fn asked(&self) -> Asked {
        self.asked
    }

    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// What its record will say, where calls are put on record.
    pub(crate) fn notes(&mut self) -> Option<&mut Notes> {
        self.notes.as_mut()
    }

    /// Gives the call to the store's writer to record.
    pub(crate) fn file(&mut self, parts: &Parts) -> Option<Arc<Filed>> {
        let mut notes = self.notes.take()?;
        let filed = notes.file(self.came(parts));
        self.notes = Some(notes);
        Some(filed)
    }

    /// What is put on record of how the request came.
    pub(crate) fn came<'a>(&'a self, parts: &'a Parts) -> Came<'a> {
        let (source, name) = match (self.asked, self.form) {
            (Asked::Operation(operation), _) => (Source::DirectConnect, operation.name()),
            (Asked::Sts(action), _) => (Source::Sts, action.name()),
            (Asked::Control, _) => (Source::Control, &*self.operation),
            (Asked::Unknown, Form::Query) => (Source::Sts, "Unknown"),
            (Asked::Unknown, Form::Json | Form::Cbor | Form::Control) => (Source::DirectConnect, claimed_name(parts)),
        };
        let authority = parts.uri.authority().map(uri::Authority::as_str);
        Came { source, name, request_id: self.id(), peer: self.peer, authority, headers: &parts.headers }
    }

    /// Writes the line, and answers how long the request took.
    pub(crate) fn write(&self, answer: &Answer) -> Duration {
        let took = self.began.elapsed();
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let (account, region) = self.caller.unzip();
        let shown = |value: Option<&dyn Display>| value.map_or_else(|| "-".to_owned(), ToString::to_string);
        tracing::info!(
            target: "request",
            id = self.id.as_str(),
            account = %shown(account.as_ref().map(|account| account as &dyn Display)),
            region = %shown(region.as_ref().map(|region| region as &dyn Display)),
            operation = %self.operation,
            status = answer.status.as_u16(),
            outcome = answer.outcome,
            micros,
        );
        took
    }
}

/// Which operation a request asks for that names none of ours.
fn claimed_name(parts: &Parts) -> &str {
    let target = parts.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    let claimed = target.unwrap_or_else(|| parts.uri.path()).rsplit(['.', '/']).next().unwrap_or_default();
    let is_name =
        !claimed.is_empty() && claimed.len() <= NAME_MAX && claimed.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_name { claimed } else { "Unknown" }
}
