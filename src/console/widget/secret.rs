//! What is shown once and never again: a secret, with saving and copying as explicit choices.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Frame;
use ratatui::layout::Rect;
use secrecy::{ExposeSecret, SecretString};

use super::{Confirm, Field, Form, dialog};
use crate::console::action::{Danger, Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::{Pen, wrap};
use crate::console::screen::{Layer, Screen};
use crate::console::task::{Commit, Done, Failure};
use crate::store::files::write_private;

/// Columns of the labels.
const LABEL: u16 = 20;

/// A secret and what belongs to it.
pub struct Secret {
    title: String,
    /// Label and value of what is no secret, as the key's id.
    facts: Vec<(String, String)>,
    label: String,
    value: SecretString,
    file_name: String,
    csv: SecretString,
    /// Whether it was copied or saved, as the saving finds out later.
    is_kept: Arc<AtomicBool>,
}

impl Secret {
    /// Shows `secret` under `label`.
    pub fn new(title: impl Into<String>, label: impl Into<String>, secret: SecretString) -> Self {
        Self {
            title: title.into(),
            facts: Vec::new(),
            label: label.into(),
            csv: secret.clone(),
            value: secret,
            file_name: "secret.csv".to_owned(),
            is_kept: Arc::default(),
        }
    }

    /// A fact to show beside it.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((label.into(), value.into()));
        self
    }

    /// What goes into the file, and the name that is offered for it.
    #[must_use]
    pub fn csv(self, file_name: impl Into<String>, csv: SecretString) -> Self {
        Self { file_name: file_name.into(), csv, ..self }
    }

    /// Asks where to save, and saves.
    fn save(&self) -> Effect {
        let (csv, is_kept) = (self.csv.clone(), Arc::clone(&self.is_kept));
        let field = Field::text("File", self.file_name.clone())
            .help("Made anew, readable by you alone.")
            .check(|path| if path.trim().is_empty() { Err("Name a file.".to_owned()) } else { Ok(()) });
        let form = Form::new("Save the secret", vec![field], move |values, cx| {
            let (path, csv) = (values.get("File").trim().to_owned(), csv.clone());
            let is_kept = Arc::clone(&is_kept);
            Effect::Commit(Commit::new(&cx.tasks, format!("Saving {path}"), async move {
                match write_private(path.as_ref(), csv.expose_secret().as_bytes()) {
                    Ok(()) => {
                        is_kept.store(true, Ordering::Relaxed);
                        Ok(Done::new(format!("Saved to {path}, readable by you alone")))
                    }
                    Err(error) => Err(Failure::new(format!("{path}: {error}")).with_remedy("Choose another file.")),
                }
            }))
        });
        Effect::open(form)
    }

    fn leave(&self) -> Effect {
        if self.is_kept.load(Ordering::Relaxed) {
            return Effect::Back;
        }
        let question =
            Confirm::new("Leave without saving or copying? The secret cannot be shown again.", Danger::Destroy);
        Effect::open(question.choice("leave", || Effect::Back))
    }
}

impl Screen for Secret {
    fn layer(&self) -> Layer {
        Layer::Over
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![Deed::SaveFile.into(), Deed::CopySecret.into(), Offer::new(Deed::Keep, "leave")]
    }

    fn update(&mut self, deed: Deed, _cx: &Context) -> Effect {
        match deed {
            Deed::SaveFile => self.save(),
            Deed::CopySecret => {
                self.is_kept.store(true, Ordering::Relaxed);
                Effect::Copy { what: self.label.to_lowercase(), text: self.value.expose_secret().to_owned() }
            }
            Deed::Keep => self.leave(),
            _ => Effect::None,
        }
    }

    fn loses(&self) -> Option<String> {
        (!self.is_kept.load(Ordering::Relaxed)).then(|| format!("the {}", self.label.to_lowercase()))
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let advice = wrap(
            "This is the only time it is shown. Save it to a file that only you can read, or copy it.",
            dialog::inner_width(area),
        );
        let rows = self.facts.len() + 2 + advice.len();
        let inner = dialog::open(frame, area, theme, &self.title, u16::try_from(rows).unwrap_or(u16::MAX));
        let mut row = 0;
        let facts = self.facts.iter().map(|(label, value)| (label.as_str(), value.as_str(), theme.text));
        for (label, value, style) in facts.chain([(self.label.as_str(), self.value.expose_secret(), theme.strong)]) {
            let mut pen = Pen::new(frame.buffer_mut(), theme, inner, row);
            pen.column(label, LABEL, theme.dim);
            pen.put(value, style);
            row += 1;
        }
        for line in advice {
            row += 1;
            Pen::new(frame.buffer_mut(), theme, inner, row).put(&line, theme.warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;
    use crate::console::app::Request;
    use crate::console::testkit::Bench;

    fn secret() -> Secret {
        let shown = Secret::new("Access key of ann", "Secret access key", "wJalrXUtnFEMI/K7MDENG".into());
        shown.fact("Access key id", "AKIAIOSFODNN7EXAMPLE").csv("ann.csv", "id,secret\n".into())
    }

    #[test]
    fn it_is_shown_once_and_leaving_without_keeping_it_asks() {
        let mut bench = Bench::with(|_| secret());
        insta::assert_snapshot!(bench.screen());
        bench.keys("esc");
        assert!(bench.screen().contains("cannot be shown again"));
        bench.keys("esc ctrl-y");
        let [Request::Copy { text, .. }] = bench.requests.as_slice() else { panic!("{:?}", bench.requests) };
        assert_eq!(text, "wJalrXUtnFEMI/K7MDENG");
    }

    #[test]
    fn saving_makes_a_private_file_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ann.csv");
        let mut bench = Bench::with(|_| secret());
        bench.keys("ctrl-o ctrl-u").pastes(path.to_str().unwrap()).keys("enter");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "id,secret\n");
        bench.keys("ctrl-o ctrl-u").pastes(path.to_str().unwrap()).keys("enter");
        assert!(bench.screen().contains("File exists"), "{}", bench.screen());
    }
}
