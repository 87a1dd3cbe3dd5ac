//! The page of a role.

use super::listing::Reading;
use super::sheet::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{documents, entity, simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::editor::draft::laid_out;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::{Finding, RolePage};

/// A role's page, and the documents of its policies by name.
#[derive(Clone, Debug)]
pub struct RoleSheet {
    page: RolePage,
    documents: Vec<(String, String)>,
}

/// A role, by name.
#[derive(Debug)]
pub struct Role(pub String);

impl Subject for Role {
    type Page = RoleSheet;

    fn place(&self) -> Place {
        Place::Thing(Kind::Role, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Roles".to_owned(), self.0.clone()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<RoleSheet>> {
        let (account, name) = (cx.account.clone(), self.0.clone());
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            let Some(page) = view.role(&name)? else { return Ok(None) };
            let inline = page.inline.iter().map(|one| (format!("{}, inline", one.name), one.document.clone()));
            let mut documents: Vec<(String, String)> = inline.collect();
            for link in &page.attached {
                let versions = view.policy(&link.arn)?.map(|page| page.versions).unwrap_or_default();
                let in_force = versions.into_iter().find(|version| version.is_default);
                documents.extend(in_force.map(|it| (format!("{}, {}", link.name, link.origin.word()), it.document)));
            }
            Ok(Some(RoleSheet { page, documents }))
        };
        Box::pin(async move { Ok(account.read(read).await?) })
    }

    fn sheet(&self, RoleSheet { page, documents }: &RoleSheet, look: &Look) -> Sheet {
        let document = |(title, text): &(String, String)| Section::document(title, laid_out(text));
        let documents: Vec<Section> = documents.iter().map(document).collect();
        let none = || vec![Section::new("", Vec::new())];
        let tab = |title, count, sections| Tab { title, count, sections };
        let permissions = vec![entity::directly(&page.attached, &page.inline), entity::boundary(&page.head)];
        let sentences: Vec<String> = page.row.findings.iter().map(Finding::sentence).collect();
        Sheet {
            tabs: vec![
                tab("Permissions", None, permissions),
                tab("Trust relationships", Some(page.row.trusted.len()), trust(page)),
                tab("Documents", Some(documents.len()), if documents.is_empty() { none() } else { documents }),
                tab("Use", None, vec![usage(page, look)]),
                tab("Tags", Some(page.head.tags.len()), vec![entity::tag_lines(&page.head.tags)]),
            ],
            facts: entity::facts(&page.head),
            finding: (!sentences.is_empty()).then(|| sentences.join(" · ")),
        }
    }

    fn offers(&self, _page: &RoleSheet, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = entity::offers(tab, part);
        offers.insert(usize::from(tab != "Trust relationships") * offers.len(), Offer::new(Deed::Trust, "edit trust"));
        if !offers.iter().any(|offer| offer.deed == Deed::Delete) {
            offers.push(Offer::new(Deed::Delete, "delete role"));
        }
        if tab == "Trust relationships" {
            offers.retain(|offer| offer.deed != Deed::Edit);
        }
        if !offers.iter().any(|offer| offer.deed == Deed::Edit) {
            offers.push(Deed::Edit.into());
        }
        offers.push(Offer::new(Deed::Boundary, "boundary"));
        offers.push(Deed::Copy.into());
        offers.extend(simulator::offers(&[String::new()]));
        offers
    }

    fn act(&self, deed: Deed, _page: &RoleSheet, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        match (deed, tab) {
            (Deed::Trust, _) | (Deed::Edit, "Trust relationships") => documents::edit_trust(&self.0, None, cx),
            _ => entity::act(deed, Kind::Role, &self.0, (tab, part), cx),
        }
    }
}

fn trust(page: &RolePage) -> Vec<Section> {
    let who = page.row.trusted.iter().map(|one| Line::new([Cell::new(one.to_string())]));
    vec![Section::new("Trusted entities", who.collect()), Section::document("Trust policy", laid_out(&page.trust))]
}

fn usage(page: &RolePage, look: &Look) -> Section {
    let used = match &page.used_region {
        Some(region) => format!("{} in {region}", moment::last_date(look.now, page.row.activity)),
        None => moment::last_date(look.now, page.row.activity),
    };
    let hours = format!("{} seconds", page.row.max_session_seconds);
    let description = page.head.description.clone().map_or(Cell::none(&look.theme), Cell::new);
    let mut lines = vec![
        Line::new([Cell::dim("Description"), description]),
        Line::new([Cell::dim("Last assumed"), Cell::new(used)]),
        Line::new([Cell::dim("Longest session"), Cell::new(hours)]),
        Line::new([Cell::dim("Path"), Cell::new(page.head.path.clone())]),
    ];
    if let Some(service) = &page.row.linked_to {
        lines.push(Line::new([Cell::dim("Linked to"), Cell::new(service.clone())]));
    }
    Section::new("", lines)
}
