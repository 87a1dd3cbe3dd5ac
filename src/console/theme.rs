//! What things look like: a few roles, each one full style, and the glyphs. No colour and no glyph is named elsewhere.
//!
//! The palette is small on purpose: one accent, one warning, one error, dim for the secondary. A selection is reverse
//! video and a bar, so it survives without colour.

use ratatui::style::{Color, Modifier, Style};

use super::colour::Depth;

/// Which ground the text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

impl Ground {
    /// The ground that a background colour makes, by its brightness as the eye weighs it (ITU-R BT.601).
    pub fn of(red: u8, green: u8, blue: u8) -> Self {
        let brightness = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
        if brightness > 127_000 { Self::Light } else { Self::Dark }
    }

    /// The ground that `COLORFGBG` tells, as rxvt and Konsole set it: `foreground;background`.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let background: u8 = var("COLORFGBG")?.rsplit(';').next()?.parse().ok()?;
        Some(if matches!(background, 7 | 9..=15) { Self::Light } else { Self::Dark })
    }
}

/// The roles. Each is a whole style, laid over the terminal's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Secondary text: column heads, hints, what is unknown.
    pub dim: Style,
    /// Where one is: the active pane, a name that leads somewhere, a key in a hint.
    pub accent: Style,
    /// Headings.
    pub strong: Style,
    /// A finding, or what cannot be undone.
    pub warning: Style,
    /// What failed, and what denies.
    pub error: Style,
    /// What went well, and what is new.
    pub good: Style,
    /// The selected row.
    pub selected: Style,
    /// A marked row.
    pub marked: Style,
    /// Letters that matched what was typed.
    pub matched: Style,
    /// The text of an input field.
    pub field: Style,
    /// The frame of a dialog.
    pub frame: Style,
    /// JSON: the name of a member.
    pub json_key: Style,
    /// JSON: a string.
    pub json_string: Style,
    /// JSON: a number, `true`, `false` or `null`.
    pub json_literal: Style,
    /// JSON: braces, brackets, commas, colons.
    pub json_punctuation: Style,
    /// Text with an error in it.
    pub json_error: Style,
    /// The bracket that belongs to the one at the cursor.
    pub bracket: Style,
    /// A line that a change adds.
    pub added: Style,
    /// A line that a change takes away.
    pub removed: Style,
    /// A QR code: dark modules in the foreground, light ones in the background, whatever the ground.
    pub code: Style,
    /// The glyphs.
    pub glyph: Glyphs,
}

