//! How a caller's value appears in the text of an error: escaped, short, and never a secret.

use crate::node::{Found, Node};

/// The longest a value may appear, in characters of the text.
const EXCERPT_MAX: usize = 64;

/// Whether values of a member of that name are never shown.
pub(crate) fn is_secret(member: &str) -> bool {
    let name = member.to_ascii_lowercase();
    name == "cak" || name == "authkey" || name.contains("secret") || name.contains("password")
}

/// The text with control characters, quotes and the like escaped, cut to 64 characters.
pub(crate) fn escaped(text: &str) -> String {
    const CUT: &str = "...";
    let mut out = String::new();
    let mut len = 0;
    // Where to cut if the text turns out too long: the last whole escape that leaves room for the dots.
    let mut fits = 0;
    for character in text.chars() {
        let escape = character.escape_debug();
        len += escape.len();
        if len > EXCERPT_MAX {
            out.truncate(fits);
            return out + CUT;
        }
        out.extend(escape);
        if len <= EXCERPT_MAX - CUT.len() {
            fits = out.len();
        }
    }
    out
}

/// A value in quotes, as constraint violations name it: text, digits, or a list in brackets.
pub(crate) fn quoted<'d>(node: impl Node<'d>) -> String {
    format!("'{}'", escaped(&raw(node)))
}

/// The value as plain text, no longer than an excerpt can use.
fn raw<'d>(node: impl Node<'d>) -> String {
    match node.found() {
        Found::Null => "null".to_owned(),
        Found::Boolean(value) => value.to_string(),
        Found::Number => node.digits(),
        Found::String => node.text().unwrap_or_default().chars().take(EXCERPT_MAX + 1).collect(),
        Found::Bytes => "bytes".to_owned(),
        Found::Tagged => "a tagged value".to_owned(),
        Found::Structure => "{...}".to_owned(),
        Found::List => {
            let mut out = String::from("[");
            for (index, element) in node.elements().into_iter().flat_map(|(_, elements)| elements).enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                // A list in a list is not opened: no shape has one, and a document may nest deeply.
                match element.found() {
                    Found::List => out.push_str("[...]"),
                    _ => out.push_str(&raw(element)),
                }
                if out.len() > EXCERPT_MAX {
                    return out;
                }
            }
            out + "]"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_cuts() {
        let long = "x".repeat(100);
        let full = "x".repeat(64);
        let cut = format!("{}...", "x".repeat(61));
        let bells = "\u{7}".repeat(100);
        let cut_bells = format!("{}...", "\\u{7}".repeat(12));
        for (text, shown) in [
            ("plain", "plain"),
            ("it's \"so\"\n", "it\\'s \\\"so\\\"\\n"),
            ("é中😀", "é中😀"),
            (&full, &full),
            (&long, &cut),
            (&bells, &cut_bells),
            ("", ""),
        ] {
            assert_eq!(escaped(text), shown);
            assert!(escaped(text).chars().count() <= EXCERPT_MAX);
        }
    }

    #[test]
    fn keys_and_secrets_are_hidden() {
        for (member, hidden) in [
            ("cak", true),
            ("authKey", true),
            ("secretARN", true),
            ("clientSecret", true),
            ("ckn", false),
            ("key", false),
            ("nextToken", false),
        ] {
            assert_eq!(is_secret(member), hidden, "{member}");
        }
    }
}
