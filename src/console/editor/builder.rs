//! The builder of a statement: service, access levels, actions, resources, conditions, chosen from lists. Each choice sets
//! one element of the statement in the text beside it, and leaves every other byte as it is.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use serde_json::{Value, json};

use super::orders::{Inbox, Order};
use super::surgery;
use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::paint::Pen;
use crate::console::screen::Screen;
use crate::console::screen::listing::Reading;
use crate::console::widget::{Choice, Cursor, Pick};
use crate::policy::catalog::{self, AccessLevel, Action, ConditionKey, ResourceType, ValueType};
use crate::policy::document::{Document, Effect as Says, Field, Items, Statement};

/// From this width on the text stands beside the form.
const WIDE_COLUMNS: u16 = 100;
/// Columns of the form where the text stands beside it.
const FORM_COLUMNS: u16 = 48;

/// The parts of a statement, in the order they are built.
const PARTS: [Part; 6] = [Part::Effect, Part::Service, Part::Levels, Part::Actions, Part::Resources, Part::Conditions];

/// A part of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Effect,
    Service,
    Levels,
    Actions,
    Resources,
    Conditions,
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Effect => "Effect",
            Self::Service => "Service",
            Self::Levels => "Access levels",
            Self::Actions => "Actions",
            Self::Resources => "Resources",
            Self::Conditions => "Conditions",
        }
    }
}

/// The statement being built, in its document. Lists that lie over the builder change it.
#[derive(Debug)]
struct Work {
    text: String,
    statement: usize,
    /// The prefix of the service that actions are chosen of.
    service: Option<&'static str>,
    account: String,
}

/// The builder on the screen.
pub struct Builder {
    work: Rc<RefCell<Work>>,
    opened: String,
    crumbs: Vec<String>,
    inbox: Inbox,
    cursor: Cursor,
}

impl Builder {
    /// Builds a statement of a text. What comes of it is left in the inbox.
    pub fn new(text: String, statement: usize, crumbs: Vec<String>, account: String, inbox: Inbox) -> Self {
        let opened = text.clone();
        let mut work = Work { text, statement, service: None, account };
        work.service =
            work.actions().iter().find_map(|name| catalog::service(name.split_once(':')?.0)).map(|s| s.prefix);
        Self { work: Rc::new(RefCell::new(work)), opened, crumbs, inbox, cursor: Cursor::default() }
    }

    fn part(&self) -> Part {
        PARTS.get(self.cursor.selected).copied().unwrap_or(Part::Effect)
    }

    /// A list over the builder; what is chosen is done to the statement.
    fn pick(
        &self,
        title: &'static str,
        choices: Vec<Choice>,
        cx: &Context,
        then: impl Fn(&mut Work, &[String]) + 'static,
    ) -> Effect {
        let work = Rc::clone(&self.work);
        let done = move |ids: Vec<String>, _: &Context| {
            then(&mut work.borrow_mut(), &ids);
            Effect::None
        };
        let choices: Reading<Vec<Choice>> = Box::pin(async { Ok(choices) });
        Effect::open(Pick::several(title, choices, cx, done))
    }

    fn change(&self, cx: &Context) -> Effect {
        let work = self.work.borrow();
        match self.part() {
            Part::Effect => {
                drop(work);
                self.work.borrow_mut().turn();
                Effect::None
            }
            Part::Service => self.pick("Service", services(), cx, Work::choose_service),
            _ if work.service.is_none() => Effect::Say("Choose a service first.".to_owned()),
            Part::Levels => self.pick("Add all actions of", work.levels(), cx, Work::add_levels),
            Part::Actions => {
                self.pick("Add actions", work.missing_actions(), cx, |work, names| work.add("Action", names))
            }
            Part::Resources => {
                self.pick("Add resources", work.resource_choices(), cx, |work, names| work.add("Resource", names))
            }
            Part::Conditions => self.pick("Add conditions on", work.key_choices(), cx, Work::add_conditions),
        }
    }

