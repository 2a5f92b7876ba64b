//! Principals: who holds an access key, and what their policies say.

use std::sync::Arc;

use crate::policy::{Context, Decision, Match, Policy, PrincipalFacts, Request, decide};

/// Who a principal is in its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// The root user, to whom all is allowed.
    Root,
    /// A user of this name.
    User(String),
    /// A session of a role.
    Session {
        /// The role's name.
        role: String,
        /// The session's own.
        session: String,
    },
}

/// A policy, and the name by which explanations know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attached {
    /// The file that it is from, or what it is.
    pub name: String,
    /// What it says.
    pub policy: Policy,
}

/// Who holds an access key.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// Twelve digits.
    pub account: String,
    /// Who it is there.
    pub name: Name,
    /// The unique id of the user, or of the session's role; that of the root user is the account's.
    pub id: String,
    /// What it may do; the root user needs none.
    pub policies: Arc<[Attached]>,
    /// What its session may do at most, where that was said when it began.
    pub session_policy: Option<Policy>,
}

/// Why a principal may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// A policy denies it.
    Explicit,
    /// No policy allows it.
    Implicit,
    /// The session's policy denies it.
    SessionExplicit,
    /// The session's policy does not allow it.
    SessionImplicit,
}

impl Denial {
    /// The reason as AWS gives it after "because", or in its place. [observed]
    pub fn reason(self, action: &str) -> String {
        match self {
            Self::Explicit => "with an explicit deny in an identity-based policy".to_owned(),
            Self::Implicit => format!("because no identity-based policy allows the {action} action"),
            Self::SessionExplicit => "with an explicit deny in a session policy".to_owned(),
            Self::SessionImplicit => format!("because no session policy allows the {action} action"),
        }
    }
}

/// The ARNs and ids of a principal in a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As GetCallerIdentity and refusals show it.
    pub arn: String,
    /// As policies know it: of a session, that of its role.
    pub principal_arn: String,
    /// As `aws:userid` and GetCallerIdentity show it.
    pub id: String,
}

impl Principal {
    /// The root user of an account.
    pub fn root(account: &str) -> Self {
        let [account, id] = [account, account].map(str::to_owned);
        Self { account, name: Name::Root, id, policies: Arc::new([]), session_policy: None }
    }

    /// A user of an account, with the id that follows from its name.
    pub fn user(account: &str, name: &str, policies: Arc<[Attached]>) -> Self {
        let id = made_up_id(USER, account, name);
        Self { account: account.to_owned(), name: Name::User(name.to_owned()), id, policies, session_policy: None }
    }

    /// A session of a role.
    pub fn session(role: &Role, session: &str) -> Self {
        let name = Name::Session { role: role.name.clone(), session: session.to_owned() };
        let (account, id) = (role.account.clone(), role.id.clone());
        Self { account, name, id, policies: role.policies.clone(), session_policy: None }
    }

    /// Its ARNs and ids.
    pub fn shown(&self, partition: &str) -> Shown {
        let account = &self.account;
        let iam = |rest: &str| format!("arn:{partition}:iam::{account}:{rest}");
        match &self.name {
            Name::Root => Shown { arn: iam("root"), principal_arn: iam("root"), id: self.id.clone() },
            Name::User(name) => {
                let arn = iam(&format!("user/{name}"));
                Shown { principal_arn: arn.clone(), arn, id: self.id.clone() }
            }
            Name::Session { role, session } => Shown {
                arn: format!("arn:{partition}:sts::{account}:assumed-role/{role}/{session}"),
                principal_arn: iam(&format!("role/{role}")),
                id: format!("{}:{session}", self.id),
            },
        }
    }

    /// Its name for logs and records: unique in its account.
    pub fn label(&self) -> String {
        match &self.name {
            Name::Root => "root".to_owned(),
            Name::User(name) => format!("user/{name}"),
            Name::Session { role, session } => format!("assumed-role/{role}/{session}"),
        }
    }