/// The glyphs, all one column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Before the selected row.
    pub bar: &'static str,
    /// Before a marked row.
    pub mark: &'static str,
    /// A value nobody knows.
    pub unknown: &'static str,
    /// Nothing there.
    pub none: &'static str,
    /// Between the parts of a breadcrumb.
    pub crumb: &'static str,
    /// Between sentences in one line.
    pub dot: &'static str,
    /// Where text was cut.
    pub cut: &'static str,
    /// Sorted upwards.
    pub up: &'static str,
    /// Sorted downwards.
    pub down: &'static str,
    /// Beside the gutter.
    pub rule: &'static str,
    /// A line across.
    pub line: &'static str,
    /// Corners of a dialog: top left, top right, bottom left, bottom right.
    pub corner: [&'static str; 4],
    /// Icons of search results: user, group, role, policy, key, task, other.
    pub icon: [&'static str; 7],
    /// In place of a secret's characters.
    pub hidden: &'static str,
    /// Blocks of half a cell and a whole one: upper, lower, both.
    pub halves: Option<[&'static str; 3]>,
}

const UNICODE: Glyphs = Glyphs {
    bar: "▌",
    mark: "●",
    unknown: "·",
    none: "–",
    crumb: "›",
    dot: "·",
    cut: "…",
    up: "▲",
    down: "▼",
    rule: "│",
    line: "─",
    corner: ["╭", "╮", "╰", "╯"],
    icon: ["●", "◉", "▲", "■", "◆", "▸", "○"],
    hidden: "•",
    halves: Some(["▀", "▄", "█"]),
};

const ASCII: Glyphs = Glyphs {
    bar: ">",
    mark: "*",
    unknown: ".",
    none: "-",
    crumb: ">",
    dot: "-",
    cut: "~",
    up: "^",
    down: "v",
    rule: "|",
    line: "-",
    corner: ["+", "+", "+", "+"],
    icon: ["u", "g", "r", "p", "k", ">", "o"],
    hidden: "*",
    halves: None,
};

/// The few colours that a ground gives the roles.
struct Palette {
    dim: Color,
    accent: Color,
    warning: Color,
    error: Color,
    good: Color,
    string: Color,
    literal: Color,
}

const DARK: Palette = Palette {
    dim: Color::Rgb(128, 134, 148),
    accent: Color::Rgb(122, 190, 235),
    warning: Color::Rgb(232, 190, 96),
    error: Color::Rgb(240, 112, 112),
    good: Color::Rgb(134, 204, 142),
    string: Color::Rgb(160, 205, 150),
    literal: Color::Rgb(214, 160, 120),
};

const LIGHT: Palette = Palette {
    dim: Color::Rgb(112, 116, 126),
    accent: Color::Rgb(0, 96, 160),
    warning: Color::Rgb(150, 88, 0),
    error: Color::Rgb(184, 24, 32),
    good: Color::Rgb(16, 116, 48),
    string: Color::Rgb(40, 110, 50),
    literal: Color::Rgb(150, 70, 20),
};

impl Theme {
    /// The theme for a ground at a colour depth; `unicode` chooses the glyphs.
    pub fn new(ground: Ground, depth: Depth, unicode: bool) -> Self {
        let palette = match ground {
            Ground::Dark => DARK,
            Ground::Light => LIGHT,
        };
        let plain = Style::new();
        let in_colour = |colour: Color| plain.fg(depth.reduce(colour));
        let bare = depth == Depth::None;
        let or_modifier = |style: Style, modifier: Modifier| if bare { plain.add_modifier(modifier) } else { style };
        let warning = or_modifier(in_colour(palette.warning), Modifier::BOLD);
        let error = or_modifier(in_colour(palette.error), Modifier::BOLD);
        let good = in_colour(palette.good);
        Self {
            text: plain,
            dim: or_modifier(in_colour(palette.dim), Modifier::DIM),
            accent: or_modifier(in_colour(palette.accent), Modifier::BOLD),
            strong: plain.add_modifier(Modifier::BOLD),
            warning,
            error,
            good,
            selected: plain.add_modifier(Modifier::REVERSED),
            marked: or_modifier(in_colour(palette.accent), Modifier::BOLD),
            matched: in_colour(palette.accent).add_modifier(Modifier::UNDERLINED),
            field: plain.add_modifier(Modifier::UNDERLINED),
            frame: or_modifier(in_colour(palette.dim), Modifier::DIM),
            json_key: or_modifier(in_colour(palette.accent), Modifier::BOLD),
            json_string: in_colour(palette.string),
            json_literal: in_colour(palette.literal),
            json_punctuation: or_modifier(in_colour(palette.dim), Modifier::DIM),
            json_error: error.add_modifier(Modifier::UNDERLINED),
            bracket: plain.add_modifier(Modifier::REVERSED),
            added: or_modifier(good, Modifier::BOLD),
            code: match (bare, ground) {
                (false, _) => in_colour(Color::Rgb(0, 0, 0)).bg(depth.reduce(Color::Rgb(255, 255, 255))),
                (true, Ground::Dark) => plain.add_modifier(Modifier::REVERSED),
                (true, Ground::Light) => plain,
            },
            removed: or_modifier(in_colour(palette.error), Modifier::DIM),
            glyph: if unicode { UNICODE } else { ASCII },
        }
    }
}

/// Whether the locale shows Unicode: `LC_ALL`, else `LC_CTYPE`, else `LANG` names UTF-8. The Linux console's font has
/// too few of the glyphs.
pub fn shows_unicode(var: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| var(name).filter(|value| !value.is_empty()));
    let is_utf8 = locale.is_none_or(|value| value.to_ascii_lowercase().replace('-', "").contains("utf8"));
    is_utf8 && var("TERM").as_deref() != Some("linux")
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};
    use unicode_width::UnicodeWidthStr;

    use super::{ASCII, Glyphs, Ground, Theme, UNICODE, shows_unicode};
    use crate::console::colour::Depth;

    fn glyphs(set: &Glyphs) -> Vec<&'static str> {
        let one = [set.bar, set.mark, set.unknown, set.none, set.crumb, set.dot, set.cut, set.up, set.down, set.rule];
        one.into_iter()
            .chain([set.line, set.hidden])
            .chain(set.corner)
            .chain(set.icon)
            .chain(set.halves.into_iter().flatten())
            .collect()
    }

    #[test]
    fn glyphs_are_one_column_and_the_fallback_is_ascii() {
        assert!(glyphs(&UNICODE).iter().chain(&glyphs(&ASCII)).all(|glyph| glyph.width() == 1));
        assert!(glyphs(&ASCII).iter().all(|glyph| glyph.is_ascii()));
    }

    #[test]
    fn without_colour_nothing_names_one_and_roles_still_differ() {
        let theme = Theme::new(Ground::Dark, Depth::None, true);
        let all = [theme.dim, theme.accent, theme.warning, theme.error, theme.good, theme.selected, theme.json_string];
        assert!(all.iter().all(|style| style.fg.is_none_or(|fg| fg == Color::Reset) && style.bg.is_none()));
        assert!(theme.warning != Style::new() && theme.selected != theme.warning && theme.dim != theme.text);
    }

    #[test]
    fn ground_and_locale_are_read() {
        assert_eq!(Ground::of(250, 250, 240), Ground::Light);
        assert_eq!(Ground::of(0, 43, 54), Ground::Dark);
        assert_eq!(Ground::from_env(|_| Some("0;15".to_owned())), Some(Ground::Light));
        assert!(!shows_unicode(|name| (name == "LANG").then(|| "C".to_owned())));
        assert!(shows_unicode(|name| (name == "LC_ALL").then(|| "de_DE.UTF-8".to_owned())));
    }
}
