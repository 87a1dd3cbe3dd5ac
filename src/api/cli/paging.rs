//! Pages gathered into one answer, as botocore's paginators do it for the `aws` command.
//!
//! [`Pages`] says which call comes next and takes in what it answered, so that whoever calls may wait as it likes:
//!
//! ```text
//! while let Some(call) = pages.next() { pages.take(door.call(&call).await?)?; }
//! let answer = pages.finish();
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};

use super::fault::Fault;
use crate::api::Call;

/// What `--starting-token` and `--max-items` ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    marker: Option<String>,
    skip: usize,
    max_items: Option<usize>,
}

impl Paging {
    /// From the options as given. A token that is none of ours is taken for the service's marker, as in the CLI.
    pub fn new(starting_token: Option<&str>, max_items: Option<i64>) -> Self {
        let (marker, skip) = starting_token.map(decode).unwrap_or_default();
        Self { marker, skip, max_items: max_items.map(|n| usize::try_from(n).unwrap_or_default()) }
    }
}

/// A token's marker, and how many items of its page were seen before.
fn decode(token: &str) -> (Option<String>, usize) {
    let inside = BASE64.decode(token).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    match inside {
        Some(Value::Object(map)) => {
            let skip = map.get("boto_truncate_amount").and_then(Value::as_u64).unwrap_or_default();
            let marker = map.get("Marker").and_then(Value::as_str).map(str::to_owned);
            (marker, usize::try_from(skip).unwrap_or(usize::MAX))
        }
        _ => (Some(token.to_owned()), 0),
    }
}

fn encode(marker: Option<&str>, skip: Option<usize>) -> String {
    let mut inside = json!({ "Marker": marker }).to_string().replace(':', ": ");
    if let Some(skip) = skip {
        inside = format!("{}, \"boto_truncate_amount\": {skip}}}", inside.trim_end_matches('}'));
    }
    BASE64.encode(inside)
}

/// Pages on their way to one answer.
#[derive(Debug)]
pub struct Pages {
    call: Call,
    lists: &'static [&'static str],
    paging: Paging,
    state: State,
    seen: usize,
    merged: Map<String, Value>,
    rest: Option<Map<String, Value>>,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// The page at that marker is wanted.
    At(Option<String>),
    /// There is nothing more to ask; with a token, there would be.
    Done(Option<String>),
}

impl Pages {
    /// The pages of a call. An operation without pages has one.
    pub fn new(call: Call, paging: Paging) -> Self {
        let lists = call.model().pages.unwrap_or_default();
        let state = State::At(paging.marker.clone());
        Self { call, lists, paging, state, seen: 0, merged: Map::new(), rest: None }
    }

    /// The call for the next page; none when all is there that was asked for.
    pub fn next_call(&self) -> Option<Call> {
        let State::At(marker) = &self.state else { return None };
        let mut input = self.call.input().clone();
        input.remove("Marker");
        input.extend(marker.as_ref().map(|marker| ("Marker".to_owned(), Value::from(marker.as_str()))));
        Some(Call::new(self.call.model(), input))
    }

    /// Takes in the answer to [`Self::next_call`].
    ///
    /// # Errors
    /// [`Fault::Paging`] when the service sends the same marker again, which would never end.
    pub fn take(&mut self, mut page: Map<String, Value>) -> Result<(), Fault> {
        let State::At(marker) = &self.state else { return Ok(()) };
        let marker = marker.clone();
        let skipped = self.skip_seen(&mut page);
        let more = page.get("IsTruncated").and_then(Value::as_bool).unwrap_or_default();
        let next = page.get("Marker").and_then(Value::as_str).filter(|m| more && !m.is_empty()).map(str::to_owned);
        let count = self.primary(&mut page).map_or(0, |items| items.len());
        let room = self.paging.max_items.map(|most| most.saturating_sub(self.seen));
        if let Some(room) = room.filter(|room| count > *room) {
            if let Some(items) = self.primary(&mut page) {
                items.truncate(room);
            }
            self.state = State::Done(Some(encode(marker.as_deref(), Some(room + skipped))));
        } else {
            self.seen += count;
            self.state = match next {
                None => State::Done(None),
                Some(next) if self.paging.max_items == Some(self.seen) => State::Done(Some(encode(Some(&next), None))),
                Some(next) if marker.as_ref() == Some(&next) => {
                    return Err(Fault::Paging(format!(
                        "The same next token was received twice: {{'Marker': '{next}'}}"
                    )));
                }
                Some(next) => State::At(Some(next)),
            };
        }
        self.merge(page);
        Ok(())
    }

