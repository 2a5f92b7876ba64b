//! Heads of requests and where they go: a row a case.

use crossconnect_api::Operation;
use crossconnect_wire::{Head, Protocol, Route, route};

const JSON: Option<&str> = Some("application/x-amz-json-1.1");
const LAGS: Option<&str> = Some("OvertureService.DescribeLags");

fn head<'a>(method: &'a str, path: &'a str, target: Option<&'a str>, content_type: Option<&'a str>) -> Head<'a> {
    Head { method, path, target, content_type, ..Head::default() }
}

#[test]
fn known_requests_find_their_route() {
    for (head, expected) in [
        (head("POST", "/", LAGS, JSON), Route::Json(Operation::DescribeLags)),
        (
            head("POST", "/", LAGS, Some("Application/X-Amz-Json-1.1 ; charset=utf-8")),
            Route::Json(Operation::DescribeLags),
        ),
        (head("POST", "/", None, Some("application/x-www-form-urlencoded; charset=utf-8")), Route::Form),
        (Head { query: "a=b&Action=GetCallerIdentity", ..head("GET", "/", None, None) }, Route::Form),
    ] {
        assert_eq!(route(&head), Ok(expected), "{head:?}");
    }
    for &operation in Operation::ALL {
        let target = format!("OvertureService.{operation}");
        assert_eq!(route(&head("POST", "/", Some(&target), JSON)), Ok(Route::Json(operation)));
    }
}

#[test]
fn unknown_requests_are_told_what_was_expected() {
    let form = Some("application/x-www-form-urlencoded");
    for (head, status, text) in [
        (head("GET", "/", LAGS, JSON), 404, "GET / is not served here; send POST /."),
        (head("POST", "/lags", LAGS, JSON), 404, "POST /lags is not served here; send POST /."),
        (head("GET", "/", None, None), 404, "GET / is not served here; send POST /."),
        (head("PUT", "/", None, form), 404, "PUT / is not served here; send POST /."),
        (head("POST", "/", None, JSON), 400, "The header X-Amz-Target is missing."),
        (head("POST", "/", None, None), 400, "The header X-Amz-Target is missing."),
        (
            head("POST", "/", LAGS, Some("application/json")),
            400,
            "The content type is 'application/json', expected application/x-amz-json-1.1.",
        ),
        (
            head("POST", "/", LAGS, form),
            400,
            "The content type is 'application/x-www-form-urlencoded', expected application/x-amz-json-1.1.",
        ),
        (head("POST", "/", LAGS, None), 400, "The content type is '', expected application/x-amz-json-1.1."),
        (
            head("POST", "/", Some("OvertureService.Describe\nLags"), JSON),
            400,
            "X-Amz-Target 'OvertureService.Describe\\nLags' names no operation; expected OvertureService.<operation>.",
        ),
        (
            head("POST", "/", Some("DescribeLags"), JSON),
            400,
            "X-Amz-Target 'DescribeLags' names no operation; expected OvertureService.<operation>.",
        ),
        (
            head("POST", "/", Some("OvertureService.describelags"), JSON),
            400,
            "X-Amz-Target 'OvertureService.describelags' names no operation; expected OvertureService.<operation>.",
        ),
    ] {
        let error = route(&head).unwrap_err();
        assert_eq!((error.name(), error.status()), ("UnknownOperationException", status), "{head:?}");
        assert_eq!(error.message, text);
    }
}

/// A head that asks for CBOR.
fn cbor<'a>(method: &'a str, path: &'a str, content_type: Option<&'a str>) -> Head<'a> {
    Head { method, path, content_type, smithy_protocol: Some("rpc-v2-cbor"), ..Head::default() }
}

#[test]
fn the_last_four_segments_of_the_path_name_an_operation_in_cbor() {
    let typed = Some("application/cbor");
    for path in [
        "/service/OvertureService/operation/DescribeLags",
        "/v1/service/OvertureService/operation/DescribeLags",
        "/a/b//service/OvertureService/operation/DescribeLags",
        "/service/Other/operation/Other/service/OvertureService/operation/DescribeLags",
        "/service/com.amazonaws.directconnect.OvertureService/operation/DescribeLags",
    ] {
        let route = route(&cbor("POST", path, typed));
        assert_eq!(route, Ok(Route::Cbor(Operation::DescribeLags)), "{path}");
        assert_eq!(route.unwrap().operation(), Some((Protocol::Cbor, Operation::DescribeLags)));
    }
    for &operation in Operation::ALL {
        let path = format!("/service/OvertureService/operation/{operation}");
        for content_type in [typed, Some("Application/CBOR; charset=utf-8")] {
            assert_eq!(route(&cbor("POST", &path, content_type)), Ok(Route::Cbor(operation)));
        }
        let bodiless = route(&cbor("POST", &path, None));
        assert_eq!(bodiless.is_ok(), operation.input().is_none(), "{operation}: {bodiless:?}");
    }
}

