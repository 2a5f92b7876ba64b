//! When keys were last used: noted at most once a minute for each, and written in blocks, off the way of requests.

use crate::clock;
use crate::decide::{Job, Outcome};
use crate::service::Service;
use crossconnect_auth::signature::AccessKey;
use crossconnect_core::control::Request;
use crossconnect_core::control::registry::Change;
use crossconnect_core::ids::{AccessKeyId, Region, Short};
use crossconnect_core::model::access_key::KeyUse;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often what was noted is written.
pub(crate) const INTERVAL: Duration = Duration::from_secs(60);
const MINUTE_MS: i64 = 60_000;

/// What was noted and is not written yet.
#[derive(Default)]
pub(crate) struct Uses(Mutex<BTreeMap<AccessKeyId, KeyUse>>);

impl Uses {
    /// Notes that a key was used, for a service in a Region. Most calls end with a look at the minute.
    pub(crate) fn note(&self, key: &AccessKey, region: &str, service: &str) {
        let Some(noted) = &key.noted else { return };
        let now = clock::wall();
        let minute = now.0.div_euclid(MINUTE_MS);
        if noted.load(Relaxed) >= minute || noted.swap(minute, Relaxed) >= minute {
            return;
        }
        let named = (AccessKeyId::new(&key.id), Region::new(region), Short::new(service));
        if let (Some(id), Some(region), Some(service)) = named {
            self.held().insert(id, KeyUse { id, at: now, region, service });
        }
    }

    /// The use of a key that is not written yet.
    pub(crate) fn of(&self, id: AccessKeyId) -> Option<KeyUse> {
        self.held().get(&id).copied()
    }

    /// Writes what was noted. What cannot be written now waits for the next time.
    pub(crate) async fn write(&self, service: &Service) {
        let noted: Vec<KeyUse> = self.held().values().copied().collect();
        if noted.is_empty() {
            return;
        }
        let change = Request::Registry(Change::NoteUses(noted.clone()));
        match service.change(Job::Control(Box::new(change))).await {
            Outcome::Accepted { .. } => self.forget(&noted),
            other => tracing::warn!(?other, "when keys were last used could not be written"),
        }
    }

    /// Forgets what is written; what was noted since stays.
    fn forget(&self, written: &[KeyUse]) {
        let mut held = self.held();
        for usage in written {
            if held.get(&usage.id).is_some_and(|known| known.at <= usage.at) {
                held.remove(&usage.id);
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<AccessKeyId, KeyUse>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Uses({})", self.held().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_core::Timestamp;
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    #[test]
    fn a_use_is_noted_once_a_minute() {
        let uses = Uses::default();
        let lasting = AccessKey::lasting("AKIAIOSFODNN7EXAMPLE", "111122223333", true, None);
        let id = AccessKeyId::new(&lasting.id).unwrap();
        uses.note(&lasting, "us-east-1", "directconnect");
        assert_eq!(uses.of(id), None, "of keys in files nothing is kept");
        let minute = Arc::new(AtomicI64::new(i64::MIN));
        let key = AccessKey { noted: Some(minute.clone()), ..lasting };
        let before = clock::wall();
        uses.note(&key, "eu-west-1", "sts");
        let noted = uses.of(id).unwrap();
        assert_eq!((noted.region.as_str(), noted.service.as_str()), ("eu-west-1", "sts"));
        assert!((before..=clock::wall()).contains(&noted.at));
        let later = Timestamp(noted.at.0 + 1);
        minute.store(later.0.div_euclid(MINUTE_MS) + 1, Relaxed);
        uses.note(&key, "us-east-1", "directconnect");
        assert_eq!(uses.of(id), Some(noted), "the minute is not over");
        uses.forget(&[KeyUse { at: Timestamp(noted.at.0 - 1), ..noted }]);
        assert_eq!(uses.of(id), Some(noted), "what was noted since stays");
        uses.forget(&[noted]);
        assert_eq!(uses.of(id), None);
    }
}
