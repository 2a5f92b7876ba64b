//! Makes a run from a seed: each step is chosen by what there is, taken, and remembered.

use super::log::Log;
use super::script::{Ask, Luck, Script, Step, What, World};
use super::{Broken, Outcome, Simulation};
use crate::random::Random;
use crate::workload::operator::{self, Calls};
use crate::workload::{Inputs, Known, account, region, told};
use crossconnect_core::control::{ClockKind, Request};
use crossconnect_core::{Context, Timestamp};
use std::sync::Arc;

/// Among how many steps of work one meets something bad.
const BAD_LUCK: usize = 14;

/// The operator is no account and nowhere.
pub(super) fn operator() -> Context {
    Context { account: account("000000000000"), region: region("us-east-1"), system_time: Timestamp::MANUAL_START }
}

pub(super) fn run(seed: u64, length: usize, broken: Broken, log: Log) -> Outcome {
    let mut random = Random::new(seed);
    let world = world(&mut random);
    let mut simulation = Simulation::new(&world, broken, log);
    let mut steps = Vec::with_capacity(length);
    for number in 0..length {
        let step = next(&mut random, number, &simulation, &world);
        let goes_on = simulation.take(number, &step);
        steps.push(step);
        if !goes_on {
            break;
        }
    }
    simulation.end(Script { seed, world, steps })
}

/// A node alone, or two or three; under a clock of their own, or under a manual one.
fn world(random: &mut Random) -> World {
    let members = [0, 0, 2, 3][random.below(4)];
    let clock = if random.one_in(3) { ClockKind::System } else { ClockKind::Manual };
    let mut start = operator::start(random);
    if let Request::Configure { clock: wanted, .. } = &mut start {
        *wanted = Some(clock);
    }
    let skew = (0..members.max(1)).map(|_| random.below(1000) as i64).collect();
    World { members, skew, start: vec![start, operator::partner(), operator::holder()] }
}

fn next(random: &mut Random, number: usize, simulation: &Simulation, world: &World) -> Step {
    let nodes = simulation.place.nodes();
    let node = random.below(nodes);
    if !simulation.place.is_up(node) {
        return if random.one_in(3) { Step::Start { node } } else { other(random, number, simulation, world) };
    }
    if simulation.place.has_work(node) && !random.one_in(4) {
        return work(random, node);
    }
    match random.below(100) {
        0..=70 => ask(random, number, node, simulation, world),
        71..=76 => pass(random),
        77 => Step::Kill { node, luck: luck(random) },
        _ => other(random, number, simulation, world),
    }
}

fn work(random: &mut Random, node: usize) -> Step {
    if random.one_in(150) {
        return Step::Kill { node, luck: luck(random) };
    }
    let luck = match random.below(BAD_LUCK) {
        0 => luck(random),
        1 | 2 => Luck::More,
        _ => Luck::Fine,
    };
    Step::Work { node, which: random.below(4), luck }
}

fn luck(random: &mut Random) -> Luck {
    match random.below(9) {
        0 => Luck::Full,
        1 => Luck::Lost,
        2 => Luck::Kept,
        3 => Luck::Torn(random.below(256) as u8),
        4 => Luck::Stalled(random.below(5000) as u16),
        5..=7 => Luck::Late,
        _ => Luck::Fine,
    }
}

/// What concerns no node in particular.
fn other(random: &mut Random, number: usize, simulation: &Simulation, world: &World) -> Step {
    let nodes = simulation.place.nodes();
    let node = random.below(nodes);
    match random.below(10) {
        0..=3 => {
            let open: Vec<u32> = simulation
                .ground
                .history
                .calls()
                .values()
                .filter(|call| call.pending.is_none() && !call.is_answered)
                .map(|call| call.ask.call)
                .collect();
            match random.pick(&open) {
                Some(call) => Step::Repeat { call: *call, node },
                None => Step::Hear { node, commits: 1 + random.below(4) },
            }
        }
        4 | 5 => Step::Arrive { lands: !random.one_in(3) },
        6 | 7 => Step::Hear { node, commits: 1 + random.below(4) },
        8 => pass(random),
        _ => ask(random, number, node, simulation, world),
    }
}

fn pass(random: &mut Random) -> Step {
    let seconds = [0, 1, 1, 2, 3, 20, 600, 1000, 100_000];
    Step::Pass { millis: seconds[random.below(seconds.len())] * 1000 + random.below(3) as i64 }
}

fn ask(random: &mut Random, number: usize, node: usize, simulation: &Simulation, world: &World) -> Step {
    let Some(state) = simulation.place.state(node) else { return Step::Start { node } };
    let known = Known::of(&state);
    let now = state.now(simulation.ground.clock(node));
    let (context, what) = if random.one_in(4) {
        let Some(request) = (Calls { random, known: &known, state: &state }).call() else { return pass(random) };
        (operator(), What::Control(settled(request, world)))
    } else {
        let (context, request) = Inputs { random, known: &known }.call();
        let told = told(random, (&state, now), (context, &request));
        (context, What::Call(Box::new(request), told))
    };
    let call = u32::try_from(number).expect("runs are short");
    Step::Ask(Arc::new(Ask { call, node, seed: random.number(), context, what, dry: random.one_in(12) }))
}

/// Nodes do not change their clock while they run: what a start decides.
fn settled(request: Request, world: &World) -> Request {
    match request {
        Request::Configure { settings, .. } if world.members > 0 => Request::Configure { settings, clock: None },
        request => request,
    }
}
