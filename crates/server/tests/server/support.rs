//! A server of a test's own, and a client that sends exactly what it is told to.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};

/// The account of calls that do not say otherwise.
pub(crate) const ACCOUNT: &str = "111122223333";

/// A running server. It is killed when the test ends, however that ends.
pub(crate) struct Server {
    child: Child,
    log: Receiver<String>,
    _stdout: BufReader<ChildStdout>,
    pub(crate) banner: String,
    pub(crate) address: SocketAddr,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A request, byte for byte.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The command with these arguments and none of this process's settings.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossconnect"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CROSSCONNECT_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

impl Server {
    /// A server that forgets, with a clock that stands still.
    pub(crate) fn memory() -> Self {
        Self::start(&["--store", "memory:", "--clock", "manual"])
    }

    /// A server with these flags, on a port of its own.
    pub(crate) fn start(flags: &[&str]) -> Self {
        Self::start_anywhere(&[&["--listen", "127.0.0.1:0"], flags].concat())
    }

    /// A server with these flags, which say where it listens.
    pub(crate) fn start_anywhere(flags: &[&str]) -> Self {
        let mut command = command(&["serve"]);
        let mut child = command.args(flags).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, log) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut banner = String::new();
        // Its last line is a command to try.
        while !banner.contains("describe-locations") {
            if stdout.read_line(&mut banner).unwrap() == 0 {
                panic!("it did not start: {banner:?} {:?}", log.iter().collect::<Vec<_>>());
            }
        }
        let first = banner.lines().next().unwrap();
        let address = first.rsplit('/').next().unwrap();
        Server { child, log, _stdout: stdout, address: address.parse().unwrap(), banner }
    }

    pub(crate) fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    /// The next log line that has this text.
    pub(crate) fn log_line(&self, text: &str) -> String {
        self.log.iter().find(|line| line.contains(text)).unwrap_or_else(|| panic!("the log ended without {text}"))
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Stops it as an operator does.
    pub(crate) fn stop(mut self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::TERM).unwrap();
        assert_eq!(self.wait().code(), Some(0));
    }

    /// Sends one request on a connection of its own.
    pub(crate) fn send(&self, request: &Request) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(&request.bytes(&self.address.to_string())).unwrap();
        Answer::read(&mut stream)
    }

    /// Sends one request and reads no more than the first line of what it gets, which may go on for ever.
    pub(crate) fn status(&self, request: &Request) -> u16 {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(&request.bytes(&self.address.to_string())).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line.split(' ').nth(1).unwrap_or_else(|| panic!("{line:?}")).parse().unwrap()
    }

    /// Makes a call of the API.
    pub(crate) fn call(&self, operation: &str, input: Value) -> Answer {
        self.send(&Request::call(operation, &input))
    }

    /// Makes a call that is accepted.
    pub(crate) fn accepted(&self, operation: &str, input: Value) -> Value {
        let answer = self.call(operation, input);
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        answer.json()
    }

    /// Orders a connection and answers its id.
    pub(crate) fn connection(&self, name: &str) -> String {
        let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
        self.accepted("CreateConnection", input)["connectionId"].as_str().unwrap().to_owned()
    }

    /// Everything that the account of a test sees.
    pub(crate) fn everything(&self) -> [Value; 2] {
        ["DescribeConnections", "DescribeLags"].map(|operation| self.accepted(operation, json!({})))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Request {
    pub(crate) fn new(method: &'static str, path: &str) -> Self {
        Request { method, path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// A signed call of the API, as an SDK sends it.
    pub(crate) fn call(operation: &str, input: &Value) -> Self {
        Request::new("POST", "/")
            .with("x-amz-target", &format!("OvertureService.{operation}"))
            .with("content-type", "application/x-amz-json-1.1")
            .signed(ACCOUNT, "us-east-1")
            .body(input.to_string().as_bytes())
    }

    /// A call of the control API.
    pub(crate) fn control(method: &'static str, path: &str, body: &str) -> Self {
        let request = Request::new(method, path).body(body.as_bytes());
        if method == "GET" { request } else { request.with("content-type", "application/json") }
    }

    /// Sets a header, or replaces it.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    pub(crate) fn signed(self, key: &str, region: &str) -> Self {
        let credential = format!("{key}/20260101/{region}/directconnect/aws4_request");
        let signature = format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0f0f");
        self.with("authorization", &signature)
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub(crate) fn bytes(&self, host: &str) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", self.method, self.path);
        if !self.headers.iter().any(|(name, _)| name == "host") {
            head.push_str(&format!("host: {host}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", self.body.len()));
        [head.as_bytes(), &self.body].concat()
    }
}

impl Answer {
    /// Reads an answer to the end of its connection.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Answer { status, headers, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Checks that it is an error of AWS JSON 1.1, to the byte, and answers its text.
    pub(crate) fn error(&self, status: u16, name: &str) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), Some("application/x-amz-json-1.1"));
        assert!(self.header("x-amzn-requestid").is_some_and(|id| id.len() == 36));
        let body = self.json();
        let message = body["message"].as_str().unwrap_or_else(|| panic!("{body}"));
        let expected = format!("{{\"__type\":\"{name}\",\"message\":{}}}", Value::from(message));
        assert_eq!(self.text(), expected);
        message.to_owned()
    }
}
