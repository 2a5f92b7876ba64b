//! Bodies and what becomes of them: a row a case.

use crossconnect_api::shapes::{Connection, CreateLagRequest, Loa, LoaContentType, Route, Tag};
use crossconnect_api::{Exception, Operation, Request, Response, Timestamp, shapes};
use crossconnect_wire::{ErrorKind, WireError, json};

use crate::{invalid, unreadable};

const LAG: &str = r#""numberOfConnections":1,"location":"EqDC2","connectionsBandwidth":"1Gbps","lagName":"left""#;

#[test]
fn a_request_is_read_member_by_member() {
    let body = format!(r#"{{{LAG},"tags":[{{"key":"a","value":""}},{{"key":"b"}}],"requestMACSec":false,"new":{{}}}}"#);
    let tag = |key: &str, value: Option<&str>| Tag { key: key.into(), value: value.map(Into::into) };
    let expected = Request::CreateLag(CreateLagRequest {
        number_of_connections: 1,
        location: "EqDC2".into(),
        connections_bandwidth: "1Gbps".into(),
        lag_name: "left".into(),
        tags: Some(vec![tag("a", Some("")), tag("b", None)]),
        request_mac_sec: Some(false),
        ..CreateLagRequest::default()
    });
    assert_eq!(json::decode(Operation::CreateLag, body.as_bytes()), Ok(expected));
}

/// What `CreateLag` says of its required members with `rest` added.
fn refusal(rest: &str) -> WireError {
    json::decode(Operation::CreateLag, format!("{{{LAG},{rest}}}").as_bytes()).unwrap_err()
}

#[test]
fn constraints_are_told_in_the_words_of_aws() {
    let long_key = format!(r#""tags":[{{"key":"{}"}}]"#, "k".repeat(129));
    let shown = format!("{}...", "k".repeat(61));
    for (rest, text) in [
        (
            r#""location":null"#,
            "1 validation error detected: Value null at 'location' failed to satisfy constraint: Member must not be null",
        ),
        (
            r#""tags":[]"#,
            "1 validation error detected: Value '[]' at 'tags' failed to satisfy constraint: \
             Member must have length greater than or equal to 1",
        ),
        (
            long_key.as_str(),
            &format!(
                "1 validation error detected: Value '{shown}' at 'tags.1.member.key' failed to satisfy constraint: \
                 Member must have length less than or equal to 128"
            ),
        ),
        (
            r#""billingMode":"Free\n'x'""#,
            "1 validation error detected: Value 'Free\\n\\'x\\'' at 'billingMode' failed to satisfy constraint: \
             Member must satisfy enum value set: \
             [PayAsYouGo, FlatRateTier1, FlatRateTier2, FlatRateTier3, FlatRateTier4, FlatRateTier5]",
        ),
        (
            r#""lagName":null,"tags":[{"key":"*","value":"v"},null]"#,
            "3 validation errors detected: \
             Value null at 'lagName' failed to satisfy constraint: Member must not be null; \
             Value '*' at 'tags.1.member.key' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$; \
             Value null at 'tags.2.member' failed to satisfy constraint: Member must not be null",
        ),
    ] {
        assert_eq!(refusal(rest), invalid(text), "{rest}");
    }
}

#[test]
fn only_the_first_ten_violations_are_listed_and_all_are_counted() {
    let nulls = vec!["null"; 25].join(",");
    let message = refusal(&format!(r#""tags":[{nulls}]"#)).message;
    assert!(message.starts_with("25 validation errors detected: Value null at 'tags.1.member' "), "{message}");
    assert!(message.ends_with(
        "Value null at 'tags.10.member' failed to satisfy constraint: Member must not be null; and 15 more"
    ));
}

#[test]
fn lengths_count_characters_not_bytes() {
    let tags = |key: &str| format!(r#"{{{LAG},"tags":[{{"key":"{key}"}}]}}"#);
    assert!(json::decode(Operation::CreateLag, tags(&"中".repeat(128)).as_bytes()).is_ok());
    assert!(json::decode(Operation::CreateLag, tags(&"中".repeat(129)).as_bytes()).is_err());
}

#[test]
fn wrong_types_name_the_place_what_was_found_and_what_was_expected() {
    for (rest, text) in [
        (
            r#""numberOfConnections":"two""#,
            "STRING_VALUE can not be converted to an Integer. Member 'numberOfConnections' is 'two', \
             expected a whole number from -2147483648 to 2147483647.",
        ),
        (
            r#""numberOfConnections":1.5"#,
            "NUMBER_VALUE can not be converted to an Integer. Member 'numberOfConnections' is '1.5', \
             expected a whole number from -2147483648 to 2147483647.",
        ),
        (
            r#""numberOfConnections":2147483648"#,
            "NUMBER_VALUE can not be converted to an Integer. Member 'numberOfConnections' is '2147483648', \
             expected a whole number from -2147483648 to 2147483647.",
        ),
        (r#""location":5"#, "NUMBER_VALUE can not be converted to a String. Member 'location' is '5', expected text."),
        (
            r#""requestMACSec":"true""#,
            "STRING_VALUE can not be converted to a Boolean. Member 'requestMACSec' is 'true', expected true or false.",
        ),
        (
            r#""tags":[{"key":{}}]"#,
            "Start of structure or map found where not expected. \
             Member 'tags.1.member.key' is a structure, expected text.",
        ),
        (r#""lagName":["x"]"#, "Start of list found where not expected. Member 'lagName' is a list, expected text."),
        (r#""tags":false"#, "FALSE_VALUE can not be converted to a list. Member 'tags' is 'false', expected a list."),
    ] {
        assert_eq!(refusal(rest), unreadable(text), "{rest}");
    }
}

#[test]
fn no_text_shows_a_secret() {
    for (operation, body) in [
        (Operation::AssociateMacSecKey, r#"{"connectionId":"c","cak":123456789}"#),
        (Operation::AssociateMacSecKey, r#"{"connectionId":"c","secretARN":123456789}"#),
        (Operation::CreateBGPPeer, r#"{"newBGPPeer":{"authKey":123456789}}"#),
    ] {
        let error = json::decode(operation, body.as_bytes()).unwrap_err();
        assert!(error.message.starts_with("NUMBER_VALUE can not be converted to a String. Member '"), "{error}");
        assert!(!error.message.contains("123456789"), "{error}");
    }
}

#[test]
fn whole_numbers_may_be_written_as_floats_and_the_last_of_two_members_counts() {
    for (number, expected) in [("2.0", 2), ("1e3", 1000), ("-0.0", 0), ("7,\"numberOfConnections\":8", 8)] {
        let body = format!(r#"{{{LAG},"numberOfConnections":{number}}}"#);
        let Ok(Request::CreateLag(request)) = json::decode(Operation::CreateLag, body.as_bytes()) else {
            panic!("{body}")
        };
        assert_eq!(request.number_of_connections, expected);
    }
}

#[test]
fn answers_are_compact_and_leave_absent_members_out() {
    let connection = Connection {
        connection_id: Some("dxcon-\"é\u{1}".into()),
        vlan: Some(101),
        loa_issue_time: Some(Timestamp { millis: 1_767_225_600_000 }),
        jumbo_frame_capable: Some(false),
        tags: Some(Vec::new()),
        ..Connection::default()
    };
    let loa = Loa { loa_content: Some(b"%PDF".to_vec()), loa_content_type: Some(LoaContentType::ApplicationPdf) };
    for (response, body) in [
        (
            Response::CreateConnection(connection),
            r#"{"connectionId":"dxcon-\"é\u0001","vlan":101,"loaIssueTime":1767225600,"jumboFrameCapable":false,"tags":[]}"#,
        ),
        (Response::DescribeLoa(loa), r#"{"loaContent":"JVBERg==","loaContentType":"application/pdf"}"#),
        (Response::TagResource(shapes::TagResourceResponse {}), "{}"),
    ] {
        assert_eq!(String::from_utf8(json::encode(&response)).unwrap(), body);
    }
}

#[test]
fn an_answer_may_break_bounds_but_not_name_an_unknown_state() {
    let read = |body: &str| json::decode_response(Operation::CreateConnection, body.as_bytes());
    assert!(read(r#"{"tags":[],"connectionState":"available"}"#).is_ok());
    let unknown = read(r#"{"connectionState":"nosuch"}"#).unwrap_err();
    assert!(unknown.message.contains("at 'connectionState' failed to satisfy constraint: Member must"), "{unknown}");
    assert_eq!(refusal(r#""tags":[]"#).kind, ErrorKind::Exception(Exception::DirectConnectClient));
}

#[test]
fn a_timestamp_has_a_fraction_only_where_it_is_not_whole() {
    for (millis, text) in [
        (0, "0"),
        (1_767_225_600_000, "1767225600"),
        (1_767_225_600_120, "1767225600.12"),
        (1, "0.001"),
        (-1500, "-1.5"),
        (-500, "-0.5"),
        (253_402_300_799_999, "253402300799.999"),
    ] {
        let route = Route { route_installed_at: Some(Timestamp { millis }), ..Route::default() };
        let routes = shapes::ListVirtualInterfaceRoutesResponse { routes: Some(vec![route]), ..Default::default() };
        let response = Response::ListVirtualInterfaceRoutes(routes);
        let body = json::encode(&response);
        assert_eq!(
            String::from_utf8(body.clone()).unwrap(),
            format!(r#"{{"routes":[{{"routeInstalledAt":{text}}}]}}"#)
        );
        assert_eq!(json::decode_response(response.operation(), &body), Ok(response));
    }
}

#[test]
fn an_error_is_its_type_then_its_message() {
    let error = refusal(r#""tags":[]"#);
    let body = json::error(error.name(), "say \"no\"");
    assert_eq!(body, br#"{"__type":"DirectConnectClientException","message":"say \"no\""}"#);
}
