//! Runs blocks on drivers, and says where what came is not what was expected.

use super::binding::Bindings;
use super::control::Control;
use super::driver::{Carrier, Coverage, Driver, InMemory, Outcome, Refusal, START};
use super::update::Edit;
use super::{Action, Block, Pair, Scenario, Step};
use crossconnect_api::Operation;
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, control};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Who calls where a block names nobody.
const FIRST_ACCOUNT: &str = "111122223333";

/// What is not as expected, at which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// From 1.
    pub line: usize,
    /// What was expected and what came.
    pub text: String,
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct Report {
    /// What is not as expected.
    pub failures: Vec<Failure>,
    /// Titles of blocks about records that do not exist yet, and what each waits for.
    pub waiting: Vec<(String, String)>,
    /// How many blocks ran.
    pub blocks: usize,
    /// How the file would read if all that came were expected.
    pub(super) edits: Vec<Edit>,
}

impl Scenario {
    /// Runs every block on every driver. With `update`, a block goes on after what is not as expected.
    pub fn run(&self, update: bool) -> Report {
        let mut report = Report::default();
        for block in &self.blocks {
            match &block.waiting {
                None => run_block(block, update, &mut report),
                Some(reason) => {
                    match run_on(block, Box::new(InMemory::new(Carrier::Core)), false).failures.is_empty() {
                        false => report.waiting.push((block.title.clone(), reason.clone())),
                        true => report.failures.push(Failure {
                            line: block.line,
                            text: "the block passes: take its line waiting away".to_owned(),
                        }),
                    }
                }
            }
        }
        report
    }

    /// Runs every block that does not wait, and whose title is not `elsewhere`, on a driver of its own, and compares with
    /// what the file expects alone: ids and tokens may be others than elsewhere.
    pub fn run_over(&self, mut start: impl FnMut() -> Box<dyn Driver>, elsewhere: impl Fn(&str) -> bool) -> Report {
        let mut report = Report::default();
        let here = |block: &&Block| block.waiting.is_none() && !elsewhere(&block.title);
        for block in self.blocks.iter().filter(here) {
            let running = run_on(block, start(), false);
            report.blocks += 1;
            report.failures.extend(running.failures);
        }
        report
    }

    /// Every account that the file acts for.
    pub fn accounts(&self) -> BTreeSet<String> {
        let steps = self.blocks.iter().flat_map(|block| &block.steps);
        let named = steps.filter_map(|step| match &step.action {
            Action::As { account, .. } => Some(account.clone()),
            Action::Name(_) | Action::Call { .. } | Action::Control(_) | Action::Timeline(_) => None,
        });
        named.chain([FIRST_ACCOUNT.to_owned()]).collect()
    }

    /// What the file reaches. All drivers reach the same, so one is asked.
    pub fn coverage(&self) -> Coverage {
        let mut reached = Coverage::default();
        for block in self.blocks.iter().filter(|block| block.waiting.is_none()) {
            let running = run_on(block, Box::new(InMemory::new(Carrier::Core)), false);
            reached.add(running.driver.coverage());
        }
        reached
    }

    /// Titles of blocks that wait, with what for.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &str)> {
        self.blocks.iter().filter_map(|block| Some((block.title.as_str(), block.waiting.as_deref()?)))
    }
}

fn run_block(block: &Block, update: bool, report: &mut Report) {
    report.blocks += 1;
    let mut first: Option<Running> = None;
    for carrier in Carrier::ALL {
        let running = run_on(block, Box::new(InMemory::new(carrier)), update);
        match &first {
            None => first = Some(running),
            Some(first) => {
                let differing = first.outcomes.iter().zip(&running.outcomes).find(|(one, other)| one != other);
                report.failures.extend(differing.map(|((line, one), (_, other))| Failure {
                    line: *line,
                    text: format!("core answered {one:?}, {} {other:?}", carrier.name()),
                }));
                let own = running.failures.into_iter().filter(|failure| !first.failures.contains(failure));
                report.failures.extend(
                    own.map(|failure| Failure { text: format!("{}: {}", carrier.name(), failure.text), ..failure }),
                );
            }
        }
    }
    let first = first.expect("there are drivers");
    report.failures.extend(first.failures);
    report.edits.extend(first.edits);
}

/// One block under way on one driver.
pub(super) struct Running {
    driver: Box<dyn Driver>,
    caller: Context,
    pub(super) bindings: Bindings,
    outcomes: Vec<(usize, Outcome)>,
    failures: Vec<Failure>,
    pub(super) edits: Vec<Edit>,
}

fn run_on(block: &Block, driver: Box<dyn Driver>, update: bool) -> Running {
    let mut running = Running {
        driver,
        caller: caller(FIRST_ACCOUNT, "us-east-1").expect("the caller of blocks that name none"),
        bindings: Bindings::default(),
        outcomes: Vec::new(),
        failures: Vec::new(),
        edits: Vec::new(),
    };
    for step in &block.steps {
        let ended = catch_unwind(AssertUnwindSafe(|| running.take(step)));
        let panicked = ended.is_err();
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(text)) => running.fail(step.line, text),
            Err(payload) => {
                let message = payload.downcast_ref::<String>().map(String::as_str);
                let message = message.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default();
                running.fail(step.line, format!("panicked: {message}"));
            }
        }
        for fault in running.driver.take_faults() {
            running.fail(step.line, fault);
        }
        if panicked || (!update && !running.failures.is_empty()) {
            break;
        }
    }
    running
}

