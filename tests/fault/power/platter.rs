//! A disk that remembers what was written to it and what of that was synced, and can lose the rest in every way disks do.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::super::dice::Dice;
use super::trace::{Deed, Step};

/// What a file system writes at once, at most and at least.
const PAGE: usize = 4096;
const SECTOR: usize = 512;

/// A file's number, which it keeps under every name.
type Inode = usize;

/// Something that was done, with the time in which it took effect.
#[derive(Debug)]
struct Done<T> {
    begun: usize,
    ended: usize,
    what: T,
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: u64, bytes: Vec<u8> },
    SetLength(u64),
}

#[derive(Debug, Clone)]
enum Naming {
    Named { path: PathBuf, node: Node },
    Moved { from: PathBuf, to: PathBuf },
    Removed { path: PathBuf },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(Inode),
    Directory,
}

#[derive(Debug, Default)]
struct File {
    changes: Vec<Done<Change>>,
    syncs: Vec<(usize, usize)>,
    length: u64,
}

/// Everything that was done to the files under one root.
#[derive(Debug, Default)]
pub struct Platter {
    files: Vec<File>,
    names: Vec<Done<Naming>>,
    directory_syncs: Vec<(PathBuf, usize, usize)>,
    /// As the running program sees it.
    seen: BTreeMap<PathBuf, Node>,
}

/// How the power cut treats what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// All of it is gone.
    All,
    /// None of it is gone.
    Nothing,
    /// The last part of it is gone, the first that is gone torn in the middle.
    Tail,
    /// Some pages or sectors reached the disk, others did not, in no order.
    Scattered(usize),
    /// The files have their new lengths, and zeros for what was written.
    Zeros,
}

impl Platter {
    /// Takes in one more step.
    pub fn take(&mut self, step: &Step) {
        let (begun, ended) = (step.begun, step.ended);
        match &step.deed {
            Deed::Open { path, creates, truncates } => {
                if *creates && !self.seen.contains_key(path) {
                    self.files.push(File::default());
                    self.name(begun, ended, path, Node::File(self.files.len() - 1));
                }
                if *truncates {
                    self.change(begun, ended, path, Change::SetLength(0));
                }
            }
            Deed::Write { path, at, bytes } => {
                let Some(Node::File(inode)) = self.seen.get(path).copied() else { return };
                let at = at.unwrap_or(self.files[inode].length);
                self.change(begun, ended, path, Change::Write { at, bytes: bytes.clone() });
            }
            Deed::SetLength { path, length } => self.change(begun, ended, path, Change::SetLength(*length)),
            Deed::Sync { path } => match self.seen.get(path) {
                Some(Node::File(inode)) => self.files[*inode].syncs.push((begun, ended)),
                _ => self.directory_syncs.push((path.clone(), begun, ended)),
            },
            Deed::Rename { from, to } => {
                let moved: Vec<(PathBuf, Node)> =
                    self.seen.iter().filter(|(path, _)| path.starts_with(from)).map(|(p, n)| (p.clone(), *n)).collect();
                for (path, node) in moved {
                    self.seen.remove(&path);
                    let rest = path.strip_prefix(from).expect("it starts with it");
                    self.seen.insert(if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) }, node);
                }
                let what = Naming::Moved { from: from.clone(), to: to.clone() };
                self.names.push(Done { begun, ended, what });
            }
            Deed::Remove { path } => {
                self.seen.remove(path);
                self.names.push(Done { begun, ended, what: Naming::Removed { path: path.clone() } });
            }
            Deed::MakeDirectory { path } => self.name(begun, ended, path, Node::Directory),
            Deed::Send { .. } => {}
        }
    }

    fn name(&mut self, begun: usize, ended: usize, path: &Path, node: Node) {
        self.seen.insert(path.to_owned(), node);
        self.names.push(Done { begun, ended, what: Naming::Named { path: path.to_owned(), node } });
    }

    fn change(&mut self, begun: usize, ended: usize, path: &Path, what: Change) {
        let Some(Node::File(inode)) = self.seen.get(path).copied() else { return };
        let file = &mut self.files[inode];
        file.length = match &what {
            Change::Write { at, bytes } => file.length.max(at + bytes.len() as u64),
            Change::SetLength(length) => *length,
        };
        file.changes.push(Done { begun, ended, what });
    }

    /// What is on the disk when the power goes at the moment `cut`, put down under `to` in place of `root`.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn put_down(&self, cut: usize, loss: Loss, root: &Path, to: &Path, dice: &mut Dice) -> io::Result<()> {
        let names = self.names_at(cut, loss, dice);
        let mut made: Vec<&PathBuf> = Vec::new();
        // Parents come before what is in them.
        for (path, node) in &names {
            let parent = path.parent().expect("a path under the root");
            if parent != root && !made.iter().any(|known| known.as_path() == parent) {
                continue;
            }
            let target = to.join(path.strip_prefix(root).expect("under the root"));
            match node {
                Node::Directory => {
                    fs::DirBuilder::new().recursive(true).mode(0o700).create(&target)?;
                    made.push(path);
                }
                Node::File(inode) => fs::write(&target, self.bytes_at(*inode, cut, loss, dice))?,
            }
        }
        Ok(())
    }

    /// What is in `path` for certain when the power goes at the moment `cut`; none: not even its name is certain.
    pub fn sure(&self, path: &Path, cut: usize) -> Option<Vec<u8>> {
        let mut dice = Dice::new(0);
        let names = self.names_at(cut, Loss::All, &mut dice);
        let leads_there = |dir: &Path| matches!(names.get(dir), Some(Node::Directory) | None);
        match names.get(path) {
            Some(Node::File(inode)) if path.ancestors().skip(1).all(leads_there) => {
                Some(self.bytes_at(*inode, cut, Loss::All, &mut dice))
            }
            _ => None,
        }
    }

    /// The names there are. A name is sure when the directory it stands in was synced after it was given.
    fn names_at(&self, cut: usize, loss: Loss, dice: &mut Dice) -> BTreeMap<PathBuf, Node> {
        let is_sure = |path: &Path, ended: usize| {
            let parent = path.parent().expect("a path under the root");
            self.directory_syncs.iter().any(|(dir, begun, synced)| dir == parent && *begun >= ended && *synced <= cut)
        };
        let begun = self.names.iter().filter(|done| done.begun <= cut);
        // A file system that keeps names in order loses the last of them; one that does not loses any.
        let unsure = begun.clone().filter(|done| !is_sure(done.what.path(), done.ended)).count();
        let in_order = dice.one_in(2);
        let kept = dice.index(unsure + 1);
        let mut nth = 0;
        let mut names = BTreeMap::new();
        for done in begun {
            let keeps = is_sure(done.what.path(), done.ended) || {
                nth += 1;
                match loss {
                    Loss::All => false,
                    Loss::Nothing => true,
                    _ if in_order => nth <= kept,
                    _ => dice.one_in(2),
                }
            };
            if keeps {
                done.what.apply(&mut names);
            }
        }
        names
    }

    fn bytes_at(&self, inode: Inode, cut: usize, loss: Loss, dice: &mut Dice) -> Vec<u8> {
        let file = &self.files[inode];
        let synced = file.syncs.iter().filter(|(_, ended)| *ended <= cut).map(|(begun, _)| *begun).max();
        let is_sure = |done: &&Done<Change>| synced.is_some_and(|synced| done.ended <= synced);
        let mut bytes = Vec::new();
        file.changes.iter().filter(is_sure).for_each(|done| done.what.apply(&mut bytes));
        let pending: Vec<&Change> =
            file.changes.iter().filter(|done| done.begun <= cut && !is_sure(done)).map(|done| &done.what).collect();
        if pending.is_empty() {
            return bytes;
        }
        let mut all = bytes.clone();
        pending.iter().for_each(|change| change.apply(&mut all));
        match loss {
            Loss::All => bytes,
            Loss::Nothing => all,
            Loss::Tail => {
                let kept = dice.index(pending.len() + 1);
                pending[..kept].iter().for_each(|change| change.apply(&mut bytes));
                if let Some(Change::Write { at, bytes: torn }) = pending.get(kept) {
                    let part = torn[..dice.index(torn.len() + 1)].to_vec();
                    Change::Write { at: *at, bytes: part }.apply(&mut bytes);
                }
                bytes
            }
            Loss::Scattered(unit) => scatter(&bytes, &all, unit, dice),
            Loss::Zeros => {
                let mut zeros = bytes;
                zeros.resize(all.len().max(zeros.len()), 0);
                zeros
            }
        }
    }
}

