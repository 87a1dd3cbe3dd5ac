//! The app: a stack of screens, and the one place where effects happen.
//!
//! It owns no terminal. Input comes in through [`App::input`], replies through [`App::receive`], a frame goes out through
//! [`App::view`], and what only the terminal can do is handed back by [`App::requests`].

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::{Danger, Deed, Kind, Offer, Task};
use super::chrome;
use super::commits::{Commits, Finished};
use super::context::{Context, Standing};
use super::effect::Effect;
use super::key::Key;
use super::mirror::Refreshing;
use super::place::{History, Pane, Place};
use super::screen::log::Log;
use super::screen::{Layer, Screen, help};
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

    fn key(&mut self, key: Key) -> Effect {
        self.status.pressed();
        if self.cx.keymap.is(key, Deed::Quit) && key.typed().is_none() {
            return Effect::Quit;
        }
        let Some(top) = self.screens.last_mut() else { return Effect::Quit };
        if let Some(effect) = top.typed(key, &self.cx) {
            return effect;
        }
        let is_full = top.layer() == Layer::Full;
        let offered = top.offers(&self.cx).into_iter().map(|offer| offer.deed);
        let deed = self.cx.keymap.deed(key, offered.chain(everywhere(is_full)));
        deed.map_or(Effect::None, |deed| self.perform(deed))
    }

    /// Does a deed: the screen's own if it offers it, else the app's.
    fn perform(&mut self, deed: Deed) -> Effect {
        if matches!(deed, Deed::Back | Deed::Keep | Deed::Leave) && self.status.dismiss() {
            return Effect::None;
        }
        let offers = self.offers();
        if deed == Deed::Refresh {
            self.mirror.start(&self.cx);
        }
        if offers.iter().any(|offer| offer.deed == deed) {
            return self.with_top(|top, cx| top.update(deed, cx));
        }
        match deed {
            Deed::Back => self.back(),
            Deed::Quit => Effect::Quit,
            Deed::Suspend => {
                self.requests.push(Request::Suspend);
                Effect::None
            }
            Deed::LastPlace => self.history.last().map_or(Effect::None, Effect::Go),
            Deed::Earlier | Deed::Later => {
                let by = if deed == Deed::Earlier { -1 } else { 1 };
                self.history.step(by).map_or(Effect::None, Effect::Go)
            }
            Deed::NextTab | Deed::PrevTab => {
                let by = if deed == Deed::NextTab { 1 } else { -1 };
                self.pane().map_or(Effect::None, |pane| Effect::Go(Place::Pane(pane.beside(by))))
            }
            Deed::Help => Effect::open(help::help(&offers, &self.cx)),
            Deed::Palette => Effect::open(help::palette(&self.cx)),
            Deed::Log => Effect::open(Log::new(self.status.log())),
            Deed::Search => Effect::Open(self.atlas.search(&self.cx)),
            deed if deed.is_question() || deed == Deed::Findings => {
                self.atlas.task(Task { deed, kind: Kind::Account }, &self.cx)
            }
            deed => Pane::of(deed).map_or(Effect::None, |pane| Effect::Go(Place::Pane(pane))),
        }
    }

    /// Back from a thing; a pane is where back ends.
    fn back(&mut self) -> Effect {
        if self.screens.len() > 1 {
            return Effect::Back;
        }
        Effect::Say(format!("This is the outermost place; {} ends tiam.", self.cx.keymap.hint(Deed::Quit)))
    }

    /// The pane one is on or came from.
    fn pane(&self) -> Option<Pane> {
        match self.screens.first()?.place()? {
            Place::Pane(pane) => Some(pane),
            Place::Thing(..) => None,
        }
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::None => {}
            Effect::Open(screen) => self.screens.push(screen),
            Effect::Back => self.pop(),
            Effect::Go(place) => self.go(&place),
            Effect::Show(tab, section) => {
                if let Some(top) = self.screens.last_mut() {
                    top.show(tab, section);
                }
            }
            Effect::Commit(commit) => self.commits.start(commit, &self.cx.tasks),
            Effect::Copy { what, text } => self.requests.push(Request::Copy { what, text }),
            Effect::Edit { text, suffix } => self.requests.push(Request::Edit { text, suffix }),
            Effect::Say(text) => self.status.say(text, self.cx.now),
            Effect::Fail(failure) => self.status.fail(failure, self.cx.now),
            Effect::Do(deed) => {
                let effect = self.perform(deed);
                self.apply(effect);
            }
            Effect::Task(task) => {
                let effect = self.atlas.task(task, &self.cx);
                self.apply(effect);
            }
            Effect::Many(effects) => effects.into_iter().for_each(|effect| self.apply(effect)),
            Effect::Quit => self.quit(),
            Effect::QuitAnyway => self.end(),
        }
        self.arrived();
    }

    fn arrived(&mut self) {
        if let Some(place) =
            self.screens.iter().rev().find(|screen| screen.layer() == Layer::Full).and_then(|s| s.place())
        {
            self.history.arrive(place);
        }
    }

    fn pop(&mut self) {
        if self.screens.len() > 1 {
            self.screens.pop();
        }
    }

    fn go(&mut self, place: &Place) {
        if let Some(at) = self.screens.iter().position(|screen| screen.place().as_ref() == Some(place)) {
            self.screens.truncate(at + 1);
            return;
        }
        match place {
            Place::Thing(..) => {
                self.screens.retain(|screen| screen.layer() == Layer::Full);
                self.screens.push(self.atlas.at(place, &self.cx));
            }
            Place::Pane(pane) => {
                let left = self.pane();
                let mut screens = std::mem::take(&mut self.screens).into_iter();
                if let (Some(left), Some(screen)) = (left, screens.next()) {
                    self.panes.insert(left, screen);
                }
                let mut screen = self.panes.remove(pane).unwrap_or_else(|| self.atlas.at(place, &self.cx));
                screen.refresh(&self.cx);
                self.screens.push(screen);
            }
        }
    }

    fn quit(&mut self) {
        let lost: Vec<String> = self.screens.iter().filter_map(|screen| screen.loses()).collect();
        if lost.is_empty() {
            return self.end();
        }
        let question = super::widget::Confirm::new(format!("Quit and lose {}?", lost.join(" and ")), Danger::Destroy)
            .choice("lose it", || Effect::QuitAnyway);
        self.screens.push(Box::new(question));
    }

    fn finish(&mut self, finished: Finished) {
        let Finished { ticket, result } = finished;
        let claim = self.screens.iter_mut().rev().find_map(|screen| screen.committed(ticket, &result, &self.cx));
        let is_claimed = claim.is_some();
        self.apply(claim.unwrap_or_default());
        match result {
            Ok(done) => {
                self.status.say(done.says, self.cx.now);
                self.look_around();
                for screen in &mut self.screens {
                    screen.refresh(&self.cx);
                }
                if let Some(then) = done.then {
                    self.apply(then());
                }
            }
            // A form that claimed a failure shows it itself; the log has it all the same.
            Err(failure) if is_claimed => self.status.note(failure, self.cx.now),
            Err(failure) => self.status.fail(failure, self.cx.now),
        }
    }
}

/// The deeds that every screen has beside its own; dialogs have fewer.
fn everywhere(is_full: bool) -> impl Iterator<Item = Deed> {
    const DIALOG: &[Deed] = &[Deed::Back, Deed::Help, Deed::Suspend];
    const FULL: &[Deed] = &[
        Deed::NextTab,
        Deed::PrevTab,
        Deed::LastPlace,
        Deed::Earlier,
        Deed::Later,
        Deed::Search,
        Deed::Palette,
        Deed::Log,
        Deed::Dashboard,
        Deed::Users,
        Deed::Groups,
        Deed::Roles,
        Deed::Policies,
        Deed::Keys,
        Deed::Providers,
        Deed::Simulate,
        Deed::WhoCan,
        Deed::Can,
        Deed::Findings,
        Deed::Quit,
    ];
    DIALOG.iter().chain(if is_full { FULL } else { &[] }).copied()
}
