//! Answers of the control API as people read them.

use serde_json::Value;

/// The members of a list that are columns, each with its heading.
fn columns(list: &str) -> &'static [(&'static str, &'static str)] {
    match list {
        "accounts" => &[
            ("id", "ACCOUNT"),
            ("name", "NAME"),
            ("partner", "PARTNER"),
            ("users", "USERS"),
            ("roles", "ROLES"),
            ("accessKeys", "KEYS"),
            ("source", "FROM"),
        ],
        "users" => &[("name", "USER"), ("policies", "POLICIES"), ("accessKeys", "KEYS"), ("source", "FROM")],
        "roles" => &[("name", "ROLE"), ("policies", "POLICIES"), ("sessionMax", "SESSIONS"), ("source", "FROM")],
        _ => &[
            ("accessKeyId", "ACCESS KEY"),
            ("user", "USER"),
            ("status", "STATUS"),
            ("created", "CREATED"),
            ("lastUsed", "LAST USED"),
            ("source", "FROM"),
        ],
    }
}

/// A list as a table.
pub(super) fn table(answer: &Value, list: &str) -> String {
    let columns = columns(list);
    let mut rows = vec![columns.iter().map(|(_, heading)| (*heading).to_owned()).collect::<Vec<_>>()];
    for element in answer[list].as_array().into_iter().flatten() {
        rows.push(columns.iter().map(|(name, _)| cell(name, &element[*name])).collect());
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// What an object says, a line each.
pub(super) fn details(answer: &Value) -> String {
    let members = answer.as_object().into_iter().flatten();
    let line = |(name, value): (&String, &Value)| format!("{name:<16} {}\n", cell(name, value));
    members.map(line).collect()
}

fn cell(name: &str, value: &Value) -> String {
    match (name, value) {
        ("user", Value::Null) => "(root)".to_owned(),
        ("lastUsed", Value::Null) => "never".to_owned(),
        ("lastUsed", used) => {
            let part = |name: &str| used[name].as_str().unwrap_or_default();
            format!("{} {} {}", part("at"), part("region"), part("service"))
        }
        (_, Value::Null) => "-".to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(several)) if several.is_empty() => "-".to_owned(),
        (_, Value::Array(several)) => {
            let one = |element: &Value| element["name"].as_str().or(element.as_str()).unwrap_or_default().to_owned();
            several.iter().map(one).collect::<Vec<_>>().join(",")
        }
        (_, other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_is_a_table() {
        let used = json!({"at": "2026-01-01T00:00:00Z", "region": "us-east-1", "service": "sts"});
        let answer = json!({"accessKeys": [
            {"accessKeyId": "AKIA1", "user": "ann", "status": "active", "source": "store", "created": "now", "lastUsed": used},
            {"accessKeyId": "AKIA22", "status": "inactive", "source": "file"},
        ]});
        let expected = "ACCESS KEY  USER    STATUS    CREATED  LAST USED                           FROM\n\
                        AKIA1       ann     active    now      2026-01-01T00:00:00Z us-east-1 sts  store\n\
                        AKIA22      (root)  inactive  -        never                               file\n";
        assert_eq!(table(&answer, "accessKeys"), expected);
        assert_eq!(
            details(&json!({"name": "lab", "users": ["ann", "bob"]})),
            "name             lab\nusers            ann,bob\n"
        );
    }
}
