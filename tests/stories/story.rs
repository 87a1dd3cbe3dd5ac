//! A story: `aws iam` lines, and below each what AWS answers.
//!
//! ```text
//! # Somebody arrives.
//! made = create-user --user-name ann
//!   User.Path = "/"
//! get-user --user-name bob
//!   ! NoSuchEntity The user with name bob cannot be found.
//! delete-user --user-name {made.User.UserName}
//! ```
//!
//! An indented line states one member of the answer, `-` that it is absent, or after `!` the error. A step without such a
//! line has to succeed. `{name.Path}` stands for something an earlier answer held.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tiam::api::{Call, Service, cli};

use crate::common::local::Outcome;

pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
}

pub(crate) struct Step {
    /// The line of the file, from 1.
    pub(crate) line: usize,
    label: Option<String>,
    words: Vec<String>,
    expected: Vec<Expected>,
}

enum Expected {
    Member(String, Value),
    Absent(String),
    Error(String, String),
}

impl Story {
    pub(crate) fn read(path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut steps: Vec<Step> = Vec::new();
        for (number, line) in std::fs::read_to_string(path).unwrap().lines().enumerate() {
            match line {
                _ if line.trim().is_empty() || line.starts_with('#') => {}
                _ if line.starts_with(' ') => steps.last_mut().unwrap().expected.push(expected(line.trim())),
                _ => steps.push(step(number + 1, line)),
            }
        }
        Self { name, steps }
    }
}

fn step(line: usize, text: &str) -> Step {
    let (label, text) = match text.split_once(" = ") {
        Some((label, text)) if !label.contains(' ') => (Some(label.to_owned()), text),
        _ => (None, text),
    };
    Step { line, label, words: words(text), expected: Vec::new() }
}

/// The words of a line, with nothing but single quotes to hold one together.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (index, part) in text.split('\'').enumerate() {
        if index % 2 == 1 {
            words.last_mut().unwrap().push_str(part);
            continue;
        }
        for (index, word) in part.split(' ').enumerate() {
            if index > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(word);
        }
    }
    words
}

fn expected(text: &str) -> Expected {
    if let Some(error) = text.strip_prefix("! ") {
        let (code, message) = error.split_once(' ').unwrap_or((error, ""));
        return Expected::Error(code.to_owned(), message.to_owned());
    }
    if let Some(path) = text.strip_prefix("- ") {
        return Expected::Absent(path.to_owned());
    }
    let (path, value) = text.split_once(" = ").unwrap_or_else(|| panic!("{text} states nothing"));
    Expected::Member(path.to_owned(), serde_json::from_str(value).unwrap_or_else(|e| panic!("{text}: {e}")))
}

/// What labelled steps answered.
#[derive(Default)]
pub(crate) struct Told(BTreeMap<String, Value>);

impl Told {
    pub(crate) fn remember(&mut self, step: &Step, outcome: &Outcome) {
        if let (Some(label), Ok(output)) = (&step.label, outcome) {
            self.0.insert(label.clone(), Value::Object(output.clone()));
        }
    }

    fn fill(&self, word: &str) -> String {
        let Some((before, rest)) = word.split_once('{') else { return word.to_owned() };
        let filled = rest.split_once('}').and_then(|(path, after)| {
            let (label, path) = path.split_once('.')?;
            Some(format!("{before}{}{after}", at(self.0.get(label)?, path)?.as_str()?))
        });
        filled.unwrap_or_else(|| word.to_owned())
    }
}

impl Step {
    pub(crate) fn operation(&self) -> &'static str {
        self.model().name
    }

    fn model(&self) -> &'static tiam::api::Model {
        cli::operation(Service::Iam, &self.words[0]).unwrap_or_else(|fault| panic!("line {}: {fault}", self.line))
    }

    pub(crate) fn call(&self, told: &Told) -> Call {
        let words: Vec<_> = self.words[1..].iter().map(|word| told.fill(word)).collect();
        let read = |path: &str| std::fs::read(path);
        cli::parse(self.model(), &words, &read).unwrap_or_else(|fault| panic!("line {}: {fault}", self.line)).call
    }

    /// What the outcome is not.
    pub(crate) fn complaints(&self, outcome: &Outcome) -> impl Iterator<Item = String> {
        let operation = self.operation();
        let fails = self.expected.iter().any(|e| matches!(e, Expected::Error(..)));
        let mut found = Vec::new();
        match outcome {
            Err(error) if !fails => found.push(format!("{operation} failed: {error}")),
            Ok(_) if fails => found.push(format!("{operation} should have failed")),
            _ => {}
        }
        for expected in &self.expected {
            let complaint = match (expected, outcome) {
                (Expected::Error(code, message), Err(error)) => {
                    (error.code != *code || error.message != *message).then(|| format!("{operation} says {error}"))
                }
                (Expected::Member(path, value), Ok(output)) => {
                    let output = Value::Object(output.clone());
                    let is = at(&output, path).cloned().unwrap_or_default();
                    (is != *value).then(|| format!("{operation} has {path} = {is}"))
                }
                (Expected::Absent(path), Ok(output)) => {
                    let output = Value::Object(output.clone());
                    at(&output, path).map(|is| format!("{operation} has {path} = {is}"))
                }
                _ => None,
            };
            found.extend(complaint);
        }
        found.into_iter()
    }
}

/// The member at `A.b.0.c`; `A.#` is the length of a list.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, part| match part.parse::<usize>() {
        Ok(index) => value.get(index),
        Err(_) => value.get(part),
    })
}
