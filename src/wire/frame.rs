//! Frames: a four-byte big-endian length, then one message as JSON. A frame longer than the limit is an error, not a wait.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_util::codec::LengthDelimitedCodec;

/// The longest frame, in bytes. The largest honest one is the fold of a long incident.
pub const LONGEST_FRAME: usize = 16 << 20;

/// The codec of both ends.
pub fn codec() -> LengthDelimitedCodec {
    LengthDelimitedCodec::builder().max_frame_length(LONGEST_FRAME).new_codec()
}

/// A message as the bytes of one frame.
///
/// # Errors
/// When it does not serialise (a map with keys that are not strings; no message has one).
pub fn encode<M: Serialize>(message: &M) -> serde_json::Result<bytes::Bytes> {
    serde_json::to_vec(message).map(Into::into)
}

/// The message in the bytes of one frame.
///
/// # Errors
/// When the bytes are not such a message.
pub fn decode<M: DeserializeOwned>(frame: &[u8]) -> serde_json::Result<M> {
    serde_json::from_slice(frame)
}
