"""Temporary credentials through boto3."""

import datetime

from kit import AccountTest, allow, arn, document, trust


class Sts(AccountTest):
    def test_who_calls(self):
        got = self.sts.get_caller_identity()
        self.has(got, "ResponseMetadata", UserId="123456789012", Account="123456789012", Arn=arn("root"))
        user = self.served.client("sts", self.served.keys_of("who")).get_caller_identity()
        self.assertRegex(user["UserId"], "^AIDA[A-Z2-7]{17}$")

    def test_a_role_is_assumed(self):
        keys = self.served.keys_of("ann", allow("sts:AssumeRole", arn("role/app")))
        sts = self.served.client("sts", keys)
        self.iam.create_role(RoleName="app", AssumeRolePolicyDocument=trust(arn("user/ann")))
        self.iam.put_role_policy(
            RoleName="app", PolicyName="p", PolicyDocument=document(allow(["iam:ListUsers", "iam:ListRoles"]))
        )
        made = sts.assume_role(RoleArn=arn("role/app"), RoleSessionName="session-1", DurationSeconds=900)
        self.has(made, "ResponseMetadata", "Credentials", "AssumedRoleUser")
        session, user = made["Credentials"], made["AssumedRoleUser"]
        self.has(session, "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")
        self.assertRegex(session["AccessKeyId"], "^ASIA[A-Z2-7]{16}$")
        left = session["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(abs(left.total_seconds() - 900), 60)
        self.assertEqual(user["Arn"], arn("assumed-role/app/session-1", "sts"))
        self.assertRegex(user["AssumedRoleId"], "^AROA[A-Z2-7]{17}:session-1$")
        identity = self.served.client("sts", session).get_caller_identity()
        self.assertEqual((identity["Arn"], identity["UserId"]), (user["Arn"], user["AssumedRoleId"]))
        iam = self.served.client("iam", session)
        self.assertTrue(iam.list_users()["Users"])
        message = (
            f"User: {user['Arn']} is not authorized to perform: iam:ListGroups on resource: {arn('group/')} because no "
            "identity-based policy allows the iam:ListGroups action"
        )
        self.denied(iam.list_groups, message)
        smaller = sts.assume_role(
            RoleArn=arn("role/app"), RoleSessionName="session-2", Policy=document(allow("iam:ListRoles"))
        )
        self.assertGreater(smaller["PackedPolicySize"], 0)
        iam = self.served.client("iam", smaller["Credentials"])
        self.assertTrue(iam.list_roles()["Roles"])
        self.denied(
            iam.list_users,
            f"User: {arn('assumed-role/app/session-2', 'sts')} is not authorized to perform: iam:ListUsers on resource: "
            f"{arn('user/')} because no session policy allows the iam:ListUsers action",
        )
        self.refused("InvalidClientTokenId", self.served.client("sts", {**session, "SessionToken": None}).get_caller_identity)

    def test_who_may_not_assume_a_role(self):
        keys = self.served.keys_of("bob", allow("sts:AssumeRole"))
        sts = self.served.client("sts", keys)
        given = {"RoleArn": arn("role/other"), "RoleSessionName": "s1"}
        message = f"User: {arn('user/bob')} is not authorized to perform: sts:AssumeRole on resource: {arn('role/other')}"
        self.assertTrue(self.denied(sts.assume_role, **given).startswith(message))
        self.iam.create_role(RoleName="other", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
        self.assertTrue(self.denied(sts.assume_role, **given).startswith(message))
        self.denied(self.sts.assume_role, "Roles may not be assumed by root accounts.", **given)
        self.refused(
            "ValidationError", sts.assume_role, "nothing-valid-in-here is invalid", **{**given, "RoleArn": "nothing-valid-in-here"}
        )
        self.refused(
            "ValidationError",
            sts.assume_role,
            "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must "
            "satisfy regular expression pattern: [\\w+=,.@-]*",
            **{**given, "RoleSessionName": "a:b"},
        )

    def test_an_external_id_and_session_tags(self):
        keys = self.served.keys_of("carl", allow(["sts:AssumeRole", "sts:TagSession"]))
        condition = {"StringEquals": {"sts:ExternalId": "12345", "aws:RequestTag/team": "blue"}}
        policy = trust(arn("user/carl"), ["sts:AssumeRole", "sts:TagSession"], Condition=condition)
        self.iam.create_role(RoleName="partner", AssumeRolePolicyDocument=policy)
        sts = self.served.client("sts", keys)
        given = {"RoleArn": arn("role/partner"), "RoleSessionName": "s1"}
        tags = [{"Key": "team", "Value": "blue"}]
        self.denied(sts.assume_role, **given, Tags=tags)
        self.denied(sts.assume_role, **given, ExternalId="12345")
        made = sts.assume_role(**given, ExternalId="12345", Tags=tags, TransitiveTagKeys=["team"])
        self.assertIn("Credentials", made)
        self.refused(
            "InvalidParameterValue",
            sts.assume_role,
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            **given,
            Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}],
        )

    def test_a_session_of_a_user(self):
        keys = self.served.keys_of("dora", allow("iam:*"), allow("s3:*"))
        sts = self.served.client("sts", keys)
        made = sts.get_session_token(DurationSeconds=900)
        self.has(made, "ResponseMetadata", "Credentials")
        session = made["Credentials"]
        same = self.served.client("sts", session).get_caller_identity()
        self.assertEqual(same["Arn"], arn("user/dora"))
        # Without MFA such credentials cannot call IAM (User Guide, "Comparing AWS STS credentials").
        message = "The security token included in the request is invalid."
        self.refused("InvalidClientTokenId", self.served.client("iam", session).list_users, message)
        self.denied(
            self.served.client("sts", session).get_session_token, "Cannot call GetSessionToken with session credentials"
        )

    def test_a_federated_user(self):
        keys = self.served.keys_of("broker", allow("sts:GetFederationToken"), allow("s3:*"))
        sts = self.served.client("sts", keys)
        made = sts.get_federation_token(Name="Bob", Policy=document(allow("s3:GetObject")), DurationSeconds=3600)
        user = {"FederatedUserId": "123456789012:Bob", "Arn": arn("federated-user/Bob", "sts")}
        self.assertEqual(made["FederatedUser"], user)
        self.assertGreater(made["PackedPolicySize"], 0)
        session = made["Credentials"]
        self.assertEqual(self.served.client("sts", session).get_caller_identity()["Arn"], user["Arn"])
        # Such credentials can call neither IAM nor, but for GetCallerIdentity, STS.
        self.refused("InvalidClientTokenId", self.served.client("iam", session).list_users)
        self.denied(
            self.served.client("sts", session).assume_role, RoleArn=arn("role/any"), RoleSessionName="s1"
        )

    def test_calls_that_need_more_than_an_account(self):
        task = {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}
        self.denied(self.sts.assume_root, TargetPrincipal="111122223333", TaskPolicyArn=task)
        self.refused("ExpiredTradeInTokenException", self.sts.get_delegated_access_token, TradeInToken="t" * 64)
        self.refused(
            "InvalidAuthorizationMessageException", self.sts.decode_authorization_message, EncodedMessage="bm90IG91cnM"
        )
        self.has(
            self.sts.get_access_key_info(AccessKeyId=self.served.root["AccessKeyId"]),
            "ResponseMetadata",
            Account="123456789012",
        )
