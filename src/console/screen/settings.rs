//! The account's settings: the password policy.

use serde_json::{Map, Value, json};

use super::loading;
use crate::api::{GetAccountPasswordPolicy, PasswordPolicy};
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::task::Failure;
use crate::console::widget::{Field, Form, Values};

/// Numbers of the form: label, member, smallest, largest, sentence.
const NUMBERS: [(&str, &str, i64, i64, &str); 3] = [
    ("Minimum length", "MinimumPasswordLength", 6, 128, "6 to 128 characters."),
    ("Expires after days", "MaxPasswordAge", 1, 1095, "1 to 1095 days; empty: passwords do not expire."),
    ("Not reused", "PasswordReusePrevention", 1, 24, "How many earlier passwords, 1 to 24; empty: any may come back."),
];

/// Switches of the form: label, member, sentence.
const SWITCHES: [(&str, &str, &str); 6] = [
    ("Upper case", "RequireUppercaseCharacters", "At least one letter A to Z."),
    ("Lower case", "RequireLowercaseCharacters", "At least one letter a to z."),
    ("Numbers", "RequireNumbers", "At least one digit."),
    ("Symbols", "RequireSymbols", "At least one of ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"),
    (
        "Users may change",
        "AllowUsersToChangePassword",
        "Users change their own password without a policy that lets them.",
    ),
    ("Hard expiry", "HardExpiry", "Who lets the password expire cannot set a new one; an administrator must."),
];

/// Shows the password policy as a form; an account without one starts from what AWS proposes.
pub fn password_policy(cx: &Context) -> Effect {
    let account = cx.account.clone();
    let read = Box::pin(async move {
        match account.send(&GetAccountPasswordPolicy {}).await {
            Ok(output) => Ok(Some(output.password_policy)),
            Err(error) if error.iam().is_some_and(|e| e.code == "NoSuchEntity") => Ok(None),
            Err(error) => Err(Failure::from(error)),
        }
    });
    loading::then(cx, read, |policy, _| form(policy.unwrap_or_else(proposed)))
}

fn proposed() -> PasswordPolicy {
    let on = Some(true);
    PasswordPolicy {
        minimum_password_length: Some(8),
        require_symbols: on,
        require_numbers: on,
        require_uppercase_characters: on,
        require_lowercase_characters: on,
        allow_users_to_change_password: on,
        ..PasswordPolicy::default()
    }
}

fn form(policy: PasswordPolicy) -> Effect {
    let now = serde_json::to_value(policy).unwrap_or_default();
    let number = |(label, member, min, max, says): (&'static str, &str, i64, i64, &'static str)| {
        let text = now.get(member).and_then(Value::as_i64).map(|n| n.to_string()).unwrap_or_default();
        Field::text(label, text).help(says).check(move |text| fits(text, min, max, says))
    };
    let is_on = |member: &str| now.get(member).and_then(Value::as_bool).unwrap_or(false);
    let switch = |(label, member, says): (&'static str, &str, &str)| Field::flag(label, is_on(member)).help(says);
    let fields = NUMBERS.map(number).into_iter().chain(SWITCHES.map(switch)).collect();
    let form = Form::new("Password policy", fields, |values: &Values, cx: &Context| {
        let calls = vec![call("UpdateAccountPasswordPolicy", input(values))];
        commit(cx, "Setting the password policy", "Set the password policy", calls)
    });
    Effect::open(form.saying("set"))
}

fn fits(text: &str, min: i64, max: i64, says: &str) -> Result<(), String> {
    let is_right = text.is_empty() || text.parse::<i64>().is_ok_and(|n| (min..=max).contains(&n));
    if is_right { Ok(()) } else { Err(says.to_owned()) }
}

fn input(values: &Values) -> Value {
    let numbers = NUMBERS.iter().filter_map(|(label, member, ..)| {
        let number: i64 = values.get(label).parse().ok()?;
        Some(((*member).to_owned(), json!(number)))
    });
    let switches = SWITCHES.iter().map(|(label, member, _)| ((*member).to_owned(), json!(values.is_on(label))));
    Value::Object(numbers.chain(switches).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::console::journeys::bench;

    #[test]
    fn the_password_policy_is_found_by_its_phrase_and_set() {
        let mut bench = bench();
        bench.keys("s").types("password policy").keys("enter");
        assert!(bench.screen().contains("Minimum length"), "{}", bench.screen());
        bench.keys("backspace").types("200").keys("ctrl-s");
        assert!(bench.screen().contains("6 to 128 characters"), "{}", bench.screen());
        bench.keys("backspace backspace backspace").types("14").keys("ctrl-s");
        assert!(bench.screen().contains("Set the password policy"), "{}", bench.screen());
    }

    #[test]
    fn what_the_form_does_not_change_is_kept() {
        let mut bench = bench();
        let before = json!({
            "MinimumPasswordLength": 10, "RequireSymbols": true, "RequireNumbers": false, "RequireUppercaseCharacters": true,
            "RequireLowercaseCharacters": false, "AllowUsersToChangePassword": true, "MaxPasswordAge": 90,
            "PasswordReusePrevention": 5, "HardExpiry": true,
        });
        bench.calls("UpdateAccountPasswordPolicy", before.clone());
        bench.keys("s").types("password policy").keys("enter backspace").types("2").keys("ctrl-s");
        let after = bench.calls("GetAccountPasswordPolicy", json!({}));
        let after = after.get("PasswordPolicy").and_then(serde_json::Value::as_object).unwrap().clone();
        let members = crate::api::find(crate::api::Service::Iam, "UpdateAccountPasswordPolicy").unwrap().input;
        for member in members {
            let expected = if member.name == "MinimumPasswordLength" { &json!(12) } else { &before[member.name] };
            assert_eq!(after.get(member.name), Some(expected), "{}", member.name);
        }
    }
}
