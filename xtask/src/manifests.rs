//! Which crate may know which, and what every manifest says. The compiler guards the walls between crates; this
//! guards the manifests that say where the walls stand.

use std::fs;
use std::path::PathBuf;

use toml::{Table, Value};

/// The prefix of our own packages, `xtask` apart.
const PREFIX: &str = "crossconnect-";

/// The tables of a manifest that name other packages, at the top and under `target.*`.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Whether `from` may depend on `to`, both without the prefix. Nobody may depend on what is not listed as known.
fn may_know(from: &str, to: &str) -> bool {
    let known: &[&str] = match from {
        "api" | "audit" | "auth" | "papers" => &[],
        "core" => &["api", "papers"],
        "wire" => &["api"],
        "store" => &["api", "core"],
        "server" => return to != "server" && to != "sim" && to != "xtask",
        "sim" | "xtask" => return to != from,
        engine if engine.starts_with("store-") => &["api", "core", "store"],
        _ => &[],
    };
    known.contains(&to)
}

/// The edges that a manifest has to other packages of the workspace, and that may not be.
fn forbidden_edges(manifest: &Table) -> Vec<String> {
    let from = short(package(manifest, "name").and_then(Value::as_str).unwrap_or_default());
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let holders = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    let tables = holders.flat_map(|holder| TABLES.iter().filter_map(|table| holder.get(*table)?.as_table()));
    let edges = tables.flatten().filter_map(|(key, dependency)| {
        let name = dependency.get("package").and_then(Value::as_str).unwrap_or(key);
        let is_ours = name.starts_with(PREFIX) || name == "xtask" || dependency.get("path").is_some();
        (is_ours && !may_know(from, short(name))).then(|| format!("{from} may not depend on {}", short(name)))
    });
    edges.collect()
}

/// What a manifest lacks of what every one has.
fn omissions(manifest: &Table) -> Vec<String> {
    let name = package(manifest, "name").and_then(Value::as_str).unwrap_or_default();
    let inherits =
        |value: Option<&Value>| value.and_then(|value| value.get("workspace")) == Some(&Value::Boolean(true));
    let fields = ["version", "edition", "rust-version", "license", "publish"];
    let mut missing: Vec<String> = fields
        .iter()
        .filter(|field| !inherits(package(manifest, field)))
        .map(|field| format!("{name} lacks {field}.workspace = true"))
        .collect();
    if !inherits(manifest.get("lints")) {
        missing.push(format!("{name} lacks [lints] workspace = true"));
    }
    missing
}

fn package<'a>(manifest: &'a Table, field: &str) -> Option<&'a Value> {
    manifest.get("package")?.get(field)
}

fn short(name: &str) -> &str {
    name.strip_prefix(PREFIX).unwrap_or(name)
}

/// The manifests of all members: `crates/*` and `xtask`.
fn members() -> Vec<Table> {
    let crates = fs::read_dir(crate::workspace().join("crates")).expect("the workspace has crates");
    let mut folders: Vec<PathBuf> = crates.map(|entry| entry.unwrap().path()).collect();
    folders.push(crate::workspace().join("xtask"));
    folders.iter().map(|folder| read(folder.join("Cargo.toml"))).collect()
}

fn read(path: PathBuf) -> Table {
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn crates_know_only_those_below_them() {
    assert_eq!(members().iter().flat_map(forbidden_edges).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_manifest_inherits_from_the_workspace() {
    assert_eq!(members().iter().flat_map(omissions).collect::<Vec<_>>(), Vec::<String>::new());
    let workspace = read(crate::workspace().join("Cargo.toml"));
    assert_eq!(workspace["workspace"]["package"]["license"].as_str(), Some("Apache-2.0"));
    assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

#[test]
fn an_edge_is_found_in_whatever_table_it_stands() {
    for (manifest, edges) in [
        ("[dependencies]\ncrossconnect-api.workspace = true\nimbl = \"7\"", &[][..]),
        ("[dependencies]\ncrossconnect-store.workspace = true", &["core may not depend on store"]),
        ("[dev-dependencies]\ncrossconnect-sim.workspace = true", &["core may not depend on sim"]),
        (
            "[build-dependencies]\nfacts = { package = \"crossconnect-auth\", workspace = true }",
            &["core may not depend on auth"],
        ),
        ("[target.'cfg(unix)'.dependencies]\nrules = { path = \"../rules\" }", &["core may not depend on rules"]),
    ] {
        let manifest = format!("[package]\nname = \"crossconnect-core\"\n{manifest}").parse().unwrap();
        assert_eq!(forbidden_edges(&manifest), edges);
    }
}

#[test]
fn directions() {
    for (from, to) in
        [("core", "papers"), ("store", "core"), ("store-etcd", "store"), ("server", "store-etcd"), ("xtask", "server")]
    {
        assert!(may_know(from, to), "{from} -> {to}");
    }
    for (from, to) in [
        ("audit", "api"),
        ("auth", "api"),
        ("papers", "api"),
        ("wire", "core"),
        ("store", "store-etcd"),
        ("core", "wire"),
        ("server", "sim"),
    ] {
        assert!(!may_know(from, to), "{from} -> {to}");
    }
}

#[test]
fn a_manifest_of_its_own_mind_is_noticed() {
    let manifest = "[package]\nname = \"crossconnect-new\"\nversion = \"1.0.0\"\nedition.workspace = true\n\
                    rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true";
    let expected =
        ["crossconnect-new lacks version.workspace = true", "crossconnect-new lacks [lints] workspace = true"];
    assert_eq!(omissions(&manifest.parse().unwrap()), expected);
}

/// The files from which the compiler starts: libraries and programs.
fn roots() -> Vec<PathBuf> {
    let crates = fs::read_dir(crate::workspace().join("crates")).expect("the workspace has crates");
    let mut folders: Vec<PathBuf> = crates.map(|entry| entry.unwrap().path()).collect();
    folders.extend(["xtask", "clients/rust"].map(|folder| crate::workspace().join(folder)));
    let mut roots = Vec::new();
    for folder in folders {
        let source = folder.join("src");
        roots.extend(["lib.rs", "main.rs"].map(|name| source.join(name)).into_iter().filter(|path| path.exists()));
        if let Ok(programs) = fs::read_dir(source.join("bin")) {
            roots.extend(programs.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
        }
    }
    roots
}

#[test]
fn every_root_forbids_unsafe_code() {
    let roots = roots();
    assert!(roots.len() > 10, "{roots:?}");
    let forbids =
        |path: &PathBuf| fs::read_to_string(path).unwrap().lines().any(|line| line == "#![forbid(unsafe_code)]");
    let lacking: Vec<_> = roots.iter().filter(|path| !forbids(path)).collect();
    assert_eq!(lacking, Vec::<&PathBuf>::new());
}
