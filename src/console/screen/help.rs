//! Help and palette: the action table to search in, and to run from.

use crate::console::action::{Deed, Offer, Scope, TABLE, Task};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::widget::Pick;
use crate::console::widget::pick::Choice;

/// All keys, those that do something here first; choosing one does it.
pub fn help(offers: &[Offer], cx: &Context) -> Pick {
    let here = offers.iter().map(|offer| choice(offer, cx));
    let is_offered = |deed| offers.iter().any(|offer| offer.deed == deed);
    let go = TABLE.iter().filter(|entry| matches!(entry.scope, Scope::Go | Scope::Look) && !is_offered(entry.deed));
    let everywhere = go.filter(|entry| is_everywhere(entry.deed)).map(|entry| choice(&entry.deed.into(), cx));
    let choices: Vec<Choice> = here.chain(everywhere).collect();
    Pick::new("All keys here", Box::pin(async { Ok(choices) }), cx, |id, _| run(&id))
}

/// Every command by name: panes, acts, tasks.
pub fn palette(cx: &Context) -> Pick {
    let panes = TABLE.iter().filter(|entry| entry.scope == Scope::Go && entry.deed != Deed::Palette);
    let panes = panes.map(|entry| Choice::new(entry.name, entry.says).known_as(entry.id));
    let tasks = Task::all().map(|task| {
        let id = format!("{} {}", task.deed.entry().id, task.kind.word());
        Choice::new(task.phrase(), "").known_as(id)
    });
    let choices: Vec<Choice> = tasks.chain(panes).collect();
    Pick::new("Commands", Box::pin(async { Ok(choices) }), cx, |id, _| run(&id))
}

/// Deeds that work on every screen, though the screen does not offer them itself.
fn is_everywhere(deed: Deed) -> bool {
    use Deed::{Columns, Copy, Filter, Help, Open, OtherFace, Preview, Reverse, Sort, Which, Wide};
    !matches!(deed, Open | Filter | Sort | Reverse | Which | Preview | Wide | Columns | Copy | OtherFace | Help)
}

fn choice(offer: &Offer, cx: &Context) -> Choice {
    let entry = offer.deed.entry();
    let text = format!("{:<14} {}", cx.keymap.all(offer.deed), offer.name);
    Choice::new(text, entry.says).known_as(entry.id)
}

/// The effect of a choice: a deed's id, or a deed's id and a kind.
fn run(id: &str) -> Effect {
    if let Some(entry) = TABLE.iter().find(|entry| entry.id == id) {
        return Effect::Do(entry.deed);
    }
    let task = Task::all().find(|task| id == format!("{} {}", task.deed.entry().id, task.kind.word()));
    task.map_or(Effect::None, Effect::Task)
}

#[cfg(test)]
mod tests {
    use crate::console::action::{Deed, Offer};
    use crate::console::context::Context;
    use crate::console::effect::Effect;
    use crate::console::screen::Screen;
    use crate::console::testkit::Bench;

    /// A screen with one deed.
    struct Users;

    impl Screen for Users {
        fn offers(&self, _cx: &Context) -> Vec<Offer> {
            vec![Offer::new(Deed::Add, "add to group"), Deed::Down.into()]
        }
        fn update(&mut self, deed: Deed, _cx: &Context) -> Effect {
            Effect::Say(format!("did {deed:?}"))
        }
        fn view(&self, _frame: &mut ratatui::Frame, _area: ratatui::layout::Rect, _cx: &Context) {}
    }

    #[test]
    fn help_shows_what_works_here_and_runs_the_choice() {
        let mut bench = Bench::with(|_| Users);
        bench.keys("?");
        insta::assert_snapshot!(bench.screen());
        bench.types("group").keys("enter");
        assert!(bench.screen().contains("did Add"), "{}", bench.screen());
    }

    #[test]
    fn the_palette_knows_tasks_and_panes() {
        let mut bench = Bench::with(|_| Users);
        bench.keys(":").types("role attach");
        assert!(bench.screen().contains("attach policy to role"));
    }

    #[test]
    fn messages_are_kept() {
        let mut bench = Bench::with(|_| Users);
        bench.keys("a j M");
        assert!(bench.screen().contains("05:00:00  did Add"), "{}", bench.screen());
    }
}
