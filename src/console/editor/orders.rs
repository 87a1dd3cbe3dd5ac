//! What the editor does to its statements, asked for in lists that lie over it: templates, managed policies, problems,
//! the builder. A list leaves its [`Order`] in the inbox, and the deed that opened it takes it up.

use std::cell::Cell;
use std::rc::Rc;

use super::buffer::Spot;
use super::builder::Builder;
use super::{Editor, surgery, template};
use crate::console::action::Deed;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::screen::listing::Reading;
use crate::console::widget::{Choice, Pick};
use crate::policy::catalog::managed;
use crate::policy::document::Document;

/// What a list over the editor asks of it.
#[derive(Debug)]
pub enum Order {
    /// Put these statements in.
    Insert(Vec<String>),
    /// Go there.
    Go(Spot),
    /// Put this text in place of the whole.
    Replace(String),
}

/// Where an order waits for the editor.
pub type Inbox = Rc<Cell<Option<Order>>>;

/// What is to be said of a text that is no JSON, or no policy.
const NO_PLACE: &str = "There is no list of statements yet: mend what is marked first.";

impl Editor {
    /// Does what is ordered, if anything is.
    pub(super) fn ordered(&mut self) -> bool {
        let Some(order) = self.inbox.take() else { return false };
        match order {
            Order::Go(spot) => self.buffer.go(spot),
            Order::Replace(text) => {
                self.buffer.replace(&text);
                self.changed();
                self.next_place(Spot::default());
            }
            Order::Insert(statements) => self.insert(&statements),
        }
        true
    }

    fn insert(&mut self, statements: &[String]) {
        let text = self.buffer.text();
        let byte = self.analysis.byte_of(&text, self.buffer.cursor());
        let Some((text, at)) = surgery::insert(&text, byte, statements) else { return };
        self.buffer.replace(&text);
        self.buffer.go(Spot::of(&text, at));
        self.changed();
        self.next_place(self.buffer.cursor());
    }

    /// Selects the next place to fill in from there on; there may be none.
    pub(super) fn next_place(&mut self, from: Spot) -> bool {
        self.has_places = self.buffer.select_place(from);
        self.has_places
    }

    /// The templates, to choose a statement from.
    pub(super) fn templates(&mut self, cx: &Context) -> Effect {
        if self.ordered() {
            return Effect::None;
        }
        if self.has_no_list() {
            return Effect::Say(NO_PLACE.to_owned());
        }
        let kind = self.draft.kind;
        let choices = template::of(kind).iter().map(|template| Choice::new(template.name, template.detail)).collect();
        let inbox = Rc::clone(&self.inbox);
        let then = move |name: String, _: &Context| {
            let found = template::of(kind).iter().find(|template| template.name == name);
            inbox.set(found.map(|template| Order::Insert(vec![template.statement.to_owned()])));
            Effect::Do(Deed::Insert)
        };
        Effect::open(Pick::new("Insert a statement", ready(choices), cx, then))
    }

    fn has_no_list(&self) -> bool {
        surgery::insert(&self.buffer.text(), 0, &[]).is_none()
    }

    /// The policies whose statements can be taken over.
    pub(super) fn import(&mut self, cx: &Context) -> Effect {
        if self.ordered() {
            return Effect::None;
        }
        if self.has_no_list() {
            return Effect::Say(NO_PLACE.to_owned());
        }
        let choice = |policy: &managed::ManagedPolicy| {
            let detail = if policy.is_job_function() { "job function" } else { "AWS managed" };
            Choice::new(policy.name, detail)
        };
        let inbox = Rc::clone(&self.inbox);
        let then = move |name: String, _: &Context| {
            let found = managed::all().iter().find(|policy| policy.name == name);
            inbox.set(found.map(|policy| Order::Insert(surgery::statements_of(policy.document()))));
            Effect::Do(Deed::ImportPolicy)
        };
        let choices = managed::all().iter().map(choice).collect();
        Effect::open(Pick::new("Add the statements of", ready(choices), cx, then))
    }

    /// The problems, to go to one.
    pub(super) fn problems(&mut self, cx: &Context) -> Effect {
        if self.ordered() {
            return Effect::None;
        }
        let findings = &self.analysis.findings;
        if findings.is_empty() {
            return Effect::Say("There is nothing wrong with it.".to_owned());
        }
        let spots: Vec<Spot> = findings.iter().map(|finding| finding.spot).collect();
        let choice = |(number, finding): (usize, &super::analysis::Finding)| {
            let place = format!("{}:{}", finding.spot.line + 1, finding.spot.column + 1);
            Choice::new(place, finding.says.clone()).known_as(number.to_string())
        };
        let choices = findings.iter().enumerate().map(choice).collect();
        let inbox = Rc::clone(&self.inbox);
        let then = move |number: String, _: &Context| {
            let spot = number.parse().ok().and_then(|number: usize| spots.get(number).copied());
            inbox.set(spot.map(Order::Go));
            Effect::Do(Deed::Problems)
        };
        Effect::open(Pick::new("Problems", ready(choices), cx, then))
    }

    /// The builder, on the statement at the cursor.
    pub(super) fn build(&mut self, cx: &Context) -> Effect {
        if self.ordered() {
            return Effect::None;
        }
        let text = self.buffer.text();
        let byte = self.analysis.byte_of(&text, self.buffer.cursor());
        let document = Document::parse(text.as_str());
        let at = surgery::statement_at(&document, byte).filter(|_| document.json.faults.is_empty());
        let Some(at) = at else {
            return Effect::Say("There is no statement to build: insert one first.".to_owned());
        };
        let crumbs = self.draft.crumbs.clone();
        let account = cx.standing.account_id.clone();
        Effect::open(Builder::new(text, at, crumbs, account, Rc::clone(&self.inbox)))
    }
}

fn ready(choices: Vec<Choice>) -> Reading<Vec<Choice>> {
    Box::pin(async { Ok(choices) })
}
