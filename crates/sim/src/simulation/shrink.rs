//! Makes a failing run shorter: leaves out steps for as long as the same check still fails.

use super::script::{Script, Step};
use super::{Broken, Outcome, repeat};

/// How many runs are tried at most.
const TRIES: usize = 4000;

/// The shortest run that could be found that breaks what `outcome` breaks. Nothing where that run breaks nothing.
pub fn shrink(outcome: &Outcome, broken: Broken) -> Option<Outcome> {
    let (last, violation) = outcome.violations.first()?;
    let check = violation.check.clone();
    let fails = |steps: &[Step]| {
        let script = Script { steps: steps.to_vec(), ..outcome.script.clone() };
        let again = repeat(&script, broken);
        again.violations.iter().any(|(_, violation)| violation.check == check).then_some(again)
    };
    let mut steps: Vec<Step> = outcome.script.steps.iter().take(last + 1).cloned().collect();
    let mut found = fails(&steps)?;
    let (mut part, mut tries) = (steps.len().div_ceil(2).max(1), 0);
    loop {
        let mut at = 0;
        let mut shorter = false;
        while at < steps.len() && tries < TRIES {
            tries += 1;
            let mut left = steps.clone();
            left.drain(at..(at + part).min(steps.len()));
            match fails(&left) {
                Some(again) => {
                    (steps, found, shorter) = (left, again, true);
                }
                None => at += part,
            }
        }
        if tries >= TRIES || (part == 1 && !shorter) {
            return Some(found);
        }
        part = if shorter && part == 1 { 1 } else { part.div_ceil(2).max(1) };
    }
}
