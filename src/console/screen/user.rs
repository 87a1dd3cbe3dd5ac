//! The page of a user.

use super::listing::Reading;
use super::other_credentials::{self, Known, Other};
use super::sheet::{Amendment, Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{credentials, entity, members, mfa, simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::{CredentialKind, Finding, KeyRow, Password, UserPage};

/// A user's page, and what the store does not hold of it.
#[derive(Clone, Debug)]
pub struct UserSheet {
    page: UserPage,
    /// The other credentials, as they were when last asked for.
    pub others: Known,
}

impl UserSheet {
    fn other(&self, id: &str) -> Option<&Other> {
        self.others.as_ref()?.as_ref().ok()?.iter().find(|one| one.id == id)
    }
}

/// A user, by name.
#[derive(Debug)]
pub struct User(pub String);

impl Subject for User {
    type Page = UserSheet;

    fn place(&self) -> Place {
        Place::Thing(Kind::User, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Users".to_owned(), self.0.clone()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<UserSheet>> {
        let (account, name) = (cx.account.clone(), self.0.clone());
        Box::pin(async move {
            let page = account.read(move |store, account| store.view(account).user(&name)).await?;
            Ok(page.map(|page| UserSheet { page, others: None }))
        })
    }

    fn amend(&self, cx: &Context) -> Option<Reading<Amendment<UserSheet>>> {
        Some(other_credentials::read(&self.0, cx))
    }

    fn sheet(&self, sheet: &UserSheet, look: &Look) -> Sheet {
        let page = &sheet.page;
        let tab = |title, count, sections| Tab { title, count, sections };
        let sentences: Vec<String> = page.row.findings.iter().map(Finding::sentence).collect();
        Sheet {
            tabs: vec![
                tab("Permissions", None, permissions(page)),
                tab("Groups", Some(page.groups.len()), vec![groups(page)]),
                tab("Credentials", Some(page.keys.len()), credentials_of(sheet, look)),
                tab("Tags", Some(page.head.tags.len()), vec![entity::tag_lines(&page.head.tags)]),
            ],
            facts: entity::facts(&page.head),
            finding: (!sentences.is_empty()).then(|| sentences.join(" · ")),
        }
    }

    fn offers(&self, UserSheet { page, .. }: &UserSheet, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = entity::offers(tab, part);
        match tab {
            "Groups" => {
                offers.push(Offer::new(Deed::Add, "add to groups"));
                if matches!(part, Part::Group(_)) {
                    offers.push(Offer::new(Deed::Remove, "remove from group"));
                }
            }
            "Credentials" => offers.extend(credential_offers(page, part)),
            _ => {}
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Edit) {
            offers.push(Offer::new(Deed::Edit, "rename"));
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Delete) {
            offers.push(Offer::new(Deed::Delete, "delete user"));
        }
        offers.push(Offer::new(Deed::Boundary, "boundary"));
        offers.push(Deed::Copy.into());
        offers.extend(simulator::offers(&[String::new()]));
        offers
    }

    fn act(&self, deed: Deed, sheet: &UserSheet, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        let one = [self.0.clone()];
        match (deed, tab, part) {
            (Deed::Add, "Groups", _) => members::add_to_groups(&one, cx),
            (Deed::Remove, _, Part::Group(group)) => members::remove(cx, &one, std::slice::from_ref(group)),
            (_, "Credentials", _) => self.act_on_credential(deed, sheet, part, cx),
            _ => entity::act(deed, Kind::User, &self.0, (tab, part), cx),
        }
    }
}

impl User {
    fn act_on_credential(&self, deed: Deed, sheet: &UserSheet, part: &Part, cx: &Context) -> Effect {
        let (user, page) = (&self.0, &sheet.page);
        let device = |serial: &String| page.mfa.iter().find(|device| device.serial == *serial);
        match (deed, part) {
            (Deed::Password, _) => credentials::password(user, matches!(page.row.password, Password::Set(_))),
            (Deed::New, Part::Mfa(_)) => mfa::assign(user),
            (Deed::New, Part::Credential(kind, _)) => other_credentials::create(user, *kind, cx),
            (Deed::New, _) => credentials::create_key(user, cx),
            (Deed::Toggle, Part::Key(id)) => credentials::toggle(std::slice::from_ref(id), cx),
            (Deed::Toggle, Part::Credential(_, Some(id))) => {
                sheet.other(id).map_or(Effect::None, |one| other_credentials::toggle(user, one, cx))
            }
            (Deed::Resync, Part::Mfa(Some(serial))) => mfa::resync(user, serial),
            (Deed::Reset, Part::Credential(CredentialKind::ServiceSpecific, Some(id))) => {
                other_credentials::reset(user, id, cx)
            }
            (Deed::Delete, Part::Key(id)) => credentials::delete_keys(std::slice::from_ref(id), cx),
            (Deed::Delete, Part::Password) => credentials::delete_password(user, cx),
            (Deed::Delete, Part::Mfa(Some(serial))) => {
                device(serial).map_or(Effect::None, |device| mfa::remove(user, device, cx))
            }
            (Deed::Delete, Part::Credential(kind, Some(id))) => other_credentials::delete(user, (*kind, id), cx),
            _ => entity::act(deed, Kind::User, user, ("Credentials", part), cx),
        }
    }
}

/// What can be done on the credentials tab; creating makes one more of what is selected.
fn credential_offers(page: &UserPage, part: &Part) -> Vec<Offer> {
    let has_password = matches!(page.row.password, Password::Set(_));
    let new = match part {
        Part::Mfa(_) => "assign MFA device",
        Part::Credential(kind, _) => other_credentials::making(*kind),
        _ => "create access key",
    };
    let mut offers = vec![Offer::new(Deed::New, new)];
    match part {
        Part::Key(_) => offers.extend([Deed::Toggle.into(), Offer::new(Deed::Delete, "delete key")]),
        Part::Password if has_password => offers.push(Offer::new(Deed::Delete, "delete password")),
        Part::Mfa(Some(_)) => offers.extend([Deed::Resync.into(), Offer::new(Deed::Delete, "delete device")]),
        Part::Credential(kind, Some(_)) => {
            offers.extend([Deed::Toggle.into(), Offer::new(Deed::Delete, "delete credential")]);
            if *kind == CredentialKind::ServiceSpecific {
                offers.push(Offer::new(Deed::Reset, "reset password"));
            }
        }
        _ => {}
    }
    let password = Offer::new(Deed::Password, if has_password { "change password" } else { "set password" });
    offers.insert(if matches!(part, Part::Password) { 0 } else { offers.len() }, password);
    offers
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

fn credentials_of(sheet: &UserSheet, look: &Look) -> Vec<Section> {
    let page = &sheet.page;
    let password = match page.row.password {
        Password::Unknown => Cell::unknown(&look.theme),
        Password::None => Cell::dim("no password, so no sign-in to the console"),
        Password::Set(at) => Cell::new(format!("set {} ({})", moment::date(at), moment::ago(look.now, at))),
    };
    let mut console = vec![Line::new([Cell::dim("Password"), password]).part(Part::Password)];
    if matches!(page.row.password, Password::Set(_)) {
        console
            .push(Line::new([Cell::dim("Last sign-in"), Cell::new(moment::last_date(look.now, page.password_used))]));
        let next = if page.password_reset { "must be changed at the next sign-in" } else { "no" };
        console.push(Line::new([Cell::dim("Must be changed"), Cell::new(next)]));
    }
    let mut keys: Vec<Line> = page.keys.iter().map(|key| key_line(key, look)).collect();
    if keys.is_empty() {
        keys.push(Line::new([Cell::dim("none")]));
    }
    let own = [Section::new("Console access", console), mfa::section(page, look), Section::new("Access keys", keys)];
    let others = other_credentials::SORTS.map(|kind| other_credentials::section(kind, &sheet.others, look));
    own.into_iter().chain(others).collect()
}

fn key_line(key: &KeyRow, look: &Look) -> Line {
    let age = format!("made {} ({})", moment::date(key.created), moment::ago(look.now, key.created));
    let age = if key.findings.is_empty() { Cell::new(age) } else { Cell::finding(age) };
    let status = if key.is_active { Cell::new("active") } else { Cell::dim("inactive") };
    let used = Cell::new(format!("last used {}", moment::last_date(look.now, key.used)));
    Line::new([Cell::new(key.id.clone()), status, age, used]).part(Part::Key(key.id.clone()))
}
