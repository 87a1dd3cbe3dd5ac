//! What surrounds every screen: the first line, the tabs, the remark and the footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::action::{Deed, Offer};
use super::context::Context;
use super::paint::{Pen, width};
use super::place::Pane;
use super::screen::{Screen, Tabs};
use super::status::Status;
use super::theme::Theme;

/// The smallest window, in columns and rows.
pub const SMALLEST: (u16, u16) = (80, 24);
/// Rows above the body: the first line, the tabs, a blank one.
const HEAD_ROWS: u16 = 3;
/// Rows below the body: the remark and the footer.
const FOOT_ROWS: u16 = 2;

/// Whether a window is large enough.
pub fn fits(area: Rect) -> bool {
    area.width >= SMALLEST.0 && area.height >= SMALLEST.1
}

/// Where the screen draws.
pub fn body(area: Rect) -> Rect {
    let height = area.height.saturating_sub(HEAD_ROWS + FOOT_ROWS);
    Rect { y: area.y + HEAD_ROWS.min(area.height), height, ..area }
}

/// Says politely that the window is too small; nothing is lost meanwhile.
pub fn too_small(frame: &mut Frame, theme: &Theme) {
    let area = frame.area();
    let lines = [
        format!("tiam needs {} columns and {} rows.", SMALLEST.0, SMALLEST.1),
        format!("This window has {} and {}.", area.width, area.height),
        "Make it larger, or the font smaller; nothing is lost.".to_owned(),
    ];
    for (row, line) in (0..).zip(lines) {
        Pen::new(frame.buffer_mut(), theme, area, row).put(&line, theme.text);
    }
}

/// Draws the head and a screen's body.
pub fn view(frame: &mut Frame, screen: &dyn Screen, pane: Option<Pane>, cx: &Context) {
    let area = frame.area();
    let crumbs = screen.crumbs();
    if crumbs.is_empty() {
        standing(frame, area, cx);
    } else {
        breadcrumb(frame, area, &crumbs, cx);
    }
    right_end(frame, area, screen.aside(cx), cx);
    let panes = pane.filter(|_| crumbs.is_empty()).map(|pane| pane_tabs(pane, cx));
    let tabs = screen.tabs().or(panes);
    if let Some(tabs) = tabs {
        tab_line(frame, area, &tabs, &cx.theme);
    } else {
        let mut pen = Pen::new(frame.buffer_mut(), &cx.theme, area, 1);
        pen.skip(1);
        screen.heading(&mut pen, cx);
    }
    screen.view(frame, body(area), cx);
}

/// Who and where one is.
fn standing(frame: &mut Frame, area: Rect, cx: &Context) {
    let (theme, standing) = (&cx.theme, &cx.standing);
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    pen.skip(1);
    if let Some(alias) = &standing.alias {
        pen.put(alias, theme.strong);
        pen.skip(2);
    }
    pen.put(&standing.account_id, theme.text);
    pen.skip(2);
    pen.put(&standing.whereabouts, theme.dim);
}

/// The account, then the way to the thing shown.
fn breadcrumb(frame: &mut Frame, area: Rect, crumbs: &[String], cx: &Context) {
    let theme = &cx.theme;
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    pen.skip(1);
    pen.put(cx.standing.account(), theme.dim);
    for (index, crumb) in crumbs.iter().enumerate() {
        pen.put(&format!(" {} ", theme.glyph.crumb), theme.dim);
        pen.put(crumb, if index + 1 == crumbs.len() { theme.strong } else { theme.dim });
    }
}

/// At the right end of the first line: what is unusual, then what the screen says of itself, else who one is.
fn right_end(frame: &mut Frame, area: Rect, aside: Option<(String, bool)>, cx: &Context) {
    let theme = &cx.theme;
    let who = if cx.standing.who.is_empty() { String::new() } else { format!("as {}", cx.standing.who) };
    let (last, is_finding) = aside.unwrap_or((who, false));
    let badges: Vec<String> = cx.standing.badges.iter().map(|badge| format!(" {badge} ")).collect();
    let columns: u16 = badges.iter().map(|badge| width(badge) + 1).sum::<u16>() + width(&last) + 1;
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 0);
    pen.to(area.right().saturating_sub(columns));
    for badge in badges {
        pen.put(&badge, theme.warning.add_modifier(Modifier::REVERSED));
        pen.skip(1);
    }
    pen.put(&last, if is_finding { theme.warning } else { theme.dim });
}

/// The panes with their digits and counts.
fn pane_tabs(pane: Pane, cx: &Context) -> Tabs {
    let titles = Pane::ALL.iter().enumerate().map(|(index, pane)| {
        let count = cx.standing.counts.get(index).copied().flatten();
        (format!("{} {}", cx.keymap.hint(pane.deed()), pane.title()), count)
    });
    Tabs { titles: titles.collect(), active: Pane::ALL.iter().position(|p| *p == pane).unwrap_or(0) }
}

