"""Managed policies, simulation and access advice through boto3."""

import json

from kit import EC2, AccountTest, allow, arn, deny, document

READ = document(allow("s3:GetObject", "arn:aws:s3:::example/*"))
WRITE = document(allow("s3:PutObject", "arn:aws:s3:::example/*"))


class ManagedPolicies(AccountTest):
    def test_a_policy_from_making_to_deleting(self):
        tags = [{"Key": "a", "Value": "b"}]
        made = self.iam.create_policy(
            PolicyName="read", Path="/p/", PolicyDocument=READ, Description="Reads", Tags=tags
        )["Policy"]
        members = {
            "PolicyName": "read",
            "Arn": arn("policy/p/read"),
            "Path": "/p/",
            "DefaultVersionId": "v1",
            "AttachmentCount": 0,
            "PermissionsBoundaryUsageCount": 0,
            "IsAttachable": True,
        }
        self.has(made, "PolicyId", "CreateDate", "UpdateDate", Tags=tags, **members)
        self.assertRegex(made["PolicyId"], "^ANPA[A-Z2-7]{17}$")
        got = self.iam.get_policy(PolicyArn=made["Arn"])["Policy"]
        self.has(got, "PolicyId", "CreateDate", "UpdateDate", Tags=tags, Description="Reads", **members)
        listed = self.iam.list_policies(Scope="Local")
        self.has(listed, "ResponseMetadata", "Policies", IsTruncated=False)
        self.has(listed["Policies"][0], "PolicyId", "CreateDate", "UpdateDate", **members)
        self.refused(
            "EntityAlreadyExists",
            self.iam.create_policy,
            "A policy called read already exists. Duplicate names are not allowed.",
            PolicyName="read",
            PolicyDocument=READ,
        )
        self.empty(self.iam.delete_policy(PolicyArn=made["Arn"]))
        message = f"Policy {made['Arn']} was not found."
        self.unknown(self.iam.get_policy, message, PolicyArn=made["Arn"])

    def test_versions(self):
        policy = self.iam.create_policy(PolicyName="versions", PolicyDocument=READ)["Policy"]["Arn"]
        second = self.iam.create_policy_version(PolicyArn=policy, PolicyDocument=WRITE)["PolicyVersion"]
        self.has(second, "CreateDate", VersionId="v2", IsDefaultVersion=False)
        got = self.iam.get_policy_version(PolicyArn=policy, VersionId="v2")["PolicyVersion"]
        self.has(got, "CreateDate", VersionId="v2", IsDefaultVersion=False, Document=json.loads(WRITE))
        self.empty(self.iam.set_default_policy_version(PolicyArn=policy, VersionId="v2"))
        self.assertEqual(self.iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"], "v2")
        message = "Cannot delete the default version of a policy."
        self.refused("DeleteConflict", self.iam.delete_policy_version, message, PolicyArn=policy, VersionId="v2")
        for number in range(3, 6):
            version = self.iam.create_policy_version(PolicyArn=policy, PolicyDocument=READ, SetAsDefault=number == 5)
            self.assertEqual(version["PolicyVersion"]["IsDefaultVersion"], number == 5)
        message = (
            "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing "
            "version."
        )
        self.refused("LimitExceeded", self.iam.create_policy_version, message, PolicyArn=policy, PolicyDocument=READ)
        listed = self.iam.list_policy_versions(PolicyArn=policy)["Versions"]
        self.assertEqual([version["VersionId"] for version in listed], ["v5", "v4", "v3", "v2", "v1"])
        self.has(listed[0], "CreateDate", VersionId="v5", IsDefaultVersion=True)
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=policy)
        for number in range(1, 5):
            self.empty(self.iam.delete_policy_version(PolicyArn=policy, VersionId=f"v{number}"))
        message = f"Policy {policy} version v1 does not exist or is not attachable."
        self.unknown(self.iam.get_policy_version, message, PolicyArn=policy, VersionId="v1")
        sixth = self.iam.create_policy_version(PolicyArn=policy, PolicyDocument=READ)["PolicyVersion"]
        self.assertEqual(sixth["VersionId"], "v6", "a version's number is never given twice")

    def test_tags_of_a_policy_heed_case(self):
        policy = self.iam.create_policy(PolicyName="tags", PolicyDocument=READ)["Policy"]["Arn"]
        self.empty(self.iam.tag_policy(PolicyArn=policy, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]))
        listed = self.iam.list_policy_tags(PolicyArn=policy)
        self.has(listed, "ResponseMetadata", "Tags", IsTruncated=False)
        self.assertEqual(len(listed["Tags"]), 2)
        self.empty(self.iam.untag_policy(PolicyArn=policy, TagKeys=["A"]))
        self.assertEqual(self.iam.get_policy(PolicyArn=policy)["Policy"]["Tags"], [{"Key": "a", "Value": "1"}])
        doubled = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
        self.refused(
            "InvalidInput", self.iam.tag_policy, "Duplicate tag keys found.", PolicyArn=policy, Tags=doubled
        )

    def test_what_a_policy_is_attached_to(self):
        policy = self.iam.create_policy(PolicyName="used", PolicyDocument=READ)["Policy"]["Arn"]
        user = self.iam.create_user(UserName="u")["User"]
        group = self.iam.create_group(GroupName="g")["Group"]
        role = self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=EC2)["Role"]
        self.iam.attach_user_policy(UserName="u", PolicyArn=policy)
        self.iam.attach_group_policy(GroupName="g", PolicyArn=policy)
        self.iam.attach_role_policy(RoleName="r", PolicyArn=policy)
        found = self.iam.list_entities_for_policy(PolicyArn=policy)
        self.has(
            found,
            "ResponseMetadata",
            IsTruncated=False,
            PolicyUsers=[{"UserName": "u", "UserId": user["UserId"]}],
            PolicyGroups=[{"GroupName": "g", "GroupId": group["GroupId"]}],
            PolicyRoles=[{"RoleName": "r", "RoleId": role["RoleId"]}],
        )
        only = self.iam.list_entities_for_policy(PolicyArn=policy, EntityFilter="Role")
        self.assertEqual((only["PolicyUsers"], only["PolicyGroups"], len(only["PolicyRoles"])), ([], [], 1))
        self.assertEqual(self.iam.get_policy(PolicyArn=policy)["Policy"]["AttachmentCount"], 3)
        attached = self.iam.list_policies(OnlyAttached=True, Scope="Local")["Policies"]
        self.assertEqual([found["PolicyName"] for found in attached], ["used"])
        message = "Cannot delete a policy attached to entities."
        self.refused("DeleteConflict", self.iam.delete_policy, message, PolicyArn=policy)

    def test_policies_of_aws(self):
        admin = "arn:aws:iam::aws:policy/AdministratorAccess"
        got = self.iam.get_policy(PolicyArn=admin)["Policy"]
        self.assertEqual((got["PolicyName"], got["DefaultVersionId"], got["Path"]), ("AdministratorAccess", "v1", "/"))
        document_ = self.iam.get_policy_version(PolicyArn=admin, VersionId="v1")["PolicyVersion"]["Document"]
        self.assertEqual(document_["Statement"], [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
        message = "Cannot delete policies outside your own account."
        self.denied(self.iam.delete_policy, message, PolicyArn=admin)
        jobs = self.iam.list_policies(Scope="AWS", PathPrefix="/job-function/")["Policies"]
        self.assertIn("arn:aws:iam::aws:policy/job-function/Billing", [policy["Arn"] for policy in jobs])

    def test_documents_that_are_refused(self):
        for text, message in [
            ("{", "Syntax errors in policy."),
            ('{"Version": "2012-10-17"}', "Syntax errors in policy."),
            (document({"Effect": "Allow", "Action": "s3:*"}), "Policy statement must contain resources."),
            (document({"Effect": "Allow", "Resource": "*"}), "Policy statement must contain actions."),
            (document(allow("s3:*", "bucket")), 'Resource bucket must be in ARN format or "*".'),
            (document({**allow("s3:*"), "Principal": "*"}), "Policy document should not specify a principal."),
            (
                document(allow("s3")),
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
            ),
        ]:
            self.refused(
                "MalformedPolicyDocument", self.iam.create_policy, message, PolicyName="bad", PolicyDocument=text
            )
        long = document(*[allow(f"s3:GetObject", f"arn:aws:s3:::{'b' * 60}{number}/*") for number in range(60)])
        message = "Cannot exceed quota for PolicySize: 6144"
        self.refused("LimitExceeded", self.iam.create_policy, message, PolicyName="long", PolicyDocument=long)


class Simulation(AccountTest):
    def test_policies_given_with_the_call(self):
        only_mfa = allow("ec2:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
        policy = document(allow("s3:*"), deny("s3:DeleteObject"), only_mfa)
        keys = self.iam.get_context_keys_for_custom_policy(PolicyInputList=[policy])["ContextKeyNames"]
        self.assertEqual(keys, ["aws:MultiFactorAuthPresent"])
        actions = ["s3:GetObject", "s3:DeleteObject", "iam:GetUser", "ec2:RunInstances"]
        answer = self.iam.simulate_custom_policy(PolicyInputList=[policy], ActionNames=actions)
        self.assertFalse(answer["IsTruncated"])
        decisions = {result["EvalActionName"]: result["EvalDecision"] for result in answer["EvaluationResults"]}
        self.assertEqual(list(decisions.values()), ["allowed", "explicitDeny", "implicitDeny", "implicitDeny"])
        self.assertEqual(answer["EvaluationResults"][3]["MissingContextValues"], ["aws:MultiFactorAuthPresent"])
        entry = {
            "ContextKeyName": "aws:MultiFactorAuthPresent",
            "ContextKeyValues": ["true"],
            "ContextKeyType": "boolean",
        }
        again = self.iam.simulate_custom_policy(
            PolicyInputList=[policy], ActionNames=["ec2:RunInstances"], ContextEntries=[entry]
        )["EvaluationResults"][0]
        self.assertEqual((again["EvalDecision"], again["MissingContextValues"]), ("allowed", []))
        self.assertEqual(again["EvalResourceName"], "*")
        place = again["MatchedStatements"][0]
        self.assertEqual(place["SourcePolicyId"], "PolicyInputList.1")
        self.assertEqual(sorted(place["StartPosition"]), ["Column", "Line"])

    def test_policies_of_a_user(self):
        user = self.iam.create_user(UserName="sim")["User"]["Arn"]
        condition = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
        self.iam.put_user_policy(
            UserName="sim", PolicyName="p", PolicyDocument=document(allow("ec2:*", Condition=condition))
        )
        keys = self.iam.get_context_keys_for_principal_policy(PolicySourceArn=user)["ContextKeyNames"]
        self.assertEqual(keys, ["aws:RequestedRegion"])
        for region, decision in [("eu-west-1", "allowed"), ("us-east-1", "implicitDeny")]:
            entry = {"ContextKeyName": "aws:RequestedRegion", "ContextKeyValues": [region], "ContextKeyType": "string"}
            result = self.iam.simulate_principal_policy(
                PolicySourceArn=user, ActionNames=["ec2:RunInstances"], ContextEntries=[entry]
            )["EvaluationResults"][0]
            self.assertEqual(result["EvalDecision"], decision)
        boundary = document(allow("s3:*"))
        result = self.iam.simulate_principal_policy(
            PolicySourceArn=user,
            ActionNames=["ec2:RunInstances"],
            ContextEntries=[{**entry, "ContextKeyValues": ["eu-west-1"]}],
            PermissionsBoundaryPolicyInputList=[boundary],
        )["EvaluationResults"][0]
        self.assertEqual(result["EvalDecision"], "implicitDeny")
        self.assertEqual(result["PermissionsBoundaryDecisionDetail"], {"AllowedByPermissionsBoundary": False})
        self.refused(
            "NoSuchEntity",
            self.iam.simulate_principal_policy,
            PolicySourceArn=arn("user/nobody"),
            ActionNames=["s3:GetObject"],
        )


class AccessAdvice(AccountTest):
    def test_services_last_accessed(self):
        user = self.iam.create_user(UserName="adv")["User"]["Arn"]
        self.iam.put_user_policy(UserName="adv", PolicyName="p", PolicyDocument=document(allow(["s3:*", "iam:Get*"])))
        job = self.iam.generate_service_last_accessed_details(Arn=user)["JobId"]
        self.assertRegex(job, "^[0-9a-f-]{36}$")
        got = self.iam.get_service_last_accessed_details(JobId=job)
        self.assertEqual((got["JobStatus"], got["JobType"], got["IsTruncated"]), ("COMPLETED", "SERVICE_LEVEL", False))
        self.recent(got["JobCreationDate"])
        self.recent(got["JobCompletionDate"])
        services = {found["ServiceNamespace"]: found for found in got["ServicesLastAccessed"]}
        self.assertEqual(sorted(services), ["iam", "s3"])
        self.has(
            services["s3"],
            ServiceName=services["s3"]["ServiceName"],
            ServiceNamespace="s3",
            TotalAuthenticatedEntities=0,
        )
        entities = self.iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="s3")
        self.assertEqual((entities["JobStatus"], len(entities["EntityDetailsList"])), ("COMPLETED", 1))
        self.assertEqual(entities["EntityDetailsList"][0]["EntityInfo"]["Arn"], user)
        granting = self.iam.list_policies_granting_service_access(Arn=user, ServiceNamespaces=["s3", "ec2"])
        by_service = {found["ServiceNamespace"]: found["Policies"] for found in granting["PoliciesGrantingServiceAccess"]}
        self.assertEqual([policy["PolicyName"] for policy in by_service["s3"]], ["p"])
        self.assertEqual(by_service["ec2"], [])
        self.assertFalse(granting["IsTruncated"])

    def test_an_account_without_an_organization_has_no_report_of_one(self):
        path = "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-1a2b3c-k9l8m7n6o5example"
        job = self.iam.generate_organizations_access_report(EntityPath=path)["JobId"]
        self.assertEqual(self.iam.get_organizations_access_report(JobId=job)["JobStatus"], "FAILED")
        nothing = "00000000-0000-0000-0000-000000000000"
        self.refused("NoSuchEntity", self.iam.get_organizations_access_report, JobId=nothing)
