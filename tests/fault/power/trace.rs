//! What a program did to its files and said on its sockets, in order, as `strace` saw it from outside.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The calls that are recorded. `sync_file_range` is not among them: it promises nothing after a power cut.
pub const CALLS: &str = "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,fdatasync,fsync,rename,renameat,renameat2,\
    unlink,unlinkat,rmdir,link,linkat,truncate,ftruncate,fallocate,copy_file_range,mkdir,mkdirat,lseek,sendto,sendmsg";

/// The longest string that is recorded whole. A longer one ends the recording with an error.
pub const LONGEST: usize = 32 << 20;

/// One call that succeeded: between `begun` and `ended` it took effect.
#[derive(Debug)]
pub struct Step {
    pub begun: usize,
    pub ended: usize,
    pub deed: Deed,
}

#[derive(Debug)]
pub enum Deed {
    /// A file that was opened with these flags; made when it was not there and that was asked for.
    Open {
        path: PathBuf,
        creates: bool,
        truncates: bool,
    },
    /// `at`: none means at the end.
    Write {
        path: PathBuf,
        at: Option<u64>,
        bytes: Vec<u8>,
    },
    SetLength {
        path: PathBuf,
        length: u64,
    },
    Sync {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    MakeDirectory {
        path: PathBuf,
    },
    /// Bytes that went out on a socket.
    Send {
        socket: String,
        bytes: Vec<u8>,
    },
}

/// A file descriptor as far as writing goes: where in the file it stands; none: always at the end.
type Position = Option<u64>;

/// Reads the recording `text`; steps are numbered from `first` on. Only what lies under `root` is kept, and what was sent.
///
/// # Errors
/// A line that is not understood.
pub fn read(text: &[u8], root: &Path, first: usize) -> Result<Vec<Step>, String> {
    let mut reader = Reader { root, open: HashMap::new(), unfinished: HashMap::new(), steps: Vec::new() };
    for (number, line) in text.split(|byte| *byte == b'\n').enumerate() {
        reader.line(first + number, line).map_err(|why| {
            let shown: String = String::from_utf8_lossy(line).chars().take(300).collect();
            format!("line {}: {why}: {shown}", number + 1)
        })?;
    }
    reader.steps.sort_by_key(|step| step.ended);
    Ok(reader.steps)
}

struct Reader<'a> {
    root: &'a Path,
    open: HashMap<u64, Position>,
    unfinished: HashMap<Vec<u8>, (usize, Vec<u8>)>,
    steps: Vec<Step>,
}

impl Reader<'_> {
    fn line(&mut self, number: usize, line: &[u8]) -> Result<(), String> {
        let Some(space) = line.iter().position(|byte| *byte == b' ') else { return Ok(()) };
        let (thread, rest) = (line[..space].to_vec(), line[space..].trim_ascii_start());
        if rest.starts_with(b"+++") || rest.starts_with(b"---") {
            return Ok(());
        }
        if let Some(begin) = rest.strip_suffix(b" <unfinished ...>".as_slice()) {
            self.unfinished.insert(thread, (number, begin.to_vec()));
            return Ok(());
        }
        if rest.starts_with(b"<... ") {
            let Some((begun, mut call)) = self.unfinished.remove(&thread) else { return Err("no beginning".into()) };
            let resumed = find(rest, b" resumed>").ok_or("no end of its beginning")?;
            call.extend_from_slice(&rest[resumed + b" resumed>".len()..]);
            return self.call(begun, number, &call);
        }
        self.call(number, number, rest)
    }

    fn call(&mut self, begun: usize, ended: usize, call: &[u8]) -> Result<(), String> {
        let open = call.iter().position(|byte| *byte == b'(').ok_or("no call")?;
        let close = rfind(call, b" = ").ok_or("no result")?;
        let name = std::str::from_utf8(&call[..open]).map_err(|_| "no name")?;
        let result = &call[close + 3..];
        if result.starts_with(b"-1") || result.starts_with(b"?") {
            return Ok(());
        }
        let arguments = call[open + 1..close].trim_ascii_end();
        let arguments = split(arguments.strip_suffix(b")").ok_or("no end of the arguments")?);
        let result = number(result).ok_or("the result is no number")?;
        if let Some(deed) = self.deed(name, &arguments, result)? {
            self.steps.push(Step { begun, ended, deed });
        }
        Ok(())
    }

    fn deed(&mut self, name: &str, arguments: &[&[u8]], result: u64) -> Result<Option<Deed>, String> {
        let nth = |nth: usize| arguments.get(nth).copied().ok_or("too few arguments");
        Ok(match name {
            "openat" | "open" => {
                let at = usize::from(name == "openat");
                let flags = String::from_utf8_lossy(nth(at + 1)?).into_owned();
                let has = |flag: &str| flags.split('|').any(|known| known == flag);
                self.open.insert(result, if has("O_APPEND") { None } else { Some(0) });
                self.inside(path(nth(at)?)?).map(|path| Deed::Open {
                    path,
                    creates: has("O_CREAT"),
                    truncates: has("O_TRUNC"),
                })
            }
            "write" | "sendto" | "writev" | "sendmsg" => {
                self.put(nth(0)?, &bytes_of(name, arguments)?, None, result)?
            }
            "pwrite64" => {
                let at = number(nth(3)?).ok_or("no place")?;
                self.put(nth(0)?, &bytes_of(name, arguments)?, Some(at), result)?
            }
            "lseek" => {
                if let Some(position) = self.open.get_mut(&descriptor(nth(0)?)?)
                    && position.is_some()
                {
                    *position = Some(result);
                }
                None
            }
            "fdatasync" | "fsync" => self.inside(path_of(nth(0)?)?).map(|path| Deed::Sync { path }),
            "ftruncate" => {
                let length = number(nth(1)?).ok_or("no length")?;
                self.inside(path_of(nth(0)?)?).map(|path| Deed::SetLength { path, length })
            }
            "rename" => self.renamed(nth(0)?, nth(1)?)?,
            "renameat" | "renameat2" => self.renamed(nth(1)?, nth(3)?)?,
            "unlink" | "rmdir" => self.inside(path(nth(0)?)?).map(|path| Deed::Remove { path }),
            "unlinkat" => {
                let (directory, name) = (path_of(nth(0)?)?, path(nth(1)?)?);
                self.inside(directory.join(name)).map(|path| Deed::Remove { path })
            }
            "mkdir" => self.inside(path(nth(0)?)?).map(|path| Deed::MakeDirectory { path }),
            other if arguments.iter().any(|argument| self.is_inside(argument)) => {
                return Err(format!("{other} is not understood"));
            }
            _ => None,
        })
    }

    fn put(&mut self, to: &[u8], bytes: &[u8], at: Option<u64>, written: u64) -> Result<Option<Deed>, String> {
        let kept = usize::try_from(written).map_err(|_| "too long")?;
        let whole = bytes.get(..kept).ok_or("the recording does not have all of what was written")?.to_vec();
        let target = path_of(to)?;
        if let Some(socket) = target.to_str().filter(|path| path.starts_with("socket:") || path.starts_with("UNIX")) {
            return Ok(Some(Deed::Send { socket: socket.to_owned(), bytes: whole }));
        }
        let Some(path) = self.inside(target) else { return Ok(None) };
        let at = match (at, self.open.get_mut(&descriptor(to)?)) {
            (Some(at), _) => Some(at),
            (None, Some(Some(position))) => {
                let at = *position;
                *position += written;
                Some(at)
            }
            (None, _) => None,
        };
        Ok(Some(Deed::Write { path, at, bytes: whole }))
    }

    fn renamed(&self, from: &[u8], to: &[u8]) -> Result<Option<Deed>, String> {
        let (from, to) = (self.inside(path(from)?), self.inside(path(to)?));
        Ok(from.zip(to).map(|(from, to)| Deed::Rename { from, to }))
    }

    fn inside(&self, path: PathBuf) -> Option<PathBuf> {
        path.starts_with(self.root).then_some(path)
    }

    fn is_inside(&self, argument: &[u8]) -> bool {
        [path(argument), path_of(argument)].into_iter().flatten().any(|path| path.starts_with(self.root))
    }
}

