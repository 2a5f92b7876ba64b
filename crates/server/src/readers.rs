//! What of this crate reads bytes that a stranger may have sent, for the fuzzer of `crossconnect-sim` alone.
//!
//! INVARIANT: nothing here is used by the server itself, and nothing here shows a secret.

use crate::caller::{Caller, Callers};
use crate::config::Declared;
use crate::decide::hooks;
use crate::directory::Directory;
use crate::http::Peer;
use crate::http::answer::{Answer, Sent};
use crate::service::Service;
use crate::sessions::{self, Holder, Sessions};
use crate::vault::Vault;
use crate::{control, ec2, events, sts};
use crossconnect_auth::Accounts;
use crossconnect_auth::principal::Principal;
use crossconnect_auth::signature::{AccessKey, Secret};
use crossconnect_store::Limits;
use std::borrow::Borrow;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, LazyLock};

const ACCOUNT: &str = "111122223333";

static CALLERS: LazyLock<Callers> = LazyLock::new(|| {
    let (feed, _) = events::feed();
    let hooks = hooks(Vec::new(), Arc::default(), feed);
    let service =
        Service::open(None, Vec::new(), hooks, Limits::default()).expect("without an engine nothing can fail");
    let directory = Directory::open(Arc::new(service), Vault::passing(), false, Declared::default());
    let directory = directory.unwrap_or_else(|error| unreachable!("nobody is declared twice: {}", error.0));
    Callers::open(Arc::new(directory), Sessions::passing().trusting())
});

/// The document that answers a form of STS.
///
/// # Errors
/// That of a refusal.
pub fn form(query: &str, body: &[u8]) -> Result<String, String> {
    let caller = Caller {
        principal: Arc::new(Principal::root(ACCOUNT)),
        access_key_id: ACCOUNT,
        region: "us-east-1",
        payload_sha256: None,
        issued_at: None,
        is_limited: false,
    };
    let peer = Peer { address: IpAddr::V4(Ipv4Addr::LOCALHOST), tls: None };
    let asker = sts::Asker { callers: &CALLERS, caller: &caller, peer, request_id: "r" };
    let answered = sts::read(query, body).and_then(|(action, form)| sts::answer(asker, action, &form));
    answered.map(text).map_err(|error| text(error.answer("r")))
}

fn text(answer: Answer) -> String {
    match answer.body {
        Sent::Whole(bytes) => String::from_utf8(bytes).unwrap_or_default(),
        Sent::Stream(_) => String::new(),
    }
}

/// Whether a body can be read as that of some call of the control API.
///
/// # Errors
/// Why not, as the caller would be told.
pub fn control(body: &[u8]) -> Result<(), String> {
    control::readable(body)
}

/// Whether a text can be read as an answer of EC2.
pub fn ec2(text: &str) -> bool {
    ec2::is_readable(text)
}

/// Makes session tokens of one key and opens them.
pub struct SessionTokens {
    sessions: Sessions,
    accounts: Arc<Accounts>,
}

/// A temporary key, made.
pub struct Temporary {
    /// Its id.
    pub id: String,
    /// What signs.
    pub secret: Secret,
    /// Its session token.
    pub token: String,
}

/// A session token that was opened.
pub struct Opened(sessions::Opened);

impl Borrow<AccessKey> for Opened {
    fn borrow(&self) -> &AccessKey {
        self.0.key()
    }
}

impl SessionTokens {
    /// With a key of its own.
    #[expect(clippy::new_without_default, reason = "two of them are not alike")]
    pub fn new() -> Self {
        let mut accounts = Accounts::default();
        accounts.declare(ACCOUNT);
        SessionTokens { sessions: Sessions::passing(), accounts: Arc::new(accounts) }
    }

    /// A temporary key that is valid for 15 minutes from `now`, in seconds since 1970.
    pub fn make(&self, now: i64) -> Temporary {
        let holder = Holder::of(&Principal::root(ACCOUNT)).expect("the root user can have a session");
        let made = self.sessions.make(holder, now, 900);
        Temporary { id: made.access_key_id, secret: Secret::new(&made.secret), token: made.session_token }
    }

    /// The temporary key whose token this is.
    pub fn open(&self, access_key_id: &str, token: &str) -> Option<Opened> {
        self.sessions.open(access_key_id, token, &self.accounts).map(Opened)
    }

    /// Notes that it has signed.
    pub fn proved(&self, opened: &Opened) {
        self.sessions.proved(&opened.0);
    }
}
