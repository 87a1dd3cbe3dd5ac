//! What the console keeps between runs, by itself: chosen columns, bookmarks, whether the preview is shown.
//!
//! It lies beside the configuration, in a file of its own, so that what the user wrote there is never touched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::config::Config;
use super::place::{Pane, Place};
use super::task::Tasks;

/// The name of the file, beside `config.toml`.
const FILE: &str = "kept.toml";
/// How many bookmarks an account has.
pub const BOOKMARKS_MAX: usize = 100;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Where; nowhere in a test.
    #[serde(skip)]
    path: Option<PathBuf>,
    /// Whether the preview beside lists was put away.
    is_preview_off: bool,
    /// The titles of the columns of a pane, in their order, where they were chosen.
    columns: BTreeMap<String, Vec<String>>,
    /// The bookmarks by account id.
    bookmarks: BTreeMap<String, Vec<Bookmark>>,
}

/// A place to come back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// What it is called: the breadcrumb.
    pub title: String,
    place: String,
}

impl Bookmark {
    /// A bookmark of a place.
    pub fn new(title: impl Into<String>, place: &Place) -> Self {
        Self { title: title.into(), place: place.spelled() }
    }

    /// Where it leads; `None` when this version knows no such place.
    pub fn place(&self) -> Option<Place> {
        Place::read(&self.place)
    }
}

impl Kept {
    /// Reads what was kept. A file that cannot be read is as good as none: nothing in it is dear.
    pub fn load() -> Self {
        let path = Config::path().map(|config| config.with_file_name(FILE));
        let text = path.as_ref().and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let kept = toml::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "what the console kept cannot be read");
            Self::default()
        });
        Self { path, ..kept }
    }

    /// Writes it, beside the loop.
    pub fn save(&self, tasks: &Tasks) {
        let (Some(path), Ok(text)) = (self.path.clone(), toml::to_string(self)) else { return };
        let write = async move { write(&path, &text) };
        tasks.spawn(write, |result| {
            if let Err(error) = result {
                tracing::warn!(%error, "what the console keeps cannot be written");
            }
        });
    }

    /// Whether the preview is shown where there is room.
    pub fn has_preview(&self) -> bool {
        !self.is_preview_off
    }

    /// The same with the preview shown, or put away.
    #[must_use]
    pub fn with_preview_turned(self) -> Self {
        Self { is_preview_off: !self.is_preview_off, ..self }
    }

    /// The columns chosen for a pane, by title.
    pub fn columns(&self, pane: Pane) -> Option<&[String]> {
        self.columns.get(pane.deed().entry().id).map(Vec::as_slice)
    }

    /// The same with other columns for a pane; none for those it has by itself.
    #[must_use]
    pub fn with_columns(mut self, pane: Pane, columns: Option<Vec<String>>) -> Self {
        let id = pane.deed().entry().id.to_owned();
        match columns {
            Some(columns) => self.columns.insert(id, columns),
            None => self.columns.remove(&id),
        };
        self
    }

    /// The bookmarks of an account.
    pub fn bookmarks(&self, account: &str) -> &[Bookmark] {
        self.bookmarks.get(account).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same with a bookmark more, or without it when it was there; at most [`BOOKMARKS_MAX`], the oldest goes.
    #[must_use]
    pub fn with_bookmark_turned(mut self, account: &str, bookmark: Bookmark) -> Self {
        let all = self.bookmarks.entry(account.to_owned()).or_default();
        let count = all.len();
        all.retain(|one| one.place != bookmark.place);
        if all.len() == count {
            all.push(bookmark);
        }
        if all.len() > BOOKMARKS_MAX {
            all.remove(0);
        }
        self
    }
}

/// Writes beside the file, then puts it in its place: a crash leaves the old one whole.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::{Bookmark, Kept, write};
    use crate::console::action::Kind;
    use crate::console::place::{Pane, Place};

    #[test]
    fn what_is_kept_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tiam/kept.toml");
        let place = Place::Thing(Kind::Group, "SysAdmins".to_owned());
        let kept = Kept::default()
            .with_preview_turned()
            .with_columns(Pane::Users, Some(vec!["Name".to_owned(), "MFA".to_owned()]))
            .with_bookmark_turned("123456789012", Bookmark::new("Groups › SysAdmins", &place));
        write(&path, &toml::to_string(&kept).unwrap()).unwrap();
        let read: Kept = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(read, kept);
        assert_eq!(read.bookmarks("123456789012")[0].place(), Some(place.clone()));
        let without = read.with_bookmark_turned("123456789012", Bookmark::new("", &place));
        assert!(without.bookmarks("123456789012").is_empty() && !without.has_preview());
    }
}