#[test]
fn unknown_requests_in_cbor_are_told_what_was_expected() {
    let typed = Some("application/cbor");
    for path in [
        "/",
        "",
        "/service/OvertureService/operation/NoSuch",
        "/service/OvertureService/operation/describelags",
        "/service/OvertureService/operation/com.amazonaws.directconnect.DescribeLags",
        "/service/OvertureService/operation/DescribeLags/",
        "/service/OvertureService/operation/",
        "/service/Overture/operation/DescribeLags",
        "/service/com.example.OvertureService/operation/DescribeLags",
        "/service/com.amazonaws.directconnectOvertureService/operation/DescribeLags",
        "/servicee/OvertureService/operation/DescribeLags",
        "/service/OvertureService/operations/DescribeLags",
        "service/OvertureService/operation/DescribeLags",
        "/xservice/OvertureService/operation/DescribeLags",
        "/DescribeLags",
    ] {
        let error = route(&cbor("POST", path, typed)).unwrap_err();
        assert_eq!((error.name(), error.status()), ("UnknownOperationException", 404));
        let text = " names no operation; expected /service/OvertureService/operation/<operation>.";
        assert!(error.message.ends_with(text), "{path}: {error}");
    }
    let path = "/service/OvertureService/operation/DescribeLags";
    for (head, name, status, text) in [
        (
            cbor("GET", path, None),
            "UnknownOperationException",
            405,
            "GET /service/OvertureService/operation/DescribeLags is not served here; send POST.",
        ),
        (
            cbor("POST", path, Some("application/x-amz-json-1.1")),
            "UnsupportedMediaTypeException",
            415,
            "The content type is 'application/x-amz-json-1.1', expected application/cbor.",
        ),
        (
            cbor("POST", path, None),
            "UnsupportedMediaTypeException",
            415,
            "The content type is '', expected application/cbor.",
        ),
        (
            cbor("POST", "/service/OvertureService/operation/DescribeLocations", Some("text/plain")),
            "UnsupportedMediaTypeException",
            415,
            "The content type is 'text/plain', expected application/cbor.",
        ),
        (
            Head { smithy_protocol: Some("rpc-v2-json"), ..cbor("POST", path, typed) },
            "UnknownOperationException",
            404,
            "The protocol 'rpc-v2-json' is not served here; send rpc-v2-cbor or AWS JSON 1.1 (POST /, X-Amz-Target).",
        ),
        (
            Head { target: LAGS, ..cbor("POST", path, typed) },
            "UnknownOperationException",
            400,
            "A request has either the header smithy-protocol or the header X-Amz-Target, not both.",
        ),
        (
            Head { target: LAGS, smithy_protocol: Some("other"), ..head("POST", "/", None, JSON) },
            "UnknownOperationException",
            400,
            "A request has either the header smithy-protocol or the header X-Amz-Target, not both.",
        ),
        (
            Head { amzn_target: LAGS, ..cbor("POST", path, typed) },
            "UnknownOperationException",
            400,
            "A request has either the header smithy-protocol or the header X-Amzn-Target, not both.",
        ),
    ] {
        let error = route(&head).unwrap_err();
        assert_eq!((error.name(), error.status(), error.message.as_str()), (name, status, text), "{head:?}");
    }
}

#[test]
fn an_answer_has_the_protocol_of_its_request() {
    let both = Head { target: LAGS, ..cbor("POST", "/", None) };
    let other = Head { smithy_protocol: Some("rpc-v2-json"), ..both };
    for (head, protocol) in [
        (head("GET", "/nosuch", None, None), Protocol::Json),
        (head("POST", "/", LAGS, JSON), Protocol::Json),
        (other, Protocol::Json),
        (cbor("GET", "/nosuch", None), Protocol::Cbor),
        (both, Protocol::Cbor),
    ] {
        assert_eq!(Protocol::of(&head), protocol, "{head:?}");
    }
    assert_eq!(Protocol::Json.headers(), [("content-type", "application/x-amz-json-1.1")]);
    assert_eq!(Protocol::Cbor.headers(), [("content-type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]);
    for protocol in Protocol::ALL {
        assert_eq!(protocol.headers()[0], ("content-type", protocol.content_type()));
    }
}
