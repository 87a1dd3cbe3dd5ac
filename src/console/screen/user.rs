//! The page of a user.

use super::browse::Reading;
use super::detail::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{credentials, entity, members, users};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::{Cell, Tone};
use crate::store::view::{Finding, KeyRow, Password, UserPage};

/// A user, by name.
#[derive(Debug)]
pub struct User(pub String);

impl Subject for User {
    type Page = UserPage;

    fn place(&self) -> Place {
        Place::Thing(Kind::User, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Users".to_owned(), self.0.clone()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<UserPage>> {
        let (account, name) = (cx.account.clone(), self.0.clone());
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).user(&name)).await?) })
    }

    fn sheet(&self, page: &UserPage, look: &Look) -> Sheet {
        let tab = |title, count, sections| Tab { title, count, sections };
        let sentences: Vec<String> = page.row.findings.iter().map(Finding::sentence).collect();
        Sheet {
            tabs: vec![
                tab("Permissions", None, permissions(page)),
                tab("Groups", Some(page.groups.len()), vec![groups(page)]),
                tab("Credentials", Some(page.keys.len()), credentials_of(page, look)),
                tab("Tags", Some(page.head.tags.len()), vec![entity::tag_lines(&page.head.tags)]),
            ],
            facts: entity::facts(&page.head),
            finding: (!sentences.is_empty()).then(|| sentences.join(" · ")),
        }
    }

    fn offers(&self, page: &UserPage, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = entity::offers(tab, part);
        match tab {
            "Groups" => {
                offers.push(Offer::new(Deed::Add, "add to groups"));
                if matches!(part, Part::Group(_)) {
                    offers.push(Offer::new(Deed::Remove, "remove from group"));
                }
            }
            "Credentials" => {
                offers.push(Offer::new(Deed::New, "create access key"));
                let has_one = matches!(page.row.password, Password::Set(_));
                offers.push(Offer::new(Deed::Password, if has_one { "change password" } else { "set password" }));
                match part {
                    Part::Key(_) => {
                        offers.push(Deed::Toggle.into());
                        offers.push(Offer::new(Deed::Delete, "delete key"));
                    }
                    Part::Password if has_one => offers.push(Offer::new(Deed::Delete, "delete password")),
                    _ => {}
                }
            }
            _ => {}
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Delete) {
            offers.push(Offer::new(Deed::Delete, "delete user"));
        }
        offers.push(Offer::new(Deed::Boundary, "boundary"));
        offers.push(Deed::Copy.into());
        offers
    }

    fn act(&self, deed: Deed, page: &UserPage, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        let one = [self.0.clone()];
        match (deed, tab, part) {
            (Deed::Add, "Groups", _) => members::add_to_groups(&one, cx),
            (Deed::Remove, _, Part::Group(group)) => members::remove(cx, &one, std::slice::from_ref(group)),
            (Deed::New, "Credentials", _) => credentials::create_key(&self.0, cx),
            (Deed::Password, ..) => credentials::password(&self.0, matches!(page.row.password, Password::Set(_))),
            (Deed::Toggle, _, Part::Key(id)) => credentials::toggle(std::slice::from_ref(id), cx),
            (Deed::Delete, _, Part::Key(id)) => credentials::delete_keys(std::slice::from_ref(id), cx),
            (Deed::Delete, _, Part::Password) => credentials::delete_password(&self.0, cx),
            _ => entity::act(deed, Kind::User, &self.0, (tab, part), cx),
        }
    }
}

/// What the user may do, by where it comes from: itself first, then each group, then the boundary.
fn permissions(page: &UserPage) -> Vec<Section> {
    let mut sections = vec![entity::directly(&page.attached, &page.inline)];
    for through in &page.groups {
        let group = Place::Thing(Kind::Group, through.group.name.clone());
        // What comes through a group is changed there, not here.
        let lead = |line: Line| Line { part: Part::Whole, place: line.place.or(Some(group.clone())), ..line };
        let attached = through.attached.iter().map(entity::attached).map(lead);
        let inline = through.inline.iter().map(entity::inline).map(lead);
        sections.push(Section::new(format!("Through {}", through.group.name), attached.chain(inline).collect()));
    }
    sections.push(entity::boundary(&page.head));
    sections
}

fn groups(page: &UserPage) -> Section {
    let line = |through: &crate::store::view::Through| {
        let group = &through.group;
        let count = through.attached.len() + through.inline.len();
        let policies = format!("{count} {}", if count == 1 { "policy" } else { "policies" });
        let line = Line::new([
            Cell::new(group.name.clone()),
            Cell::dim(policies),
            Cell::dim(format!("{} users", group.users)),
        ]);
        line.to(Place::Thing(Kind::Group, group.name.clone())).part(Part::Group(group.name.clone()))
    };
    Section::new("", page.groups.iter().map(line).collect())
}

fn credentials_of(page: &UserPage, look: &Look) -> Vec<Section> {
    let password = match page.row.password {
        Password::Unknown => Cell::unknown(&look.theme),
        Password::None => Cell::dim("no password, so no sign-in to the console"),
        Password::Set(at) => Cell::new(format!("set {} ({})", moment::date(at), moment::ago(look.now, at))),
    };
    let mut mfa = users::mfa(page.row.mfa, look);
    if page.row.findings.contains(&Finding::NoMfa) {
        mfa.tone = Tone::Finding;
    }
    let mut console = vec![Line::new([Cell::dim("Password"), password]).part(Part::Password)];
    if matches!(page.row.password, Password::Set(_)) {
        console
            .push(Line::new([Cell::dim("Last sign-in"), Cell::new(moment::last_date(look.now, page.password_used))]));
        let next = if page.password_reset { "must be changed at the next sign-in" } else { "no" };
        console.push(Line::new([Cell::dim("Must be changed"), Cell::new(next)]));
    }
    console.push(Line::new([Cell::dim("MFA device"), mfa]));
    let keys = page.keys.iter().map(|key| key_line(key, look)).collect();
    vec![Section::new("Console access", console), Section::new("Access keys", keys)]
}

fn key_line(key: &KeyRow, look: &Look) -> Line {
    let age = format!("made {} ({})", moment::date(key.created), moment::ago(look.now, key.created));
    let age = if key.findings.is_empty() { Cell::new(age) } else { Cell::finding(age) };
    let status = if key.is_active { Cell::new("active") } else { Cell::dim("inactive") };
    let used = Cell::new(format!("last used {}", moment::last_date(look.now, key.used)));
    Line::new([Cell::new(key.id.clone()), status, age, used]).part(Part::Key(key.id.clone()))
}
