//! The clipboard by OSC 52, through tmux and screen, and by nothing else: it works over ssh and needs no display.
//!
//! Terminals never say whether they took it, so the message says which way it went.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The longest sequence that terminals in use take, in bytes (hterm's limit, as k9s keeps to it).
pub const SEQUENCE_BYTES_MAX: usize = 74_994;
/// The longest piece that screen passes through, in bytes.
const SCREEN_BYTES_MAX: usize = 700;

/// Between us and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing.
    Direct,
    /// tmux, which passes on what is wrapped for it.
    Tmux,
    /// GNU screen, which passes on short pieces.
    Screen,
}

impl Way {
    /// Reads the way from the environment.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        if var("TMUX").is_some() {
            Self::Tmux
        } else if var("STY").is_some() || var("TERM").is_some_and(|term| term.starts_with("screen")) {
            Self::Screen
        } else {
            Self::Direct
        }
    }

    /// What the message says of the way.
    pub fn says(self) -> &'static str {
        match self {
            Self::Direct => "to the terminal's clipboard (OSC 52)",
            Self::Tmux => "to the clipboard through tmux (OSC 52; needs set-clipboard on)",
            Self::Screen => "to the clipboard through screen (OSC 52)",
        }
    }

    /// The bytes to send, or `None` when the text is too long for a clipboard sequence.
    pub fn sequence(self, text: &str) -> Option<Vec<u8>> {
        let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
        if plain.len() > SEQUENCE_BYTES_MAX {
            return None;
        }
        Some(match self {
            Self::Direct => plain.into_bytes(),
            // tmux itself takes the first into its buffer and, with set-clipboard, on; with allow-passthrough the
            // second reaches the terminal whatever set-clipboard says.
            Self::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes(),
            Self::Screen => {
                let pieces = plain.as_bytes().chunks(SCREEN_BYTES_MAX);
                pieces.flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Way;

    #[test]
    fn each_way_wraps_its_own() {
        assert_eq!(Way::Direct.sequence("hi").unwrap(), b"\x1b]52;c;aGk=\x07");
        assert_eq!(Way::Tmux.sequence("hi").unwrap(), b"\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\");
        let long = Way::Screen.sequence(&"x".repeat(1500)).unwrap();
        assert_eq!(long.windows(2).filter(|w| w == b"\x1bP").count(), 3);
        assert!(Way::Direct.sequence(&"x".repeat(60_000)).is_none());
    }

    #[test]
    fn the_environment_tells_the_way() {
        assert_eq!(Way::from_env(|name| (name == "TMUX").then(String::new)), Way::Tmux);
        assert_eq!(Way::from_env(|name| (name == "TERM").then(|| "screen-256color".to_owned())), Way::Screen);
        assert_eq!(Way::from_env(|_| None), Way::Direct);
    }
}
