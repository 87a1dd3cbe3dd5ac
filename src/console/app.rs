//! The app: a stack of screens, what they may look at, and the work under way.
//!
//! It owns no terminal. Input comes in through [`App::input`], replies through [`App::receive`], a frame goes out through
//! [`App::view`], and what only the terminal can do is handed back by [`App::requests`].

mod deeds;
mod effects;

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::{Deed, Offer, Task};
use super::chrome;
use super::commits::Commits;
use super::context::{Context, Standing};
use super::effect::Effect;
use super::key::Key;
use super::mirror::Refreshing;
use super::place::{History, Pane, Place};
use super::screen::{Layer, Screen};
use super::standing;
use super::status::Status;
use super::task::{Failure, Fetch};
use super::terminal::Input;

/// What only the terminal can do.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Put the text on the clipboard, and say so under this name.
    Copy {
        /// The text's name.
        what: String,
        /// The text.
        text: String,
    },
    /// Edit the text in `$EDITOR`.
    Edit {
        /// The text.
        text: String,
        /// The end of the file's name.
        suffix: &'static str,
    },
    /// Stop the process until it is continued.
    Suspend,
}

/// Makes the screens that the app itself opens.
pub trait Atlas {
    /// The screen of a place.
    fn at(&self, place: &Place, cx: &Context) -> Box<dyn Screen>;
    /// What begins a task.
    fn task(&self, task: Task, cx: &Context) -> Effect;
    /// The screen that searches everything.
    fn search(&self, cx: &Context) -> Box<dyn Screen>;
}

/// The console without its terminal.
pub struct App {
    cx: Context,
    atlas: Box<dyn Atlas>,
    screens: Vec<Box<dyn Screen>>,
    /// Panes one has left, as they were left.
    panes: HashMap<Pane, Box<dyn Screen>>,
    history: History,
    standing: Fetch<Standing>,
    mirror: Refreshing,
    status: Status,
    commits: Commits,
    requests: Vec<Request>,
    ending: bool,
}

impl App {
    /// Opens at a place.
    pub fn new(cx: Context, atlas: Box<dyn Atlas>, place: &Place) -> Self {
        let first = atlas.at(place, &cx);
        let commits = Commits::new();
        let mut app = Self {
            cx,
            atlas,
            screens: vec![first],
            panes: HashMap::new(),
            history: History::default(),
            standing: Fetch::default(),
            mirror: Refreshing::default(),
            status: Status::default(),
            commits,
            requests: Vec::new(),
            ending: false,
        };
        app.arrived();
        app.look_around();
        app.mirror.start(&app.cx);
        app
    }

    /// What every screen looks at.
    pub fn context(&self) -> &Context {
        &self.cx
    }

    /// Changes what every screen looks at.
    pub fn context_mut(&mut self) -> &mut Context {
        &mut self.cx
    }

    /// The status line and the log behind it.
    pub fn status_mut(&mut self) -> &mut Status {
        &mut self.status
    }

    /// Whether work is under way whose end will change the screen.
    pub fn is_busy(&self) -> bool {
        self.cx.tasks.pending() > 0
    }

    /// Whether some of it may be through in a moment, so that one frame shows key and answer.
    pub fn is_awaiting(&self) -> bool {
        self.cx.tasks.awaited() > 0
    }

    /// Whether this input has to wait until the top screen knows what it shows. The way out never waits.
    pub fn holds(&self, input: &Input) -> bool {
        let leaves =
            |key: Key| [Deed::Back, Deed::Keep, Deed::Quit].into_iter().any(|deed| self.cx.keymap.is(key, deed));
        let is_waiting = self.screens.last().is_some_and(|top| top.is_waiting());
        is_waiting && !matches!(input, Input::Key(key) if leaves(*key) && key.typed().is_none())
    }

    /// Whether the console is over: asked to end, and every change has come through.
    pub fn is_over(&self) -> bool {
        self.ending && self.commits.is_empty()
    }

    /// Ends without asking, once the changes under way are through.
    pub fn end(&mut self) {
        self.mirror.cancel();
        self.ending = true;
    }

    /// What the terminal is to do now.
    pub fn requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.requests)
    }

    /// Takes input in.
    pub fn input(&mut self, input: Input, area: Rect) {
        self.cx.now = self.cx.world.now();
        self.resized(area);
        let effect = match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => self.with_top(|top, cx| top.pasted(&text, cx)),
            Input::Mouse(mouse) => {
                let body = chrome::body(area);
                self.with_top(|top, cx| top.mouse(mouse, body, cx))
            }
            Input::Background(..) => Effect::None,
        };
        self.apply(effect);
    }

    /// Takes in what arrived from the background.
    pub fn receive(&mut self, area: Rect) {
        self.cx.now = self.cx.world.now();
        self.resized(area);
        if self.standing.take_in()
            && let Some(standing) = self.standing.value()
        {
            self.cx.standing = standing.clone();
            if self.mirror.is_under_way() {
                self.cx.standing.badges.push("refreshing".to_owned());
            }
        }
        if let Some(failure) = self.mirror.take_in() {
            if let Some(failure) = failure {
                self.status.fail(failure, self.cx.now);
            }
            self.look_around();
            for screen in &mut self.screens {
                screen.refresh(&self.cx);
            }
        }
        for finished in self.commits.finished() {
            self.finish(finished);
        }
        for index in 0..self.screens.len() {
            if let Some(screen) = self.screens.get_mut(index) {
                let effect = screen.receive(&self.cx);
                self.apply(effect);
            }
        }
    }

    /// `$EDITOR` has ended.
    pub fn edited(&mut self, result: Result<String, Failure>) {
        let effect = self.with_top(|top, cx| top.edited(result, cx));
        self.apply(effect);
    }

    /// Draws the frame.
    pub fn view(&self, frame: &mut Frame) {
        if !chrome::fits(frame.area()) {
            return chrome::too_small(frame, &self.cx.theme);
        }
        let full = self.screens.iter().rposition(|screen| screen.layer() == Layer::Full).unwrap_or(0);
        if let Some(screen) = self.screens.get(full) {
            let pane = self.pane();
            chrome::view(frame, screen.as_ref(), pane, &self.cx);
        }
        for screen in self.screens.iter().skip(full + 1) {
            chrome::veil(frame, &self.cx.theme);
            screen.view(frame, chrome::body(frame.area()), &self.cx);
        }
        if let Some(top) = self.screens.last() {
            chrome::foot(frame, top.as_ref(), &self.status, self.commits.says(), &self.cx);
        }
    }

    /// What the top screen and the app offer together.
    pub fn offers(&self) -> Vec<Offer> {
        self.screens.last().map(|top| top.offers(&self.cx)).unwrap_or_default()
    }

    /// Reads anew who and where one is.
    fn look_around(&mut self) {
        let standing = standing::read(&self.cx.account, self.cx.now);
        self.standing.start(&self.cx.tasks, standing);
    }

    fn resized(&mut self, area: Rect) {
        let body = chrome::body(area);
        for screen in &mut self.screens {
            screen.resized(body);
        }
    }

    fn with_top(&mut self, run: impl FnOnce(&mut dyn Screen, &Context) -> Effect) -> Effect {
        self.screens.last_mut().map_or(Effect::None, |top| run(top.as_mut(), &self.cx))
    }

    /// The pane one is on or came from.
    fn pane(&self) -> Option<Pane> {
        match self.screens.first()?.place()? {
            Place::Pane(pane) => Some(pane),
            Place::Thing(..) => None,
        }
    }
}
