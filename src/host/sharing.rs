//! With whom a host is shared, as the data directory says it: for clients that look for the host, and for the next host.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::phrase::Phrase;
use crate::host::endpoint::{Endpoint, Endpoints, Sharing};
use crate::regular::{self, Links};
use crate::wire::place::{READ_SOCKET_NAME_FILE, SOCKET_NAME_FILE};

/// The file in the data directory that says how the host that holds it is shared. It stays when the host dies, or gives way to
/// a newer one.
const SHARING_FILE: &str = "host.sharing";

/// What [`SHARING_FILE`] says.
#[derive(serde::Serialize, serde::Deserialize)]
struct SharingRecord {
    sharing: Sharing,
    main: PathBuf,
    reading: Option<PathBuf>,
    /// The start of the machine since which it is so; `None` where the system does not tell.
    #[serde(default)]
    boot: Option<String>,
}

/// What a host takes over of the one before it.
#[derive(Default)]
pub struct Inherited {
    pub endpoints: Option<Endpoints>,
    /// What people are told of that.
    pub said: Option<Phrase>,
}

/// Returns the endpoints of the host before this one, when that was shared and did not finish for good: the host after it serves
/// the same people, who could not start a host themselves, and that is said. A host that is shared by its own options inherits
/// nothing, and neither does one after a restart of the machine: then nobody is in the middle of anything.
pub fn inherited(data_dir: &Path, sharing: &Sharing) -> Inherited {
    if *sharing != Sharing::default() {
        return Inherited::default();
    }
    const LONGEST: u64 = 64 << 10;
    let left = regular::read(&data_dir.join(SHARING_FILE), Links::Refuse, LONGEST).ok();
    let Some(SharingRecord { sharing, main, reading, boot }) = left.and_then(|left| serde_json::from_slice(&left).ok())
    else {
        return Inherited::default();
    };
    let groups: Vec<&str> = sharing.group.iter().chain(&sharing.read_group).map(String::as_str).collect();
    let say = |key: &'static str| Phrase::new(key).with("groups", groups.join(", "));
    let now = boot_id();
    if boot.is_some() && now.is_some() && boot != now {
        return Inherited { endpoints: None, said: Some(say("host-shared-no-more")) };
    }
    let said = say("host-shared-again");
    match Endpoints::plan(main, reading, sharing) {
        Ok(endpoints) => Inherited { endpoints: Some(endpoints), said: Some(said) },
        Err(error) => {
            tracing::warn!(%error, "the sharing of the host before cannot be taken over");
            Inherited::default()
        }
    }
}

/// Returns which start of the machine this is, where the system tells.
fn boot_id() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok().map(|id| id.trim().to_owned())
}

/// Writes down where the endpoints are, for clients, and with whom the host is shared, for the host after it.
pub fn write_places(data_dir: &Path, endpoints: &Endpoints) -> io::Result<()> {
    let name = |file: &str, endpoint: &Endpoint| {
        regular::write(&data_dir.join(file), endpoint.path.as_os_str().as_encoded_bytes())
    };
    name(SOCKET_NAME_FILE, &endpoints.main)?;
    match &endpoints.reading {
        Some(endpoint) => name(READ_SOCKET_NAME_FILE, endpoint)?,
        None => remove_if_there(&data_dir.join(READ_SOCKET_NAME_FILE))?,
    }
    if !endpoints.is_shared() {
        return remove_if_there(&data_dir.join(SHARING_FILE));
    }
    let Endpoints { main, reading, sharing } = endpoints;
    let reading = reading.as_ref().map(|endpoint| endpoint.path.clone());
    let shared = SharingRecord { sharing: sharing.clone(), main: main.path.clone(), reading, boot: boot_id() };
    regular::write(&data_dir.join(SHARING_FILE), &serde_json::to_vec(&shared)?)
}

/// Removes the sockets and what was written down. The data directory is still this host's, so no other host's can be there. A newer host that comes after this
/// one (`is_succeeded`) serves the same people.
pub fn remove_places(data_dir: &Path, endpoints: &Endpoints, is_succeeded: bool) {
    let names = [SOCKET_NAME_FILE, READ_SOCKET_NAME_FILE].map(|name| data_dir.join(name));
    let sharing = (!is_succeeded).then(|| data_dir.join(SHARING_FILE));
    for path in endpoints.all().map(|endpoint| &endpoint.path).chain(&names).chain(&sharing) {
        if let Err(error) = remove_if_there(path) {
            tracing::warn!(%error, path = %path.display(), "cannot be removed");
        }
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
