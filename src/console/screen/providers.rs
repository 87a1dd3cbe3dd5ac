//! The list of identity providers.
//!
//! An account has at most a few hundred, and a mirror holds none of them: they are asked for at the door, and sorted and
//! filtered here.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use super::listing::{Listing, Page, Query, Reading};
use super::provider::{self, name_of};
use super::source::Look;
use super::{copy, provider_forms, tags};
use crate::account::Account;
use crate::api::{GetOpenIDConnectProvider, ListOpenIDConnectProviders, ListSAMLProviders};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::task::Failure;
use crate::console::widget::{Cell, Choice, Column, Row};

/// Providers asked about side by side.
const SIDE_BY_SIDE: usize = 8;

const COLUMNS: &[Column] = &[
    Column::name("Name"),
    Column::new("Type", 14, 1),
    Column::new("Client ids", 12, 3).unsorted(),
    Column::new("Created", 7, 2),
    Column::new("Valid until", 11, 1),
];

/// What the list says of a provider.
#[derive(Clone, Debug)]
struct Entry {
    arn: String,
    /// Of an OpenID Connect provider.
    clients: Vec<String>,
    created: Option<Timestamp>,
    /// Of a SAML provider: when its metadata ends.
    valid_until: Option<Timestamp>,
}

/// The identity providers of the account.
#[derive(Debug)]
pub struct Providers;

/// All of them, in the order of their names.
async fn all(account: &Account) -> Result<Vec<Entry>, Failure> {
    let oidc = account.send(&ListOpenIDConnectProviders {}).await?.open_id_connect_provider_list.unwrap_or_default();
    let arns: Vec<String> = oidc.into_iter().filter_map(|entry| entry.arn).collect();
    let asked = stream::iter(arns).map(|arn| async move {
        let got = account.send(&GetOpenIDConnectProvider { open_id_connect_provider_arn: arn.clone() }).await?;
        let clients = got.client_id_list.unwrap_or_default();
        Ok::<_, Failure>(Entry { arn, clients, created: got.create_date, valid_until: None })
    });
    let mut all: Vec<Entry> = asked.buffer_unordered(SIDE_BY_SIDE).try_collect().await?;
    let saml = account.send(&ListSAMLProviders {}).await?.saml_provider_list.unwrap_or_default();
    all.extend(saml.into_iter().filter_map(|entry| {
        let (created, valid_until) = (entry.create_date, entry.valid_until);
        Some(Entry { arn: entry.arn?, clients: Vec::new(), created, valid_until })
    }));
    all.sort_by_cached_key(|entry| name_of(&entry.arn).to_lowercase());
    Ok(all)
}

/// The providers, to choose from.
pub fn choices(cx: &Context) -> Reading<Vec<Choice>> {
    let account = cx.account.clone();
    Box::pin(async move {
        let choice = |entry: &Entry| Choice::new(name_of(&entry.arn), provider::word(&entry.arn)).known_as(&entry.arn);
        Ok(all(&account).await?.iter().map(choice).collect())
    })
}

fn row(entry: &Entry, look: &Look) -> Row {
    let name = name_of(&entry.arn);
    let clients = match entry.clients.as_slice() {
        [] => Cell::none(&look.theme),
        [one] => Cell::new(one.clone()),
        [one, rest @ ..] => Cell::new(format!("{one} +{}", rest.len())),
    };
    let date = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let is_over = entry.valid_until.is_some_and(|at| at < look.now);
    let valid = match entry.valid_until {
        Some(at) if is_over => Cell::finding(date(at)),
        Some(at) => Cell::new(date(at)),
        None => Cell::none(&look.theme),
    };
    let created = entry.created.map_or(Cell::unknown(&look.theme), |at| Cell::new(moment::ago(look.now, at)));
    let finding = format!("{name}: its metadata was valid until {}; nobody can sign in through it", valid.text);
    let cells = vec![Cell::new(name), Cell::new(provider::word(&entry.arn)), clients, created, valid];
    Row { id: entry.arn.clone(), cells, finding: is_over.then_some(finding) }
}

/// The rows that were asked for.
fn page(mut entries: Vec<Entry>, query: &Query, look: &Look) -> Page {
    let filter = query.filter.to_lowercase();
    entries.retain(|entry| entry.arn.to_lowercase().contains(&filter));
    match query.sort {
        1 => entries.sort_by_key(|entry| provider::word(&entry.arn)),
        3 => entries.sort_by_key(|entry| entry.created),
        4 => entries.sort_by_key(|entry| entry.valid_until),
        _ => {}
    }
    if query.descending {
        entries.reverse();
    }
    let sought = query.seek.as_ref().and_then(|id| entries.iter().position(|entry| entry.arn == *id));
    let start = query.start.min(entries.len());
    let rows = entries.iter().skip(start).take(query.count).map(|entry| row(entry, look)).collect();
    Page { rows, start, total: entries.len(), is_counted: true, sought, anchor: None }
}

impl Listing for Providers {
    fn pane(&self) -> Pane {
        Pane::Providers
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn read(&self, query: Query, cx: &Context) -> Reading<Page> {
        let (account, look) = (cx.account.clone(), Look::of(cx));
        Box::pin(async move { Ok(page(all(&account).await?, &query, &look)) })
    }

    fn offers(&self, targets: &[String]) -> Vec<Offer> {
        let mut offers = vec![Deed::New.into()];
        if !targets.is_empty() {
            offers.push(Deed::Delete.into());
            offers.push(Offer::new(Deed::Tags, "add tag"));
            offers.push(Deed::Copy.into());
        }
        offers
    }

    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect {
        match deed {
            Deed::New => provider_forms::create(cx),
            Deed::Delete => provider_forms::delete(targets, cx),
            Deed::Tags => tags::add(Kind::Provider, targets),
            Deed::Copy => copy::menu(Kind::Provider, targets, cx),
            _ => Effect::None,
        }
    }

    fn place(&self, row: &Row) -> Option<Place> {
        Some(Place::Thing(Kind::Provider, row.id.clone()))
    }

    fn when_empty(&self) -> &'static str {
        "There are no identity providers yet."
    }
}
