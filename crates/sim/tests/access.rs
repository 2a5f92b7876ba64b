//! Who may call what, and what each party sees: every cell of `scenarios/access.table` is tried.

use std::fs;
use std::path::Path;

#[path = "access/table.rs"]
mod table;
#[path = "access/trial.rs"]
mod trial;

use table::Table;

fn whole() -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/access.table");
    let source = fs::read_to_string(path).expect("the table is there");
    Table::parse(&source).unwrap_or_else(|mistake| panic!("scenarios/access.table:{mistake}"))
}

#[test]
fn every_operation_has_rows_and_every_row_all_its_cells() {
    let gaps = whole().gaps();
    assert!(gaps.is_empty(), "scenarios/access.table:\n{}", gaps.join("\n"));
}

#[test]
fn every_cell_holds() {
    let found = trial::differences(&whole());
    assert!(found.is_empty(), "scenarios/access.table has {} wrong cells:\n{}", found.len(), found.join("\n"));
}

const SMALL: &str = "\
role port 111111111111
role stranger 555555555555
world
  as 111111111111 in us-east-1
  c1 = CreateConnection location=EqDC2 bandwidth=1Gbps connectionName=c1
";

fn small(rows: &str) -> Table {
    Table::parse(&format!("{SMALL}{rows}")).expect("a table")
}

#[test]
fn each_wrong_cell_is_told_and_hides_no_other() {
    let table = small(
        "DeleteConnection connectionId=$c1\n  port: ok\n  stranger: ok\n\
         DescribeConnections\n  port: > connections.length=2\n  stranger: > connections=[]\n\
         UpdateConnection connectionId=$c1 connectionName=new\n  port, stranger: ! DirectConnectClientException Could…\n",
    );
    let lines: Vec<_> = trial::differences(&table).iter().map(|text| text[..2].to_owned()).collect();
    assert_eq!(lines, ["8:", "10", "13"], "the stranger's deletion, the count, and the owner's update");
}

#[test]
fn a_world_that_cannot_be_made_is_told() {
    let table = small("DescribeConnections connectionId=$nothing\n  port, stranger: ok\n");
    assert!(!trial::differences(&table).is_empty());
}

#[test]
fn gaps_are_told() {
    let table = small("DescribeLags\n  port: ok\nDescribeLoas\n  port, port, stranger: ok\n");
    let gaps = table.gaps();
    for expected in [
        "DescribeConnections has no row",
        "6: DescribeLags says nothing of stranger",
        "7: DescribeLags does not say what port sees",
        "8: DescribeLoas does not exist",
        "8: DescribeLoas says several things of port",
    ] {
        assert!(gaps.iter().any(|gap| gap == expected), "{expected} is missing from {gaps:?}");
    }
}

#[test]
fn a_cell_says_something_of_somebody() {
    for (rows, mistake) in [
        ("DescribeLags\n  port:\n", "7: a cell is"),
        ("DescribeLags\n  port: perhaps\n", "7: perhaps says neither"),
        ("DescribeLags\n  nobody: ok\n", "7: nobody plays nobody"),
    ] {
        let refused = Table::parse(&format!("{SMALL}{rows}")).expect_err("a mistake");
        assert!(refused.starts_with(mistake), "{refused} does not begin with {mistake}");
    }
}
