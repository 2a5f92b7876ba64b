//! IAM policies: whether a principal may do what it asks for.
//!
//! A document is read once, into patterns that are ready for matching; what is wrong in it is said with its place and
//! what was expected there. A decision is pure: time, tags and addresses come in with the request. What no statement
//! allows is refused, and one that denies wins over all that allow.

mod condition;
mod context;
mod error;
mod node;
mod pattern;
mod principal;
mod statement;

pub use context::{Context, PrincipalFacts};
pub use error::PolicyError;
pub use node::DOCUMENT_MAX;
pub use principal::Match;
pub use statement::{Effect, Mismatch};

use node::Node;
use statement::Statement;

/// A policy, ready for decisions.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    statements: Vec<Statement>,
}

/// One question to the policies of a principal: one action on one resource.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Such as `directconnect:CreateLag`.
    pub action: &'a str,
    /// An ARN, or `*` where the action is on none.
    pub resource: &'a str,
    /// What conditions and variables are about.
    pub context: &'a Context<'a>,
}

/// Which statement of which policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The policy's index, from 0.
    pub policy: usize,
    /// The statement's index in it, from 0.
    pub statement: usize,
}

/// What the policies of a principal say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it, and none denies it.
    Allowed {
        /// The first that allows it.
        by: Place,
        /// How the caller is meant; of a trust policy alone it may be by its account.
        matched: Match,
    },
    /// A statement denies it.
    Denied {
        /// The first that denies it.
        by: Place,
    },
    /// No statement is about it.
    Unmentioned,
}

/// What one statement says of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'p> {
    /// Its index, from 0.
    pub statement: usize,
    /// Its name, if it has one.
    pub sid: Option<&'p str>,
    /// What it does with requests that it is about.
    pub effect: Effect,
    /// Why it is not about this one; `None` when it is.
    pub mismatch: Option<Mismatch>,
}

/// The version of the language. Only the later one has variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// `2008-10-17`, also that of documents without a version.
    Earlier,
    /// `2012-10-17`.
    Later,
}

/// What a policy hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A user, a role or a session: what it may do.
    Identity,
    /// A role: who may assume it.
    Trust,
}

impl Policy {
    /// Reads the policy of a user, a role or a session.
    ///
    /// # Errors
    /// The text is no such policy: where, and what was expected.
    pub fn identity(text: &str) -> Result<Self, PolicyError> {
        Self::read(text, Kind::Identity)
    }

    /// Reads the trust policy of a role.
    ///
    /// # Errors
    /// The text is no such policy: where, and what was expected.
    pub fn trust(text: &str) -> Result<Self, PolicyError> {
        Self::read(text, Kind::Trust)
    }

    fn read(text: &str, kind: Kind) -> Result<Self, PolicyError> {
        let root = Node::read(text)?;
        let (mut version, mut statements) = (Version::Earlier, None);
        for (name, node) in root.members("the document", "a policy, which is an object")? {
            match &**name {
                "Version" => version = read_version(node)?,
                "Id" => drop(node.text("Id", "a text")?),
                "Statement" => statements = Some(node),
                _ => return Err(PolicyError::new(name, "is not known here, expected Version, Id and Statement")),
            }
        }
        let nodes = statements.ok_or_else(|| PolicyError::new("the document", "has no Statement"))?;
        let mut statements: Vec<Statement> = Vec::new();
        for (place, node) in nodes.one_or_many("Statement")? {
            let statement = Statement::read(&place, node, version, kind)?;
            let is_taken = |sid: &str| statements.iter().any(|known| known.sid.as_deref() == Some(sid));
            if let Some(sid) = statement.sid.as_deref().filter(|sid| !sid.is_empty() && is_taken(sid)) {
                return Err(PolicyError::value(format!("{place}.Sid"), sid, "a name that no other statement has"));
            }
            statements.push(statement);
        }
        Ok(Self { statements })
    }

    /// How many statements it has.
    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// Whether it has no statement; a policy that was read has one.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// What each statement says of a request, and why not where it is not about it.
    pub fn explain<'p>(&'p self, request: &Request<'_>) -> Vec<Said<'p>> {
        let action = request.action.to_ascii_lowercase();
        let said = self.statements.iter().enumerate().map(|(index, statement)| Said {
            statement: index,
            sid: statement.sid.as_deref(),
            effect: statement.effect,
            mismatch: statement.matches(&action, request).err(),
        });
        said.collect()
    }
}

impl Decision {
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        match self {
            Self::Allowed { .. } => true,
            Self::Denied { .. } | Self::Unmentioned => false,
        }
    }
}

/// What policies say of a request: a denial wins, then what is allowed is allowed.
pub fn decide<'p>(policies: impl IntoIterator<Item = &'p Policy>, request: &Request<'_>) -> Decision {
    let action = request.action.to_ascii_lowercase();
    let mut decision = Decision::Unmentioned;
    for (policy, held) in policies.into_iter().enumerate() {
        for (index, statement) in held.statements.iter().enumerate() {
            // One that allows has nothing to add to what is allowed by name already.
            let is_settled = matches!(decision, Decision::Allowed { matched: Match::Itself, .. });
            if is_settled && statement.effect == Effect::Allow {
                continue;
            }
            let Ok(matched) = statement.matches(&action, request) else {
                continue;
            };
            let by = Place { policy, statement: index };
            match (statement.effect, decision) {
                (Effect::Deny, _) => return Decision::Denied { by },
                (Effect::Allow, Decision::Unmentioned) => decision = Decision::Allowed { by, matched },
                (Effect::Allow, _) if matched == Match::Itself => decision = Decision::Allowed { by, matched },
                (Effect::Allow, _) => {}
            }
        }
    }
    decision
}

fn read_version(node: &Node) -> Result<Version, PolicyError> {
    let expected = "\"2012-10-17\"";
    match node.text("Version", expected)? {
        "2012-10-17" => Ok(Version::Later),
        "2008-10-17" => Ok(Version::Earlier),
        other => Err(PolicyError::value("Version", other, expected)),
    }
}
