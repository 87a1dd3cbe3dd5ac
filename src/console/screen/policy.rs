//! The page of a managed policy.

use serde_json::json;

use super::listing::Reading;
use super::sheet::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{delete, documents, entity, policies_of, simulator};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::editor::draft::laid_out;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::iam;
use crate::store::view::{Origin, PolicyPage, Version};

/// A managed policy, by its ARN.
#[derive(Debug)]
pub struct Policy(pub String);

impl Policy {
    fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl Subject for Policy {
    type Page = PolicyPage;

    fn place(&self) -> Place {
        Place::Thing(Kind::Policy, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Policies".to_owned(), self.name().to_owned()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<PolicyPage>> {
        let (account, arn) = (cx.account.clone(), self.0.clone());
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).policy(&arn)).await?) })
    }

    fn sheet(&self, page: &PolicyPage, look: &Look) -> Sheet {
        let tab = |title, count, sections| Tab { title, count, sections };
        let in_force = page.versions.iter().find(|version| version.is_default);
        let document = in_force.map(|version| laid_out(&version.document)).unwrap_or_default();
        let title = in_force.map_or(String::new(), |version| format!("{}, {}", version.id, page.row.origin.word()));
        let versions = page.versions.iter().map(|version| version_line(version, look)).collect();
        Sheet {
            tabs: vec![
                tab("Permissions", None, vec![Section::document(title, document)]),
                tab("Entities attached", Some(page.row.attachments), holders(page)),
                tab("Versions", Some(page.versions.len()), vec![Section::new("", versions)]),
                tab("Tags", Some(page.head.tags.len()), vec![entity::tag_lines(&page.head.tags)]),
            ],
            facts: entity::facts(&page.head),
            finding: None,
        }
    }

    fn offers(&self, page: &PolicyPage, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = Vec::new();
        let is_ours = page.row.origin == Origin::Customer;
        match part {
            Part::Holder(..) => offers.push(Offer::new(Deed::Remove, "detach")),
            Part::Version(_, false) => {
                offers.push(Offer::new(Deed::MakeDefault, "make default"));
                offers.push(Offer::new(Deed::Delete, "delete version"));
            }
            _ => {}
        }
        if is_ours && tab != "Tags" {
            offers.push(Deed::Edit.into());
        }
        offers.push(Offer::new(Deed::Add, "attach to"));
        if is_ours {
            let tags = entity::offers(tab, part).into_iter().filter(|_| tab == "Tags");
            offers.extend(tags);
            if !offers.iter().any(|offer| offer.deed == Deed::Delete) {
                offers.push(Offer::new(Deed::Delete, "delete policy"));
            }
        }
        offers.push(Deed::Copy.into());
        offers.extend(simulator::offers(&[String::new()]));
        offers
    }

    fn act(&self, deed: Deed, _page: &PolicyPage, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        match (deed, part) {
            (Deed::Add, _) => policies_of::attach_to(std::slice::from_ref(&self.0), cx),
            (Deed::Remove, Part::Holder(kind, name)) => policies_of::detach(cx, *kind, name, &self.0),
            (Deed::MakeDefault, Part::Version(id, _)) => {
                let input = json!({"PolicyArn": self.0, "VersionId": id});
                let done = format!("{id} of {} is in force", self.name());
                commit(cx, format!("Putting {id} in force"), done, vec![call("SetDefaultPolicyVersion", input)])
            }
            (Deed::Delete, Part::Version(id, _)) => {
                let calls = vec![call("DeletePolicyVersion", json!({"PolicyArn": self.0, "VersionId": id}))];
                delete::part(format!("Delete version {id} of {}?", self.name()), "no", cx, calls)
            }
            (Deed::Edit, part) if !matches!(part, Part::Tag(..)) => documents::edit_policy(&self.0, None, cx),
            _ => entity::act(deed, Kind::Policy, &self.0, (tab, part), cx),
        }
    }
}

fn version_line(version: &Version, look: &Look) -> Line {
    let state = if version.is_default { Cell::new("default") } else { Cell::none(&look.theme) };
    let made = Cell::new(format!("{} ({})", moment::date(version.created), moment::ago(look.now, version.created)));
    let size = Cell::dim(format!("{} characters", iam::quota::document_size(&version.document)));
    let line = Line::new([Cell::new(version.id.clone()), state, made, size]);
    line.part(Part::Version(version.id.clone(), version.is_default))
}

fn holders(page: &PolicyPage) -> Vec<Section> {
    let attached = page.attached.iter().filter_map(|row| {
        let kind = policies_of::kind_of(row.kind)?;
        let line = Line::new([Cell::new(row.name.clone()), Cell::dim(kind.word())]);
        Some(line.to(Place::Thing(kind, row.name.clone())).part(Part::Holder(kind, row.name.clone())))
    });
    let bounded = page.boundary_of.iter().filter_map(|row| {
        let kind = policies_of::kind_of(row.kind)?;
        let line = Line::new([Cell::new(row.name.clone()), Cell::dim(kind.word())]);
        Some(line.to(Place::Thing(kind, row.name.clone())))
    });
    let mut sections = vec![Section::new("Attached to", attached.collect())];
    let bounded: Vec<Line> = bounded.collect();
    if !bounded.is_empty() {
        sections.push(Section::new("Permissions boundary of", bounded));
    }
    sections
}
