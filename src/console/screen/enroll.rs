//! Assigning a virtual MFA device: its secret as a QR code and as text, and the two codes that prove the app has it.

use ratatui::Frame;
use ratatui::layout::Rect;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{Screen, mfa};
use crate::console::action::{Danger, Deed, Offer};
use crate::console::acts::{Change, call};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::{Code, Key};
use crate::console::paint::{Pen, wrap};
use crate::console::task::{Done, Failure, Ticket};
use crate::console::widget::{Confirm, Qr, Saving, TextField, Typed};

/// Rows of the head that a screen without tabs leaves blank; the code needs them in a small window.
const BLANK_ROWS: u16 = 2;
/// Columns between the code and the text.
const GAP: u16 = 3;
/// Columns that the text beside the code needs.
const TEXT_COLUMNS: u16 = 34;
/// Columns of the labels of the fields.
const LABEL: u16 = 15;

/// A device that waits to be assigned.
pub struct Enroll {
    user: String,
    serial: String,
    secret: SecretString,
    qr: Option<Qr>,
    codes: [TextField; 2],
    focus: usize,
    saving: Saving,
}

impl Enroll {
    /// The device of that serial number and secret; `uri` is what authenticator apps read.
    pub fn new(user: String, serial: String, secret: SecretString, uri: &SecretString) -> Self {
        Self {
            user,
            serial,
            secret,
            qr: Qr::of(uri.expose_secret()),
            codes: [TextField::default(), TextField::default()],
            focus: 0,
            saving: Saving::default(),
        }
    }

    fn submit(&mut self, cx: &Context) -> Effect {
        if self.saving.is_under_way() {
            return Effect::None;
        }
        if let Some(wrong) = self.codes.iter().position(|code| mfa::is_code(code.text()).is_err()) {
            self.focus = wrong;
            self.saving.refuse(Failure::new("Each code has six digits."));
            return Effect::None;
        }
        let [first, second] = &self.codes;
        let input = json!({
            "UserName": self.user, "SerialNumber": self.serial,
            "AuthenticationCode1": first.text(), "AuthenticationCode2": second.text(),
        });
        let done = format!("Assigned the MFA device to {}", self.user);
        let effect = Change::new("Assigning the MFA device", done, vec![call("EnableMFADevice", input)]).effect(cx);
        self.saving.begin(&effect);
        effect
    }

    /// A device that nobody has is of no use: it is deleted unless that is not wished.
    fn leave(&self, cx: &Context) -> Effect {
        if self.saving.is_under_way() {
            return Effect::Say("Assigning is under way; wait for the answer.".to_owned());
        }
        let (cx, serial) = (cx.clone(), self.serial.clone());
        let delete = move || {
            let calls = vec![call("DeleteVirtualMFADevice", json!({"SerialNumber": serial}))];
            let change = Change::new("Deleting the MFA device", "Deleted the MFA device", calls);
            change.effect(&cx).after_back()
        };
        let question = format!("Leave before the device is assigned to {}?", self.user);
        let question = Confirm::new(question, Danger::Change).fact("The device", self.serial.clone());
        Effect::open(question.choice("delete the device again", delete).choice("leave it unassigned", || Effect::Back))
    }

    fn view_text(&self, frame: &mut Frame, area: Rect, cx: &Context, has_code: bool) {
        let theme = &cx.theme;
        let lead = if has_code {
            "1  Scan the code with an authenticator app, or type the secret:"
        } else {
            "1  Type the secret into an authenticator app:"
        };
        let mut row = 0;
        let mut put = |frame: &mut Frame, text: &str, style| {
            for line in wrap(text, area.width) {
                Pen::new(frame.buffer_mut(), theme, area, row).put(&line, style);
                row += 1;
            }
        };
        put(frame, lead, theme.text);
        let letters: Vec<char> = self.secret.expose_secret().chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        for line in groups.chunks(4) {
            put(frame, &format!("   {}", line.join(" ")), theme.strong);
        }
        put(frame, "2  Type two codes that the app shows one after the other:", theme.text);
        for (index, (label, code)) in ["   First code", "   Second code"].into_iter().zip(&self.codes).enumerate() {
            let is_focused = index == self.focus && !self.saving.is_under_way();
            let mut pen = Pen::new(frame.buffer_mut(), theme, area, row);
            pen.column(label, LABEL, if is_focused { theme.accent } else { theme.dim });
            let field = Rect { x: area.x + LABEL, y: area.y + row, width: 8, height: 1 };
            code.view(frame, field, theme, is_focused.then_some(theme.field));
            row += 1;
        }
        self.saving.view(frame, area, theme, row);
    }
}

impl Screen for Enroll {
    fn crumbs(&self) -> Vec<String> {
        vec!["Users".to_owned(), self.user.clone(), "MFA device".to_owned()]
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![
            Offer::new(Deed::Submit, "assign"),
            Deed::NextField.into(),
            Deed::PrevField.into(),
            Offer::new(Deed::Choose, "next"),
            Offer::new(Deed::CopySecret, "copy secret"),
            Offer::new(Deed::Keep, "leave"),
        ]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        match deed {
            Deed::Submit => return self.submit(cx),
            Deed::Choose if self.focus == 1 => return self.submit(cx),
            Deed::Choose | Deed::NextField | Deed::PrevField => self.focus = 1 - self.focus,
            Deed::CopySecret => {
                let text = self.secret.expose_secret().to_owned();
                return Effect::Copy { what: "the device's secret".to_owned(), text };
            }
            Deed::Keep => return self.leave(cx),
            _ => {}
        }
        Effect::None
    }

    fn typed(&mut self, key: Key, _cx: &Context) -> Option<Effect> {
        let field = self.codes.get_mut(self.focus)?;
        // Codes are digits; other characters are no shortcuts here either.
        if matches!(key.typed(), Some(c) if !c.is_ascii_digit() || field.text().len() == 6) {
            return Some(Effect::None);
        }
        let is_full = field.key(key) != Typed::Ignored;
        if key.typed().is_some() && field.text().len() == 6 && self.focus == 0 {
            self.focus = 1;
        }
        (is_full || key.code == Code::Left).then_some(Effect::None)
    }

    fn pasted(&mut self, text: &str, _cx: &Context) -> Effect {
        if let Some(field) = self.codes.get_mut(self.focus) {
            field.insert(text.trim());
        }
        Effect::None
    }

    fn committed(&mut self, ticket: Ticket, result: &Result<Done, Failure>, _cx: &Context) -> Option<Effect> {
        self.saving.committed(ticket, result)
    }

    fn loses(&self) -> Option<String> {
        Some("the MFA device that is not assigned yet".to_owned())
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let area = Rect { y: area.y - BLANK_ROWS, height: area.height + BLANK_ROWS, ..area };
        let room = area.width.saturating_sub(TEXT_COLUMNS + GAP + 1);
        let code = self.qr.as_ref().filter(|qr| qr.fits(Rect { width: room, ..area }, &cx.theme));
        let left = match code {
            Some(qr) => {
                qr.view(frame, Rect { x: area.x + 1, width: room, ..area }, &cx.theme);
                1 + qr.columns() + GAP
            }
            None => 3,
        };
        let text = Rect {
            x: area.x + left,
            y: area.y + 1,
            width: area.width.saturating_sub(left + 1),
            height: area.height.saturating_sub(1),
        };
        self.view_text(frame, text, cx, code.is_some());
    }
}
