//! The command line as a whole: what is printed is read back the same, and each way to say a value is understood.

use std::io;

use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Value, json};

use super::options::Target;
use super::{Fault, Invocation, operation, parse, print};
use crate::api::model::Text;
use crate::api::{Call, Member, Model, Service, Shape, operations};

fn read(path: &str) -> io::Result<Vec<u8>> {
    match path {
        "trust.json" => Ok(b"{\"Version\":\r\n\"2012-10-17\"}".to_vec()),
        "tags.json" => Ok(b"[{\"Key\":\"a\",\"Value\":\"b\"}]".to_vec()),
        "picture" => Ok(vec![0xff, 0xd8]),
        _ => Err(io::Error::from_raw_os_error(2)),
    }
}

fn invoke(line: &str) -> Result<Invocation, Fault> {
    let words = shell_words(line);
    let service = if words[1] == "sts" { Service::Sts } else { Service::Iam };
    parse(operation(service, &words[2])?, &words[3..], &read)
}

fn input(line: &str) -> Value {
    invoke(line).map_or_else(|fault| fault.to_string().into(), |i| i.call.input().clone().into())
}

/// The words of a line, as bash splits and unquotes it.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let mut bytes = Vec::new();
        while let Some(c) = rest.chars().next().filter(|c| *c != ' ') {
            if let Some(tail) = rest.strip_prefix("$'") {
                rest = ansi_c(tail, &mut bytes);
            } else if let Some(tail) = rest.strip_prefix('\'') {
                let (inside, after) = tail.split_once('\'').unwrap();
                bytes.extend(inside.bytes());
                rest = after;
            } else {
                assert!(c.is_ascii_alphanumeric() || "_@%+=:,./-\\".contains(c), "unquoted {c:?} in {line}");
                let skip = usize::from(c == '\\');
                let taken: String = rest.chars().skip(skip).take(1).collect();
                bytes.extend(taken.bytes());
                rest = &rest[skip + taken.len()..];
            }
        }
        words.push(String::from_utf8(bytes).unwrap());
        rest = rest.trim_start_matches(' ');
    }
    words
}

fn ansi_c<'a>(mut rest: &'a str, out: &mut Vec<u8>) -> &'a str {
    loop {
        let c = rest.chars().next().unwrap();
        rest = &rest[c.len_utf8()..];
        match c {
            '\'' => return rest,
            '\\' => {
                let escape = rest.as_bytes()[0];
                let (byte, length) = match escape {
                    b'x' => (u8::from_str_radix(&rest[1..3], 16).unwrap(), 3),
                    b'n' => (b'\n', 1),
                    b'r' => (b'\r', 1),
                    b't' => (b'\t', 1),
                    other => (other, 1),
                };
                out.push(byte);
                rest = &rest[length..];
            }
            c => out.extend(c.to_string().bytes()),
        }
    }
}

fn members(members: &'static [Member], depth: usize) -> BoxedStrategy<Value> {
    let mut all = Just(Map::new()).boxed();
    for member in members.iter().filter(|m| depth < 4 || m.required) {
        let value = shaped(member.shape, depth + 1);
        let one = if member.required { value.prop_map(Some).boxed() } else { prop::option::of(value).boxed() };
        all = (all, one)
            .prop_map(|(mut map, value)| {
                map.extend(value.map(|value| (member.name.to_owned(), value)));
                map
            })
            .boxed();
    }
    all.prop_map(Value::Object).boxed()
}

fn shaped(shape: &'static Shape, depth: usize) -> BoxedStrategy<Value> {
    match shape {
        Shape::Text(text) => texts(text),
        Shape::Integer { min, .. } => (min.unwrap_or(-9)..100_000_i64).prop_map(Value::from).boxed(),
        Shape::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Timestamp | Shape::Blob => Just(Value::from("2026-01-02T03:04:05Z")).boxed(),
        Shape::List { of, min, .. } => {
            prop::collection::vec(shaped(of, depth), *min..min + 3).prop_map(Value::from).boxed()
        }
        Shape::Map { key, value } => prop::collection::vec((shaped(key, depth), shaped(value, depth)), 0..3)
            .prop_map(|pairs| {
                let text = |key: Value| key.as_str().unwrap().to_owned();
                Value::Object(pairs.into_iter().map(|(key, value)| (text(key), value)).collect())
            })
            .boxed(),
        Shape::Structure(inner) => members(inner, depth),
    }
}

fn texts(text: &'static Text) -> BoxedStrategy<Value> {
    let odd = [
        "-x",
        "--user-name",
        "file://a",
        "fileb://a",
        "[a",
        "{b",
        "$HOME `id` !!",
        "it's \"so\"",
        "a,b=c",
        "a\\,b\\",
        " x ",
        "\u{202e}\u{1b}[31m\n\t\r\0",
        "é日本\u{e0041}",
        "{\"a\":\"\u{200b}'!\"}",
        "true",
        "7",
        "~/x",
        "*",
    ];
    let odd = prop::sample::select(odd.to_vec()).prop_map(str::to_owned);
    let any = Union::new([odd.boxed(), "[ -~]{1,8}".boxed(), any::<String>().boxed()]);
    let min = text.min;
    let is_document = text.is_document();
    any.prop_map(move |s| {
        // A document is laid out anew; only one that is no JSON stays as it is.
        let s = if is_document { format!("<{s}") } else { s };
        let length = s.chars().count();
        if length < min { format!("{s}{}", "p".repeat(min - length)) } else { s }
    })
    .prop_map(Value::from)
    .boxed()
}

