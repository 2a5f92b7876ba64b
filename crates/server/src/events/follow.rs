//! A connection that follows the events, as server-sent events.

use super::{Events, Next};
use crate::http::sent::Stream;
use hyper::body::Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How often a connection without events gets a sign of life; more often than idle connections are ended.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// As many follow as may.
#[derive(Debug)]
pub(crate) struct TooMany;

/// Follows from after that group on, or from now on.
pub(crate) fn stream(events: Arc<Events>, seen: Option<u64>) -> Result<Stream, TooMany> {
    let place = events.places.clone().try_acquire_owned().map_err(|_| TooMany)?;
    let seen = seen.unwrap_or_else(|| events.progress.borrow().group);
    // One event waits for the connection; the others stay in the ring.
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        tokio::select! {
            () = follow(&events, seen, &sender) => {}
            // A reader that has gone needs nothing more.
            () = sender.closed() => {}
            () = ended(&events) => {}
        }
        drop(place);
    });
    Ok(Stream(receiver))
}

async fn ended(events: &Events) {
    let mut progress = events.progress.subscribe();
    // It also ends when nobody can tell any more.
    let _ = progress.wait_for(|progress| progress.is_over).await;
}

/// Sends what there is, then waits for more; ends with the reader.
async fn follow(events: &Events, mut seen: u64, sender: &mpsc::Sender<Bytes>) {
    let mut progress = events.progress.subscribe();
    let mut text = Bytes::from_static(b": crossconnect\n\n");
    loop {
        if sender.send(text).await.is_err() {
            return;
        }
        text = loop {
            if let Some(next) = events.next(seen) {
                break next.tell(&mut seen);
            }
            match tokio::time::timeout(SIGN_OF_LIFE, progress.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_) => break Bytes::from_static(b":\n\n"),
            }
        };
    }
}

impl Next {
    fn tell(self, seen: &mut u64) -> Bytes {
        match self {
            Next::Event(event) => {
                *seen = event.group;
                event.text.clone()
            }
            Next::Gap { after, until } => {
                *seen = until;
                format!("id: {until}\nevent: gap\ndata: {{\"after\":{after},\"until\":{until}}}\n\n").into()
            }
        }
    }
}