    fn primary<'p>(&self, page: &'p mut Map<String, Value>) -> Option<&'p mut Vec<Value>> {
        page.get_mut(*self.lists.first()?)?.as_array_mut()
    }

    /// On the first page of a resumed listing, drops what was shown before; says how many.
    fn skip_seen(&self, page: &mut Map<String, Value>) -> usize {
        if self.rest.is_some() || self.paging.skip == 0 {
            return 0;
        }
        for (index, list) in self.lists.iter().enumerate() {
            if let Some(items) = page.get_mut(*list).and_then(Value::as_array_mut) {
                let seen = if index == 0 { self.paging.skip.min(items.len()) } else { items.len() };
                items.drain(..seen);
            }
        }
        self.paging.skip
    }

    fn merge(&mut self, mut page: Map<String, Value>) {
        for list in self.lists {
            let Some(Value::Array(items)) = page.remove(*list) else { continue };
            match self.merged.entry(*list).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(all) => all.extend(items),
                other => *other = Value::Array(items),
            }
        }
        page.retain(|name, _| !["IsTruncated", "Marker"].contains(&name.as_str()) || self.lists.is_empty());
        self.rest.get_or_insert(page);
    }

    /// The whole answer: the lists, what came beside them on the first page, and where to go on.
    pub fn finish(self) -> Map<String, Value> {
        let mut answer = self.merged;
        answer.extend(self.rest.unwrap_or_default());
        if let State::Done(Some(token)) = self.state {
            answer.insert("NextToken".into(), token.into());
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Pages, Paging};
    use crate::api::{Call, Service, find};

    /// Ten users in pages of four, as the service would send them.
    fn serve(call: &Call) -> Map<String, Value> {
        let start: usize = call.text("Marker").map_or(0, |m| m.parse().unwrap());
        let end = (start + 4).min(10);
        let users: Vec<_> = (start..end).map(|n| json!({ "UserName": n.to_string() })).collect();
        let mut page = json!({"Group": {"GroupName": "g"}, "Users": users, "IsTruncated": end < 10});
        if end < 10 {
            page["Marker"] = end.to_string().into();
        }
        page.as_object().unwrap().clone()
    }

    fn gather(token: Option<&str>, max_items: Option<i64>) -> (Vec<String>, Option<String>) {
        let call = Call::new(find(Service::Iam, "GetGroup").unwrap(), Map::new());
        let mut pages = Pages::new(call, Paging::new(token, max_items));
        while let Some(call) = pages.next_call() {
            pages.take(serve(&call)).unwrap();
        }
        let answer = pages.finish();
        let keys: Vec<_> = answer.keys().map(String::as_str).filter(|key| *key != "NextToken").collect();
        assert_eq!(keys, ["Users", "Group"]);
        let names = answer["Users"].as_array().unwrap().iter();
        let names = names.map(|u| u["UserName"].as_str().unwrap().to_owned()).collect();
        (names, answer.get("NextToken").map(|t| t.as_str().unwrap().to_owned()))
    }

    #[test]
    fn all_pages_come_as_one() {
        let (names, token) = gather(None, None);
        assert_eq!((names.len(), token), (10, None));
    }

    #[test]
    fn a_listing_goes_on_where_it_stopped() {
        for step in 1..=10 {
            let (mut all, mut token) = gather(None, Some(step));
            assert_eq!(all.len(), usize::try_from(step).unwrap());
            while let Some(from) = token {
                let (names, next) = gather(Some(&from), Some(step));
                all.extend(names);
                token = next;
            }
            assert_eq!(all, (0..10).map(|n| n.to_string()).collect::<Vec<_>>(), "in steps of {step}");
        }
    }

    #[test]
    fn tokens_are_those_of_botocore() {
        // base64 of {"Marker": null, "boto_truncate_amount": 2} and of {"Marker": "4"}.
        let (_, token) = gather(None, Some(2));
        assert_eq!(token.unwrap(), "eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==");
        assert_eq!(gather(None, Some(4)).1.unwrap(), "eyJNYXJrZXIiOiAiNCJ9");
        assert_eq!(gather(Some("8"), None).0, ["8", "9"]);
    }

    #[test]
    fn a_marker_that_repeats_is_an_error() {
        let call = Call::new(find(Service::Iam, "ListUsers").unwrap(), Map::new());
        let mut pages = Pages::new(call, Paging::default());
        let page = json!({"Users": [], "IsTruncated": true, "Marker": "x"}).as_object().unwrap().clone();
        pages.take(page.clone()).unwrap();
        assert_eq!(
            pages.take(page).unwrap_err().to_string(),
            "Error during pagination: The same next token was received twice: {'Marker': 'x'}"
        );
    }
}