    fn remove(&self, cx: &Context) -> Effect {
        let work = self.work.borrow();
        let listed = |names: Vec<String>| names.into_iter().map(|name| Choice::new(name, "")).collect::<Vec<_>>();
        match self.part() {
            Part::Actions | Part::Levels => {
                self.pick("Remove actions", listed(work.actions()), cx, |work, names| work.remove("Action", names))
            }
            Part::Resources => self
                .pick("Remove resources", listed(work.resources()), cx, |work, names| work.remove("Resource", names)),
            Part::Conditions => self.pick("Remove conditions on", listed(work.keys()), cx, Work::remove_keys),
            Part::Effect | Part::Service => Effect::Say("There is nothing to remove here.".to_owned()),
        }
    }
}

fn services() -> Vec<Choice> {
    let current = catalog::services().iter().filter(|service| service.retired.is_none());
    current.map(|service| Choice::new(service.prefix, service.name)).collect()
}

impl Work {
    fn read<T>(&self, of: impl Fn(&Statement) -> T) -> Option<T> {
        Document::parse(self.text.as_str()).statements().get(self.statement).map(of)
    }

    fn texts(&self, field: impl Fn(&Statement) -> Option<&Field<Items>>) -> Vec<String> {
        let read = |statement: &Statement| {
            field(statement).map(|field| field.value.texts().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default()
        };
        self.read(read).unwrap_or_default()
    }

    fn actions(&self) -> Vec<String> {
        self.texts(|statement| statement.action.as_ref())
    }

    fn resources(&self) -> Vec<String> {
        self.texts(|statement| statement.resource.as_ref())
    }

    /// The keys of its conditions, with their operators: `StringEquals aws:username`.
    fn keys(&self) -> Vec<String> {
        let read = |statement: &Statement| {
            let of = |block: &crate::policy::document::ConditionBlock| {
                block.keys.iter().map(|key| format!("{} {}", block.operator.text, key.key.text)).collect::<Vec<_>>()
            };
            statement.conditions().iter().flat_map(of).collect::<Vec<_>>()
        };
        self.read(read).unwrap_or_default()
    }

    fn set(&mut self, element: &str, value: &Value) {
        if let Some((text, _)) = surgery::set(&self.text, self.statement, element, value) {
            self.text = text;
        }
    }

    fn turn(&mut self) {
        let denies = self.read(Statement::effect).flatten() == Some(Says::Deny);
        self.set("Effect", &json!(if denies { "Allow" } else { "Deny" }));
    }

    fn choose_service(&mut self, names: &[String]) {
        self.service = names.first().and_then(|name| catalog::service(name)).map(|service| service.prefix);
    }

    fn of_service(&self) -> &'static [Action] {
        self.service.and_then(catalog::service).map_or(&[], |service| service.actions())
    }

    fn current(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.of_service().iter().filter(|action| action.retired.is_none())
    }

    fn levels(&self) -> Vec<Choice> {
        let count = |level| self.current().filter(|action| action.level == level).count();
        let choice = |level: AccessLevel| Choice::new(level.as_str(), format!("{} actions", count(level)));
        AccessLevel::ALL.into_iter().filter(|level| count(*level) > 0).map(choice).collect()
    }

    fn add_levels(&mut self, levels: &[String]) {
        let chosen = self.current().filter(|action| levels.iter().any(|level| level == action.level.as_str()));
        let names: Vec<String> = chosen.map(Action::full_name).collect();
        self.add("Action", &names);
    }

    fn missing_actions(&self) -> Vec<Choice> {
        let have = self.actions();
        let missing = self.current().filter(|action| !have.contains(&action.full_name()));
        missing.map(|action| Choice::new(action.full_name(), action.level.as_str())).collect()
    }

