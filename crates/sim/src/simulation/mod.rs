//! The whole service from decoded request to committed batch, in one thread, on virtual time, from one seed: accounts and
//! clients, one node over its own engine or several over one, states that lag, processes that die between any two steps,
//! engines that fail. What must hold is checked at every commit, every answer and every read (`history.rs`).
//!
//! A run is data (`script.rs`): generated from a seed while it runs (`generate.rs`), and repeated in whole or in part.

mod alone;
mod cluster;
mod coverage;
mod decide;
mod generate;
mod history;
mod log;
mod place;
mod print;
mod script;
mod seeds;
mod shared;
mod shrink;
mod tape;

pub use coverage::Coverage;
pub use decide::Sabotage;
pub use history::Violation;
pub use script::{Ask, Luck, Script, Step, What, World};
pub use seeds::{Tally, length, seeds};
pub use shared::Flaw;

use crossconnect_core::{Timestamp, facts};
use decide::Job;
use history::History;
use log::Log;
use place::{Ground, Place};
use std::sync::Arc;

/// How long after its first attempt a client may repeat a call, in milliseconds: less than its answer is kept.
const PATIENCE: i64 = 10 * 60 * 1000;
/// How far time passes at once while anything is under way, in milliseconds.
const PASS_MAX: i64 = 10 * 1000;

/// What is broken on purpose, to see that a run finds it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Broken {
    /// A way in which the shared engine is broken.
    pub flaw: Option<Flaw>,
    /// A rule that is broken.
    pub sabotage: Option<Sabotage>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The run itself, as it can be repeated.
    pub script: Script,
    /// What it met.
    pub coverage: Coverage,
    /// What must never be, and at which step it was found. The run ended there.
    pub violations: Vec<(usize, Violation)>,
    /// A number that follows from all that happened.
    pub hash: u64,
    /// All that happened, where it was asked for.
    pub log: Vec<String>,
    /// What each call was answered last, for whoever prints the run.
    answers: Vec<(Arc<Ask>, Option<decide::Answer>)>,
}

/// A run under way.
struct Simulation {
    ground: Ground,
    place: Box<dyn Place>,
    log: Log,
    attempts: u32,
    /// When each call was asked for first.
    asked: std::collections::BTreeMap<u32, Timestamp>,
    violations: Vec<(usize, Violation)>,
}

/// Makes a run of `seed` and `length` steps, and what came of it.
pub fn run(seed: u64, length: usize, broken: Broken) -> Outcome {
    generate::run(seed, length, broken, Log::default())
}

/// Repeats a run, or a part of one, and keeps its log.
pub fn repeat(script: &Script, broken: Broken) -> Outcome {
    let mut simulation = Simulation::new(&script.world, broken, Log::kept());
    for (number, step) in script.steps.iter().enumerate() {
        if !simulation.take(number, step) {
            break;
        }
    }
    simulation.end(script.clone())
}

pub use print::scenario;
pub use shrink::shrink;

impl Simulation {
    fn new(world: &World, broken: Broken, log: Log) -> Self {
        let mut ground = Ground {
            history: History::new(broken.sabotage),
            coverage: Coverage::default(),
            time: Timestamp::MANUAL_START,
            skew: world.skew.clone(),
            sabotage: broken.sabotage,
        };
        let place: Box<dyn Place> = match world.members {
            0 => Box::new(alone::Alone::new(&mut ground)),
            nodes => Box::new(cluster::Cluster::new(nodes, broken.flaw, &mut ground)),
        };
        let (attempts, asked) = (0, std::collections::BTreeMap::new());
        let mut simulation = Simulation { ground, place, log, attempts, asked, violations: Vec::new() };
        simulation.begin(world);
        simulation
    }

    /// Gives the service its settings, before anything goes wrong.
    fn begin(&mut self, world: &World) {
        for (number, request) in (0..).zip(&world.start) {
            let ask = Ask {
                call: u32::MAX - number,
                node: 0,
                seed: u64::from(number),
                context: generate::operator(),
                what: What::Control(request.clone()),
                dry: false,
            };
            self.ask(&Arc::new(ask));
            self.place.settle(&mut self.ground);
        }
    }

