//! One process of the server, on a free port of loopback.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, io, thread};

/// What it prints before the address on which it listens.
const LISTENING: &str = "listening on ";

/// A server with an empty store, on which everything is over before the next call. It ends with this value.
pub struct Server {
    /// Where it answers.
    pub url: String,
    process: Child,
}

impl Server {
    /// Starts one.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start() -> Self {
        let arguments = "serve --listen 127.0.0.1:0 --store memory: --lifecycle instant --log warn".split(' ');
        let mut command = Command::new(binary());
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CROSSCONNECT_")) {
            command.env_remove(name);
        }
        let mut process = command.spawn().expect("cargo build -p crossconnect-server makes the binary");
        let mut printed = BufReader::new(process.stdout.take().expect("its output was asked for"));
        let url = read_url(&mut printed);
        // Read to the end, so that the server never waits for somebody to read what it prints.
        thread::spawn(move || io::copy(&mut printed.by_ref(), &mut io::sink()));
        Server { url: url.expect("the server says where it listens, or on standard error why it does not"), process }
    }

    /// Makes a partner of an account, as an operator does.
    ///
    /// # Panics
    /// When the server does not accept it.
    pub fn make_partner(&self, account: &str, kind: &str) {
        let (_, address) = self.url.split_once("//").expect("an address has a scheme");
        let body = format!("{{\"partner\":\"{kind}\"}}");
        let request = format!(
            "PUT /_crossconnect/accounts/{account} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut connection = TcpStream::connect(address).expect("it listens");
        connection.write_all(request.as_bytes()).expect("it takes the request");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("it answers in text");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing left to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The binary: the one that the environment names, or the workspace's own.
fn binary() -> PathBuf {
    let built = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/crossconnect");
    env::var_os("CROSSCONNECT_BINARY").map_or_else(built, PathBuf::from)
}

fn read_url(printed: &mut impl io::BufRead) -> Option<String> {
    printed.lines().map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once(LISTENING)?;
        rest.split_whitespace().next().map(str::to_owned)
    })
}
