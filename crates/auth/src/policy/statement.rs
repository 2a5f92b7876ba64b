//! Statements: what they are about, and whether a request is that.

use super::condition::{self, Condition};
use super::node::Node;
use super::pattern::{ArnPattern, Pattern, Reading};
use super::principal::{Match, Principals};
use super::{Kind, PolicyError, Request, Version};

/// What a statement does with a request that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It is allowed, unless another statement denies it.
    Allow,
    /// It is refused, whatever other statements say.
    Deny,
}

/// Why a statement is not about a request: the first reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The caller is none of its principals.
    Principal,
    /// The action is another one.
    Action,
    /// The resource is another one.
    Resource,
    /// A condition does not hold.
    Condition {
        /// Its operator, as the policy spells it.
        operator: String,
        /// Its key, likewise.
        key: String,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    /// Of a trust policy alone.
    principals: Option<Principals>,
    actions: Matched<Pattern>,
    /// Absent in a trust policy, whose resource is its role.
    resources: Option<Matched<ArnPattern>>,
    conditions: Vec<Condition>,
}

/// Patterns, and whether a match with one of them counts or counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Matched<T> {
    patterns: Vec<T>,
    is_negated: bool,
}

const MEMBERS: &str = "Sid, Effect, Action or NotAction, Resource or NotResource, and Condition";
const TRUST_MEMBERS: &str = "Sid, Effect, Principal, Action or NotAction, and Condition";

impl Statement {
    pub(super) fn read(place: &str, node: &Node, version: Version, kind: Kind) -> Result<Self, PolicyError> {
        let [mut sid, mut effect, mut principal, mut condition] = [None; 4];
        let [mut action, mut resource] = [None; 2];
        for (name, node) in node.members(place, "a statement, which is an object")? {
            let inner = format!("{place}.{name}");
            match (&**name, kind) {
                ("Sid", _) => sid = Some(node),
                ("Effect", _) => effect = Some(node),
                ("Action" | "NotAction", _) => put(&mut action, place, ["Action", "NotAction"], (name, node))?,
                ("Resource" | "NotResource", Kind::Identity) => {
                    put(&mut resource, place, ["Resource", "NotResource"], (name, node))?;
                }
                ("Principal", Kind::Trust) => principal = Some(node),
                ("Condition", _) => condition = Some(node),
                (_, Kind::Identity) => {
                    return Err(PolicyError::new(inner, format!("is not known here, expected {MEMBERS}")));
                }
                (_, Kind::Trust) => {
                    return Err(PolicyError::new(inner, format!("is not known here, expected {TRUST_MEMBERS}")));
                }
            }
        }
        let missing = |name: &str| PolicyError::new(place, format!("has no {name}"));
        let actions = Self::actions(place, action.ok_or_else(|| missing("Action or NotAction"))?)?;
        let resources = match kind {
            Kind::Trust => None,
            Kind::Identity => {
                let resource = resource.ok_or_else(|| missing("Resource or NotResource"))?;
                Some(Self::resources(place, resource, version)?)
            }
        };
        let principals = match kind {
            Kind::Identity => None,
            Kind::Trust => {
                let node = principal.ok_or_else(|| missing("Principal"))?;
                Some(Principals::read(&format!("{place}.Principal"), node)?)
            }
        };
        let condition = condition.map(|node| condition::read(&format!("{place}.Condition"), node, version));
        Ok(Self {
            sid: sid.map(|node| read_sid(&format!("{place}.Sid"), node)).transpose()?,
            effect: read_effect(&format!("{place}.Effect"), effect.ok_or_else(|| missing("Effect"))?)?,
            principals,
            actions,
            resources,
            conditions: condition.transpose()?.unwrap_or_default(),
        })
    }

    fn actions(place: &str, (name, node): (&str, &Node)) -> Result<Matched<Pattern>, PolicyError> {
        let reading = Reading { version: Version::Earlier, has_wildcards: true, ignores_case: true };
        let expected = "\"*\", or a service, a colon and an action, such as \"directconnect:Describe*\"";
        let mut patterns = Vec::new();
        for (place, node) in node.one_or_many(&format!("{place}.{name}"))? {
            let text = node.text(&place, expected)?;
            let is_service = |service: &str| {
                service == "*"
                    || !service.is_empty() && service.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            };
            let is_action = |(service, action): (&str, &str)| is_service(service) && is_action_name(action);
            if text != "*" && !text.split_once(':').is_some_and(is_action) {
                return Err(PolicyError::value(place, text, expected));
            }
            patterns.push(Pattern::read(&place, text, reading)?);
        }
        Ok(Matched { patterns, is_negated: name == "NotAction" })
    }

    fn resources(
        place: &str,
        (name, node): (&str, &Node),
        version: Version,
    ) -> Result<Matched<ArnPattern>, PolicyError> {
        let mut patterns = Vec::new();
        for (place, node) in node.one_or_many(&format!("{place}.{name}"))? {
            let text = node.text(&place, "\"*\" or an ARN")?;
            patterns.push(ArnPattern::read(&place, text, version)?);
        }
        Ok(Matched { patterns, is_negated: name == "NotResource" })
    }

    /// Whether the statement is about a request. `action` is in lower case.
    pub(super) fn matches(&self, action: &str, request: &Request<'_>) -> Result<Match, Mismatch> {
        let context = request.context;
        // What is wrong most often is asked first.
        if !self.actions.fits(|pattern| pattern.fits(action, context)) {
            return Err(Mismatch::Action);
        }
        if !self.resources.as_ref().is_none_or(|resources| resources.fits(|arn| arn.fits(request.resource, context))) {
            return Err(Mismatch::Resource);
        }
        let matched = match &self.principals {
            None => Match::Itself,
            Some(principals) => principals.matches(context).ok_or(Mismatch::Principal)?,
        };
        match self.conditions.iter().find(|condition| !condition.holds(context)) {
            None => Ok(matched),
            Some(condition) => Err(Mismatch::Condition {
                operator: condition.operator.to_string(),
                key: condition.key_name.to_string(),
            }),
        }
    }
}

impl<T> Matched<T> {
    fn fits(&self, fits: impl Fn(&T) -> bool) -> bool {
        self.patterns.iter().any(fits) != self.is_negated
    }
}

/// Keeps one of two members that exclude each other.
fn put<'n>(
    slot: &mut Option<(&'n str, &'n Node)>,
    place: &str,
    [one, other]: [&str; 2],
    (name, node): (&'n str, &'n Node),
) -> Result<(), PolicyError> {
    match slot.replace((name, node)) {
        None => Ok(()),
        Some(_) => Err(PolicyError::new(place, format!("has {one} and {other}, expected one of them"))),
    }
}

fn read_sid(place: &str, node: &Node) -> Result<Box<str>, PolicyError> {
    let expected = "letters and digits";
    let text = node.text(place, expected)?;
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(text.into());
    }
    Err(PolicyError::value(place, text, expected))
}

fn read_effect(place: &str, node: &Node) -> Result<Effect, PolicyError> {
    let expected = "\"Allow\" or \"Deny\"";
    match node.text(place, expected)? {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        other => Err(PolicyError::value(place, other, expected)),
    }
}

fn is_action_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'?' | b'-' | b'_'))
}