    /// Makes a step; false when something was found that must never be.
    fn take(&mut self, number: usize, step: &Step) -> bool {
        self.log.note(step);
        self.ground.coverage.steps += 1;
        match step {
            Step::Ask(ask) => self.ask(ask),
            Step::Repeat { call, node } => self.repeat(*call, *node),
            Step::Work { node, which, luck } if self.place.is_up(*node) => {
                self.place.work(*node, *which, *luck, &mut self.ground);
            }
            Step::Hear { node, commits } => self.place.hear(*node, *commits, &mut self.ground),
            Step::Kill { node, luck } if self.place.is_up(*node) => {
                self.place.kill(*node, *luck, &mut self.ground);
            }
            Step::Start { node } if !self.place.is_up(*node) => {
                self.ground.coverage.met("started");
                self.place.start(*node, &mut self.ground);
            }
            Step::Pass { millis } => {
                let most = if self.place.is_busy() { PASS_MAX } else { i64::MAX };
                self.ground.time = Timestamp(self.ground.time.0 + (*millis).min(most));
            }
            Step::Arrive { lands } => self.place.arrive(*lands, &mut self.ground),
            Step::Work { .. } | Step::Kill { .. } | Step::Start { .. } => {}
        }
        self.note_answers();
        self.collect(number)
    }

    /// What has come of it so far belongs to the log.
    fn note_answers(&mut self) {
        let history = &self.ground.history;
        self.log.note(&(history.revision(), history.commits(), self.ground.time));
    }

    fn collect(&mut self, number: usize) -> bool {
        let found = std::mem::take(&mut self.ground.history.violations);
        self.violations.extend(found.into_iter().map(|violation| (number, violation)));
        self.violations.is_empty()
    }

    fn ask(&mut self, ask: &Arc<Ask>) {
        let writes = match &ask.what {
            What::Call(request, _) => facts(request.operation()).writes(),
            What::Control(_) => true,
        };
        if !self.place.is_up(ask.node) {
            return;
        }
        if ask.dry || !writes {
            let answer = self.place.read(ask.node, ask, &mut self.ground);
            self.log.note(&answer);
            match &answer {
                decide::Answer::Accepted { .. } if !writes => self.ground.succeeded(ask),
                decide::Answer::Accepted { .. } | decide::Answer::Failed(_) => {}
                decide::Answer::Refused { name, .. } => self.ground.coverage.refused(name),
                decide::Answer::Panicked => {
                    self.ground.history.require(false, "nothing panics", || format!("{:?}", ask.what));
                }
            }
            return;
        }
        self.asked.insert(ask.call, self.ground.time);
        self.send(ask, ask.node);
    }

    fn repeat(&mut self, call: u32, node: usize) {
        let Some(known) = self.ground.history.calls().get(&call) else { return };
        let ask = known.ask.clone();
        let is_open = known.pending.is_none() && !known.is_answered;
        let is_patient = self.asked.get(&call).is_some_and(|at| self.ground.time.0 - at.0 < PATIENCE);
        if is_open && is_patient && self.place.is_up(node) {
            self.ground.coverage.met("repeated");
            self.send(&ask, node);
        }
    }

    fn send(&mut self, ask: &Arc<Ask>, node: usize) {
        self.attempts += 1;
        let call = self.ground.history.call(ask);
        call.pending = Some(self.attempts);
        call.attempts += 1;
        self.place.send(node, Job { attempt: self.attempts, ask: ask.clone() }, &mut self.ground);
    }

    /// Lets what is under way end, has clients repeat what they do not know the end of, and looks at everything once more.
    fn end(mut self, script: Script) -> Outcome {
        let length = script.steps.len();
        if self.violations.is_empty() {
            self.place.settle(&mut self.ground);
            let open: Vec<u32> = self
                .ground
                .history
                .calls()
                .values()
                .filter(|call| !call.is_answered)
                .map(|call| call.ask.call)
                .collect();
            for (at, call) in open.into_iter().enumerate() {
                self.repeat(call, at % self.place.nodes());
            }
            self.place.settle(&mut self.ground);
            let now = self.ground.clock(0);
            self.ground.history.end(now, &mut self.ground.coverage);
            self.collect(length);
        }
        let answers: Vec<_> =
            self.ground.history.calls().values().map(|call| (call.ask.clone(), call.answer.clone())).collect();
        self.log.note(&answers.iter().map(|(ask, answer)| (ask.call, answer)).collect::<Vec<_>>());
        self.ground.coverage.commits = self.ground.history.commits() as u64;
        let hash = self.log.hash();
        Outcome {
            script,
            coverage: self.ground.coverage,
            violations: self.violations,
            hash,
            log: self.log.lines(),
            answers,
        }
    }
}
