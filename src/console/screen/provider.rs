//! The page of an identity provider, OpenID Connect or SAML.

use quick_xml::events::Event;
use quick_xml::{Reader, Writer};
use serde_json::{Map, Value, json};

use super::listing::Reading;
use super::sheet::{Line, Part, Section, Sheet, Subject, Tab};
use super::source::Look;
use super::{copy, entity, provider_forms, tags};
use crate::api::{
    Call, GetOpenIDConnectProvider, GetOpenIDConnectProviderOutput, GetSAMLProvider, GetSAMLProviderOutput,
};
use crate::console::action::{Deed, Kind, Offer};
use crate::console::acts::call;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::Place;
use crate::console::task::Failure;
use crate::console::widget::Cell;

/// An identity provider, by its ARN.
#[derive(Debug)]
pub struct Provider(pub String);

/// What IAM says of one.
#[derive(Clone, Debug)]
pub enum Known {
    /// An OpenID Connect provider.
    Oidc(GetOpenIDConnectProviderOutput),
    /// A SAML provider.
    Saml(GetSAMLProviderOutput),
}

/// Whether the ARN is that of a SAML provider.
pub fn is_saml(arn: &str) -> bool {
    arn.contains(":saml-provider/")
}

/// The sort of provider, in the words of the IAM console.
pub fn word(arn: &str) -> &'static str {
    if is_saml(arn) { "SAML" } else { "OpenID Connect" }
}

/// The name in a provider's ARN. That of an OpenID Connect provider is its URL, and may have slashes.
pub fn name_of(arn: &str) -> &str {
    arn.split_once("-provider/").map_or(arn, |(_, name)| name)
}

/// A call about a provider: the verb before the words for its sort, as `Delete`.
pub fn about(verb: &str, arn: &str, rest: Value) -> Result<Call, Failure> {
    let (sort, member) = if is_saml(arn) {
        ("SAMLProvider", "SAMLProviderArn")
    } else {
        ("OpenIDConnectProvider", "OpenIDConnectProviderArn")
    };
    let mut input = Map::from_iter([(member.to_owned(), json!(arn))]);
    if let Value::Object(rest) = rest {
        input.extend(rest);
    }
    call(&format!("{verb}{sort}"), Value::Object(input))
}

impl Subject for Provider {
    type Page = Known;

    fn place(&self) -> Place {
        Place::Thing(Kind::Provider, self.0.clone())
    }

    fn crumbs(&self) -> Vec<String> {
        vec!["Providers".to_owned(), name_of(&self.0).to_owned()]
    }

