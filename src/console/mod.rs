//! The terminal: the loop, the action table, widgets, panes and the editor.
//!
//! # How a key becomes a frame
//!
//! [`run`] waits, hands every input that is there to the [`app::App`], lets it take replies in, and draws once. The app
//! gives a key to the top [`screen::Screen`]: to its text field first ([`screen::Screen::typed`]), else through the
//! [`keymap`] as a [`action::Deed`] to [`screen::Screen::update`]. The screen changes itself and answers with an
//! [`effect::Effect`], which the app carries out. `view(&self)` draws and changes nothing.
//!
//! # How to add a screen
//!
//! 1. Write `screen/NAME.rs` and one `pub mod NAME;` in `screen/mod.rs`.
//! 2. A list of things is a [`screen::listing::Listing`]: its columns, how its rows are read ([`screen::listing::Query`] in,
//!    [`screen::listing::Page`] out), what can be done to them, where a row leads. [`screen::browse::Browse`] does the rest:
//!    moving, sorting, filtering, marks, windowing. Anything else implements [`screen::Screen`]: `offers`, `update`,
//!    `view`, and of the other methods only those it needs.
//! 3. To read: keep a [`task::Fetch`] in the screen, `start` it with a future, call its `take_in` in `receive`. The old value
//!    stays while the new one loads; a stale reply never arrives.
//! 4. To change the account: answer with `Effect::Commit(Commit::new(&cx.tasks, "Creating user ann", async move { … }))`. The
//!    app tells how it went and calls `refresh` on every screen; a form that wants the failure itself takes it in
//!    `committed`.
//! 5. To ask: [`widget::Confirm`] for a question, [`widget::Form`] for values, [`widget::Pick`] for one or several of a list,
//!    [`widget::Secret`] for what is shown once. They are screens: answer with `Effect::open(…)`, and give them closures
//!    that make the effect of the answer.
//! 6. To draw: [`paint::Pen`] puts text on a row (made visible and cut there), [`widget::table`] draws rows, styles and
//!    glyphs come from `cx.theme` alone. The time is `cx.now`.
//! 7. A deed that is new: one row in [`action`]'s table; footer, help, palette and README follow. A deed that means the
//!    same as in another pane is the same deed: give it a fitting name there with [`action::Offer::new`].
//! 8. A place one can go to: `Place::Thing(kind, name)`; the [`app::Atlas`] makes its screen.
//! 9. Test it on a `testkit::Bench`: keys in, `screen()` out, `insta::assert_snapshot!`; it runs until nothing is pending.

pub mod action;
pub mod acts;
pub mod app;
pub mod check;
pub mod chrome;
pub mod clipboard;
pub mod colour;
pub mod commits;
pub mod config;
pub mod context;
pub mod editor;
pub mod effect;
pub mod files;
pub mod greeting;
#[cfg(test)]
mod journeys;
pub mod kept;
pub mod key;
pub mod keymap;
pub mod mirror;
pub mod moment;
pub mod paint;
pub mod place;
pub mod remedy;
pub mod run;
pub mod screen;
pub mod standing;
pub mod start;
pub mod status;
pub mod task;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testkit;
pub mod theme;
pub mod widget;
