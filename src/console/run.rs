//! The loop: wait, handle, drain, draw. Nothing else draws, blocks or reads input.

use std::collections::VecDeque;
use std::io;

use ratatui::layout::Rect;

use super::app::{App, Request};
use super::clipboard::Way;
use super::config::Config;
use super::files;
use super::task::Failure;
use super::terminal::{Input, Terminal, Wake};
use super::theme::Ground;

/// How long a frame may wait for a read that its key began, in milliseconds: most are done by then, and one frame shows
/// both.
const GRACE_MS: i64 = 2;

/// How long to wait at a time for the last changes, in milliseconds; they wake us when they are through.
const FINISH_MS: i64 = 500;

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Runs the console until it ends. The terminal is given back on every way out.
pub fn run(app: &mut App, config: &Config, terminal: &mut Terminal, wake: &mut Wake) -> io::Result<()> {
    let (mut arrived, mut input) = (Vec::new(), VecDeque::new());
    // The first frame waits for nothing: over a slow link something is there at once.
    app.receive(window()?);
    terminal.draw(|frame| app.view(frame))?;
    settle(app, wake)?;
    terminal.draw(|frame| app.view(frame))?;
    while !app.is_over() {
        let asked = wake.wait(&mut arrived)?;
        input.extend(arrived.drain(..));
        if asked.end {
            app.end();
        }
        if asked.hung_up {
            return Ok(());
        }
        if asked.resumed {
            terminal.retake()?;
        }
        app.receive(window()?);
        handle(&mut input, app, config, wake)?;
        for request in app.requests() {
            fulfil(request, app, terminal)?;
        }
        settle(app, wake)?;
        terminal.draw(|frame| app.view(frame))?;
    }
    Ok(())
}

/// Handles all input that is there. Keys typed ahead of a screen that still reads stay until it knows what it shows.
fn handle(input: &mut VecDeque<Input>, app: &mut App, config: &Config, wake: &mut Wake) -> io::Result<()> {
    let area = window()?;
    while let Some(next) = input.front() {
        if app.holds(next) {
            settle(app, wake)?;
        }
        let Some(next) = input.pop_front_if(|next| !app.holds(next)) else { break };
        if let Input::Background(red, green, blue) = next {
            app.context_mut().theme = config.theme(Some(Ground::of(red, green, blue)), env);
        }
        app.input(next, area);
    }
    app.receive(area);
    Ok(())
}

/// Waits, without a terminal, until the changes under way are through.
pub fn finish(app: &mut App, wake: &mut Wake) -> io::Result<()> {
    app.end();
    while !app.is_over() {
        wake.wait_for_work(FINISH_MS)?;
        app.receive(Rect::default());
    }
    Ok(())
}

/// Waits a moment for reads under way, so that their answer is in the same frame.
fn settle(app: &mut App, wake: &mut Wake) -> io::Result<()> {
    if app.is_awaiting() {
        wake.wait_for_work(GRACE_MS)?;
    }
    app.receive(window()?);
    Ok(())
}

fn window() -> io::Result<Rect> {
    let (columns, rows) = crossterm::terminal::size()?;
    Ok(Rect::new(0, 0, columns, rows))
}

/// Does what only the terminal can do.
fn fulfil(request: Request, app: &mut App, terminal: &mut Terminal) -> io::Result<()> {
    match request {
        Request::Suspend => terminal.suspend(),
        Request::Copy { what, text } => {
            let way = Way::from_env(env);
            let now = app.context().now;
            match way.sequence(&text) {
                Some(bytes) => {
                    terminal.send(&bytes)?;
                    app.status_mut().say(format!("Copied {what} {}", way.says()), now);
                }
                None => app.status_mut().fail(too_long(&what), now),
            }
            Ok(())
        }
        Request::Edit { text, suffix } => {
            let world = app.context().world.clone();
            let result = terminal.lend(|| files::edit(&text, suffix, world.as_ref()))?;
            app.edited(result);
            Ok(())
        }
    }
}

fn too_long(what: &str) -> Failure {
    Failure::new(format!("{what} is too long for the terminal's clipboard"))
        .with_remedy("Open it in $EDITOR, or use `tiam api` to write it to a file.")
}
