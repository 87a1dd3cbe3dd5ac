//! The configuration file: theme, colours, glyphs, mouse, keys. Mistakes are told with line and column.
//!
//! It lies at `config.toml` in the platform's configuration directory for `tiam`; `TIAM_CONFIG` names another.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::colour::Depth;
use super::keymap::Keymap;
use super::theme::{Ground, Theme, shows_unicode};

/// What the user may choose about the console.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The ground, when it is not to be asked of the terminal.
    pub ground: Option<Ground>,
    /// The colour depth, when it is not to be read from the environment.
    pub depth: Option<Depth>,
    /// ASCII glyphs alone, when not to be read from the locale.
    pub ascii: Option<bool>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The keys.
    pub keymap: Keymap,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    theme: ThemeName,
    colors: Option<Depth>,
    ascii: Option<bool>,
    mouse: bool,
    keys: BTreeMap<String, Spanned<Binding>>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ThemeName {
    #[default]
    Auto,
    Dark,
    Light,
}

/// `new = "c"` or `new = ["c", "insert"]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Binding {
    One(String),
    Several(Vec<String>),
}

/// A configuration file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("{path}:{line}:{column}: {message}")]
    Wrong {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

impl Config {
    /// Reads the user's file; an absent one is an empty one.
    pub fn load() -> Result<Self, ConfigError> {
        match Self::path() {
            Some(path) if path.exists() => {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| ConfigError::Unreadable { path: path.display().to_string(), source })?;
                Self::parse(&text, &path)
            }
            _ => Ok(Self::default()),
        }
    }

    /// Where the file is looked for.
    pub fn path() -> Option<PathBuf> {
        std::env::var_os("TIAM_CONFIG").map(PathBuf::from).or_else(|| {
            directories::ProjectDirs::from("", "", "tiam").map(|dirs| dirs.config_dir().join("config.toml"))
        })
    }

    /// Reads the text of a file; `path` is for messages alone.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let wrong = |span: Option<Range<usize>>, message: String| {
            let (line, column) = position(text, span.map_or(0, |span| span.start));
            ConfigError::Wrong { path: path.display().to_string(), line, column, message }
        };
        let file: File = toml::from_str(text).map_err(|error| wrong(error.span(), error.message().to_owned()))?;
        let mut keymap = Keymap::default();
        for (id, binding) in &file.keys {
            let keys = match binding.get_ref() {
                Binding::One(key) => std::slice::from_ref(key),
                Binding::Several(keys) => keys,
            };
            keymap.rebind(id, keys).map_err(|error| wrong(Some(binding.span()), error.to_string()))?;
        }
        let ground = match file.theme {
            ThemeName::Auto => None,
            ThemeName::Dark => Some(Ground::Dark),
            ThemeName::Light => Some(Ground::Light),
        };
        Ok(Self { ground, depth: file.colors, ascii: file.ascii, mouse: file.mouse, keymap })
    }

    /// The theme, with what the user left open taken from the environment; `answered` is the ground that the terminal
    /// told us, if it did.
    pub fn theme(&self, answered: Option<Ground>, var: impl Fn(&str) -> Option<String> + Copy) -> Theme {
        let ground = self.ground.or(answered).or_else(|| Ground::from_env(var)).unwrap_or(Ground::Dark);
        let depth = self.depth.unwrap_or_else(|| Depth::from_env(var));
        Theme::new(ground, depth, !self.ascii.unwrap_or_else(|| !shows_unicode(var)))
    }
}

/// Line and column, from 1, of a byte offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before.get(line_start..).unwrap_or("").chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Config;
    use crate::console::action::Deed;
    use crate::console::colour::Depth;
    use crate::console::theme::Ground;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("config.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn everything_can_be_chosen() {
        let config =
            parse("theme = \"light\"\ncolors = \"16\"\nascii = true\nmouse = true\n[keys]\nnew = \"c\"\n").unwrap();
        assert_eq!((config.ground, config.depth, config.ascii), (Some(Ground::Light), Some(Depth::Ansi), Some(true)));
        assert!(config.mouse);
        assert_eq!(config.keymap.hint(Deed::New), "c");
    }

    #[test]
    fn mistakes_have_a_place() {
        let cases = [
            ("theme = \"dark\"\ncolours = \"16\"\n", "config.toml:2:1: unknown field"),
            ("[keys]\nnew = \"hyper-x\"\n", "config.toml:2:7: `hyper-x` is no key"),
            ("[keys]\nopen = \"enter\"\nmew = \"x\"\n", "config.toml:3:7: there is no deed `mew`"),
            ("mouse = maybe\n", "config.toml:1:9:"),
        ];
        for (text, expected) in cases {
            let told = parse(text).unwrap_err();
            assert!(told.starts_with(expected), "{told}");
        }
    }
}
