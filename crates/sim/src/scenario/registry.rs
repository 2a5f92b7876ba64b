//! The operator's lines about who may call: accounts, users, roles and access keys.
//!
//! A key goes by a label of letters and the digits 2 to 7; what is drawn for it elsewhere stands for the same label.

use crossconnect_core::control::registry::{Change, Given, NewKey};
use crossconnect_core::model::access_key::{ID_LENGTH, PREFIX, Sealed, Status};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::principal::{Kind, Terms};

/// What the policies of scenarios say.
const DOCUMENT: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "directconnect:*", "Resource": "*"}}"#;
/// What the trust policies of scenarios say.
const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "999900001111"}}}"#;

/// `999900001111 name=lab partner=v2`, or `999900001111 removed`
pub(super) fn account(rest: &str) -> Result<Change, String> {
    let usage = || format!("account {rest}: expected account 999900001111 name=lab partner=v2, or removed");
    let (id, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let id = id.to_owned();
    if rest == "removed" {
        return Ok(Change::RemoveAccount { id });
    }
    let (mut partner, mut name) = (None, None);
    for word in rest.split_whitespace() {
        match word.split_once('=') {
            Some(("name", text)) => name = Some(repeated(text)),
            Some(("partner", "v1")) => partner = Some(PartnerKind::V1),
            Some(("partner", "v2")) => partner = Some(PartnerKind::V2),
            _ => return Err(usage()),
        }
    }
    Ok(Change::PutAccount { id, partner, name })
}

/// `ann of 999900001111 policies=read,write padded=20000 session=3600`, or `ann of 999900001111 removed`
pub(super) fn principal(kind: Kind, rest: &str) -> Result<Change, String> {
    let word = kind.word();
    let usage = || format!("{word} {rest}: expected {word} ann of 999900001111 policies=read,write, or removed");
    let mut words = rest.split_whitespace();
    let (name, account) = match (words.next(), words.next(), words.next()) {
        (Some(name), Some("of"), Some(account)) => (repeated(name), account.to_owned()),
        _ => return Err(usage()),
    };
    let (mut names, mut padded, mut session_max_s) = (Vec::new(), 0, 3_600);
    for word in words {
        match word.split_once('=') {
            None if word == "removed" => return Ok(Change::RemovePrincipal { account, kind, name }),
            Some(("policies", list)) => names = list.split(',').map(str::to_owned).collect(),
            Some(("padded", number)) => padded = number.parse().map_err(|_| usage())?,
            Some(("session", number)) => session_max_s = number.parse().map_err(|_| usage())?,
            _ => return Err(usage()),
        }
    }
    // White space in a document counts for its length alone.
    let policies = names.into_iter().map(|name| (name, format!("{DOCUMENT:padded$}"))).collect();
    let terms = match kind {
        Kind::User => None,
        Kind::Role => Some(Terms { trust: TRUST.into(), session_max_s }),
    };
    Ok(Change::PutPrincipal(Given { account, name, policies, terms }))
}

/// `k1 of 999900001111`, `k1 of 999900001111 user ann`, `k1 inactive`, `k1 active`, `k1 deleted`, `k1 rotated k2`, and
/// `k1 rotated k2 keep`
pub(super) fn key(rest: &str) -> Result<Change, String> {
    let usage = || format!("key {rest}: expected key k2 of 999900001111 user ann, or key k2 inactive");
    let words: Vec<&str> = rest.split_whitespace().collect();
    let (label, words) = words.split_first().ok_or_else(usage)?;
    let id = id(label)?;
    let change = match words {
        ["of", account] => Change::CreateAccessKey { account: (*account).to_owned(), user: None, key: drawn(id) },
        ["of", account, "user", name] => {
            Change::CreateAccessKey { account: (*account).to_owned(), user: Some((*name).to_owned()), key: drawn(id) }
        }
        ["inactive"] => Change::SetAccessKey { id, status: Status::Inactive },
        ["active"] => Change::SetAccessKey { id, status: Status::Active },
        ["deleted"] => Change::RemoveAccessKey { id },
        ["rotated", new] => Change::RotateAccessKey { id, keep: false, key: drawn(self::id(new)?) },
        ["rotated", new, "keep"] => Change::RotateAccessKey { id, keep: true, key: drawn(self::id(new)?) },
        _ => return Err(usage()),
    };
    Ok(change)
}

fn drawn(id: String) -> NewKey {
    NewKey { id, secret: Sealed { nonce: [0; 24], bytes: vec![0; 56] } }
}

/// The id that a label stands for.
fn id(label: &str) -> Result<String, String> {
    let fits = label.len() <= ID_LENGTH - PREFIX.len()
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte));
    let letters = label.to_ascii_uppercase();
    let length = ID_LENGTH - PREFIX.len();
    if fits { Ok(format!("{PREFIX}{letters:A<length$}")) } else { Err(format!("{label}: expected letters and 2 to 7")) }
}

/// A word, or `repeat(x,65)`.
fn repeated(text: &str) -> String {
    let inner =
        text.strip_prefix("repeat(").and_then(|rest| rest.strip_suffix(')')).and_then(|pair| pair.split_once(','));
    match inner.and_then(|(part, count)| Some((part, count.parse().ok()?))) {
        Some((part, count)) => part.repeat(count),
        None => text.to_owned(),
    }
}
