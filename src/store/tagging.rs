//! The calls that tag, untag and list the tags of users, roles, policies and instance profiles.

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tags::{check_some, check_tags};
use super::tx::Tx;
use crate::api::{
    ListInstanceProfileTags, ListInstanceProfileTagsOutput, ListPolicyTags, ListPolicyTagsOutput, ListRoleTags,
    ListRoleTagsOutput, ListUserTags, ListUserTagsOutput, TagInstanceProfile, TagInstanceProfileOutput, TagPolicy,
    TagPolicyOutput, TagRole, TagRoleOutput, TagUser, TagUserOutput, UntagInstanceProfile, UntagInstanceProfileOutput,
    UntagPolicy, UntagPolicyOutput, UntagRole, UntagRoleOutput, UntagUser, UntagUserOutput,
};
use crate::iam::Kind;

/// The three calls of one kind: its name member, how it is looked up, its calls.
macro_rules! tagging {
    ($kind:ident $name:ident $find:ident: $tag:ident $tag_output:ident, $untag:ident $untag_output:ident,
     $list:ident $list_output:ident) => {
        impl Perform for $tag {
            fn perform(&self, tx: &Tx<'_>) -> Result<$tag_output> {
                check_some(&self.tags)?;
                check_tags(Kind::$kind, &self.tags)?;
                tx.put_tags(&tx.$find(&self.$name)?, &self.tags)?;
                Ok($tag_output {})
            }
        }

        impl Perform for $untag {
            fn perform(&self, tx: &Tx<'_>) -> Result<$untag_output> {
                tx.remove_tags(&tx.$find(&self.$name)?, &self.tag_keys)?;
                Ok($untag_output {})
            }
        }

        impl Perform for $list {
            fn perform(&self, tx: &Tx<'_>) -> Result<$list_output> {
                let page = Page::new(self.marker.as_deref(), self.max_items)?;
                let (tags, more, marker) = tx.tag_page(&tx.$find(&self.$name)?, &page)?;
                Ok($list_output { tags, is_truncated: Some(more), marker })
            }
        }
    };
}

tagging! { User user_name user: TagUser TagUserOutput, UntagUser UntagUserOutput, ListUserTags ListUserTagsOutput }
tagging! { Role role_name role: TagRole TagRoleOutput, UntagRole UntagRoleOutput, ListRoleTags ListRoleTagsOutput }
tagging! { Policy policy_arn own_policy: TagPolicy TagPolicyOutput, UntagPolicy UntagPolicyOutput,
ListPolicyTags ListPolicyTagsOutput }
tagging! { InstanceProfile instance_profile_name instance_profile: TagInstanceProfile TagInstanceProfileOutput,
UntagInstanceProfile UntagInstanceProfileOutput, ListInstanceProfileTags ListInstanceProfileTagsOutput }

#[cfg(test)]
mod tests {
    use crate::api::{
        CreatePolicy, CreateRole, CreateUser, GetRole, ListPolicyTags, ListRoleTags, ListUserTags, Tag, TagPolicy,
        TagRole, TagUser, UntagPolicy, UntagRole,
    };
    use crate::store::kit::{ALLOW, Kit, TRUST, tag};

    const ARN: &str = "arn:aws:iam::123456789012:policy/p";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit.ok(&CreateRole {
            role_name: "r".into(),
            assume_role_policy_document: TRUST.into(),
            ..CreateRole::default()
        });
        kit.ok(&CreatePolicy { policy_name: "p".into(), policy_document: ALLOW.into(), ..CreatePolicy::default() });
        kit
    }

    fn tag_role(tags: &[Tag]) -> TagRole {
        TagRole { role_name: "r".into(), tags: tags.into() }
    }

    fn of_role(kit: &Kit) -> Vec<Tag> {
        kit.ok(&ListRoleTags { role_name: "r".into(), ..ListRoleTags::default() }).tags
    }

    fn of_policy() -> ListPolicyTags {
        ListPolicyTags { policy_arn: ARN.into(), ..ListPolicyTags::default() }
    }

    #[test]
    fn a_role_s_key_takes_its_new_spelling() {
        let kit = kit();
        kit.ok(&tag_role(&[tag("somekey", "a")]));
        kit.ok(&tag_role(&[tag("Somekey", "b")]));
        assert_eq!(of_role(&kit), [tag("Somekey", "b")]);
        let error = kit.refused(&tag_role(&[tag("k", "1"), tag("K", "2")]));
        assert_eq!(error.message, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        kit.ok(&UntagRole { role_name: "r".into(), tag_keys: vec!["SOMEKEY".into(), "none".into()] });
        assert!(of_role(&kit).is_empty());
        assert_eq!(kit.ok(&GetRole { role_name: "r".into() }).role.tags, None);
    }

    #[test]
    fn a_policy_s_keys_differ_by_case() {
        let kit = kit();
        let tags = vec![tag("a", "lower"), tag("A", "upper")];
        kit.ok(&TagPolicy { policy_arn: ARN.into(), tags });
        kit.ok(&UntagPolicy { policy_arn: ARN.into(), tag_keys: vec!["a".into()] });
        assert_eq!(kit.ok(&of_policy()).tags, [tag("A", "upper")]);
    }

    #[test]
    fn tags_of_policies_are_listed_short_keys_first_in_pages() {
        let kit = kit();
        let tags: Vec<_> = ["abc", "b", "z", "a"].into_iter().map(|key| tag(key, "v")).collect();
        kit.ok(&TagPolicy { policy_arn: ARN.into(), tags });
        let first = kit.ok(&ListPolicyTags { max_items: Some(3), ..of_policy() });
        assert_eq!(first.tags.iter().map(|tag| tag.key.as_str()).collect::<Vec<_>>(), ["a", "b", "z"]);
        assert_eq!(kit.ok(&ListPolicyTags { marker: first.marker, ..of_policy() }).tags, [tag("abc", "v")]);
    }

    #[test]
    fn tags_of_users_keep_their_order_in_pages() {
        let kit = kit();
        let tags = vec![tag("Team", "a"), tag("Environment", "b"), tag("Age", "c")];
        kit.ok(&TagUser { user_name: "ann".into(), tags: tags.clone() });
        let list = ListUserTags { user_name: "ann".into(), max_items: Some(2), ..ListUserTags::default() };
        let first = kit.ok(&list);
        assert_eq!((&first.tags[..], first.is_truncated), (&tags[..2], Some(true)));
        assert_eq!(kit.ok(&ListUserTags { marker: first.marker, ..list }).tags, tags[2..]);
    }

    #[test]
    fn fifty_tags_are_enough() {
        let kit = kit();
        kit.ok(&tag_role(&(0..50).map(|n| tag(&n.to_string(), "")).collect::<Vec<_>>()));
        let error = kit.refused(&tag_role(&[tag("more", "")]));
        assert_eq!(
            (error.code.as_ref(), error.message.as_str()),
            ("LimitExceeded", "The number of tags has reached the maximum limit.")
        );
        kit.ok(&tag_role(&[tag("7", "again")]));
    }
}
