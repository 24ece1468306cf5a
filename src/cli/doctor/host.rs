//! The way to the host: directories and their rights, the socket's path, who answers there and in which version.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::Duration;

use super::Patient;
use super::finding::{Finding, Topic, fail, ok, warn};
use crate::client::blocking::BlockingClient;
use crate::client::{ClientOptions, ConnectError, HostTarget};
use crate::config::place::ForeignDir;
use crate::domain::phrase::Phrase;
use crate::store;
use crate::wire::message::Welcome;
use crate::wire::place::LONGEST_SOCKET_PATH;

/// The rights that nobody but the owner may have on a directory of ours.
const OTHERS: u32 = 0o077;
const OWNERS: u32 = 0o700;

/// Looks at the rights of our directories, and at who answers.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let mut findings = check_rights(patient);
    findings.extend(check_owner(patient));
    let target = patient.options.target.to_string();
    if let HostTarget::Local(own) = &patient.options.target {
        let length = own.socket.as_os_str().len();
        if length > LONGEST_SOCKET_PATH {
            let said = Phrase::new("cli-doctor-socket-long").with("path", own.socket.display().to_string());
            let said = said.with("length", length.to_string()).with("longest", LONGEST_SOCKET_PATH.to_string());
            findings.push(fail(Topic::Host, said, Phrase::new("cli-doctor-socket-long-remedy")));
            return findings;
        }
    }
    if matches!(patient.options.target, HostTarget::Ssh { .. }) {
        // Its own check goes there.
        return findings;
    }
    let options = ClientOptions { patience: Duration::ZERO, ..patient.options.clone() };
    match BlockingClient::connect(options) {
        Ok(client) => findings.extend(judge_welcome(&target, client.welcome())),
        Err(error @ ConnectError::Unreachable { .. }) => {
            findings.push(fail(Topic::Host, error.phrase(), Phrase::new("cli-doctor-host-unreachable-remedy")));
        }
        Err(ConnectError::Nobody { .. }) => findings.push(match store::lock_fault(&patient.places.data) {
            Some(fault) => fail(Topic::Host, fault.phrase(), Phrase::new("cli-doctor-lock-remedy")),
            None => ok(Topic::Host, Phrase::new("cli-doctor-host-none")),
        }),
        Err(error) => {
            // Somebody who may not stop the host is not told to.
            let is_shared = matches!(patient.options.target, HostTarget::Socket(_));
            let remedy = if is_shared { "cli-doctor-host-shared-remedy" } else { "cli-doctor-host-remedy" };
            findings.push(fail(Topic::Host, error.phrase(), Phrase::new(remedy)));
        }
    }
    findings
}

fn judge_welcome(target: &str, welcome: &Welcome) -> Vec<Finding> {
    let version = env!("CARGO_PKG_VERSION");
    let said = Phrase::new("cli-doctor-host").with("reach", target).with("version", welcome.version.as_str());
    let said = said.with("pid", welcome.pid.to_string());
    let mut findings = vec![if welcome.version == version {
        ok(Topic::Host, said)
    } else {
        let remedy = Phrase::new("cli-doctor-host-version-remedy").with("version", version);
        warn(Topic::Host, said, remedy)
    }];
    if let Some(why) = &welcome.health.cannot_save {
        findings.push(fail(Topic::Disk, why.clone(), Phrase::new("cli-doctor-cannot-save-remedy")));
    }
    let told = |remark: &Phrase| match remark.key.as_ref() {
        "host-no-log" => warn(Topic::Host, remark.clone(), Phrase::new("cli-doctor-no-log-remedy")),
        "host-shared-again" | "host-shared-no-more" => {
            warn(Topic::Host, remark.clone(), Phrase::new("cli-doctor-shared-remedy"))
        }
        "host-no-desktop" => warn(Topic::Notices, remark.clone(), Phrase::new("cli-doctor-notice-remedy")),
        _ => warn(Topic::Store, remark.clone(), Phrase::new("cli-doctor-verify")),
    };
    findings.extend(welcome.health.remarks.iter().map(told));
    findings
}

/// Returns `None` if root does not write in the directory of another user.
fn check_owner(patient: &Patient) -> Option<Finding> {
    let ForeignDir { dir, owner } = patient.places.foreign(rustix::process::getuid().as_raw())?;
    let error = ConnectError::ForeignHome { dir, owner };
    Some(fail(Topic::Rights, error.phrase(), Phrase::new("cli-doctor-foreign-home-remedy")))
}

fn check_rights(patient: &Patient) -> Vec<Finding> {
    let own = rustix::process::getuid().as_raw();
    let mut directories = vec![patient.places.data.clone(), patient.places.data.join("rooms")];
    if let HostTarget::Local(own) = &patient.options.target {
        directories.extend(own.socket.parent().map(Path::to_path_buf));
    }
    let mut findings: Vec<Finding> =
        directories.iter().filter_map(|path| judge_rights(path, &std::fs::metadata(path).ok()?, own)).collect();
    if findings.is_empty() {
        findings.push(ok(Topic::Rights, Phrase::new("cli-doctor-rights")));
    }
    findings
}

/// Returns `None` if it is as it should be.
fn judge_rights(path: &Path, found: &Metadata, own: u32) -> Option<Finding> {
    let shown = path.display().to_string();
    let mode = found.mode() & 0o777;
    if !found.is_dir() {
        let said = Phrase::new("cli-doctor-no-directory").with("path", shown);
        return Some(fail(Topic::Rights, said, Phrase::new("cli-doctor-no-directory-remedy")));
    }
    if found.uid() != own {
        let said = Phrase::new("cli-doctor-owner").with("path", shown.as_str()).with("uid", found.uid().to_string());
        return Some(fail(Topic::Rights, said, Phrase::new("cli-doctor-owner-remedy").with("path", shown)));
    }
    if mode & OTHERS != 0 || mode & OWNERS != OWNERS {
        let said = Phrase::new("cli-doctor-mode").with("path", shown.as_str()).with("mode", format!("{mode:04o}"));
        return Some(fail(Topic::Rights, said, Phrase::new("cli-doctor-mode-remedy").with("path", shown)));
    }
    None
}
