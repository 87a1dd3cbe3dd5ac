//! The page of a user group.

use super::listing::Reading;
use super::sheet::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{entity, members, simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::GroupPage;

/// A user group, by name.
#[derive(Debug)]
pub struct Group(pub String);

impl Subject for Group {
    type Page = GroupPage;

    fn place(&self) -> Place {
        Place::Thing(Kind::Group, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Groups".to_owned(), self.0.clone()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<GroupPage>> {
        let (account, name) = (cx.account.clone(), self.0.clone());
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).group(&name)).await?) })
    }

    fn sheet(&self, page: &GroupPage, _look: &Look) -> Sheet {
        let user = |name: &String| {
            let line = Line::new([Cell::new(name.clone())]);
            line.to(Place::Thing(Kind::User, name.clone())).part(Part::Member(name.clone()))
        };
        let policies = page.attached.len() + page.inline.len();
        let permissions = entity::directly(&page.attached, &page.inline);
        Sheet {
            tabs: vec![
                Tab {
                    title: "Users",
                    count: Some(page.row.users),
                    sections: vec![Section::new("", page.users.iter().map(user).collect())],
                },
                Tab {
                    title: "Permissions",
                    count: Some(policies),
                    sections: vec![Section { title: String::new(), ..permissions }],
                },
            ],
            facts: entity::facts(&page.head),
            finding: None,
        }
    }

    fn offers(&self, _page: &GroupPage, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = entity::offers(tab, part);
        if tab == "Users" {
            offers.push(Offer::new(Deed::Add, "add users"));
            if matches!(part, Part::Member(_)) {
                offers.push(Offer::new(Deed::Remove, "remove from group"));
            }
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Edit) {
            offers.push(Offer::new(Deed::Edit, "rename"));
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Delete) {
            offers.push(Offer::new(Deed::Delete, "delete group"));
        }
        offers.push(Deed::Copy.into());
        offers.extend(simulator::offers(&[String::new()]));
        offers
    }

    fn act(&self, deed: Deed, _page: &GroupPage, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        let one = [self.0.clone()];
        match (deed, tab, part) {
            (Deed::Add, "Users", _) => members::add_users(&one, cx),
            (Deed::Remove, _, Part::Member(user)) => members::remove(cx, std::slice::from_ref(user), &one),
            _ => entity::act(deed, Kind::Group, &self.0, (tab, part), cx),
        }
    }
}
