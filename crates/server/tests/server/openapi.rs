//! The description of the control API, and whether an answer agrees with it.

use crate::support::{Answer, Request, Server};
use serde_json::Value;
use std::collections::BTreeSet;

/// The document that the server hands out.
pub(crate) struct Document(Value);

impl Document {
    pub(crate) fn of(server: &Server) -> Self {
        Self::read(&server.send(&Request::control("GET", "/_crossconnect/openapi.json", "")))
    }

    pub(crate) fn read(answer: &Answer) -> Self {
        Document(answer.json())
    }

    /// Sends a request of the control API and checks that route, body and answer are as described.
    pub(crate) fn send(&self, server: &Server, request: &Request) -> Answer {
        let answer = server.send(request);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let (path, item) = self.item(&request.path);
        let place = format!("{} {path} {}", request.method, answer.status);
        let operation = &item[request.method.to_lowercase()];
        assert!(operation.is_object(), "{place} is not described");
        let response = self.resolve(&operation["responses"][answer.status.to_string()]);
        let schema = &response["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{place} has no schema");
        self.check(schema, &answer.json(), &place);
        if answer.status == 200 && !request.body.is_empty() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            self.check(schema, &serde_json::from_slice(&request.body).unwrap(), &place);
        }
        answer
    }

    /// Every path with its methods.
    fn paths(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0["paths"].as_object().unwrap().iter()
    }

    /// Every route: its method, and its path as it is described.
    pub(crate) fn routes(&self) -> Vec<(&'static str, String)> {
        let methods = ["GET", "POST", "PUT", "DELETE"];
        let of = |path: &String, item: &Value| {
            let served = methods.into_iter().filter(|method| item.get(method.to_lowercase()).is_some());
            served.map(|method| (method, path.clone())).collect::<Vec<_>>()
        };
        self.paths().flat_map(|(path, item)| of(path, item)).collect()
    }

    fn item(&self, path: &str) -> (&String, &Value) {
        let fits = |known: &str| {
            let (known, given): (Vec<_>, Vec<_>) = (known.split('/').collect(), path.split('/').collect());
            known.len() == given.len()
                && known.iter().zip(given).all(|(known, given)| known.starts_with('{') || *known == given)
        };
        self.paths().find(|(known, _)| fits(known)).unwrap_or_else(|| panic!("{path} is not described"))
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => {
                self.0.pointer(reference.strip_prefix('#').unwrap()).expect("a reference leads somewhere")
            }
            None => value,
        }
    }

    /// Checks a value against the schema of this name.
    pub(crate) fn is(&self, name: &str, value: &Value) {
        self.check(&self.0["components"]["schemas"][name], value, name);
    }

    /// Checks a value against a schema. A keyword that is not known here fails, so that none goes unchecked.
    fn check(&self, schema: &Value, value: &Value, place: &str) {
        let schema = self.resolve(schema).as_object().unwrap_or_else(|| panic!("{place} has no schema"));
        for (keyword, wanted) in schema {
            let holds = match keyword.as_str() {
                "description" | "properties" => true,
                "type" => is_of(wanted, value),
                "enum" => wanted.as_array().unwrap().contains(value),
                "format" => value.as_str().unwrap().parse::<jiff::Timestamp>().is_ok(),
                "required" => wanted.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
                "additionalProperties" => {
                    let known = schema["properties"].as_object().unwrap();
                    value.as_object().unwrap().keys().all(|name| known.contains_key(name))
                }
                "items" => {
                    value.as_array().unwrap().iter().for_each(|element| self.check(wanted, element, place));
                    true
                }
                other => panic!("{place}: {other} is not checked here"),
            };
            assert!(holds, "{place}: {value} is not {keyword} {wanted}");
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if let Some(member) = value.get(name) {
                self.check(schema, member, &format!("{place} {name}"));
            }
        }
    }
}

fn is_of(wanted: &Value, value: &Value) -> bool {
    match wanted {
        Value::Array(several) => several.iter().any(|one| is_of(one, value)),
        _ => match wanted.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "integer" => value.is_i64() || value.is_u64(),
            "string" => value.is_string(),
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            other => panic!("the type {other} is not checked here"),
        },
    }
}

#[test]
fn what_is_described_is_served_and_nothing_else_is() {
    let server = Server::memory();
    let document = Document::of(&server);
    assert_eq!(document.0["openapi"], "3.1.0");
    let mut routes = 0;
    for (path, item) in document.paths() {
        let path = path.replace(['{', '}'], "");
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let request = Request::control(method, &path, "").with("content-type", "application/json");
            let status = server.status(&request);
            let is_served = status != 405;
            assert_eq!(is_served, item.get(method.to_lowercase()).is_some(), "{method} {path}: {status}");
            routes += usize::from(is_served);
        }
    }
    let source = include_str!("../../src/control/mod.rs");
    let served = source.lines().filter(|line| line.contains(".route(")).flat_map(|line| {
        // `get(…)` alone, or chained as `.post(…)`; the path before them has no parentheses.
        ["get(", "post(", "put(", "delete("].into_iter().filter(|method| line.contains(method))
    });
    assert_eq!(served.count(), routes, "a route is not described");
}

#[test]
fn every_kind_of_change_is_described() {
    let document = Document::of(&Server::memory());
    let described = document.0["components"]["schemas"]["Change"]["properties"]["kind"]["enum"].as_array().unwrap();
    let described: BTreeSet<&str> = described.iter().map(|kind| kind.as_str().unwrap()).collect();
    // An arm of the match over keys is `Key::… => ("kind", …)`.
    let source = include_str!("../../src/events/change.rs");
    let arms = source.lines().filter(|line| line.trim_start().starts_with("Key::"));
    let sent: BTreeSet<&str> = arms.filter_map(|line| line.split_once("=> (\"")?.1.split('"').next()).collect();
    assert!(sent.len() > 10, "the kinds are read from the source: {sent:?}");
    assert_eq!(described, sent);
}
