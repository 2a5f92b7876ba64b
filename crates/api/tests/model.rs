//! What other crates rely on in the generated code.

use crossconnect_api::schema::{Kind, Structure};
use crossconnect_api::shapes::{ConnectionState, LoaContentType, ResiliencyModel};
use crossconnect_api::{Exception, Operation, Timestamp};

#[test]
fn operations_are_found_by_their_names() {
    assert_eq!(Operation::ALL.len(), 73);
    for &operation in Operation::ALL {
        assert_eq!(Operation::from_name(operation.name()), Some(operation));
    }
    for unknown in ["", "DescribeLag", "describelags", "DescribeLags "] {
        assert_eq!(Operation::from_name(unknown), None);
    }
    let deprecated: Vec<&str> = Operation::ALL.iter().filter(|o| o.deprecated()).map(|o| o.name()).collect();
    assert_eq!(
        deprecated,
        [
            "AllocateConnectionOnInterconnect",
            "DescribeConnectionLoa",
            "DescribeConnectionsOnInterconnect",
            "DescribeInterconnectLoa"
        ]
    );
}

#[test]
fn an_operation_tells_its_sides_and_exceptions() {
    let operation = Operation::AssociateConnectionWithLag;
    let input = operation.input().expect("it takes input");
    assert_eq!(input.name, "AssociateConnectionWithLagRequest");
    assert!(input.members.iter().all(|member| member.required));
    assert_eq!(operation.output().map(|output| output.name), Some("Connection"));
    assert_eq!(
        operation.errors(),
        [Exception::LimitExceeded, Exception::DirectConnectServer, Exception::DirectConnectClient]
    );
    assert!(Operation::DescribeLocations.input().is_none());
}

#[test]
fn exceptions_have_their_names_and_statuses() {
    for (exception, name, status, message) in [
        (Exception::DirectConnectClient, "DirectConnectClientException", 400, true),
        (Exception::DirectConnectServer, "DirectConnectServerException", 500, true),
        (Exception::DuplicateTagKeys, "DuplicateTagKeysException", 400, false),
        (Exception::LimitExceeded, "LimitExceededException", 400, false),
        (Exception::TooManyTags, "TooManyTagsException", 400, false),
    ] {
        assert_eq!((exception.name(), exception.status(), exception.has_message()), (name, status, message));
        assert_eq!(Exception::from_name(name), Some(exception));
    }
    assert_eq!(Exception::ALL.len(), 5);
}

#[test]
fn the_schema_tells_members_and_constraints() {
    let tag = Structure::from_name("Tag").expect("the model has tags");
    let key = tag.member("key").expect("a tag has a key");
    assert!(key.required && matches!(key.shape.kind, Kind::String));
    assert_eq!((key.shape.min, key.shape.max), (Some(1), Some(128)));
    assert!(!tag.member("value").expect("a tag has a value").required);
    assert!(tag.member("nosuch").is_none());
    let tags = Structure::from_name("Lag").and_then(|lag| lag.member("tags")).expect("a LAG has tags");
    assert_eq!(tags.shape.element().map(|element| element.name), Some("Tag"));
}

#[test]
fn enums_are_the_words_of_the_wire() {
    for &state in ConnectionState::ALL {
        assert_eq!(ConnectionState::from_name(state.as_str()), Some(state));
    }
    assert_eq!(ConnectionState::default(), ConnectionState::Ordering);
    assert_eq!(ResiliencyModel::MaximumResiliency.as_str(), "maximum-resiliency");
    assert_eq!(LoaContentType::ApplicationPdf.to_string(), "application/pdf");
    assert_eq!(ConnectionState::from_name("Available"), None);
}

#[test]
fn timestamps_stay_within_what_the_wire_carries() {
    for (seconds, millis) in [
        (1.5, Some(1500)),
        (-0.25, Some(-250)),
        (0.0004, Some(0)),
        (f64::NAN, None),
        (f64::INFINITY, None),
        (1e300, None),
        (253_402_300_800.0, None),
    ] {
        let moment = Timestamp::from_fractional_seconds(seconds);
        assert_eq!(moment.map(|moment| moment.millis), millis, "{seconds}");
    }
    assert_eq!(Timestamp::from_seconds(i64::MAX), None);
    assert_eq!(Timestamp::from_seconds(2), Some(Timestamp { millis: 2000 }));
}
