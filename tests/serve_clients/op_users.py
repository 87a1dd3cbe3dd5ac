"""Users, groups, and the policies on them, through boto3."""

from kit import AccountTest, allow, arn, document

READ_S3 = document(allow("s3:GetObject", "arn:aws:s3:::example/*"))
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
NO_PATH = (
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters "
    "and/or / characters."
)


class Users(AccountTest):
    def test_a_user_from_making_to_deleting(self):
        made = self.iam.create_user(UserName="ann", Path="/eng/", Tags=[{"Key": "team", "Value": ""}])["User"]
        self.has(
            made,
            "UserId",
            "CreateDate",
            Path="/eng/",
            UserName="ann",
            Arn=arn("user/eng/ann"),
            Tags=[{"Key": "team", "Value": ""}],
        )
        self.assertRegex(made["UserId"], "^AIDA[A-Z2-7]{17}$")
        self.assertEqual(self.iam.get_user(UserName="ann")["User"], made)
        listed = self.iam.list_users(PathPrefix="/eng/")
        self.has(listed, "ResponseMetadata", "Users", IsTruncated=False)
        self.has(listed["Users"][0], "Path", "UserName", "UserId", "Arn", "CreateDate")
        self.assertEqual(self.iam.list_users(PathPrefix="/nobody/")["Users"], [])
        self.empty(self.iam.update_user(UserName="ann", NewUserName="Anna", NewPath="/"))
        renamed = self.iam.get_user(UserName="anna")["User"]
        self.assertEqual((renamed["Arn"], renamed["UserId"]), (arn("user/Anna"), made["UserId"]))
        self.unknown(self.iam.get_user, "The user with name ann cannot be found.", UserName="ann")
        self.empty(self.iam.delete_user(UserName="ANNA"))
        self.unknown(self.iam.delete_user, "The user with name Anna cannot be found.", UserName="Anna")

    def test_names_are_unique_whatever_their_case(self):
        self.iam.create_user(UserName="Case")
        message = "User with name case already exists."
        self.refused("EntityAlreadyExists", self.iam.create_user, message, UserName="case")

    def test_a_user_made_again_is_somebody_else(self):
        first = self.iam.create_user(UserName="twice")["User"]["UserId"]
        self.iam.delete_user(UserName="twice")
        self.assertNotEqual(self.iam.create_user(UserName="twice")["User"]["UserId"], first)

    def test_what_a_name_and_a_path_may_be(self):
        iam = self.served.client("iam", parameter_validation=False)
        self.refused("ValidationError", iam.create_user, NO_PATH, UserName="p", Path="eng")
        self.refused(
            "ValidationError",
            iam.create_user,
            "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the "
            "following: +=,.@_-",
            UserName="a b",
        )
        self.refused(
            "ValidationError",
            iam.create_user,
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length "
            "less than or equal to 64",
            UserName="x" * 65,
        )
        self.refused(
            "ValidationError",
            iam.create_user,
            "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
        )

    def test_tags_of_a_user_ignore_case(self):
        self.iam.create_user(UserName="tagged")
        self.empty(self.iam.tag_user(UserName="tagged", Tags=[{"Key": "Team", "Value": "a"}]))
        self.iam.tag_user(UserName="tagged", Tags=[{"Key": "TEAM", "Value": "b"}])
        answer = self.iam.list_user_tags(UserName="tagged")
        self.has(answer, "ResponseMetadata", IsTruncated=False, Tags=[{"Key": "TEAM", "Value": "b"}])
        self.refused(
            "InvalidInput",
            self.iam.tag_user,
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            UserName="tagged",
            Tags=[{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}],
        )
        self.empty(self.iam.untag_user(UserName="tagged", TagKeys=["team", "never"]))
        self.assertEqual(self.iam.list_user_tags(UserName="tagged")["Tags"], [])
        self.assertNotIn("Tags", self.iam.get_user(UserName="tagged")["User"])

    def test_a_boundary_is_a_policy(self):
        policy = self.iam.create_policy(PolicyName="limits", PolicyDocument=READ_S3)["Policy"]["Arn"]
        boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": policy}
        made = self.iam.create_user(UserName="bounded", PermissionsBoundary=policy)["User"]
        self.assertEqual(made["PermissionsBoundary"], boundary)
        self.assertEqual(self.iam.get_user(UserName="bounded")["User"]["PermissionsBoundary"], boundary)
        self.assertEqual(self.iam.get_policy(PolicyArn=policy)["Policy"]["PermissionsBoundaryUsageCount"], 1)
        self.assertNotIn("PermissionsBoundary", self.iam.list_users()["Users"][0])
        self.empty(self.iam.delete_user_permissions_boundary(UserName="bounded"))
        self.assertNotIn("PermissionsBoundary", self.iam.get_user(UserName="bounded")["User"])
        self.empty(self.iam.put_user_permissions_boundary(UserName="bounded", PermissionsBoundary=policy))
        missing = arn("policy/missing")
        self.unknown(
            self.iam.put_user_permissions_boundary,
            f"Scope ARN: {missing} does not exist or is not attachable.",
            UserName="bounded",
            PermissionsBoundary=missing,
        )

    def test_inline_policies_come_back_as_documents(self):
        self.iam.create_user(UserName="inline")
        self.empty(self.iam.put_user_policy(UserName="inline", PolicyName="read", PolicyDocument=READ_S3))
        got = self.iam.get_user_policy(UserName="inline", PolicyName="read")
        self.has(
            got,
            "ResponseMetadata",
            UserName="inline",
            PolicyName="read",
            PolicyDocument={
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example/*"}],
            },
        )
        listed = self.iam.list_user_policies(UserName="inline")
        self.has(listed, "ResponseMetadata", PolicyNames=["read"], IsTruncated=False)
        message = "Cannot delete entity, must delete policies first."
        self.refused("DeleteConflict", self.iam.delete_user, message, UserName="inline")
        self.empty(self.iam.delete_user_policy(UserName="inline", PolicyName="read"))
        message = "The user policy with name read cannot be found."
        self.unknown(self.iam.get_user_policy, message, UserName="inline", PolicyName="read")
        self.refused(
            "MalformedPolicyDocument",
            self.iam.put_user_policy,
            "Syntax errors in policy.",
            UserName="inline",
            PolicyName="bad",
            PolicyDocument='{"Version": "2012-10-17", "Statement": [{"Effect": "Perhaps", "Action": "s3:*", "Resource": "*"}]}',
        )

    def test_managed_policies_are_attached_and_detached(self):
        self.iam.create_user(UserName="attached")
        self.empty(self.iam.attach_user_policy(UserName="attached", PolicyArn=READ_ONLY))
        self.empty(self.iam.attach_user_policy(UserName="attached", PolicyArn=READ_ONLY))
        listed = self.iam.list_attached_user_policies(UserName="attached")
        policies = [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}]
        self.has(listed, "ResponseMetadata", AttachedPolicies=policies, IsTruncated=False)
        message = "Cannot delete entity, must detach all policies first."
        self.refused("DeleteConflict", self.iam.delete_user, message, UserName="attached")
        self.empty(self.iam.detach_user_policy(UserName="attached", PolicyArn=READ_ONLY))
        message = f"Policy {READ_ONLY} was not found."
        self.unknown(self.iam.detach_user_policy, message, UserName="attached", PolicyArn=READ_ONLY)
        missing = arn("policy/missing")
        message = f"Policy {missing} does not exist or is not attachable."
        self.unknown(self.iam.attach_user_policy, message, UserName="attached", PolicyArn=missing)

    def test_a_call_without_a_name_is_about_the_caller(self):
        keys = self.served.keys_of("self", allow("iam:GetUser", arn("user/${aws:username}")))
        iam = self.served.client("iam", keys)
        self.assertEqual(iam.get_user()["User"]["UserName"], "self")
        self.denied(
            iam.list_users,
            f"User: {arn('user/self')} is not authorized to perform: iam:ListUsers on resource: {arn('user/')} because "
            "no identity-based policy allows the iam:ListUsers action",
        )
        root = self.iam.get_user()["User"]
        self.has(root, "CreateDate", UserId="123456789012", Arn=arn("root"))


class Groups(AccountTest):
    def test_a_group_from_making_to_deleting(self):
        made = self.iam.create_group(GroupName="Admins", Path="/a/")["Group"]
        self.has(made, "GroupId", "CreateDate", Path="/a/", GroupName="Admins", Arn=arn("group/a/Admins"))
        self.assertRegex(made["GroupId"], "^AGPA[A-Z2-7]{17}$")
        got = self.iam.get_group(GroupName="admins")
        self.has(got, "ResponseMetadata", Group=made, Users=[], IsTruncated=False)
        self.assertEqual(self.iam.list_groups()["Groups"], [made])
        self.empty(self.iam.update_group(GroupName="Admins", NewGroupName="Ops", NewPath="/b/"))
        self.assertEqual(self.iam.get_group(GroupName="Ops")["Group"]["Arn"], arn("group/b/Ops"))
        self.iam.create_group(GroupName="Taken")
        message = "Group with name Taken already exists."
        self.refused("EntityAlreadyExists", self.iam.create_group, message, GroupName="Taken")
        self.refused(
            "EntityAlreadyExists", self.iam.update_group, message, GroupName="Ops", NewGroupName="Taken"
        )
        self.iam.delete_group(GroupName="Taken")
        self.empty(self.iam.delete_group(GroupName="Ops"))
        self.unknown(self.iam.get_group, "The group with name Ops cannot be found.", GroupName="Ops")

    def test_members(self):
        self.iam.create_group(GroupName="team")
        self.iam.create_user(UserName="bob")
        message = "The user with name nobody cannot be found."
        self.unknown(self.iam.add_user_to_group, message, GroupName="nothing", UserName="nobody")
        message = "The group with name nothing cannot be found."
        self.unknown(self.iam.add_user_to_group, message, GroupName="nothing", UserName="bob")
        self.empty(self.iam.add_user_to_group(GroupName="team", UserName="bob"))
        self.empty(self.iam.add_user_to_group(GroupName="team", UserName="bob"))
        members = self.iam.get_group(GroupName="team")["Users"]
        self.has(members[0], "UserId", "CreateDate", "Path", UserName="bob", Arn=arn("user/bob"))
        groups = self.iam.list_groups_for_user(UserName="bob")
        self.has(groups, "ResponseMetadata", "Groups", IsTruncated=False)
        self.has(groups["Groups"][0], "GroupId", "CreateDate", "Path", GroupName="team", Arn=arn("group/team"))
        message = "Cannot delete entity, must remove users from group first."
        self.refused("DeleteConflict", self.iam.delete_group, message, GroupName="team")
        self.refused("DeleteConflict", self.iam.delete_user, UserName="bob")
        self.empty(self.iam.remove_user_from_group(GroupName="team", UserName="bob"))
        self.empty(self.iam.remove_user_from_group(GroupName="team", UserName="bob"))
        self.assertEqual(self.iam.get_group(GroupName="team")["Users"], [])

    def test_policies_of_a_group(self):
        self.iam.create_group(GroupName="g")
        self.empty(self.iam.put_group_policy(GroupName="g", PolicyName="read", PolicyDocument=READ_S3))
        got = self.iam.get_group_policy(GroupName="g", PolicyName="read")
        self.has(got, "ResponseMetadata", "PolicyDocument", GroupName="g", PolicyName="read")
        self.assertEqual(got["PolicyDocument"]["Version"], "2012-10-17")
        self.assertEqual(self.iam.list_group_policies(GroupName="g")["PolicyNames"], ["read"])
        self.empty(self.iam.attach_group_policy(GroupName="g", PolicyArn=READ_ONLY))
        listed = self.iam.list_attached_group_policies(GroupName="g")["AttachedPolicies"]
        self.assertEqual(listed, [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}])
        message = "Cannot delete entity, must detach all policies first."
        self.refused("DeleteConflict", self.iam.delete_group, GroupName="g")
        self.empty(self.iam.delete_group_policy(GroupName="g", PolicyName="read"))
        message = "The group policy with name read cannot be found."
        self.unknown(self.iam.delete_group_policy, message, GroupName="g", PolicyName="read")
        self.empty(self.iam.detach_group_policy(GroupName="g", PolicyArn=READ_ONLY))
        self.empty(self.iam.delete_group(GroupName="g"))

    def test_a_member_has_what_its_group_allows(self):
        keys = self.served.keys_of("carl")
        iam = self.served.client("iam", keys)
        self.denied(iam.list_groups)
        self.iam.create_group(GroupName="readers")
        self.iam.put_group_policy(
            GroupName="readers", PolicyName="list", PolicyDocument=document(allow("iam:ListGroups"))
        )
        self.iam.add_user_to_group(GroupName="readers", UserName="carl")
        self.assertIn("readers", [group["GroupName"] for group in iam.list_groups()["Groups"]])
