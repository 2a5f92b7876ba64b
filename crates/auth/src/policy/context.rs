//! What a request brings to the conditions of a policy: values under condition keys.

use std::borrow::Cow;
use std::net::IpAddr;

use jiff::Timestamp;

/// The values that conditions and variables of a policy may ask for. What is absent has no value.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    /// Who calls; `None` before that is known.
    pub principal: Option<PrincipalFacts<'a>>,
    /// The ARN of the caller's session, by which a trust policy may name it.
    pub session_arn: Option<&'a str>,
    /// `aws:SourceIp`: from which address.
    pub source_ip: Option<IpAddr>,
    /// `aws:CurrentTime` and `aws:EpochTime`, in milliseconds since 1970.
    pub now: Option<i64>,
    /// `aws:RequestedRegion`.
    pub region: Option<&'a str>,
    /// `aws:SecureTransport`: whether the request came encrypted.
    pub secure_transport: Option<bool>,
    /// `aws:RequestTag/…` and `aws:TagKeys`: the tags, or the keys of tags, that the request names. A key that stands
    /// alone has no value.
    pub request_tags: &'a [(&'a str, Option<&'a str>)],
    /// `aws:ResourceTag/…`: the tags of the resource.
    pub resource_tags: &'a [(&'a str, &'a str)],
    /// `sts:ExternalId`.
    pub external_id: Option<&'a str>,
    /// `sts:RoleSessionName`.
    pub role_session_name: Option<&'a str>,
    /// `aws:TokenIssueTime`: when the temporary key was made, in milliseconds since 1970.
    pub token_issue_time: Option<i64>,
    /// Keys in lower case with their values, which count before all others: for questions of what would be.
    pub given: &'a [(String, Vec<String>)],
}

/// Who calls, as condition keys show it.
#[derive(Debug, Clone, Copy)]
pub struct PrincipalFacts<'a> {
    /// `aws:PrincipalArn`: that of the root user, the user, or the role.
    pub arn: &'a str,
    /// `aws:PrincipalAccount`.
    pub account: &'a str,
    /// `aws:PrincipalType`: `Account`, `User` or `AssumedRole`.
    pub kind: &'a str,
    /// `aws:userid`.
    pub id: &'a str,
    /// `aws:username`; only users have one.
    pub user_name: Option<&'a str>,
}

/// A condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// In lower case.
    name: Box<str>,
    kind: KeyKind,
}

/// Where the values of a key are from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KeyKind {
    CurrentTime,
    EpochTime,
    ExternalId,
    PrincipalAccount,
    PrincipalArn,
    PrincipalType,
    RequestTag(Box<str>),
    RequestedRegion,
    ResourceTag(Box<str>),
    RoleSessionName,
    SecureTransport,
    SourceIp,
    TagKeys,
    TokenIssueTime,
    UserId,
    UserName,
    /// Nowhere: no request of ours has it.
    Other,
}

/// What a request has under a key.
#[derive(Debug, Clone)]
pub(super) enum Values<'a> {
    One(Cow<'a, str>),
    /// Of a key that may have several.
    Many(Vec<&'a str>),
}

/// The longest name of a condition key, in bytes: a prefix, and a tag's key of 128 characters.
const KEY_MAX: usize = 640;

impl Key {
    /// Reads a key: a prefix, a colon, a name. The case of its letters does not count, that of a tag's key neither.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (prefix, name) = text.split_once(':')?;
        let is_prefix = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_prefix || name.is_empty() || text.len() > KEY_MAX {
            return None;
        }
        let lower = text.to_lowercase();
        let kind = match &*lower {
            "aws:currenttime" => KeyKind::CurrentTime,
            "aws:epochtime" => KeyKind::EpochTime,
            "sts:externalid" => KeyKind::ExternalId,
            "aws:principalaccount" => KeyKind::PrincipalAccount,
            "aws:principalarn" => KeyKind::PrincipalArn,
            "aws:principaltype" => KeyKind::PrincipalType,
            "aws:requestedregion" => KeyKind::RequestedRegion,
            "sts:rolesessionname" => KeyKind::RoleSessionName,
            "aws:securetransport" => KeyKind::SecureTransport,
            "aws:sourceip" => KeyKind::SourceIp,
            "aws:tagkeys" => KeyKind::TagKeys,
            "aws:tokenissuetime" => KeyKind::TokenIssueTime,
            "aws:userid" => KeyKind::UserId,
            "aws:username" => KeyKind::UserName,
            other => match (other.strip_prefix("aws:requesttag/"), other.strip_prefix("aws:resourcetag/")) {
                (Some(tag), _) => KeyKind::RequestTag(tag.into()),
                (None, Some(tag)) => KeyKind::ResourceTag(tag.into()),
                (None, None) => KeyKind::Other,
            },
        };
        Some(Self { name: lower.into(), kind })
    }
}

