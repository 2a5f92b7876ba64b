//! The principals of a trust policy: who may assume a role.

use super::PolicyError;
use super::context::Context;
use super::node::Node;

/// Who a statement of a trust policy is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Principals(Vec<Principal>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Principal {
    Anyone,
    /// Twelve digits: whom the account itself allows.
    Account(Box<str>),
    /// The ARN of a user, a role or a session.
    Arn(Box<str>),
    /// A service or an identity provider: nobody who calls here.
    Elsewhere,
}

/// How the caller of a request is the one that a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// By name, or as anyone: the statement's word is enough.
    Itself,
    /// By its account alone, which must allow it as well.
    ItsAccount,
}

const EXPECTED: &str = "\"*\", or an object with AWS, Service or Federated";

impl Principals {
    pub(super) fn read(place: &str, node: &Node) -> Result<Self, PolicyError> {
        match node {
            Node::Text(text) if text == "*" => return Ok(Self(vec![Principal::Anyone])),
            Node::Text(text) => return Err(PolicyError::value(place, text, EXPECTED)),
            _ => {}
        }
        let mut principals = Vec::new();
        for (kind, nodes) in node.members(place, EXPECTED)? {
            let place = format!("{place}.{kind}");
            for (place, node) in nodes.one_or_many(&place)? {
                let text = node.text(&place, "a text")?;
                principals.push(match &**kind {
                    "AWS" => Principal::read(&place, text)?,
                    "Service" | "Federated" => Principal::Elsewhere,
                    _ => return Err(PolicyError::new(place, format!("is not known here, expected {EXPECTED}"))),
                });
            }
        }
        Ok(Self(principals))
    }

    /// How the caller is one of them, if it is.
    pub(super) fn matches(&self, context: &Context<'_>) -> Option<Match> {
        let caller = context.principal?;
        let is_itself = |principal: &Principal| match principal {
            Principal::Anyone => true,
            Principal::Arn(arn) => **arn == *caller.arn || context.session_arn == Some(arn),
            Principal::Account(_) | Principal::Elsewhere => false,
        };
        if self.0.iter().any(is_itself) {
            return Some(Match::Itself);
        }
        let is_account = |principal: &Principal| *principal == Principal::Account(caller.account.into());
        self.0.iter().any(is_account).then_some(Match::ItsAccount)
    }
}

impl Principal {
    fn read(place: &str, text: &str) -> Result<Self, PolicyError> {
        let is_account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if text == "*" {
            return Ok(Self::Anyone);
        }
        if is_account(text) {
            return Ok(Self::Account(text.into()));
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts[..] {
            ["arn", _, "iam", "", account, "root"] if is_account(account) => Ok(Self::Account(account.into())),
            ["arn", _, "iam", "", account, name] | ["arn", _, "sts", "", account, name]
                if is_account(account) && name.contains('/') && !name.contains(['*', '?']) =>
            {
                Ok(Self::Arn(text.into()))
            }
            _ => {
                let expected = "\"*\", an account, or the ARN of an account's root, a user, a role or a session";
                Err(PolicyError::value(place, text, expected))
            }
        }
    }
}