fn calls() -> impl Strategy<Value = Call> {
    let has_secret = |model: &&Model| {
        let mut probe = json!({});
        for member in model.input {
            probe[member.name] = "x".into();
        }
        let call = Call::new(operations().find(|m| *m == *model).unwrap(), probe.as_object().unwrap().clone());
        call.redacted() != probe
    };
    let models: Vec<_> = operations().filter(|model| !has_secret(model)).collect();
    assert!(models.len() > 170, "{}", models.len());
    prop::sample::select(models)
        .prop_flat_map(|model| (Just(model), members(model.input, 0)))
        .prop_map(|(model, input)| Call::new(model, input.as_object().unwrap().clone()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(call in calls()) {
        let line = print(&call);
        prop_assert!(line.chars().all(crate::text::is_plain), "{line:?}");
        let back = invoke(&line).map_err(|fault| TestCaseError::fail(format!("{fault}\n{line}")))?;
        prop_assert_eq!(back.call, call, "{}", line);
    }

    #[test]
    fn no_arguments_make_it_panic(words in prop::collection::vec("(--)?[a-z=\\[{,\"' -]{0,12}", 0..6), at in 0_usize..190) {
        let model = operations().nth(at).unwrap();
        let _ = parse(model, &words, &read);
    }
}

#[test]
fn lines_read_as_an_admin_would_write_them() {
    let call = |name: &str, input: Value| {
        print(&Call::new(operation(Service::Iam, name).unwrap(), input.as_object().unwrap().clone()))
    };
    assert_eq!(
        call("CreateUser", json!({"Path": "/eng/", "UserName": "ann", "Tags": [{"Key": "team", "Value": "a b"}]})),
        "aws iam create-user --path /eng/ --user-name ann --tags 'Key=team,Value=\"a b\"'"
    );
    assert_eq!(
        call(
            "PutUserPolicy",
            json!({"UserName": "a", "PolicyName": "p", "PolicyDocument": "{\n  \"Statement\": []\n}"})
        ),
        r#"aws iam put-user-policy --user-name a --policy-name p --policy-document '{"Statement":[]}'"#
    );
    assert_eq!(
        call("CreateLoginProfile", json!({"UserName": "a", "Password": "hunter2", "PasswordResetRequired": true})),
        r#"aws iam create-login-profile --user-name a --password "$PASSWORD" --password-reset-required"#
    );
    assert_eq!(
        call("UpdateUser", json!({"UserName": "file:///etc/passwd"})),
        r#"aws iam update-user --cli-input-json '{"UserName":"file:///etc/passwd"}'"#
    );
    assert_eq!(call("ListUsers", json!({"MaxItems": 5})), "aws iam list-users --no-paginate --max-items 5");
}

#[test]
fn values_are_understood_in_every_form() {
    let tags = json!([{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d,e"}]);
    for form in [
        "Key=a,Value=b 'Key=c,Value=\"d,e\"'",
        r"Key=a,Value=b Key=c,Value=d\\,e",
        r#"'[{"Key":"a","Value":"b"},{"Key":"c","Value":"d,e"}]'"#,
        r#"'{"Key":"a","Value":"b"}' '{"Key":"c","Value":"d,e"}'"#,
    ] {
        assert_eq!(input(&format!("aws iam tag-user --user-name u --tags {form}"))["Tags"], tags, "{form}");
    }
    assert_eq!(
        input("aws iam tag-user --user-name u --tags file://tags.json")["Tags"],
        json!([{"Key": "a", "Value": "b"}])
    );
    assert_eq!(input("aws iam untag-user --user-name u --tag-keys a b")["TagKeys"], json!(["a", "b"]));
    assert_eq!(input("aws iam untag-user --user-name u --tag-keys '[\"a\"]'")["TagKeys"], json!(["a"]));
    let role =
        "aws iam create-role --role-name r --assume-role-policy-document file://trust.json --max-session-duration 3600";
    assert_eq!(input(role)["AssumeRolePolicyDocument"], "{\"Version\":\n\"2012-10-17\"}");
    assert_eq!(input(role)["MaxSessionDuration"], 3600);
    let simulate = "aws iam simulate-custom-policy --policy-input-list '{}' --action-names s3:Get --context-entries \
                    ContextKeyName=aws:a,ContextKeyValues=x,y,ContextKeyType=stringList ContextKeyName=bb:bb,ContextKeyValues=z";
    assert_eq!(
        input(simulate)["ContextEntries"],
        json!([
            {"ContextKeyName": "aws:a", "ContextKeyValues": ["x", "y"], "ContextKeyType": "stringList"},
            {"ContextKeyName": "bb:bb", "ContextKeyValues": ["z"]},
        ])
    );
    assert_eq!(
        input(
            "aws iam create-policy-version --policy-arn=arn:aws:iam::1:policy/p --policy-document '{}' --no-set-as-default"
        ),
        json!({"PolicyArn": "arn:aws:iam::1:policy/p", "PolicyDocument": "{}", "SetAsDefault": false})
    );
    assert_eq!(
        input("aws sts assume-root --target-principal 123456789012 --task-policy-arn arn=arn:aws:iam::aws:policy/A")["TaskPolicyArn"],
        json!({"arn": "arn:aws:iam::aws:policy/A"})
    );
    // An unambiguous beginning is enough, and the command line counts before the JSON.
    assert_eq!(
        input(r#"aws iam create-user --user ann --cli-input-json '{"UserName":"bob","Path":"/x/"}'"#),
        json!({"Path": "/x/", "UserName": "ann"})
    );
    assert_eq!(
        input(
            "aws iam enable-mfa-device --user-name u --serial-number sn1234567 --authentication-code-1 123456 --authentication-code2 654321"
        )["AuthenticationCode1"],
        "123456"
    );
}

#[test]
fn faults_are_worded_as_the_aws_command_words_them() {
    for (line, text) in [
        ("aws iam get-role", "the following arguments are required: --role-name"),
        ("aws iam get-user --usr x y", "Unknown options: --usr, y, x"),
        ("aws iam get-user --user-name", "argument --user-name: expected one argument"),
        ("aws iam create-user --p x", "ambiguous option: --p could match --path, --permissions-boundary"),
        ("aws iam list-users --max-items x", "argument --max-items: invalid int value: 'x'"),
        ("aws iam creat-user", "argument operation: Invalid choice: 'creat-user', maybe you meant:\n\n  * create-user"),
        (
            "aws iam create-role --role-name r --assume-role-policy-document file://none",
            "Error parsing parameter '--assume-role-policy-document': Unable to load paramfile file://none: [Errno 2] No such \
             file or directory: 'none'",
        ),
        (
            "aws iam tag-user --user-name u --tags Key",
            "Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\nKey\n   ^",
        ),
        (
            "aws iam tag-user --user-name u --tags Key=a",
            "Parameter validation failed:\nMissing required parameter in Tags[0]: \"Value\"",
        ),
        (
            "aws iam list-users --no-paginate --page-size 3",
            "Error during pagination: Cannot specify --no-paginate along with pagination arguments: --page-size",
        ),
    ] {
        let fault = invoke(line).unwrap_err().to_string();
        assert!(fault.starts_with(text), "{line}\n{fault}");
    }
    let fault = invoke("aws iam create-role --role-name r --assume-role-policy-document fileb://picture").unwrap_err();
    assert!(fault.to_string().contains("could not be decoded"));
}

#[test]
fn pages_are_gathered_unless_asked_for_one_by_one() {
    let paging = |line: &str| invoke(line).unwrap().paging.is_some();
    assert!(paging("aws iam list-users --max-items 3 --page-size 2"));
    assert!(!paging("aws iam list-users --marker m"));
    assert!(!paging("aws iam list-users --no-paginate"));
    assert!(!paging("aws iam get-user"));
    assert_eq!(input("aws iam list-users --max-items 3 --page-size 2"), json!({"MaxItems": 2}));
    assert_eq!(input("aws iam list-users --no-paginate --max-items 3"), json!({"MaxItems": 3}));
}

/// Every operation and option, with what is required and what comes in pages, against a list that
/// `tests/facts/make_cli_names.py` took from the AWS CLI itself.
#[test]
fn names_are_those_of_the_aws_command() {
    let facts = include_str!("../../../tests/facts/cli_names.txt");
    let mut seen = 0;
    for line in facts.lines() {
        let mut words = line.split(' ');
        let service = if words.next() == Some("iam") { Service::Iam } else { Service::Sts };
        let model = crate::api::find(service, words.next().unwrap()).unwrap();
        assert_eq!(super::names::kebab(model.name), words.next().unwrap());
        let mut ours: Vec<_> = super::options::options(model)
            .iter()
            .filter(|o| {
                !["cli-input-json", "output", "no-paginate", "no-cli-pager", "color"].contains(&o.name.as_str())
            })
            .map(|o| match o.target {
                Target::Member(m) if super::parse::is_demanded(m) => format!("{}!", o.name),
                // tiam prints what it is not told to save.
                Target::Outfile | Target::BootstrapMethod => format!("{}!", o.name),
                _ => o.name.clone(),
            })
            .collect();
        let mut theirs: Vec<_> = words.map(str::to_owned).collect();
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs, "{}", model.name);
        seen += 1;
    }
    assert_eq!((seen, operations().count()), (191, 191));
}
