//! Who may call: accounts, users, roles and access keys as the operator registers them.
//!
//! What policies say is not known here, nor are secrets: documents come in read, and secrets sealed.

use crate::ids::{AccountId, PrincipalName};
use crate::model::access_key::{self, AccessKey, KEYS_MAX, KeyUse, Sealed, Status};
use crate::model::account::{Account, NAME_MAX, PartnerKind};
use crate::model::principal::{
    self, Kind, POLICIES_MAX, POLICY_MAX, POLICY_NAME_MAX, Policy, Principal, SESSION_S, Terms,
};
use crate::record::Key;
use crate::rejection::{ControlRejection, RegistryRejection, Rejection};
use crate::tx::Tx;

/// A change of who may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Registers an account, or says all of it anew.
    PutAccount {
        /// Twelve digits.
        id: String,
        /// Absent for an account that is no partner.
        partner: Option<PartnerKind>,
        /// What the operator calls it.
        name: Option<String>,
    },
    /// Takes an account away that has neither users nor roles nor keys. What it owns stays.
    RemoveAccount {
        /// Twelve digits.
        id: String,
    },
    /// Registers a user or a role, or says all of it anew.
    PutPrincipal(Given),
    /// Takes a user without keys away, or a role.
    RemovePrincipal {
        /// Twelve digits.
        account: String,
        /// Which of the two.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// Registers a key of a user, or of the root user.
    CreateAccessKey {
        /// Twelve digits.
        account: String,
        /// The user's name; absent for the root user.
        user: Option<String>,
        /// The new key.
        key: NewKey,
    },
    /// Lets a key be used, or not.
    SetAccessKey {
        /// The key's id.
        id: String,
        /// Whether it may be used from now on.
        status: Status,
    },
    /// Registers another key of whoever has this one.
    RotateAccessKey {
        /// The key's id.
        id: String,
        /// Whether the old key stays active meanwhile.
        keep: bool,
        /// The new key.
        key: NewKey,
    },
    /// Takes a key away.
    RemoveAccessKey {
        /// The key's id.
        id: String,
    },
    /// Notes when keys were last used. Those that are gone meanwhile are left out.
    NoteUses(Vec<KeyUse>),
}

/// A user or a role as the operator describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Twelve digits.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Names and documents of its policies.
    pub policies: Vec<(String, String)>,
    /// Those of a role; a user has none.
    pub terms: Option<Terms>,
}

/// A key that was drawn, and its secret, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// `AKIA` and 16 characters.
    pub id: String,
    /// What signs.
    pub secret: Sealed,
}

pub(super) fn run(tx: &mut Tx<'_>, change: &Change) -> Result<(), Rejection> {
    match change {
        Change::PutAccount { id, partner, name } => put_account(tx, id, *partner, name.as_deref()),
        Change::RemoveAccount { id } => remove_account(tx, id),
        Change::PutPrincipal(given) => put_principal(tx, given),
        Change::RemovePrincipal { account, kind, name } => {
            let account = registered(tx, account)?.id;
            let known = found(tx, account, *kind, name)?;
            remove_principal(tx, &known)
        }
        Change::CreateAccessKey { account, user, key } => {
            let account = registered(tx, account)?.id;
            let user = user.as_deref().map(|name| found(tx, account, Kind::User, name)).transpose()?;
            add_key(tx, account, user.map(|user| user.id), key)
        }
        Change::SetAccessKey { id, status } => {
            let known = access_key(tx, id)?;
            if known.status != *status {
                tx.put_access_key(AccessKey { status: *status, ..known });
            }
            Ok(())
        }
        Change::RotateAccessKey { id, keep, key } => {
            let known = access_key(tx, id)?;
            match known.status {
                Status::Inactive => return Err(RegistryRejection::RotateInactive { id: known.id }.into()),
                Status::Active => add_key(tx, known.account, known.user, key)?,
            }
            if !keep {
                tx.put_access_key(AccessKey { status: Status::Inactive, ..known });
            }
            Ok(())
        }
        Change::RemoveAccessKey { id } => {
            let known = access_key(tx, id)?;
            tx.remove(Key::AccessKey(known.id));
            if tx.key_use(known.id).is_some() {
                tx.remove(Key::KeyUse(known.id));
            }
            Ok(())
        }
        Change::NoteUses(uses) => {
            note_uses(tx, uses);
            Ok(())
        }
    }
}

