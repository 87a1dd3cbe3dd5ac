//! The README's key table is the action table: checked here, and written anew with `TIAM_README=write`.

use std::path::Path;

const FROM: &str = "<!-- keys: from the console's table of actions -->\n";
const TO: &str = "<!-- /keys -->";

#[test]
fn the_key_table_is_the_action_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let (before, rest) = readme.split_once(FROM).expect("the mark before the table");
    let (table, after) = rest.split_once(TO).expect("the mark behind the table");
    let expected = format!("\n{}\n\n", tiam::console::action::markdown().trim());
    if std::env::var("TIAM_README").as_deref() == Ok("write") {
        std::fs::write(&path, [before, FROM, &expected, TO, after].concat()).expect("the README is written");
        return;
    }
    assert_eq!(table, expected, "TIAM_README=write cargo test --test readme writes the table anew");
}