fn caller(account: &str, region: &str) -> Result<Context, String> {
    let account = AccountId::new(account).ok_or_else(|| format!("{account} is not twelve digits"))?;
    let region = Region::new(region).ok_or_else(|| format!("{region} is no Region"))?;
    Ok(Context { account, region, system_time: START })
}

impl Running {
    pub(super) fn fail(&mut self, line: usize, text: impl Into<String>) {
        self.failures.push(Failure { line, text: text.into() });
    }

    fn take(&mut self, step: &Step) -> Result<(), String> {
        match &step.action {
            Action::As { account, region } => self.caller = caller(account, region)?,
            Action::Name(reference) => {
                let value = self.bindings.find(reference)?;
                self.bind(step, value);
            }
            Action::Call { operation, times, dry, input } => {
                let input = self.input(*operation, input)?;
                // Only the last of several is looked at: they are there to fill something.
                for _ in 1..*times {
                    self.driver.call(self.caller, *operation, &input, *dry);
                }
                let outcome = self.driver.call(self.caller, *operation, &input, *dry);
                self.outcomes.push((step.line, outcome.clone()));
                if let Ok(answer) = &outcome.answer {
                    self.bind(step, answer.clone());
                }
                self.judge(step, &outcome)?;
            }
            Action::Control(control) => {
                let outcome = match self.control(control)? {
                    Ok(interrupts) => Outcome { answer: Ok(Value::Null), interrupts },
                    Err(refusal) => Outcome { answer: Err(refusal), interrupts: Vec::new() },
                };
                self.judge(step, &outcome)?;
            }
            Action::Timeline(id) => {
                let id = self.bindings.fill(id)?;
                let moments = self.driver.timeline(&id).ok_or_else(|| format!("{id} has no timeline"))?;
                self.judge_moments(step, &moments);
            }
        }
        Ok(())
    }

    fn bind(&mut self, step: &Step, value: Value) {
        if let Some(name) = &step.name {
            self.bindings.bind(name, value);
        }
    }

    fn input(&self, operation: Operation, pairs: &[Pair]) -> Result<Value, String> {
        let mut document = Value::Object(Map::new());
        for pair in pairs {
            let shape = pair.path.shape(operation.input())?.ok_or("an input has no length")?;
            pair.path.put(&mut document, pair.value.to_value(shape, &self.bindings)?)?;
        }
        Ok(document)
    }

    fn control(&mut self, control: &Control) -> Result<Result<Vec<String>, Refusal>, String> {
        let request = match control {
            Control::Sweep => {
                self.driver.sweep();
                return Ok(Ok(Vec::new()));
            }
            Control::Light(id, lights) => {
                let connection_id = self.bindings.fill(id)?;
                let set =
                    |light: &_| control::Request::SetPortLight { connection_id: connection_id.clone(), light: *light };
                let results: Vec<_> = lights.iter().map(|light| self.driver.control(&set(light))).collect();
                return Ok(all(results));
            }
            Control::Session(id, sessions) => {
                let bgp_peer_id = self.bindings.fill(id)?;
                let set = |to: &_| control::Request::SetSession { bgp_peer_id: bgp_peer_id.clone(), session: *to };
                let results: Vec<_> = sessions.iter().map(|session| self.driver.control(&set(session))).collect();
                return Ok(all(results));
            }
            Control::MacSec(id, peers) => {
                let connection_id = self.bindings.fill(id)?;
                let set = |peer: &control::Peer| control::Request::SetMacSecPeer {
                    connection_id: connection_id.clone(),
                    peer: peer.clone(),
                };
                let results: Vec<_> = peers.iter().map(|peer| self.driver.control(&set(peer))).collect();
                return Ok(all(results));
            }
            Control::Secret { ckn, owner, region, is_ending } => {
                let (ckn, owner, region) = (self.bindings.fill(ckn)?, owner.clone(), region.clone());
                let secret = control::Secret { ckn, owner, region };
                control::Request::SetSecret { secret, is_ending: *is_ending }
            }
            Control::Announce(id, announced) => control::Request::SetRoutes {
                virtual_interface_id: self.bindings.fill(id)?,
                announced: announced.clone(),
            },
            Control::Set(changes) => {
                let mut settings = self.driver.settings();
                changes.iter().for_each(|change| change.apply(&mut settings));
                control::Request::Configure { settings, clock: None }
            }
            Control::Clock(kind) => {
                control::Request::Configure { settings: self.driver.settings(), clock: Some(*kind) }
            }
            Control::Advance(by) => control::Request::AdvanceClock { by: *by },
            Control::SetClock(to) => control::Request::SetClock { to: *to },
            Control::Device(name, light) => {
                control::Request::SetDeviceLight { device: self.bindings.fill(name)?, light: *light }
            }
            Control::Redundancy(name, has) => {
                control::Request::SetDeviceRedundancy { device: self.bindings.fill(name)?, has: *has }
            }
            Control::Hasten(id) => control::Request::AdvanceResource { id: self.bindings.fill(id)? },
            Control::Registry(change) => control::Request::Registry(change.clone()),
            Control::Gateway(registration) => control::Request::PutGateway(registration.clone()),
            Control::Reset => control::Request::Reset,
        };
        Ok(self.driver.control(&request))
    }
}

/// What several calls interrupt together, unless one is refused.
fn all(results: Vec<Result<Vec<String>, Refusal>>) -> Result<Vec<String>, Refusal> {
    let each = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(each.into_iter().flatten().collect())
}
