//! Journeys over identity providers.

use serde_json::json;

use super::{bench, example_corp};
use crate::console::screen::atlas::Atlas;
use crate::console::testkit::Bench;

const GITHUB: &str = "token.actions.githubusercontent.com";

/// A bench on the providers, one of each sort.
fn with_both(mut bench: Bench) -> Bench {
    bench.calls(
        "CreateOpenIDConnectProvider",
        json!({"Url": format!("https://{GITHUB}"), "ClientIDList": ["sts.amazonaws.com"], "ThumbprintList": ["a".repeat(40)]}),
    );
    let metadata = crate::store::given::saml_document("https://idp.example.com");
    bench.calls("CreateSAMLProvider", json!({"Name": "corp-saml", "SAMLMetadataDocument": metadata}));
    bench.keys("7");
    bench
}

#[test]
fn providers_look_like_this() {
    let mut bench = with_both(bench());
    insta::assert_snapshot!("providers", bench.screen());
    bench.keys("enter");
    insta::assert_snapshot!("saml_provider", bench.screen());
    bench.keys("tab");
    assert!(bench.screen().contains("md:IDPSSODescriptor"), "{}", bench.screen());
    let wide = with_both(Bench::on(120, 40, example_corp(), Box::new(Atlas)));
    insta::assert_snapshot!("providers_wide", wide.screen());
}

#[test]
fn an_oidc_provider_is_made_and_changed() {
    let mut bench = bench();
    bench.keys("7 n enter").types(GITHUB).keys("ctrl-s");
    assert!(bench.screen().contains(&format!("Providers › {GITHUB}")), "{}", bench.screen());
    bench.keys("tab a").types("app-1").keys("ctrl-s");
    assert!(bench.screen().contains("app-1") && bench.screen().contains("Client ids 2"), "{}", bench.screen());
    bench.keys("g x");
    assert!(bench.screen().contains("Removed client id"), "{}", bench.screen());
    bench.keys("tab e ctrl-u").types("123").keys("ctrl-s");
    assert!(bench.screen().contains("40 hex digits"), "{}", bench.screen());
    bench.keys("ctrl-u").types(&"b".repeat(40)).keys("ctrl-s");
    assert!(bench.screen().contains(&"b".repeat(40)), "{}", bench.screen());
    bench.keys("tab n").types("team").keys("tab").types("core").keys("ctrl-s");
    assert!(bench.line_with("team").contains("core"), "{}", bench.screen());
    bench.keys("d").types(GITHUB).keys("enter");
    assert!(bench.screen().contains("There are no identity providers yet."), "{}", bench.screen());
}

#[test]
fn a_saml_provider_is_made_from_its_metadata_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("metadata.xml");
    std::fs::write(&path, crate::store::given::saml_document("https://idp.example.com")).unwrap();
    let mut bench = bench();
    bench.keys("7 n down enter").types("corp").keys("tab").types(path.to_str().unwrap()).keys("ctrl-s");
    assert!(bench.screen().contains("Providers › corp"), "{}", bench.screen());
    std::fs::write(&path, crate::store::given::saml_document("https://other.example.com")).unwrap();
    bench.keys("e").types(path.to_str().unwrap()).keys("ctrl-s");
    assert!(bench.screen().contains("Changed corp"), "{}", bench.screen());
    let arn = "arn:aws:iam::123456789012:saml-provider/corp";
    let provider = bench.calls("GetSAMLProvider", json!({"SAMLProviderArn": arn}));
    assert!(provider["SAMLMetadataDocument"].as_str().unwrap().contains("https://other.example.com"));
}
