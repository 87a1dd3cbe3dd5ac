//! What the text typed so far would change in permissions, worked out behind the typing.
//!
//! Typing never waits for it: an edit makes the work under way stale, and the next starts on a thread of its own once all
//! input is taken in. What was last known stays on the screen until the answer is there; it is dimmed while the text is
//! no policy.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::draft::Draft;
use super::meaning::{self, Sense};
use crate::console::action::Deed;
use crate::console::context::Context;
use crate::console::paint::Pen;
use crate::console::task::{Failure, Fetch};
use crate::insight::{Affected, Impact, Site};
use crate::policy::document::Document;

/// The permissions that a text changes, followed while it is typed.
#[derive(Debug)]
pub struct Live {
    site: Site,
    before: String,
    affected: Fetch<Arc<Affected>>,
    /// None where the text is no policy.
    impact: Fetch<Option<Impact>>,
    shown: Option<Rc<Impact>>,
    is_due: bool,
    /// Whether what is shown is of an older text that was a policy, and this one is not.
    is_old: bool,
    is_stale: Arc<AtomicBool>,
}

impl Live {
    /// Follows the changes of a draft.
    pub fn new(draft: &Draft, cx: &Context) -> Self {
        let mut live = Self {
            site: draft.site.clone(),
            before: draft.document.clone(),
            affected: Fetch::default(),
            impact: Fetch::default(),
            shown: None,
            is_due: true,
            is_old: false,
            is_stale: Arc::default(),
        };
        live.read(cx);
        live
    }

    /// The text has changed: what is under way is of no use.
    pub fn edited(&mut self) {
        self.is_stale.store(true, Ordering::SeqCst);
        self.is_due = true;
    }

    /// It is measured against another text, which somebody else saved.
    pub fn rebase(&mut self, before: &str) {
        if self.before != before {
            before.clone_into(&mut self.before);
            self.edited();
        }
    }

    /// Takes in what is there and begins what is due; `text` is none where nothing was changed.
    pub fn receive(&mut self, text: impl FnOnce() -> Option<String>, cx: &Context) {
        if self.affected.take_in() {
            self.edited();
        }
        if self.impact.take_in() {
            match self.impact.value() {
                Some(Some(impact)) => (self.shown, self.is_old) = (Some(Rc::new(impact.clone())), false),
                Some(None) => self.is_old = true,
                None => {}
            }
        }
        if self.is_due
            && let Some(affected) = self.affected.value().cloned()
        {
            self.is_due = false;
            if let Some(text) = text() {
                self.work_out(affected, text, cx);
            } else {
                (self.impact, self.shown, self.is_old) = (Fetch::default(), None, false);
            }
        }
    }

    /// Reads whom the policy reaches: the account may have changed.
    pub fn read(&mut self, cx: &Context) {
        let (account, site) = (cx.account.clone(), self.site.clone());
        self.affected.start(&cx.tasks, async move {
            let read = account.read(move |store, account| Ok(Affected::read(store, account, site))).await?;
            read.map(Arc::new).map_err(|error| Failure::new(error.to_string()))
        });
    }

    fn work_out(&mut self, affected: Arc<Affected>, text: String, cx: &Context) {
        self.is_stale = Arc::default();
        let (before, is_stale) = (self.before.clone(), Arc::clone(&self.is_stale));
        self.impact.start_behind(&cx.tasks, &self.is_stale, move || {
            if !Document::parse(text.as_str()).is_well_formed() {
                return Ok(None);
            }
            affected
                .impact(&before, &text, &is_stale)
                .map(Some)
                .ok_or_else(|| Failure::new("the text has changed since"))
        });
    }

    /// What changes, as far as it is known.
    pub fn impact(&self) -> Option<&Rc<Impact>> {
        self.shown.as_ref()
    }

    /// Whether what is known is of an older text, because this one is no policy.
    pub fn is_old(&self) -> bool {
        self.is_old
    }

    /// Writes it in a line.
    pub fn view(&self, pen: &mut Pen, cx: &Context) {
        let theme = &cx.theme;
        let Some(impact) = &self.shown else {
            return pen.put(&self.reach(), theme.dim);
        };
        for (at, (sense, text)) in meaning::line(impact).into_iter().enumerate() {
            let style = match sense {
                _ if self.is_old => theme.dim,
                Sense::Grave => theme.warning,
                Sense::Gain => theme.added,
                Sense::Loss => theme.removed,
                Sense::Aside => theme.dim,
            };
            let is_apart = at > 0 && sense == Sense::Aside;
            pen.put(if at == 0 { "" } else { "  " }, theme.dim);
            pen.put(&if is_apart { format!("{} ", theme.glyph.dot) } else { String::new() }, theme.dim);
            pen.put(&text, style);
        }
        if !impact.is_none() {
            pen.put("   ", theme.dim);
            pen.put(&cx.keymap.hint_while_typing(Deed::Impact), theme.accent);
            pen.put(" lists them", theme.dim);
        }
    }

    /// Whom it decides about, before anything was changed.
    fn reach(&self) -> String {
        let Some(affected) = self.affected.value() else { return String::new() };
        let holders = affected.holders();
        match (&self.site, holders.as_slice()) {
            (Site::Trust(_), _) => String::new(),
            (_, []) => "nobody has it yet".to_owned(),
            (_, [one]) => format!("decides for {} {}", one.word, one.name),
            (_, several) => format!("decides for {}", meaning::counted(&several.iter().collect::<Vec<_>>())),
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.is_stale.store(true, Ordering::SeqCst);
    }
}
