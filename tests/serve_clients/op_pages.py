"""Every paginator and every waiter of boto3."""

import json

from botocore import xform_name
from botocore.exceptions import WaiterError
from kit import EC2, AccountTest, allow, arn, document, pem_pair, saml_metadata

POLICY = document(allow("s3:GetObject"))
THREE = ["a", "b", "c"]
TAGS = [{"Key": name, "Value": name} for name in THREE]
# What is there only once in an account.
SINGLE = {"list_account_aliases"}


class Pages(AccountTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        iam = cls.iam
        cls.given = {}
        certificates = [pem_pair() for _ in range(2)]
        cls.policy = iam.create_policy(PolicyName="main", PolicyDocument=POLICY, Tags=TAGS)["Policy"]["Arn"]
        iam.create_user(UserName="main", Tags=TAGS)
        iam.create_group(GroupName="main")
        iam.create_role(RoleName="main", AssumeRolePolicyDocument=EC2, Tags=TAGS)
        iam.create_account_alias(AccountAlias="example")
        for name in THREE:
            iam.create_user(UserName=name)
            iam.create_group(GroupName=name)
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=EC2)
            policy = iam.create_policy(PolicyName=name, PolicyDocument=POLICY)["Policy"]["Arn"]
            iam.create_policy_version(PolicyArn=cls.policy, PolicyDocument=POLICY)
            iam.create_instance_profile(InstanceProfileName=name, Tags=TAGS)
            iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName="main")
            iam.add_user_to_group(GroupName="main", UserName=name)
            iam.add_user_to_group(GroupName=name, UserName="main")
            for kind in ["user", "group", "role"]:
                whose = {f"{kind.title()}Name": "main"}
                getattr(iam, f"attach_{kind}_policy")(**whose, PolicyArn=policy)
                getattr(iam, f"put_{kind}_policy")(**whose, PolicyName=name, PolicyDocument=POLICY)
            iam.attach_role_policy(RoleName=name, PolicyArn=cls.policy)
            iam.create_virtual_mfa_device(VirtualMFADeviceName=name, Tags=TAGS)
        for certificate, private, ssh in certificates:
            iam.create_access_key(UserName="main")
            iam.upload_ssh_public_key(UserName="main", SSHPublicKeyBody=ssh)
            iam.upload_signing_certificate(UserName="main", CertificateBody=certificate)
            name = f"web{len(iam.list_server_certificates()['ServerCertificateMetadataList'])}"
            iam.upload_server_certificate(
                ServerCertificateName=name, CertificateBody=certificate, PrivateKey=private, Tags=TAGS
            )
        metadata = saml_metadata(certificates[0][0])
        iam.create_saml_provider(Name="corp", SAMLMetadataDocument=metadata, Tags=TAGS)
        iam.create_open_id_connect_provider(Url="https://id.example.com", ThumbprintList=["0" * 40], Tags=TAGS)
        cls.enable_devices()

    @classmethod
    def enable_devices(cls):
        from kit import codes

        for name in ["one", "two"]:
            device = cls.iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
            first, second = codes(device["Base32StringSeed"])
            cls.iam.enable_mfa_device(
                UserName="main",
                SerialNumber=device["SerialNumber"],
                AuthenticationCode1=first,
                AuthenticationCode2=second,
            )

    def input_of(self, operation):
        """What an operation is asked, from the names of its members."""
        known = {
            "UserName": "main",
            "GroupName": "main",
            "RoleName": "main",
            "InstanceProfileName": "a",
            "ServerCertificateName": "web0",
            "SerialNumber": arn("mfa/a"),
            "PolicyArn": self.policy,
            "SAMLProviderArn": arn("saml-provider/corp"),
            "OpenIDConnectProviderArn": arn("oidc-provider/id.example.com"),
            "PolicySourceArn": arn("user/main"),
            "PolicyInputList": [POLICY],
            "ActionNames": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        }
        model = self.iam.meta.service_model.operation_model(operation)
        given = {name: known[name] for name in model.input_shape.members if name in known}
        return {**given, "Scope": "Local"} if operation == "ListPolicies" else given

    def test_every_paginator_goes_through_every_page(self):
        names = self.iam.meta.service_model.operation_names
        operations = [name for name in names if self.iam.can_paginate(xform_name(name))]
        self.assertGreater(len(operations), 30)
        for operation in operations:
            with self.subTest(operation):
                name, given = xform_name(operation), self.input_of(operation)
                paginator = self.iam.get_paginator(name)
                keys = [key.expression for key in paginator.result_keys]
                whole = getattr(self.iam, name)(**given)
                self.assertFalse(whole["IsTruncated"])
                self.assertNotIn("Marker", whole)
                pages = list(paginator.paginate(**given, PaginationConfig={"PageSize": 1}))
                self.assertTrue(len(pages) > 1 or name in SINGLE, len(pages))
                for page in pages[:-1]:
                    self.assertTrue(page["IsTruncated"] and page["Marker"])
                    self.assertLessEqual(sum(len(page[key]) for key in keys), 1)
                self.assertFalse(pages[-1]["IsTruncated"])
                for key in keys:
                    self.assertEqual([item for page in pages for item in page[key]], whole[key])

    def test_a_listing_is_taken_up_again(self):
        paginator = self.iam.get_paginator("list_users")
        first = paginator.paginate(PaginationConfig={"MaxItems": 3, "PageSize": 2}).build_full_result()
        self.assertEqual([user["UserName"] for user in first["Users"]], ["a", "b", "c"])
        rest = paginator.paginate(PaginationConfig={"StartingToken": first["NextToken"]}).build_full_result()
        self.assertEqual([user["UserName"] for user in rest["Users"]], ["main"])
        self.refused("ValidationError", self.iam.list_users, "Invalid Marker.", Marker="no marker")
        iam = self.served.client("iam", parameter_validation=False)
        self.refused(
            "ValidationError",
            iam.list_users,
            "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less "
            "than or equal to 1000",
            MaxItems=1001,
        )

    def test_the_policies_of_aws_fill_several_pages(self):
        pages = list(self.iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 500}))
        arns = [policy["Arn"] for page in pages for policy in page["Policies"]]
        self.assertGreater(len(pages), 2)
        self.assertEqual(len(set(arns)), len(arns))
        self.assertTrue(all(found.startswith("arn:aws:iam::aws:policy/") for found in arns))


