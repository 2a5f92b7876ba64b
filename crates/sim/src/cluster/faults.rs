//! What is done to a cluster: one process is killed each time, and often another one is paused or cut off as well.

use super::Tally;
use super::processes::{Process, Processes};
use crate::random::Random;

/// What happens to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kill,
    Pause,
    Cut,
}

/// Whom it happens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Node(usize),
    Member(usize),
}

/// Something that happens, and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    kind: Kind,
    target: Target,
    was_leaders: bool,
}

impl Fault {
    /// A kill, and every other time something else: of a node where a member is killed, and the other way round, so that
    /// most of the cluster is there.
    pub(super) fn draw(random: &mut Random, processes: &Processes) -> Vec<Fault> {
        let leader = processes.leader();
        let (node, member) = (random.below(processes.nodes.len()), random.below(processes.members.len()));
        // The leader is the one that is missed most.
        let member = leader.filter(|_| random.below(2) == 0).unwrap_or(member);
        let (node, member) = (Target::Node(node), Target::Member(member));
        let (killed, other) = if random.below(2) == 0 { (node, member) } else { (member, node) };
        let kind = if processes.can_cut() && random.below(2) == 0 { Kind::Cut } else { Kind::Pause };
        let of = |kind, target| {
            let was_leaders = leader.is_some_and(|leader| target == Target::Member(leader));
            Fault { kind, target, was_leaders }
        };
        let mut faults = vec![of(Kind::Kill, killed)];
        if random.below(2) == 0 {
            faults.push(of(kind, other));
        }
        faults
    }

    /// Whether it happens to the member that leads.
    pub(super) fn was_leaders(&self) -> bool {
        self.was_leaders
    }

    fn process<'p>(&self, processes: &'p mut Processes) -> &'p mut Process {
        match self.target {
            Target::Node(at) => &mut processes.nodes[at],
            Target::Member(at) => &mut processes.members[at],
        }
    }

    pub(super) fn strike(&self, processes: &mut Processes, tally: &mut Tally) -> Result<(), String> {
        let process = self.process(processes);
        match (self.kind, self.target) {
            (Kind::Kill, Target::Node(_)) => {
                tally.nodes_killed += 1;
                process.kill();
                Ok(())
            }
            (Kind::Kill, Target::Member(_)) => {
                tally.members_killed += 1;
                tally.leaders_killed += u64::from(self.was_leaders);
                process.kill();
                Ok(())
            }
            (Kind::Pause, _) => {
                tally.paused += 1;
                process.pause(true)
            }
            (Kind::Cut, _) => {
                tally.cut += 1;
                process.connect(false)
            }
        }
    }

    pub(super) fn heal(&self, processes: &mut Processes) -> Result<(), String> {
        let process = self.process(processes);
        match self.kind {
            Kind::Kill => process.start_again(),
            Kind::Pause => process.pause(false),
            Kind::Cut => process.connect(true),
        }
    }
}
