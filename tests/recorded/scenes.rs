//! What was done on AWS between two recorded answers. The recordings are a sample: calls whose answers were not kept are
//! told here, in `scenes.json`, by the test and the key of the answer that they come before.
//!
//! `as` names the call that an answer was cut out of, and `at` the place of what was kept in the call's whole answer.
//! `bind` says what placeholders stand for. A text that starts with `@` is taken from the recorded answer.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A call by its name.
#[derive(Clone, Deserialize)]
pub(crate) struct Step(pub(crate) String, pub(crate) Value);

/// What belongs to one recorded answer, or, without a key, to a whole test.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Scene {
    test: String,
    key: String,
    pub(crate) before: Vec<Step>,
    #[serde(rename = "as")]
    pub(crate) played_as: Option<Step>,
    pub(crate) at: String,
    pub(crate) bind: Map<String, Value>,
}

/// All of them.
pub(crate) struct Scenes(Vec<Scene>);

impl Scenes {
    pub(crate) fn read() -> Self {
        Self(serde_json::from_str(include_str!("scenes.json")).expect("the scenes are JSON"))
    }

    /// The scene of an answer; without a key, of its test.
    pub(crate) fn of(&self, test: &str, key: &str) -> Scene {
        let name = test.rsplit("::").next().unwrap_or(test);
        self.0.iter().find(|scene| scene.test == name && scene.key == key).cloned().unwrap_or_default()
    }
}
