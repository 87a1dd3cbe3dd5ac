"""The account as a whole, its providers, and what only an organization has, through boto3."""

import re

from kit import EC2, AccountTest, allow, arn, document, pem_pair, saml_metadata

TAGS = [{"Key": "k", "Value": "v"}]


class Account(AccountTest):
    def test_the_alias(self):
        self.assertEqual(self.iam.list_account_aliases()["AccountAliases"], [])
        self.empty(self.iam.create_account_alias(AccountAlias="example-corp"))
        got = self.iam.list_account_aliases()
        self.has(got, "ResponseMetadata", AccountAliases=["example-corp"], IsTruncated=False)
        self.empty(self.iam.delete_account_alias(AccountAlias="example-corp"))
        message = "The account alias example-corp cannot be found."
        self.unknown(self.iam.delete_account_alias, message, AccountAlias="example-corp")

    def test_the_summary(self):
        before = self.iam.get_account_summary()["SummaryMap"]
        self.iam.create_user(UserName="counted")
        after = self.iam.get_account_summary()["SummaryMap"]
        self.assertEqual(after, {**before, "Users": before["Users"] + 1})
        quotas = {"UsersQuota": 5000, "GroupsQuota": 300, "RolesQuota": 1000, "PoliciesQuota": 1500, "PolicySizeQuota": 6144}
        self.assertEqual({name: after[name] for name in quotas}, quotas)
        self.assertTrue(all(isinstance(value, int) for value in after.values()))

    def test_token_preferences(self):
        self.empty(self.iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token"))
        self.assertEqual(self.iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"], 2)
        self.iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v1Token")

    def test_everything_at_once(self):
        policy = self.iam.create_policy(PolicyName="p", PolicyDocument=document(allow("s3:*")))["Policy"]["Arn"]
        self.iam.create_user(UserName="ann", Tags=TAGS)
        self.iam.create_group(GroupName="g")
        self.iam.add_user_to_group(GroupName="g", UserName="ann")
        self.iam.attach_group_policy(GroupName="g", PolicyArn=policy)
        self.iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=document(allow("ec2:*")))
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=EC2, PermissionsBoundary=policy)
        self.iam.create_instance_profile(InstanceProfileName="i")
        self.iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
        got = self.iam.get_account_authorization_details()
        user = next(user for user in got["UserDetailList"] if user["UserName"] == "ann")
        self.assertEqual((user["GroupList"], user["Tags"], user["AttachedManagedPolicies"]), (["g"], TAGS, []))
        self.assertEqual(user["UserPolicyList"][0]["PolicyDocument"]["Statement"][0]["Action"], "ec2:*")
        [group] = got["GroupDetailList"]
        self.assertEqual(group["AttachedManagedPolicies"], [{"PolicyName": "p", "PolicyArn": policy}])
        self.assertEqual(group["GroupPolicyList"], [])
        [role] = got["RoleDetailList"]
        self.assertEqual(role["PermissionsBoundary"]["PermissionsBoundaryArn"], policy)
        self.assertEqual(role["InstanceProfileList"][0]["InstanceProfileName"], "i")
        self.assertEqual(role["AssumeRolePolicyDocument"]["Version"], "2012-10-17")
        [managed] = got["Policies"]
        self.assertEqual(managed["PolicyVersionList"][0]["Document"]["Statement"][0]["Action"], "s3:*")
        only = self.iam.get_account_authorization_details(Filter=["Group"])
        self.assertEqual((only["UserDetailList"], len(only["GroupDetailList"])), ([], 1))


