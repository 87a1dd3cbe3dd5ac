//! A console without a terminal, for tests: keys in, screen out, run until nothing is pending. No sleeps.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::action::{Deed, Offer, Task};
use super::app::{App, Atlas, Request};
use super::colour::Depth;
use super::context::{Context, Standing};
use super::effect::Effect;
use super::kept::Kept;
use super::keymap::Keymap;
use super::place::{Pane, Place};
use super::screen::Screen;
use super::task::Tasks;
use super::terminal::Input;
use super::theme::{Ground, Theme};
use crate::account::{Account, Mode};
use crate::iam::Partition;
use crate::store::Store;
use crate::world::Seeded;

/// The moment at which every test takes place.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T05:00:00Z".parse().expect("a timestamp")
}

/// A world that stands still.
pub(crate) fn world() -> Arc<Seeded> {
    Arc::new(Seeded::new(7, now(), SignedDuration::ZERO))
}

/// An empty account in memory, with the alias `example-corp`.
pub(crate) fn account() -> Account {
    let store = Store::in_memory(world()).expect("a store");
    let id = "123456789012".parse().expect("an id");
    let account = store.ensure_account(&id, Partition::Aws).expect("an account");
    Account::local(Arc::new(store), account, Mode::ReadWrite)
}

/// A context on an account.
pub(crate) fn context(runtime: &tokio::runtime::Runtime, account: Account) -> Context {
    Context {
        theme: Theme::new(Ground::Dark, Depth::True, true),
        keymap: Keymap::default(),
        account,
        tasks: Tasks::new(runtime.handle().clone(), || {}),
        world: world(),
        now: now(),
        kept: Kept::default(),
        standing: Standing {
            alias: Some("example-corp".to_owned()),
            account_id: "123456789012".to_owned(),
            whereabouts: "local".to_owned(),
            who: "owner".to_owned(),
            ..Standing::default()
        },
    }
}

/// An atlas with one screen, made anew for whatever place.
pub(crate) struct Only<F>(pub(crate) F);

impl<F: Fn(&Context) -> Box<dyn Screen>> Atlas for Only<F> {
    fn at(&self, _place: &Place, cx: &Context) -> Box<dyn Screen> {
        (self.0)(cx)
    }

    fn task(&self, task: Task, _cx: &Context) -> Effect {
        Effect::Do(task.deed)
    }

    fn search(&self, cx: &Context) -> Box<dyn Screen> {
        (self.0)(cx)
    }
}

type Make = dyn Fn(&Context) -> Box<dyn Screen>;

/// An empty screen that opens another on `n`.
struct Floor(std::rc::Rc<Make>);

impl Screen for Floor {
    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![Deed::New.into()]
    }

    fn update(&mut self, _deed: Deed, cx: &Context) -> Effect {
        Effect::Open((self.0)(cx))
    }

    fn view(&self, frame: &mut ratatui::Frame, area: Rect, cx: &Context) {
        super::paint::Pen::new(frame.buffer_mut(), &cx.theme, area, 0).put("the ground", cx.theme.dim);
    }
}

/// A console on a bench.
pub(crate) struct Bench {
    pub(crate) app: App,
    /// What the terminal was asked for.
    pub(crate) requests: Vec<Request>,
    runtime: tokio::runtime::Runtime,
    terminal: Terminal<TestBackend>,
}

