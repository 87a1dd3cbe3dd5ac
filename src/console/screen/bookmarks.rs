//! The bookmarks of the account: places to come back to, kept between runs.

use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::kept::Bookmark;
use crate::console::place::Place;
use crate::console::widget::{Choice, Pick};

/// Known by this, the choice is to keep or drop the place one is at.
const TURN: &str = "";

/// Shows the bookmarks. `here` is the place one is at, and its breadcrumb.
pub fn open(here: Option<(Place, Vec<String>)>, cx: &Context) -> Pick {
    let bookmarks = cx.kept.bookmarks(&cx.standing.account_id);
    let mut choices: Vec<Choice> = bookmarks
        .iter()
        .filter_map(|one| Some(Choice::new(one.title.clone(), "").known_as(one.place()?.spelled())))
        .collect();
    let here = here.map(|(place, crumbs)| (bookmark(&place, &crumbs, cx), place));
    if let Some((bookmark, place)) = &here {
        let is_kept = bookmarks.iter().any(|one| one.place().as_ref() == Some(place));
        let verb = if is_kept { "drop" } else { "keep" };
        choices.push(Choice::new(format!("{verb} {}", bookmark.title), "this place").known_as(TURN));
    }
    Pick::new("Bookmarks", Box::pin(async { Ok(choices) }), cx, move |id, cx| match (id.as_str(), &here) {
        (TURN, Some((bookmark, _))) => {
            let account = cx.standing.account_id.clone();
            Effect::Keep(cx.kept.clone().with_bookmark_turned(&account, bookmark.clone()))
        }
        _ => Place::read(&id).map_or(Effect::None, Effect::Go),
    })
}

fn bookmark(place: &Place, crumbs: &[String], cx: &Context) -> Bookmark {
    let title = match place {
        Place::Pane(pane) => pane.title().to_owned(),
        Place::Thing(..) => crumbs.join(&format!(" {} ", cx.theme.glyph.crumb)),
    };
    Bookmark::new(title, place)
}

#[cfg(test)]
mod tests {
    use crate::console::journeys::bench;

    #[test]
    fn a_place_is_kept_and_gone_back_to() {
        let mut bench = bench();
        bench.keys("j enter '");
        assert!(bench.screen().contains("keep Users › mateo"), "{}", bench.screen());
        bench.keys("enter 4 '");
        insta::assert_snapshot!(bench.screen());
        bench.keys("enter");
        assert!(bench.screen().contains("Users › mateo"), "{}", bench.screen());
        bench.keys("'").types("drop").keys("enter '");
        assert!(bench.screen().contains("keep Users › mateo"), "{}", bench.screen());
    }
}
