//! What a screen asks for: it changes nothing outside itself, it answers with an effect.

use std::fmt;

use super::action::{Deed, Task};
use super::kept::Kept;
use super::place::Place;
use super::screen::Screen;
use super::task::{Commit, Failure};
use crate::store::view;

/// What a screen wants to happen.
#[derive(Default)]
pub enum Effect {
    /// Nothing more.
    #[default]
    None,
    /// Lay this screen on top.
    Open(Box<dyn Screen>),
    /// Leave this screen, without asking.
    Back,
    /// Go to a place.
    Go(Place),
    /// Go to a tab of the screen, and a section of that.
    Show(&'static str, &'static str),
    /// Sort the list by a column of the store's, from its first row.
    Arrange(view::Column),
    /// Keep this for the next run as well.
    Keep(Kept),
    /// A thing has another name: where it was, and where it is.
    Moved {
        /// Where it was.
        from: Place,
        /// Where it is.
        to: Place,
    },
    /// Change the account.
    Commit(Commit),
    /// Put a text on the clipboard; `what` names it in the message, as `ARN`.
    Copy {
        /// The text's name.
        what: String,
        /// The text.
        text: String,
    },
    /// Edit a text in `$EDITOR`; it comes back through [`Screen::edited`].
    Edit {
        /// The text.
        text: String,
        /// The end of the file's name, as `.json`.
        suffix: &'static str,
    },
    /// Say something in the footer.
    Say(String),
    /// Say that something failed.
    Fail(Failure),
    /// Do as if the deed's key had been pressed.
    Do(Deed),
    /// Do a task by name, from wherever one is.
    Task(Task),
    /// One after the other.
    Many(Vec<Effect>),
    /// End, unless something would be lost.
    Quit,
    /// End, and lose what there is to lose.
    QuitAnyway,
}

impl Effect {
    /// Opens a screen.
    pub fn open(screen: impl Screen + 'static) -> Self {
        Self::Open(Box::new(screen))
    }

    /// Leaves this screen, then does the other.
    #[must_use]
    pub fn after_back(self) -> Self {
        Self::Many(vec![Self::Back, self])
    }
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Open(screen) => write!(f, "Open({:?})", screen.crumbs()),
            Self::Back => f.write_str("Back"),
            Self::Go(place) => write!(f, "Go({place:?})"),
            Self::Show(tab, section) => write!(f, "Show({tab}, {section})"),
            Self::Arrange(by) => write!(f, "Arrange({by:?})"),
            Self::Keep(_) => f.write_str("Keep"),
            Self::Moved { from, to } => write!(f, "Moved({from:?} to {to:?})"),
            Self::Commit(commit) => write!(f, "Commit({})", commit.says),
            // The text may be a secret.
            Self::Copy { what, .. } => write!(f, "Copy({what})"),
            Self::Edit { .. } => f.write_str("Edit"),
            Self::Say(text) => write!(f, "Say({text})"),
            Self::Fail(failure) => write!(f, "Fail({failure})"),
            Self::Do(deed) => write!(f, "Do({deed:?})"),
            Self::Task(task) => write!(f, "Task({task:?})"),
            Self::Many(effects) => f.debug_list().entries(effects).finish(),
            Self::Quit => f.write_str("Quit"),
            Self::QuitAnyway => f.write_str("QuitAnyway"),
        }
    }
}
