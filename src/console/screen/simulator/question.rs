//! The question as it is typed: its faces, the fields that each has, and which of them has the keys.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::answer::Asked;
use crate::console::paint::Pen;
use crate::console::theme::Theme;
use crate::console::widget::TextField;

/// Columns of the labels.
const LABEL: u16 = 12;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// May this one do that?
    Simulate,
    /// Who can do that?
    WhoCan,
    /// What can this one do?
    Can,
}

/// A field of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Part {
    Principal,
    Action,
    Resource,
    Context,
}

impl Part {
    const ALL: [Self; 4] = [Self::Principal, Self::Action, Self::Resource, Self::Context];

    fn label(self) -> &'static str {
        match self {
            Self::Principal => "Principal",
            Self::Action => "Action",
            Self::Resource => "Resource",
            Self::Context => "Context",
        }
    }

    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Principal => "A user's name, role/NAME, group/NAME, policy/NAME, root, or an ARN.",
            Self::Action => "An action, as s3:GetObject.",
            Self::Resource => "An ARN, or role/NAME of the account; left out: anything.",
            Self::Context => "KEY=VALUE for each condition key; KEY alone for one that the request does not have.",
        }
    }
}

impl Face {
    pub(super) const ALL: [Self; 3] = [Self::Simulate, Self::WhoCan, Self::Can];

    pub(super) fn parts(self) -> &'static [Part] {
        match self {
            Self::Simulate => &Part::ALL,
            Self::WhoCan => &[Part::Action, Part::Resource, Part::Context],
            Self::Can => &[Part::Principal],
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Simulate => "Simulate",
            Self::WhoCan => "Who can",
            Self::Can => "What it can do",
        }
    }

    pub(super) fn beside(self, by: isize) -> Self {
        let here = Self::ALL.iter().position(|face| *face == self).unwrap_or(0).cast_signed();
        let there = (here + by).rem_euclid(Self::ALL.len().cast_signed()).unsigned_abs();
        Self::ALL.get(there).copied().unwrap_or(self)
    }
}

/// The fields, and which has the keys.
pub(super) struct Fields {
    texts: [TextField; 4],
    /// None while the answer has the keys.
    pub focus: Option<Part>,
}

impl Fields {
    /// Fields filled in: principal, action, resource.
    pub(super) fn new(filled: [&str; 3]) -> Self {
        let [principal, action, resource] = filled.map(TextField::new);
        Self { texts: [principal, action, resource, TextField::default()], focus: None }
    }

    fn field(&self, part: Part) -> &TextField {
        let [principal, action, resource, context] = &self.texts;
        match part {
            Part::Principal => principal,
            Part::Action => action,
            Part::Resource => resource,
            Part::Context => context,
        }
    }

    pub(super) fn field_mut(&mut self, part: Part) -> &mut TextField {
        let [principal, action, resource, context] = &mut self.texts;
        match part {
            Part::Principal => principal,
            Part::Action => action,
            Part::Resource => resource,
            Part::Context => context,
        }
    }

    /// Puts a text in place of what is in a field.
    pub(super) fn fill(&mut self, part: Part, text: impl Into<String>) {
        *self.field_mut(part) = TextField::new(text);
    }

    fn text(&self, part: Part) -> &str {
        self.field(part).text().trim()
    }

    /// What is asked now.
    pub(super) fn asked(&self, face: Face) -> Asked {
        Asked {
            face,
            principal: self.text(Part::Principal).to_owned(),
            action: self.text(Part::Action).to_owned(),
            resource: Some(self.text(Part::Resource).to_owned()).filter(|text| !text.is_empty()),
            context: self.text(Part::Context).split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Gives the keys to the first field that the question needs and that is empty, or else to the answer.
    pub(super) fn focus_on_need(&mut self, face: Face) {
        let is_needed = |part: &&Part| matches!(part, Part::Principal | Part::Action);
        let mut needed = face.parts().iter().filter(is_needed);
        self.focus = needed.find(|part| self.text(**part).is_empty()).copied();
    }

    /// Gives the keys to the field beside, or to the answer behind the last one.
    pub(super) fn step(&mut self, face: Face, by: isize) {
        let parts = face.parts();
        let count = parts.len().cast_signed() + 1;
        let here = self.focus.and_then(|focus| parts.iter().position(|part| *part == focus)).unwrap_or(parts.len());
        let there = (here.cast_signed() + by).rem_euclid(count).unsigned_abs();
        self.focus = parts.get(there).copied();
    }

    pub(super) fn view(&self, frame: &mut Frame, area: Rect, theme: &Theme, face: Face) {
        for (part, row) in face.parts().iter().zip(0..) {
            let is_focused = self.focus == Some(*part);
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.skip(1);
            pen.column(if is_focused { theme.glyph.bar } else { "" }, 2, theme.accent);
            pen.column(part.label(), LABEL, if is_focused { theme.strong } else { theme.dim });
            let place =
                Rect { x: area.x + 3 + LABEL, y: area.y + row, width: area.width.saturating_sub(LABEL + 4), height: 1 };
            self.field(*part).view(frame, place.intersection(area), theme, is_focused.then_some(theme.text));
        }
    }
}
