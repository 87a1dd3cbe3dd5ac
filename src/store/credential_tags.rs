//! Tags of MFA devices, server certificates and identity providers: tag, untag, list.

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tags::{check_some, check_some_keys};
use super::tx::{Entity, Tx};
use crate::api;
use crate::iam::Kind;

/// The three calls of one kind, given how to find its entity by the call's member.
macro_rules! tagged {
    ($($tag:ident $untag:ident $list:ident by $member:ident = $find:expr;)*) => { $(
        impl Perform for api::$tag {
            fn perform(&self, tx: &Tx<'_>) -> Result<Self::Output> {
                let find: fn(&Tx<'_>, &str) -> Result<Entity> = $find;
                check_some(&self.tags)?;
                tx.put_tags(&find(tx, &self.$member)?, &self.tags)?;
                Ok(Self::Output::default())
            }
        }

        impl Perform for api::$untag {
            fn perform(&self, tx: &Tx<'_>) -> Result<Self::Output> {
                let find: fn(&Tx<'_>, &str) -> Result<Entity> = $find;
                let entity = find(tx, &self.$member)?;
                // Only of MFA devices nothing may be untagged.
                if entity.kind != Kind::MfaDevice {
                    check_some_keys(&self.tag_keys)?;
                }
                tx.remove_tags(&entity, &self.tag_keys)?;
                Ok(Self::Output::default())
            }
        }

        impl Perform for api::$list {
            fn perform(&self, tx: &Tx<'_>) -> Result<Self::Output> {
                let find: fn(&Tx<'_>, &str) -> Result<Entity> = $find;
                let entity = find(tx, &self.$member)?;
                let page = Page::new(self.marker.as_deref(), self.max_items)?;
                let (tags, more, marker) = tx.tag_page(&entity, &page)?;
                Ok(Self::Output { tags, is_truncated: Some(more), marker })
            }
        }
    )* };
}

tagged! {
    TagMFADevice UntagMFADevice ListMFADeviceTags
        by serial_number = |tx, serial| Ok(tx.mfa_device(serial)?.entity);
    TagServerCertificate UntagServerCertificate ListServerCertificateTags
        by server_certificate_name = |tx, name| tx.server_certificate(name);
    TagSAMLProvider UntagSAMLProvider ListSAMLProviderTags
        by saml_provider_arn = |tx, arn| tx.saml_provider(arn);
    TagOpenIDConnectProvider UntagOpenIDConnectProvider ListOpenIDConnectProviderTags
        by open_id_connect_provider_arn = |tx, arn| Ok(tx.oidc_provider(arn)?.0);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::{CreateOpenIDConnectProvider, CreateSAMLProvider, UploadServerCertificate};
    use crate::store::kit::Kit;
    use crate::store::saml_metadata::tests::document;
    use crate::store::samples::{LEAF, LEAF_KEY};

    #[test]
    fn each_kind_is_tagged_listed_in_pages_and_untagged() {
        let kit = Kit::new();
        kit.call("CreateVirtualMFADevice", json!({"VirtualMFADeviceName": "phone"})).unwrap();
        kit.ok(&UploadServerCertificate {
            server_certificate_name: "web".into(),
            certificate_body: LEAF.into(),
            private_key: LEAF_KEY.into(),
            ..UploadServerCertificate::default()
        });
        let url = "https://idp.example.com".to_owned();
        kit.ok(&CreateOpenIDConnectProvider { url, ..CreateOpenIDConnectProvider::default() });
        let saml_metadata_document = document("https://idp.example.com");
        kit.ok(&CreateSAMLProvider { saml_metadata_document, name: "corp".into(), ..CreateSAMLProvider::default() });
        let arn = |rest: &str| format!("arn:aws:iam::123456789012:{rest}");
        for (kind, member, value) in [
            ("MFADevice", "SerialNumber", arn("mfa/phone")),
            ("ServerCertificate", "ServerCertificateName", "web".into()),
            ("SAMLProvider", "SAMLProviderArn", arn("saml-provider/corp")),
            ("OpenIDConnectProvider", "OpenIDConnectProviderArn", arn("oidc-provider/idp.example.com")),
        ] {
            let tags = json!([{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}, {"Key": "b", "Value": ""}]);
            kit.call(&format!("Tag{kind}"), json!({member: value, "Tags": tags})).unwrap();
            let page = kit.call(&format!("List{kind}Tags"), json!({member: value, "MaxItems": 2})).unwrap();
            assert_eq!(page["Tags"], json!([{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]), "{kind}");
            let rest = json!({member: value, "Marker": page["Marker"]});
            assert_eq!(kit.call(&format!("List{kind}Tags"), rest).unwrap()["Tags"][0]["Key"], "b");
            let nothing = kit.call(&format!("Tag{kind}"), json!({member: value, "Tags": []})).unwrap_err();
            assert_eq!(nothing.code, "InvalidInput", "{kind}");
            let nothing = kit.call(&format!("Untag{kind}"), json!({member: value, "TagKeys": []}));
            assert_eq!(nothing.is_ok(), kind == "MFADevice", "{kind}");
            kit.call(&format!("Untag{kind}"), json!({member: value, "TagKeys": ["a", "b", "c"]})).unwrap();
            let left = kit.call(&format!("List{kind}Tags"), json!({member: value})).unwrap();
            assert_eq!((&left["Tags"][0]["Key"], left["Tags"].as_array().unwrap().len()), (&json!("A"), 1), "{kind}");
        }
    }
}