class Hundreds(AccountTest):
    def test_a_page_has_a_hundred_items_unless_asked(self):
        for number in range(101):
            self.iam.create_group(GroupName=f"many{number:03}")
        first = self.iam.list_groups()
        self.assertEqual((len(first["Groups"]), first["IsTruncated"]), (100, True))
        rest = self.iam.list_groups(Marker=first["Marker"])
        self.assertEqual((len(rest["Groups"]), rest["IsTruncated"]), (1, False))
        self.assertEqual(len(self.iam.list_groups(MaxItems=1000)["Groups"]), 101)


class Waiters(AccountTest):
    WAITERS = {
        "user_exists": ("get_user", {"UserName": "w"}, lambda iam: iam.create_user(UserName="w")),
        "role_exists": (
            "get_role",
            {"RoleName": "w"},
            lambda iam: iam.create_role(RoleName="w", AssumeRolePolicyDocument=EC2),
        ),
        "policy_exists": (
            "get_policy",
            {"PolicyArn": arn("policy/w")},
            lambda iam: iam.create_policy(PolicyName="w", PolicyDocument=POLICY),
        ),
        "instance_profile_exists": (
            "get_instance_profile",
            {"InstanceProfileName": "w"},
            lambda iam: iam.create_instance_profile(InstanceProfileName="w"),
        ),
    }

    def test_every_waiter_waits_until_it_is_there(self):
        self.assertEqual(sorted(self.iam.waiter_names), sorted(self.WAITERS))
        for name, (_, given, make) in self.WAITERS.items():
            with self.subTest(name):
                iam = self.served.client("iam")
                with self.assertRaises(WaiterError):
                    iam.get_waiter(name).wait(**given, WaiterConfig={"Delay": 0, "MaxAttempts": 2})
                asked = []

                def appear(asked=asked, make=make, **_):
                    asked.append(1)
                    if len(asked) == 3:
                        make(self.iam)

                iam.meta.events.register("before-call", appear)
                iam.get_waiter(name).wait(**given, WaiterConfig={"Delay": 0, "MaxAttempts": 9})
                self.assertEqual(len(asked), 3)


