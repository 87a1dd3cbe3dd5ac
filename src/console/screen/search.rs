//! The search over everything: things, keys and tasks while one types, best first; enter goes there or does it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Layer, Screen, targets};
use crate::console::action::{Danger, Deed, Kind, Offer, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, width};
use crate::console::task::{Failure, Fetch};
use crate::console::widget::{Cursor, TextField, Typed, dialog, put_matched};
use crate::iam;
use crate::insight::search::{self, Hit, Target};

/// Answers asked for, which is what the largest dialog shows.
const HITS_MAX: usize = 40;
/// The most rows of answers shown at once.
const ROWS_MAX: u16 = 16;
/// Columns of the word that says what an answer is.
const WORD_COLUMNS: u16 = 11;

/// An answer with the ARN of the policy it is about, since a policy's page is known by its ARN.
type Answer = (Hit, Option<String>);

/// The search.
pub struct Search {
    field: TextField,
    ready: Fetch<Arc<search::Search>>,
    found: Fetch<Vec<Answer>>,
    cursor: Cursor,
    height: usize,
}

/// Opens the search.
pub fn open(cx: &Context) -> Search {
    let mut screen = Search {
        field: TextField::default(),
        ready: Fetch::default(),
        found: Fetch::default(),
        cursor: Cursor::default(),
        height: 1,
    };
    let account = cx.account.clone();
    screen.ready.start(&cx.tasks, async move {
        let read = |store: &crate::store::Store, account: &crate::store::Account| {
            search::Search::new(&store.view(account), tasks())
        };
        Ok(Arc::new(account.read(read).await?))
    });
    screen
}

/// The phrases of the User Guide, and the console's deeds that they do not speak of.
fn tasks() -> Vec<search::Task> {
    let mut tasks = search::documented();
    let spoken_of = [Deed::New, Deed::Delete, Deed::Add, Deed::Remove];
    let is_new = |task: &Task| !spoken_of.contains(&task.deed) || task.kind == Kind::Key;
    tasks.extend(Task::all().filter(is_new).map(|task| search::Task {
        id: targets::id(task),
        phrase: task.phrase(),
        takes: None,
        also: String::new(),
        says: task.deed.entry().says.trim_end_matches('.').to_owned(),
        destroys: task.deed.entry().danger == Danger::Destroy,
    }));
    tasks
}

impl Search {
    fn ask(&mut self, cx: &Context) {
        let Some(ready) = self.ready.value().cloned() else { return };
        let (account, query) = (cx.account.clone(), self.field.text().to_owned());
        self.found.start(&cx.tasks, async move {
            let read = move |store: &crate::store::Store, account: &crate::store::Account| {
                let hits = ready.find(&store.view(account), &query, HITS_MAX)?.hits;
                let with_arn = |hit: Hit| match &hit.target {
                    Target::Task { kind: Some(iam::Kind::Policy), name: Some(name), .. } => {
                        let arn = store.arn_of(account, iam::Kind::Policy, name)?;
                        Ok((hit, arn))
                    }
                    _ => Ok((hit, None)),
                };
                hits.into_iter().map(with_arn).collect::<crate::store::Result<Vec<_>>>()
            };
            Ok::<_, Failure>(account.read(read).await?)
        });
    }

    fn answers(&self) -> &[Answer] {
        if self.field.text().trim().is_empty() {
            return &[];
        }
        self.found.value().map(Vec::as_slice).unwrap_or_default()
    }

    fn choose(&self, cx: &Context) -> Effect {
        let chosen = self.answers().get(self.cursor.selected);
        chosen.map_or(Effect::None, |(hit, arn)| targets::lead(&hit.target, arn.as_deref(), cx).after_back())
    }

    fn view_row(&self, pen: &mut Pen, cx: &Context, index: usize, text_columns: u16) {
        let Some((hit, _)) = self.answers().get(index) else { return };
        let theme = &cx.theme;
        let is_selected = index == self.cursor.selected;
        pen.column(if is_selected { theme.glyph.bar } else { "" }, 2, theme.accent);
        let is_plain = theme.glyph.bar.is_ascii();
        let icon = if is_plain { String::new() } else { hit.what.icon().to_string() };
        pen.column(&icon, 2, theme.accent);
        pen.column(hit.what.word(), WORD_COLUMNS + 1, theme.dim);
        let from = pen.x();
        put_matched(pen, &hit.text, &hit.matched, theme, if is_selected { theme.strong } else { theme.text });
        // A name is never cut; one that needs more pushes what stands behind it.
        pen.to(pen.x().max(from + text_columns) + 2);
        pen.put(&hit.detail, theme.dim);
    }

    fn remark(&self) -> Option<String> {
        if let Some(failure) = self.ready.failure().or(self.found.failure()) {
            return Some(failure.to_string());
        }
        match (self.field.text().trim(), self.found.value()) {
            ("", _) => Some("A name, a key id, a tag, or what to do: `attach policy to UpdateApp`".into()),
            (_, Some(found)) if found.is_empty() => Some("Nothing matches.".into()),
            _ => None,
        }
    }
}

impl Screen for Search {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![Deed::Choose.into(), Offer::new(Deed::Keep, "leave")]
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Choose => self.choose(cx),
            Deed::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn typed(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        let deed = match key.code {
            Code::Down | Code::Tab => Deed::Down,
            Code::Up => Deed::Up,
            Code::PageDown => Deed::PageDown,
            Code::PageUp => Deed::PageUp,
            Code::Char('n') if key.ctrl => Deed::Down,
            Code::Char('p') if key.ctrl => Deed::Up,
            _ => {
                return match self.field.key(key) {
                    Typed::Changed => {
                        self.cursor = Cursor::default();
                        self.ask(cx);
                        Some(Effect::None)
                    }
                    Typed::Taken => Some(Effect::None),
                    Typed::Ignored => None,
                };
            }
        };
        self.cursor.go(deed, self.answers().len(), self.height);
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        self.field.insert(text);
        self.cursor = Cursor::default();
        self.ask(cx);
        Effect::None
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        if self.ready.take_in() {
            self.ask(cx);
        }
        if self.found.take_in() {
            let total = self.answers().len();
            self.cursor.show(total, self.height);
        }
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(ROWS_MAX.min(area.height.saturating_sub(6)));
        let total = self.answers().len();
        self.cursor.show(total, self.height);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let rows = u16::try_from(self.height).unwrap_or(ROWS_MAX);
        let inner = dialog::open(frame, area, theme, "Search", rows + 2);
        let mut pen = Pen::new(frame.buffer_mut(), theme, inner, 0);
        pen.put(theme.glyph.crumb, theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        self.field.view(frame, field, theme, Some(theme.text));
        if let Some(text) = self.remark() {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, 2);
            pen.skip(2);
            pen.put(&text, theme.dim);
            return;
        }
        let shown = self.cursor.top..self.answers().len().min(self.cursor.top + self.height);
        let widest = shown.clone().filter_map(|index| self.answers().get(index)).map(|(hit, _)| width(&hit.text)).max();
        let text_columns = widest.unwrap_or(0).min(inner.width.saturating_sub(WORD_COLUMNS + 4) / 2);
        for (index, row) in shown.zip(2..) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            self.view_row(&mut pen, cx, index, text_columns);
        }
    }
}
