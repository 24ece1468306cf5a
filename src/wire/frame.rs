//! Frames: a four-byte big-endian length, then one message as JSON. A frame longer than the limit is an error, not a wait.

use std::io::{self, Read, Write};

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio_util::codec::LengthDelimitedCodec;

/// The longest frame from host to client, in bytes. The largest honest one is the fold of a long incident.
pub const LONGEST_FRAME: usize = 16 << 20;

/// The key of the phrase that says that an answer is longer than [`LONGEST_FRAME`].
pub const TOO_LONG: &str = "failure-answer-too-long";

/// The longest frame from client to host, in bytes. The largest honest one carries the longest text an entry may have, with
/// room to spare, or a routine.
pub const LONGEST_ASK: usize = 1 << 20;

/// How many questions a client may have asked beyond those that the host works on, and how many bytes they may have. Who asks
/// on and on without waiting for answers is shown the door; a pipe keeps fewer on their way.
pub const MOST_UNANSWERED: usize = 4096;
/// See [`MOST_UNANSWERED`].
pub const MOST_UNANSWERED_BYTES: usize = 8 << 20;

/// The codec of the host's end, which waits on many sockets at once, for frames of at most `longest` bytes.
pub fn codec(longest: usize) -> LengthDelimitedCodec {
    LengthDelimitedCodec::builder().max_frame_length(longest).new_codec()
}

/// The message in the bytes of one frame, without the length.
///
/// # Errors
/// When the bytes are not such a message.
pub fn decode<M: DeserializeOwned>(frame: &[u8]) -> serde_json::Result<M> {
    serde_json::from_slice(frame)
}

/// A message as the bytes of one frame, length and all.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] when it is longer than [`LONGEST_FRAME`].
pub fn whole<M: Serialize>(message: &M) -> io::Result<Bytes> {
    let mut frame = vec![0; LENGTH_BYTES];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - LENGTH_BYTES;
    match u32::try_from(length) {
        Ok(said) if length <= LONGEST_FRAME => frame[..LENGTH_BYTES].copy_from_slice(&said.to_be_bytes()),
        _ => return Err(io::Error::new(io::ErrorKind::InvalidInput, too_long(length, LONGEST_FRAME))),
    }
    Ok(frame.into())
}

/// Returns what a client sends as the bytes of one frame, length and all.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] when it is longer than [`LONGEST_ASK`]: the host would close the connection.
pub fn encode_request<M: Serialize>(message: &M) -> io::Result<Bytes> {
    let frame = whole(message)?;
    let length = frame.len() - LENGTH_BYTES;
    if length > LONGEST_ASK {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, too_long(length, LONGEST_ASK)));
    }
    Ok(frame)
}

/// Writes one message as one frame in a single write: the client's end, which may block.
///
/// # Errors
/// What the stream says, and those of [`encode_request`], of which nothing is written.
pub fn write<M: Serialize>(stream: &mut impl Write, message: &M) -> io::Result<()> {
    stream.write_all(&encode_request(message)?)?;
    stream.flush()
}

/// Reads one message, or none when the other end closed the stream between two frames.
///
/// # Errors
/// What the stream says; [`io::ErrorKind::InvalidData`] when a frame is too long or is not such a message.
pub fn read<M: DeserializeOwned>(stream: &mut impl Read) -> io::Result<Option<M>> {
    Ok(read_sized(stream)?.map(|(message, _)| message))
}

/// As [`read`], with the length of the message in bytes.
///
/// # Errors
/// As for [`read`].
pub fn read_sized<M: DeserializeOwned>(stream: &mut impl Read) -> io::Result<Option<(M, usize)>> {
    let mut length = [0; LENGTH_BYTES];
    match stream.read(&mut length[..1])? {
        0 => return Ok(None),
        _ => stream.read_exact(&mut length[1..])?,
    }
    let length = u32::from_be_bytes(length) as usize;
    if length > LONGEST_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, too_long(length, LONGEST_FRAME)));
    }
    let mut frame = vec![0; length];
    stream.read_exact(&mut frame)?;
    Ok(Some((decode(&frame)?, length)))
}

const LENGTH_BYTES: usize = 4;

fn too_long(length: usize, longest: usize) -> String {
    format!("a message of {length} bytes; the longest allowed has {longest}")
}

#[cfg(any(test, fuzzing))]
pub mod property;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::message::{Ask, ClientMsg};

    #[test]
    fn a_message_survives_the_stream_and_the_end_is_told_from_a_cut() {
        let asked = ClientMsg::Ask { ask: 7, what: Ask::Rooms };
        let mut bytes = Vec::new();
        write(&mut bytes, &asked).unwrap();
        let mut stream = bytes.as_slice();
        assert_eq!(read::<ClientMsg>(&mut stream).unwrap(), Some(asked));
        assert_eq!(read::<ClientMsg>(&mut stream).unwrap(), None);
        let cut = &bytes[..bytes.len() - 1];
        assert_eq!(read::<ClientMsg>(&mut &cut[..]).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_anything_is_read() {
        let bytes = u32::MAX.to_be_bytes();
        assert_eq!(read::<ClientMsg>(&mut bytes.as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn the_two_ends_agree_on_the_frame() {
        use tokio_util::codec::Decoder;
        let asked = ClientMsg::Ask { ask: 1, what: Ask::HostStatus };
        let mut bytes = bytes::BytesMut::new();
        let mut written = Vec::new();
        write(&mut written, &asked).unwrap();
        bytes.extend_from_slice(&written);
        let frame = codec(LONGEST_ASK).decode(&mut bytes).unwrap().unwrap();
        assert_eq!(decode::<ClientMsg>(&frame).unwrap(), asked);
    }
}
