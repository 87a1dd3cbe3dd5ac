//! What a screen is. Each screen has a file of its own here and says only what is particular to it.

pub mod atlas;
pub mod bookmarks;
pub mod browse;
pub mod columns;
pub mod copy;
pub mod create;
pub mod credentials;
pub mod dashboard;
pub mod delete;
pub mod detail;
pub mod documents;
pub mod enroll;
pub mod entity;
pub mod filter;
pub mod group;
pub mod groups;
pub mod help;
pub mod key;
pub mod keys;
pub mod listing;
pub mod loading;
pub mod log;
pub mod marks;
pub mod members;
pub mod mfa;
pub mod other_credentials;
pub mod policies;
pub mod policies_of;
pub mod policy;
pub mod preview;
pub mod provider;
pub mod provider_forms;
pub mod providers;
pub mod rename;
pub mod role;
pub mod roles;
pub mod search;
pub mod settings;
pub mod sheet;
pub mod simulator;
pub mod source;
pub mod tags;
pub mod targets;
pub mod tasks;
pub mod user;
pub mod users;

use listing::Reading;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::{Deed, Offer};
use super::context::Context;
use super::effect::Effect;
use super::key::Key;
use super::paint::Pen;
use super::place::Place;
use super::task::{Done, Failure, Ticket};
use super::terminal::Mouse;
use crate::store::view;

/// How a screen lies on the one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// It has the whole body.
    Full,
    /// It is a dialog over what was there.
    Over,
}

/// The tabs of a screen, along the second line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tabs {
    /// Title and count of each.
    pub titles: Vec<(String, Option<u64>)>,
    /// Which is shown.
    pub active: usize,
}

/// A screen of the stack.
///
/// `update` and its kin change the screen itself and answer with an [`Effect`]; they never wait. `view` changes nothing.
pub trait Screen {
    /// How it lies on the one below.
    fn layer(&self) -> Layer {
        Layer::Full
    }

    /// Where this is, if one can come back to it.
    fn place(&self) -> Option<Place> {
        None
    }

    /// The breadcrumb behind the account's name; a pane has none.
    fn crumbs(&self) -> Vec<String> {
        Vec::new()
    }

    /// The tabs; a pane has none of its own, the panes are shown instead.
    fn tabs(&self) -> Option<Tabs> {
        None
    }

    /// Writes the second line of a screen that has no tabs.
    fn heading(&self, _pen: &mut Pen, _cx: &Context) {}

    /// What stands at the right end of the first line, as a size against its quota; true marks a finding.
    fn aside(&self, _cx: &Context) -> Option<(String, bool)> {
        None
    }

    /// What can be done here now, most useful first.
    fn offers(&self, cx: &Context) -> Vec<Offer>;

    /// Does one of the deeds offered.
    fn update(&mut self, deed: Deed, cx: &Context) -> Effect;

    /// Whether characters are text here, so that hints name other keys.
    fn is_typing(&self) -> bool {
        self.layer() == Layer::Over
    }

    /// Whether it does not know yet what it shows: keys typed ahead wait for that.
    fn is_waiting(&self) -> bool {
        false
    }

    /// A key before the keymap sees it, for screens with a text field in focus; `None` leaves it to the keymap.
    fn typed(&mut self, _key: Key, _cx: &Context) -> Option<Effect> {
        None
    }

    /// Pasted text.
    fn pasted(&mut self, _text: &str, _cx: &Context) -> Effect {
        Effect::None
    }

    /// The mouse; `area` is the one that `view` had.
    fn mouse(&mut self, _mouse: Mouse, _area: Rect, _cx: &Context) -> Effect {
        Effect::None
    }

    /// Sorts by a column of the store's, from the first row.
    fn arrange(&mut self, _by: view::Column, _cx: &Context) {}

    /// Goes to a tab, and a section of it, now or as soon as it is there.
    fn show(&mut self, _tab: &'static str, _section: &'static str) {}

    /// Takes in what arrived from the background.
    fn receive(&mut self, _cx: &Context) -> Effect {
        Effect::None
    }

    /// The account may have changed: read again what is shown.
    fn refresh(&mut self, _cx: &Context) {}

    /// What came of a commit; `Some` says that it was this screen's own. Nobody else then tells the user.
    fn committed(&mut self, _ticket: Ticket, _result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        None
    }

    /// The text that `$EDITOR` gave back, or why it did not.
    fn edited(&mut self, _result: Result<String, Failure>, _cx: &Context) -> Effect {
        Effect::None
    }

    /// A sentence about what is selected, for the line above the footer; true marks a finding.
    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        None
    }

    /// What would be lost if this screen went away now, as `the changes to policy x`.
    fn loses(&self) -> Option<String> {
        None
    }

    /// The size the window has got, before the next `view`: how many rows a page has.
    fn resized(&mut self, _area: Rect) {}

    /// Draws the screen.
    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context);
}
