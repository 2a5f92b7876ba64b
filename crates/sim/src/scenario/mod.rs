//! Scenarios: what the service does, as text that people read and tests run.
//!
//! `scenarios/README.md` describes the language. [`Scenario::read`] parses a file, [`Scenario::run`] runs it on every
//! driver, [`Scenario::updated`] rewrites its expectations.

mod announce;
mod binding;
mod control;
mod document;
mod driver;
mod ec2;
mod expect;
mod judge;
mod literal;
mod members;
#[cfg(feature = "service")]
mod over_http;
mod parse;
mod path;
mod registry;
mod run;
mod text;
mod update;

pub use driver::{Coverage, Driver, Outcome, Refusal};
pub use members::{Member, of_inputs, of_outputs};
#[cfg(feature = "service")]
pub use over_http::{Fleet, OverHttp};
pub use run::{Failure, Report};

use control::Control;
use crossconnect_api::Operation;
use literal::Literal;
use path::Path;
use std::ops::Range;
use text::{Reference, Text};

/// One file.
#[derive(Debug)]
pub struct Scenario {
    /// Its lines.
    lines: Vec<String>,
    blocks: Vec<Block>,
}

/// Lines about one point, from an empty store.
#[derive(Debug)]
struct Block {
    title: String,
    line: usize,
    /// What it waits for, when it is about records that do not exist yet.
    waiting: Option<String>,
    steps: Vec<Step>,
}

/// One line that does something, and the lines that say what comes of it.
#[derive(Debug)]
struct Step {
    line: usize,
    /// What the answer is called from here on.
    name: Option<String>,
    action: Action,
    expected: Vec<Expected>,
}

#[derive(Debug)]
enum Action {
    /// Later calls are made by this account in this Region.
    As { account: String, region: String },
    /// Gives a name to a part of an earlier answer.
    Name(Reference),
    /// A call of the API, made so many times; a dry one is only rehearsed.
    Call { operation: Operation, times: usize, dry: bool, input: Vec<Pair> },
    /// A call of the operator's.
    Control(Control),
    /// What was seen of a resource, and will be.
    Timeline(Text),
}

/// `member=value`, and where in its line the value stands.
#[derive(Debug)]
struct Pair {
    path: Path,
    value: Literal,
    span: Range<usize>,
}

/// One line of expectations.
#[derive(Debug)]
struct Expected {
    line: usize,
    what: What,
}

#[derive(Debug)]
enum What {
    /// `> member=value …`
    Members(Vec<Pair>),
    /// `! Name text`
    Refusal { name: String, text: Text },
    /// `interrupts id …`
    Interrupts(Vec<Text>),
    /// `> state@since …`
    Moments(String),
}
