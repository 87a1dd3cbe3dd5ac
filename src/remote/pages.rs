//! Following a listing through all its pages.
//!
//! A listing that breaks off is an error, never a short list: nothing may be taken for deleted because a page is missing.

use std::marker::PhantomData;

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::{Endpoint, Error};
use crate::api::{Call, Operation};

/// The pages of one listing, asked for one after the other.
#[derive(Debug)]
pub struct Pages<'a> {
    endpoint: &'a Endpoint,
    cancel: CancellationToken,
    /// The call for the next page; none after the last.
    next: Option<Call>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(endpoint: &'a Endpoint, call: Call, cancel: CancellationToken) -> Self {
        Self { endpoint, cancel, next: Some(call) }
    }

    /// The next page, or none after the last. After an error there is no next page either.
    pub async fn next(&mut self) -> Option<Result<Map<String, Value>, Error>> {
        let call = self.next.take()?;
        let answer = tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::Cancelled),
            answer = self.endpoint.call(&call) => answer,
        };
        Some(answer.and_then(|page| {
            self.next = following(&call, &page)?;
            Ok(page)
        }))
    }

    /// All pages as one: the lists of the operation joined, the rest as on the last page.
    pub async fn all(mut self) -> Result<Map<String, Value>, Error> {
        let lists = self.next.as_ref().and_then(|call| call.model().pages).unwrap_or_default();
        let mut whole = Map::new();
        while let Some(page) = self.next().await {
            for (name, value) in page? {
                match (whole.get_mut(&name), value) {
                    (Some(Value::Array(items)), Value::Array(more)) if lists.contains(&name.as_str()) => {
                        items.extend(more);
                    }
                    (_, value) => _ = whole.insert(name, value),
                }
            }
        }
        whole.remove("Marker");
        Ok(whole)
    }
}

/// The call for the page after `page`.
fn following(call: &Call, page: &Map<String, Value>) -> Result<Option<Call>, Error> {
    let truncated = page.get("IsTruncated").and_then(Value::as_bool).unwrap_or(false);
    if call.model().pages.is_none() || !truncated {
        return Ok(None);
    }
    let broken =
        |reason: &str| Err(Error::Unreadable { operation: call.model().name, status: 200, reason: reason.to_owned() });
    match page.get("Marker").and_then(Value::as_str) {
        None | Some("") => broken("it says that more follows, but not where"),
        Some(marker) if call.text("Marker") == Some(marker) => broken("its next page is the same page again"),
        Some(marker) => {
            let mut input = call.input().clone();
            input.insert("Marker".into(), marker.into());
            Ok(Some(Call::new(call.model(), input)))
        }
    }
}

/// The pages of one listing, with their type.
#[derive(Debug)]
pub struct TypedPages<'a, O> {
    pages: Pages<'a>,
    operation: PhantomData<fn() -> O>,
}

impl<'a, O: Operation> TypedPages<'a, O> {
    pub(super) fn new(pages: Pages<'a>) -> Self {
        Self { pages, operation: PhantomData }
    }

    /// The next page, or none after the last.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error>> {
        let page = self.pages.next().await?;
        Some(page.and_then(|page| super::endpoint::typed::<O>(page)))
    }

    /// All pages as one.
    pub async fn all(self) -> Result<O::Output, Error> {
        super::endpoint::typed::<O>(self.pages.all().await?)
    }
}
