//! Keys in, text out: a `|` stands for the cursor.

use super::{Buffer, Spot};

/// Text with `|` at the cursor, keys, text after.
fn edited(before: &str, keys: &str) -> String {
    let at = before.find('|').unwrap();
    let head = &before[..at];
    let mut buffer = Buffer::new(&before.replace('|', ""));
    let line = head.matches('\n').count();
    buffer.go(Spot { line, column: head.rsplit('\n').next().unwrap().chars().count() });
    for key in keys.split(' ') {
        buffer.key(key.parse().unwrap(), 10);
    }
    let spot = buffer.cursor();
    let mut lines = buffer.lines().to_vec();
    let at = lines[spot.line].char_indices().nth(spot.column).map_or(lines[spot.line].len(), |(at, _)| at);
    lines[spot.line].insert(at, '|');
    lines.join("\n")
}

/// Holds that keys make of each text before what stands after.
fn hold(cases: &[(&str, &str, &str)]) {
    for (before, keys, after) in cases {
        assert_eq!(edited(before, keys), *after, "{before:?} {keys}");
    }
}

#[test]
fn lines_are_indented_as_they_are_begun() {
    hold(&[
        ("{|", "enter", "{\n    |"),
        ("{|}", "enter", "{\n    |\n}"),
        ("  \"a\": [|", "enter", "  \"a\": [\n    |"),
        ("    x,|", "enter y", "    x,\n    y|"),
        ("{\n    |", "}", "{\n}|"),
        ("        |", "backspace", "|"),
        ("    a|", "backspace", "    |"),
        ("|a", "tab", "    |a"),
        ("        a|", "shift-tab", "a|"),
    ]);
}

#[test]
fn brackets_and_quotes_come_in_pairs() {
    hold(&[
        ("|", "{", "{|}"),
        ("|", "{ \" a \" : [ ] }", "{\"a\":[]}|"),
        ("|", "{ enter \" a \" enter }", "{\n    \"a\"\n}|"),
        ("|", "[ backspace", "|"),
        ("|", "\" backspace", "|"),
        ("\"a|\"", "\"", "\"a\"|"),
        ("\"a|", "\"", "\"a\"|"),
        ("\"a\\|\"", "\"", "\"a\\\"|\""),
        ("\"$|\"", "{", "\"${|\""),
        ("|\"a\"", "[", "[|\"a\""),
        ("[[a|]", "]", "[[a]|]"),
        ("[a|]", "]", "[a]|"),
        ("|]", "[", "[|]"),
        ("{}|", "}", "{}}|"),
        ("\"a\\\"|\"", "backspace", "\"a\\|\""),
        ("\"\"|\"", "backspace", "\"|\""),
    ]);
}

#[test]
fn keys_move() {
    assert_eq!(edited("  ab|", "home x"), "  x|ab");
    assert_eq!(edited("  |ab", "home x"), "x|  ab");
    assert_eq!(edited("one\ntwo|", "ctrl-home x ctrl-end y"), "xone\ntwoy|");
    assert_eq!(edited("abc|", "shift-left shift-left x"), "ax|");
}

#[test]
fn a_replacement_is_one_step_back() {
    let mut buffer = Buffer::new("{ }");
    buffer.replace("{\n}");
    buffer.undo();
    assert_eq!(buffer.text(), "{ }");
    buffer.redo();
    assert_eq!(buffer.text(), "{\n}");
}

#[test]
fn places_are_selected_and_typed_over() {
    let mut buffer = Buffer::new("a < b <x y>\n\"<bucket>/<key>\"");
    assert!(buffer.select_place(Spot::default()));
    assert_eq!(buffer.cursor(), Spot { line: 1, column: 9 });
    buffer.key("z".parse().unwrap(), 10);
    assert!(buffer.select_place(buffer.cursor()));
    buffer.key("k".parse().unwrap(), 10);
    assert_eq!(buffer.lines()[1], "\"z/k\"");
    assert!(!buffer.select_place(buffer.cursor()));
}

#[test]
fn a_new_line_takes_the_place_of_what_is_selected() {
    assert_eq!(
        edited("{\n  \"a\": [|x\n  y]}", "shift-down shift-home shift-right enter"),
        "{\n  \"a\": [\n    |\n  ]}"
    );
    assert_eq!(edited("{|x}", "shift-right enter"), "{\n    |\n}");
}

#[test]
fn what_is_put_in_is_two_steps_back() {
    let mut buffer = Buffer::new("{\"é\": \"s3:Ge\"}");
    buffer.put(Spot { line: 0, column: 7 }, 6, "s3:GetObject\": [", "\"]");
    assert_eq!((buffer.text().as_str(), buffer.cursor().column), ("{\"é\": \"s3:GetObject\": [\"]}", 23));
    buffer.undo();
    buffer.undo();
    assert_eq!(buffer.text(), "{\"é\": \"s3:Ge\"}");
}

#[test]
fn what_cannot_be_reached_is_left_as_it_is() {
    let text = format!("\"{}\"", "é".repeat(70_000));
    let mut buffer = Buffer::new(&text);
    buffer.put(Spot { line: 0, column: 70_001 }, 1, "x\"", "");
    assert_eq!(buffer.text(), text);
    buffer.key("end".parse().unwrap(), 10);
    assert_eq!(buffer.cursor().column, 70_002);
}

/// Numbers that look like chance.
fn dice(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |sides| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % sides
    }
}

/// All that is no white space, in order.
fn ink(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    all.sort_unstable();
    all
}

#[test]
fn no_key_loses_text_and_every_edit_can_be_taken_back() {
    const PIECES: [&str; 16] =
        ["{", "}", "[", "]", "\"", "\\", ",", ":", " ", "\n", "\t", "    ", "é", "漢", "a", "\"x\": "];
    const KEYS: [&str; 20] = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "a",
        "é",
        "enter",
        "tab",
        "shift-tab",
        "backspace",
        "delete",
        "left",
        "right",
        "up",
        "end",
        "home",
        "shift-left",
    ];
    let mut dice = dice(1);
    for _ in 0..500 {
        let text: String = (0..dice(24)).map(|_| PIECES[dice(PIECES.len())]).collect();
        let mut buffer = Buffer::new(&text);
        buffer.go(Spot { line: dice(4), column: dice(12) });
        let mut told = Vec::new();
        for _ in 0..12 {
            let (before, selected) = (buffer.text(), buffer.selection().is_some());
            let key = KEYS[dice(KEYS.len())];
            told.push(key);
            buffer.key(key.parse().unwrap(), 5);
            let (after, spot) = (buffer.text(), buffer.cursor());
            assert!(spot.column <= buffer.lines()[spot.line].chars().count(), "{text:?} {told:?}");
            let (had, has) = (ink(&before), ink(&after));
            let lost = had.len().saturating_sub(has.len());
            let takes = matches!(key, "backspace" | "delete");
            assert!(selected || lost <= usize::from(takes) * 2, "{text:?} {told:?}: {before:?} {after:?}");
        }
        // More than all: of each key at most two edits.
        for _ in 0..30 {
            buffer.undo();
        }
        assert_eq!(buffer.text(), Buffer::new(&text).text(), "{told:?}");
    }
}

#[test]
fn find_goes_round() {
    let mut buffer = Buffer::new("s3:*\nec2:*\ns3:*");
    assert!(buffer.find("s3:*", false));
    assert_eq!(buffer.cursor(), Spot { line: 2, column: 0 });
    assert!(buffer.find("s3:*", false));
    assert_eq!(buffer.cursor(), Spot { line: 0, column: 0 });
    assert!(!buffer.find("sqs", true));
}