impl<'a> Context<'a> {
    pub(super) fn values(&self, key: &Key) -> Option<Values<'a>> {
        if let Some((_, values)) = self.given.iter().find(|(name, _)| **name == *key.name) {
            return match values.as_slice() {
                [single] => Some(Values::One(single.into())),
                several => Some(Values::Many(several.iter().map(String::as_str).collect())),
            };
        }
        let one = |text: &'a str| Values::One(Cow::Borrowed(text));
        let made = |text: String| Values::One(Cow::Owned(text));
        match &key.kind {
            KeyKind::CurrentTime => self.now.and_then(iso).map(made),
            KeyKind::EpochTime => self.now.map(|now| made(now.div_euclid(1000).to_string())),
            KeyKind::ExternalId => self.external_id.map(one),
            KeyKind::PrincipalAccount => self.principal.map(|principal| one(principal.account)),
            KeyKind::PrincipalArn => self.principal.map(|principal| one(principal.arn)),
            KeyKind::PrincipalType => self.principal.map(|principal| one(principal.kind)),
            KeyKind::RequestTag(tag) => {
                let named = self.request_tags.iter().find(|(key, _)| is_tag(key, tag));
                named.and_then(|(_, value)| *value).map(one)
            }
            KeyKind::RequestedRegion => self.region.map(one),
            KeyKind::ResourceTag(tag) => {
                self.resource_tags.iter().find(|(key, _)| is_tag(key, tag)).map(|(_, value)| one(value))
            }
            KeyKind::RoleSessionName => self.role_session_name.map(one),
            KeyKind::SecureTransport => {
                self.secure_transport.map(|is_secure| one(if is_secure { "true" } else { "false" }))
            }
            KeyKind::SourceIp => self.source_ip.map(|address| made(address.to_canonical().to_string())),
            KeyKind::TagKeys if self.request_tags.is_empty() => None,
            KeyKind::TagKeys => Some(Values::Many(self.request_tags.iter().map(|(key, _)| *key).collect())),
            KeyKind::TokenIssueTime => self.token_issue_time.and_then(iso).map(made),
            KeyKind::UserId => self.principal.map(|principal| one(principal.id)),
            KeyKind::UserName => self.principal.and_then(|principal| principal.user_name).map(one),
            KeyKind::Other => None,
        }
    }
}

impl<'a> Values<'a> {
    /// The value, where there is just one.
    pub(super) fn single(self) -> Option<Cow<'a, str>> {
        match self {
            Values::One(value) => Some(value),
            Values::Many(_) => None,
        }
    }
}

fn is_tag(key: &str, lowered: &str) -> bool {
    // Almost every key is ASCII.
    key.eq_ignore_ascii_case(lowered) || key.to_lowercase() == lowered
}

/// A time as condition keys show it; none beyond year 9999.
fn iso(millis: i64) -> Option<String> {
    let second = Timestamp::from_second(millis.div_euclid(1000)).ok()?;
    Some(second.to_string())
}
