//! One line a request: who, what, how it ended, how long it took. Never a body, never a secret.

use super::answer::Answer;
use super::id::RequestId;
use super::peer::Peer;
use crate::metrics::{Asked, Form};
use crossconnect_core::ids::{AccountId, Region};
use hyper::header::HeaderValue;
use std::borrow::Cow;
use std::fmt::Display;
use std::time::{Duration, Instant};

/// What is known of a request so far.
pub(crate) struct Entry {
    id: RequestId,
    began: Instant,
    peer: Peer,
    caller: Option<(AccountId, Region)>,
    operation: Cow<'static, str>,
    asked: Asked,
    form: Form,
}

impl Entry {
    pub(crate) fn new(peer: Peer) -> Self {
        Entry {
            id: RequestId::new(),
            began: Instant::now(),
            peer,
            caller: None,
            operation: "-".into(),
            asked: Asked::Unknown,
            form: Form::Json,
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
