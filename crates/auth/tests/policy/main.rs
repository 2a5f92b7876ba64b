//! Policies by a table of cases, and what a table cannot hold.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails ends the test")]

mod explained;
mod random;
mod table;

use table::{Case, Kind};

/// The table, which also is data for the clients' tests.
const CASES: &str = include_str!("cases.txt");

#[test]
fn every_case_is_decided_as_the_table_says() {
    let cases = table::parse(CASES).unwrap_or_else(|mistake| panic!("cases.txt:{mistake}"));
    let wrong: Vec<String> = cases.iter().filter_map(Case::mistake).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_operator_has_cases() {
    let documents: Vec<String> = table::parse(CASES).unwrap().into_iter().flat_map(|case| case.documents).collect();
    let text = documents.join(" ");
    for family in ["String", "Arn", "Numeric", "Date"] {
        for operator in ["Equals", "NotEquals"] {
            assert!(text.contains(&format!("\"{family}{operator}\"")), "{family}{operator} has no case");
        }
    }
    for operator in ["StringLike", "StringNotLike", "ArnLike", "ArnNotLike", "StringEqualsIgnoreCase", "Bool", "Null"] {
        assert!(text.contains(&format!("\"{operator}\"")), "{operator} has no case");
    }
    for order in ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"] {
        for family in ["Numeric", "Date"] {
            assert!(text.contains(&format!("\"{family}{order}\"")), "{family}{order} has no case");
        }
    }
    assert!(table::parse(CASES).unwrap().iter().any(|case| case.kind == Kind::Trust));
}

#[test]
fn a_mistake_in_the_table_is_found() {
    let policy = "policy\n  {\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}\n";
    let case = |rows: &str| table::parse(&format!("{policy}{rows}")).unwrap().remove(0).mistake();
    assert_eq!(case("allow 0.0 sts:AssumeRole *"), None);
    for rows in ["none sts:AssumeRole *", "deny 0.0 sts:AssumeRole *", "allow 0.1 sts:AssumeRole *", "! Statement: no"]
    {
        assert!(case(rows).is_some(), "{rows}");
    }
    assert!(table::parse("allow 0.0 sts:AssumeRole *").is_err(), "there is no policy");
    assert!(table::parse(policy).is_err(), "there is no request");
}
