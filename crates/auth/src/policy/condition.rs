//! Conditions: an operator, a condition key, and the values that the key is compared with.

use std::borrow::Cow;
use std::net::IpAddr;

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::context::{Context, Key, Values};
use super::node::Node;
use super::pattern::{ArnPattern, Pattern, Reading};
use super::{PolicyError, Version};

/// One condition of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    /// As the policy spells it, for explanations.
    pub(super) operator: Box<str>,
    pub(super) key_name: Box<str>,
    key: Key,
    quantifier: Option<Quantifier>,
    if_exists: bool,
    is_negated: bool,
    wanted: Wanted,
}

/// How a key with several values is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

/// Values of a policy, by the kind of comparison.
#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    Texts(Vec<Pattern>),
    /// In lower case, as what they are matched with.
    Lowered(Vec<Pattern>),
    Arns(Vec<ArnPattern>),
    Numbers(Order, Vec<f64>),
    /// Milliseconds since 1970.
    Dates(Order, Vec<i64>),
    Networks(Vec<IpNet>),
    /// Whether the key must be absent.
    Null(Vec<bool>),
}

/// How numbers and dates are compared: what the request has, with what the policy has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

/// The kinds of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text { has_wildcards: bool, ignores_case: bool },
    Bool,
    Arn,
    Number(Order),
    Date(Order),
    Ip,
    Null,
}

/// Every operator: its name, its kind, whether it is a negation.
const OPERATORS: &[(&str, Kind, bool)] = &[
    ("StringEquals", Kind::Text { has_wildcards: false, ignores_case: false }, false),
    ("StringNotEquals", Kind::Text { has_wildcards: false, ignores_case: false }, true),
    ("StringEqualsIgnoreCase", Kind::Text { has_wildcards: false, ignores_case: true }, false),
    ("StringNotEqualsIgnoreCase", Kind::Text { has_wildcards: false, ignores_case: true }, true),
    ("StringLike", Kind::Text { has_wildcards: true, ignores_case: false }, false),
    ("StringNotLike", Kind::Text { has_wildcards: true, ignores_case: false }, true),
    // Base64 of the same bytes is the same text.
    ("BinaryEquals", Kind::Text { has_wildcards: false, ignores_case: false }, false),
    ("Bool", Kind::Bool, false),
    ("ArnEquals", Kind::Arn, false),
    ("ArnLike", Kind::Arn, false),
    ("ArnNotEquals", Kind::Arn, true),
    ("ArnNotLike", Kind::Arn, true),
    ("NumericEquals", Kind::Number(Order::Equals), false),
    ("NumericNotEquals", Kind::Number(Order::Equals), true),
    ("NumericLessThan", Kind::Number(Order::LessThan), false),
    ("NumericLessThanEquals", Kind::Number(Order::LessThanEquals), false),
    ("NumericGreaterThan", Kind::Number(Order::GreaterThan), false),
    ("NumericGreaterThanEquals", Kind::Number(Order::GreaterThanEquals), false),
    ("DateEquals", Kind::Date(Order::Equals), false),
    ("DateNotEquals", Kind::Date(Order::Equals), true),
    ("DateLessThan", Kind::Date(Order::LessThan), false),
    ("DateLessThanEquals", Kind::Date(Order::LessThanEquals), false),
    ("DateGreaterThan", Kind::Date(Order::GreaterThan), false),
    ("DateGreaterThanEquals", Kind::Date(Order::GreaterThanEquals), false),
    ("IpAddress", Kind::Ip, false),
    ("NotIpAddress", Kind::Ip, true),
    ("Null", Kind::Null, false),
];

/// Reads a `Condition`: operators, under each of them keys, under each of them values.
pub(super) fn read(place: &str, node: &Node, version: Version) -> Result<Vec<Condition>, PolicyError> {
    let mut conditions = Vec::new();
    for (operator, keys) in node.members(place, "an object of condition operators")? {
        let place = format!("{place}.{operator}");
        for (key, values) in keys.members(&place, "an object of condition keys")? {
            conditions.push(Condition::read(&format!("{place}.{key}"), operator, key, values, version)?);
        }
    }
    Ok(conditions)
}

impl Condition {
    fn read(place: &str, operator: &str, key: &str, values: &Node, version: Version) -> Result<Self, PolicyError> {
        let (quantifier, rest) = match operator.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            _ => (None, operator),
        };
        let (name, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |name| (name, true));
        let known = OPERATORS.iter().find(|(known, ..)| *known == name);
        let is_known = |(_, kind, _): &&(&str, Kind, bool)| *kind != Kind::Null || (quantifier.is_none() && !if_exists);
        let (_, kind, is_negated) = *known.filter(is_known).ok_or_else(|| {
            let expected = "a condition operator, such as StringEquals, ArnLike or ForAllValues:StringLikeIfExists";
            PolicyError::value(place, operator, expected)
        })?;
        let parsed = Key::read(key).ok_or_else(|| {
            PolicyError::value(place, key, "a condition key, such as aws:SourceIp or aws:ResourceTag/team")
        })?;
        let wanted = Wanted::read(place, kind, values, version)?;
        let [operator, key_name] = [operator, key].map(Into::into);
        Ok(Self { operator, key_name, key: parsed, quantifier, if_exists, is_negated, wanted })
    }

    /// Whether it holds.
    pub(super) fn holds(&self, context: &Context<'_>) -> bool {
        let values = context.values(&self.key);
        if let Wanted::Null(wanted) = &self.wanted {
            return wanted.contains(&values.is_none());
        }
        // One value of the request: it is one of those wanted, or, of a negation, none of them.
        let fits = |value: &str| self.wanted.contains(value, context) != self.is_negated;
        match (values, self.quantifier) {
            // There is no value that could be one of them, with IfExists neither. [observed]
            (None, Some(Quantifier::ForAnyValue)) => false,
            (None, Some(Quantifier::ForAllValues)) => true,
            (None, None) => self.is_negated || self.if_exists,
            (Some(Values::One(value)), _) => fits(&value),
            (Some(Values::Many(values)), Some(Quantifier::ForAllValues)) => values.into_iter().all(fits),
            (Some(Values::Many(values)), Some(Quantifier::ForAnyValue)) => values.into_iter().any(fits),
            // AWS leaves open what this means. A negation must not hold because of one value among several. [inferred]
            (Some(Values::Many(values)), None) if self.is_negated => values.into_iter().all(fits),
            (Some(Values::Many(values)), None) => values.into_iter().any(fits),
        }
    }
}

