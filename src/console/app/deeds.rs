//! What a key means to the app, and the deeds that it does itself when the screen does not offer them.

use super::App;
use crate::console::action::{Deed, Kind, Task};
use crate::console::app::Request;
use crate::console::effect::Effect;
use crate::console::key::Key;
use crate::console::place::{Pane, Place};
use crate::console::screen::log::Log;
use crate::console::screen::{Layer, bookmarks, help};

impl App {
    pub(super) fn key(&mut self, key: Key) -> Effect {
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
    pub(super) fn perform(&mut self, deed: Deed) -> Effect {
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
            Deed::Bookmarks => self.bookmarks(),
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

    /// The bookmarks, and the place one is at, to be kept as one.
    fn bookmarks(&self) -> Effect {
        let here = self.screens.iter().rev().find_map(|screen| Some((screen.place()?, screen.crumbs())));
        Effect::open(bookmarks::open(here, &self.cx))
    }

    /// Back from a thing; a pane is where back ends.
    fn back(&mut self) -> Effect {
        if self.screens.len() > 1 {
            return Effect::Back;
        }
        Effect::Say(format!("This is the outermost place; {} ends tiam.", self.cx.keymap.hint(Deed::Quit)))
    }
}

/// The deeds that every screen has beside its own; dialogs have fewer.
fn everywhere(is_full: bool) -> impl Iterator<Item = Deed> {
    const DIALOG: &[Deed] = &[Deed::Back, Deed::Help, Deed::Suspend];
    const FULL: &[Deed] = &[
        Deed::NextTab,
        Deed::PrevTab,
        Deed::LastPlace,
        Deed::Bookmarks,
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
