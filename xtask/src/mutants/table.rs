//! The file that says what has been run and what was found: a row a shard, and the survivors that are no fault.

use super::Args;
use super::found::{self, Found, Summary};

/// What the file begins with.
const INTRODUCTION: &str = "\
# Mutants of the core

What `cargo xtask mutants --shard K/N --record docs/mutants.md` has run: the core is broken in one small way after the other,
and the tests are to notice. Those that do not compile say nothing; of the others, caught is what made a test fail, or never
end. The last column is about the survivors alone, as `--again` found them at a later commit.

";

/// The head of the table of shards.
const HEAD: &str = "\
| files in crates/core/src | shard | commit  | mutants | unviable | caught | timed out | survived | share caught | survive now  |
|--------------------------|-------|---------|--------:|---------:|-------:|----------:|---------:|-------------:|--------------|
";

/// What came of a shard.
pub(super) struct Row {
    /// The files and the shard: what tells it from others.
    key: String,
    /// The columns after it, where the whole shard was run.
    whole: Option<String>,
    /// The last column.
    now: String,
}

impl Row {
    /// Of a shard of which `first` met the scenarios, and `second` everything else.
    pub(super) fn new(args: &Args, commit: &str, first: &Found, second: &Found) -> Self {
        let of = |summary| first.count(summary) + second.count(summary);
        let unviable = of(Summary::Unviable);
        let (caught, timed_out) = (of(Summary::Caught), of(Summary::TimedOut));
        let survived = second.count(Summary::Missed);
        let viable = first.len() - unviable;
        let share = if viable == 0 { 100.0 } else { 100.0 * (caught + timed_out) as f64 / viable as f64 };
        let whole = format!(
            " {commit} | {:>7} | {unviable:>8} | {caught:>6} | {timed_out:>9} | {survived:>8} | {share:>10.1} % |",
            first.len()
        );
        Row { key: key(args), whole: Some(whole), now: format!("{survived} at {commit}") }
    }

    /// Of the survivors of a shard.
    pub(super) fn again(args: &Args, commit: &str, survivors: usize) -> Self {
        Row { key: key(args), whole: None, now: format!("{survivors} at {commit}") }
    }
}

fn key(args: &Args) -> String {
    format!("| {:<24} | {:<5} |", format!("`{}`", args.files), args.shard)
}

/// The text with the row in the place of the shard's former one, or at the end of the table.
pub(super) fn with(text: &str, row: &Row) -> Result<String, String> {
    let begun = if text.contains(HEAD) { text.to_owned() } else { format!("{INTRODUCTION}{HEAD}{text}") };
    let (before, after) = begun.split_once(HEAD).expect("the head was put there");
    let end = after.lines().take_while(|line| line.starts_with('|')).map(|line| line.len() + 1).sum::<usize>();
    let (rows, rest) = after.split_at(end.min(after.len()));
    let former = rows.lines().find(|line| line.starts_with(&row.key));
    let whole = match (&row.whole, former) {
        (Some(whole), _) => whole.clone(),
        (None, Some(former)) => {
            let columns = former.strip_prefix(&row.key).and_then(|rest| rest.strip_suffix('|'));
            let last = columns.and_then(|columns| columns.rfind('|'));
            let kept = columns.zip(last).map(|(columns, last)| columns[..=last].to_owned());
            kept.ok_or_else(|| format!("this row of the table is not as it was written: {former}"))?
        }
        (None, None) => return Err("the table has no row of this shard yet".to_owned()),
    };
    let line = format!("{}{whole} {:<12} |", row.key, row.now);
    let mut lines: Vec<&str> = rows.lines().collect();
    match lines.iter().position(|line| line.starts_with(&row.key)) {
        Some(at) => lines[at] = &line,
        None => lines.push(&line),
    }
    Ok(format!("{before}{HEAD}{}\n{rest}", lines.join("\n")))
}

/// Whether the text has a row that names the mutant: its file, then what is done to it.
pub(super) fn explains(text: &str, name: &str) -> bool {
    let Some((file, change)) = found::parts(name) else { return false };
    let start = format!("| `{file}` | `{}` |", change.replace('|', r"\|"));
    text.lines().any(|line| line.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(shard: &str) -> Args {
        Args { shard: shard.to_owned(), files: "ops/*/*.rs".to_owned(), again: false, record: None }
    }

    fn found(summaries: &[(&str, &str)]) -> Found {
        let each = summaries.iter().map(|(name, summary)| {
            format!(r#"{{"scenario": {{"Mutant": {{"name": "{name}"}}}}, "summary": "{summary}"}}"#)
        });
        Found::read(&format!(r#"{{"outcomes": [{}]}}"#, each.collect::<Vec<_>>().join(","))).unwrap()
    }

    #[test]
    fn a_shard_has_one_row_and_what_stands_below_stays() {
        let first = found(&[("a", "CaughtMutant"), ("b", "MissedMutant"), ("c", "MissedMutant"), ("d", "Unviable")]);
        let second = found(&[("b", "CaughtMutant"), ("c", "MissedMutant")]);
        let row = Row::new(&args("0/2"), "abc1234", &first, &second);
        let one = with("", &row).unwrap();
        let line = "| `ops/*/*.rs`             | 0/2   | abc1234 |       4 |        1 |      2 |         0 |        1 |       66.7 % | 1 at abc1234 |\n";
        assert_eq!(one, format!("{INTRODUCTION}{HEAD}{line}"));

        let two = with(&format!("{one}\nBelow.\n"), &Row::new(&args("1/2"), "abc1234", &first, &second)).unwrap();
        assert_eq!(two, format!("{one}{}\nBelow.\n", line.replace("0/2", "1/2")));
        let later = with(&two, &Row::again(&args("0/2"), "def5678", 0)).unwrap();
        assert_eq!(later, two.replacen("1 at abc1234", "0 at def5678", 1));
        assert!(with("", &Row::again(&args("0/2"), "def5678", 0)).is_err());
        assert_eq!(with(&later, &row).unwrap(), two);
    }

    #[test]
    fn a_survivor_is_explained_by_its_file_and_its_change() {
        let text = "| `ops/find.rs` | `replace \\|\\| with && in find` | The same, since both hold. |\n";
        assert!(explains(text, "crates/core/src/ops/find.rs:7:9: replace || with && in find"));
        assert!(!explains(text, "crates/core/src/ops/find.rs:7:9: replace || with && in found"));
        assert!(!explains(text, "crates/core/src/ops/keys.rs:7:9: replace || with && in find"));
    }
}
