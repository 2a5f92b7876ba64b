//! Records as they are stored, found and shown.

use super::Lint;
use crate::record::Record;
use crate::settings::Quota;
use crate::state::{Loader, State};
use crate::tags::Tags;
use std::collections::BTreeSet;

pub(super) fn check(lint: &mut Lint<'_>) {
    records_encode_to_themselves(lint);
    indexes_follow_from_records(lint);
    for c in lint.connections() {
        tags(lint, &c.id, &c.tags);
        name(lint, &c.id, &c.name);
    }
    for lag in lint.lags() {
        tags(lint, &lag.id, &lag.tags);
        name(lint, &lag.id, &lag.name);
    }
}

/// What is stored is what is read back.
fn records_encode_to_themselves(lint: &mut Lint<'_>) {
    for record in lint.state.records() {
        let read = Record::decode(&record.key(), &record.encode());
        let same = read.as_ref().is_ok_and(|read| *read == record);
        lint.require(same, "records encode to themselves", || format!("{:?}: {read:?}", record.key()));
    }
}

/// A store that is loaded is the state that was stored, its indexes included, whichever way they are built.
fn indexes_follow_from_records(lint: &mut Lint<'_>) {
    let (mut written, mut loader) = (State::default(), Loader::default());
    for record in lint.state.records() {
        loader.add(record.clone());
        written.write(&record.key(), Some(record));
    }
    let loaded = loader.finish(lint.state.last_commit);
    lint.require(loaded == *lint.state, "a loaded store is the state that was stored", || {
        format!("kept {:?}, loaded {:?}", lint.state.indexes, loaded.indexes)
    });
    lint.require(written.indexes == lint.state.indexes, "indexes follow from records", || {
        format!("kept {:?}, written anew {:?}", lint.state.indexes, written.indexes)
    });
}

/// Keys are unique and not too many. A quota is not lowered below what is there.
pub(super) fn tags(lint: &mut Lint<'_>, id: &dyn std::fmt::Display, tags: &Tags) {
    let keys: BTreeSet<&str> = tags.iter().map(|tag| &*tag.key).collect();
    let count = tags.iter().len();
    lint.require(keys.len() == count, "tag keys are unique", || id.to_string());
    let most = lint.state.settings.quotas.get(Quota::TagsPerResource);
    lint.require(count <= most, "tags are within their quota", || format!("{id} has {count} of {most}"));
    let reserved = keys.iter().any(|key| key.to_ascii_lowercase().starts_with("aws:"));
    lint.require(!reserved, "tag keys are not reserved", || id.to_string());
}

/// A name has 1 to 255 characters.
pub(super) fn name(lint: &mut Lint<'_>, id: &dyn std::fmt::Display, name: &str) {
    let fits = (1..=255).contains(&name.chars().count());
    lint.require(fits, "names have 1 to 255 characters", || id.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ResiliencyGroupId;
    use crate::model::virtual_interface::Parent;
    use crate::time::Timestamp;

    /// Names of the rules that a state with one row too many in an index breaks.
    fn broken(change: impl FnOnce(&mut State)) -> Vec<&'static str> {
        let mut state = State::default();
        change(&mut state);
        super::super::check(&state, Timestamp::MANUAL_START).iter().map(|violation| violation.name).collect()
    }

    #[test]
    fn a_row_that_no_record_has_is_found() {
        let both = ["a loaded store is the state that was stored", "indexes follow from records"];
        assert_eq!(broken(|_| {}), [""; 0]);
        let (group, port) = (ResiliencyGroupId::LEAST, Parent::LEAST);
        let more = |state: &mut State| {
            state.indexes.in_group.insert((group, Timestamp(0), port));
        };
        assert_eq!(broken(more), both);
    }
}
