//! Who may call: accounts, users, roles and access keys. What the configuration's files say of them is shown here, and
//! changed there.

use super::body::{read, read_nothing};
use super::path::{Name, Names};
use super::problem::Problem;
use super::registry_shown::{self as shown, AccountShown};
use super::{Shared, json};
use crate::Failure;
use crate::vault;
use axum::body::Body;
use axum::extract::State;
use crossconnect_auth::policy::Policy;
use crossconnect_core::control::Request;
use crossconnect_core::control::registry::{Change, Given, NewKey};
use crossconnect_core::model::access_key::Status;
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::principal::{Kind, Terms};
use hyper::StatusCode;
use hyper::body::Bytes;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use zeroize::Zeroizing;

/// How long a role's sessions may be unless it says so, in seconds [AWS's documentation of IAM].
const SESSION_MAX_S: u32 = 3_600;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountChange {
    partner: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    #[serde(default)]
    policies: Vec<PolicyGiven>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RoleChange {
    trust: Value,
    #[serde(default)]
    policies: Vec<PolicyGiven>,
    session_max: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyGiven {
    name: String,
    /// A document of IAM: an object, or its text.
    document: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyWanted {
    user: Option<String>,
    #[serde(default)]
    root: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyChange {
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    #[serde(default)]
    keep: bool,
}

impl Shared {
    async fn register(&self, change: Change) -> Result<(), Problem> {
        self.change(Request::Registry(change)).await.map(drop)
    }

    /// Refuses what a file says.
    fn is_not_declared(&self, account: &str) -> Result<(), Problem> {
        match self.directory.declared().place(account) {
            None => Ok(()),
            Some(place) => Err(declared(format!("Account {account} stands in {place}"))),
        }
    }

    fn is_no_declared_key(&self, id: &str) -> Result<(), Problem> {
        match self.directory.declared().key_place(id) {
            None => Ok(()),
            Some(place) => Err(declared(format!("Access key {id} stands in {place}"))),
        }
    }

    /// A key that nobody has, for an account, and its secret.
    fn draw(&self, account: &str) -> Result<(NewKey, Zeroizing<String>), Problem> {
        let declared = self.directory.declared();
        let (id, secret) = loop {
            let (id, secret) = vault::draw();
            if declared.key_place(&id).is_none() {
                break (id, secret);
            }
        };
        let sealed = self.directory.vault().seal(&id, account, &secret).map_err(|failure| {
            let (Failure::Usage(text) | Failure::Failed(text)) = failure;
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "StoreFailed", format!("{text}."))
        })?;
        Ok((NewKey { id, secret: sealed }, secret))
    }
}

fn declared(what: String) -> Problem {
    let text = format!("{what}; it is changed there, and read again at a SIGHUP.");
    Problem::new(StatusCode::CONFLICT, "Conflict", text)
}

/// Whether a body can be read as that of one of these calls.
pub(super) fn is_readable(body: &[u8]) -> bool {
    read::<AccountChange>(body).is_ok()
        || read::<UserChange>(body).is_ok()
        || read::<RoleChange>(body).is_ok()
        || read::<KeyWanted>(body).is_ok()
        || read::<KeyChange>(body).is_ok()
        || read::<Rotation>(body).is_ok()
}

pub(super) async fn accounts(State(shared): State<Arc<Shared>>) -> Body {
    json(&shown::accounts(&shared))
}

pub(super) async fn account(State(shared): State<Arc<Shared>>, Name(id): Name) -> Result<Body, Problem> {
    Ok(json(&shown::account(&shared, &id)?))
}

pub(super) async fn put_account(
    State(shared): State<Arc<Shared>>,
    Name(id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let AccountChange { partner, name } = read(&body)?;
    let kind = match partner.as_deref() {
        None => None,
        Some("v1") => Some(PartnerKind::V1),
        Some("v2") => Some(PartnerKind::V2),
        Some(other) => return Err(Problem::value("partner", other, "v1, v2, or null for no partner")),
    };
    // Of an account in a file all but the name may be said here, until the next start.
    let name = match shared.directory.declared().place(&id) {
        None => name,
        Some(_) => {
            let known = shown::name(&shared, &id);
            if name.is_some() && name != known {
                shared.is_not_declared(&id)?;
            }
            known
        }
    };
    shared.register(Change::PutAccount { id: id.clone(), partner: kind, name }).await?;
    let shown: AccountShown = shown::account(&shared, &id)?;
    Ok(json(&shown))
}

pub(super) async fn remove_account(
    State(shared): State<Arc<Shared>>,
    Name(id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    read_nothing(&body)?;
    shared.is_not_declared(&id)?;
    shared.register(Change::RemoveAccount { id }).await?;
    Ok(shown::done())
}

pub(super) async fn users(State(shared): State<Arc<Shared>>, Name(account): Name) -> Result<Body, Problem> {
    Ok(json(&shown::users(&shared, &account)?))
}

pub(super) async fn user(State(shared): State<Arc<Shared>>, Names(account, name): Names) -> Result<Body, Problem> {
    Ok(json(&shown::user(&shared, &account, &name)?))
}

pub(super) async fn put_user(
    State(shared): State<Arc<Shared>>,
    Names(account, name): Names,
    body: Bytes,
) -> Result<Body, Problem> {
    let UserChange { policies } = read(&body)?;
    shared.is_not_declared(&account)?;
    let given = Given { account: account.clone(), name: name.clone(), policies: documents(&policies)?, terms: None };
    shared.register(Change::PutPrincipal(given)).await?;
    Ok(json(&shown::user(&shared, &account, &name)?))
}

pub(super) async fn remove_user(State(shared): State<Arc<Shared>>, names: Names, body: Bytes) -> Result<Body, Problem> {
    remove(&shared, Kind::User, names, &body).await
}

pub(super) async fn roles(State(shared): State<Arc<Shared>>, Name(account): Name) -> Result<Body, Problem> {
    Ok(json(&shown::roles(&shared, &account)?))
}

pub(super) async fn role(State(shared): State<Arc<Shared>>, Names(account, name): Names) -> Result<Body, Problem> {
    Ok(json(&shown::role(&shared, &account, &name)?))
}

pub(super) async fn put_role(
    State(shared): State<Arc<Shared>>,
    Names(account, name): Names,
    body: Bytes,
) -> Result<Body, Problem> {
    let RoleChange { trust, policies, session_max } = read(&body)?;
    shared.is_not_declared(&account)?;
    let session_max_s = match &session_max {
        None => SESSION_MAX_S,
        Some(text) => {
            let length = crate::config::duration(text).filter(|length| length.0 % 1000 == 0);
            let seconds = length.and_then(|length| u32::try_from(length.0 / 1000).ok());
            seconds.ok_or_else(|| Problem::value("sessionMax", text, "a length of time from 1h to 12h"))?
        }
    };
    let trust = text(&trust);
    Policy::trust(&trust).map_err(|error| malformed("trust", &error.to_string()))?;
    let terms = Some(Terms { trust: trust.into(), session_max_s });
    let given = Given { account: account.clone(), name: name.clone(), policies: documents(&policies)?, terms };
    shared.register(Change::PutPrincipal(given)).await?;
    Ok(json(&shown::role(&shared, &account, &name)?))
}

pub(super) async fn remove_role(State(shared): State<Arc<Shared>>, names: Names, body: Bytes) -> Result<Body, Problem> {
    remove(&shared, Kind::Role, names, &body).await
}

async fn remove(shared: &Shared, kind: Kind, Names(account, name): Names, body: &[u8]) -> Result<Body, Problem> {
    read_nothing(body)?;
    shared.is_not_declared(&account)?;
    shared.register(Change::RemovePrincipal { account, kind, name }).await?;
    Ok(shown::done())
}

pub(super) async fn keys(State(shared): State<Arc<Shared>>, Name(account): Name) -> Result<Body, Problem> {
    Ok(json(&shown::keys(&shared, &account)?))
}

pub(super) async fn key(State(shared): State<Arc<Shared>>, Name(id): Name) -> Result<Body, Problem> {
    Ok(json(&shown::key(&shared, &id)?))
}

pub(super) async fn create_key(
    State(shared): State<Arc<Shared>>,
    Name(account): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let KeyWanted { user, root } = read(&body)?;
    if user.is_some() == root {
        let text = "The body has user and root, or neither; expected one of them.";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", text));
    }
    shared.is_not_declared(&account)?;
    let (key, secret) = shared.draw(&account)?;
    let id = key.id.clone();
    shared.register(Change::CreateAccessKey { account, user, key }).await?;
    Ok(json(&shown::key(&shared, &id)?.with_secret(&secret)))
}

pub(super) async fn put_key(State(shared): State<Arc<Shared>>, Name(id): Name, body: Bytes) -> Result<Body, Problem> {
    let KeyChange { status } = read(&body)?;
    let status = match status.as_str() {
        "active" => Status::Active,
        "inactive" => Status::Inactive,
        other => return Err(Problem::value("status", other, "active or inactive")),
    };
    shared.is_no_declared_key(&id)?;
    shared.register(Change::SetAccessKey { id: id.clone(), status }).await?;
    Ok(json(&shown::key(&shared, &id)?))
}

pub(super) async fn rotate_key(
    State(shared): State<Arc<Shared>>,
    Name(id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let Rotation { keep } = if body.is_empty() { Rotation { keep: false } } else { read(&body)? };
    shared.is_no_declared_key(&id)?;
    let account = shown::account_of_key(&shared, &id)?;
    let (key, secret) = shared.draw(&account)?;
    let new = key.id.clone();
    shared.register(Change::RotateAccessKey { id, keep, key }).await?;
    Ok(json(&shown::key(&shared, &new)?.with_secret(&secret)))
}

pub(super) async fn remove_key(
    State(shared): State<Arc<Shared>>,
    Name(id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    read_nothing(&body)?;
    shared.is_no_declared_key(&id)?;
    shared.register(Change::RemoveAccessKey { id }).await?;
    Ok(shown::done())
}

/// Names and texts of policies, each of which is understood.
fn documents(given: &[PolicyGiven]) -> Result<Vec<(String, String)>, Problem> {
    let read = given.iter().enumerate().map(|(index, PolicyGiven { name, document })| {
        let document = text(document);
        let place = format!("policies[{index}].document");
        Policy::identity(&document).map_err(|error| malformed(&place, &error.to_string()))?;
        Ok((name.clone(), document))
    });
    read.collect()
}

/// The text of a document that is given as one, or as an object.
fn text(document: &Value) -> String {
    match document {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn malformed(place: &str, error: &str) -> Problem {
    Problem::member(place.to_owned(), format!("{place}: {error}"))
}
