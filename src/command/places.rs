//! Where tiam keeps its files, by the conventions of the platform.

use std::path::PathBuf;

use directories::ProjectDirs;

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "tiam")
}

/// The default store: `tiam.db` in the data folder.
pub(super) fn store() -> Option<PathBuf> {
    folders().map(|folders| folders.data_dir().join("tiam.db"))
}

/// The folder of the logs: the state folder, where the platform has one.
pub(super) fn logs() -> Option<PathBuf> {
    let folders = folders()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}
