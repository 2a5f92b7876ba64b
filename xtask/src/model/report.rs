//! What differs between two models, in lines that a person reads.

use serde_json::{Map, Value};

/// The differences between the kept model and a fresh one.
#[derive(Default)]
pub(super) struct Report {
    /// One line a difference: `new`, `changed` or `gone`, then what.
    pub(super) lines: Vec<String>,
    new: usize,
    changed: usize,
    /// How many things the fresh model no longer has.
    pub(super) gone: usize,
}

impl Report {
    /// The counts, in one line.
    pub(super) fn summary(&self) -> String {
        if self.lines.is_empty() {
            return "nothing new".to_owned();
        }
        format!("{} new, {} changed, {} gone", self.new, self.changed, self.gone)
    }

    fn note_new(&mut self, what: &str) {
        self.new += 1;
        self.lines.push(format!("new      {what}"));
    }

    fn note_gone(&mut self, what: &str) {
        self.gone += 1;
        self.lines.push(format!("gone     {what}"));
    }

    fn note_changed(&mut self, what: &str, before: &Value, after: &Value) {
        self.changed += 1;
        self.lines.push(format!("changed  {what}: {before} -> {after}"));
    }
}

/// Compares two models: the service's own facts, operations, shapes, members and constraints.
pub(super) fn compare(kept: &Value, fresh: &Value) -> Report {
    let mut report = Report::default();
    facts(&mut report, "metadata", object(&kept["metadata"]), object(&fresh["metadata"]));
    entries(&mut report, "operation", &kept["operations"], &fresh["operations"]);
    entries(&mut report, "shape", &kept["shapes"], &fresh["shapes"]);
    report
}

/// Compares two maps of named things, and inside each what both have.
fn entries(report: &mut Report, kind: &str, kept: &Value, fresh: &Value) {
    let (kept, fresh) = (object(kept), object(fresh));
    for name in fresh.keys().filter(|name| !kept.contains_key(*name)) {
        report.note_new(&format!("{kind} {name}"));
    }
    for (name, before) in kept {
        match fresh.get(name) {
            None => report.note_gone(&format!("{kind} {name}")),
            Some(after) => {
                let what = format!("{kind} {name}");
                facts(report, &what, object(before), object(after));
                let members = format!("{what} member");
                entries(report, &members, &before["members"], &after["members"]);
            }
        }
    }
}

/// Compares the facts of one thing: each key apart from its members.
fn facts(report: &mut Report, what: &str, kept: &Map<String, Value>, fresh: &Map<String, Value>) {
    for (key, after) in fresh.iter().filter(|(key, _)| *key != "members") {
        match kept.get(key) {
            None => report.note_new(&format!("{what} {key}: {after}")),
            Some(before) if before != after => report.note_changed(&format!("{what} {key}"), before, after),
            Some(_) => {}
        }
    }
    for (key, before) in kept.iter().filter(|(key, _)| *key != "members") {
        if !fresh.contains_key(key) {
            report.note_gone(&format!("{what} {key}: {before}"));
        }
    }
}

/// The map inside a value; an absent one counts as empty.
fn object(value: &Value) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&EMPTY)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reports_operations_members_and_constraints() {
        let kept = json!({"operations": {"Old": {}, "Both": {"errors": []}}, "shapes": {
            "Name": {"type": "string", "max": 100, "pattern": "a"},
            "Lag": {"type": "structure", "members": {"lagId": {"shape": "LagId"}, "gone": {"shape": "Name"}}},
        }});
        let fresh = json!({"operations": {"Both": {"errors": [{"shape": "E"}]}, "New": {}}, "shapes": {
            "Name": {"type": "string", "max": 128, "min": 1},
            "Lag": {"type": "structure", "members": {"lagId": {"shape": "LagId"}, "fresh": {"shape": "Name"}}},
        }});
        let report = compare(&kept, &fresh);
        assert_eq!(
            report.lines,
            [
                "new      operation New",
                "gone     operation Old",
                "changed  operation Both errors: [] -> [{\"shape\":\"E\"}]",
                "changed  shape Name max: 100 -> 128",
                "new      shape Name min: 1",
                "gone     shape Name pattern: \"a\"",
                "new      shape Lag member fresh",
                "gone     shape Lag member gone",
            ]
        );
        assert_eq!(report.summary(), "3 new, 2 changed, 3 gone");
    }

    #[test]
    fn alike_models_have_nothing_to_report() {
        let model = json!({"operations": {"A": {}}, "shapes": {}});
        assert_eq!(compare(&model, &model).summary(), "nothing new");
    }
}
