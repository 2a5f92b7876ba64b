//! `moto_server`, where it is installed: another emulator, asked the same.

use super::http::{create, describe, post, request};
use super::load;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start.
const START: Duration = Duration::from_secs(30);

/// A running `moto_server`.
pub(super) struct Moto {
    child: Child,
    pub(super) address: SocketAddr,
    /// The id of a connection that it has.
    pub(super) connection_id: String,
}

impl Moto {
    /// Starts it with `connections` connections, at least one; `None` where it is not installed.
    ///
    /// # Errors
    /// It is there, and does not do as asked.
    pub(super) fn start(connections: usize) -> Result<Option<Self>, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.map_err(|error| error.to_string())?;
        let child = Command::new("moto_server")
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            return Ok(None);
        };
        let mut moto = Moto { child, address, connection_id: String::new() };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if began.elapsed() > START || moto.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Ok(None);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        load::times(address, connections - 1, &|number| request(address, "CreateConnection", &create(number)))?;
        let made = post(address, "CreateConnection", &create(0))?;
        moto.connection_id = made["connectionId"].as_str().unwrap_or_default().to_owned();
        post(address, "DescribeConnections", &describe(&moto.connection_id))?;
        Ok(Some(moto))
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
