//! What holds of every stream of frames: it is read or refused, and both ends read it alike.

use bytes::BytesMut;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_util::codec::Decoder;

use super::{LONGEST_FRAME, codec, decode, read, whole};
use crate::wire::message::{ClientMsg, HostMsg};

/// Holds `data`, as a stream of frames and as the inside of one, to what [`super`] promises.
///
/// # Panics
/// When a promise is broken.
pub fn hold(data: &[u8]) {
    stream::<ClientMsg>(data);
    stream::<HostMsg>(data);
    inside::<ClientMsg>(data);
    inside::<HostMsg>(data);
}

/// The end that blocks and the end that waits on many read the same messages.
fn stream<M: DeserializeOwned + PartialEq + std::fmt::Debug>(data: &[u8]) {
    let mut blocking = data;
    let mut waiting = BytesMut::from(data);
    let mut codec = codec(LONGEST_FRAME);
    while let Ok(Some(message)) = read::<M>(&mut blocking) {
        let frame = codec.decode(&mut waiting).expect("a frame that the other end read").expect("a whole one");
        assert_eq!(decode::<M>(&frame).expect("a message that the other end understood"), message);
    }
}

/// What was understood is written so that it is understood the same.
fn inside<M: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(data: &[u8]) {
    if let Ok(message) = decode::<M>(data) {
        let again = whole(&message).expect("what was read can be written");
        assert_eq!(read::<M>(&mut &again[..]).expect("what was written can be read"), Some(message));
    }
}
