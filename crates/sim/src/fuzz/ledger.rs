//! How many inputs have been tried, run by run: a page of the repository's documentation, which runs add to.

use super::Kind;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};
use std::path::{Path, PathBuf};

const TITLE: &str = "# Fuzzing\n\n\
    `cargo xtask fuzz` tries hostile inputs on everything that reads a stranger's bytes, and on the reader of stored records.\n\
    It makes them from sound ones by a seed, so that a row can be run again: `cargo xtask fuzz -- --inputs N --seed S --target T`.\n\
    `--record docs/fuzzing.md` adds the rows and the sums. What was found is kept under `crates/sim/corpus/`, which the tests replay.\n\
    A failure is a panic, or something that must hold of every input and did not.\n";

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The day, as `2026-01-01`.
    pub day: String,
    /// The commit whose code was tried.
    pub commit: String,
    /// What was tried.
    pub kind: Kind,
    /// How many inputs.
    pub inputs: u64,
    /// How many of them were accepted.
    pub accepted: u64,
    /// The seed that they follow from.
    pub seed: u64,
    /// How many were not dealt with as they must be.
    pub failures: u64,
}

/// All runs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The runs, in order.
    pub runs: Vec<Count>,
}

impl Ledger {
    /// Where the repository keeps it.
    pub fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/fuzzing.md")
    }

    /// Reads what [`Ledger`] writes; what has no rows has had no runs.
    ///
    /// # Errors
    /// A row that is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let rows = text.lines().filter(|line| line.starts_with("| 2"));
        rows.map(|row| count(row).ok_or_else(|| format!("not a run: {row}")))
            .collect::<Result<_, _>>()
            .map(|runs| Ledger { runs })
    }

    /// How many inputs were tried, of all kinds.
    pub fn inputs(&self) -> u64 {
        self.runs.iter().map(|run| run.inputs).sum()
    }
}

fn count(row: &str) -> Option<Count> {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [day, commit, kind, inputs, accepted, seed, failures] = cells[..] else { return None };
    let number = |text: &str| text.replace(',', "").parse::<u64>().ok();
    Some(Count {
        day: day.to_owned(),
        commit: commit.to_owned(),
        kind: Kind::from_name(kind)?,
        inputs: number(inputs)?,
        accepted: number(accepted)?,
        seed: number(seed)?,
        failures: number(failures)?,
    })
}

impl Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sums: BTreeMap<Kind, [u64; 3]> = BTreeMap::new();
        for run in &self.runs {
            let [inputs, accepted, failures] = sums.entry(run.kind).or_default();
            *inputs += run.inputs;
            *accepted += run.accepted;
            *failures += run.failures;
        }
        writeln!(f, "{TITLE}\n{} inputs in all.\n", grouped(self.inputs()))?;
        writeln!(f, "| target | what it tries | inputs | accepted | failures |\n|---|---|--:|--:|--:|")?;
        for (kind, [inputs, accepted, failures]) in &sums {
            let [inputs, accepted, failures] = [inputs, accepted, failures].map(|number| grouped(*number));
            writeln!(f, "| {} | {} | {inputs} | {accepted} | {failures} |", kind.name(), kind.about())?;
        }
        writeln!(
            f,
            "\n## Runs\n\n| day | commit | target | inputs | accepted | seed | failures |\n|---|---|---|--:|--:|--:|--:|"
        )?;
        for run in &self.runs {
            let Count { day, commit, kind, seed, .. } = run;
            let [inputs, accepted, failures] = [run.inputs, run.accepted, run.failures].map(grouped);
            writeln!(f, "| {day} | {commit} | {} | {inputs} | {accepted} | {seed} | {failures} |", kind.name())?;
        }
        Ok(())
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        write!(text, "{digit}").expect("writing to a string cannot fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let run = Count {
            day: "2026-01-01".to_owned(),
            commit: "0123abc".to_owned(),
            kind: Kind::Page,
            inputs: 1_234_567,
            accepted: 7,
            seed: 9,
            failures: 0,
        };
        let ledger = Ledger { runs: vec![run.clone(), Count { kind: Kind::Json, inputs: 512, ..run }] };
        let text = ledger.to_string();
        assert!(text.contains("1,235,079 inputs in all"), "{text}");
        assert_eq!(Ledger::read(&text), Ok(ledger));
        assert!(Ledger::read("| 2026-01-01 | a | nothing | 1 | 1 | 1 | 1 |").is_err());
    }
}
