//! The rules: each variant of each enum of rejections, with what its comment says and the text that callers get.
//!
//! The files are read as rustfmt leaves them, line by line: an enum begins with `pub enum`, a variant with a comment.

use std::fs;
use std::path::Path;

use super::named_sources;

/// The rules about one kind of thing.
pub(super) struct Group {
    /// The enum's name without `Rejection`.
    pub(super) name: String,
    /// What its comment says.
    pub(super) about: String,
    /// Its variants, in their order.
    pub(super) rules: Vec<Rule>,
}

/// One rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// What its comment says, without the sources.
    pub(super) about: String,
    /// Where it is known from.
    pub(super) sources: Vec<String>,
    /// The text, with the names of what is filled in; empty where the text is another rule's.
    pub(super) text: String,
}

/// Every enum of rejections there is.
pub(super) fn all(core: &Path) -> Result<Vec<Group>, String> {
    let mut paths = vec![core.join("rejection.rs")];
    paths.extend(super::sources(&core.join("rejection"))?);
    let mut groups = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        groups.extend(groups_of(&text));
    }
    groups.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(groups)
}

/// The enums of one file; the one that only wraps the others is none.
fn groups_of(source: &str) -> Vec<Group> {
    let (mut groups, mut comment, mut lines) = (Vec::new(), String::new(), source.lines());
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("/// ") {
            push_line(&mut comment, text);
        } else if let Some(name) = line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {")) {
            let about = std::mem::take(&mut comment);
            if let Some(name) = name.strip_suffix("Rejection").filter(|name| !name.is_empty()) {
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                groups.push(Group { name: name.to_owned(), about, rules: rules(&body) });
            }
        } else if !line.starts_with("#[") {
            comment.clear();
        }
    }
    groups
}

/// The variants between an enum's braces.
fn rules(body: &[&str]) -> Vec<Rule> {
    let (mut rules, mut comment, mut attribute): (Vec<Rule>, _, Option<String>) = (Vec::new(), String::new(), None);
    for line in body.iter().map(|line| line.trim()) {
        if let Some(open) = &mut attribute {
            push_line(open, line);
        } else if let Some(text) = line.strip_prefix("/// ") {
            push_line(&mut comment, text);
        } else if line.starts_with("#[error(") {
            attribute = Some(line.to_owned());
        }
        if attribute.as_ref().is_some_and(|attribute| attribute.ends_with(")]")) {
            let text = attribute.take().map(|attribute| text(&attribute)).unwrap_or_default();
            let about = std::mem::take(&mut comment);
            rules.push(Rule { about: without_sources(&about), sources: named_sources(&about), text });
        }
    }
    rules
}

fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// The comment without what stands in brackets for its sources.
fn without_sources(comment: &str) -> String {
    let mut text = String::new();
    let mut rest = comment;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, behind)) = after.split_once(']') else { break };
        if named_sources(&format!("[{inside}]")).is_empty() {
            text.push_str(&format!("{before}[{inside}]"));
        } else {
            text.push_str(before.trim_end());
        }
        rest = behind;
    }
    text + rest
}

/// The text of `#[error(…)]`, each empty place filled with the name of the value that goes there.
fn text(attribute: &str) -> String {
    let inside = attribute.trim_start_matches("#[error(").trim_end_matches(")]").trim();
    let Some((mut text, rest)) = inside.strip_prefix('"').and_then(literal) else { return String::new() };
    for value in rest.split(',').map(str::trim).filter(|value| !value.is_empty()) {
        // Of `Shown(id)`, the name is `id`.
        let name = value.rsplit('(').next().unwrap_or(value).trim_end_matches(')');
        text = text.replacen("{}", &format!("{{{name}}}"), 1);
    }
    text
}

/// A string up to its closing quote, and what comes after it.
fn literal(source: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((text, &source[at + 1..])),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => text.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_give_their_comments_sources_and_texts() {
        let source = "/// All of them.\npub enum Rejection {\n    Order(#[from] OrderRejection),\n}\n\n\
                      /// Why not.\n#[derive(Debug)]\npub enum OrderRejection {\n    \
                      /// One thing\n    /// or another [guide/inferred].\n    #[error(\"{what} is \\\"{}\\\"\", Shown(value))]\n    \
                      One { what: String, value: String },\n    /// Ours.\n    #[error(\n        \"A long text\"\n    )]\n    Two,\n    \
                      /// Another's [model].\n    #[error(transparent)]\n    Three(#[from] TagRejection),\n}\n";
        let groups = groups_of(source);
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].name.as_str(), groups[0].about.as_str()), ("Order", "Why not."));
        let rule = |about: &str, sources: &[&str], text: &str| Rule {
            about: about.to_owned(),
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
            text: text.to_owned(),
        };
        assert_eq!(
            groups[0].rules,
            [
                rule("One thing or another.", &["guide", "inferred"], "{what} is \"{value}\""),
                rule("Ours.", &[], "A long text"),
                rule("Another's.", &["model"], ""),
            ]
        );
    }
}
