//! `cargo xtask fidelity`: writes `docs/fidelity.md`, which says of every rule, delay and quota where it is known from,
//! and what is assumed. It is gathered from the sources: the variants of the rejections with their texts and comments,
//! the facts in `model/`, and every comment of the core that says that something is inferred.

mod assumed;
mod rules;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;
use indexmap::IndexMap;
use serde::Deserialize;

/// Where the page is kept.
const PAGE: &str = "docs/fidelity.md";
/// Where the rules stand.
const CORE: &str = "crates/core/src";

/// The sources of facts, the surest first.
const SOURCES: [(&str, &str); 4] = [
    ("observed", "recorded from the real service, or from what its clients rely on; such texts are the service's own"),
    ("model", "the model that AWS publishes with its SDKs"),
    ("guide", "the user guide, quota and pricing pages of AWS"),
    ("inferred", "assumed: no source speaks"),
];

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Writes nothing; fails if the committed page differs from what would be generated.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args) -> Outcome {
    let (page, path) = (page()?, crate::workspace().join(PAGE));
    if args.check {
        return if is_current(&page) {
            Ok(())
        } else {
            Err(format!("{PAGE} is not what `cargo xtask fidelity` yields"))
        };
    }
    let folder = path.parent().expect("the page lies in a folder");
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))
}

fn is_current(page: &str) -> bool {
    fs::read_to_string(crate::workspace().join(PAGE)).is_ok_and(|committed| committed == page)
}

/// The whole page.
fn page() -> Result<String, String> {
    let core = crate::workspace().join(CORE);
    let rules = rules::all(&core)?;
    let assumed = assumed::all(&core)?;
    let mut page = String::from(
        "# Fidelity\n\nWhat this service refuses, how long things take in it, how much there may be, and where each of \
         these is known from.\n`cargo xtask fidelity` makes this page from the sources; a test fails when it differs.\n\n",
    );
    for (name, meaning) in SOURCES {
        let _ = writeln!(page, "- **[{name}]**: {meaning}.");
    }
    let _ = writeln!(page, "\n{}", summary(&rules));
    write_rules(&mut page, &rules);
    write_delays(&mut page)?;
    write_quotas(&mut page)?;
    page.push_str(
        "\n## What is assumed\n\nEvery statement of the core that no source makes, by the file that rests on it.\n",
    );
    for (file, statements) in &assumed {
        let _ = writeln!(page, "\n### `{file}`\n");
        for statement in statements {
            let _ = writeln!(page, "- {statement}");
        }
    }
    Ok(page)
}

fn summary(groups: &[rules::Group]) -> String {
    let all: Vec<&rules::Rule> = groups.iter().flat_map(|group| &group.rules).collect();
    let of = |source: &str| all.iter().filter(|rule| rule.sources.iter().any(|known| known == source)).count();
    let counts: Vec<String> = SOURCES.iter().map(|(name, _)| format!("{} {name}", of(name))).collect();
    format!("There are {} rules: {}; a rule with two sources counts for both.", all.len(), counts.join(", "))
}

fn write_rules(page: &mut String, groups: &[rules::Group]) {
    page.push_str(
        "\n## Rules\n\nA call that breaks several is refused for the first, in the order that scenarios pin.\n",
    );
    for group in groups {
        let _ =
            writeln!(page, "\n### {}\n\n{}\n\n| rule | text | known from |\n|---|---|---|", group.name, group.about);
        for rule in &group.rules {
            let sources = if rule.sources.is_empty() { "ours".to_owned() } else { rule.sources.join(", ") };
            let _ = writeln!(page, "| {} | {} | {sources} |", cell(&rule.about), cell(&code(&rule.text)));
        }
    }
}

/// What a table may hold in one cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn code(text: &str) -> String {
    if text.is_empty() { "as the rule that it carries on".to_owned() } else { format!("`{text}`") }
}

/// A delay as `model/delays.toml` has it.
#[derive(Deserialize)]
struct Delay {
    doc: String,
    instant: String,
    brisk: String,
    realistic: String,
}

fn write_delays(page: &mut String) -> Outcome {
    let delays: IndexMap<String, Delay> = facts("delays.toml")?;
    page.push_str(
        "\n## Delays\n\nOf the real lengths, those of connections are hours to days [guide] and those of gateway \
         associations many minutes [observed]; the rest is assumed.\n\n\
         | delay | what takes so long | instant | brisk | realistic |\n|---|---|---|---|---|\n",
    );
    for (name, delay) in &delays {
        let Delay { doc, instant, brisk, realistic } = delay;
        let _ = writeln!(page, "| `{name}` | {} | {instant} | {brisk} | {realistic} |", cell(doc));
    }
    Ok(())
}

/// A quota as `model/quotas.toml` has it.
#[derive(Deserialize)]
struct Quota {
    doc: String,
    source: String,
    value: u32,
}

fn write_quotas(page: &mut String) -> Outcome {
    let quotas: IndexMap<String, Quota> = facts("quotas.toml")?;
    page.push_str("\n## Quotas\n\n| quota | what it counts | value | known from |\n|---|---|---|---|\n");
    for (name, Quota { doc, source, value }) in &quotas {
        let _ = writeln!(page, "| `{name}` | {} | {value} | {source} |", cell(doc));
    }
    Ok(())
}

fn facts<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, String> {
    let path = crate::workspace().join("model").join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{name}: {error}"))
}

/// Every Rust file under `folder`, in the order of their paths.
fn sources(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut paths: Vec<_> = entries.map_err(failed)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The sources that a text names in brackets: `[guide/inferred]` names two.
fn named_sources(text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for part in text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        let words: Vec<&str> = part.split('/').collect();
        if words.iter().all(|word| SOURCES.iter().any(|(name, _)| name == word)) {
            for word in words.into_iter().map(str::to_owned) {
                if !named.contains(&word) {
                    named.push(word);
                }
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_page_is_what_the_sources_yield() {
        let page = page().expect("the sources are readable");
        assert!(is_current(&page), "run `cargo xtask fidelity`");
    }

    #[test]
    fn every_rule_of_the_api_says_where_it_is_known_from() {
        let rules = rules::all(&crate::workspace().join(CORE)).expect("the sources are readable");
        assert!(rules.iter().map(|group| group.rules.len()).sum::<usize>() > 150);
        // The operator's calls are this project's own.
        for group in rules.iter().filter(|group| !["Control", "Registry"].contains(&group.name.as_str())) {
            for rule in &group.rules {
                assert!(!rule.sources.is_empty(), "{}: {}", group.name, rule.about);
            }
        }
    }

    #[test]
    fn sources_stand_in_brackets() {
        assert_eq!(named_sources("Ports have one [guide/inferred], or none [model]."), ["guide", "inferred", "model"]);
        assert_eq!(named_sources("See [`Tx`] and [0..4]."), Vec::<String>::new());
    }
}
