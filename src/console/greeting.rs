//! The greeting of the first start: three ways to begin, before there is an account to open.
//!
//! It runs the terminal for itself and gives it back; whoever called it opens what was chosen and the console after it.

use std::io;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::config::Config;
use super::key::{Code, Key};
use super::paint::Pen;
use super::start::Error;
use super::terminal::{Input, Terminal, Wake, Wants};
use super::theme::Theme;
use super::widget::text_field::TextField;
use super::{chrome, paint};

/// How to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// A local account with nothing in it.
    Empty,
    /// The demo account, in memory.
    Demo,
    /// The mirror of an endpoint's account.
    Endpoint {
        /// A profile of the shared configuration files.
        profile: Option<String>,
        /// An endpoint other than AWS's own.
        url: Option<String>,
    },
}

/// The choices: the key, what it is, and a sentence about it.
const CHOICES: [(char, &str, &str); 3] = [
    ('e', "An empty account", "Yours alone, in one file on this machine. It behaves as IAM does."),
    ('d', "The demo account", "Example Corp, in memory: try anything, nothing is kept."),
    ('c', "Connect to an endpoint", "An AWS account by its profile, or a server that speaks IAM's API."),
];

/// The fields of a connection, and what an empty one means.
const FIELDS: [(&str, &str); 2] = [("Profile", "empty: the default profile"), ("Endpoint URL", "empty: AWS")];

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Stay,
    Leave,
    Begin(Beginning),
}

/// The greeting's state.
#[derive(Debug, Default)]
struct Greeting {
    selected: usize,
    /// The fields, once connecting was chosen, and which has the focus.
    connection: Option<([TextField; 2], usize)>,
}

/// Greets, and returns how to begin; `None` when the admin leaves. `place` is where an empty account would be kept.
///
/// # Errors
/// When the configuration is wrong, or standard input and output are no terminal.
pub fn greet(place: &str) -> Result<Option<Beginning>, Error> {
    let config = Config::load()?;
    let theme = config.theme(None, |name| std::env::var(name).ok());
    let mut wake = Wake::new()?;
    let mut terminal = Terminal::enter(Wants { mouse: false, background: false })?;
    Ok(ask(&mut terminal, &mut wake, &theme, place)?)
}

fn ask(terminal: &mut Terminal, wake: &mut Wake, theme: &Theme, place: &str) -> io::Result<Option<Beginning>> {
    let mut greeting = Greeting::default();
    let mut input = Vec::new();
    loop {
        terminal.draw(|frame| greeting.view(frame, theme, place))?;
        let asked = wake.wait(&mut input)?;
        if asked.end {
            return Ok(None);
        }
        if asked.resumed {
            terminal.retake()?;
        }
        for one in input.drain(..) {
            match greeting.input(&one) {
                Next::Stay => {}
                Next::Leave => return Ok(None),
                Next::Begin(beginning) => return Ok(Some(beginning)),
            }
        }
    }
}