    /// Adds to a list, behind what is there; what only holds a place goes, and the `*` of resources.
    fn add(&mut self, element: &str, names: &[String]) {
        let mut all = if element == "Action" { self.actions() } else { self.resources() };
        all.retain(|name| !(name.contains('<') || (element == "Resource" && name == "*")));
        for name in names {
            if !all.contains(name) {
                all.push(name.clone());
            }
        }
        self.set(element, &json!(all));
    }

    fn remove(&mut self, element: &str, names: &[String]) {
        let mut all = if element == "Action" { self.actions() } else { self.resources() };
        all.retain(|name| !names.contains(name));
        self.set(element, &json!(all));
    }

    /// The current actions that the statement's names and patterns stand for.
    fn named(&self) -> Vec<&'static Action> {
        self.actions().iter().flat_map(|name| catalog::expand(name)).collect()
    }

    fn resource_choices(&self) -> Vec<Choice> {
        let filled = |resource: &ResourceType| {
            let known = resource.arn.replace("${Partition}", "aws").replace("${Account}", &self.account);
            known.replace("${Region}", "*").replace("${", "<").replace('}', ">")
        };
        let mut choices = vec![Choice::new("*", "every resource")];
        for (resource, _) in self.named().into_iter().flat_map(Action::resource_types) {
            let arn = filled(resource);
            if !choices.iter().any(|choice| choice.text == arn) {
                choices.push(Choice::new(arn, resource.name));
            }
        }
        choices
    }

    fn key_choices(&self) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let own = self.named().into_iter().flat_map(Action::condition_keys);
        for key in own.chain(catalog::global_keys()) {
            if !choices.iter().any(|choice| choice.text == key.name) {
                choices.push(Choice::new(key.name, key.value_type.as_str()));
            }
        }
        choices
    }

    /// Adds conditions on keys, each with the operator of its type and a value to fill in.
    fn add_conditions(&mut self, names: &[String]) {
        let mut condition = self.condition();
        for name in names {
            let key = catalog::condition_key(&name.replace("${", "").replace('}', ""));
            let operator = key.map_or_else(|| "StringEquals".to_owned(), operator);
            let name = name.replace("${", "<").replace('}', ">");
            if let Some(blocks) = condition.as_object_mut()
                && let Some(block) = blocks.entry(operator).or_insert_with(|| json!({})).as_object_mut()
            {
                block.entry(name).or_insert_with(|| json!("<value>"));
            }
        }
        self.set("Condition", &condition);
    }

    /// The condition as it is written.
    fn condition(&self) -> Value {
        let written = self.read(|statement| statement.condition.as_ref().map(|field| field.span)).flatten();
        let text = written.and_then(|span| self.text.get(span.range()));
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| json!({}))
    }

    fn remove_keys(&mut self, keys: &[String]) {
        let mut condition = self.condition();
        if let Some(blocks) = condition.as_object_mut() {
            for (operator, key) in keys.iter().filter_map(|key| key.split_once(' ')) {
                if let Some(block) = blocks.get_mut(operator).and_then(Value::as_object_mut) {
                    block.remove(key);
                }
            }
            blocks.retain(|_, block| block.as_object().is_none_or(|block| !block.is_empty()));
        }
        self.set("Condition", &condition);
    }

    /// What the statement has of a part, in a line.
    fn tells(&self, part: Part) -> String {
        let few = |names: Vec<String>| match names.as_slice() {
            [] => "none".to_owned(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        };
        match part {
            Part::Effect if self.read(Statement::effect).flatten() == Some(Says::Deny) => "Deny".to_owned(),
            Part::Effect => "Allow".to_owned(),
            Part::Service => self.service.map_or("choose one", |prefix| prefix).to_owned(),
            Part::Levels => {
                let mut levels: Vec<AccessLevel> = self.named().iter().map(|action| action.level).collect();
                levels.sort_unstable();
                levels.dedup();
                if levels.is_empty() {
                    "none".to_owned()
                } else {
                    levels.into_iter().map(AccessLevel::as_str).collect::<Vec<_>>().join(", ")
                }
            }
            Part::Actions => few(self.actions()),
            Part::Resources => few(self.resources()),
            Part::Conditions => few(self.keys()),
        }
    }

    /// The lines of the statement.
    fn lines(&self) -> Vec<String> {
        let span = self.read(|statement| statement.span);
        let text = span.and_then(|span| self.text.get(span.range())).unwrap_or_default();
        super::draft::formatted(text).unwrap_or_else(|| text.to_owned()).lines().map(str::to_owned).collect()
    }
}

