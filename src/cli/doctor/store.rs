//! The journals as they lie on disk, at a glance: how many, how large, whole or cut off at the end; and the index beside them.

use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::Patient;
use super::finding::{Finding, Topic, fail, ok, skipped, warn};
use crate::domain::id::RoomId;
use crate::domain::phrase::Phrase;
use crate::regular::{self, Links, Odd};
use crate::store::StoreError;

const MEGABYTE: u64 = 1 << 20;

/// Looks at every journal's end. `klock verify` reads them from end to end.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let dir = patient.places.data.join("rooms");
    let listed = match fs::read_dir(&dir) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return vec![skipped(Topic::Store, Phrase::new("cli-doctor-no-rooms"))];
        }
        Err(error) => return vec![unreadable(&dir, error)],
    };
    let mut findings = Vec::new();
    let (mut count, mut bytes) = (0u64, 0u64);
    for path in listed.flatten().map(|entry| entry.path()) {
        // The rest is nobody's room, as a copy that somebody made.
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".jsonl"));
        if name.is_none_or(|name| name.parse::<RoomId>().is_err()) {
            continue;
        }
        count += 1;
        match last_byte(&path) {
            Ok((length, last)) => {
                bytes += length;
                if last.is_some_and(|byte| byte != b'\n') {
                    let said = Phrase::new("cli-doctor-journal-cut").with("path", path.display().to_string());
                    findings.push(warn(Topic::Store, said, Phrase::new("cli-doctor-verify")));
                }
            }
            Err(error) => findings.push(unreadable(&path, error)),
        }
    }
    if count > 0 && !patient.places.data.join("index.sled").exists() {
        findings.push(warn(Topic::Store, Phrase::new("cli-doctor-no-index"), Phrase::new("cli-doctor-verify")));
    }
    if findings.is_empty() {
        let said =
            Phrase::new("cli-doctor-journals").with("count", count).with("megabytes", (bytes / MEGABYTE).to_string());
        findings.push(ok(Topic::Store, said));
    }
    findings
}

fn unreadable(path: &Path, error: io::Error) -> Finding {
    let error = StoreError::io("reading the journal", path, error);
    let remedy = match &error {
        StoreError::Odd { odd, .. } if !matches!(odd, Odd::Foreign(_)) => Phrase::new("cli-doctor-odd-remedy"),
        _ => Phrase::new("cli-doctor-owner-remedy").with("path", path.display().to_string()),
    };
    fail(Topic::Store, error.phrase(), remedy)
}

/// The length, and the last byte of what is not empty.
fn last_byte(path: &Path) -> io::Result<(u64, Option<u8>)> {
    let mut file = regular::open_to_read(path, Links::Refuse)?;
    let length = file.metadata()?.len();
    if length == 0 {
        return Ok((0, None));
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok((length, Some(last[0])))
}
