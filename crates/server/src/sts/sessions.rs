//! Temporary keys: for a role that the caller may assume, and for the caller itself.

use super::{Asker, Form, QueryError, document, escaped};
use crate::authority::refusal;
use crate::clock;
use crate::http::answer::Answer;
use crate::sessions::{Credentials, Holder};
use crossconnect_auth::policy::{Context, Policy, Request};
use crossconnect_auth::principal::{Denial, Name, Role};
use crossconnect_core::arn::partition;
use crossconnect_core::ids::AccountId;
use jiff::Timestamp;

const ASSUME: &str = "sts:AssumeRole";
/// The shortest session, in seconds [AWS's documentation of STS], as are the other limits here.
const SESSION_MIN_S: u32 = 900;
const SESSION_MAX_S: u32 = 43_200;
/// A session that a session begins.
const CHAINED_MAX_S: u32 = 3_600;
const TOKEN_MAX_S: u32 = 129_600;
const TOKEN_S: u32 = 43_200;
/// The same for the root user, whatever it asks for.
const ROOT_TOKEN_S: u32 = 3_600;
const POLICY_MAX: usize = 2_048;

/// The role that an ARN names.
struct Named<'a> {
    account: &'a str,
    name: &'a str,
}

/// AssumeRole.
pub(super) fn assume_role(asker: Asker<'_>, form: &Form<'_>) -> Result<Answer, QueryError> {
    let arn = form.needed("RoleArn", 20..=2048, "")?;
    let session = form.needed("RoleSessionName", 2..=64, "_=,.@-+")?;
    let external_id = form.word("ExternalId", 2..=1224, "_+=,.@:/-")?;
    let asked = form.duration(SESSION_MIN_S..=SESSION_MAX_S, CHAINED_MAX_S)?;
    let policy = session_policy(form)?;
    are_known(form)?;
    let named = role_named(arn)?;
    let (callers, caller) = (asker.callers, asker.caller);
    let accounts = callers.accounts();
    let role = accounts.role(named.account, named.name).map(|role| &**role);
    if callers.verify() {
        let role = may_assume(asker, arn, role, (session, external_id))?;
        let is_chained = matches!(caller.principal.name, Name::Session { .. });
        if is_chained && asked > CHAINED_MAX_S {
            let text =
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";
            return Err(QueryError::new("ValidationError", text));
        }
        if asked > role.session_max_s {
            let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
            return Err(QueryError::new("ValidationError", text));
        }
    }
    let [account, name, partition] = [named.account, named.name, partition(caller.region)];
    let id = role.map_or_else(|| Role::id_of(account, name), |role| role.id.clone());
    let holder = Holder::role(account, (name, &id), session, policy);
    let made = callers.sessions().make(holder, now(), asked);
    let user = format!(
        "<AssumedRoleUser>\n      <AssumedRoleId>{id}:{session}</AssumedRoleId>\n      \
         <Arn>arn:{partition}:sts::{account}:assumed-role/{name}/{session}</Arn>\n    </AssumedRoleUser>\n    "
    );
    Ok(document("AssumeRole", &(user + &shown(&made)), asker.request_id))
}

/// GetSessionToken, which nobody needs a right for.
pub(super) fn session_token(asker: Asker<'_>, form: &Form<'_>) -> Result<Answer, QueryError> {
    let asked = form.duration(SESSION_MIN_S..=TOKEN_MAX_S, TOKEN_S)?;
    if form.any("SerialNumber").or_else(|| form.any("TokenCode")).is_some() {
        return Err(QueryError::new("ValidationError", "There are no multi-factor devices here."));
    }
    let principal = &asker.caller.principal;
    let holder = Holder::of(principal).filter(|_| asker.caller.issued_at.is_none());
    let refused = || QueryError::denied("Cannot call GetSessionToken with session credentials".to_owned());
    let holder = holder.ok_or_else(refused)?;
    let duration = if principal.name == Name::Root { asked.min(ROOT_TOKEN_S) } else { asked };
    let made = asker.callers.sessions().make(holder, now(), duration);
    Ok(document("GetSessionToken", &shown(&made), asker.request_id))
}

