//! What the commands ask of a server that runs: calls of its control API with the operator's token, over TLS where its
//! address says so.

use crate::Failure;
use crate::asking::{Address, connect};
use clap::ArgMatches;
use clap::builder::Arg;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request, Uri};
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long a server may take until it begins to answer, and to go on with its answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much of a refusal is shown, in bytes.
const SHOWN_MAX: u64 = 4096;
/// Where the operator's token is unless it is told: where `crossconnect serve` makes it when nothing is said either.
pub(crate) const TOKEN_FILE: &str = "crossconnect-data/operator-token";
/// The flags that say how TLS is spoken.
pub(crate) const FLAGS: [&str; 3] = ["endpoint-ca", "client-certificate", "client-key"];
/// Where the authorities stand without the first of them.
const AUTHORITIES: &str = "CROSSCONNECT_ENDPOINT_CA";

/// A server, where its operator's token is, whom its certificate must come from if not from whom the machine trusts, and what
/// certificate it is shown, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) token_file: Option<PathBuf>,
    authorities: Option<PathBuf>,
    shown: Option<(PathBuf, PathBuf)>,
}

/// An answer that has begun.
pub(crate) struct Answer {
    status: u16,
    runtime: Runtime,
    body: Incoming,
    /// What came and was not read yet.
    rest: Bytes,
}

/// The flags as clap knows them.
pub(crate) fn flags() -> [Arg; 3] {
    let [authorities, certificate, key] = FLAGS.map(|name| Arg::new(name).long(name).value_name("FILE"));
    let help = "The authorities, in PEM, that the server's certificate must come from [default: those that the machine trusts]";
    [
        authorities.help(help),
        certificate.help("A certificate in PEM, where the server wants to be shown one").requires(FLAGS[2]),
        key.help("Its key in PEM, in a file that nobody else may read").requires(FLAGS[1]),
    ]
}

impl Server {
    /// One of which these flags, or the environment, say the rest. The token is in the usual file where none is named.
    pub(crate) fn new(url: String, given: &ArgMatches) -> Self {
        let path = |name: &str| given.get_one::<String>(name).map(PathBuf::from);
        let usual = || Some(PathBuf::from(TOKEN_FILE)).filter(|path| path.exists());
        let [authorities, certificate, key] = FLAGS.map(path);
        let authorities = authorities.or_else(|| std::env::var_os(AUTHORITIES).map(PathBuf::from));
        Server { url, token_file: path("token-file").or_else(usual), authorities, shown: certificate.zip(key) }
    }

    /// Asks for something; only an answer that is no error is answered.
    pub(crate) fn get(&self, path: &str) -> Result<Answer, Failure> {
        let mut answer = self.send(&Method::GET, path, None)?;
        if answer.status == 200 {
            return Ok(answer);
        }
        let mut text = String::new();
        // What cannot be read is not shown.
        let _ = (&mut answer).take(SHOWN_MAX).read_to_string(&mut text);
        let document: Option<serde_json::Value> = serde_json::from_str(&text).ok();
        let message = document.as_ref().and_then(|document| document["error"]["message"].as_str()).unwrap_or(&text);
        Err(Failure::Failed(format!("{} answers {}: {message}", self.url, answer.status)))
    }

    /// Sends a request, with a body of JSON or without one.
    pub(crate) fn send(&self, method: &Method, path: &str, body: Option<String>) -> Result<Answer, Failure> {
        let wrong = || {
            let text = "expected an address such as http://127.0.0.1:8023 or https://directconnect.example.net:8023";
            Failure::Usage(format!("--server is {:?}, {text}", self.url))
        };
        let shown = self.shown.as_ref().map(|(certificate, key)| (certificate.as_path(), key.as_path()));
        let address = Address::parse(&self.url).ok_or_else(wrong)?.trusting(self.authorities.as_deref(), shown)?;
        let uri: Uri = format!("{}{path}", address.in_region("")).parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?.as_str();
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let mut request = Request::builder().method(method).uri(target).header(HOST, authority);
        if let Some(bearer) = self.bearer()? {
            request = request.header(AUTHORIZATION, bearer.as_str());
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(Full::new(Bytes::from(body.unwrap_or_default())));
        let request =
            request.map_err(|_| Failure::Usage("the operator's token is none: it has other signs".to_owned()))?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::Failed(format!("cannot begin: {error}")))?;
        let answered = runtime.block_on(async {
            let asked =
                async { connect(&address, &uri).await?.send_request(request).await.map_err(|error| error.to_string()) };
            timeout(PATIENCE, asked).await.unwrap_or_else(|_| Err("it does not answer".to_owned()))
        });
        let unreachable = |error: String| {
            let hint = match address.is_secure() {
                true => "the server must run, --server URL says where, and --endpoint-ca FILE names its authority",
                false => "the server must run, and --server URL says where",
            };
            Failure::Failed(format!("cannot reach {}: {error}; {hint}", self.url))
        };
        let (head, body) = answered.map_err(unreachable)?.into_parts();
        Ok(Answer { status: head.status.as_u16(), runtime, body, rest: Bytes::new() })
    }

    /// The operator's token in its file, which is not made where there is none.
    fn bearer(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let Some(path) = &self.token_file else { return Ok(None) };
        let token = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
            Failure::Usage(format!("cannot read the operator's token {} (--token-file): {error}", path.display()))
        })?;
        Ok(Some(Zeroizing::new(format!("Bearer {}", token.trim_end()))))
    }
}

impl Answer {
    /// Its status.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// All of it.
    pub(crate) fn text(mut self) -> io::Result<String> {
        let mut text = String::new();
        self.read_to_string(&mut text)?;
        Ok(text)
    }
}

impl Read for Answer {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Answer { runtime, body, rest, .. } = self;
        while rest.is_empty() {
            let frame = runtime.block_on(async { timeout(PATIENCE, body.frame()).await });
            match frame.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "the answer does not go on"))? {
                None => return Ok(0),
                Some(frame) => *rest = frame.map_err(io::Error::other)?.into_data().unwrap_or_default(),
            }
        }
        let length = buffer.len().min(rest.len());
        buffer[..length].copy_from_slice(&rest.split_to(length));
        Ok(length)
    }
}
