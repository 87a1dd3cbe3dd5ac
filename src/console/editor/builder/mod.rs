//! The builder of a statement: service, access levels, actions, resources, conditions, chosen from lists. Each choice sets
//! one element of the statement in the text beside it, and leaves every other byte as it is.

mod choices;
mod work;

use std::cell::RefCell;
use std::rc::Rc;

use self::choices::{PARTS, Part, services};
use self::work::Work;
use super::orders::{Inbox, Order};
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::screen::Screen;
use crate::console::screen::listing::Reading;
use crate::console::widget::{Choice, Cursor, Pick};
use crate::policy::catalog;
use ratatui::Frame;
use ratatui::layout::Rect;

/// From this width on the text stands beside the form.
const WIDE_COLUMNS: u16 = 100;
/// Columns of the form where the text stands beside it.
const FORM_COLUMNS: u16 = 48;

/// The builder on the screen.
pub struct Builder {
    work: Rc<RefCell<Work>>,
    opened: String,
    crumbs: Vec<String>,
    inbox: Inbox,
    cursor: Cursor,
}

impl Builder {
    /// Builds a statement of a text. What comes of it is left in the inbox.
    pub fn new(text: String, statement: usize, crumbs: Vec<String>, account: String, inbox: Inbox) -> Self {
        let opened = text.clone();
        let mut work = Work { text, statement, service: None, account };
        work.service =
            work.actions().iter().find_map(|name| catalog::service(name.split_once(':')?.0)).map(|s| s.prefix);
        Self { work: Rc::new(RefCell::new(work)), opened, crumbs, inbox, cursor: Cursor::default() }
    }

    fn part(&self) -> Part {
        PARTS.get(self.cursor.selected).copied().unwrap_or(Part::Effect)
    }

    /// A list over the builder; what is chosen is done to the statement.
    fn pick(
        &self,
        title: &'static str,
        choices: Vec<Choice>,
        cx: &Context,
        then: impl Fn(&mut Work, &[String]) + 'static,
    ) -> Effect {
        let work = Rc::clone(&self.work);
        let done = move |ids: Vec<String>, _: &Context| {
            then(&mut work.borrow_mut(), &ids);
            Effect::None
        };
        let choices: Reading<Vec<Choice>> = Box::pin(async { Ok(choices) });
        Effect::open(Pick::several(title, choices, cx, done))
    }

    fn change(&self, cx: &Context) -> Effect {
        let work = self.work.borrow();
        match self.part() {
            Part::Effect => {
                drop(work);
                self.work.borrow_mut().turn();
                Effect::None
            }
            Part::Service => self.pick("Service", services(), cx, Work::choose_service),
            _ if work.service.is_none() => Effect::Say("Choose a service first.".to_owned()),
            Part::Levels => self.pick("Add all actions of", work.levels(), cx, Work::add_levels),
            Part::Actions => {
                self.pick("Add actions", work.missing_actions(), cx, |work, names| work.add("Action", names))
            }
            Part::Resources => {
                self.pick("Add resources", work.resource_choices(), cx, |work, names| work.add("Resource", names))
            }
            Part::Conditions => self.pick("Add conditions on", work.key_choices(), cx, Work::add_conditions),
        }
    }

    fn remove(&self, cx: &Context) -> Effect {
        let work = self.work.borrow();
        let listed = |names: Vec<String>| names.into_iter().map(|name| Choice::new(name, "")).collect::<Vec<_>>();
        match self.part() {
            Part::Actions | Part::Levels => {
                self.pick("Remove actions", listed(work.actions()), cx, |work, names| work.remove("Action", names))
            }
            Part::Resources => self
                .pick("Remove resources", listed(work.resources()), cx, |work, names| work.remove("Resource", names)),
            Part::Conditions => self.pick("Remove conditions on", listed(work.keys()), cx, Work::remove_keys),
            Part::Effect | Part::Service => Effect::Say("There is nothing to remove here.".to_owned()),
        }
    }
}

impl Screen for Builder {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.crumbs.clone();
        crumbs.push(format!("statement {}", self.work.borrow().statement + 1));
        crumbs
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![
            Offer::new(Deed::Choose, "choose"),
            Offer::new(Deed::Remove, "remove"),
            Offer::new(Deed::Submit, "put into the text"),
            Offer::new(Deed::Keep, "leave"),
            Deed::Down.into(),
            Deed::Up.into(),
        ]
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if self.cursor.go(deed, PARTS.len(), PARTS.len()) {
            return Effect::None;
        }
        match deed {
            Deed::Choose => self.change(cx),
            Deed::Remove => self.remove(cx),
            Deed::Submit => {
                self.inbox.set(Some(Order::Replace(self.work.borrow().text.clone())));
                Effect::Do(Deed::Build).after_back()
            }
            Deed::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn loses(&self) -> Option<String> {
        (self.work.borrow().text != self.opened).then(|| "the statement being built".to_owned())
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let work = self.work.borrow();
        let wide = area.width >= WIDE_COLUMNS;
        let form = if wide { Rect { width: FORM_COLUMNS, ..area } } else { area };
        for (index, (part, row)) in PARTS.into_iter().zip(1..form.height).enumerate() {
            let mut pen = Pen::new(frame.buffer_mut(), theme, form, row);
            let is_selected = index == self.cursor.selected;
            pen.column(if is_selected { theme.glyph.bar } else { "" }, 3, theme.accent);
            pen.column(part.title(), 14, if is_selected { theme.strong } else { theme.dim });
            pen.skip(1);
            pen.put(&work.tells(part), if is_selected { theme.strong } else { theme.text });
        }
        let top = u16::try_from(PARTS.len()).unwrap_or(0) + 2;
        let text = if wide {
            Rect { x: area.x + FORM_COLUMNS + 2, width: area.width.saturating_sub(FORM_COLUMNS + 2), ..area }
        } else {
            Rect {
                x: area.x + 3,
                y: area.y + top.min(area.height),
                height: area.height.saturating_sub(top),
                width: area.width.saturating_sub(3),
            }
        };
        for (line, row) in work.lines().iter().zip(u16::from(wide)..text.height) {
            Pen::new(frame.buffer_mut(), theme, text, row).put(line, theme.text);
        }
    }
}
