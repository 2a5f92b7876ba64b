//! Compares what came with what a step expects, and notes how the expectation would have to read.

use super::driver::{Outcome, Refusal, START};
use super::expect::{holds, render};
use super::run::Running;
use super::text::Text;
use super::update::Edit;
use super::{Expected, Pair, Step, What};
use crossconnect_core::Moment;
use serde_json::Value;

impl Running {
    /// Compares what came with every expectation of the step.
    pub(super) fn judge(&mut self, step: &Step, outcome: &Outcome) -> Result<(), String> {
        let refusals = step.expected.iter().filter(|expected| matches!(expected.what, What::Refusal { .. }));
        if let (Err(refusal), 0) = (&outcome.answer, refusals.count()) {
            self.edits.push(Edit::Insert { after: step.line, text: self.refusal_line(refusal) });
            self.fail(step.line, format!("refused: {} {}", refusal.name, refusal.text));
        }
        for expected in &step.expected {
            match (&expected.what, &outcome.answer) {
                (What::Members(pairs), Ok(answer)) => self.judge_members(expected, pairs, answer)?,
                (What::Members(_), Err(_)) => self.edits.push(Edit::Delete { line: expected.line }),
                (What::Refusal { .. }, Ok(_)) => {
                    self.edits.push(Edit::Delete { line: expected.line });
                    self.fail(expected.line, "expected a refusal, and it was accepted");
                }
                (What::Refusal { name, text }, Err(refusal)) => self.judge_refusal(expected, name, text, refusal)?,
                (What::Interrupts(ids), _) => self.judge_interrupts(expected, ids, &outcome.interrupts)?,
                (What::Moments(_), _) => {}
            }
        }
        Ok(())
    }

    fn judge_members(&mut self, expected: &Expected, pairs: &[Pair], answer: &Value) -> Result<(), String> {
        for pair in pairs {
            for actual in pair.path.resolve(answer) {
                if holds(&pair.value, actual.as_ref(), &mut self.bindings)? {
                    continue;
                }
                let came = render(actual.as_ref(), &self.bindings);
                self.fail(expected.line, format!("expected {}={}, came {came}", pair.path, shown(&pair.value)));
                self.edits.push(Edit::Replace { line: expected.line, span: pair.span.clone(), text: came });
                break;
            }
        }
        Ok(())
    }

    fn judge_refusal(&mut self, expected: &Expected, name: &str, text: &Text, came: &Refusal) -> Result<(), String> {
        let filled = self.bindings.fill(text)?;
        let holds = match filled.strip_suffix('…') {
            Some(beginning) => came.text.starts_with(beginning),
            None => came.text == filled,
        };
        if name != came.name || !holds {
            let line = self.refusal_line(came);
            self.fail(expected.line, format!("expected ! {name} {filled}, came {line}"));
            self.edits.push(Edit::Line { line: expected.line, text: line });
        }
        Ok(())
    }

    fn refusal_line(&self, refusal: &Refusal) -> String {
        format!("! {} {}", refusal.name, self.bindings.unfill(&refusal.text))
    }

    fn judge_interrupts(&mut self, expected: &Expected, ids: &[Text], came: &[String]) -> Result<(), String> {
        let wanted = ids.iter().map(|id| self.bindings.fill(id)).collect::<Result<Vec<_>, _>>()?;
        if wanted != came {
            let names: Vec<_> = came.iter().map(|id| self.bindings.unfill(id)).collect();
            let names = if names.is_empty() { "nothing".to_owned() } else { names.join(" ") };
            self.fail(expected.line, format!("expected to interrupt {wanted:?}, came {names}"));
            self.edits.push(Edit::Line { line: expected.line, text: format!("interrupts {names}") });
        }
        Ok(())
    }

    pub(super) fn judge_moments(&mut self, step: &Step, moments: &[Moment]) {
        let came: Vec<_> = moments.iter().map(|moment| format!("{}@{}", moment.state, since_start(moment))).collect();
        let came = came.join(" ");
        for expected in &step.expected {
            match &expected.what {
                What::Moments(wanted) if *wanted == came => {}
                What::Moments(wanted) => {
                    self.fail(expected.line, format!("expected {wanted}, came {came}"));
                    self.edits.push(Edit::Line { line: expected.line, text: format!("> {came}") });
                }
                What::Members(_) | What::Refusal { .. } | What::Interrupts(_) => {
                    self.fail(expected.line, "a timeline has only moments");
                }
            }
        }
    }
}

fn shown(literal: &super::literal::Literal) -> String {
    literal.texts().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// `24h2s`: how long after the start of the block.
fn since_start(moment: &Moment) -> String {
    let millis = moment.at.0 - START.0;
    let parts =
        [(millis / 3_600_000, "h"), (millis / 60_000 % 60, "m"), (millis / 1000 % 60, "s"), (millis % 1000, "ms")];
    let text: String =
        parts.iter().filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}
