//! Lists, pages and deletions over small stores, compared with what plain sorting says.

use serde_json::json;

use super::{Column, Finding, Last, List, Mfa, Pane, Part, Row, Total, Whose, Window};
use crate::api::Call;
use crate::iam::Kind;
use crate::store::kit::Kit;

/// A store with users `u000` to `u{n - 1}`, of whom every third was active and every fourth has a password.
fn users(n: i64) -> Kit {
    let kit = Kit::new();
    kit.store
        .write(|sql| {
            for i in 0..n {
                sql.execute(
                    "INSERT INTO entity (account, kind, name, name_key, arn, created, activity) VALUES
                     (1, 1, ?1, ?1, 'arn:aws:iam::123456789012:user/' || ?1, ?2, CASE WHEN ?3 % 3 = 0 THEN ?2 + 7 * (?3 % 5) END)",
                    (format!("u{i:03}"), 1_700_000_000 + (i * 37) % 101, i),
                )?;
                if i % 4 == 0 {
                    let row = sql.last_insert_rowid();
                    sql.execute("INSERT INTO login_profile (user, created, changed) VALUES (?1, ?2, ?2)", (row, i))?;
                }
            }
            Ok(())
        })
        .unwrap();
    kit
}

fn names(window: &Window) -> Vec<String> {
    window.rows.iter().map(|row| row.name().to_owned()).collect()
}

fn list(kit: &Kit, list: &List) -> Window {
    kit.store.view(&kit.account).list(list).unwrap()
}

#[test]
fn every_window_is_a_cut_of_the_whole_list() {
    let kit = users(57);
    for sort in [Column::Name, Column::Activity, Column::Created, Column::Password, Column::Groups] {
        for descending in [false, true] {
            for filter in ["", "u02", "1"] {
                let ask = List { sort, descending, filter: filter.into(), ..List::of(Pane::Users, 1000) };
                let whole = names(&list(&kit, &ask));
                let mut near = None;
                for start in (0..whole.len()).step_by(7).chain((0..whole.len()).rev().step_by(11)) {
                    let window = list(&kit, &List { start, limit: 7, near, ..ask.clone() });
                    assert_eq!(window.total, Total::Exact(whole.len()));
                    let at = start.min(whole.len().saturating_sub(7));
                    assert_eq!(window.start, at);
                    assert_eq!(
                        names(&window),
                        whole[at..(at + 7).min(whole.len())],
                        "{sort:?} {descending} {filter} {start}"
                    );
                    near = window.anchor;
                }
                for (at, name) in whole.iter().enumerate() {
                    assert_eq!(kit.store.view(&kit.account).position(&ask, name).unwrap(), Some(at));
                }
            }
        }
    }
}

