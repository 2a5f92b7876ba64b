//! How many tests passed, failed and were skipped, as the test runners tell it.

use std::fmt;
use std::ops::AddAssign;

/// Counts of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

impl Tally {
    /// A check that held.
    pub(super) const ONE_PASSED: Tally = Tally { passed: 1, failed: 0, skipped: 0 };
    /// A check that did not hold, or could not be made.
    pub(super) const ONE_FAILED: Tally = Tally { passed: 0, failed: 1, skipped: 0 };

    /// The sum over the suites of a JUnit report; `None` if it has none.
    pub(super) fn from_junit(report: &str) -> Option<Tally> {
        let mut suites = report.split("<testsuite ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
        suites.try_fold(Tally::default(), |mut sum, suite| {
            let count = |name| attribute(suite, name);
            let failed = count("failures")? + count("errors")?;
            let skipped = count("skipped").unwrap_or(0);
            let passed = count("tests")?.checked_sub(failed + skipped)?;
            sum += Tally { passed, failed, skipped };
            Some(sum)
        })
    }

    /// The sum over the `test result:` lines that `cargo test` prints.
    pub(super) fn from_libtest(output: &str) -> Tally {
        let mut sum = Tally::default();
        for line in output.lines().filter_map(|line| line.strip_prefix("test result: ")) {
            let count = |word| {
                let part = line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word))?;
                part.trim().parse::<usize>().ok()
            };
            sum += Tally {
                passed: count("passed").unwrap_or(0),
                failed: count("failed").unwrap_or(0),
                skipped: count("ignored").unwrap_or(0),
            };
        }
        sum
    }

    /// The sums that node prints at the end of a report in the Test Anything Protocol.
    pub(super) fn from_tap(output: &str) -> Tally {
        let count = |word| {
            let number =
                output.lines().rev().find_map(|line| line.strip_prefix("# ")?.strip_prefix(word)?.strip_prefix(' '));
            number.and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
        };
        Tally {
            passed: count("pass"),
            failed: count("fail") + count("cancelled"),
            skipped: count("skipped") + count("todo"),
        }
    }

    /// What a runner counted, and one failure more when it ended badly without having counted any.
    pub(super) fn with_exit(mut self, success: bool) -> Tally {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// One line about a stage, worded otherwise than the sum, so that only one line looks like that.
    pub(super) fn sentence(&self, title: &str) -> String {
        let verdict = if self.failed == 0 { "ok" } else { "FAILED" };
        let run = self.passed + self.failed;
        format!("{verdict:<7}{title}: {} of {run} failed, {} not run", self.failed, self.skipped)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

/// The number in an attribute of an XML tag.
fn attribute(tag: &str, name: &str) -> Option<usize> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junit_reports() {
        let nextest = r#"<testsuites name="nextest-run" tests="5" failures="1" errors="0" uuid="4">
            <testsuite name="crossconnect-core" tests="3" disabled="0" errors="0" failures="1"><testcase/></testsuite>
            <testsuite name="crossconnect-store" tests="2" disabled="0" errors="0" failures="0"/></testsuites>"#;
        assert_eq!(Tally::from_junit(nextest), Some(Tally { passed: 4, failed: 1, skipped: 0 }));
        let pytest = r#"<testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.5">"#;
        assert_eq!(Tally::from_junit(pytest), Some(Tally { passed: 4, failed: 3, skipped: 3 }));
        assert_eq!(Tally::from_junit(""), Some(Tally::default()));
        assert_eq!(Tally::from_junit(r#"<testsuite name="pytest" tests="10">"#), None);
    }

    #[test]
    fn lines_of_cargo_test() {
        let output = "test a ... ok\ntest result: ok. 10 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.16s\n\
                      test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(Tally::from_libtest(output), Tally { passed: 13, failed: 1, skipped: 2 });
    }

    #[test]
    fn sums_of_node() {
        let output = "# Subtest: fail 7\nok 1 - fail 7\n# tests 12\n# suites 2\n# pass 8\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n";
        assert_eq!(Tally::from_tap(output), Tally { passed: 8, failed: 2, skipped: 2 });
        assert_eq!(Tally::from_tap("node: bad option"), Tally::default());
    }

    #[test]
    fn a_runner_that_ends_badly_has_failed() {
        assert_eq!(Tally::default().with_exit(false), Tally::ONE_FAILED);
        assert_eq!(Tally::ONE_FAILED.with_exit(false), Tally::ONE_FAILED);
        assert_eq!(Tally::ONE_PASSED.with_exit(true), Tally::ONE_PASSED);
    }

    #[test]
    fn the_sum_is_one_line() {
        assert_eq!(Tally { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed, 0 failed");
        assert_eq!(Tally { passed: 3, failed: 1, skipped: 2 }.to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
