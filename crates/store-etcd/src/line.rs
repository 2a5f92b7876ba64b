//! Changes that wait until they are carried: so many are on their way at one time, and the next one is of the lane whose
//! turn it is. Who sends much waits behind its own, and not others behind it.

use crate::shared::Shared;
use crossconnect_store::{Lanes, SubmitError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// How many changes are on their way at one time. Fewer would leave etcd idle while it waits for its disks; what is more
/// would only wait there, where nobody's turn counts.
const CARRIED_MAX: usize = 128;

/// A change, and who waits for its answer.
type Waiting<J, A> = (J, oneshot::Sender<Result<A, SubmitError>>);

/// What is on its way, and what waits.
#[derive(Debug)]
pub(crate) struct Line<J, A> {
    inside: Mutex<Inside<J, A>>,
    carried_max: usize,
    length_max: usize,
}

#[derive(Debug)]
struct Inside<J, A> {
    carried: usize,
    lanes: Lanes<Waiting<J, A>>,
}

/// One of the places on the way. Whoever leaves it gives it to the next in line.
struct Place<J: Send + Sync + 'static, A: Send + 'static> {
    shared: Arc<Shared<J, A>>,
    handle: Handle,
}

impl<J, A> Line<J, A> {
    /// A line for so many changes, those on their way among them.
    pub(crate) fn new(length_max: usize) -> Self {
        let carried_max = CARRIED_MAX.min(length_max);
        let inside = Inside { carried: 0, lanes: Lanes::new(length_max - carried_max) };
        Line { inside: Mutex::new(inside), carried_max, length_max }
    }

    fn inside(&self) -> MutexGuard<'_, Inside<J, A>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many there are.
    pub(crate) fn length(&self) -> usize {
        let inside = self.inside();
        inside.carried + inside.lanes.length()
    }

    /// Whether a change of that lane would be taken.
    pub(crate) fn has_room(&self, lane: u64) -> bool {
        let inside = self.inside();
        inside.carried < self.carried_max || inside.lanes.has_room(lane)
    }

    /// Takes a change; answers it if it can be carried at once. One that has to give way to it is told so.
    fn push(&self, lane: u64, change: Waiting<J, A>) -> Result<Option<Waiting<J, A>>, SubmitError> {
        let full = SubmitError::Full { limit: self.length_max };
        let mut inside = self.inside();
        if inside.carried < self.carried_max {
            inside.carried += 1;
            return Ok(Some(change));
        }
        let given_way = inside.lanes.push(lane, change).map_err(|_| full)?;
        drop(inside);
        if let Some((_, sender)) = given_way {
            // A receiver that has gone no longer wants to know.
            let _ = sender.send(Err(full));
        }
        Ok(None)
    }

    /// Who is carried next, in the place of one that has left; the place is free where nobody is.
    fn next(&self) -> Option<Waiting<J, A>> {
        let mut inside = self.inside();
        let next = inside.lanes.pop();
        inside.carried -= usize::from(next.is_none());
        next
    }
}

/// Has a change carried as soon as it is its turn.
pub(crate) fn submit<J: Send + Sync + 'static, A: Send + 'static>(
    shared: &Arc<Shared<J, A>>,
    handle: &Handle,
    lane: u64,
    job: J,
) -> Result<oneshot::Receiver<Result<A, SubmitError>>, SubmitError> {
    let (sender, receiver) = oneshot::channel();
    if let Some(change) = shared.line.push(lane, (job, sender))? {
        Place { shared: shared.clone(), handle: handle.clone() }.carry(change);
    }
    Ok(receiver)
}

impl<J: Send + Sync + 'static, A: Send + 'static> Place<J, A> {
    fn carry(self, (job, sender): Waiting<J, A>) {
        let handle = self.handle.clone();
        handle.spawn(async move {
            let answer = self.shared.carry(job).await;
            // The place is free before its answer is there: who sends one after another never waits for itself.
            drop(self);
            // A receiver that has gone no longer wants to know.
            let _ = sender.send(Ok(answer));
        });
    }
}

impl<J: Send + Sync + 'static, A: Send + 'static> Drop for Place<J, A> {
    fn drop(&mut self) {
        if let Some(next) = self.shared.line.next() {
            Place { shared: self.shared.clone(), handle: self.handle.clone() }.carry(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sends_much_waits_behind_its_own() {
        let line = Line::<u32, ()>::new(CARRIED_MAX + 4);
        let change = |job| (job, oneshot::channel().0);
        for job in 0..CARRIED_MAX as u32 {
            assert!(line.push(1, change(job)).unwrap().is_some(), "it is carried at once");
        }
        for job in [1000, 1001, 1002] {
            assert!(line.push(1, change(job)).unwrap().is_none());
        }
        assert!(line.push(2, change(2000)).unwrap().is_none());
        assert_eq!((line.length(), line.has_room(1), line.has_room(3)), (CARRIED_MAX + 4, false, true));
        assert!(line.push(1, change(1003)).is_err(), "its own lane is the longest");
        assert!(line.push(3, change(3000)).unwrap().is_none(), "the last of the longest gives way");
        let order: Vec<u32> = std::iter::from_fn(|| line.next().map(|(job, _)| job)).collect();
        assert_eq!(order, [1000, 2000, 3000, 1001]);
        assert_eq!(line.length(), CARRIED_MAX - 1, "a place is free once nobody waits for it");
    }
}
