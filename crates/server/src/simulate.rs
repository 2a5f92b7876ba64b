//! `crossconnect policy simulate`: whether policies would allow something, and what each statement says of it.

use crate::config::{Config, ConfigError};
use crate::{Failure, clock};
use crossconnect_auth::policy::{Context, Effect, Mismatch, Policy, Request, Said};
use crossconnect_auth::principal::{Attached, Principal, context};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is asked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Simulation {
    /// The files of policies.
    pub(crate) policies: Vec<PathBuf>,
    /// The file of accounts, and the ARN of a user or a role in it.
    pub(crate) accounts: Option<PathBuf>,
    pub(crate) principal: Option<String>,
    pub(crate) action: String,
    /// `*` unless one is given.
    pub(crate) resource: String,
    /// Condition keys with their values: `key=value`; several values of a key are given one by one.
    pub(crate) context: Vec<String>,
}

/// Whether it is allowed, and the text that says why.
pub(crate) fn simulate(asked: &Simulation) -> Result<(bool, String), Failure> {
    let principal = principal(asked)?;
    let given = given(&asked.context)?;
    let shown = principal.shown("aws");
    let base = context(&principal, &shown);
    let context = Context { now: Some(clock::wall().0), given: &given, ..base };
    let request = Request { action: &asked.action, resource: &asked.resource, context: &context };
    let decision = principal.may(&request);
    let mut text = match decision {
        Ok(()) => format!("allowed: {} on {}\n", asked.action, asked.resource),
        Err(denial) => format!("refused: {} on {} {}\n", asked.action, asked.resource, denial.reason(&asked.action)),
    };
    if principal.is_unlimited() {
        text.push_str("  the root user may do everything in its account\n");
    }
    for attached in principal.policies.iter() {
        for said in attached.policy.explain(&request) {
            writeln!(text, "  {}: {}", attached.name, told(&said)).expect("writing to a string cannot fail");
        }
    }
    Ok((decision.is_ok(), text))
}

/// Who is asked about: one of the accounts, or a nobody with the policies that were given.
fn principal(asked: &Simulation) -> Result<Principal, Failure> {
    let mut policies = Vec::new();
    for path in &asked.policies {
        policies.push(read(path)?);
    }
    let (Some(path), Some(arn)) = (&asked.accounts, &asked.principal) else {
        return match (&asked.accounts, &asked.principal, policies.is_empty()) {
            (None, None, false) => Ok(Principal::user("000000000000", "simulated", policies.into())),
            (None, None, true) => {
                Err(Failure::Usage("expected --policy FILE, or --accounts FILE and --principal ARN".to_owned()))
            }
            _ => Err(Failure::Usage("--accounts and --principal belong together, expected both or none".to_owned())),
        };
    };
    let accounts = Config::accounts(path).map_err(|ConfigError(text)| Failure::Usage(text))?;
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let found = match parts[..] {
        ["arn", _, "iam", "", account, "root"] => Some(Principal::root(account)),
        ["arn", _, "iam", "", account, name] => match name.split_once('/') {
            Some(("user", name)) => accounts.user(account, name).map(|user| Principal::clone(user)),
            Some(("role", name)) => accounts.role(account, name).map(|role| Principal::session(role, "simulated")),
            _ => None,
        },
        _ => None,
    };
    let found = found.ok_or_else(|| {
        Failure::Usage(format!("--principal is {arn:?}, expected the ARN of a user or a role of {}", path.display()))
    })?;
    let policies: Arc<[Attached]> = found.policies.iter().cloned().chain(policies).collect();
    Ok(Principal { policies, ..found })
}

fn read(path: &Path) -> Result<Attached, Failure> {
    let error = |text: String| Failure::Usage(format!("{}: {text}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|cause| error(format!("cannot be read: {cause}")))?;
    let policy = Policy::identity(&text).map_err(|cause| error(cause.to_string()))?;
    Ok(Attached { name: path.display().to_string(), policy })
}

/// Keys with all values that were given for each.
fn given(pairs: &[String]) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let mut given: Vec<(String, Vec<String>)> = Vec::new();
    for pair in pairs {
        let expected = || Failure::Usage(format!("--context is {pair:?}, expected such as aws:SourceIp=192.0.2.1"));
        let (key, value) = pair.split_once('=').filter(|(key, _)| key.contains(':')).ok_or_else(expected)?;
        let (key, value) = (key.to_lowercase(), value.to_owned());
        match given.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => given.push((key, vec![value])),
        }
    }
    Ok(given)
}

/// What a statement says, in a line.
fn told(said: &Said<'_>) -> String {
    let name = match said.sid {
        Some(sid) if !sid.is_empty() => format!("statement {} ({sid})", said.statement),
        _ => format!("statement {}", said.statement),
    };
    let effect = match said.effect {
        Effect::Allow => "allows",
        Effect::Deny => "denies",
    };
    match &said.mismatch {
        None => format!("{name} {effect} it"),
        Some(Mismatch::Action) => format!("{name} {effect} other actions"),
        Some(Mismatch::Resource) => format!("{name} {effect} it on other resources"),
        Some(Mismatch::Principal) => format!("{name} {effect} it to others"),
        Some(Mismatch::Condition { operator, key }) => {
            format!("{name} {effect} it under a condition that does not hold: {operator} of {key}")
        }
    }
}
