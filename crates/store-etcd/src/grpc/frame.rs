//! Messages in frames: whether one is compressed, its length, its bytes.

use super::CallError;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use hyper::body::{Body, Frame};
use prost::Message;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The bytes before each message.
const FRAME_HEAD: usize = 5;
/// The largest message that is read. A page of rows is far smaller, and so is what one transaction may write.
const MESSAGE_MAX: usize = 256 << 20;

/// What is sent: one message, after which the sender may keep its side open.
#[derive(Debug)]
pub(super) struct Sent {
    frame: Option<Bytes>,
    stays_open: bool,
}

impl Sent {
    pub(super) fn new(message: &impl Message, stays_open: bool) -> Self {
        Sent { frame: Some(frame(message)), stays_open }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match (self.frame.take(), self.stays_open) {
            (Some(frame), _) => Poll::Ready(Some(Ok(Frame::data(frame)))),
            (None, false) => Poll::Ready(None),
            // It ends with its stream; nobody has to be woken.
            (None, true) => Poll::Pending,
        }
    }
}

fn frame(message: &impl Message) -> Bytes {
    let length = message.encoded_len();
    let mut frame = BytesMut::with_capacity(FRAME_HEAD + length);
    frame.put_u8(0);
    frame.put_u32(u32::try_from(length).expect("what is sent is far below 4 GiB"));
    message.encode(&mut frame).expect("the buffer grows");
    frame.freeze()
}

/// The message at the front, once all of it is there.
pub(super) fn take_message<A: Message + Default>(bytes: &mut BytesMut) -> Result<Option<A>, CallError> {
    let Some(head) = bytes.first_chunk::<FRAME_HEAD>() else { return Ok(None) };
    let [is_compressed, length @ ..] = *head;
    let length = u32::from_be_bytes(length) as usize;
    if is_compressed != 0 || length > MESSAGE_MAX {
        return Err(CallError::Lost(format!("a message is compressed or too long: {length} bytes")));
    }
    if bytes.len() < FRAME_HEAD + length {
        bytes.reserve(FRAME_HEAD + length - bytes.len());
        return Ok(None);
    }
    bytes.advance(FRAME_HEAD);
    let message = A::decode(bytes.split_to(length)).map_err(|error| CallError::Lost(error.to_string()))?;
    Ok(Some(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::KeyValue;

    #[test]
    fn messages_come_out_of_frames_however_these_arrive() {
        let sent = KeyValue { key: b"k".to_vec(), value: vec![7; 300], mod_revision: 9, version: 2 };
        let (first, second) = (frame(&sent), frame(&KeyValue::default()));
        let mut bytes = BytesMut::new();
        for byte in &first[..first.len() - 1] {
            bytes.put_u8(*byte);
            assert_eq!(take_message::<KeyValue>(&mut bytes), Ok(None));
        }
        bytes.extend_from_slice(&first[first.len() - 1..]);
        bytes.extend_from_slice(&second);
        assert_eq!(take_message(&mut bytes), Ok(Some(sent)));
        assert_eq!(take_message(&mut bytes), Ok(Some(KeyValue::default())));
        assert!(bytes.is_empty());
        bytes.extend_from_slice(&[1, 0, 0, 0, 0]);
        assert!(take_message::<KeyValue>(&mut bytes).is_err(), "we asked for no compression");
    }
}