    /// What conditions may ask about it.
    pub fn facts<'a>(&'a self, shown: &'a Shown) -> PrincipalFacts<'a> {
        let (kind, user_name) = match &self.name {
            Name::Root => ("Account", None),
            Name::User(name) => ("User", Some(name.as_str())),
            Name::Session { .. } => ("AssumedRole", None),
        };
        PrincipalFacts { arn: &shown.principal_arn, account: &self.account, kind, id: &shown.id, user_name }
    }

    /// Whether all is allowed to it in its account.
    pub fn is_unlimited(&self) -> bool {
        self.name == Name::Root && self.session_policy.is_none()
    }

    /// Whether it may do this.
    ///
    /// # Errors
    /// It may not: why.
    pub fn may(&self, request: &Request<'_>) -> Result<(), Denial> {
        if self.name != Name::Root {
            match decide(self.policies.iter().map(|attached| &attached.policy), request) {
                Decision::Allowed { .. } => {}
                Decision::Denied { .. } => return Err(Denial::Explicit),
                Decision::Unmentioned => return Err(Denial::Implicit),
            }
        }
        match self.session_policy.as_ref().map(|policy| decide([policy], request)) {
            None | Some(Decision::Allowed { .. }) => Ok(()),
            Some(Decision::Denied { .. }) => Err(Denial::SessionExplicit),
            Some(Decision::Unmentioned) => Err(Denial::SessionImplicit),
        }
    }
}

/// A role that principals may assume.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Twelve digits.
    pub account: String,
    /// Its name in the account.
    pub name: String,
    /// Its unique id, such as it stands before a session's name.
    pub id: String,
    /// Who may assume it.
    pub trust: Policy,
    /// What its sessions may do.
    pub policies: Arc<[Attached]>,
    /// How long a session may be, in seconds.
    pub session_max_s: u32,
}

impl Role {
    /// How long a session may be unless the role says so, in seconds [AWS's documentation of IAM].
    pub const SESSION_MAX_S: u32 = 3600;

    /// Its ARN.
    pub fn arn(&self, partition: &str) -> String {
        format!("arn:{partition}:iam::{}:role/{}", self.account, self.name)
    }

    /// The id that follows from a role's name, whether or not there is such a role.
    pub fn id_of(account: &str, name: &str) -> String {
        made_up_id(ROLE, account, name)
    }

    /// Whether a caller may assume it: its trust policy must say so, and so must the caller's own policies, unless the
    /// caller is of the role's account and the trust policy names it. `request` is on the role.
    ///
    /// # Errors
    /// It may not: why.
    pub fn may_be_assumed_by(&self, caller: &Principal, request: &Request<'_>) -> Result<(), Denial> {
        let matched = match decide([&self.trust], request) {
            Decision::Allowed { matched, .. } => matched,
            Decision::Denied { .. } | Decision::Unmentioned => return Err(Denial::Implicit),
        };
        let is_enough = matched == Match::Itself && caller.account == self.account;
        match caller.may(request) {
            Err(Denial::Implicit) if is_enough => Ok(()),
            other => other,
        }
    }
}

/// What ids of users and of roles begin with [AWS's documentation of IAM].
const USER: &str = "AIDA";
const ROLE: &str = "AROA";

/// An id of the usual form, always the same for the same name.
fn made_up_id(prefix: &str, account: &str, name: &str) -> String {
    use sha2::{Digest, Sha256};
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let hash = Sha256::digest(format!("{account}/{name}"));
    let letters = hash.iter().take(17).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    prefix.chars().chain(letters).collect()
}

/// The values of a request that conditions ask about, for one principal.
pub fn context<'a>(principal: &'a Principal, shown: &'a Shown) -> Context<'a> {
    let session_arn = matches!(principal.name, Name::Session { .. }).then_some(shown.arn.as_str());
    Context { principal: Some(principal.facts(shown)), session_arn, ..Context::default() }
}
