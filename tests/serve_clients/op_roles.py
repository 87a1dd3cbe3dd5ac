"""Roles and instance profiles through boto3."""

import json

from kit import EC2, AccountTest, allow, arn, document, trust

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
POLICY = document(allow("s3:ListAllMyBuckets"))


class Roles(AccountTest):
    def test_a_role_from_making_to_deleting(self):
        made = self.iam.create_role(
            RoleName="app", AssumeRolePolicyDocument=EC2, Description="An app", MaxSessionDuration=7200
        )["Role"]
        # CreateRole answers neither the description nor the duration; GetRole does.
        self.has(
            made,
            "RoleId",
            "CreateDate",
            Path="/",
            RoleName="app",
            Arn=arn("role/app"),
            AssumeRolePolicyDocument=json.loads(EC2),
        )
        self.assertRegex(made["RoleId"], "^AROA[A-Z2-7]{17}$")
        got = self.iam.get_role(RoleName="app")["Role"]
        self.has(got, *made, Description="An app", MaxSessionDuration=7200, RoleLastUsed={})
        listed = self.iam.list_roles()["Roles"]
        self.has(listed[0], *made, Description="An app", MaxSessionDuration=7200)
        self.empty(self.iam.update_role(RoleName="app", Description="", MaxSessionDuration=3600))
        got = self.iam.get_role(RoleName="app")["Role"]
        self.assertEqual((got.get("Description", ""), got["MaxSessionDuration"]), ("", 3600))
        said = self.iam.update_role_description(RoleName="app", Description="New")["Role"]
        self.assertEqual((said["RoleName"], said["Description"]), ("app", "New"))
        self.empty(self.iam.delete_role(RoleName="app"))
        self.unknown(self.iam.get_role, "The role with name app cannot be found.", RoleName="app")

    def test_a_role_without_a_duration_has_an_hour(self):
        self.iam.create_role(RoleName="plain", AssumeRolePolicyDocument=EC2)
        got = self.iam.get_role(RoleName="plain")["Role"]
        self.assertEqual(got["MaxSessionDuration"], 3600)
        self.assertNotIn("Description", got)
        message = "Role with name plain already exists."
        self.refused(
            "EntityAlreadyExists", self.iam.create_role, message, RoleName="plain", AssumeRolePolicyDocument=EC2
        )
        iam = self.served.client("iam", parameter_validation=False)
        self.refused(
            "ValidationError",
            iam.create_role,
            "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have "
            "value greater than or equal to 3600",
            RoleName="short",
            AssumeRolePolicyDocument=EC2,
            MaxSessionDuration=60,
        )

    def test_trust_policies(self):
        self.iam.create_role(RoleName="trusting", AssumeRolePolicyDocument=EC2)
        other = trust({"Service": "lambda.amazonaws.com"})
        self.empty(self.iam.update_assume_role_policy(RoleName="trusting", PolicyDocument=other))
        got = self.iam.get_role(RoleName="trusting")["Role"]["AssumeRolePolicyDocument"]
        self.assertEqual(got, json.loads(other))
        for document_, message in [
            ("not json", "This policy contains invalid Json"),
            (document({**json.loads(EC2)["Statement"][0], "Resource": "*"}), "Has prohibited field Resource"),
            (trust("*", "s3:GetObject"), "AssumeRole policy may only specify STS AssumeRole actions."),
            (document({"Effect": "Allow", "Action": "sts:AssumeRole"}), "Missing required field Principal"),
            (trust({"Service": "ec2.example.com"}), 'Invalid principal in policy: "SERVICE":"ec2.example.com"'),
            (trust(arn("user/nobody")), f'Invalid principal in policy: "AWS":"{arn("user/nobody")}"'),
        ]:
            self.refused(
                "MalformedPolicyDocument",
                self.iam.update_assume_role_policy,
                message,
                RoleName="trusting",
                PolicyDocument=document_,
            )

    def test_an_account_is_shown_by_its_arn(self):
        self.iam.create_role(RoleName="of-account", AssumeRolePolicyDocument=trust("123456789012"))
        document_ = self.iam.get_role(RoleName="of-account")["Role"]["AssumeRolePolicyDocument"]
        self.assertEqual(document_["Statement"][0]["Principal"], {"AWS": arn("root")})

    def test_a_principal_is_kept_by_its_id(self):
        user = self.iam.create_user(UserName="trusted")["User"]
        self.iam.create_role(RoleName="of-user", AssumeRolePolicyDocument=trust(user["Arn"]))

        def principal():
            document_ = self.iam.get_role(RoleName="of-user")["Role"]["AssumeRolePolicyDocument"]
            return document_["Statement"][0]["Principal"]["AWS"]

        self.assertEqual(principal(), user["Arn"])
        self.iam.delete_user(UserName="trusted")
        self.assertEqual(principal(), user["UserId"])
        self.iam.create_user(UserName="trusted")
        self.assertEqual(principal(), user["UserId"])

    def test_tags_of_a_role(self):
        tags = [{"Key": "a", "Value": "1"}]
        made = self.iam.create_role(RoleName="tagged", AssumeRolePolicyDocument=EC2, Tags=tags)["Role"]
        self.assertEqual(made["Tags"], tags)
        self.empty(self.iam.tag_role(RoleName="tagged", Tags=[{"Key": "b", "Value": "2"}]))
        self.assertEqual(len(self.iam.list_role_tags(RoleName="tagged")["Tags"]), 2)
        self.empty(self.iam.untag_role(RoleName="tagged", TagKeys=["A"]))
        self.assertEqual(self.iam.get_role(RoleName="tagged")["Role"]["Tags"], [{"Key": "b", "Value": "2"}])
        reserved = [{"Key": "aws:created", "Value": ""}]
        message = "Tag keys beginning with aws: are reserved for system use."
        self.refused("InvalidInput", self.iam.tag_role, message, RoleName="tagged", Tags=reserved)
        many = [{"Key": f"k{n}", "Value": ""} for n in range(51)]
        self.refused(
            "ValidationError",
            self.iam.tag_role,
            "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less "
            "than or equal to 50",
            RoleName="tagged",
            Tags=many,
        )
        self.refused("LimitExceeded", self.iam.tag_role, RoleName="tagged", Tags=many[:50])

    def test_policies_and_boundary_of_a_role(self):
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=EC2)
        self.empty(self.iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=POLICY))
        got = self.iam.get_role_policy(RoleName="r", PolicyName="p")
        self.has(got, "ResponseMetadata", RoleName="r", PolicyName="p", PolicyDocument=json.loads(POLICY))
        self.assertEqual(self.iam.list_role_policies(RoleName="r")["PolicyNames"], ["p"])
        self.empty(self.iam.attach_role_policy(RoleName="r", PolicyArn=READ_ONLY))
        self.assertEqual(
            self.iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"],
            [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}],
        )
        self.empty(self.iam.put_role_permissions_boundary(RoleName="r", PermissionsBoundary=READ_ONLY))
        boundary = self.iam.get_role(RoleName="r")["Role"]["PermissionsBoundary"]
        self.assertEqual(boundary, {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": READ_ONLY})
        self.empty(self.iam.delete_role_permissions_boundary(RoleName="r"))
        message = "Cannot delete entity, must detach all policies first."
        self.refused("DeleteConflict", self.iam.delete_role, message, RoleName="r")
        self.empty(self.iam.detach_role_policy(RoleName="r", PolicyArn=READ_ONLY))
        message = "Cannot delete entity, must delete policies first."
        self.refused("DeleteConflict", self.iam.delete_role, message, RoleName="r")
        self.empty(self.iam.delete_role_policy(RoleName="r", PolicyName="p"))
        self.empty(self.iam.delete_role(RoleName="r"))

    def test_service_linked_roles(self):
        made = self.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x")["Role"]
        name = "AWSServiceRoleForAutoScaling_x"
        path = "/aws-service-role/autoscaling.amazonaws.com/"
        self.assertEqual((made["RoleName"], made["Path"], made["Arn"]), (name, path, arn(f"role{path}{name}")))
        message = (
            f"Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
        )
        self.refused("UnmodifiableEntity", self.iam.delete_role, message, RoleName=name)
        task = self.iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
        self.assertRegex(task, f"^task{path}{name}/[0-9a-f-]{{36}}$")
        status = self.iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"]
        self.assertIn(status, ["SUCCEEDED", "IN_PROGRESS", "NOT_STARTED"])
        self.unknown(self.iam.get_role, f"The role with name {name} cannot be found.", RoleName=name)


class InstanceProfiles(AccountTest):
    def test_a_profile_from_making_to_deleting(self):
        made = self.iam.create_instance_profile(InstanceProfileName="web", Path="/w/")["InstanceProfile"]
        self.has(
            made,
            "InstanceProfileId",
            "CreateDate",
            Path="/w/",
            InstanceProfileName="web",
            Arn=arn("instance-profile/w/web"),
            Roles=[],
        )
        self.assertRegex(made["InstanceProfileId"], "^AIPA[A-Z2-7]{17}$")
        message = "Instance Profile web already exists."
        self.refused("EntityAlreadyExists", self.iam.create_instance_profile, message, InstanceProfileName="web")
        self.iam.create_role(RoleName="r1", AssumeRolePolicyDocument=EC2)
        self.iam.create_role(RoleName="r2", AssumeRolePolicyDocument=EC2)
        self.empty(self.iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="r1"))
        self.refused(
            "LimitExceeded",
            self.iam.add_role_to_instance_profile,
            "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
            InstanceProfileName="web",
            RoleName="r2",
        )
        got = self.iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
        self.assertEqual(got["Roles"][0]["AssumeRolePolicyDocument"], json.loads(EC2))
        self.assertEqual(len(self.iam.list_instance_profiles()["InstanceProfiles"]), 1)
        found = self.iam.list_instance_profiles_for_role(RoleName="r1")["InstanceProfiles"]
        self.assertEqual([profile["InstanceProfileName"] for profile in found], ["web"])
        self.assertEqual(self.iam.list_instance_profiles_for_role(RoleName="r2")["InstanceProfiles"], [])
        message = "Cannot delete entity, must remove roles from instance profile first."
        self.refused("DeleteConflict", self.iam.delete_instance_profile, message, InstanceProfileName="web")
        self.refused("DeleteConflict", self.iam.delete_role, message, RoleName="r1")
        self.empty(self.iam.remove_role_from_instance_profile(InstanceProfileName="web", RoleName="r1"))
        self.empty(self.iam.delete_instance_profile(InstanceProfileName="web"))
        message = "Instance Profile web cannot be found."
        self.unknown(self.iam.get_instance_profile, message, InstanceProfileName="web")

    def test_tags_of_a_profile(self):
        self.iam.create_instance_profile(InstanceProfileName="t")
        self.empty(self.iam.tag_instance_profile(InstanceProfileName="t", Tags=[{"Key": "a", "Value": "b"}]))
        got = self.iam.list_instance_profile_tags(InstanceProfileName="t")
        self.has(got, "ResponseMetadata", Tags=[{"Key": "a", "Value": "b"}], IsTruncated=False)
        self.empty(self.iam.untag_instance_profile(InstanceProfileName="t", TagKeys=["a"]))
        self.assertEqual(self.iam.get_instance_profile(InstanceProfileName="t")["InstanceProfile"]["Tags"], [])