impl Greeting {
    fn input(&mut self, input: &Input) -> Next {
        match (input, &mut self.connection) {
            (Input::Key(key), Some(_)) => self.connection_key(*key),
            (Input::Key(key), None) => self.choice_key(*key),
            (Input::Paste(text), Some((fields, focus))) => {
                if let Some(field) = fields.get_mut(*focus) {
                    field.insert(text);
                }
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn choice_key(&mut self, key: Key) -> Next {
        let last = CHOICES.len() - 1;
        match key.code {
            Code::Char('c') if key.ctrl => return Next::Leave,
            Code::Char('q') | Code::Esc => return Next::Leave,
            Code::Up | Code::Char('k') => self.selected = self.selected.saturating_sub(1),
            Code::Down | Code::Char('j') | Code::Tab => self.selected = (self.selected + 1).min(last),
            Code::Enter => return self.choose(),
            Code::Char(c) => {
                if let Some(at) = CHOICES.iter().position(|(k, ..)| *k == c) {
                    self.selected = at;
                    return self.choose();
                }
            }
            _ => {}
        }
        Next::Stay
    }

    fn choose(&mut self) -> Next {
        match self.selected {
            0 => Next::Begin(Beginning::Empty),
            1 => Next::Begin(Beginning::Demo),
            _ => {
                self.connection = Some(Default::default());
                Next::Stay
            }
        }
    }

    fn connection_key(&mut self, key: Key) -> Next {
        let Some((fields, focus)) = &mut self.connection else { return Next::Stay };
        match key.code {
            Code::Char('c') if key.ctrl => return Next::Leave,
            Code::Esc => self.connection = None,
            Code::Tab | Code::Down | Code::Up => *focus = 1 - *focus,
            Code::Enter if *focus == 0 => *focus = 1,
            Code::Enter => return Next::Begin(connection(fields)),
            Code::Char('s') if key.ctrl => return Next::Begin(connection(fields)),
            _ => {
                if let Some(field) = fields.get_mut(*focus) {
                    field.key(key);
                }
            }
        }
        Next::Stay
    }

    fn view(&self, frame: &mut Frame, theme: &Theme, place: &str) {
        let area = frame.area();
        if !chrome::fits(area) {
            return chrome::too_small(frame, theme);
        }
        let body =
            Rect { x: area.x + 3, y: area.y + area.height / 6, width: area.width - 6, height: area.height * 5 / 6 };
        Pen::new(frame.buffer_mut(), theme, body, 0).put("tiam", theme.strong);
        Pen::new(frame.buffer_mut(), theme, body, 1).put("IAM in your terminal", theme.dim);
        match &self.connection {
            None => self.choices(frame, body, theme, place),
            Some((fields, focus)) => connecting(frame, body, theme, (fields, *focus)),
        }
    }

    fn choices(&self, frame: &mut Frame, body: Rect, theme: &Theme, place: &str) {
        for (index, (key, title, sentence)) in CHOICES.iter().enumerate() {
            let row = 4 + 3 * u16::try_from(index).unwrap_or(0);
            let is_selected = index == self.selected;
            let mut pen = Pen::new(frame.buffer_mut(), theme, body, row);
            pen.put(if is_selected { theme.glyph.bar } else { " " }, theme.accent);
            pen.put(&format!(" {key}  "), theme.accent);
            pen.put(title, if is_selected { theme.selected } else { theme.text });
            let mut pen = Pen::new(frame.buffer_mut(), theme, body, row + 1);
            pen.skip(5);
            pen.put(sentence, theme.dim);
        }
        let mut pen = Pen::new(frame.buffer_mut(), theme, body, 14);
        pen.put("The store will be ", theme.dim);
        pen.put(place, theme.dim);
        hints(frame, theme, &[("enter", "choose"), ("q", "leave")]);
    }
}

fn connection(fields: &[TextField; 2]) -> Beginning {
    let [profile, url] = fields.each_ref().map(|field| Some(field.text().trim().to_owned()).filter(|t| !t.is_empty()));
    Beginning::Endpoint { profile, url }
}

fn connecting(frame: &mut Frame, body: Rect, theme: &Theme, (fields, focus): (&[TextField; 2], usize)) {
    const LABEL_COLUMNS: u16 = 15;
    for (index, ((label, empty), field)) in FIELDS.iter().zip(fields).enumerate() {
        let row = 4 + 2 * u16::try_from(index).unwrap_or(0);
        Pen::new(frame.buffer_mut(), theme, body, row).column(label, LABEL_COLUMNS, theme.text);
        let width = (body.width - LABEL_COLUMNS).min(60);
        let area = Rect { x: body.x + LABEL_COLUMNS, y: body.y + row, width, height: 1 };
        field.view(frame, area, theme, (index == focus).then_some(theme.field));
        if field.text().is_empty() && index != focus {
            Pen::new(frame.buffer_mut(), theme, area, 0).put(empty, theme.dim);
        }
    }
    let note = "Credentials come from where the aws command takes them: the environment and the shared files. \
                They are never kept in the store.";
    for (row, line) in (9..).zip(paint::wrap(note, body.width)) {
        Pen::new(frame.buffer_mut(), theme, body, row).put(&line, theme.dim);
    }
    hints(frame, theme, &[("ctrl-s", "connect"), ("tab", "next field"), ("esc", "back")]);
}

fn hints(frame: &mut Frame, theme: &Theme, hints: &[(&str, &str)]) {
    let area = frame.area();
    let mut pen = Pen::new(frame.buffer_mut(), theme, area, area.height - 1);
    for (key, what) in hints {
        pen.put(&format!(" {key}"), theme.accent);
        pen.put(&format!(" {what} "), theme.dim);
    }
}

#[cfg(test)]
mod tests {
    use super::{Beginning, Greeting, Next};
    use crate::console::key::{Code, Key};
    use crate::console::terminal::Input;

    fn press(greeting: &mut Greeting, keys: &[Code]) -> Next {
        let mut next = Next::Stay;
        for code in keys {
            next = greeting.input(&Input::Key(Key::of(*code)));
        }
        next
    }

    #[test]
    fn each_way_to_begin_is_two_keys_away_at_most() {
        let begin = |keys: &[Code]| press(&mut Greeting::default(), keys);
        assert_eq!(begin(&[Code::Enter]), Next::Begin(Beginning::Empty));
        assert_eq!(begin(&[Code::Down, Code::Enter]), Next::Begin(Beginning::Demo));
        assert_eq!(begin(&[Code::Char('d')]), Next::Begin(Beginning::Demo));
        assert_eq!(begin(&[Code::Char('q')]), Next::Leave);
    }

    #[test]
    fn a_connection_takes_a_profile_and_an_address() {
        let mut greeting = Greeting::default();
        press(&mut greeting, &[Code::Char('c'), Code::Char('a'), Code::Char('q'), Code::Enter]);
        greeting.input(&Input::Paste("http://127.0.0.1:5000".into()));
        let expected = Beginning::Endpoint { profile: Some("aq".into()), url: Some("http://127.0.0.1:5000".into()) };
        assert_eq!(press(&mut greeting, &[Code::Enter]), Next::Begin(expected));
        let mut none = Greeting::default();
        let next = press(&mut none, &[Code::Char('c'), Code::Enter, Code::Enter]);
        assert_eq!(next, Next::Begin(Beginning::Endpoint { profile: None, url: None }));
    }
}