impl Bench {
    /// A console of 80×24 that starts with this screen.
    pub(crate) fn with<S: Screen + 'static>(screen: impl Fn(&Context) -> S + 'static) -> Self {
        Self::at(80, 24, Box::new(Only(move |cx: &Context| Box::new(screen(cx)) as Box<dyn Screen>)))
    }

    /// A console of 80×24 with this screen over an empty one that says `the ground`.
    pub(crate) fn over<S: Screen + 'static>(screen: impl Fn(&Context) -> S + 'static) -> Self {
        let open: std::rc::Rc<Make> = std::rc::Rc::new(move |cx: &Context| Box::new(screen(cx)) as Box<dyn Screen>);
        let mut bench = Self::with(move |_| Floor(std::rc::Rc::clone(&open)));
        bench.keys("n");
        bench
    }

    /// A console of this size on an empty account.
    pub(crate) fn at(columns: u16, rows: u16, atlas: Box<dyn Atlas>) -> Self {
        Self::on(columns, rows, account(), atlas)
    }

    /// A console of this size on an account.
    pub(crate) fn on(columns: u16, rows: u16, account: Account, atlas: Box<dyn Atlas>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).max_blocking_threads(1).build();
        let runtime = runtime.expect("a runtime");
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
        let app = App::new(context(&runtime, account), atlas, &Place::Pane(Pane::Users));
        let mut bench = Self { app, requests: Vec::new(), runtime, terminal };
        bench.settle();
        bench
    }

    fn area(&self) -> Rect {
        let size = self.terminal.size().expect("a size");
        Rect::new(0, 0, size.width, size.height)
    }

    /// Another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.backend_mut().resize(columns, rows);
        self.settle();
    }

    /// Runs until nothing is pending, and draws.
    pub(crate) fn settle(&mut self) {
        let area = self.area();
        loop {
            // What was finished before is taken in now; that may have begun something new.
            let (was_busy, begun) = (self.app.is_busy(), self.app.context().tasks.begun());
            self.app.receive(area);
            if !was_busy && self.app.context().tasks.begun() == begun {
                break;
            }
            self.runtime.block_on(tokio::task::yield_now());
        }
        self.requests.extend(self.app.requests());
        self.terminal.draw(|frame| self.app.view(frame)).expect("a frame");
    }

    /// Presses keys, as `j j enter`, and runs until nothing is pending after each.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            let area = self.area();
            self.app.input(Input::Key(key.parse().expect("a key")), area);
            self.settle();
        }
        self
    }

    /// Types a text, character by character.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let area = self.area();
            self.app.input(Input::Key(super::key::Key::char(c)), area);
        }
        self.settle();
        self
    }

    /// Types a text and draws after each character, without waiting for anything.
    pub(crate) fn hurries(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.hurry(super::key::Key::char(c));
        }
        self
    }

    /// Presses a key and draws, without waiting for anything.
    pub(crate) fn hurry(&mut self, key: super::key::Key) {
        let area = self.area();
        self.app.input(Input::Key(key), area);
        self.app.receive(area);
        self.terminal.draw(|frame| self.app.view(frame)).expect("a frame");
    }

    /// Keeps long work from getting anywhere until what this gives is dropped.
    pub(crate) fn holds_work(&self) -> std::sync::mpsc::Sender<()> {
        let (held, release) = std::sync::mpsc::channel::<()>();
        self.runtime.spawn_blocking(move || release.recv());
        held
    }

    /// Pastes a text.
    pub(crate) fn pastes(&mut self, text: &str) -> &mut Self {
        let area = self.area();
        self.app.input(Input::Paste(text.to_owned()), area);
        self.settle();
        self
    }

    /// What was last put on the clipboard.
    pub(crate) fn copied(&self) -> Option<&str> {
        self.requests.iter().rev().find_map(|request| match request {
            Request::Copy { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// Makes a call behind the console's back, as somebody else would.
    pub(crate) fn calls(
        &self,
        operation: &str,
        input: serde_json::Value,
    ) -> serde_json::Map<String, serde_json::Value> {
        let call = super::acts::call(operation, input).expect("a call of the API");
        self.runtime.block_on(self.app.context().account.call(call)).expect("an answer")
    }

    /// What every screen looks at.
    pub(crate) fn context(&self) -> &Context {
        self.app.context()
    }

    /// The screen as text, without blanks at the ends of lines.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let lines: Vec<String> = (0..buffer.area.height).map(|y| line(buffer, y)).collect();
        lines.join("\n")
    }

    /// The rows in reverse video: what is selected.
    pub(crate) fn reversed(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let is_reversed = |x, y| buffer.cell((x, y)).is_some_and(|cell| cell.modifier.contains(Modifier::REVERSED));
        let rows = (0..buffer.area.height).filter(|y| (0..buffer.area.width).any(|x| is_reversed(x, *y)));
        rows.map(|y| line(buffer, y)).collect::<Vec<_>>().join("\n")
    }

    /// The line that has this text in it.
    pub(crate) fn line_with(&self, text: &str) -> String {
        let screen = self.screen();
        screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("no {text:?} in\n{screen}")).to_owned()
    }
}

fn line(buffer: &Buffer, y: u16) -> String {
    let mut line = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        let symbol = buffer.cell((x, y)).map_or(" ", ratatui::buffer::Cell::symbol);
        if skip == 0 {
            line.push_str(symbol);
            skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
        } else {
            skip -= 1;
        }
    }
    line.trim_end().to_owned()
}
