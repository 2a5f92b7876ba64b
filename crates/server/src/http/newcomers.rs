//! Connections that have asked for nothing yet. When there is no room for another one, the oldest of them gives way, so
//! that whoever opens connections and says nothing keeps nobody out.

use super::idle::Activity;
use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// How long a connection has in any case to ask for something.
const GRACE: Duration = Duration::from_secs(1);
/// How many are noted before those that have asked, or gone, are struck out.
const NOTED: usize = 1024;

/// All of them, the oldest first, and some that are none any more.
#[derive(Default)]
pub(super) struct Newcomers {
    noted: VecDeque<Newcomer>,
    /// How many are noted when it is next looked who is none any more.
    swept_at: usize,
}

struct Newcomer {
    since: Instant,
    activity: Weak<Activity>,
    task: AbortHandle,
}

impl Newcomer {
    fn is_one(&self) -> bool {
        self.activity.upgrade().is_some_and(|activity| !activity.has_asked())
    }
}

impl Newcomers {
    /// Notes a connection.
    pub(super) fn add(&mut self, activity: &Arc<Activity>, task: AbortHandle) {
        if self.noted.len() >= self.swept_at {
            self.noted.retain(Newcomer::is_one);
            self.swept_at = NOTED.max(2 * self.noted.len());
        }
        self.noted.push_back(Newcomer { since: Instant::now(), activity: Arc::downgrade(activity), task });
    }

    /// Ends the oldest one, and answers whether there was one that has had its time.
    pub(super) fn make_room(&mut self) -> bool {
        while let Some(oldest) = self.noted.front() {
            let is_one = oldest.is_one();
            if is_one && oldest.since.elapsed() < GRACE {
                return false;
            }
            if let Some(oldest) = self.noted.pop_front().filter(|_| is_one) {
                oldest.task.abort();
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait() -> tokio::task::JoinHandle<()> {
        tokio::spawn(std::future::pending())
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_that_has_asked_for_nothing_gives_way() {
        let mut newcomers = Newcomers::default();
        let activities: Vec<Arc<Activity>> = (0..4).map(|_| Arc::default()).collect();
        let tasks: Vec<_> = activities.iter().map(|activity| (activity, wait())).collect();
        for (activity, task) in &tasks {
            newcomers.add(activity, task.abort_handle());
        }
        assert!(!newcomers.make_room(), "each has its time");
        drop(activities[0].clone().begins(false));
        tokio::time::advance(GRACE).await;
        assert!(newcomers.make_room());
        tokio::task::yield_now().await;
        let ended: Vec<bool> = tasks.iter().map(|(_, task)| task.is_finished()).collect();
        assert_eq!(ended, [false, true, false, false], "the first one has asked");
        assert!(newcomers.make_room() && newcomers.make_room() && !newcomers.make_room());
    }

    #[tokio::test]
    async fn who_has_gone_is_struck_out() {
        let mut newcomers = Newcomers::default();
        for _ in 0..10 * NOTED {
            newcomers.add(&Arc::default(), wait().abort_handle());
        }
        assert!(newcomers.noted.len() <= NOTED + 1);
    }
}
