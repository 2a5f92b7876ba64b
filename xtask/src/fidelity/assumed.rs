//! What is assumed: every sentence in a comment of the core that says that it is inferred.

use std::fs;
use std::path::Path;

use super::named_sources;

/// The files that assume something, each with its statements.
pub(super) fn all(core: &Path) -> Result<Vec<(String, Vec<String>)>, String> {
    let mut found = Vec::new();
    for path in super::sources(core)? {
        // The rejections have their own tables, and what is generated stands in the facts.
        let name = path.strip_prefix(core).unwrap_or(&path).to_string_lossy().into_owned();
        if name.starts_with("rejection") || name.ends_with("generated.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let statements = statements(&text);
        if !statements.is_empty() {
            found.push((name, statements));
        }
    }
    Ok(found)
}

/// The sentences of all comments that are marked as inferred.
fn statements(source: &str) -> Vec<String> {
    let mut statements = Vec::new();
    for comment in comments(source) {
        let assumed = sentences(&comment).into_iter().filter(|sentence| is_assumed(sentence));
        statements.extend(assumed);
    }
    statements
}

fn is_assumed(sentence: &str) -> bool {
    named_sources(sentence).iter().any(|source| source == "inferred")
}

/// Comments as single lines; lines that follow each other are one comment.
fn comments(source: &str) -> Vec<String> {
    let mut comments: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in source.lines() {
        let line = line.trim_start();
        let text = line.strip_prefix("//").map(|text| text.trim_start_matches(['/', '!']).trim());
        match text.filter(|text| !text.is_empty()) {
            Some(text) if is_open => {
                let last = comments.last_mut().expect("a comment is open");
                last.push(' ');
                last.push_str(text);
            }
            Some(text) => comments.push(text.to_owned()),
            None => {}
        }
        is_open = text.is_some_and(|text| !text.is_empty());
    }
    comments
}

/// Splits at ends of sentences that another one follows.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let words: Vec<&str> = text.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let sentence = sentences.last_mut().expect("there is one from the beginning");
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        let next = words.get(at + 1).and_then(|next| next.chars().find(|character| character.is_alphanumeric()));
        if word.ends_with('.') && next.is_some_and(char::is_uppercase) {
            sentences.push(String::new());
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_marked_is_taken_a_sentence_at_a_time() {
        let source = "//! A list. Its order is that of creation\n//! and id [inferred]. It ends.\n\n/// Known [guide].\n\
                      fn f() {}\n    // A port of 1 Gbps. The other is assumed, too [guide/inferred].\n";
        assert_eq!(
            statements(source),
            ["Its order is that of creation and id [inferred].", "The other is assumed, too [guide/inferred]."]
        );
    }
}
