//! Whether an answer is as expected, and how the expectation would read if it were.

use super::binding::{Bindings, scalar};
use super::literal::Literal;
use super::text::Text;
use serde_json::Value;

/// Whether `actual` is what `literal` expects. A name that nothing has yet is given to what stands there.
pub(super) fn holds(literal: &Literal, actual: Option<&Value>, bindings: &mut Bindings) -> Result<bool, String> {
    match (literal, actual) {
        (Literal::Word(text), actual) if text.as_plain() == Some("absent") => Ok(actual.is_none()),
        (Literal::Word(text), actual) if text.as_plain() == Some("present") => Ok(actual.is_some()),
        (_, None) => Ok(false),
        (Literal::Word(text), Some(actual)) => word_holds(text, actual, bindings),
        (Literal::Quoted(text), Some(actual)) => {
            let expected = bindings.fill(text)?;
            Ok(actual.as_str().is_some_and(|actual| text_holds(&expected, actual)))
        }
        (Literal::List(items), Some(actual)) => {
            let Some(elements) = actual.as_array().filter(|elements| elements.len() == items.len()) else {
                return Ok(false);
            };
            all(items.iter().zip(elements).map(|(item, element)| (item, Some(element))), bindings)
        }
        (Literal::Map(members), Some(Value::Array(entries))) => entries_hold(members, entries, bindings),
        (Literal::Map(members), Some(actual)) => {
            let absent = Literal::Word(Text::parse("absent"));
            all(members.iter().map(|(name, value)| (value.as_ref().unwrap_or(&absent), actual.get(name))), bindings)
        }
    }
}

/// `…` stands for whatever is drawn anew each time.
fn text_holds(expected: &str, actual: &str) -> bool {
    match expected.split_once('…') {
        None => expected == actual,
        Some((first, last)) => actual.strip_prefix(first).is_some_and(|rest| rest.ends_with(last)),
    }
}

fn all<'a>(
    pairs: impl Iterator<Item = (&'a Literal, Option<&'a Value>)>,
    bindings: &mut Bindings,
) -> Result<bool, String> {
    for (literal, actual) in pairs {
        if !holds(literal, actual, bindings)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn word_holds(text: &Text, actual: &Value, bindings: &mut Bindings) -> Result<bool, String> {
    if let Some(reference) = text.as_reference() {
        if reference.path.is_empty() && !bindings.has(&reference.name) {
            bindings.bind(&reference.name, actual.clone());
            return Ok(true);
        }
        let expected = bindings.find(reference)?;
        if scalar(actual).is_none() {
            return Ok(expected == *actual);
        }
    }
    Ok(scalar(actual) == Some(bindings.fill(text)?))
}

/// `{a: 1, b: 2}` against a list of keys and values: all of them, in order.
fn entries_hold(
    members: &[(String, Option<Literal>)],
    entries: &[Value],
    bindings: &mut Bindings,
) -> Result<bool, String> {
    if members.len() != entries.len() {
        return Ok(false);
    }
    let empty = Literal::Quoted(Text::default());
    for ((key, value), entry) in members.iter().zip(entries) {
        let same_key = entry.get("key").and_then(Value::as_str) == Some(key);
        if !same_key || !holds(value.as_ref().unwrap_or(&empty), entry.get("value"), bindings)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How a scenario writes `actual`.
pub(super) fn render(actual: Option<&Value>, bindings: &Bindings) -> String {
    match actual {
        None => "absent".to_owned(),
        Some(Value::String(text)) => render_text(&bindings.unfill(text)),
        Some(Value::Array(list)) if list.iter().all(is_entry) && !list.is_empty() => {
            let entry = |entry: &Value| {
                let key = entry.get("key").and_then(Value::as_str).unwrap_or_default();
                let value = render(entry.get("value"), bindings);
                if value == "\"\"" { render_text(key) } else { format!("{}: {value}", render_text(key)) }
            };
            format!("{{{}}}", list.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Some(Value::Array(list)) => {
            let items: Vec<_> = list.iter().map(|item| render(Some(item), bindings)).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Value::Object(members)) => {
            let member = |(name, value): (&String, &Value)| format!("{name}: {}", render(Some(value), bindings));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        Some(other) => other.to_string(),
    }
}

fn is_entry(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|members| members.len() == 2 && members.contains_key("key") && value["value"].is_string())
}

fn render_text(text: &str) -> String {
    let is_word = !text.is_empty() && !text.contains([' ', ',', '"', '[', ']', '{', '}', '\n', '\\', ':']);
    if is_word && text != "absent" && text != "present" {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}
