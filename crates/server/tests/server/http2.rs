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
fn events_and_calls_share_a_connection() {
    let server = Server::memory();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        let connection = tokio::spawn(connection);
        let own = server.address.to_string();
        let follow = Request::get(format!("http://{own}/_crossconnect/events")).body(Full::default()).unwrap();
        let mut events = sender.send_request(follow).await.unwrap().into_body();
        let mut next = async || Some(events.frame().await?.unwrap().into_data().unwrap());
        assert_eq!(next().await.as_deref(), Some(&b": crossconnect\n\n"[..]));
        server.connection("c1");
        let event = next().await.unwrap();
        assert!(event.starts_with(b"id: 2\nevent: commit\ndata: {"), "{event:?}");
        let called = sender.send_request(request(&own)).await.unwrap();
        assert_eq!(called.status(), StatusCode::OK);
        // Elsewhere, since the connection moves on this thread alone.
        let stopped = tokio::task::spawn_blocking(|| server.stop());
        let rest = next().await.unwrap_or_default();
        assert!(rest.is_empty(), "they end with the server: {rest:?}");
        stopped.await.unwrap();
        drop(sender);
        let _ = connection.await.unwrap();
    });
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
