//! Which key means which deed: the action table's keys, changed by the configuration.
//!
//! A key may stand for several deeds; the screen's offers decide which is meant.

use std::collections::HashMap;

use super::action::{Deed, Entry, TABLE};
use super::key::{Key, UnknownKey};

/// The keys of every deed.
#[derive(Clone, Debug)]
pub struct Keymap {
    keys: HashMap<Deed, Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let parse = |entry: &Entry| entry.keys.iter().filter_map(|name| name.parse().ok()).collect();
        Self { keys: TABLE.iter().map(|entry| (entry.deed, parse(entry))).collect() }
    }
}

/// What is wrong with a configured binding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBinding {
    /// No deed has this name.
    #[error("there is no deed `{0}`; `tiam` lists them under `?`")]
    UnknownDeed(String),
    /// A key cannot be read.
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    /// A deed that has no key could not be undone by hand.
    #[error("`{0}` needs at least one key")]
    NoKey(String),
}

impl Keymap {
    /// Gives the deed with this id other keys.
    pub fn rebind(&mut self, id: &str, keys: &[String]) -> Result<(), BadBinding> {
        let entry = TABLE.iter().find(|entry| entry.id == id).ok_or_else(|| BadBinding::UnknownDeed(id.to_owned()))?;
        let keys = keys.iter().map(|name| name.parse()).collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() {
            return Err(BadBinding::NoKey(id.to_owned()));
        }
        self.keys.insert(entry.deed, keys);
        Ok(())
    }

    /// Whether the key stands for the deed.
    pub fn is(&self, key: Key, deed: Deed) -> bool {
        self.keys.get(&deed).is_some_and(|keys| keys.contains(&key))
    }

    /// The first of the deeds that the key stands for.
    pub fn deed(&self, key: Key, offered: impl IntoIterator<Item = Deed>) -> Option<Deed> {
        offered.into_iter().find(|deed| self.is(key, *deed))
    }

    /// The key that hints show for the deed.
    pub fn hint(&self, deed: Deed) -> String {
        self.keys.get(&deed).and_then(|keys| keys.first()).map(Key::to_string).unwrap_or_default()
    }

    /// The key that hints show where characters are text.
    pub fn hint_while_typing(&self, deed: Deed) -> String {
        let mut keys = self.keys.get(&deed).into_iter().flatten();
        keys.find(|key| key.typed().is_none()).map(Key::to_string).unwrap_or_default()
    }

    /// All keys of the deed, for help.
    pub fn all(&self, deed: Deed) -> String {
        let names: Vec<String> = self.keys.get(&deed).into_iter().flatten().map(Key::to_string).collect();
        names.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{BadBinding, Keymap};
    use crate::console::action::Deed;
    use crate::console::key::Key;

    #[test]
    fn offers_decide_what_a_key_means() {
        let keymap = Keymap::default();
        let enter: Key = "enter".parse().unwrap();
        assert_eq!(keymap.deed(enter, [Deed::New, Deed::Open]), Some(Deed::Open));
        assert_eq!(keymap.deed(enter, [Deed::Choose]), Some(Deed::Choose));
        assert_eq!(keymap.deed(enter, [Deed::New]), None);
    }

    #[test]
    fn bindings_change_and_mistakes_are_told() {
        let mut keymap = Keymap::default();
        keymap.rebind("new", &["c".to_owned()]).unwrap();
        assert!(keymap.is(Key::char('c'), Deed::New) && !keymap.is(Key::char('n'), Deed::New));
        assert_eq!(keymap.hint(Deed::New), "c");
        assert!(matches!(keymap.rebind("mew", &[]), Err(BadBinding::UnknownDeed(_))));
        assert!(matches!(keymap.rebind("new", &["hyper-c".to_owned()]), Err(BadBinding::UnknownKey(_))));
        assert!(matches!(keymap.rebind("new", &[]), Err(BadBinding::NoKey(_))));
    }
}
