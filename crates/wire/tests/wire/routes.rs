//! Heads of requests and where they go: a row a case.

use crossconnect_api::Operation;
use crossconnect_wire::{Head, Route, route};

const JSON: Option<&str> = Some("application/x-amz-json-1.1");
const LAGS: Option<&str> = Some("OvertureService.DescribeLags");

fn head<'a>(method: &'a str, path: &'a str, target: Option<&'a str>, content_type: Option<&'a str>) -> Head<'a> {
    Head { method, path, target, content_type, smithy_protocol: None }
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
    let cbor = |head: Head<'static>| Head { smithy_protocol: Some("rpc-v2-cbor"), ..head };
    let form = Some("application/x-www-form-urlencoded");
    let operation_path = "/service/OvertureService/operation/DescribeLags";
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
        (
            cbor(head("POST", operation_path, None, Some("application/cbor"))),
            404,
            "The protocol 'rpc-v2-cbor' is not served here; send AWS JSON 1.1 (POST /, X-Amz-Target).",
        ),
        (
            cbor(head("POST", "/", LAGS, JSON)),
            400,
            "A request has either the header smithy-protocol or the header X-Amz-Target, not both.",
        ),
    ] {
        let error = route(&head).unwrap_err();
        assert_eq!((error.name(), error.status()), ("UnknownOperationException", status), "{head:?}");
        assert_eq!(error.message, text);
    }
}
