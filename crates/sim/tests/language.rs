//! The scenario language itself: what it refuses to read, what it reports, and how it rewrites a file.

use crossconnect_sim::scenario::Scenario;

const ORDER: &str = "# A block.\nc1 = CreateConnection location=EqDC2 bandwidth=1Gbps connectionName=c1\n";

fn failures(source: &str) -> Vec<String> {
    let scenario = Scenario::parse(source).expect("a scenario without mistakes");
    let failures = scenario.run(false).failures;
    failures.into_iter().map(|failure| format!("{}: {}", failure.line, failure.text)).collect()
}

#[test]
fn a_mistake_names_its_line() {
    for (source, mistake) in [
        ("DescribeLags", "1: a block begins with a # line that says what it shows"),
        ("# A.\nDescribeLag", "2: DescribeLag is neither an operation nor a control"),
        ("# A.\nDescribeLags lag=x", "2: lag leads nowhere in DescribeLagsRequest"),
        ("# A.\nDescribeLags lagId", "2: lagId: expected member=value"),
        ("# A.\nDescribeLags\n> lags.0.name=absent", "3: lags.0.name leads nowhere in Lags"),
        ("# A.\n> lags=[]", "2: only calls and timelines have answers"),
        ("# A.\nreset\n> lags=[]", "3: only calls and timelines have answers"),
        ("# A.\nDescribeLags lagId=\"x", "2: a quoted text has no end"),
        ("# A.\nDescribeTags resourceArns=[a b]", "2: expected , or ] at \"b]\""),
        ("# A.\nadvance soon", "2: soon: "),
        ("# A.\nquota lags=1", "2: there is no quota lags"),
        ("# A.\nplant ports_per_speed=many", "2: ports_per_speed=many: many is no number"),
        ("# A.\nc1 = reset", "2: there is no answer to call c1"),
        ("# A.\nDescribeLags lagId=$g1", "2: the name g1 is used only here"),
        ("# A.\nDescribeLags\n> nextToken=$next", "3: the name next is used only here"),
    ] {
        let found = Scenario::parse(source).expect_err(source);
        assert!(found.iter().any(|text| text.starts_with(mistake)), "{source}: {found:?}");
    }
}

#[test]
fn what_is_not_as_expected_is_reported_with_both() {
    for (lines, reported) in [
        ("> connectionName=c2", "3: expected connectionName=c2, came c1"),
        ("> awsDevice=present", "3: expected awsDevice=present, came absent"),
        ("> connectionName=\"c…2\"", "3: expected connectionName=c…2, came c1"),
        ("> location=absent", "3: expected location=absent, came EqDC2"),
        ("> tags={a: 1}", "3: expected tags=1, came []"),
        ("> tags.length=1", "3: expected tags.length=1, came 0"),
        ("! DirectConnectClientException no", "3: expected a refusal, and it was accepted"),
        ("interrupts $c1", "3: expected to interrupt"),
        ("DescribeLags lagId=nonsense", "3: refused: DirectConnectClientException Lag ID has an invalid format."),
        ("timeline $c1\n> requested@0s", "4: expected requested@0s, came requested@0s pending@2s available@4s"),
        ("timeline nonsense", "3: nonsense has no timeline"),
        ("DescribeLags maxResults=many", "3: many is not a number, as MaxResultSetSize is; put text in quotes"),
        ("DescribeLags lagId=$c1.lagId", "3: $c1.lagId leads nowhere"),
        (
            "DescribeLags lagId=x\n! DirectConnectClientException Lag",
            "4: expected ! DirectConnectClientException Lag, came",
        ),
        (
            "DescribeLags lagId=x\n! DirectConnectServerException Lag…",
            "4: expected ! DirectConnectServerException Lag…",
        ),
        ("clock 2025-01-01T00:00:00Z", "3: refused: Refused The clock cannot go back"),
        ("DescribeConnections\n> connections.*.connectionState=down", "4: expected connections.*.connectionState=down"),
        ("DescribeLags\n> lags.*.lagState=pending", "4: expected lags.*.lagState=pending, came absent"),
    ] {
        let found = failures(&format!("{ORDER}{lines}\n"));
        assert!(found.iter().any(|text| text.starts_with(reported)), "{lines}: {found:?}");
    }
}

#[test]
fn a_block_stops_where_it_fails_and_the_next_one_runs() {
    let found = failures(&format!("{ORDER}> location=A\n> bandwidth=B\n\n{ORDER}> location=EqDC2\n"));
    let lines: Vec<_> = found.iter().map(|text| text.split(':').next().unwrap_or_default()).collect();
    assert_eq!(lines, ["3", "4"], "{found:?}");
}

#[test]
fn what_is_as_expected_is_not_reported() {
    let lines = "> connectionName=c1 connectionName=\"c1\" connectionId=\"dxcon-…\" tags=[] tags.length=0 awsDevice=absent location=present\n\
                 same = $c1.connectionId\n\
                 DescribeConnections connectionId=$same\n\
                 > connections=[{connectionId: $c1, location: EqDC2}] connections.0.connectionId=$id\n\
                 DescribeConnections connectionId=$id\n\
                 DescribeConnections connectionId=x\n\
                 ! DirectConnectClientException ConnectionID x …\n";
    assert_eq!(failures(&format!("{ORDER}{lines}")), Vec::<String>::new());
}

#[test]
fn a_block_that_waits_fails_once_it_would_pass() {
    let found = failures(&ORDER.replace(".\n", ".\nwaiting another time\n"));
    assert_eq!(found, ["1: the block passes: take its line waiting away"]);
    let waits = "# A block.\nwaiting interconnects\nDescribeInterconnects\n";
    assert_eq!(failures(waits), Vec::<String>::new());
    let scenario = Scenario::parse(waits).expect("a scenario without mistakes");
    assert_eq!(scenario.waiting().collect::<Vec<_>>(), [("A block.", "interconnects")]);
}

#[test]
fn an_update_rewrites_what_is_wrong_and_nothing_else() {
    let before = "\
# Kept: a comment.
c1 = CreateConnection location=EqDC2 bandwidth=1Gbps connectionName=\"a b\" tags={a: 1}
> connectionName=c1   connectionState=requested tags=[] lagId=nothing connectionId=wrong
DescribeConnections connectionId=$c1
! DirectConnectClientException …
UpdateConnection connectionId=$c1
> connectionName=c1
dry DeleteConnection connectionId=$c1
interrupts $c1
timeline $c1
>
";
    let after = "\
# Kept: a comment.
c1 = CreateConnection location=EqDC2 bandwidth=1Gbps connectionName=\"a b\" tags={a: 1}
> connectionName=\"a b\"   connectionState=requested tags={a: 1} lagId=absent connectionId=$c1
DescribeConnections connectionId=$c1
UpdateConnection connectionId=$c1
! DirectConnectClientException UpdateConnection of $c1 changes nothing; expected connectionName or encryptionMode
dry DeleteConnection connectionId=$c1
interrupts nothing
timeline $c1
> requested@0s pending@2s available@4s
";
    let scenario = Scenario::parse(before).expect("a scenario without mistakes");
    let updated = scenario.updated(&scenario.run(true));
    assert_eq!(updated, after);
    let again = Scenario::parse(&updated).expect("a scenario without mistakes");
    let report = again.run(true);
    assert_eq!(report.failures, []);
    assert_eq!(again.updated(&report), after);
}
