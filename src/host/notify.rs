//! Notices on the desktop: said when a clock passes a mark, and never waited for by anything else.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::domain::phrase::Phrase;
use crate::domain::showable::showable;

/// How long the desktop's service may take to say that it has a notice (a guess).
const SAID_WITHIN: Duration = Duration::from_secs(5);

/// What the desktop should say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopNotice {
    pub title: String,
    pub body: String,
    /// Whether it should stay until somebody has seen it.
    pub urgent: bool,
}

/// Shows what comes, one after the other. When the desktop cannot, that is reported once, and each later notice is tried too:
/// a service may be started later.
pub async fn show_notices(mut notices: UnboundedReceiver<DesktopNotice>, report: impl Fn(Phrase)) {
    let mut told = false;
    while let Some(notice) = notices.recv().await {
        let failure = match tokio::time::timeout(SAID_WITHIN, show_notice(&notice)).await {
            Ok(Ok(())) => continue,
            Ok(Err(why)) => why,
            Err(_) => format!("no answer within {} s", SAID_WITHIN.as_secs()),
        };
        tracing::warn!(why = failure, "no desktop notice");
        if !told {
            told = true;
            report(Phrase::new("host-no-desktop").with("why", failure));
        }
    }
}

/// Says one notice on the desktop now, and waits until its service has it.
///
/// # Errors
/// Why there is none, in words; also when the service does not answer in time.
pub fn send_notice(title: String, body: String) -> Result<(), String> {
    let notice = DesktopNotice { title, body, urgent: false };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let said = runtime.block_on(async { tokio::time::timeout(SAID_WITHIN, show_notice(&notice)).await });
    // A service that hangs must not be waited for once more.
    runtime.shutdown_background();
    said.unwrap_or_else(|_| Err(format!("no answer within {} s", SAID_WITHIN.as_secs())))
}

async fn show_notice(notice: &DesktopNotice) -> Result<(), String> {
    let mut notification = notify_rust::Notification::new();
    notification.appname("Klockslag").summary(&showable(&notice.title)).body(&escaped(&showable(&notice.body)));
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.urgency(if notice.urgent { notify_rust::Urgency::Critical } else { notify_rust::Urgency::Normal });
    notification.show_async().await.map(drop).map_err(|error| error.to_string())
}

/// Returns the body of a notice is markup to the services that show it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_in_a_persons_words_stays_words() {
        assert_eq!(super::escaped("a <b>&</b>"), "a &lt;b&gt;&amp;&lt;/b&gt;");
    }
}