/// The role, if the caller may assume it. One that is not there is refused in the same words. [observed]
fn may_assume<'r>(
    asker: Asker<'_>,
    arn: &str,
    role: Option<&'r Role>,
    (session, external_id): (&str, Option<&str>),
) -> Result<&'r Role, QueryError> {
    let caller = asker.caller;
    if caller.principal.name == Name::Root {
        return Err(QueryError::denied("Roles may not be assumed by root accounts.".to_owned()));
    }
    let authority = caller.as_authority(asker.peer);
    let shown = caller.principal.shown(partition(caller.region));
    let base = authority.context(&shown, caller.region);
    let context = Context { external_id, role_session_name: Some(session), ..base };
    let request = Request { action: ASSUME, resource: arn, context: &context };
    let is_own_partition = |role: &&Role| role.arn(partition(caller.region)) == arn;
    let allowed = role.filter(is_own_partition).ok_or(Denial::Implicit);
    let allowed = allowed.and_then(|role| role.may_be_assumed_by(&caller.principal, &request).map(|()| role));
    allowed.map_err(|denial| {
        let reason = match denial {
            // Whose word is missing is not said. [observed]
            Denial::Implicit => String::new(),
            Denial::Explicit | Denial::SessionExplicit | Denial::SessionImplicit => denial.reason(ASSUME),
        };
        QueryError::denied(refusal(&shown.arn, &request, &reason).trim_end().to_owned())
    })
}

fn role_named(arn: &str) -> Result<Named<'_>, QueryError> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let named = match parts[..] {
        ["arn", _, "iam", "", account, resource] if AccountId::new(account).is_some() => {
            resource.strip_prefix("role/").map(|name| Named { account, name })
        }
        _ => None,
    };
    let is_name = |named: &Named<'_>| {
        !named.name.is_empty()
            && named.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-/".contains(&byte))
    };
    named.filter(is_name).ok_or_else(|| QueryError::new("ValidationError", format!("{} is invalid", super::shown(arn))))
}

fn session_policy(form: &Form<'_>) -> Result<Option<String>, QueryError> {
    let Some(text) = form.word("Policy", 1..=POLICY_MAX, "")? else { return Ok(None) };
    match Policy::identity(text) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(error) => Err(QueryError::new("MalformedPolicyDocument", error.to_string())),
    }
}

/// What would widen or narrow a session must not be ignored.
fn are_known(form: &Form<'_>) -> Result<(), QueryError> {
    let unknown = ["PolicyArns.", "Tags.", "TransitiveTagKeys.", "SourceIdentity", "SerialNumber", "TokenCode"];
    match unknown.iter().find_map(|start| form.any(start)) {
        None => Ok(()),
        Some(name) => {
            let name = super::shown(name);
            Err(QueryError::new(
                "ValidationError",
                format!("{name} is not supported here; a session may have a Policy."),
            ))
        }
    }
}

/// A temporary key, this once.
fn shown(made: &Credentials) -> String {
    let expiration = Timestamp::from_second(made.expires_at).map_or_else(|_| String::new(), |at| at.to_string());
    let (id, secret, token) = (&made.access_key_id, escaped(&made.secret), escaped(&made.session_token));
    format!(
        "<Credentials>\n      <AccessKeyId>{id}</AccessKeyId>\n      <SecretAccessKey>{secret}</SecretAccessKey>\n      \
         <SessionToken>{token}</SessionToken>\n      <Expiration>{expiration}</Expiration>\n    </Credentials>"
    )
}

/// Keys go by the wall clock, as signatures do.
fn now() -> i64 {
    clock::wall().0.div_euclid(1000)
}