impl Wanted {
    fn read(place: &str, kind: Kind, node: &Node, version: Version) -> Result<Self, PolicyError> {
        let mut values = Vec::new();
        for (place, node) in node.one_or_many(place)? {
            values.push((value(&place, node)?, place));
        }
        let each = values.iter().map(|(text, place)| (&**text, place.as_str()));
        Ok(match kind {
            Kind::Text { has_wildcards, ignores_case } => {
                let reading = Reading { version, has_wildcards, ignores_case };
                let patterns =
                    each.map(|(text, place)| Pattern::read(place, text, reading)).collect::<Result<_, _>>()?;
                if ignores_case { Self::Lowered(patterns) } else { Self::Texts(patterns) }
            }
            Kind::Bool => {
                Self::Lowered(each.map(|(text, place)| truth(place, text, version)).collect::<Result<_, _>>()?)
            }
            Kind::Arn => {
                Self::Arns(each.map(|(text, place)| ArnPattern::read(place, text, version)).collect::<Result<_, _>>()?)
            }
            Kind::Number(order) => {
                let read = |(text, place)| number(text).ok_or_else(|| PolicyError::value(place, text, "a number"));
                Self::Numbers(order, each.map(read).collect::<Result<_, _>>()?)
            }
            Kind::Date(order) => {
                let expected = "a date such as 2026-01-01T00:00:00Z, or seconds since 1970";
                let read = |(text, place)| date(text).ok_or_else(|| PolicyError::value(place, text, expected));
                Self::Dates(order, each.map(read).collect::<Result<_, _>>()?)
            }
            Kind::Ip => {
                let expected = "an address or a network, such as 192.0.2.0/24 or 2001:db8::/32";
                let read = |(text, place)| network(text).ok_or_else(|| PolicyError::value(place, text, expected));
                Self::Networks(each.map(read).collect::<Result<_, _>>()?)
            }
            Kind::Null => {
                let read = |(text, place): (&str, &str)| match text {
                    "true" => Ok(true),
                    "false" => Ok(false),
                    _ => {
                        Err(PolicyError::value(place, text, "true, which means absent, or false, which means present"))
                    }
                };
                Self::Null(each.map(read).collect::<Result<_, _>>()?)
            }
        })
    }

    /// Whether a value of the request is one of those wanted. One that cannot be read as what it is compared as is none.
    fn contains(&self, value: &str, context: &Context<'_>) -> bool {
        match self {
            Self::Texts(patterns) => patterns.iter().any(|pattern| pattern.fits(value, context)),
            Self::Lowered(patterns) => {
                let lowered = value.to_lowercase();
                patterns.iter().any(|pattern| pattern.fits(&lowered, context))
            }
            Self::Arns(patterns) => patterns.iter().any(|pattern| pattern.fits(value, context)),
            Self::Numbers(order, numbers) => {
                number(value).is_some_and(|value| numbers.iter().any(|wanted| order.holds(value, *wanted)))
            }
            Self::Dates(order, dates) => {
                date(value).is_some_and(|value| dates.iter().any(|wanted| order.holds(value, *wanted)))
            }
            Self::Networks(networks) => value
                .parse::<IpAddr>()
                .is_ok_and(|address| networks.iter().any(|network| network.contains(&address.to_canonical()))),
            Self::Null(_) => false,
        }
    }
}

impl Order {
    fn holds<T: PartialOrd>(self, given: T, wanted: T) -> bool {
        match self {
            Self::Equals => given == wanted,
            Self::LessThan => given < wanted,
            Self::LessThanEquals => given <= wanted,
            Self::GreaterThan => given > wanted,
            Self::GreaterThanEquals => given >= wanted,
        }
    }
}

/// A value as a text: AWS takes numbers and truths with and without quotes.
fn value<'n>(place: &str, node: &'n Node) -> Result<Cow<'n, str>, PolicyError> {
    match node {
        Node::Text(text) => Ok(text.into()),
        Node::Number(number) => Ok(number.into()),
        Node::Bool(truth) => Ok(truth.to_string().into()),
        Node::Null | Node::List(_) | Node::Object(_) => {
            Err(PolicyError::new(place, format!("{} was found, expected a value or a list of values", node.kind())))
        }
    }
}

fn truth(place: &str, text: &str, version: Version) -> Result<Pattern, PolicyError> {
    let pattern = Pattern::read(place, text, Reading { version, has_wildcards: false, ignores_case: true })?;
    match pattern.literal() {
        None | Some("true" | "false") => Ok(pattern),
        Some(_) => Err(PolicyError::value(place, text, "true or false")),
    }
}

fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

/// Milliseconds since 1970.
fn date(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse::<i64>() {
        return seconds.checked_mul(1000);
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp.as_millisecond());
    }
    let midnight = text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(midnight.timestamp().as_millisecond())
}

/// A network; an address alone is the network of that address.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}
