//! A policy, read-only, at one of its statements: where the leaves of an explanation lead. Its editor is one key away.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::editor::analysis::Analysis;
use crate::console::editor::draft::laid_out;
use crate::console::editor::view::json_style;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::screen::detail::code;
use crate::console::screen::listing::Reading;
use crate::console::screen::{Screen, documents, loading};
use crate::console::widget::Cursor;
use crate::iam;
use crate::insight::{Clause, Subject, SubjectKind};
use crate::policy::PolicyType;
use crate::policy::decision::{Source, Via};
use crate::policy::document::Document;

/// Which policy.
#[derive(Clone, Debug)]
enum Which {
    /// One that reaches a user, group or role.
    Of { kind: iam::Kind, name: String, source: Source },
    /// The trust policy of a role.
    Trust { role: String },
}

/// A statement of a policy.
#[derive(Clone, Debug)]
pub(in crate::console) struct Statement {
    which: Which,
    /// Its number, from 1.
    number: usize,
}

impl Statement {
    /// Where a clause stands, if it is a policy that the account holds.
    pub(super) fn of(clause: &Clause, subject: &Subject, resource: &str) -> Option<Self> {
        let which = match (clause.layer, subject.kind) {
            ("trust", _) => Which::Trust { role: resource.rsplit('/').next()?.to_owned() },
            ("identity" | "boundary", SubjectKind::Root) => return None,
            ("identity" | "boundary", kind) => {
                Which::Of { kind: kind.kind()?, name: subject.name.clone(), source: clause.source.clone() }
            }
            _ => return None,
        };
        Some(Self { which, number: clause.statement })
    }

    /// A statement of a role's trust policy.
    pub(super) fn trust(role: &str, number: usize) -> Self {
        Self { which: Which::Trust { role: role.to_owned() }, number }
    }

    fn crumbs(&self) -> Vec<String> {
        match &self.which {
            Which::Trust { role } => vec![role.clone(), "trust policy".to_owned()],
            Which::Of { source, .. } => vec![source.name.rsplit('/').next().unwrap_or_default().to_owned()],
        }
    }

    /// Opens the editor at it, where it can be edited.
    fn edit(&self, cx: &Context) -> Effect {
        let at = Some(self.number);
        match &self.which {
            Which::Trust { role } => documents::edit_trust(role, at, cx),
            Which::Of { kind, name, source } => match &source.via {
                Via::Attached | Via::Group(_) => documents::edit_policy(&source.name, at, cx),
                Via::Inline => documents::edit_inline(console_kind(*kind), name, &source.name, at, cx),
                Via::GroupInline(group) => documents::edit_inline(Kind::Group, group, &source.name, at, cx),
            },
        }
    }
}

fn console_kind(kind: iam::Kind) -> Kind {
    match kind {
        iam::Kind::Group => Kind::Group,
        iam::Kind::Role => Kind::Role,
        _ => Kind::User,
    }
}

/// Opens the policy at the statement.
pub(super) fn open(place: Statement, cx: &Context) -> Effect {
    let (account, which) = (cx.account.clone(), place.which.clone());
    let read: Reading<String> = Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| match &which {
            Which::Of { kind, name, source } => store.policy_text(account, *kind, name, source),
            Which::Trust { role } => {
                let found = store.member(account, iam::Kind::Role, role)?;
                Ok(found.and_then(|role| role.trust).map(|trust| trust.text.to_string()).unwrap_or_default())
            }
        };
        Ok(account.read(read).await?)
    });
    loading::then(cx, read, move |text, _| Effect::open(Policy::new(place, &text)))
}

/// The policy on the screen.
struct Policy {
    place: Statement,
    text: String,
    analysis: Analysis,
    /// The rows of the statement: the first, and one past the last.
    rows: (usize, usize),
    top: usize,
    height: usize,
}

impl Policy {
    fn new(place: Statement, text: &str) -> Self {
        let text = laid_out(text);
        let kind =
            if matches!(place.which, Which::Trust { .. }) { PolicyType::RoleTrust } else { PolicyType::Identity };
        let document = Document::parse(text.as_str());
        let span = place.number.checked_sub(1).and_then(|at| document.statements().get(at)).map(|one| one.span);
        let row = |byte: usize| text.get(..byte).unwrap_or_default().matches('\n').count();
        let rows = span.map_or((0, 0), |span| (row(span.start), row(span.end) + 1));
        Self { analysis: Analysis::of(&text, kind), place, text, rows, top: rows.0.saturating_sub(2), height: 1 }
    }

    fn last_top(&self, height: usize) -> usize {
        self.text.lines().count().saturating_sub(height)
    }

    /// The first row shown. `top` itself stays as it was meant, whatever room there is for the moment.
    fn first(&self, height: usize) -> usize {
        self.top.min(self.last_top(height))
    }
}

impl Screen for Policy {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.place.crumbs();
        crumbs.push(format!("statement {}", self.place.number));
        crumbs
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        let moves =
            [Deed::Down, Deed::Up, Deed::PageDown, Deed::PageUp, Deed::HalfDown, Deed::HalfUp, Deed::Top, Deed::Bottom];
        [Deed::Edit].into_iter().chain(moves).map(Offer::from).collect()
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if deed == Deed::Edit {
            return self.place.edit(cx);
        }
        let first = self.first(self.height);
        let mut cursor = Cursor { selected: first, top: first };
        cursor.go(deed, self.last_top(self.height) + 1, self.height);
        self.top = cursor.selected;
        Effect::None
    }

    fn resized(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let (first, mut offset) = (self.first(area.height.into()), 0);
        for (row, line) in self.text.lines().enumerate() {
            if let Some(y) = row.checked_sub(first).and_then(|y| u16::try_from(y).ok()).filter(|y| *y < area.height) {
                let mut pen = Pen::new(frame.buffer_mut(), theme, area, y);
                let is_ours = self.rows.0 <= row && row < self.rows.1;
                pen.skip(1);
                pen.column(if is_ours { theme.glyph.bar } else { "" }, 2, theme.accent);
                let at = offset;
                code(&mut pen, theme, line, |byte| json_style(&self.analysis, theme, at + byte));
            }
            offset += line.len() + 1;
        }
    }
}
