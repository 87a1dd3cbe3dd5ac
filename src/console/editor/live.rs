//! What the text typed so far would change in permissions, worked out behind the typing.
//!
//! Typing never waits for it: an edit makes the work under way stale, and the next starts on a thread of its own once all
//! input is taken in. What was last known stays on the screen until the answer is there, dimmed because it is of an older
//! text.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::draft::Draft;
use super::impact::Changes;
use super::meaning::{self, Sense};
use crate::console::action::Deed;
use crate::console::context::Context;
use crate::console::effect::Effect;
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
    /// Of the last text that was a policy.
    shown: Option<Impact>,
    is_due: bool,
    is_stale: Arc<AtomicBool>,
    /// Ends the reading of whom the policy reaches.
    is_left: Arc<AtomicBool>,
}

/// What is known of what a text changes.
#[derive(Debug)]
pub enum Known<'a> {
    /// Nothing yet: it is being worked out, or nothing was changed.
    Nothing,
    /// It cannot be told.
    Failed(&'a Failure),
    /// What an older text changes; this one's is being worked out.
    Older(&'a Impact),
    /// The text is no policy; what the last one that was a policy changes.
    NoPolicy(Option<&'a Impact>),
    /// What the text changes.
    Of(&'a Impact),
}

impl Known<'_> {
    /// Why it is not told what changes; `None` where it is.
    pub fn gap(&self) -> Option<String> {
        match self {
            Self::Of(_) => None,
            Self::Nothing | Self::Older(_) => Some("What changes in permissions is still being worked out.".to_owned()),
            Self::Failed(failure) => Some(format!("What changes in permissions is not known: {failure}")),
            Self::NoPolicy(_) => Some("The text is no policy yet: mend what is marked first.".to_owned()),
        }
    }
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
            is_stale: Arc::default(),
            is_left: Arc::default(),
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
        if self.impact.take_in()
            && let Some(Some(impact)) = self.impact.value()
        {
            self.shown = Some(impact.clone());
        }
        if self.is_due
            && let Some(affected) = self.affected.value().cloned()
        {
            self.is_due = false;
            if let Some(text) = text() {
                self.work_out(affected, text, cx);
            } else {
                (self.impact, self.shown) = (Fetch::default(), None);
            }
        }
    }

    /// Reads whom the policy reaches: the account may have changed.
    pub fn read(&mut self, cx: &Context) {
        let (account, site) = (cx.account.clone(), self.site.clone());
        self.is_left.store(true, Ordering::SeqCst);
        self.is_left = Arc::default();
        let is_left = Arc::clone(&self.is_left);
        self.affected.start(&cx.tasks, async move {
            let read = account.read(move |store, account| Ok(Affected::read(store, account, site, &is_left))).await?;
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
    pub fn known(&self) -> Known<'_> {
        let is_pending = self.is_due || self.impact.is_loading();
        let failure = self.impact.failure().filter(|_| !is_pending);
        match (self.affected.failure().or(failure), &self.shown) {
            (Some(failure), _) => Known::Failed(failure),
            (None, Some(impact)) if is_pending => Known::Older(impact),
            (None, shown) if !is_pending && self.impact.value() == Some(&None) => Known::NoPolicy(shown.as_ref()),
            (None, Some(impact)) => Known::Of(impact),
            (None, None) => Known::Nothing,
        }
    }

    /// Lists what changes, or says why there is nothing to list.
    pub fn list(&self, crumbs: Vec<String>) -> Effect {
        match self.known() {
            Known::Of(impact) if impact.is_none() => Effect::Say("Nothing changes in permissions.".to_owned()),
            Known::Of(impact) => Effect::open(Changes::new(impact, crumbs)),
            known => Effect::Say(known.gap().unwrap_or_default()),
        }
    }

    /// Writes it in a line.
    pub fn view(&self, pen: &mut Pen, cx: &Context) {
        let theme = &cx.theme;
        let known = self.known();
        let (impact, is_older) = match known {
            Known::Of(impact) => (impact, false),
            Known::Older(impact) | Known::NoPolicy(Some(impact)) => (impact, true),
            Known::Failed(_) => return pen.put(&known.gap().unwrap_or_default(), theme.dim),
            Known::Nothing | Known::NoPolicy(None) => return pen.put(&self.reach(), theme.dim),
        };
        for (at, (sense, text)) in meaning::line(impact).into_iter().enumerate() {
            let style = match sense {
                _ if is_older => theme.dim,
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
        match (&self.site, holders) {
            (Site::Trust(_), _) => String::new(),
            (_, []) => "nobody has it yet".to_owned(),
            (_, [one]) => format!("decides for {} {}", one.word, one.name),
            (_, several) => format!("decides for {}", meaning::counted(several)),
        }
    }
}

#[cfg(test)]
impl Live {
    /// Reads from an account that cannot be read.
    pub(super) fn fail(&mut self, cx: &Context) {
        self.affected.start(&cx.tasks, async { Err(Failure::new("disk I/O error")) });
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.is_left.store(true, Ordering::SeqCst);
        self.is_stale.store(true, Ordering::SeqCst);
    }
}