/// Some pieces as they were, others as they were to be. What lies beyond the old end and did not come is zero.
fn scatter(old: &[u8], new: &[u8], unit: usize, dice: &mut Dice) -> Vec<u8> {
    let length = if dice.one_in(2) {
        new.len()
    } else {
        old.len().min(new.len()) + dice.index(new.len().abs_diff(old.len()) + 1)
    };
    let mut bytes = vec![0; length];
    for (nth, piece) in bytes.chunks_mut(unit).enumerate() {
        let from = if dice.one_in(2) { new } else { old };
        let there = from.get(nth * unit..).unwrap_or_default();
        let count = there.len().min(piece.len());
        piece[..count].copy_from_slice(&there[..count]);
    }
    bytes
}

impl Loss {
    /// Any of them.
    pub fn any(dice: &mut Dice) -> Self {
        let among = [
            Loss::All,
            Loss::Nothing,
            Loss::Tail,
            Loss::Tail,
            Loss::Scattered(PAGE),
            Loss::Scattered(SECTOR),
            Loss::Zeros,
        ];
        *dice.pick(&among)
    }
}

impl Change {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Change::Write { at, bytes } => {
                let from = usize::try_from(*at).expect("a file that fits into memory");
                let end = from + bytes.len();
                if to.len() < end {
                    to.resize(end, 0);
                }
                to[from..end].copy_from_slice(bytes);
            }
            Change::SetLength(length) => to.resize(usize::try_from(*length).expect("a file that fits into memory"), 0),
        }
    }
}

impl Naming {
    /// The name whose directory has to be synced.
    fn path(&self) -> &Path {
        match self {
            Naming::Named { path, .. } | Naming::Removed { path } => path,
            Naming::Moved { to, .. } => to,
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, Node>) {
        match self {
            Naming::Named { path, node } => {
                names.insert(path.clone(), *node);
            }
            Naming::Removed { path } => {
                names.remove(path);
            }
            Naming::Moved { from, to } => {
                let moved: Vec<(PathBuf, Node)> =
                    names.iter().filter(|(path, _)| path.starts_with(from)).map(|(p, n)| (p.clone(), *n)).collect();
                for (path, node) in moved {
                    names.remove(&path);
                    let rest = path.strip_prefix(from).expect("it starts with it");
                    names.insert(if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) }, node);
                }
            }
        }
    }
}
