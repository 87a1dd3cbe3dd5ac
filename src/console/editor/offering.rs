//! Completion in the editor: the list of what may be typed at the cursor, and the account's names that it is filled with.

use super::Editor;
use super::popup::{Chosen, Popup};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::key::Key;
use crate::console::screen::listing::Reading;
use crate::console::task::Fetch;
use crate::console::widget::CHOICES_MAX;
use crate::policy::completion::{AccountNames, Candidate, complete};
use crate::store;
use crate::store::view::{List, Pane, View, Whose};

/// The list, if it is open, and what is known for it.
#[derive(Debug, Default)]
pub struct Offering {
    pub(super) popup: Option<Popup>,
    /// Whether what the cursor stands on was completed, by a key or while typing. Names that arrive then are taken up.
    wanted: Option<bool>,
    names: Fetch<Names>,
}

/// The account's names that hold a text.
#[derive(Debug)]
struct Names {
    holding: String,
    known: AccountNames,
    /// Whether there are more of a kind than were read.
    is_cut: bool,
}

impl Offering {
    /// Takes the list away.
    pub fn close(&mut self) {
        (self.popup, self.wanted) = (None, None);
    }

    /// Begins to read the account's names: all of them once, and of too many those that hold what is typed.
    fn read(&mut self, typed: &str, cx: &Context) {
        let word = typed.rsplit([':', '/', '*']).next().unwrap_or_default();
        let holding = match self.names.value() {
            None if self.names.failure().is_none() => "",
            Some(known) if known.is_cut || !word.contains(&known.holding) => word,
            _ => return,
        };
        let is_known = self.names.value().is_some_and(|known| known.holding == holding);
        if !is_known && !self.names.is_loading() {
            self.names.start(&cx.tasks, names(cx, holding.to_owned()));
        }
    }
}

impl Editor {
    /// Offers what may be typed at the cursor; while typing only inside a string.
    pub(super) fn complete(&mut self, is_asked: bool, cx: &Context) {
        let text = self.buffer.text();
        let byte = self.analysis.byte_of(&text, self.buffer.cursor());
        let none = AccountNames { account: Some(cx.standing.account_id.clone()), ..AccountNames::default() };
        let names = self.offering.names.value().map_or(&none, |names| &names.known);
        let completion = complete(&text, byte, self.draft.kind, names);
        self.offering.read(text.get(completion.range.start..byte).unwrap_or_default(), cx);
        self.offering.wanted = Some(is_asked);
        // What is typed out needs no list, and Enter is then a new line again.
        let is_wanted = is_asked || (completion.is_begun && !completion.is_done);
        self.offering.popup = if is_wanted { Popup::of(completion) } else { None };
    }

    /// Offers it because it was asked for, and says so where there is nothing.
    pub(super) fn complete_here(&mut self, cx: &Context) -> Effect {
        self.complete(true, cx);
        match self.offering.popup {
            None if !self.offering.names.is_loading() => Effect::Say("There is nothing to offer here.".to_owned()),
            _ => Effect::None,
        }
    }

    /// Takes in names that were read, also into a list that is open.
    pub(super) fn receive_names(&mut self, cx: &Context) {
        if self.offering.names.take_in()
            && let Some(is_asked) = self.offering.wanted
        {
            self.complete(is_asked, cx);
        }
    }

    /// A key for the list of candidates; `None` leaves it to the text.
    pub(super) fn typed_popup(&mut self, key: Key, cx: &Context) -> Option<Effect> {
        self.offering.wanted = None;
        let mut popup = self.offering.popup.take()?;
        match popup.key(key) {
            Chosen::Moved => self.offering.popup = Some(popup),
            Chosen::Take(candidate) => self.take(&popup, &candidate, cx),
            Chosen::Close => {}
            Chosen::Text => return None,
        }
        Some(Effect::None)
    }

    /// Puts a candidate in. Where it is only a beginning, or its value is due, what may follow is offered.
    fn take(&mut self, popup: &Popup, candidate: &Candidate, cx: &Context) {
        let text = self.buffer.text();
        let range = popup.range();
        let characters = text.get(range.clone()).unwrap_or("").chars().count();
        let Candidate { insert, rest, .. } = candidate;
        self.buffer.put(self.analysis.spot_of(&text, range.start), characters, insert, rest);
        self.changed();
        if !rest.is_empty() {
            self.complete(false, cx);
        }
    }
}

/// The account's names that hold a text.
fn names(cx: &Context, holding: String) -> Reading<Names> {
    let account_id = cx.standing.account_id.clone();
    let account = cx.account.clone();
    Box::pin(async move {
        let read = account.read(move |store, account| {
            let view = store.view(account);
            let arns = |pane| arns(&view, pane, &holding);
            // What stands in an ARN behind the kind is the path and the name.
            let path = |arn: &String| arn.split_once('/').map_or(arn.as_str(), |(_, path)| path).to_owned();
            let paths = |pane| Ok::<_, store::Error>(arns(pane)?.iter().map(path).collect());
            let known = AccountNames {
                account: Some(account_id),
                users: paths(Pane::Users)?,
                groups: paths(Pane::Groups)?,
                roles: paths(Pane::Roles)?,
                policies: paths(Pane::Policies(Whose::Customer))?,
                providers: arns(Pane::Providers)?,
                buckets: Vec::new(),
            };
            let all = [&known.users, &known.groups, &known.roles, &known.policies];
            let is_cut = all.into_iter().any(|names| names.len() >= CHOICES_MAX);
            Ok(Names { holding, known, is_cut })
        });
        Ok(read.await?)
    })
}

/// The ARNs of a pane whose names hold a text.
fn arns(view: &View<'_>, pane: Pane, holding: &str) -> store::Result<Vec<String>> {
    let list = List { filter: holding.to_owned(), ..List::of(pane, CHOICES_MAX) };
    Ok(view.list(&list)?.rows.iter().map(|row| row.id().to_owned()).collect())
}
