//! What Smithy's published tests of awsJson1_1 and rpcv2Cbor ask of a server, told with shapes of this service.
//! They have no maps of values, floats, unions or defaults, so the tests of those have nothing to apply to.

use crossconnect_api::shapes::{Connection, ListVirtualInterfaceRoutesResponse, Loa, Route};
use crossconnect_api::{Exception, Operation, Response, Timestamp};
use crossconnect_wire::{ErrorKind, Protocol, WireError, cbor, json};

/// Requests as clients may write them, and as they are read.
#[test]
fn requests_in_cbor() {
    use Operation::{CreateDirectConnectGateway, CreateLag, DescribeConnections, DescribeLocations, UntagResource};
    for (what, operation, body, read) in [
        ("no body for no input", DescribeLocations, &b""[..], "{}"),
        ("an empty map for no input", DescribeLocations, b"\xbf\xff", "{}"),
        ("no body for an input without members", DescribeConnections, b"", "{}"),
        ("an empty map of indefinite length", DescribeConnections, b"\xbf\xff", "{}"),
        ("an empty map of definite length", DescribeConnections, b"\xa0", "{}"),
        (
            "scalars in a map of indefinite length",
            CreateLag,
            b"\xbf\x73numberOfConnections\x02\x68location\x66EqDC2x\x74connectionsBandwidth\x651Gbps\
              \x67lagName\x64left\x6drequestMACSec\xf4\xff",
            r#"{"numberOfConnections":2,"location":"EqDC2x","connectionsBandwidth":"1Gbps","lagName":"left","requestMACSec":false}"#,
        ),
        (
            "scalars in a map of definite length, with keys in chunks",
            CreateLag,
            b"\xa5\x7f\x66number\x6dOfConnections\xff\x02\x68location\x66EqDC2x\x7f\x74connectionsBandwidth\xff\
              \x651Gbps\x7f\x60\x63lag\x60\x64Name\xff\x64left\x6drequestMACSec\xf5",
            r#"{"numberOfConnections":2,"location":"EqDC2x","connectionsBandwidth":"1Gbps","lagName":"left","requestMACSec":true}"#,
        ),
        ("null is absent", DescribeConnections, b"\xbf\x6cconnectionId\xf6\xff", "{}"),
        ("undefined is absent", DescribeConnections, b"\xa1\x6cconnectionId\xf7", "{}"),
        (
            "text in chunks",
            DescribeConnections,
            b"\xa1\x6cconnectionId\x7f\x66dxcon-\x60\x64fgbw\xff",
            r#"{"connectionId":"dxcon-fgbw"}"#,
        ),
        ("a number in no byte of its own", DescribeConnections, b"\xa1\x6amaxResults\x0a", r#"{"maxResults":10}"#),
        ("a number in one byte", DescribeConnections, b"\xa1\x6amaxResults\x18\x38", r#"{"maxResults":56}"#),
        ("a number in two bytes", DescribeConnections, b"\xa1\x6amaxResults\x19\x01\x00", r#"{"maxResults":256}"#),
        (
            "a number in four bytes",
            DescribeConnections,
            b"\xa1\x6amaxResults\x1a\x00\x00\x00\x07",
            r#"{"maxResults":7}"#,
        ),
        (
            "a number in eight bytes",
            DescribeConnections,
            b"\xa1\x6amaxResults\x1b\x00\x00\x00\x00\x00\x00\x00\x07",
            r#"{"maxResults":7}"#,
        ),
        ("a negative number", DescribeConnections, b"\xa1\x6amaxResults\x38\x63", r#"{"maxResults":-100}"#),
        ("a half float that is whole", DescribeConnections, b"\xa1\x6amaxResults\xf9\x42\x00", r#"{"maxResults":3}"#),
        (
            "a single float that is whole",
            DescribeConnections,
            b"\xa1\x6amaxResults\xfa\xc0\x40\x00\x00",
            r#"{"maxResults":-3}"#,
        ),
        (
            "a double float that is whole",
            DescribeConnections,
            b"\xa1\x6amaxResults\xfb\x40\x08\x00\x00\x00\x00\x00\x00",
            r#"{"maxResults":3}"#,
        ),
        (
            "a long in one byte",
            CreateDirectConnectGateway,
            b"\xa2\x78\x18directConnectGatewayName\x61g\x6damazonSideAsn\x18\x40",
            r#"{"directConnectGatewayName":"g","amazonSideAsn":64}"#,
        ),
        (
            "members that the model does not know",
            DescribeConnections,
            b"\xbf\x65extra\xbf\x61a\xbf\x61b\x9f\x01\x82\x02\x03\xff\xff\x61c\xa2\x61d\x83\x01\xf6\xf7\
              \x61e\x7f\x61f\xff\xff\x6amaxResults\x03\x62x1\xc1\xfb\x40\x08\x00\x00\x00\x00\x00\x00\
              \x62x2\xf9\x7c\x00\x62x3\x5f\x41\xff\x42\x00\xfe\xff\x62x4\xd9\xd9\xf7\x80\x62x5\x3b\xff\xff\xff\xff\xff\xff\xff\xff\xff",
            r#"{"maxResults":3}"#,
        ),
        (
            "text in chunks inside a list of indefinite length",
            UntagResource,
            b"\xbf\x6bresourceArn\x61a\x67tagKeys\x9f\x7f\x62an\x65other\xff\x7f\x65whole\xff\x65plain\xff\xff",
            r#"{"resourceArn":"a","tagKeys":["another","whole","plain"]}"#,
        ),
        (
            "text in chunks inside a list of definite length",
            UntagResource,
            b"\xa2\x6bresourceArn\x61a\x67tagKeys\x83\x7f\x62an\x65other\xff\x7f\x65whole\xff\x65plain",
            r#"{"resourceArn":"a","tagKeys":["another","whole","plain"]}"#,
        ),
        (
            "an empty list of indefinite length",
            UntagResource,
            b"\xa2\x6bresourceArn\x61a\x67tagKeys\x9f\xff",
            r#"{"resourceArn":"a","tagKeys":[]}"#,
        ),
        (
            "the last of two members of one name, its key in chunks",
            DescribeConnections,
            b"\xa3\x6amaxResults\x03\x6amaxResults\x04\x7f\x63max\x67Results\xff\x05",
            r#"{"maxResults":5}"#,
        ),
        ("the last of two, which is null", DescribeConnections, b"\xa2\x6amaxResults\x03\x6amaxResults\xf6", "{}"),
    ] {
        let request = cbor::decode(operation, body).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(String::from_utf8(json::encode_request(&request)).unwrap(), read, "{what}");
        assert_eq!(json::decode(operation, read.as_bytes()), Ok(request), "{what}");
    }
}

#[test]
fn requests_in_json() {
    use Operation::{CreateDirectConnectGateway, DescribeConnections, DescribeLocations, UntagResource};
    for (what, operation, body, read) in [
        ("no body for no input", DescribeLocations, "", "{}"),
        ("an empty structure for no input", DescribeLocations, "{}", "{}"),
        ("unexpected members for no input", DescribeLocations, r#"{"foo":true}"#, "{}"),
        ("null is absent", DescribeConnections, r#"{ "connectionId": null }"#, "{}"),
        ("an integer", DescribeConnections, r#"{"maxResults":1234}"#, r#"{"maxResults":1234}"#),
        (
            "a long",
            CreateDirectConnectGateway,
            r#"{"directConnectGatewayName":"abc xyz","amazonSideAsn":999999999999}"#,
            r#"{"directConnectGatewayName":"abc xyz","amazonSideAsn":999999999999}"#,
        ),
        ("an empty list", UntagResource, r#"{"resourceArn":"a","tagKeys":[]}"#, r#"{"resourceArn":"a","tagKeys":[]}"#),
        (
            "a list of text",
            UntagResource,
            "{\n  \"resourceArn\" : \"a\",\n  \"tagKeys\" : [\"abc\", \"mno\", \"xyz\"]\n}",
            r#"{"resourceArn":"a","tagKeys":["abc","mno","xyz"]}"#,
        ),
    ] {
        let request = json::decode(operation, body.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(String::from_utf8(json::encode_request(&request)).unwrap(), read, "{what}");
    }
}

#[test]
fn answers_in_both() {
    let connection = Connection {
        connection_id: Some("c1".into()),
        vlan: Some(0),
        loa_issue_time: Some(Timestamp { millis: 946_845_296_000 }),
        jumbo_frame_capable: Some(false),
        tags: Some(Vec::new()),
        ..Connection::default()
    };
    let fraction = Connection { loa_issue_time: Some(Timestamp { millis: 946_845_296_123 }), ..Connection::default() };
    let before =
        Connection { loa_issue_time: Some(Timestamp { millis: -1000 }), vlan: Some(i32::MIN), ..Connection::default() };
    let loa = Loa { loa_content: Some(b"binary-value".to_vec()), ..Loa::default() };
    for (what, response, text, bytes) in [
        ("nothing", Response::CreateConnection(Connection::default()), "{}", &b"\xa0"[..]),
        (
            "zero, false, an empty list and whole seconds are sent",
            Response::CreateConnection(connection),
            r#"{"connectionId":"c1","vlan":0,"loaIssueTime":946845296,"jumboFrameCapable":false,"tags":[]}"#,
            b"\xa5\x6cconnectionId\x62c1\x64vlan\x00\x6cloaIssueTime\xc1\x1a\x38\x6f\xb6\x70\
              \x71jumboFrameCapable\xf4\x64tags\x80",
        ),
        (
            "parts of seconds",
            Response::CreateConnection(fraction),
            r#"{"loaIssueTime":946845296.123}"#,
            b"\xa1\x6cloaIssueTime\xc1\xfb\x41\xcc\x37\xdb\x38\x0f\xbe\x77",
        ),
        (
            "a moment before 1970, and the least number",
            Response::CreateConnection(before),
            r#"{"vlan":-2147483648,"loaIssueTime":-1}"#,
            b"\xa2\x64vlan\x3a\x7f\xff\xff\xff\x6cloaIssueTime\xc1\x20",
        ),
        (
            "bytes",
            Response::DescribeLoa(loa),
            r#"{"loaContent":"YmluYXJ5LXZhbHVl"}"#,
            b"\xa1\x6aloaContent\x4cbinary-value",
        ),
    ] {
        assert_eq!(String::from_utf8(json::encode(&response)).unwrap(), text, "{what}");
        assert_eq!(cbor::encode(&response), bytes, "{what}");
        assert_eq!(json::decode_response(response.operation(), text.as_bytes()).as_ref(), Ok(&response), "{what}");
        assert_eq!(cbor::decode_response(response.operation(), bytes), Ok(response), "{what}");
    }
}

#[test]
fn long_lists_and_texts_say_their_length_in_more_bytes() {
    let route = Route { communities: Some(vec!["c".repeat(24); 300]), ..Route::default() };
    let routes = ListVirtualInterfaceRoutesResponse { routes: Some(vec![route]), ..Default::default() };
    let body = cbor::encode(&Response::ListVirtualInterfaceRoutes(routes.clone()));
    assert!(body.starts_with(b"\xa1\x66routes\x81\xa1\x6bcommunities\x99\x01\x2c\x78\x18c"), "{body:x?}");
    let read = cbor::decode_response(Operation::ListVirtualInterfaceRoutes, &body);
    assert_eq!(read, Ok(Response::ListVirtualInterfaceRoutes(routes)));
}

#[test]
fn moments_and_bytes_are_read_in_every_form() {
    let millis = |item: &[u8]| {
        let body = [b"\xa1\x6cloaIssueTime", item].concat();
        match cbor::decode_response(Operation::CreateConnection, &body) {
            Ok(Response::CreateConnection(connection)) => Ok(connection.loa_issue_time.map(|time| time.millis)),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.kind),
        }
    };
    for (item, expected) in [
        (&b"\xc1\x1a\x38\x6f\xb6\x70"[..], 946_845_296_000),
        (b"\xc1\x1b\x00\x00\x00\x00\x38\x6f\xb6\x70", 946_845_296_000),
        (b"\xd8\x01\x00", 0),
        (b"\xc1\x38\x63", -100_000),
        (b"\xc1\xf9\x3e\x00", 1500),
        (b"\xc1\xf9\x00\x50", 0),
        (b"\xc1\xf9\xbc\x00", -1000),
        (b"\xc1\xfa\x3f\xc0\x00\x00", 1500),
        (b"\xc1\xfb\x41\xcc\x37\xdb\x38\x0f\xbe\x77", 946_845_296_123),
        (b"\xc1\xfb\x41\xd4\xd7\xfb\xf3\x80\x00\x00", 1_398_796_238_000),
    ] {
        assert_eq!(millis(item), Ok(Some(expected)), "{item:x?}");
    }
    for item in [
        &b"\x00"[..],                                // without its tag
        b"\xc0\x00",                                 // another tag
        b"\xc1\xc1\x00",                             // twice
        b"\xc1\x61\x30",                             // text
        b"\xc1\xf6",                                 // nothing
        b"\xc1\xf9\x7c\x00",                         // infinite
        b"\xc1\xf9\xfc\x00",                         // minus infinite
        b"\xc1\xf9\x7c\x01",                         // not a number
        b"\xc1\xf9\x7e\x00",                         // not a number
        b"\xc1\x1b\xff\xff\xff\xff\xff\xff\xff\xff", // after the year 9999
        b"\xc1\x3b\xff\xff\xff\xff\xff\xff\xff\xff", // before the year 1
        b"\xc1\xfb\x7f\xef\xff\xff\xff\xff\xff\xff",
    ] {
        assert_eq!(millis(item), Err(ErrorKind::Serialization), "{item:x?}");
    }
    for item in [&b"\x43foo"[..], b"\x5f\x43foo\xff", b"\x5f\x41f\x40\x42oo\xff", b"\x58\x03foo"] {
        let body = [b"\xa1\x6aloaContent", item].concat();
        let loa = Loa { loa_content: Some(b"foo".to_vec()), ..Loa::default() };
        assert_eq!(cbor::decode_response(Operation::DescribeLoa, &body), Ok(Response::DescribeLoa(loa)), "{item:x?}");
    }
}

#[test]
fn errors_say_their_type_in_full_in_cbor_and_by_name_in_json() {
    let client = WireError::new(ErrorKind::Exception(Exception::DirectConnectClient), "Hi");
    let generic = WireError::new(ErrorKind::AccessDenied, "");
    for (error, text, bytes) in [
        (
            client,
            r#"{"__type":"DirectConnectClientException","message":"Hi"}"#,
            &b"\xa2\x66__type\x78\x38com.amazonaws.directconnect#DirectConnectClientException\x67message\x62Hi"[..],
        ),
        (
            generic,
            r#"{"__type":"AccessDeniedException","message":""}"#,
            b"\xa2\x66__type\x78\x2ecom.amazon.coral.service#AccessDeniedException\x67message\x60",
        ),
    ] {
        assert_eq!(String::from_utf8(Protocol::Json.error(&error)).unwrap(), text);
        assert_eq!(Protocol::Cbor.error(&error), bytes, "{}", String::from_utf8_lossy(&Protocol::Cbor.error(&error)));
    }
}
