//! The page of an access key.

use super::listing::Reading;
use super::sheet::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{copy, credentials};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::{Finding, KeyRow};

/// An access key, by its id.
#[derive(Debug)]
pub struct Key(pub String);

impl Subject for Key {
    type Page = KeyRow;

    fn place(&self) -> Place {
        Place::Thing(Kind::Key, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Keys".to_owned(), self.0.clone()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<KeyRow>> {
        let (account, id) = (cx.account.clone(), self.0.clone());
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).key(&id)).await?) })
    }

    fn sheet(&self, key: &KeyRow, look: &Look) -> Sheet {
        let owner = match &key.owner {
            Some(user) => {
                let line = Line::new([Cell::dim("User"), Cell::new(user.clone())]);
                line.to(Place::Thing(Kind::User, user.clone()))
            }
            None => Line::new([Cell::dim("User"), Cell::new("the root user")]),
        };
        let made = format!("{} ({})", moment::date(key.created), moment::ago(look.now, key.created));
        let by = [key.service.clone(), key.region.clone()].into_iter().flatten().collect::<Vec<_>>().join(" in ");
        let lines = vec![
            owner,
            Line::new([Cell::dim("Status"), Cell::new(if key.is_active { "active" } else { "inactive" })]),
            Line::new([Cell::dim("Made"), Cell::new(made)]),
            Line::new([Cell::dim("Last used"), Cell::new(moment::last_date(look.now, key.used))]),
            Line::new([Cell::dim("For"), if by.is_empty() { Cell::none(&look.theme) } else { Cell::new(by) }]),
        ];
        let sentences: Vec<String> = key.findings.iter().map(Finding::sentence).collect();
        Sheet {
            tabs: vec![Tab { title: "Access key", count: None, sections: vec![Section::new("", lines)] }],
            facts: key.owner_arn.clone(),
            finding: (!sentences.is_empty()).then(|| sentences.join(" · ")),
        }
    }

    fn offers(&self, _key: &KeyRow, _tab: &str, _part: &Part) -> Vec<Offer> {
        [Deed::Toggle, Deed::Delete, Deed::Copy].map(Offer::from).to_vec()
    }

    fn act(&self, deed: Deed, _key: &KeyRow, _at: (&str, &Part), cx: &Context) -> Effect {
        let one = std::slice::from_ref(&self.0);
        match deed {
            Deed::Toggle => credentials::toggle(one, cx),
            Deed::Delete => credentials::delete_keys(one, cx),
            Deed::Copy => copy::menu(Kind::Key, one, cx),
            _ => Effect::None,
        }
    }
}