/// The second line: titles and counts, the active one standing out.
fn tab_line(frame: &mut Frame, area: Rect, tabs: &Tabs, theme: &Theme) {
    let columns = |(title, count): &(String, Option<u64>)| {
        width(title) + 2 + count.map_or(0, |count| width(&count.to_string()) + 1)
    };
    let full: u16 = tabs.titles.iter().map(columns).sum();
    // Where the line is full the last tab is only hinted at, unless it is the one that is shown.
    let mut titles = tabs.titles.clone();
    let last = titles.len().saturating_sub(1);
    let mut has_room = full < area.width;
    if let Some(tab) = titles.get_mut(last).filter(|_| !has_room && tabs.active != last) {
        let short = (format!("{} {}", tab.0.split(' ').next().unwrap_or_default(), theme.glyph.cut), None);
        if full - columns(tab) + columns(&short) < area.width {
            *tab = short;
            has_room = true;
        }
    }
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, 1);
    pen.skip(1);
    for (index, (title, count)) in titles.iter().enumerate() {
        let is_active = index == tabs.active;
        // Where the line is full, only the count of what is shown stays.
        let count = count.filter(|_| has_room || is_active);
        let style =
            if is_active { theme.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED) } else { theme.text };
        pen.put(title, style);
        if let Some(count) = count {
            pen.skip(1);
            pen.put(&count.to_string(), theme.dim);
        }
        pen.skip(2);
    }
}

/// Takes the light off what lies under a dialog.
pub fn veil(frame: &mut Frame, theme: &Theme) {
    let area = frame.area();
    let style = Style { sub_modifier: Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED, ..theme.dim };
    frame.buffer_mut().set_style(area, style);
}

/// Draws the remark and the footer: a failure, a message, or what can be done here.
pub fn foot(frame: &mut Frame, top: &dyn Screen, status: &Status, working: Option<&str>, cx: &Context) {
    let (area, theme) = (frame.area(), &cx.theme);
    let (remark_row, last_row) = (area.height - FOOT_ROWS, area.height - 1);
    clear_row(frame, remark_row);
    clear_row(frame, last_row);
    let shown = status.shown();
    if let Some((message, failure)) = shown.and_then(|message| Some((message, message.failure.as_ref()?))) {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, remark_row);
        pen.skip(1);
        pen.put(&message.text, theme.error);
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, last_row);
        pen.skip(1);
        pen.put(failure.remedy.as_deref().unwrap_or("Nothing was changed."), theme.text);
        pen.skip(3);
        for offer in [Offer::new(Deed::Back, "dismiss"), Offer::from(Deed::Log)] {
            let key =
                if top.is_typing() { cx.keymap.hint_while_typing(offer.deed) } else { cx.keymap.hint(offer.deed) };
            // Half a hint is none.
            if !key.is_empty() && width(&key) + 1 + width(&offer.name) <= pen.room() {
                put_hint(&mut pen, &key, &offer.name, cx);
            }
        }
        return;
    }
    if let Some((remark, is_finding)) = top.remark(cx) {
        let mut pen = Pen::new(frame.buffer_mut(), theme, area, remark_row);
        pen.skip(1);
        pen.put(&remark, if is_finding { theme.warning } else { theme.dim });
    }
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, last_row);
    pen.skip(1);
    match (shown, working) {
        (Some(message), _) => pen.put(&message.text, theme.good),
        (None, Some(working)) => pen.put(&format!("{working}{}", theme.glyph.cut), theme.dim),
        (None, None) => hints(&mut pen, top, cx),
    }
}

fn clear_row(frame: &mut Frame, row: u16) {
    let area = frame.area();
    for x in area.left()..area.right() {
        if let Some(cell) = frame.buffer_mut().cell_mut((x, area.y + row)) {
            cell.reset();
        }
    }
}

/// As many offers as fit, and always the way to all keys.
fn hints(pen: &mut Pen, top: &dyn Screen, cx: &Context) {
    let offers = top.offers(cx);
    let help_key = if top.is_typing() { cx.keymap.hint_while_typing(Deed::Help) } else { cx.keymap.hint(Deed::Help) };
    let reserved = width(&help_key) + width(Deed::Help.entry().name) + 1;
    for offer in offers.iter().filter(|offer| is_hinted(offer.deed)) {
        if hint_width(offer, cx) + reserved > pen.room() {
            break;
        }
        hint(pen, offer, cx);
    }
    put_hint(pen, &help_key, Deed::Help.entry().name, cx);
}

/// Moving needs no hint: hands find it.
fn is_hinted(deed: Deed) -> bool {
    deed.entry().scope != super::action::Scope::Move && deed != Deed::Help
}

fn hint_width(offer: &Offer, cx: &Context) -> u16 {
    width(&cx.keymap.hint(offer.deed)) + 1 + width(&offer.name) + 2
}

fn hint(pen: &mut Pen, offer: &Offer, cx: &Context) {
    put_hint(pen, &cx.keymap.hint(offer.deed), &offer.name, cx);
}

fn put_hint(pen: &mut Pen, key: &str, name: &str, cx: &Context) {
    pen.put(key, cx.theme.accent);
    pen.skip(1);
    pen.put(name, cx.theme.dim);
    pen.skip(2);
}
