//! What cargo-mutants says became of each mutant.

use serde_json::Value;

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Summary {
    /// A test failed.
    Caught,
    /// No test failed.
    Missed,
    /// The tests did not end in time.
    TimedOut,
    /// It does not compile, so it says nothing.
    Unviable,
}

/// What became of each, by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found(Vec<(String, Summary)>);

impl Found {
    /// Reads `outcomes.json`.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let document: Value = serde_json::from_str(text).map_err(|error| format!("outcomes.json: {error}"))?;
        let outcomes = document["outcomes"].as_array().ok_or("outcomes.json has no outcomes")?;
        let mutants = outcomes.iter().filter(|outcome| outcome["scenario"] != "Baseline");
        let each = mutants.map(|outcome| {
            let name =
                outcome["scenario"]["Mutant"]["name"].as_str().ok_or("outcomes.json has a mutant without a name")?;
            let summary = match outcome["summary"].as_str() {
                Some("CaughtMutant") => Summary::Caught,
                Some("MissedMutant") => Summary::Missed,
                Some("Timeout") => Summary::TimedOut,
                Some("Unviable") => Summary::Unviable,
                other => return Err(format!("outcomes.json: {name} came to {other:?}")),
            };
            Ok((name.to_owned(), summary))
        });
        each.collect::<Result<_, _>>().map(Found)
    }

    /// Those whose name is wanted.
    pub(super) fn only(mut self, is_wanted: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|(name, _)| is_wanted(name));
        self
    }

    pub(super) fn count(&self, summary: Summary) -> usize {
        self.0.iter().filter(|(_, each)| *each == summary).count()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn named(&self, summary: Summary) -> Vec<String> {
        self.0.iter().filter(|(_, each)| *each == summary).map(|(name, _)| name.clone()).collect()
    }
}

/// The file of a mutant within the core, and what is done to it. Where in the file is left out: lines move.
pub(super) fn parts(name: &str) -> Option<(&str, &str)> {
    let mut parts = name.splitn(4, ':');
    let file = parts.next()?;
    let (_line, _column, change) = (parts.next()?, parts.next()?, parts.next()?);
    Some((file.strip_prefix("crates/core/src/").unwrap_or(file), change.trim()))
}

/// An expression that matches the mutant of this name alone.
pub(super) fn exact(name: &str) -> String {
    format!("^{}$", escaped(name))
}

/// An expression that matches the mutants with that file and change.
pub(super) fn pattern(name: &str) -> String {
    let (file, change) = parts(name).unwrap_or(("", name));
    format!(r"/{}:\d+:\d+: {}$", escaped(file), escaped(change))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_counted_without_the_baseline() {
        let mutant = |name: &str, summary: &str| {
            format!(r#"{{"scenario": {{"Mutant": {{"name": "{name}"}}}}, "summary": "{summary}"}}"#)
        };
        let each = [
            r#"{"scenario": "Baseline", "summary": "Success"}"#.to_owned(),
            mutant("a", "CaughtMutant"),
            mutant("b", "MissedMutant"),
            mutant("c", "Timeout"),
            mutant("d", "Unviable"),
            mutant("e", "CaughtMutant"),
        ];
        let found = Found::read(&format!(r#"{{"outcomes": [{}]}}"#, each.join(","))).unwrap();
        assert_eq!((found.len(), found.count(Summary::Caught), found.count(Summary::TimedOut)), (5, 2, 1));
        assert_eq!(found.named(Summary::Missed), ["b"]);
        let kept = found.only(|name| ["b", "e"].contains(&name));
        assert_eq!((kept.len(), kept.count(Summary::Missed)), (2, 1));
        let odd = format!(r#"{{"outcomes": [{}]}}"#, mutant("f", "Exploded"));
        assert!(Found::read(&odd).unwrap_err().contains("f came to"));
    }

    #[test]
    fn a_name_is_found_again_wherever_its_line_went() {
        let name = "crates/core/src/ops/find.rs:12:5: replace find -> Option<&'a str> with Some(\"\")";
        assert_eq!(parts(name), Some(("ops/find.rs", "replace find -> Option<&'a str> with Some(\"\")")));
        let expected = r#"/ops/find\.rs:\d+:\d+: replace find \-> Option<\&'a str> with Some\(""\)$"#;
        assert_eq!(pattern(name), expected);
        let expected = r#"^crates/core/src/ops/find\.rs:12:5: replace find \-> Option<\&'a str> with Some\(""\)$"#;
        assert_eq!(exact(name), expected);
    }
}
