//! OpenSSH, which is klock's network: whether it is there, whether it has keys, and whether the host at its other end answers.

use super::Patient;
use super::command::ask;
use super::finding::{Finding, Topic, fail, ok, skipped, warn};
use crate::client::blocking::BlockingClient;
use crate::client::{ClientOptions, HostAddress, PATIENCE};
use crate::domain::phrase::Phrase;

/// Looks for ssh; with a host on another machine, goes there.
pub fn check(patient: &Patient) -> Vec<Finding> {
    let is_far = matches!(patient.place, HostAddress::Ssh(_));
    if std::env::var_os("KLOCK_SSH").is_none() && !is_there() {
        let (said, remedy) = (Phrase::new("cli-doctor-ssh-missing"), Phrase::new("cli-doctor-ssh-missing-remedy"));
        return vec![if is_far { fail(Topic::Ssh, said, remedy) } else { warn(Topic::Ssh, said, remedy) }];
    }
    if !is_far {
        return vec![skipped(Topic::Ssh, Phrase::new("cli-doctor-ssh-near"))];
    }
    let mut findings = Vec::new();
    if std::env::var_os("SSH_AUTH_SOCK").is_none_or(|socket| socket.is_empty()) {
        findings.push(warn(
            Topic::Ssh,
            Phrase::new("cli-doctor-ssh-agent"),
            Phrase::new("cli-doctor-ssh-agent-remedy"),
        ));
    }
    let options = ClientOptions { patience: PATIENCE, hear_ssh: None, ..patient.options.clone() };
    let target = options.target.to_string();
    findings.push(match BlockingClient::connect(options) {
        Ok(client) => {
            let said = Phrase::new("cli-doctor-host").with("reach", target);
            let said = said.with("version", client.welcome().version.as_str());
            ok(Topic::Ssh, said.with("pid", client.welcome().pid.to_string()))
        }
        Err(error) => fail(Topic::Ssh, error.phrase(), Phrase::new("cli-doctor-ssh-remedy").with("reach", target)),
    });
    findings
}

/// It prints its version on stderr; that it ran is enough.
fn is_there() -> bool {
    ask("ssh", &["-V"]).is_some()
}
