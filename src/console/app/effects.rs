//! The one place where effects happen.

use super::App;
use crate::console::action::Danger;
use crate::console::app::Request;
use crate::console::commits::Finished;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::screen::Layer;
use crate::console::widget::Confirm;

impl App {
    pub(super) fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::None => {}
            Effect::Open(screen) => self.screens.push(screen),
            Effect::Back => self.pop(),
            Effect::Go(place) => self.go(&place),
            Effect::Show(tab, section) => {
                if let Some(top) = self.screens.last_mut() {
                    top.show(tab, section);
                }
            }
            Effect::Arrange(by) => {
                if let Some(top) = self.screens.last_mut() {
                    top.arrange(by, &self.cx);
                }
            }
            Effect::Keep(kept) => {
                kept.save(&self.cx.tasks);
                self.cx.kept = kept;
            }
            Effect::Moved { from, to } => self.moved(&from, &to),
            Effect::Commit(commit) => self.commits.start(commit, &self.cx.tasks),
            Effect::Copy { what, text } => self.requests.push(Request::Copy { what, text }),
            Effect::Edit { text, suffix } => self.requests.push(Request::Edit { text, suffix }),
            Effect::Say(text) => self.status.say(text, self.cx.now),
            Effect::Fail(failure) => self.status.fail(failure, self.cx.now),
            Effect::Do(deed) => {
                let effect = self.perform(deed);
                self.apply(effect);
            }
            Effect::Task(task) => {
                let effect = self.atlas.task(task, &self.cx);
                self.apply(effect);
            }
            Effect::Many(effects) => effects.into_iter().for_each(|effect| self.apply(effect)),
            Effect::Quit => self.quit(),
            Effect::QuitAnyway => self.end(),
        }
        self.arrived();
    }

    pub(super) fn arrived(&mut self) {
        if let Some(place) =
            self.screens.iter().rev().find(|screen| screen.layer() == Layer::Full).and_then(|s| s.place())
        {
            self.history.arrive(place);
        }
    }

    fn pop(&mut self) {
        if self.screens.len() > 1 {
            self.screens.pop();
        }
    }

    fn go(&mut self, place: &Place) {
        if let Some(at) = self.screens.iter().position(|screen| screen.place().as_ref() == Some(place)) {
            self.screens.truncate(at + 1);
            return;
        }
        match place {
            Place::Thing(..) => {
                self.screens.retain(|screen| screen.layer() == Layer::Full);
                self.screens.push(self.atlas.at(place, &self.cx));
            }
            Place::Pane(pane) => {
                let left = self.pane();
                let mut screens = std::mem::take(&mut self.screens).into_iter();
                if let (Some(left), Some(screen)) = (left, screens.next()) {
                    self.panes.insert(left, screen);
                }
                let mut screen = self.panes.remove(pane).unwrap_or_else(|| self.atlas.at(place, &self.cx));
                screen.refresh(&self.cx);
                self.screens.push(screen);
            }
        }
    }

    /// A thing is somewhere else now: its page follows it.
    fn moved(&mut self, from: &Place, to: &Place) {
        for screen in &mut self.screens {
            if screen.place().as_ref() == Some(from) {
                *screen = self.atlas.at(to, &self.cx);
            }
        }
    }

    fn quit(&mut self) {
        let lost: Vec<String> = self.screens.iter().filter_map(|screen| screen.loses()).collect();
        if lost.is_empty() {
            return self.end();
        }
        let question = Confirm::new(format!("Quit and lose {}?", lost.join(" and ")), Danger::Destroy)
            .choice("lose it", || Effect::QuitAnyway);
        self.screens.push(Box::new(question));
    }

    pub(super) fn finish(&mut self, finished: Finished) {
        let Finished { ticket, result } = finished;
        // A ticket is claimed by one screen; the others hear of it too.
        let told = self.screens.iter_mut().rev().filter_map(|screen| screen.committed(ticket, &result, &self.cx));
        let claims: Vec<Effect> = told.collect();
        let is_claimed = !claims.is_empty();
        self.apply(Effect::Many(claims));
        match result {
            Ok(done) => {
                self.status.say(done.says, self.cx.now);
                self.look_around();
                for screen in &mut self.screens {
                    screen.refresh(&self.cx);
                }
                if let Some(then) = done.then {
                    self.apply(then());
                }
            }
            // A form that claimed a failure shows it itself; the log has it all the same.
            Err(failure) if is_claimed => self.status.note(failure, self.cx.now),
            Err(failure) => self.status.fail(failure, self.cx.now),
        }
    }
}
