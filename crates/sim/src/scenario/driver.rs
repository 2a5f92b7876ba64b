//! How a scenario reaches the service. Every driver must give the same answers.

use super::document;
use super::members::{self, Member};
use crate::machine::{Decision, Machine};
use crossconnect_api::{Operation, Request, Response};
use crossconnect_core::settings::Settings;
use crossconnect_core::{Context, Moment, Rejection, Timestamp, control, facts, run, timeline};
use crossconnect_wire::{ErrorKind, WireError, cbor, json};
use serde_json::Value;
use std::collections::BTreeSet;

/// Why a call was refused, as the wire says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The exception; `Refused` for the operator's calls.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What came of a call of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The answer's document.
    pub answer: Result<Value, Refusal>,
    /// The ids of what the call interrupts.
    pub interrupts: Vec<String>,
}

/// What has been reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Operations that succeeded.
    pub operations: BTreeSet<Operation>,
    /// Rejections that were met, by name.
    pub rejections: BTreeSet<String>,
    /// Members that accepted inputs had.
    pub accepted: BTreeSet<Member>,
    /// Members that answers had.
    pub produced: BTreeSet<Member>,
}

impl Coverage {
    /// Adds what was reached elsewhere.
    pub fn add(&mut self, other: &Coverage) {
        self.operations.extend(&other.operations);
        self.rejections.extend(other.rejections.iter().cloned());
        self.accepted.extend(&other.accepted);
        self.produced.extend(&other.produced);
    }

    /// Notes the members of an accepted call.
    fn meet(&mut self, operation: Operation, input: &Value, answer: &Value) {
        if let Some(structure) = operation.input() {
            members::met(structure, input, &mut self.accepted);
        }
        if let Some(structure) = operation.output() {
            members::met(structure, answer, &mut self.produced);
        }
    }
}

/// A service that starts empty under a manual clock.
pub trait Driver {
    /// One call of the API; a dry one changes nothing.
    fn call(&mut self, context: Context, operation: Operation, input: &Value, dry: bool) -> Outcome;
    /// One call of the operator's; the ids of what it interrupts.
    fn control(&mut self, request: &control::Request) -> Result<Vec<String>, Refusal>;
    /// Takes away what no answer shows any more.
    fn sweep(&mut self);
    /// The settings in force.
    fn settings(&self) -> Settings;
    /// What was seen of a resource and will be.
    fn timeline(&self, id: &str) -> Option<Vec<Moment>>;
    /// What is wrong whatever the scenario expects, since this was last asked.
    fn take_faults(&mut self) -> Vec<String>;
    /// What it has reached.
    fn coverage(&self) -> &Coverage;
}

/// How inputs and answers are carried to and from a core in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// As values.
    Core,
    /// As values, and what has ended is swept away after every step: nobody may notice.
    Swept,
    /// As JSON bytes.
    Json,
    /// As CBOR bytes.
    Cbor,
}

impl Carrier {
    /// Every one.
    pub(super) const ALL: [Carrier; 4] = [Carrier::Core, Carrier::Swept, Carrier::Json, Carrier::Cbor];

    /// Its name in failures.
    pub(super) fn name(self) -> &'static str {
        match self {
            Carrier::Core => "core",
            Carrier::Swept => "core, swept",
            Carrier::Json => "json",
            Carrier::Cbor => "cbor",
        }
    }
}

/// A core in memory.
pub(super) struct InMemory {
    machine: Machine,
    carrier: Carrier,
    coverage: Coverage,
    faults: Vec<String>,
}

impl InMemory {
    /// An empty one. All draw the same ids.
    pub(super) fn new(carrier: Carrier) -> Self {
        InMemory { machine: Machine::new(1), carrier, coverage: Coverage::default(), faults: Vec::new() }
    }

