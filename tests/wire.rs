//! The wire: requests and answers of all 191 operations, both ways, against vectors made from AWS's own model.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and says when it skips")]

use std::path::Path;

use serde_json::{Map, Value};
use tiam::api::{Call, Service, find, query, xml};

fn facts(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not here", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn service(vector: &Value) -> Service {
    if vector["service"] == "iam" { Service::Iam } else { Service::Sts }
}

/// The vectors wrap bytes to tell them from text; tiam carries base-64.
fn unwrap_bytes(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("base64") => map["base64"].clone(),
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), unwrap_bytes(v))).collect::<Map<_, _>>().into(),
        Value::Array(items) => items.iter().map(unwrap_bytes).collect(),
        other => other.clone(),
    }
}

#[test]
fn requests_encode_and_decode() {
    let Some(facts) = facts("wire_vectors.json") else { return };
    let mut seen = 0;
    for vector in facts["vectors"].as_array().unwrap() {
        let model = find(service(vector), vector["operation"].as_str().unwrap()).unwrap();
        for request in vector["requests"].as_array().unwrap() {
            let call = Call::new(model, unwrap_bytes(&request["params"]).as_object().unwrap().clone());
            let pairs = query::encode(&call);
            let form: Map<_, _> = pairs.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str()))).collect();
            assert_eq!(Value::Object(form), request["form"], "{}", model.name);
            assert_eq!(query::body(&pairs), request["body"].as_str().unwrap(), "{}", model.name);
            let back = query::decode(&query::pairs(request["body"].as_str().unwrap())).unwrap();
            // A structure without members cannot be written in a form.
            let written = call.input().iter().filter(|(_, v)| v.as_object().is_none_or(|m| !m.is_empty()));
            let written: Map<_, _> = written.map(|(k, v)| (k.clone(), v.clone())).collect();
            assert_eq!(back.input(), &written, "{}", model.name);
            seen += 1;
        }
    }
    assert_eq!(seen, 382);
}

#[test]
fn answers_parse_and_render() {
    let Some(facts) = facts("wire_vectors.json") else { return };
    let mut seen = 0;
    for vector in facts["vectors"].as_array().unwrap() {
        let model = find(service(vector), vector["operation"].as_str().unwrap()).unwrap();
        for response in vector["responses"].as_array().unwrap() {
            let text = response["xml"].as_str().unwrap();
            let parsed = xml::parse(model, text).unwrap();
            assert_eq!(Value::Object(parsed.clone()), unwrap_bytes(&response["parsed"]), "{}", model.name);
            let rendered = xml::render(model, &parsed, "c6104cbe-af31-11e0-8154-cbc7ccf896c7");
            assert_eq!(xml::parse(model, &rendered).unwrap(), parsed, "{}", model.name);
            // The vector percent-encodes SAML metadata; AWS does not, and botocore would not decode it.
            if response["kind"] == "all-members" && model.name != "GetSAMLProvider" {
                assert_eq!(rendered, text, "{}", model.name);
            }
            seen += 1;
        }
    }
    assert!(seen >= 191);
}

#[test]
fn errors_parse_and_render() {
    let Some(facts) = facts("wire_vectors.json") else { return };
    for case in facts["errors"].as_array().unwrap() {
        let status = u16::try_from(case["http"].as_u64().unwrap()).unwrap();
        let text = case["xml"].as_str().unwrap();
        let error = xml::parse_error(text, status).unwrap();
        let ours = (error.code.as_ref(), error.message.as_str());
        assert_eq!(ours, (case["code"].as_str().unwrap(), case["message"].as_str().unwrap()));
        assert_eq!(xml::render_error(Service::Iam, &error, case["request_id"].as_str().unwrap()), text);
    }
}

#[test]
fn the_model_is_the_one_that_botocore_carries() {
    let Some(facts) = facts("operations.json") else { return };
    let mut seen = 0;
    for (key, service) in [("iam", Service::Iam), ("sts", Service::Sts)] {
        for operation in facts[key]["operations"].as_array().unwrap() {
            let model = find(service, operation["name"].as_str().unwrap()).unwrap();
            for (ours, theirs) in [(model.input, &operation["inputs"]), (model.output, &operation["outputs"])] {
                let ours: Vec<_> = ours.iter().map(|m| (m.name, m.required)).collect();
                let theirs = theirs.as_array().unwrap().iter();
                let theirs: Vec<_> =
                    theirs.map(|m| (m["name"].as_str().unwrap(), m["required"].as_bool().unwrap())).collect();
                assert_eq!(ours, theirs, "{}", model.name);
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 191);
}
