//! The server under test, and clients of it: what the stories in `tests/` begin with.

#![forbid(unsafe_code)]

mod server;

use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_directconnect::Client;
use aws_sdk_directconnect::config::{Config, Credentials, Region};
use aws_sdk_directconnect::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_http_client::Builder;

pub use server::Server;

/// An unmodified client of an account that no other test of this process has: an access key of twelve digits is the
/// account.
pub fn client(server: &Server) -> Client {
    client_of(server, &new_account())
}

/// An account that no other test of this process has.
pub fn new_account() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(300_000_000_001);
    NEXT.fetch_add(1, Ordering::Relaxed).to_string()
}

/// An unmodified client of this account.
pub fn client_of(server: &Server, account: &str) -> Client {
    let config = Config::builder()
        .endpoint_url(&server.url)
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new(account, "any secret", None, None, "test"))
        .http_client(Builder::new().build_http())
        .build();
    Client::from_conf(config)
}

/// The name and the text of the refusal that was answered.
///
/// # Panics
/// When the call was accepted, or failed without an answer.
pub fn refusal<T, E: ProvideErrorMetadata, R>(outcome: Result<T, SdkError<E, R>>) -> (String, String) {
    let Err(SdkError::ServiceError(error)) = outcome else {
        panic!("the call was not refused");
    };
    let part = |text: Option<&str>| text.expect("a refusal has a name and a text").to_owned();
    (part(error.err().code()), part(error.err().message()))
}