    fn read(&self, cx: &Context) -> Reading<Option<Known>> {
        let (account, arn) = (cx.account.clone(), self.0.clone());
        Box::pin(async move {
            let known = if is_saml(&arn) {
                account.send(&GetSAMLProvider { saml_provider_arn: arn }).await.map(Known::Saml)
            } else {
                account.send(&GetOpenIDConnectProvider { open_id_connect_provider_arn: arn }).await.map(Known::Oidc)
            };
            match known {
                Ok(known) => Ok(Some(known)),
                Err(error) if error.iam().is_some_and(|error| error.code == "NoSuchEntity") => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn sheet(&self, known: &Known, look: &Look) -> Sheet {
        let tab = |title, count, sections| Tab { title, count, sections };
        let (mut all, tagged) = match known {
            Known::Oidc(oidc) => {
                let clients = oidc.client_id_list.as_deref().unwrap_or_default();
                let thumbprints = oidc.thumbprint_list.as_deref().unwrap_or_default();
                let client = |id: &String| Line::new([Cell::new(id.clone())]).part(Part::ClientId(id.clone()));
                let thumbprint = |print: &String| Line::new([Cell::new(print.clone())]).part(Part::Thumbprint);
                let of = |lines| vec![Section::new("", lines)];
                let tabs = vec![
                    tab("Details", None, vec![Section::new("", oidc_lines(oidc, look))]),
                    tab("Client ids", Some(clients.len()), of(clients.iter().map(client).collect())),
                    tab("Thumbprints", Some(thumbprints.len()), of(thumbprints.iter().map(thumbprint).collect())),
                ];
                (tabs, oidc.tags.as_deref())
            }
            Known::Saml(saml) => {
                let document = saml.saml_metadata_document.as_deref().map(laid_out).unwrap_or_default();
                let keys = private_keys(saml, look);
                let tabs = vec![
                    tab("Details", None, vec![Section::new("", saml_lines(saml, look))]),
                    tab("Metadata", None, vec![Section::text("", document)]),
                    tab("Private keys", Some(keys.lines.len()), vec![keys]),
                ];
                (tabs, saml.tags.as_deref())
            }
        };
        let tagged = tagged.unwrap_or_default();
        all.push(tab("Tags", Some(tagged.len()), vec![entity::tag_lines(tagged)]));
        let finding = match known {
            Known::Saml(saml) if saml.valid_until.is_some_and(|at| at < look.now) => {
                Some("its metadata is no longer valid: nobody can sign in through it".to_owned())
            }
            _ => None,
        };
        Sheet { tabs: all, facts: self.0.clone(), finding }
    }

    fn offers(&self, _known: &Known, tab: &str, part: &Part) -> Vec<Offer> {
        let mut offers = entity::offers(tab, part);
        match tab {
            "Client ids" => {
                offers.push(Offer::new(Deed::Add, "add client id"));
                if matches!(part, Part::ClientId(_)) {
                    offers.push(Offer::new(Deed::Remove, "remove client id"));
                }
            }
            "Private keys" => {
                offers.push(Offer::new(Deed::Add, "add private key"));
                if matches!(part, Part::PrivateKey(_)) {
                    offers.push(Offer::new(Deed::Remove, "remove private key"));
                }
            }
            "Tags" => {}
            _ if is_saml(&self.0) => offers.push(Offer::new(Deed::Edit, "replace metadata")),
            _ => {
                offers.push(Offer::new(Deed::Edit, "change thumbprints"));
                offers.push(Offer::new(Deed::Add, "add client id"));
            }
        }
        offers.push(Offer::new(Deed::Delete, "delete provider"));
        offers.push(Deed::Copy.into());
        offers
    }

    fn act(&self, deed: Deed, known: &Known, (tab, part): (&str, &Part), cx: &Context) -> Effect {
        let one = std::slice::from_ref(&self.0);
        match (deed, part, known) {
            (Deed::Edit, Part::Tag(key, value), _) => tags::edit(Kind::Provider, &self.0, key, value),
            (Deed::Remove, Part::Tag(key, _), _) => tags::remove(cx, Kind::Provider, &self.0, key),
            (Deed::New, ..) if tab == "Tags" => tags::add(Kind::Provider, one),
            (Deed::Add, _, Known::Oidc(_)) => provider_forms::add_client_id(&self.0),
            (Deed::Remove, Part::ClientId(id), _) => provider_forms::remove_client_id(&self.0, id, cx),
            (Deed::Edit, _, Known::Oidc(oidc)) => {
                provider_forms::thumbprints(&self.0, oidc.thumbprint_list.as_deref().unwrap_or_default())
            }
            (Deed::Edit, _, Known::Saml(_)) => provider_forms::metadata(&self.0),
            (Deed::Add, _, Known::Saml(_)) => provider_forms::add_private_key(&self.0),
            (Deed::Remove, Part::PrivateKey(id), _) => provider_forms::remove_private_key(&self.0, id, cx),
            (Deed::Delete, ..) => provider_forms::delete(one, cx),
            (Deed::Copy, ..) => copy::menu(Kind::Provider, one, cx),
            _ => Effect::None,
        }
    }
}

fn said(label: &str, value: Option<String>, look: &Look) -> Line {
    Line::new([Cell::dim(label), value.map_or(Cell::none(&look.theme), Cell::new)])
}

fn oidc_lines(oidc: &GetOpenIDConnectProviderOutput, look: &Look) -> Vec<Line> {
    vec![
        said("Type", Some("OpenID Connect".to_owned()), look),
        said("Provider URL", oidc.url.clone(), look),
        said("Created", oidc.create_date.map(moment::date), look),
    ]
}

fn saml_lines(saml: &GetSAMLProviderOutput, look: &Look) -> Vec<Line> {
    let valid = match saml.valid_until {
        Some(at) if at < look.now => Cell::finding(moment::date(at)),
        Some(at) => Cell::new(moment::date(at)),
        None => Cell::none(&look.theme),
    };
    vec![
        said("Type", Some("SAML".to_owned()), look),
        said("Created", saml.create_date.map(moment::date), look),
        Line::new([Cell::dim("Metadata valid until"), valid]),
        said("Assertion encryption", saml.assertion_encryption_mode.clone(), look),
        said("Unique id", saml.saml_provider_uuid.clone(), look),
    ]
}

fn private_keys(saml: &GetSAMLProviderOutput, look: &Look) -> Section {
    let line = |key: &crate::api::SAMLPrivateKey| {
        let id = key.key_id.clone().unwrap_or_default();
        let added =
            key.timestamp.map_or(Cell::none(&look.theme), |at| Cell::dim(format!("added {}", moment::date(at))));
        Line::new([Cell::new(id.clone()), added]).part(Part::PrivateKey(id))
    };
    Section::new("", saml.private_key_list.iter().flatten().map(line).collect())
}

/// The metadata with an element a line; as it is when it is no XML.
fn laid_out(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().trim_text(true);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => {
                if writer.write_event(event).is_err() {
                    return xml.to_owned();
                }
            }
            Err(_) => return xml.to_owned(),
        }
    }
    String::from_utf8(writer.into_inner()).unwrap_or_else(|_| xml.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{laid_out, name_of};

    #[test]
    fn metadata_has_an_element_a_line() {
        assert_eq!(laid_out("<a><b c=\"1\">x</b></a>"), "<a>\n  <b c=\"1\">x</b>\n</a>");
        assert_eq!(laid_out("no <xml"), "no <xml");
    }

    #[test]
    fn names_keep_their_slashes() {
        assert_eq!(name_of("arn:aws:iam::1:oidc-provider/oidc.eks.amazonaws.com/id/A"), "oidc.eks.amazonaws.com/id/A");
        assert_eq!(name_of("arn:aws:iam::1:saml-provider/corp"), "corp");
    }
}
