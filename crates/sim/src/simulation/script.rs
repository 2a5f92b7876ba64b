//! What happens in one run, as data: a world, and steps that can be left out one by one.
//!
//! A step names what it wants and nothing that follows from the steps before it, so that any part of a script is a script.
//! What a step cannot do, because nothing is there to do it to, it leaves.

use crossconnect_api::Request;
use crossconnect_core::Context;
use crossconnect_core::control;
use crossconnect_core::model::gateway::Ec2Answer;
use std::sync::Arc;

/// One run.
#[derive(Debug, Clone)]
pub struct Script {
    /// What it was made from.
    pub seed: u64,
    /// Where it takes place.
    pub world: World,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Where a run takes place.
#[derive(Debug, Clone)]
pub struct World {
    /// How many nodes share one engine; none for a single node over an engine of its own.
    pub members: usize,
    /// By how many milliseconds the clock of each node is ahead.
    pub skew: Vec<i64>,
    /// The settings, the clock and the partner that the service begins with.
    pub start: Vec<control::Request>,
}

/// One thing that happens. `node` is the node that it happens to.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each variant says what its fields are")]
pub enum Step {
    /// A client asks a node.
    Ask(Arc<Ask>),
    /// A client repeats a call, to a node of its choice, because it got no answer or a failure.
    Repeat { call: u32, node: usize },
    /// A node takes its next step of work, on one of the changes that it has under way.
    Work { node: usize, which: usize, luck: Luck },
    /// A node hears of so many commits of others.
    Hear { node: usize, commits: usize },
    /// A node is killed; what it was about to commit may still become durable, or in part.
    Kill { node: usize, luck: Luck },
    /// A node that was killed is started again.
    Start { node: usize },
    /// Time passes, in milliseconds.
    Pass { millis: i64 },
    /// A commit that was lost from sight arrives at the engine, or never will.
    Arrive { lands: bool },
}

/// How the engine, the network or the disk treats one step of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Luck {
    /// All goes well.
    Fine,
    /// One more job is taken into the group before it is committed.
    More,
    /// There is no room: nothing is written, and the writer knows.
    Full,
    /// It fails and nothing is written.
    Lost,
    /// It fails, and was written all the same.
    Kept,
    /// It fails in the middle: so many of 256 parts of it are written.
    Torn(u8),
    /// It takes so many milliseconds.
    Stalled(u16),
    /// It fails, and arrives later or never.
    Late,
}

/// What a client wants.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Its number in the run; the invocation that a repetition repeats.
    pub call: u32,
    /// Which node it is sent to first.
    pub node: usize,
    /// What the ids that it draws are drawn from.
    pub seed: u64,
    /// Who calls, where; the time is the node's.
    pub context: Context,
    /// What is asked.
    pub what: What,
    /// Whether it is only rehearsed.
    pub dry: bool,
}

/// A call of the API, or of the operator's.
#[derive(Debug, Clone)]
pub enum What {
    /// With what an EC2 endpoint said when it was asked for this call.
    Call(Box<Request>, Option<Ec2Answer>),
    /// The operator's.
    Control(control::Request),
}

impl Ask {
    /// The name of its kept answer.
    pub(super) fn name(&self) -> [u8; 32] {
        let mut name = [0; 32];
        crate::Random::new(self.seed ^ 0x6e61_6d65).fill(&mut name);
        name
    }
}

impl Luck {
    /// Its name in the count of faults; none where nothing is wrong.
    pub(super) fn fault(self) -> Option<&'static str> {
        match self {
            Luck::Fine | Luck::More => None,
            Luck::Full => Some("no room"),
            Luck::Lost => Some("lost"),
            Luck::Kept => Some("kept though it failed"),
            Luck::Torn(_) => Some("torn"),
            Luck::Stalled(_) => Some("stalled"),
            Luck::Late => Some("late"),
        }
    }
}
