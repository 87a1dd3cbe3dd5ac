//! How many colours a terminal shows, and colours reduced to that many.
//!
//! ratatui never reduces RGB; terminals that do not know it show rubbish. Nothing here knows what a colour is for.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Depth {
    /// Red, green and blue in 256 steps each.
    #[serde(alias = "rgb")]
    True,
    /// xterm's 256.
    #[serde(rename = "256")]
    Indexed,
    /// The sixteen that the user's own scheme defines.
    #[serde(rename = "16")]
    Ansi,
    /// None: meaning by bold, dim, underline and reverse video alone.
    None,
}

impl Depth {
    /// Reads the depth from the environment: `NO_COLOR`, `COLORTERM`, `TERM`, and terminals known by other variables
    /// (ssh forwards `TERM` alone).
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| var(name).is_some_and(|value| !value.is_empty());
        let term = var("TERM").unwrap_or_default();
        let says_true = var("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
        if is_set("NO_COLOR") || term == "dumb" {
            Self::None
        } else if says_true || term.ends_with("-direct") || is_set("WT_SESSION") || is_rgb_terminal(&term) {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Ansi
        }
    }

    /// The nearest colour that this depth can show.
    pub fn reduce(self, colour: Color) -> Color {
        match (self, colour) {
            (Self::None, _) => Color::Reset,
            (Self::Indexed, Color::Rgb(r, g, b)) => Color::Indexed(indexed(r, g, b)),
            (Self::Ansi, Color::Rgb(r, g, b)) => ansi(r, g, b),
            (_, colour) => colour,
        }
    }
}

/// Terminals that show RGB under a name of their own.
fn is_rgb_terminal(term: &str) -> bool {
    ["xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm", "contour"]
        .iter()
        .any(|name| term.starts_with(name))
}

/// The nearest of xterm's 6×6×6 cube and 24 greys.
fn indexed(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let nearest =
        |value: u8| (0_u8..6).min_by_key(|i| STEPS.get(usize::from(*i)).map_or(0, |s| s.abs_diff(value))).unwrap_or(0);
    let level = |i: u8| STEPS.get(usize::from(i)).copied().unwrap_or(0);
    let (ri, gi, bi) = (nearest(r), nearest(g), nearest(b));
    let grey = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let grey_step = u8::try_from(grey.saturating_sub(3) / 10).unwrap_or(23).min(23);
    let grey_level = 8 + 10 * grey_step;
    let cube_distance = distance((r, g, b), (level(ri), level(gi), level(bi)));
    let grey_distance = distance((r, g, b), (grey_level, grey_level, grey_level));
    if grey_distance < cube_distance { 232 + grey_step } else { 16 + 36 * ri + 6 * gi + bi }
}

/// The nearest of the sixteen, in the levels most schemes give them.
fn ansi(r: u8, g: u8, b: u8) -> Color {
    const SIXTEEN: [(Color, (u8, u8, u8)); 16] = [
        (Color::Black, (0, 0, 0)),
        (Color::Red, (170, 0, 0)),
        (Color::Green, (0, 150, 0)),
        (Color::Yellow, (170, 120, 0)),
        (Color::Blue, (0, 60, 190)),
        (Color::Magenta, (160, 0, 160)),
        (Color::Cyan, (0, 150, 160)),
        (Color::Gray, (190, 190, 190)),
        (Color::DarkGray, (110, 110, 110)),
        (Color::LightRed, (255, 95, 95)),
        (Color::LightGreen, (95, 230, 95)),
        (Color::LightYellow, (255, 225, 95)),
        (Color::LightBlue, (110, 150, 255)),
        (Color::LightMagenta, (255, 120, 255)),
        (Color::LightCyan, (110, 235, 245)),
        (Color::White, (255, 255, 255)),
    ];
    SIXTEEN.iter().min_by_key(|(_, level)| distance((r, g, b), *level)).map_or(Color::Reset, |(colour, _)| *colour)
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::Depth;

    fn depth(vars: &[(&str, &str)]) -> Depth {
        Depth::from_env(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_environment_tells_the_depth() {
        assert_eq!(depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth(&[("TERM", "xterm-kitty")]), Depth::True);
        assert_eq!(depth(&[("TERM", "tmux-256color")]), Depth::Indexed);
        assert_eq!(depth(&[("TERM", "xterm")]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "linux"), ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(depth(&[("TERM", "xterm"), ("NO_COLOR", "")]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "dumb")]), Depth::None);
    }

    #[test]
    fn colours_are_reduced_to_the_nearest() {
        assert_eq!(Depth::Indexed.reduce(Color::Rgb(255, 0, 0)), Color::Indexed(196));
        assert_eq!(Depth::Indexed.reduce(Color::Rgb(128, 128, 128)), Color::Indexed(244));
        assert_eq!(Depth::Ansi.reduce(Color::Rgb(250, 90, 90)), Color::LightRed);
        assert_eq!(Depth::None.reduce(Color::Rgb(1, 2, 3)), Color::Reset);
        assert_eq!(Depth::True.reduce(Color::Rgb(1, 2, 3)), Color::Rgb(1, 2, 3));
    }
}
