//! Holds the source to the table in `lib.rs`: which room may name which, and which crates stay in which room.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// The rooms in reading order: a room names only those before it.
const ROOMS: [&str; 12] =
    ["world", "text", "iam", "policy", "api", "store", "remote", "account", "insight", "serve", "console", "command"];

/// Crates that only some rooms may use: SQL stays in the store, the terminal in the console, HTTP at the edges.
const CRATES: [(&str, &[&str]); 7] = [
    ("rusqlite", &["store"]),
    ("ratatui", &["console"]),
    ("crossterm", &["console"]),
    ("tui_textarea", &["console"]),
    ("reqwest", &["remote"]),
    ("hyper", &["serve", "remote"]),
    ("axum", &["serve"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every file below `src` with the room it lies in; `lib.rs` and `main.rs` lie in none.
fn files() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let room = name.split(['/', '.']).next().unwrap().to_owned();
        (name, room, std::fs::read_to_string(&path).unwrap())
    };
    found.into_iter().map(read).collect()
}

/// The names that follow `crate::` in the code, comments left out.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1)).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn a_room_names_only_rooms_before_it() {
    let place = |room: &str| ROOMS.iter().position(|r| *r == room);
    let mut broken = Vec::new();
    for (name, room, text) in files() {
        let Some(own) = place(&room) else { continue };
        for other in named(&text).filter(|other| place(other).is_some_and(|at| at > own)) {
            broken.push(format!("src/{name}: `{room}` must not name `{other}`"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut broken = Vec::new();
    for (name, room, text) in files() {
        for (krate, rooms) in CRATES {
            let used = text.lines().any(|line| {
                !line.trim_start().starts_with("//")
                    && (line.contains(&format!("{krate}::")) || line.contains(&format!("use {krate}")))
            });
            if used && !rooms.contains(&room.as_str()) {
                broken.push(format!("src/{name}: `{krate}` belongs to {}", rooms.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_lives_in_it() {
    let silent: Vec<_> = files().into_iter().filter(|(_, _, text)| !text.starts_with("//! ")).map(|f| f.0).collect();
    assert!(silent.is_empty(), "no //! line at the top: {}", silent.join(", "));
}

#[test]
fn the_table_in_the_crate_documentation_is_this_one() {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows =
        lib.lines().filter_map(|line| line.strip_prefix("//! | [`")).map(|row| row.split('`').next().expect("a name"));
    assert_eq!(rows.collect::<Vec<_>>(), ROOMS);
}
