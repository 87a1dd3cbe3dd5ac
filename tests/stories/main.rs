//! One story per resource, told to the store and, through the remote client, to a moto server.
//!
//! A story is a file of `aws iam` lines (`*.story`, see [`story`]). What it expects is AWS's behaviour as recorded or
//! documented, and the store has to meet it to the letter. Where moto answers otherwise the difference is listed by name
//! in `differences.txt`, with its reason: AWS wins in the store.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::panic, clippy::print_stdout, reason = "a story that cannot be told says where")]

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod story;
mod tellers;

use std::collections::BTreeSet;
use std::path::Path;

use common::local::{Local, Outcome};
use common::moto::Moto;
use compare::{Known, differences};
use story::Story;
use tellers::{Remote, Teller};

/// The account that moto has by default.
const ACCOUNT: &str = "123456789012";

fn stories() -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let stories: Vec<_> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "story"))
        .map(|path| Story::read(path))
        .collect();
    assert!(stories.len() >= 13, "{} stories", stories.len());
    stories
}

/// Tells the story; the outcome of each step.
async fn tell(story: &Story, teller: &mut dyn Teller) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut told = story::Told::default();
    for step in &story.steps {
        let call = step.call(&told);
        let outcome = teller.call(&call).await;
        told.remember(step, &outcome);
        outcomes.push(outcome);
    }
    outcomes
}

#[tokio::test]
async fn the_store_behaves_as_aws_does() {
    let mut wrong = Vec::new();
    for story in stories() {
        let outcomes = tell(&story, &mut Local::new(ACCOUNT)).await;
        for (step, outcome) in story.steps.iter().zip(&outcomes) {
            wrong.extend(step.complaints(outcome).map(|text| format!("{}:{}: {text}", story.name, step.line)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn moto_differs_only_where_it_is_known_to() {
    let Some(moto) = Moto::start() else { return };
    let known = Known::read();
    let (mut unknown, mut seen) = (Vec::new(), BTreeSet::new());
    for story in stories() {
        let ours = tell(&story, &mut Local::new(ACCOUNT)).await;
        let theirs = tell(&story, &mut Remote::fresh(&moto).await).await;
        for (step, (ours, theirs)) in story.steps.iter().zip(ours.iter().zip(&theirs)) {
            for difference in differences(ours, theirs) {
                match known.find(&story.name, step.operation(), &difference.path) {
                    Some(index) => drop(seen.insert(index)),
                    None => unknown.push(format!("{}:{} {} {difference}", story.name, step.line, step.operation())),
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{} differences are not listed\n{}", unknown.len(), unknown.join("\n"));
    let stale: Vec<_> = known.unseen(&seen).collect();
    assert!(stale.is_empty(), "listed, but no difference any more:\n{}", stale.join("\n"));
}
