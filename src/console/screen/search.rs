//! The search over everything: things, keys and tasks while one types, best first; enter goes there or does it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Layer, Screen, targets};
use crate::console::action::{Danger, Deed, Kind, Offer, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::Key;
use crate::console::paint::{Pen, width};
use crate::console::task::{Failure, Fetch};
use crate::console::widget::{Asked, Finder, put_matched};
use crate::iam;
use crate::insight::search::{self, Hit, Target};

/// Answers asked for, which is what the largest dialog shows.
const HITS_MAX: usize = 40;
/// Columns of the word that says what an answer is.
const WORD_COLUMNS: u16 = 11;

/// An answer with the ARN of the policy it is about, since a policy's page is known by its ARN.
type Answer = (Hit, Option<String>);

/// The search.
pub struct Search {
    finder: Finder,
    ready: Fetch<Arc<search::Search>>,
    found: Fetch<Vec<Answer>>,
}

/// Opens the search.
pub fn open(cx: &Context) -> Search {
    let mut screen = Search { finder: Finder::default(), ready: Fetch::default(), found: Fetch::default() };
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
        let (account, query) = (cx.account.clone(), self.finder.text().to_owned());
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
        if self.finder.text().trim().is_empty() {
            return &[];
        }
        self.found.value().map(Vec::as_slice).unwrap_or_default()
    }

    fn choose(&self, cx: &Context) -> Effect {
        let chosen = self.answers().get(self.finder.selected());
        chosen.map_or(Effect::None, |(hit, arn)| targets::lead(&hit.target, arn.as_deref(), cx).after_back())
    }

    fn view_row(&self, pen: &mut Pen, cx: &Context, index: usize, text_columns: u16) {
        let Some((hit, _)) = self.answers().get(index) else { return };
        let theme = &cx.theme;
        let is_selected = index == self.finder.selected();
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
        match (self.finder.text().trim(), self.found.value()) {
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
        match self.finder.key(key, self.answers().len()) {
            Asked::Anew => self.ask(cx),
            Asked::Same => {}
            Asked::Nothing => return None,
        }
        Some(Effect::None)
    }

    fn pasted(&mut self, text: &str, cx: &Context) -> Effect {
        self.finder.insert(text);
        self.ask(cx);
        Effect::None
    }

    fn receive(&mut self, cx: &Context) -> Effect {
        if self.ready.take_in() {
            self.ask(cx);
        }
        if self.found.take_in() {
            let total = self.answers().len();
            self.finder.found(total);
        }
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.finder.resized(area);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let inner = self.finder.open(frame, area, theme, "Search");
        if let Some(text) = self.remark() {
            return Finder::say(frame, inner, theme, (&text, theme.dim));
        }
        let shown = self.finder.shown(self.answers().len());
        let widest = shown.clone().filter_map(|index| self.answers().get(index)).map(|(hit, _)| width(&hit.text)).max();
        let text_columns = widest.unwrap_or(0).min(inner.width.saturating_sub(WORD_COLUMNS + 4) / 2);
        for (index, row) in shown.zip(0..) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            self.view_row(&mut pen, cx, index, text_columns);
        }
    }
}