#[test]
fn lists_are_sorted_as_they_say() {
    let kit = users(30);
    let window = list(&kit, &List { sort: Column::Activity, ..List::of(Pane::Users, 100) });
    let keys: Vec<_> = window
        .rows
        .iter()
        .map(|row| match row {
            Row::User(user) => (user.activity.at(), user.name.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(keys.is_sorted());
    assert!(keys[0].0.is_none() && keys[29].0.is_some());
}

#[test]
fn a_common_filter_says_so_and_is_counted_only_at_the_end() {
    let kit = users(1500);
    let ask = List { filter: "U".into(), ..List::of(Pane::Users, 10) };
    let window = list(&kit, &ask);
    assert_eq!((window.total, window.total.to_string().as_str()), (Total::AtLeast(1000), "1000+"));
    assert_eq!(names(&window)[..2], ["u000", "u001"]);
    let end = list(&kit, &List { start: usize::MAX, ..ask });
    assert_eq!((end.total, end.start), (Total::Exact(1500), 1490));
    assert_eq!(names(&end)[9], "u999");
}

#[test]
fn a_filter_takes_signs_as_letters() {
    let kit = Kit::new();
    for name in ["a_b", "axb", "a%b-c", "\u{e9}cole"] {
        kit.store
            .write(|sql| {
                sql.execute(
                    "INSERT INTO entity (account, kind, name, name_key, arn, created) VALUES (1, 1, ?1, ?1, ?1, 0)",
                    [name],
                )?;
                Ok(())
            })
            .unwrap();
    }
    let find = |filter: &str| names(&list(&kit, &List { filter: filter.into(), ..List::of(Pane::Users, 9) }));
    assert_eq!(find("a_b"), ["a_b"]);
    assert_eq!(find("%b-"), ["a%b-c"]);
    assert_eq!(find("\"a"), Vec::<String>::new());
    assert_eq!(find("\u{c9}COL"), ["\u{e9}cole"]);
}

#[test]
fn policies_of_account_and_aws_are_one_list() {
    let kit = Kit::new();
    kit.store
        .write(|sql| {
            for name in ["AAA", "Billing", "Mmm", "zzz"] {
                sql.execute(
                    "INSERT INTO entity (account, kind, name, name_key, arn, created) VALUES
                     (1, 4, ?1, lower(?1), 'arn:aws:iam::123456789012:policy/' || ?1, 0)",
                    [name],
                )?;
                sql.execute(
                    "INSERT INTO policy (entity, account, name_key, default_version, latest_version, updated)
                     VALUES (?1, 1, lower(?2), 1, 1, 1700000000)",
                    (sql.last_insert_rowid(), name),
                )?;
            }
            Ok(())
        })
        .unwrap();
    for sort in [Column::Name, Column::Attachments, Column::Updated] {
        for descending in [false, true] {
            let ask = List { sort, descending, ..List::of(Pane::Policies(Whose::All), 5000) };
            let whole = names(&list(&kit, &ask));
            assert_eq!(whole.len(), 1586);
            for start in (0..1586).step_by(131).chain([1585]) {
                let window = list(&kit, &List { start, limit: 20, ..ask.clone() });
                let at = start.min(1566);
                assert_eq!((window.start, names(&window).as_slice()), (at, &whole[at..at + 20]), "{sort:?} {start}");
                let id = window.rows[3].id();
                assert_eq!(kit.store.view(&kit.account).position(&ask, id).unwrap(), Some(at + 3));
            }
        }
    }
    let jobs = list(&kit, &List { filter: "bill".into(), ..List::of(Pane::Policies(Whose::JobFunction), 9) });
    assert_eq!(names(&jobs), ["Billing"]);
}

fn call(kit: &Kit, name: &str, input: serde_json::Value) {
    kit.call(name, input).unwrap();
}

#[test]
fn a_user_with_a_password_needs_mfa_and_unknown_is_not_never() {
    let mut kit = users(1);
    let row = |kit: &Kit| match list(kit, &List::of(Pane::Users, 1)).rows.remove(0) {
        Row::User(row) => row,
        other => panic!("{other:?}"),
    };
    let user = row(&kit);
    assert_eq!((user.mfa, user.findings.first()), (Mfa::None, Some(&Finding::NoMfa)));
    kit.account.mirror =
        Some(crate::store::Mirror { endpoint: crate::store::EndpointName::default(), refreshed: None });
    let user = row(&kit);
    assert_eq!((user.mfa, user.findings.contains(&Finding::NoMfa)), (Mfa::Unknown, false));
    assert_eq!(user.activity, Last::At("2023-11-14T22:13:20Z".parse().unwrap()));
}

#[test]
fn deleting_a_user_deletes_what_hangs_on_it_first() {
    let kit = users(1);
    kit.store
        .write(|sql| {
            let insert = "INSERT INTO inline_policy (entity, name, document) VALUES (1, 'home', '{}')";
            sql.execute(insert, [])?;
            sql.execute(
                "INSERT INTO access_key (id, account, user, status, created) VALUES ('AKIA1', 1, 1, 'Active', 0)",
                [],
            )?;
            Ok(())
        })
        .unwrap();
    let deletion = kit.store.view(&kit.account).deletion(Kind::User, "U000").unwrap().unwrap();
    let names: Vec<&str> = deletion.calls.iter().map(|call: &Call| call.model().name).collect();
    assert_eq!(names, ["DeleteLoginProfile", "DeleteAccessKey", "DeleteUserPolicy", "DeleteUser"]);
    assert_eq!(deletion.parts.last(), Some(&Part::Inline("home".into())));
    assert!(deletion.blockers.is_empty());
}

#[test]
fn the_dashboard_counts_and_recommends() {
    let kit = users(12);
    call(&kit, "CreateUser", json!({"UserName": "ann"}));
    let dashboard = kit.store.view(&kit.account).dashboard().unwrap();
    assert_eq!((dashboard.usage[0].used, dashboard.usage[0].quota), (13, Some(5000)));
    assert_eq!(dashboard.sign_in_url, "https://123456789012.signin.aws.amazon.com/console");
    let sentences: Vec<_> = dashboard.recommendations.iter().map(|r| r.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        [
            "3 users sign in to the console without MFA",
            "3 users who can sign in were not active for 90 days: remove what is not needed"
        ]
    );
    let counts = kit.store.view(&kit.account).counts().unwrap();
    assert_eq!(counts[0], (Pane::Users, 13));
}
