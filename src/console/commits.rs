//! The changes under way: none is ever dropped, and the console does not end before they are through.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::task::{Commit, Done, Failure, Tasks, Ticket};

/// What came of a change.
#[derive(Debug)]
pub struct Finished {
    /// Which change.
    pub ticket: Ticket,
    /// How it went.
    pub result: Result<Done, Failure>,
}

/// The changes under way.
#[derive(Debug)]
pub struct Commits {
    running: Vec<(Ticket, String)>,
    reply: Sender<Finished>,
    replies: Receiver<Finished>,
}

impl Default for Commits {
    fn default() -> Self {
        Self::new()
    }
}

impl Commits {
    /// None yet.
    pub fn new() -> Self {
        let (reply, replies) = channel();
        Self { running: Vec::new(), reply, replies }
    }

    /// Starts a change.
    pub fn start(&mut self, commit: Commit, tasks: &Tasks) {
        self.running.push((commit.ticket, commit.says));
        let (ticket, work) = (commit.ticket, commit.work);
        let answer = Answer { ticket, reply: self.reply.clone(), is_given: false };
        tasks.spawn(work, move |result| answer.give(result));
    }

    /// Takes out what has ended since.
    pub fn finished(&mut self) -> Vec<Finished> {
        let finished: Vec<Finished> = self.replies.try_iter().collect();
        self.running.retain(|(ticket, _)| finished.iter().all(|f| f.ticket != *ticket));
        finished
    }

    /// Whether every change is through.
    pub fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// What is being done, the oldest first.
    pub fn says(&self) -> Option<&str> {
        self.running.first().map(|(_, says)| says.as_str())
    }
}

/// Answers for the change even when its work panics.
struct Answer {
    ticket: Ticket,
    reply: Sender<Finished>,
    is_given: bool,
}

impl Answer {
    fn give(mut self, result: Result<Done, Failure>) {
        self.is_given = true;
        // The receiver lives as long as the app.
        drop(self.reply.send(Finished { ticket: self.ticket, result }));
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if !self.is_given {
            let failure = Failure::new("The change broke off in the middle; its outcome is unknown.")
                .with_remedy("Read again and look whether it was made.");
            drop(self.reply.send(Finished { ticket: self.ticket, result: Err(failure) }));
        }
    }
}