/// Takes away everything but settings, clock and who may call: an emptied store still knows its callers.
pub(super) fn reset(tx: &mut Tx<'_>) {
    for key in tx.everything() {
        match key {
            Key::Principal(_) | Key::AccessKey(_) | Key::KeyUse(_) => {}
            Key::Account(id) => {
                let known = tx.account(id).expect("it was just listed");
                let is_plain = known.name.is_none() && tx.principals_of(id) == 0 && tx.access_keys_of(id).is_empty();
                if is_plain {
                    tx.remove(key);
                } else if !known.agreements.is_empty() {
                    tx.put_account(Account { agreements: Vec::new(), ..Account::clone(&known) });
                }
            }
            _ => tx.remove(key),
        }
    }
}

fn put_account(tx: &mut Tx<'_>, id: &str, partner: Option<PartnerKind>, name: Option<&str>) -> Result<(), Rejection> {
    let id = account_id(id)?;
    if let Some(name) = name {
        let fits = (1..=NAME_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        let wrong = || RegistryRejection::AccountName { value: name.to_owned(), limit: NAME_MAX };
        fits.then_some(()).ok_or_else(wrong)?;
    }
    // What the account has signed is its own affair.
    let agreements = tx.account(id).map(|known| known.agreements.clone()).unwrap_or_default();
    tx.put_account(Account { id, partner, agreements, name: name.map(Into::into) });
    Ok(())
}

fn remove_account(tx: &mut Tx<'_>, id: &str) -> Result<(), Rejection> {
    let id = registered(tx, id)?.id;
    let (keys, principals) = (tx.access_keys_of(id).len(), tx.principals_of(id));
    if keys + principals > 0 {
        return Err(RegistryRejection::AccountInUse { id, keys, principals }.into());
    }
    tx.remove(Key::Account(id));
    Ok(())
}

fn put_principal(tx: &mut Tx<'_>, given: &Given) -> Result<(), Rejection> {
    let account = registered(tx, &given.account)?.id;
    let kind = if given.terms.is_some() { Kind::Role } else { Kind::User };
    let name = principal_name(kind, &given.name)?;
    let policies = policies(kind, &given.policies)?;
    if let Some(terms) = &given.terms {
        document("trust", &terms.trust)?;
        if !SESSION_S.contains(&terms.session_max_s) {
            return Err(RegistryRejection::SessionMax { value: terms.session_max_s }.into());
        }
    }
    let terms = given.terms.clone();
    match tx.principal_named(account, kind, name) {
        Some(known) => tx.put_principal(Principal { policies, terms, ..Principal::clone(&known) }),
        None => {
            let (id, created) = (tx.new_principal_id(kind), tx.system_time());
            tx.put_principal(Principal { id, account, name, created, policies, terms });
        }
    }
    Ok(())
}

fn policies(kind: Kind, given: &[(String, String)]) -> Result<Vec<Policy>, RegistryRejection> {
    if given.len() > POLICIES_MAX {
        let kind = match kind {
            Kind::User => "User",
            Kind::Role => "Role",
        };
        return Err(RegistryRejection::TooManyPolicies { kind, limit: POLICIES_MAX });
    }
    let mut read: Vec<Policy> = Vec::with_capacity(given.len());
    for (name, text) in given {
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
        if !letters || !(1..=POLICY_NAME_MAX).contains(&name.len()) {
            return Err(RegistryRejection::PolicyName { value: name.clone(), limit: POLICY_NAME_MAX });
        }
        if read.iter().any(|known| *known.name == **name) {
            return Err(RegistryRejection::PolicyTwice { value: name.clone() });
        }
        document(name, text)?;
        read.push(Policy { name: name.as_str().into(), document: text.as_str().into() });
    }
    read.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(read)
}

fn document(name: &str, text: &str) -> Result<(), RegistryRejection> {
    let length = text.chars().count();
    let too_long = || RegistryRejection::PolicyTooLong { name: name.to_owned(), length, limit: POLICY_MAX };
    (length <= POLICY_MAX).then_some(()).ok_or_else(too_long)
}

fn remove_principal(tx: &mut Tx<'_>, known: &Principal) -> Result<(), Rejection> {
    let keys = tx.access_keys_of(known.account).iter().filter(|key| key.user == Some(known.id)).count();
    if keys > 0 {
        return Err(RegistryRejection::PrincipalInUse { name: known.name, keys }.into());
    }
    tx.remove(Key::Principal(known.id));
    Ok(())
}

fn add_key(
    tx: &mut Tx<'_>,
    account: AccountId,
    user: Option<crate::ids::PrincipalId>,
    key: &NewKey,
) -> Result<(), Rejection> {
    let id = access_key::read_id(&key.id).expect("ids are drawn in the form that they have");
    if let Some(known) = tx.access_key(id) {
        // Decided once more after it was committed, it is the same call.
        assert!(known.holder() == (account, user) && known.secret == key.secret, "80 random bits are drawn once");
        return Ok(());
    }
    let held = tx.access_keys_of(account).iter().filter(|known| known.holder() == (account, user)).count();
    if held >= KEYS_MAX {
        return Err(RegistryRejection::TooManyKeys { limit: KEYS_MAX }.into());
    }
    let (created, secret) = (tx.system_time(), key.secret.clone());
    tx.put_access_key(AccessKey { id, account, user, secret, status: Status::Active, created });
    Ok(())
}

/// Of what several nodes have seen of a key, the latest stays.
fn note_uses(tx: &mut Tx<'_>, uses: &[KeyUse]) {
    for usage in uses {
        let is_news = tx.key_use(usage.id).is_none_or(|known| known.at < usage.at);
        if is_news && tx.access_key(usage.id).is_some() {
            tx.put_key_use(*usage);
        }
    }
}

fn account_id(text: &str) -> Result<AccountId, ControlRejection> {
    AccountId::new(text).ok_or_else(|| ControlRejection::MalformedAccount { id: text.to_owned() })
}

fn registered(tx: &mut Tx<'_>, text: &str) -> Result<Account, Rejection> {
    let id = account_id(text)?;
    let known = tx.account(id).map(|known| Account::clone(&known));
    Ok(known.ok_or(RegistryRejection::UnknownAccount { id })?)
}

fn principal_name(kind: Kind, text: &str) -> Result<PrincipalName, RegistryRejection> {
    let wrong = || RegistryRejection::PrincipalName { kind: kind.word(), value: text.to_owned() };
    principal::read_name(text).ok_or_else(wrong)
}

fn found(
    tx: &mut Tx<'_>,
    account: AccountId,
    kind: Kind,
    name: &str,
) -> Result<std::sync::Arc<Principal>, RegistryRejection> {
    let known = principal::read_name(name).and_then(|name| tx.principal_named(account, kind, name));
    known.ok_or_else(|| RegistryRejection::UnknownPrincipal { kind: kind.word(), name: name.to_owned(), account })
}

fn access_key(tx: &mut Tx<'_>, text: &str) -> Result<AccessKey, RegistryRejection> {
    let known = access_key::read_id(text).and_then(|id| tx.access_key(id));
    let unknown = || RegistryRejection::UnknownAccessKey { id: text.to_owned() };
    known.map(|key| AccessKey::clone(&key)).ok_or_else(unknown)
}
