//! Accounts, users, roles and access keys: what belongs to what.

use super::Lint;
use crate::model::access_key::KEYS_MAX;
use crate::model::principal::{Kind, POLICIES_MAX, SESSION_S};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(lint: &mut Lint<'_>) {
    let mut names = BTreeSet::new();
    for principal in lint.state.principals.values() {
        let has_account = lint.state.accounts.contains_key(&principal.account);
        lint.require(has_account, "users and roles have an account", || principal.name.to_string());
        let is_new = names.insert((principal.account, principal.kind(), principal.name));
        lint.require(is_new, "users and roles have names of their own", || principal.name.to_string());
        let policies: BTreeSet<_> = principal.policies.iter().map(|policy| &policy.name).collect();
        let fit = policies.len() == principal.policies.len() && policies.len() <= POLICIES_MAX;
        lint.require(fit, "policies are few and have names of their own", || principal.name.to_string());
        let ids = principal.id.as_str().starts_with(principal.kind().prefix());
        lint.require(ids, "ids say whose they are", || principal.id.to_string());
        let lasts = principal.terms.as_ref().is_none_or(|terms| SESSION_S.contains(&terms.session_max_s));
        lint.require(lasts, "sessions have a length", || principal.name.to_string());
    }
    let mut held = BTreeMap::new();
    for key in lint.state.access_keys.values() {
        let has_account = lint.state.accounts.contains_key(&key.account);
        lint.require(has_account, "access keys have an account", || key.id.to_string());
        let user = key.user.map(|id| lint.state.principals.get(&id));
        let fits =
            user.is_none_or(|user| user.is_some_and(|user| user.account == key.account && user.kind() == Kind::User));
        lint.require(fits, "access keys are those of users", || key.id.to_string());
        let count = held.entry(key.holder()).or_insert(0);
        *count += 1;
        lint.require(*count <= KEYS_MAX, "access keys are few", || key.id.to_string());
    }
    for id in lint.state.key_uses.keys() {
        let is_known = lint.state.access_keys.contains_key(id);
        lint.require(is_known, "what was used is there", || id.to_string());
    }
}