/// The bytes that a call writes.
fn bytes_of(name: &str, arguments: &[&[u8]]) -> Result<Vec<u8>, String> {
    let given = arguments.get(1).ok_or("nothing written")?;
    if matches!(name, "write" | "sendto" | "pwrite64") {
        return quoted(given);
    }
    let mut bytes = Vec::new();
    let mut rest = *given;
    while let Some(found) = find(rest, b"iov_base=") {
        rest = &rest[found + b"iov_base=".len()..];
        bytes.extend(quoted(rest)?);
    }
    Ok(bytes)
}

/// The arguments of a call: what commas part outside of strings and brackets.
fn split(text: &[u8]) -> Vec<&[u8]> {
    let (mut parts, mut depth, mut is_quoted, mut from) = (Vec::new(), 0_u32, false, 0);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'[' | b'{' | b'<' | b'(' => depth += 1,
            b']' | b'}' | b')' | b'>' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(text[from..at].trim_ascii());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim_ascii());
    parts
}

/// A string in hexadecimal escapes, at the beginning of `text`.
fn quoted(text: &[u8]) -> Result<Vec<u8>, String> {
    let inner = text.strip_prefix(b"\"").ok_or("no string")?;
    let end = inner.iter().position(|byte| *byte == b'"').ok_or("no end of the string")?;
    if inner[end + 1..].starts_with(b"...") {
        return Err("a string was cut off".into());
    }
    unescape(&inner[..end])
}

/// What stands for an open file: `3</path>`.
fn path_of(text: &[u8]) -> Result<PathBuf, String> {
    let Some(open) = text.iter().position(|byte| *byte == b'<') else { return Ok(PathBuf::new()) };
    let inner = text[open + 1..].strip_suffix(b">").ok_or("no end of the path")?;
    to_path(&unescape(inner)?)
}

fn path(text: &[u8]) -> Result<PathBuf, String> {
    to_path(&quoted(text)?)
}

fn to_path(bytes: &[u8]) -> Result<PathBuf, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "a path that is not UTF-8")?;
    Ok(PathBuf::from(text.strip_suffix(" (deleted)").unwrap_or(text)))
}

fn unescape(text: &[u8]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'\\', [b'x', high, low, ..]) => {
                let digit = |c: u8| char::from(c).to_digit(16).ok_or("no hexadecimal digit");
                bytes.push(u8::try_from(digit(*high)? << 4 | digit(*low)?).map_err(|_| "no byte")?);
                rest = &after[3..];
            }
            (plain, _) => {
                bytes.push(*plain);
                rest = after;
            }
        }
    }
    Ok(bytes)
}

fn descriptor(text: &[u8]) -> Result<u64, String> {
    number(text).ok_or_else(|| "no file descriptor".into())
}

/// The number that `text` begins with.
fn number(text: &[u8]) -> Option<u64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|window| window == what)
}