class Providers(AccountTest):
    def test_an_openid_connect_provider(self):
        iam, host = self.iam, "token.example.com"
        made = iam.create_open_id_connect_provider(
            Url=f"https://{host}/id", ClientIDList=["a"], ThumbprintList=["0" * 40], Tags=TAGS
        )
        self.has(made, "ResponseMetadata", OpenIDConnectProviderArn=arn(f"oidc-provider/{host}/id"), Tags=TAGS)
        same = {"OpenIDConnectProviderArn": made["OpenIDConnectProviderArn"]}
        self.refused(
            "EntityAlreadyExists",
            iam.create_open_id_connect_provider,
            f"Provider with url https://{host}/id already exists.",
            Url=f"https://{host}/id",
        )
        self.empty(iam.add_client_id_to_open_id_connect_provider(**same, ClientID="b"))
        self.empty(iam.remove_client_id_from_open_id_connect_provider(**same, ClientID="a"))
        self.empty(iam.update_open_id_connect_provider_thumbprint(**same, ThumbprintList=["1" * 40]))
        got = iam.get_open_id_connect_provider(**same)
        self.has(
            got,
            "ResponseMetadata",
            "CreateDate",
            Url=f"{host}/id",
            ClientIDList=["b"],
            ThumbprintList=["1" * 40],
            Tags=TAGS,
        )
        listed = iam.list_open_id_connect_providers()
        self.has(listed, "ResponseMetadata", OpenIDConnectProviderList=[{"Arn": same["OpenIDConnectProviderArn"]}])
        self.empty(iam.tag_open_id_connect_provider(**same, Tags=[{"Key": "l", "Value": ""}]))
        self.assertEqual(len(iam.list_open_id_connect_provider_tags(**same)["Tags"]), 2)
        self.empty(iam.untag_open_id_connect_provider(**same, TagKeys=["l"]))
        self.empty(iam.delete_open_id_connect_provider(**same))
        gone = same["OpenIDConnectProviderArn"]
        self.unknown(iam.get_open_id_connect_provider, f"OpenIDConnect Provider not found for arn {gone}", **same)
        message = "Invalid Open ID Connect Provider URL"
        self.refused("ValidationError", iam.create_open_id_connect_provider, message, Url="http://plain.example.com")

    def test_a_saml_provider(self):
        iam = self.iam
        first, second = (saml_metadata(pem_pair()[0]) for _ in range(2))
        made = iam.create_saml_provider(Name="corp", SAMLMetadataDocument=first, Tags=TAGS)
        self.has(made, "ResponseMetadata", SAMLProviderArn=arn("saml-provider/corp"), Tags=TAGS)
        same = {"SAMLProviderArn": made["SAMLProviderArn"]}
        got = iam.get_saml_provider(**same)
        self.assertEqual((got["SAMLMetadataDocument"], got["Tags"]), (first, TAGS))
        self.recent(got["CreateDate"])
        self.assertEqual(iam.update_saml_provider(**same, SAMLMetadataDocument=second)["SAMLProviderArn"], same["SAMLProviderArn"])
        self.assertEqual(iam.get_saml_provider(**same)["SAMLMetadataDocument"], second)
        self.assertEqual([found["Arn"] for found in iam.list_saml_providers()["SAMLProviderList"]], [same["SAMLProviderArn"]])
        self.empty(iam.tag_saml_provider(**same, Tags=[{"Key": "l", "Value": ""}]))
        self.assertEqual(len(iam.list_saml_provider_tags(**same)["Tags"]), 2)
        self.empty(iam.untag_saml_provider(**same, TagKeys=["l"]))
        self.empty(iam.delete_saml_provider(**same))
        self.unknown(iam.get_saml_provider, f"Manifest not found for arn {same['SAMLProviderArn']}", **same)


class Features(AccountTest):
    def test_an_account_outside_organizations(self):
        iam = self.iam
        for call in [
            iam.list_organizations_features,
            iam.enable_organizations_root_credentials_management,
            iam.disable_organizations_root_credentials_management,
            iam.enable_organizations_root_sessions,
            iam.disable_organizations_root_sessions,
        ]:
            self.refused("OrganizationNotFoundException", call)

    def test_outbound_federation(self):
        iam, sts = self.iam, self.sts
        self.refused("FeatureDisabledException", iam.get_outbound_web_identity_federation_info)
        asked = {"Audience": ["https://api.example.com"], "SigningAlgorithm": "ES384"}
        self.refused("OutboundWebIdentityFederationDisabledException", sts.get_web_identity_token, **asked)
        issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
        self.assertRegex(issuer, r"^https://[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$")
        info = iam.get_outbound_web_identity_federation_info()
        self.has(info, "ResponseMetadata", IssuerIdentifier=issuer, JwtVendingEnabled=True)
        token = sts.get_web_identity_token(**asked)
        self.assertTrue(re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token["WebIdentityToken"]))
        self.recent(token["Expiration"])
        self.empty(iam.disable_outbound_web_identity_federation())
        self.refused("FeatureDisabledException", iam.disable_outbound_web_identity_federation)

    def test_properties_and_role_templates(self):
        iam = self.iam
        self.assertEqual(iam.get_account_properties()["Properties"], {})
        iam.put_account_properties(Properties={"a": "b"})
        self.assertEqual(iam.get_account_properties()["Properties"], {"a": "b"})
        template = arn("role-template/none")
        self.refused("NoSuchEntity", iam.acquire_role, TemplateArn=template)
        self.refused("NoSuchEntity", iam.get_role_template_version, TemplateArn=template)

    def test_delegation_requests(self):
        iam = self.iam

        def request(workflow):
            made = iam.create_delegation_request(
                Description="To look",
                Permissions={"PolicyTemplateArn": "arn:aws:iam:::delegation-template/example", "Parameters": []},
                RequestorWorkflowId=workflow,
                NotificationChannel="arn:aws:sns:us-east-1:123456789012:topic",
                SessionDuration=3600,
            )
            self.assertTrue(made["ConsoleDeepLink"].startswith("https://"))
            return made["DelegationRequestId"]

        first, second = request("flow-one"), request("flow-two")
        got = iam.get_delegation_request(DelegationRequestId=first)["DelegationRequest"]
        self.assertEqual((got["State"], got["Description"], got["SessionDuration"]), ("UNASSIGNED", "To look", 3600))
        for each in (first, second):
            self.empty(iam.associate_delegation_request(DelegationRequestId=each))
        self.empty(iam.update_delegation_request(DelegationRequestId=first, Notes="look at this"))
        self.empty(iam.accept_delegation_request(DelegationRequestId=first))
        self.empty(iam.send_delegation_token(DelegationRequestId=first))
        self.empty(iam.reject_delegation_request(DelegationRequestId=second, Notes="no"))
        states = {found["DelegationRequestId"]: found["State"] for found in iam.list_delegation_requests()["DelegationRequests"]}
        self.assertEqual(states, {first: "FINALIZED", second: "REJECTED"})
        entity = f"arn:aws:iam::123456789012:delegation-request/{first}"
        self.assertEqual(iam.get_human_readable_summary(EntityArn=entity)["SummaryState"], "NOT_AVAILABLE")