    /// The request that the service gets. The model's constraints are the wire's to check, once, for every protocol.
    fn carried(&mut self, operation: Operation, input: &Value) -> Result<Request, WireError> {
        let request = json::decode(operation, input.to_string().as_bytes())?;
        let again = match self.carrier {
            Carrier::Core | Carrier::Swept => document::request(operation, input)?,
            Carrier::Json => json::decode(operation, &json::encode_request(&request))?,
            Carrier::Cbor => cbor::decode(operation, &cbor::encode_request(&request))?,
        };
        if again != request {
            self.faults.push(format!("{} reads another request: {again:?} is not {request:?}", self.carrier.name()));
        }
        Ok(again)
    }

    fn answered(&mut self, response: &Response) -> Value {
        let (answer, read) = match self.carrier {
            Carrier::Core | Carrier::Swept => return document::of_response(response),
            Carrier::Json => {
                let bytes = json::encode(response);
                (parsed(&bytes), json::decode_response(response.operation(), &bytes))
            }
            Carrier::Cbor => {
                let read = cbor::decode_response(response.operation(), &cbor::encode(response));
                (read.as_ref().map(document::of_response).unwrap_or_default(), read)
            }
        };
        if read.as_ref() != Ok(response) {
            self.faults.push(format!("a client reads {read:?}, sent was {response:?}"));
        }
        answer
    }

    fn refused(&self, error: &WireError) -> Refusal {
        let body = match self.carrier {
            // The wire's own tests read the bodies of CBOR errors.
            Carrier::Core | Carrier::Swept | Carrier::Cbor => {
                return Refusal { name: error.name().to_owned(), text: error.message.clone() };
            }
            Carrier::Json => parsed(&json::error(error.name(), &error.message)),
        };
        let member = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Refusal { name: member("__type"), text: member("message") }
    }

    fn decide(&mut self, context: Context, request: &Request, dry: bool) -> Decision<Response> {
        let decision = self.machine.decide(context, dry, |tx| run(tx, request));
        let operation = request.operation();
        match &decision.outcome {
            Ok(_) => drop(self.coverage.operations.insert(operation)),
            Err(rejection) => drop(self.coverage.rejections.insert(rejection.name())),
        }
        if decision.wrote && !facts(operation).writes() {
            self.faults.push(format!("{operation} only reads, and has written"));
        }
        if self.carrier == Carrier::Swept {
            self.machine.sweep();
        }
        decision
    }
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("the wire writes JSON")
}

fn wire_error(rejection: &Rejection) -> WireError {
    WireError::new(ErrorKind::Exception(rejection.exception()), rejection.to_string())
}

impl Driver for InMemory {
    fn call(&mut self, context: Context, operation: Operation, input: &Value, dry: bool) -> Outcome {
        let (answer, interrupts) = match self.carried(operation, input) {
            Err(error) => (Err(error), Vec::new()),
            Ok(request) => {
                let decision = self.decide(context, &request, dry);
                (decision.outcome.map_err(|rejection| wire_error(&rejection)), decision.interrupts)
            }
        };
        let answer = answer.map(|response| self.answered(&response)).map_err(|error| self.refused(&error));
        if let Ok(answer) = &answer {
            self.coverage.meet(operation, input, answer);
        }
        Outcome { answer, interrupts }
    }

    fn control(&mut self, request: &control::Request) -> Result<Vec<String>, Refusal> {
        let decision = self.machine.control(request);
        match decision.outcome {
            Ok(()) => Ok(decision.interrupts),
            Err(rejection) => {
                self.coverage.rejections.insert(rejection.name());
                Err(Refusal { name: "Refused".to_owned(), text: rejection.to_string() })
            }
        }
    }

    fn sweep(&mut self) {
        self.machine.sweep();
    }

    fn settings(&self) -> Settings {
        self.machine.state().settings().clone()
    }

    fn timeline(&self, id: &str) -> Option<Vec<Moment>> {
        timeline(self.machine.state(), id)
    }

    fn take_faults(&mut self) -> Vec<String> {
        let mut faults = std::mem::take(&mut self.faults);
        faults.extend(self.machine.take_faults());
        faults
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

/// What the clock of every driver shows when a block begins.
pub(super) const START: Timestamp = Timestamp::MANUAL_START;
