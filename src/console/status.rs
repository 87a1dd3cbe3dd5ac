//! The status line: what was said last, what failed, and the log of both.

use jiff::Timestamp;

use super::task::Failure;

/// How many messages the log keeps.
const MESSAGES_MAX: usize = 500;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
    /// The failure behind it, if it was one.
    pub failure: Option<Failure>,
}

/// What the footer shows, and the log.
#[derive(Debug, Default)]
pub struct Status {
    log: Vec<Message>,
    shown: bool,
}

impl Status {
    /// Says something; it goes away with the next key.
    pub fn say(&mut self, text: String, at: Timestamp) {
        self.push(Message { at, text, failure: None });
        self.shown = true;
    }

    /// Says that something failed; it stays until dismissed.
    pub fn fail(&mut self, failure: Failure, at: Timestamp) {
        self.note(failure, at);
        self.shown = true;
    }

    /// Writes a failure to the log alone, because a form shows it.
    pub fn note(&mut self, failure: Failure, at: Timestamp) {
        self.push(Message { at, text: failure.to_string(), failure: Some(failure) });
    }

    /// A key was pressed: what was only said goes.
    pub fn pressed(&mut self) {
        self.shown &= self.log.last().is_some_and(|message| message.failure.is_some());
    }

    /// Puts a shown failure away; false when there was none.
    pub fn dismiss(&mut self) -> bool {
        std::mem::take(&mut self.shown)
    }

    /// What the footer shows.
    pub fn shown(&self) -> Option<&Message> {
        self.log.last().filter(|_| self.shown)
    }

    /// Everything that was said, oldest first.
    pub fn log(&self) -> &[Message] {
        &self.log
    }

    fn push(&mut self, message: Message) {
        if self.log.len() == MESSAGES_MAX {
            self.log.remove(0);
        }
        self.log.push(message);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::Status;
    use crate::console::task::Failure;

    #[test]
    fn words_go_with_a_key_and_failures_when_dismissed() {
        let mut status = Status::default();
        status.say("Created user ann".to_owned(), Timestamp::UNIX_EPOCH);
        status.pressed();
        assert!(status.shown().is_none() && !status.dismiss());
        status.fail(Failure::new("no"), Timestamp::UNIX_EPOCH);
        status.pressed();
        assert_eq!(status.shown().map(|m| m.text.as_str()), Some("no"));
        assert!(status.dismiss() && status.shown().is_none());
        assert_eq!(status.log().len(), 2);
    }
}
