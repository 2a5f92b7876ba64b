//! What policies must allow for each operation: exactly that action on exactly the resources of `scenarios/rights.table`
//! is enough, and none of them can be left out.

use crossconnect_api::Operation;
use crossconnect_auth::policy::{Policy, Request as Asked};
use crossconnect_auth::principal::{Attached, Denial, Principal, context};
use crossconnect_core::authority::{Question, asked};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, State, Timestamp, Tx};
use crossconnect_wire::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// One operation, an input, and the ARNs that it is on.
struct Row {
    operation: Operation,
    input: String,
    resources: Vec<String>,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/rights.table");
    let text = std::fs::read_to_string(path).expect("the table is there");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let row = |pair: &[&str]| {
        let (name, input) = pair[0].split_once(' ').expect("an operation and its input");
        let resources = pair[1].strip_prefix("  on ").expect("what it is on").split(' ').map(arn).collect();
        let operation = Operation::from_name(name).unwrap_or_else(|| panic!("{name} does not exist"));
        Row { operation, input: input.to_owned(), resources }
    };
    lines.chunks(2).map(row).collect()
}

/// Gateways and resiliency groups are in no Region.
fn arn(rest: &str) -> String {
    match rest {
        "*" => rest.to_owned(),
        _ if rest.starts_with("dx-") => format!("arn:aws:directconnect::111122223333:{rest}"),
        _ => format!("arn:aws:directconnect:us-east-1:111122223333:{rest}"),
    }
}

fn questions(row: &Row) -> Vec<Question> {
    let request = json::decode(row.operation, row.input.as_bytes());
    let request = request.unwrap_or_else(|error| panic!("{} {}: {}", row.operation, row.input, error.message));
    let (state, mut random) = (State::default(), |bytes: &mut [u8]| bytes.fill(7));
    let account = AccountId::new("111122223333").expect("twelve digits");
    let region = Region::new("us-east-1").expect("a short name");
    let context = Context { account, region, system_time: Timestamp(0) };
    asked(&mut Tx::rehearsal(&state, context, &mut random), &request).questions
}

fn user(policy: &serde_json::Value) -> Principal {
    let policy = Policy::identity(&policy.to_string()).expect("a good policy");
    Principal::user("111122223333", "ann", Arc::new([Attached { name: "only".to_owned(), policy }]))
}

fn statement(effect: &str, action: &str, resources: &[String]) -> serde_json::Value {
    serde_json::json!({"Effect": effect, "Action": action, "Resource": resources})
}

fn policy(statements: &[serde_json::Value]) -> serde_json::Value {
    serde_json::json!({"Version": "2012-10-17", "Statement": statements})
}

/// The first resource on which a user may not do what a row asks for, and why.
fn first_denial(principal: &Principal, row: &Row) -> Option<(String, Denial)> {
    let shown = principal.shown("aws");
    let context = context(principal, &shown);
    questions(row).into_iter().find_map(|question| {
        let action = format!("directconnect:{}", question.operation);
        let request = Asked { action: &action, resource: &question.resource, context: &context };
        principal.may(&request).err().map(|denial| (question.resource.clone(), denial))
    })
}

#[test]
fn every_operation_has_its_row() {
    let named: BTreeSet<&str> = rows().iter().map(|row| row.operation.name()).collect();
    let built: BTreeSet<&str> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    assert_eq!((named.len(), &named), (rows().len(), &built));
}

#[test]
fn exactly_the_action_on_exactly_the_resources_is_enough_and_is_needed() {
    for row in rows() {
        let name = row.operation.name();
        let named: Vec<String> = questions(&row).into_iter().map(|question| question.resource).collect();
        assert_eq!(named, row.resources, "{name}");
        let action = format!("directconnect:{name}");
        // `*` in what is asked for is not what `*` in a policy is: a list is allowed by the same words.
        let all = policy(&[statement("Allow", &action, &row.resources)]);
        assert_eq!(first_denial(&user(&all), &row), None, "{name}");
        let other = if row.operation == Operation::DescribeTags { "DescribeLags" } else { "DescribeTags" };
        let others = policy(&[
            statement("Allow", &format!("directconnect:{other}"), &["*".to_owned()]),
            serde_json::json!({"Effect": "Allow", "NotAction": action, "Resource": "*"}),
        ]);
        let refused = Some((row.resources[0].clone(), Denial::Implicit));
        assert_eq!(first_denial(&user(&others), &row), refused, "{name} with all other rights");
        for resource in &row.resources {
            let one = std::slice::from_ref(resource);
            let denied = policy(&[statement("Allow", "*", &["*".to_owned()]), statement("Deny", &action, one)]);
            let refused = Some((resource.clone(), Denial::Explicit));
            // One that denies `*` denies all; there is one then.
            assert_eq!(first_denial(&user(&denied), &row), refused, "{name} denied on {resource}");
            let rest: Vec<String> = row.resources.iter().filter(|known| *known != resource).cloned().collect();
            if !rest.is_empty() {
                let partly = policy(&[statement("Allow", &action, &rest)]);
                let refused = Some((resource.clone(), Denial::Implicit));
                assert_eq!(first_denial(&user(&partly), &row), refused, "{name} without {resource}");
            }
        }
    }
}
