//! The same answers over HTTP/2 without TLS.

use crate::support::{ACCOUNT, Request as Raw, Server};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::json;

fn request(authority: &str) -> Request<Full<Bytes>> {
    let raw = Raw::call("DescribeConnections", &json!({})).signed(ACCOUNT, "us-east-1");
    let mut builder = Request::post(format!("http://{authority}/"));
    for (name, value) in &raw.headers {
        builder = builder.header(name, value);
    }
    builder.body(Full::from(raw.body)).unwrap()
}

#[test]
fn calls_share_a_connection_and_foreign_names_are_refused() {
    let server = Server::memory();
    server.connection("c1");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let own = server.address.to_string();
        let (first, second) =
            tokio::join!(sender.clone().send_request(request(&own)), sender.send_request(request(&own)));
        for response in [first.unwrap(), second.unwrap()] {
            assert_eq!(response.status(), StatusCode::OK);
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body["connections"].as_array().unwrap().len(), 1);
        }
        let foreign = sender.send_request(request("evil.example")).await.unwrap();
        assert_eq!(foreign.status(), StatusCode::BAD_REQUEST);
    });
}
