//! Numbers of stored fields are never reused: every one that a release has written keeps its name and its type.
//!
//! `golden/<release>.fields` lists them, as they are declared. `UPDATE=1` adds those that are new to the list of this
//! release; whoever adds one also adds a value to `values/` that has it, so that its bytes are kept as golden files.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The list of this release, which has those of every one before.
const LIST: &str = "tests/golden/0.1.fields";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every declared field and variant with a number: its type, the number, the declaration.
fn declared() -> BTreeSet<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.iter().flat_map(|file| fields(&std::fs::read_to_string(file).unwrap())).collect()
}

fn fields(source: &str) -> Vec<String> {
    let (mut found, mut holder, mut number) = (Vec::new(), String::new(), None);
    for line in source.lines().map(str::trim) {
        let declaration = line.trim_end_matches([',', '{', ';']).trim();
        let declaration = declaration.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        let head = ["struct ", "enum "].into_iter().find_map(|word| declaration.strip_prefix(word));
        if let Some(head) = head {
            holder = head.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        }
        if let Some(rest) = line.strip_prefix("#[n(").or_else(|| line.strip_prefix("#[cbor(n(")) {
            number = rest.split_once(')').map(|(number, _)| number.to_owned());
        } else if let Some(inner) = head.filter(|head| head.contains("(#[n(")) {
            found.push(format!("{holder} = {inner}"));
        } else if !line.starts_with('#') && !line.starts_with("//") && !line.is_empty() {
            found.extend(number.take().map(|number| format!("{holder} {number} {declaration}")));
        }
    }
    found
}

#[test]
fn stored_fields_keep_their_numbers_and_new_ones_are_listed() {
    let (path, declared) = (root().join(LIST), declared());
    assert!(declared.len() > 200, "the declarations are not found any more: {}", declared.len());
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let mut listed: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        listed.extend(declared.iter().cloned());
        let lines: Vec<&str> = listed.iter().map(String::as_str).collect();
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "stores have these, and nothing reads them as they are: {gone:#?}");
    let new: Vec<_> = declared.difference(&listed).collect();
    assert!(new.is_empty(), "UPDATE=1 adds these to {LIST}, and values/ wants one that has them: {new:#?}");
}

#[test]
fn fields_are_found_however_they_are_declared() {
    let source = "/// One.\n#[derive(Encode)]\npub struct Lag {\n    /// Its id.\n    #[n(0)]\n    pub id: LagId,\n    \
                  #[cbor(n(3), with = \"minicbor::bytes\")]\n    pub(crate) body: Vec<u8>,\n}\n\
                  pub struct Speed(#[n(0)] u32);\nenum Key {\n    #[n(2)]\n    Account(#[n(0)] AccountId),\n}\n";
    let found = fields(source);
    assert_eq!(
        found,
        ["Lag 0 id: LagId", "Lag 3 body: Vec<u8>", "Speed = Speed(#[n(0)] u32)", "Key 2 Account(#[n(0)] AccountId)"]
    );
}
