//! Bytes into the whole server, over its socket: each connection is answered or closed, and the server lives.

use super::{Kind, mutation};
use crate::Random;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer, or the end of the connection, may take: far less than the server waits for a request.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest answer that is read, in bytes.
const ANSWER_MAX: u64 = 1 << 20;

/// What became of the connections.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Those that were answered.
    pub answered: u64,
    /// Those that were only closed.
    pub closed: u64,
}

/// Sends so many requests, each on a connection of its own, whose bytes follow from `seed`.
///
/// # Errors
/// The server did not accept a connection, or neither answered nor closed it.
pub fn assault(server: SocketAddr, requests: u64, seed: u64) -> Result<Answered, String> {
    let mut random = Random::new(seed);
    let (mut sound, mut other) = (Vec::new(), Vec::new());
    let mut became = Answered::default();
    let words: &[&[u8]] = &[
        b"\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1",
        b"HTTP/2.0",
        b"HTTP/9.9",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 18446744073709551616\r\n",
        b"Expect: 100-continue\r\n",
        b"Host: evil\r\n",
        b"Connection: upgrade\r\nUpgrade: h2c\r\n",
        b"0\r\n\r\n",
        b"ffffffffffffffff\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\0",
        b": ",
        b"Content-Encoding: gzip\r\n",
        b"Authorization: AWS4-HMAC-SHA256 \r\n",
        b"/_crossconnect/",
        b"POST / HTTP/1.1\r\n",
    ];
    for number in 0..requests {
        std::mem::swap(&mut sound, &mut other);
        sound.clear();
        sample(&mut random, server, &mut sound);
        let mut input = sound.clone();
        for _ in 0..mutation::how_many(&mut random) {
            mutation::mutate(&mut random, &mut input, 0, words, &other);
        }
        let answer = exchange(server, &input).map_err(|text| format!("request {number} of seed {seed}: {text}"))?;
        if answer.is_empty() {
            became.closed += 1;
        } else {
            became.answered += 1;
        }
    }
    Ok(became)
}

/// A request as a client sends it, or bytes of no meaning, or the beginning of HTTP/2.
fn sample(random: &mut Random, server: SocketAddr, out: &mut Vec<u8>) {
    if random.one_in(12) {
        out.extend_from_slice(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0");
        let length = random.below(80);
        (0..length).for_each(|_| out.push(random.number() as u8));
        return;
    }
    if random.one_in(12) {
        let length = 1 + random.below(300);
        (0..length).for_each(|_| out.push(random.number() as u8));
        return;
    }
    let kind = [Kind::Json, Kind::Cbor, Kind::Form, Kind::Control][random.below(4)];
    let mut input = Vec::new();
    kind.target().sample(random, &mut input);
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let (first, body) = (String::from_utf8_lossy(&input[..end]).into_owned(), &input[(end + 1).min(input.len())..]);
    let body = if kind == Kind::Control { &input[..] } else { body };
    let (method, target, headers) = match kind {
        Kind::Json => {
            let headers =
                format!("X-Amz-Target: OvertureService.{first}\r\nContent-Type: application/x-amz-json-1.1\r\n");
            ("POST", "/".to_owned(), headers)
        }
        Kind::Cbor => {
            let path = format!("/service/OvertureService/operation/{first}");
            ("POST", path, "smithy-protocol: rpc-v2-cbor\r\nContent-Type: application/cbor\r\n".to_owned())
        }
        Kind::Form => ("POST", format!("/?{first}"), "Content-Type: application/x-www-form-urlencoded\r\n".to_owned()),
        _ => {
            let calls =
                ["clock", "ports/dxcon-1", "gateways/vgw-1", "clock", "metrics", "health", "resources/a%2Fb/timeline"];
            let path = format!("/_crossconnect/{}", calls[random.below(calls.len())]);
            let method = ["GET", "POST", "PUT"][random.below(3)];
            (method, path, "Content-Type: application/json\r\n".to_owned())
        }
    };
    let claim = "Authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/directconnect/aws4_request, \
                 SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20260101T000000Z\r\n";
    let length = body.len();
    let head =
        format!("{method} {target} HTTP/1.1\r\nHost: {server}\r\n{headers}{claim}Content-Length: {length}\r\n\r\n");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(body);
}

/// Sends bytes and no more, and reads until the server ends the connection or has nothing more to say.
fn exchange(server: SocketAddr, input: &[u8]) -> Result<Vec<u8>, String> {
    let mut stream = TcpStream::connect(server).map_err(|error| format!("no connection: {error}"))?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
    // A server that has heard enough may close before it has heard all.
    let _ = stream.write_all(input).and_then(|()| stream.shutdown(Shutdown::Write));
    let mut answer = Vec::new();
    match stream.take(ANSWER_MAX).read_to_end(&mut answer) {
        Ok(_) => Ok(answer),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(answer),
        Err(error) => Err(format!("neither answered nor closed: {error}; sent {:?}", String::from_utf8_lossy(input))),
    }
}
