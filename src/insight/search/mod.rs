//! The search view: everything by name, id, tag or text, and every task by a phrase, best first.
//!
//! It mirrors the IAM User Guide, "IAM console search", and goes on where that ends: words come in any order, small mistakes
//! do not matter, a part of an access key id is enough. A [`Search`] is made once when the view opens (it keeps what is
//! cheap to keep), and answers each keystroke with [`Search::find`]. The tasks are brought by the caller: [`documented`]
//! has the phrases of the User Guide, a console adds what else it can do.

mod ask;
mod corpus;
mod describe;
mod hit;
mod phrases;
pub mod rank;
mod task;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::iam::Kind;
use crate::policy::catalog::managed;
use crate::store::Result;
use crate::store::view::{Named, View};

pub use hit::{Found, Hit, Target, What};
pub use phrases::documented;
pub use task::{Argument, Task};

use ask::Ask;
use corpus::Corpus;

/// Names that complete phrases, by kind and the words left over: many phrases ask for the same.
type Known = HashMap<(Kind, String), Vec<(Named, u32)>>;

/// A search that is ready for keystrokes.
#[derive(Debug)]
pub struct Search {
    corpus: Corpus,
    tasks: Vec<Task>,
}

impl Search {
    /// Reads what is kept for a whole search. Tasks are found by their phrases.
    pub fn new(view: &View<'_>, tasks: Vec<Task>) -> Result<Self> {
        Ok(Self { corpus: Corpus::read(view)?, tasks })
    }

    /// The best answers to what was typed, at most `limit` of them; none to nothing.
    pub fn find(&self, view: &View<'_>, query: &str, limit: usize) -> Result<Found> {
        let query = query.trim();
        let ask = Ask { view: *view, query, words: query.split_whitespace().collect(), limit };
        if ask.words.is_empty() {
            return Ok(Found::default());
        }
        let mut hits = self.named(&ask)?;
        hits.extend(self.tasks(&ask)?);
        hits.extend(ask.keys()?);
        hits.extend(ask.marked()?);
        hits.extend(self.texts(&ask));
        hits.sort_by(|a, b| {
            b.score.cmp(&a.score).then_with(|| a.text.len().cmp(&b.text.len())).then_with(|| a.text.cmp(&b.text))
        });
        let mut seen = std::collections::HashSet::new();
        hits.retain(|hit| seen.insert(hit.target.clone()));
        hits.truncate(limit);
        for hit in hits.iter_mut().filter(|hit| hit.detail.is_empty()) {
            hit.detail = describe::detail(view, &hit.target)?;
        }
        Ok(Found { hits, is_complete: self.corpus.is_complete() })
    }

    /// Things by their names.
    fn named(&self, ask: &Ask<'_>) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        for (named, score) in self.names(ask, None, ask.limit)? {
            hits.push(Hit::of_thing(&ask.view, &named, ask.query, score));
        }
        let policies = managed::all();
        for (at, score) in rank::best(ask.query, policies, |policy| policy.name, ask.limit) {
            hits.extend(policies.get(at).map(|policy| Hit::of_aws_policy(policy, ask.query, score)));
        }
        Ok(hits)
    }

    /// The best names of a kind, or of all, with their scores.
    fn names(&self, ask: &Ask<'_>, kind: Option<Kind>, limit: usize) -> Result<Vec<(Named, u32)>> {
        if let Some(names) = self.corpus.names(kind) {
            let best = rank::best(ask.query, names, |named| &named.name, limit);
            return Ok(best.into_iter().filter_map(|(at, score)| Some((names.get(at)?.clone(), score))).collect());
        }
        let names = ask.narrowed(kind)?;
        let best = rank::best(ask.query, &names, |named| &named.name, limit);
        Ok(best.into_iter().filter_map(|(at, score)| Some((names.get(at)?.clone(), score))).collect())
    }

    /// Tasks whose phrase the words fit, completed with names where words are left over.
    fn tasks(&self, ask: &Ask<'_>) -> Result<Vec<Hit>> {
        let mut hits = Vec::new();
        let mut known = Known::new();
        for task in &self.tasks {
            let Some(fit) = task.fit(&ask.words) else { continue };
            match (&task.takes, fit.left.as_slice()) {
                (_, []) => hits.push(Hit::of_task(task, None, ask.query, fit.score)),
                (Some(_), left) => hits.extend(self.completed(ask, task, (left, fit.score), &mut known)?),
                (None, _) => {}
            }
        }
        Ok(hits)
    }

    fn completed(
        &self,
        ask: &Ask<'_>,
        task: &Task,
        (left, score): (&[&str], u32),
        known: &mut Known,
    ) -> Result<Vec<Hit>> {
        /// Names that complete one phrase.
        const NAMES_MAX: usize = 3;
        let rest = left.join(" ");
        let part = Ask { view: ask.view, query: &rest, words: left.to_vec(), limit: NAMES_MAX };
        let mut hits = Vec::new();
        for kind in task.takes.map_or(&[][..], Argument::kinds) {
            let key = (*kind, rest.clone());
            let names = match known.entry(key) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.names(&part, Some(*kind), NAMES_MAX)?),
            };
            for (named, fits) in names.iter() {
                hits.push(Hit::of_task(task, Some(named), ask.query, score + fits));
            }
        }
        Ok(hits)
    }

    /// Things by their tags, and by what stands in their documents.
    fn texts(&self, ask: &Ask<'_>) -> Vec<Hit> {
        self.corpus
            .texts(ask.query, ask::MENTIONS_MAX)
            .map(|(text, at)| Hit::of_text(&ask.view, text, at, ask.query))
            .collect()
    }
}