/// The operator that a key is most often compared with.
fn operator(key: &ConditionKey) -> String {
    let plain = match key.value_type {
        ValueType::String => "StringEquals",
        ValueType::Arn => "ArnLike",
        ValueType::Bool => "Bool",
        ValueType::Numeric => "NumericLessThanEquals",
        ValueType::Date => "DateLessThan",
        ValueType::IpAddress => "IpAddress",
        ValueType::Binary => "BinaryEquals",
    };
    if key.multivalued { format!("ForAnyValue:{plain}") } else { plain.to_owned() }
}

impl Screen for Builder {
    fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.crumbs.clone();
        crumbs.push(format!("statement {}", self.work.borrow().statement + 1));
        crumbs
    }

    fn offers(&self, _cx: &Context) -> Vec<Offer> {
        vec![
            Offer::new(Deed::Choose, "choose"),
            Offer::new(Deed::Remove, "remove"),
            Offer::new(Deed::Submit, "put into the text"),
            Offer::new(Deed::Keep, "leave"),
            Deed::Down.into(),
            Deed::Up.into(),
        ]
    }

    fn update(&mut self, deed: Deed, cx: &Context) -> Effect {
        if self.cursor.go(deed, PARTS.len(), PARTS.len()) {
            return Effect::None;
        }
        match deed {
            Deed::Choose => self.change(cx),
            Deed::Remove => self.remove(cx),
            Deed::Submit => {
                self.inbox.set(Some(Order::Replace(self.work.borrow().text.clone())));
                Effect::Do(Deed::Build).after_back()
            }
            Deed::Keep => Effect::Back,
            _ => Effect::None,
        }
    }

    fn loses(&self) -> Option<String> {
        (self.work.borrow().text != self.opened).then(|| "the statement being built".to_owned())
    }

    fn view(&self, frame: &mut Frame, area: Rect, cx: &Context) {
        let theme = &cx.theme;
        let work = self.work.borrow();
        let wide = area.width >= WIDE_COLUMNS;
        let form = if wide { Rect { width: FORM_COLUMNS, ..area } } else { area };
        for (index, (part, row)) in PARTS.into_iter().zip(1..form.height).enumerate() {
            let mut pen = Pen::new(frame.buffer_mut(), theme, form, row);
            let is_selected = index == self.cursor.selected;
            pen.column(if is_selected { theme.glyph.bar } else { "" }, 3, theme.accent);
            pen.column(part.title(), 14, if is_selected { theme.strong } else { theme.dim });
            pen.skip(1);
            pen.put(&work.tells(part), if is_selected { theme.strong } else { theme.text });
        }
        let top = u16::try_from(PARTS.len()).unwrap_or(0) + 2;
        let text = if wide {
            Rect { x: area.x + FORM_COLUMNS + 2, width: area.width.saturating_sub(FORM_COLUMNS + 2), ..area }
        } else {
            Rect {
                x: area.x + 3,
                y: area.y + top.min(area.height),
                height: area.height.saturating_sub(top),
                width: area.width.saturating_sub(3),
            }
        };
        for (line, row) in work.lines().iter().zip(u16::from(wide)..text.height) {
            Pen::new(frame.buffer_mut(), theme, text, row).put(line, theme.text);
        }
    }
}