class Errors(AccountTest):
    """What is asked of things that are not there, and what may not be asked at all."""

    VALUES = {
        "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "AuthenticationCode1": "123456",
        "AuthenticationCode2": "654321",
        "CertificateBody": "a certificate",
        "CertificateId": "A" * 32,
        "Encoding": "SSH",
        "GroupName": "there",
        "NewUserName": "another",
        "Password": "Correct-h0rse",
        "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "PolicyDocument": POLICY,
        "AssumeRolePolicyDocument": EC2,
        "PolicyName": "p",
        "RoleName": "there",
        "SSHPublicKeyBody": "ssh-rsa AAAA",
        "SSHPublicKeyId": "A" * 20,
        "SerialNumber": arn("mfa/none"),
        "ServiceName": "codecommit.amazonaws.com",
        "ServiceSpecificCredentialId": "A" * 20,
        "Status": "Active",
        "TagKeys": ["k"],
        "Tags": [{"Key": "k", "Value": "v"}],
        "UserName": "there",
        "Description": "words",
        "InstanceProfileName": "there",
    }
    # Operations that make the thing, or that AWS answers otherwise.
    EXCEPT = {
        "UserName": {"CreateUser"},
        "RoleName": {"CreateRole", "DeleteServiceLinkedRole"},
        "GroupName": {"CreateGroup"},
        "InstanceProfileName": {"CreateInstanceProfile"},
    }
    MESSAGES = {
        "UserName": "The user with name nowhere cannot be found.",
        "RoleName": "The role with name nowhere cannot be found.",
        "GroupName": "The group with name nowhere cannot be found.",
        "InstanceProfileName": "Instance Profile nowhere cannot be found.",
    }

    def test_every_operation_on_what_is_not_there(self):
        self.iam.create_user(UserName="there")
        self.iam.create_group(GroupName="there")
        self.iam.create_role(RoleName="there", AssumeRolePolicyDocument=EC2)
        self.iam.create_instance_profile(InstanceProfileName="there")
        model = self.iam.meta.service_model
        asked = 0
        for member, message in self.MESSAGES.items():
            for operation in model.operation_names:
                shape = model.operation_model(operation).input_shape
                if shape is None or member not in shape.members or operation in self.EXCEPT[member]:
                    continue
                given = {name: self.VALUES[name] for name in [*shape.required_members, "UserName", "Password"] if name in shape.members}
                if operation == "UpdateAssumeRolePolicy":
                    given["PolicyDocument"] = EC2
                with self.subTest(operation, member=member):
                    self.unknown(getattr(self.iam, xform_name(operation)), message, **{**given, member: "nowhere"})
                    asked += 1
        self.assertGreater(asked, 80)

    def test_several_violations_come_together(self):
        iam = self.served.client("iam", parameter_validation=False)
        message = self.refused(
            "ValidationError",
            iam.update_account_password_policy,
            MinimumPasswordLength=129,
            PasswordReusePrevention=25,
            MaxPasswordAge=1096,
        )
        self.assertEqual(
            message,
            "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have "
            "value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must "
            "have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have "
            "value less than or equal to 1095",
        )

    def test_texts_come_through_whatever_they_hold(self):
        odd = "<&>\"' \t\n é 漢 /+=%25"
        document_ = json.loads(document(allow("s3:GetObject", "arn:aws:s3:::example/*")))
        document_["Statement"][0]["Condition"] = {"StringEquals": {"aws:UserAgent": '<&>"\' %2B + é'}}
        self.iam.create_user(UserName="a+b=c,d.e@f-g_h")
        self.iam.put_user_policy(
            UserName="a+b=c,d.e@f-g_h", PolicyName="p", PolicyDocument=json.dumps(document_, ensure_ascii=False)
        )
        got = self.iam.get_user_policy(UserName="a+b=c,d.e@f-g_h", PolicyName="p")
        self.assertEqual((got["UserName"], got["PolicyDocument"]), ("a+b=c,d.e@f-g_h", document_))
        self.iam.create_role(RoleName="odd", AssumeRolePolicyDocument=EC2, Description=odd.replace(" 漢", ""))
        self.assertEqual(self.iam.get_role(RoleName="odd")["Role"]["Description"], odd.replace(" 漢", ""))
        self.iam.tag_role(RoleName="odd", Tags=[{"Key": "ключ", "Value": " a  b 漢"}])
        self.assertEqual(self.iam.list_role_tags(RoleName="odd")["Tags"], [{"Key": "ключ", "Value": " a  b 漢"}])
