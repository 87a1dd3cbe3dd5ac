//! The account at a glance: who it is, what it holds against its quotas, what should be done.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Screen;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::place::{Pane, Place};
use crate::console::task::Fetch;
use crate::console::widget::Cursor;
use crate::store::view::{self, Recommendation, Usage};

/// Columns of the labels.
const LABEL: u16 = 22;
/// Columns of a full bar of a quota.
const BAR: usize = 20;

/// The dashboard.
pub struct Dashboard {
    data: Fetch<view::Dashboard>,
    cursor: Cursor,
}

impl Dashboard {
    /// The dashboard, on its way.
    pub fn new(cx: &Context) -> Self {
        let mut dashboard = Self { data: Fetch::default(), cursor: Cursor::default() };
        dashboard.refresh(cx);
        dashboard
    }

    fn recommendations(&self) -> &[Recommendation] {
        self.data.value().map(|data| data.recommendations.as_slice()).unwrap_or_default()
    }
}

/// The console's pane for the store's.
fn pane(pane: view::Pane) -> Option<Pane> {
    Some(match pane {
        view::Pane::Users => Pane::Users,
        view::Pane::Groups => Pane::Groups,
        view::Pane::Roles => Pane::Roles,
        view::Pane::Policies(_) => Pane::Policies,
        view::Pane::AccessKeys => Pane::Keys,
        view::Pane::Providers => Pane::Providers,
        _ => return None,
    })
}

/// The IAM console's word for what a pane shows.
fn word(pane: view::Pane) -> &'static str {
    match pane {
        view::Pane::Users => "Users",
        view::Pane::Groups => "User groups",
        view::Pane::Roles => "Roles",
        view::Pane::Policies(_) => "Customer managed policies",
        view::Pane::AccessKeys => "Access keys",
        view::Pane::InstanceProfiles => "Instance profiles",
        view::Pane::Providers => "Identity providers",
        view::Pane::MfaDevices => "Virtual MFA devices",
        view::Pane::ServerCertificates => "Server certificates",
    }
}

fn usage(pen: &mut Pen, usage: &Usage, cx: &Context) {
    let theme = &cx.theme;
    pen.skip(3);
    pen.column(word(usage.pane), LABEL + 4, theme.text);
    pen.column_right(&usage.used.to_string(), 7, theme.strong);
    let Some(quota) = usage.quota else { return };
    pen.put(&format!(" of {quota:<6} "), theme.dim);
    let filled = (usage.used * BAR).div_ceil(quota.max(1) as usize).min(BAR);
    // Nine tenths of a quota is the moment to do something about it.
    let is_close = usage.used * 10 >= quota as usize * 9;
    pen.put(&theme.glyph.line.repeat(filled), if is_close { theme.warning } else { theme.accent });
    pen.put(&theme.glyph.unknown.repeat(BAR - filled), theme.dim);
    pen.put(if is_close { " !" } else { "" }, theme.warning);
}

impl Screen for Dashboard {
    fn place(&self) -> Option<Place> {
        Some(Place::Pane(Pane::Dashboard))
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let mut offers = Vec::new();
        if !self.recommendations().is_empty() {
            offers.push(Offer::new(Deed::Open, "show them"));
        }
        offers.push(Offer::new(Deed::Copy, "copy sign-in URL"));
        offers.extend([Deed::Refresh, Deed::Down, Deed::Up, Deed::Top, Deed::Bottom].map(Offer::from));
        offers
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if self.cursor.go(deed, self.recommendations().len(), usize::MAX) {
            return Effect::None;
        }
        match (deed, self.data.value()) {
            (Deed::Open, _) => {
                let there = self.recommendations().get(self.cursor.selected).and_then(|one| {
                    let go = Effect::Go(Place::Pane(pane(one.pane)?));
                    Some(Effect::Many(vec![go, Effect::Arrange(one.sort)]))
                });
                return there.unwrap_or_default();
            }
            (Deed::Copy, Some(data)) => {
                return Effect::Copy { what: "sign-in URL".to_owned(), text: data.sign_in_url.clone() };
            }
            (Deed::Refresh, _) => self.refresh(cx),
            _ => {}
        }
        Effect::None
    }

    fn is_waiting(&self) -> bool {
        self.data.is_new()
    }

    fn receive(&mut self, _cx: &Context) -> Effect {
        if self.data.take_in() {
            self.cursor.show(self.recommendations().len(), usize::MAX);
        }
        Effect::None
    }

    fn refresh(&mut self, cx: &Context) {
        let account = cx.account.clone();
        self.data
            .start(&cx.tasks, async move { Ok(account.read(|store, account| store.view(account).dashboard()).await?) });
    }

    fn remark(&self, _cx: &Context) -> Option<(String, bool)> {
        Some((self.recommendations().get(self.cursor.selected)?.sentence.clone(), true))
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let Some(data) = self.data.value() else {
            let told = self.data.failure().map_or(format!("reading{}", theme.glyph.cut), ToString::to_string);
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
            pen.skip(3);
            return pen.put(&told, theme.dim);
        };
        let alias = data.alias.clone().unwrap_or_else(|| "none".to_owned());
        let facts = [("Account id", &data.account_id), ("Account alias", &alias), ("Sign-in URL", &data.sign_in_url)];
        let mut row = 0;
        for (label, value) in facts {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(3);
            pen.column(label, LABEL, theme.dim);
            pen.put(value, theme.text);
            row += 1;
        }
        row += 1;
        heading(frame, area, row, "Recommendations", cx);
        row += 1;
        for (index, one) in data.recommendations.iter().enumerate() {
            let is_selected = index == self.cursor.selected;
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(1);
            pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.put("! ", theme.warning);
            pen.put(&one.sentence, if is_selected { theme.selected } else { theme.text });
            row += 1;
        }
        if data.recommendations.is_empty() {
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(3);
            pen.put("Nothing that the data here supports.", theme.dim);
            row += 1;
        }
        row += 1;
        heading(frame, area, row, "In use, of the quota", cx);
        row += 1;
        for one in data.usage.iter().filter(|one| one.quota.is_some()) {
            usage(&mut Pen::new(frame.buffer_mut(), theme, area, row), one, cx);
            row += 1;
        }
        let free = data.usage.iter().filter(|one| one.quota.is_none());
        let free: Vec<String> = free.map(|one| format!("{} {}", one.used, word(one.pane).to_lowercase())).collect();
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
        pen.skip(3);
        pen.put(&free.join(", ").replace("mfa", "MFA"), theme.dim);
    }
}

fn heading(frame: &mut Frame, area: Rect, row: u16, text: &str, cx: &Context) {
    let mut pen = Pen::new(frame.buffer_mut(), &cx.theme, area, row);
    pen.skip(3);
    pen.put(text, cx.theme.strong);
}
