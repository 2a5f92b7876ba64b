//! What a runner takes for explained, and what not.

use super::*;
use std::io::{Read, Write};
use std::net::TcpListener;

const FULL: Option<(u16, &str)> = Some((400, "Lag g1 of 1Gbps would have 5 members; at most 4 are allowed"));
const MEMBER: Option<(u16, &str)> = Some((400, "Connection c1 is already a member of g1"));
const NO_MEMBER: Option<(u16, &str)> = Some((400, "Connection c1 is not a member of g1"));
const DONE: Option<(u16, &str)> = Some((200, ""));
const NOTHING: Option<(u16, &str)> = None;

/// A client of a server that gives these answers, one after the other, and hangs up for nothing.
fn client(answers: Vec<Option<(u16, &'static str)>>) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut held = Vec::new();
            while !held.ends_with(b"}") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                held.extend(byte);
            }
            let Some((status, text)) = answer else { continue };
            let body = json!({ "message": text }).to_string();
            let length = body.len();
            let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream.write_all((head + &body).as_bytes()).unwrap();
        }
    });
    Client::of(vec![url], ACCOUNT.to_owned(), Duration::from_secs(5), Duration::from_secs(5))
}

fn place() -> (Prize, Runner) {
    let prize = Prize::Place { lag: "g1".to_owned(), connections: vec!["c1".to_owned()] };
    (prize, Runner::new(0, "place", 1))
}

#[test]
fn each_call_that_may_come_late_explains_one_place() {
    let (prize, mut runner) = place();
    // The second call finds that the first has come late, and leaves an attempt behind itself.
    let client = client(vec![NOTHING, FULL, NOTHING, MEMBER, DONE, MEMBER, DONE, MEMBER]);
    let mut call = |act| runner.call(&prize, &client, act);
    assert!(matches!(call(Act::Take), Ok(Answer::Full)));
    assert!(matches!(call(Act::Take), Ok(Answer::CameLate(_))));
    assert!(matches!(call(Act::Release), Ok(Answer::Done)));
    assert!(matches!(call(Act::Take), Ok(Answer::CameLate(_))));
    assert!(matches!(call(Act::Release), Ok(Answer::Done)));
    let wrong = call(Act::Take).err().unwrap();
    assert!(wrong.contains("is already a member") && wrong.contains("place-0-1 Take, node 0"), "{wrong}");
}

#[test]
fn what_has_not_come_by_the_end_of_a_round_may_come_in_the_next() {
    let (prize, mut runner) = place();
    let client = client(vec![NOTHING, FULL, NO_MEMBER, MEMBER, DONE, NOTHING, FULL, DONE, MEMBER]);
    assert!(matches!(runner.call(&prize, &client, Act::Take), Ok(Answer::Full)));
    runner.rest(&prize, &client).unwrap();
    assert!(matches!(runner.call(&prize, &client, Act::Take), Ok(Answer::CameLate(_))));
    assert!(matches!(runner.call(&prize, &client, Act::Release), Ok(Answer::Done)));
    // Given up between the rounds, it explains nothing any more.
    assert!(matches!(runner.call(&prize, &client, Act::Take), Ok(Answer::Full)));
    runner.rest(&prize, &client).unwrap();
    assert!(runner.call(&prize, &client, Act::Take).is_err());
}
