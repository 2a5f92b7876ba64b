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
use crate::sessions::{Holder, Sessions};
use crate::vault::Vault;
use crate::{control, ec2, events, sts};
use crossconnect_auth::Accounts;
use crossconnect_auth::principal::Principal;
use crossconnect_store::Limits;
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
    let peer = Peer { address: IpAddr::V4(Ipv4Addr::LOCALHOST), is_secure: true };
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
    accounts: Accounts,
}

impl SessionTokens {
    /// With a key of its own.
    #[expect(clippy::new_without_default, reason = "two of them are not alike")]
    pub fn new() -> Self {
        let mut accounts = Accounts::default();
        accounts.declare(ACCOUNT);
        SessionTokens { sessions: Sessions::passing(), accounts }
    }

    /// A temporary key's id, and its token.
    pub fn make(&self) -> (String, String) {
        let holder = Holder::of(&Principal::root(ACCOUNT)).expect("the root user can have a session");
        let made = self.sessions.make(holder, 0, 900);
        (made.access_key_id, made.session_token)
    }

    /// Whether a token is that of a temporary key.
    pub fn opens(&self, access_key_id: &str, token: &str) -> bool {
        self.sessions.open(access_key_id, token, &self.accounts).is_some()
    }
}
