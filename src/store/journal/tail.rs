//! What stands at the end of a journal and is no entry: a save that was not finished, or something that cannot be read.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::line;
use crate::domain::id::Seq;
use crate::regular::{self, Links};

/// A save is never longer than this, in bytes: what one round takes together stays far below.
const LONGEST_SAVE: u64 = 64 << 20;

/// How every line begins.
const OPENS: &[u8] = br#"{"v":"#;

/// Whether what the journal at `path` holds from byte `from` on is the beginning of a save after entry `last`, as a killed host
/// leaves it: whole lines that follow one another, and then a line that was cut short, if any.
pub(in crate::store) fn is_unfinished_save(path: &Path, from: u64, last: Seq) -> io::Result<bool> {
    let mut file = regular::open_to_read(path, Links::Refuse)?;
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(LONGEST_SAVE + 1).read_to_end(&mut tail)?;
    Ok(tail.len() as u64 <= LONGEST_SAVE && is_beginning(&tail, last))
}

/// Returns whether the journal at `path` holds nothing but white space from byte `from` on, as an editor may leave it.
pub(in crate::store) fn is_blank(path: &Path, from: u64) -> io::Result<bool> {
    let mut file = regular::open_to_read(path, Links::Refuse)?;
    file.seek(SeekFrom::Start(from))?;
    let mut block = [0; 4 << 10];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(true),
            Ok(read) if block[..read].iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn is_beginning(tail: &[u8], last: Seq) -> bool {
    let (whole, rest) = tail.split_at(tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1));
    let mut wanted = last;
    let follows = whole.split_inclusive(|byte| *byte == b'\n').all(|line| {
        wanted = wanted.saturating_add(1);
        line::parse(&line[..line.len() - 1]).is_some_and(|line| line.seq() == wanted)
    });
    let opens = rest.iter().zip(OPENS).all(|(byte, wanted)| byte == wanted);
    // In a line there is no control character. Where a character was cut in two, only its last bytes are missing.
    let is_text = rest.iter().all(|byte| *byte >= b' ')
        && std::str::from_utf8(rest).map_or_else(|error| error.error_len().is_none(), |_| true);
    follows && opens && is_text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_that_was_cut_short_is_told_from_what_cannot_be_read() {
        let whole = include_str!("../../../tests/data/journal-v1.jsonl");
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let is_beginning = |tail: &str, last| is_beginning(tail.as_bytes(), last);
        assert!(is_beginning(&lines[4][..100], 4));
        assert!(is_beginning("{\"v", 4));
        assert!(is_beginning(&[lines[4], &lines[5][..90]].concat(), 4));
        assert!(!is_beginning(&[lines[4], &lines[6][..90]].concat(), 5), "it does not follow");
        assert!(!is_beginning("\0\0\0\0", 4));
        assert!(!is_beginning(&[&lines[4][..100], "\0\0\0"].concat(), 4));
        assert!(!is_beginning("anything else", 4));
    }

    #[test]
    fn white_space_at_the_end_is_told_from_what_may_be_an_entry() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        let long = "\n".repeat(10_000);
        for (tail, blank) in [("\n", true), (" \r\n\t\n", true), (&*long, true), ("\n\0", false), ("\nx\n", false)] {
            std::fs::write(&path, format!("a line\n{tail}")).unwrap();
            assert_eq!(is_blank(&path, 7).unwrap(), blank, "{tail:.9?}");
        }
    }
}
