//! One node over an engine of its own: the store's own writer, driven one step at a time.

use super::decide::{Answer, Decided, Job, Sabotage, decide, rehearse};
use super::place::{Ground, Place};
use super::script::{Ask, Luck};
use super::tape::Tape;
use crossconnect_core::{State, Timestamp};
use crossconnect_store::{Decision, Draft, Hooks, Writer};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The node and its tape.
pub(super) struct Alone {
    tape: Tape,
    writer: Option<Writer<Job, Answer, Job>>,
    draft: Option<Draft<Answer, Job>>,
    /// What the draft holds, whose clients wait.
    drafted: Vec<Job>,
    queue: VecDeque<Job>,
    desk: Arc<Mutex<Desk>>,
    /// The revision that the node has published.
    published: u64,
}

/// What the writer's decisions need, and what they leave behind.
#[derive(Default)]
struct Desk {
    system_time: Timestamp,
    sabotage: Option<Sabotage>,
    decided: Vec<Decided>,
}

impl Alone {
    pub(super) fn new(ground: &mut Ground) -> Self {
        let desk = Arc::new(Mutex::new(Desk { sabotage: ground.sabotage, ..Desk::default() }));
        let mut alone = Alone {
            tape: Tape::default(),
            writer: None,
            draft: None,
            drafted: Vec::new(),
            queue: VecDeque::new(),
            desk,
            published: 0,
        };
        alone.start(0, ground);
        alone
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hooks(&self) -> Hooks<Job, Answer> {
        let desk = self.desk.clone();
        Hooks {
            decide: Box::new(move |state, job, _| {
                let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
                let (answer, batch) = decide(state, &job, desk.system_time, desk.sabotage);
                if let (Some((batch, _)), Answer::Accepted { body, .. }) = (&batch, &answer) {
                    let (batch, body, system_time) = (batch.clone(), body.clone(), desk.system_time);
                    desk.decided.push(Decided { job, system_time, last_commit: state.last_commit(), batch, body });
                }
                Decision { answer, batch }
            }),
            panicked: Box::new(|| Answer::Panicked),
            failed: Box::new(|error| Answer::Failed(error.to_string())),
            committed: Box::new(|_| ()),
            witness: None,
        }
    }

    /// Begins a group, or refuses what waits while the engine cannot be opened again.
    fn begin(&mut self, luck: Luck, ground: &mut Ground) {
        let Some(writer) = &mut self.writer else { return };
        let fails = matches!(luck, Luck::Lost | Luck::Torn(_) | Luck::Kept);
        self.tape.plan_reopening(fails);
        if self.queue.is_empty() {
            let before = self.tape.last();
            if writer.is_refusing() {
                writer.retry(&mut |_, _| ());
            }
            if self.tape.last() != before || !writer.is_refusing() {
                self.published = ground.history.revision();
            }
            self.tape.plan_reopening(false);
            return;
        }
        let reopened = writer.counters().reopened.load(std::sync::atomic::Ordering::Relaxed);
        let draft = writer.begin();
        if writer.counters().reopened.load(std::sync::atomic::Ordering::Relaxed) > reopened {
            self.published = ground.history.revision();
        }
        self.tape.plan_reopening(false);
        if draft.is_none() {
            ground.coverage.met("reopening failed");
            if let Some(job) = self.queue.pop_front() {
                let mut refused = Vec::new();
                writer.refuse(job, &mut |job, answer| refused.push((job, answer)));
                refused.iter().for_each(|(job, answer)| ground.answer(job, answer));
            }
            return;
        }
        self.draft = draft;
        self.take(ground);
    }

    /// Decides the next job on the draft.
    fn take(&mut self, ground: &Ground) {
        self.desk().system_time = ground.clock(0);
        if let (Some(writer), Some(draft), Some(job)) = (&mut self.writer, &mut self.draft, self.queue.pop_front()) {
            writer.decide(draft, job.clone(), job.clone());
            self.drafted.push(job);
        }
    }

    /// Commits the draft. Its answers are delivered, unless the node dies first.
    fn finish(&mut self, luck: Luck, is_killed: bool, ground: &mut Ground) {
        let (Some(writer), Some(draft)) = (&mut self.writer, self.draft.take()) else { return };
        self.drafted.clear();
        let before = self.tape.last().number;
        self.tape.plan(luck);
        let mut answers = Vec::new();
        writer.finish(draft, &mut |job, answer| answers.push((job, answer)));
        self.tape.plan(Luck::Fine);
        let decided = std::mem::take(&mut self.desk().decided);
        if self.tape.last().number > before {
            for decided in &decided {
                ground.history.commit(decided, &mut ground.coverage);
            }
            if !matches!(luck, Luck::Kept) {
                self.published = ground.history.revision();
            }
        }
        if is_killed {
            ground.lose(answers.iter().map(|(job, _)| job));
        } else {
            answers.iter().for_each(|(job, answer)| ground.answer(job, answer));
        }
    }
}

impl Place for Alone {
    fn nodes(&self) -> usize {
        1
    }

    fn is_up(&self, _: usize) -> bool {
        self.writer.is_some()
    }

    fn state(&self, _: usize) -> Option<State> {
        self.writer.as_ref().map(|writer| State::clone(&writer.published().state))
    }

    fn send(&mut self, _: usize, job: Job, _: &mut Ground) {
        self.queue.push_back(job);
    }

    fn work(&mut self, _: usize, _: usize, luck: Luck, ground: &mut Ground) {
        if self.draft.is_none() {
            self.begin(luck, ground);
        } else if luck == Luck::More {
            self.take(ground);
        } else {
            ground.strike(luck);
            self.finish(luck, false, ground);
        }
    }

    fn hear(&mut self, _: usize, _: usize, _: &mut Ground) {}

    fn read(&mut self, node: usize, ask: &Ask, ground: &mut Ground) -> Answer {
        let state = self.state(node).unwrap_or_default();
        ground.history.reads(node, self.published, &state);
        ground.coverage.met("read");
        rehearse(&state, ask, ground.clock(node))
    }

    fn kill(&mut self, _: usize, luck: Luck, ground: &mut Ground) {
        if luck != Luck::Fine && self.draft.is_some() {
            ground.coverage.met("killed in a commit");
            self.finish(luck, true, ground);
        }
        ground.coverage.met("killed");
        ground.lose(self.queue.iter().chain(&self.drafted));
        self.queue.clear();
        self.drafted.clear();
        self.desk().decided.clear();
        (self.draft, self.writer) = (None, None);
    }

    fn start(&mut self, node: usize, ground: &mut Ground) {
        let opened = Writer::open(Some(self.tape.open()), self.hooks());
        self.published = ground.history.revision();
        match opened {
            Ok(writer) => {
                let state = writer.published().state.clone();
                self.writer = Some(writer);
                ground.history.reads(node, self.published, &state);
            }
            Err(error) => ground.history.require(false, "a store opens again", || error.to_string()),
        }
    }

    fn arrive(&mut self, _: bool, _: &mut Ground) {}

    fn is_busy(&self) -> bool {
        self.has_work(0)
    }

    fn has_work(&self, _: usize) -> bool {
        !self.queue.is_empty() || self.draft.is_some()
    }

    fn settle(&mut self, ground: &mut Ground) {
        if self.writer.is_none() {
            self.start(0, ground);
        }
        while self.has_work(0) {
            self.work(0, 0, Luck::Fine, ground);
        }
        self.work(0, 0, Luck::Fine, ground);
        let state = self.state(0).unwrap_or_default();
        ground.history.reads(0, ground.history.revision(), &state);
    }
}
