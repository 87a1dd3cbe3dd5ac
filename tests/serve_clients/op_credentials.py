"""Credentials of users, and what the account says of them, through boto3."""

import csv
import time

from kit import AccountTest, allow, arn, codes, deny, document, pem_pair

PASSWORD = "Correct-h0rse"
NOT_CONFORMING = "Password does not conform to the account password policy."


class AccessKeys(AccountTest):
    def test_a_key_from_making_to_deleting(self):
        self.iam.create_user(UserName="ann")
        made = self.iam.create_access_key(UserName="ann")["AccessKey"]
        self.has(made, "AccessKeyId", "SecretAccessKey", "CreateDate", UserName="ann", Status="Active")
        self.assertRegex(made["AccessKeyId"], "^AKIA[A-Z2-7]{16}$")
        self.assertRegex(made["SecretAccessKey"], "^[A-Za-z0-9/+]{40}$")
        key = made["AccessKeyId"]
        listed = self.iam.list_access_keys(UserName="ann")
        self.has(listed, "ResponseMetadata", "AccessKeyMetadata", IsTruncated=False)
        self.has(listed["AccessKeyMetadata"][0], "CreateDate", UserName="ann", AccessKeyId=key, Status="Active")
        used = self.iam.get_access_key_last_used(AccessKeyId=key)
        never = {"ServiceName": "N/A", "Region": "N/A"}
        self.has(used, "ResponseMetadata", UserName="ann", AccessKeyLastUsed=never)
        self.iam.create_access_key(UserName="ann")
        message = "Cannot exceed quota for AccessKeysPerUser: 2"
        self.refused("LimitExceeded", self.iam.create_access_key, message, UserName="ann")
        sts = self.served.client("sts", made)
        self.assertEqual(sts.get_caller_identity()["Arn"], arn("user/ann"))
        self.denied(sts.get_access_key_info, AccessKeyId=key)
        self.has(self.sts.get_access_key_info(AccessKeyId=key), "ResponseMetadata", Account="123456789012")
        used = self.iam.get_access_key_last_used(AccessKeyId=key)["AccessKeyLastUsed"]
        self.assertEqual((used["ServiceName"], used["Region"]), ("sts", "us-east-1"))
        self.recent(used["LastUsedDate"])
        self.empty(self.iam.update_access_key(UserName="ann", AccessKeyId=key, Status="Inactive"))
        self.refused("InvalidClientTokenId", sts.get_caller_identity)
        self.empty(self.iam.delete_access_key(UserName="ann", AccessKeyId=key))
        message = f"The Access Key with id {key} cannot be found."
        self.unknown(self.iam.delete_access_key, message, UserName="ann", AccessKeyId=key)
        self.denied(
            self.iam.get_access_key_last_used,
            f"User: {arn('root')} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {key}",
            AccessKeyId=key,
        )

    def test_keys_that_do_not_fit(self):
        keys = self.served.keys_of("bob")
        wrong = {**keys, "SecretAccessKey": "x" * 40}
        self.refused("SignatureDoesNotMatch", self.served.client("sts", wrong).get_caller_identity)
        unknown = {**keys, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE"}
        message = "The security token included in the request is invalid."
        self.refused("InvalidClientTokenId", self.served.client("sts", unknown).get_caller_identity, message)
        message = "Must specify userName when calling with non-User credentials"
        self.iam.create_role(RoleName="r", AssumeRolePolicyDocument=document(
            {"Effect": "Allow", "Principal": {"AWS": arn("user/bob")}, "Action": "sts:AssumeRole"}
        ))
        self.iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document(allow("iam:*")))
        sts = self.served.client("sts", keys)
        session = sts.assume_role(RoleArn=arn("role/r"), RoleSessionName="s1")["Credentials"]
        iam = self.served.client("iam", session)
        self.refused("ValidationError", iam.list_access_keys, message)

    def test_the_root_user_has_keys_of_its_own(self):
        made = self.iam.create_access_key()["AccessKey"]
        key = made["AccessKeyId"]
        self.assertEqual([found["AccessKeyId"] for found in self.iam.list_access_keys()["AccessKeyMetadata"]], [key])
        self.assertEqual(self.served.client("sts", made).get_caller_identity()["Arn"], arn("root"))
        self.assertEqual(self.iam.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"], 1)
        self.empty(self.iam.update_access_key(AccessKeyId=key, Status="Inactive"))
        self.refused("InvalidClientTokenId", self.served.client("sts", made).get_caller_identity)
        self.empty(self.iam.delete_access_key(AccessKeyId=key))
        self.assertEqual(self.iam.list_access_keys()["AccessKeyMetadata"], [])


class Passwords(AccountTest):
    def test_a_login_profile_from_making_to_deleting(self):
        self.iam.create_user(UserName="ann")
        message = "Login Profile for User ann cannot be found."
        self.unknown(self.iam.get_login_profile, message, UserName="ann")
        for weak in ["short", "onlylowercase", "OnlyLetters"]:
            self.refused(
                "PasswordPolicyViolation", self.iam.create_login_profile, NOT_CONFORMING, UserName="ann", Password=weak
            )
        made = self.iam.create_login_profile(UserName="ann", Password=PASSWORD, PasswordResetRequired=True)
        self.has(made["LoginProfile"], "CreateDate", UserName="ann", PasswordResetRequired=True)
        self.assertEqual(self.iam.get_login_profile(UserName="ann")["LoginProfile"], made["LoginProfile"])
        message = "Login Profile for user ann already exists."
        self.refused(
            "EntityAlreadyExists", self.iam.create_login_profile, message, UserName="ann", Password=PASSWORD
        )
        self.empty(self.iam.update_login_profile(UserName="ann", PasswordResetRequired=False))
        self.assertFalse(self.iam.get_login_profile(UserName="ann")["LoginProfile"]["PasswordResetRequired"])
        message = "Cannot delete entity, must delete login profile first."
        self.refused("DeleteConflict", self.iam.delete_user, message, UserName="ann")
        self.empty(self.iam.delete_login_profile(UserName="ann"))
        self.unknown(self.iam.delete_login_profile, "Login Profile for User ann cannot be found.", UserName="ann")

    def test_a_user_changes_its_own_password(self):
        keys = self.served.keys_of("bob", allow("iam:ChangePassword", arn("user/${aws:username}")))
        self.iam.create_login_profile(UserName="bob", Password=PASSWORD)
        iam = self.served.client("iam", keys)
        self.denied(iam.change_password, OldPassword="wrong", NewPassword="Another-0ne")
        self.refused(
            "PasswordPolicyViolation", iam.change_password, NOT_CONFORMING, OldPassword=PASSWORD, NewPassword="weak"
        )
        self.empty(iam.change_password(OldPassword=PASSWORD, NewPassword="Another-0ne"))
        self.denied(iam.change_password, OldPassword=PASSWORD, NewPassword="Third-0nce")
        self.refused("InvalidUserType", self.iam.change_password, OldPassword="a", NewPassword="b")


class PasswordPolicy(AccountTest):
    def test_the_policy_from_setting_to_deleting(self):
        message = "The Password Policy with domain name 123456789012 cannot be found."
        self.unknown(self.iam.get_account_password_policy, message)
        self.empty(self.iam.update_account_password_policy())
        off = dict.fromkeys(
            [
                "RequireSymbols",
                "RequireNumbers",
                "RequireUppercaseCharacters",
                "RequireLowercaseCharacters",
                "AllowUsersToChangePassword",
                "ExpirePasswords",
            ],
            False,
        )
        self.assertEqual(self.iam.get_account_password_policy()["PasswordPolicy"], {"MinimumPasswordLength": 6, **off})
        given = {"MinimumPasswordLength": 12, "RequireSymbols": True, "MaxPasswordAge": 90, "PasswordReusePrevention": 5}
        self.iam.update_account_password_policy(**given, HardExpiry=True)
        got = self.iam.get_account_password_policy()["PasswordPolicy"]
        self.assertEqual(got, {**off, **given, "HardExpiry": True, "ExpirePasswords": True})
        self.iam.create_user(UserName="u")
        self.refused(
            "PasswordPolicyViolation", self.iam.create_login_profile, UserName="u", Password="Twelve1letters"
        )
        self.iam.create_login_profile(UserName="u", Password="twelve letters!")
        self.empty(self.iam.delete_account_password_policy())
        message = "The account policy with name PasswordPolicy cannot be found."
        self.unknown(self.iam.delete_account_password_policy, message)


class Mfa(AccountTest):
    def device(self, name, **given):
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName=name, **given)["VirtualMFADevice"]
        return made["SerialNumber"], made["Base32StringSeed"]

    def enable(self, user, serial, seed, offset=-1):
        first, second = codes(seed, offset)
        given = {"AuthenticationCode1": first, "AuthenticationCode2": second}
        self.empty(self.iam.enable_mfa_device(UserName=user, SerialNumber=serial, **given))

    def test_a_device_from_making_to_deleting(self):
        tags = [{"Key": "a", "Value": "b"}]
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/p/", Tags=tags)
        made = made["VirtualMFADevice"]
        serial = arn("mfa/p/phone")
        self.has(made, "Base32StringSeed", "QRCodePNG", SerialNumber=serial, Tags=tags)
        self.assertRegex(made["Base32StringSeed"], rb"^[A-Z2-7]{64}$")
        self.assertEqual(made["QRCodePNG"][:8], b"\x89PNG\r\n\x1a\n")
        message = "MFA device already exists."
        self.refused(
            "EntityAlreadyExists",
            self.iam.create_virtual_mfa_device,
            message,
            VirtualMFADeviceName="phone",
            Path="/p/",
        )
        self.assertEqual(self.device("phone")[0], arn("mfa/phone"), "the path is a part of a device's name")
        self.empty(self.iam.delete_virtual_mfa_device(SerialNumber=arn("mfa/phone")))
        user = self.iam.create_user(UserName="ann")["User"]
        first, second = codes(made["Base32StringSeed"], -1)
        wrong = {"AuthenticationCode1": second, "AuthenticationCode2": first}
        self.refused(
            "InvalidAuthenticationCode",
            self.iam.enable_mfa_device,
            "Authentication code for device is not valid.",
            UserName="ann",
            SerialNumber=serial,
            **wrong,
        )
        self.enable("ann", serial, made["Base32StringSeed"])
        listed = self.iam.list_mfa_devices(UserName="ann")
        self.has(listed, "ResponseMetadata", "MFADevices", IsTruncated=False)
        self.has(listed["MFADevices"][0], "EnableDate", UserName="ann", SerialNumber=serial)
        self.refused("ValidationError", self.iam.get_mfa_device, SerialNumber=serial, UserName="ann")
        assigned = self.iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
        self.assertEqual([device["User"]["UserId"] for device in assigned], [user["UserId"]])
        self.assertEqual(self.iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"], [])
        first, second = codes(made["Base32StringSeed"], 5)
        again = {"AuthenticationCode1": first, "AuthenticationCode2": second}
        self.empty(self.iam.resync_mfa_device(UserName="ann", SerialNumber=serial, **again))
        self.refused("DeleteConflict", self.iam.delete_virtual_mfa_device, SerialNumber=serial)
        message = "Cannot delete entity, must remove tokens from principal first."
        self.refused("DeleteConflict", self.iam.delete_user, message, UserName="ann")
        self.empty(self.iam.deactivate_mfa_device(UserName="ann", SerialNumber=serial))
        self.empty(self.iam.delete_virtual_mfa_device(SerialNumber=serial))
        message = f"MFA Device with serial number {serial} does not exist."
        self.unknown(self.iam.delete_virtual_mfa_device, message, SerialNumber=serial)

    def test_tags_of_a_device(self):
        serial, _ = self.device("tagged")
        self.empty(self.iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "k", "Value": "v"}]))
        got = self.iam.list_mfa_device_tags(SerialNumber=serial)
        self.has(got, "ResponseMetadata", Tags=[{"Key": "k", "Value": "v"}], IsTruncated=False)
        self.empty(self.iam.untag_mfa_device(SerialNumber=serial, TagKeys=["k"]))
        self.assertEqual(self.iam.list_mfa_device_tags(SerialNumber=serial)["Tags"], [])

    def test_a_session_shows_that_mfa_was_used(self):
        only_with = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        keys = self.served.keys_of("bob", allow("iam:ListUsers", Condition=only_with))
        serial, seed = self.device("bobs")
        self.enable("bob", serial, seed, -1)
        self.denied(self.served.client("iam", keys).list_users)
        sts = self.served.client("sts", keys)
        self.denied(
            sts.get_session_token,
            "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
            SerialNumber=serial,
            TokenCode="000000",
        )
        # The second code of enabling was this step's, and a code is taken once.
        session = sts.get_session_token(SerialNumber=serial, TokenCode=codes(seed, 1)[0])["Credentials"]
        self.assertTrue(self.served.client("iam", session).list_users()["Users"])


class KeysAndCertificates(AccountTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate, cls.private, cls.ssh = pem_pair()
        cls.iam.create_user(UserName="ann")

    def test_ssh_public_keys(self):
        made = self.iam.upload_ssh_public_key(UserName="ann", SSHPublicKeyBody=self.ssh)["SSHPublicKey"]
        key = made["SSHPublicKeyId"]
        self.assertRegex(key, "^APKA[A-Z2-7]{16,17}$")
        self.assertRegex(made["Fingerprint"], "^([0-9a-f]{2}:){15}[0-9a-f]{2}$")
        self.recent(made["UploadDate"])
        same = {"UserName": "ann", "SSHPublicKeyId": key}
        got = self.iam.get_ssh_public_key(**same, Encoding="SSH")["SSHPublicKey"]
        self.assertEqual(got["SSHPublicKeyBody"].split()[:2], self.ssh.split()[:2])
        pem = self.iam.get_ssh_public_key(**same, Encoding="PEM")["SSHPublicKey"]["SSHPublicKeyBody"]
        self.assertTrue(pem.startswith("-----BEGIN PUBLIC KEY-----"), pem)
        listed = self.iam.list_ssh_public_keys(UserName="ann")
        self.has(listed["SSHPublicKeys"][0], "UploadDate", UserName="ann", SSHPublicKeyId=key, Status="Active")
        self.empty(self.iam.update_ssh_public_key(**same, Status="Inactive"))
        self.assertEqual(self.iam.list_ssh_public_keys(UserName="ann")["SSHPublicKeys"][0]["Status"], "Inactive")
        self.refused("DuplicateSSHPublicKey", self.iam.upload_ssh_public_key, UserName="ann", SSHPublicKeyBody=self.ssh)
        self.empty(self.iam.delete_ssh_public_key(**same))
        message = f"The Public Key with id {key} cannot be found."
        self.unknown(self.iam.delete_ssh_public_key, message, **same)
        body = "no key at all"
        self.refused(
            "UnrecognizedPublicKeyEncoding", self.iam.upload_ssh_public_key, UserName="ann", SSHPublicKeyBody=body
        )

    def test_signing_certificates(self):
        made = self.iam.upload_signing_certificate(UserName="ann", CertificateBody=self.certificate)["Certificate"]
        self.has(made, "CertificateId", "CertificateBody", "UploadDate", UserName="ann", Status="Active")
        same = {"UserName": "ann", "CertificateId": made["CertificateId"]}
        listed = self.iam.list_signing_certificates(UserName="ann")
        self.assertEqual(listed["Certificates"], [made])
        self.assertEqual(made["CertificateBody"].strip(), self.certificate.strip())
        self.empty(self.iam.update_signing_certificate(**same, Status="Inactive"))
        message = "Cannot delete entity, must delete certificates first."
        self.refused("DeleteConflict", self.iam.delete_user, message, UserName="ann")
        self.empty(self.iam.delete_signing_certificate(**same))
        message = f"The Certificate with id {made['CertificateId']} cannot be found."
        self.unknown(self.iam.delete_signing_certificate, message, **same)
        self.refused(
            "MalformedCertificate", self.iam.upload_signing_certificate, UserName="ann", CertificateBody="no certificate"
        )

    def test_server_certificates(self):
        made = self.iam.upload_server_certificate(
            ServerCertificateName="web", Path="/s/", CertificateBody=self.certificate, PrivateKey=self.private
        )["ServerCertificateMetadata"]
        self.has(
            made,
            "ServerCertificateId",
            "UploadDate",
            "Expiration",
            Path="/s/",
            ServerCertificateName="web",
            Arn=arn("server-certificate/s/web"),
        )
        self.assertRegex(made["ServerCertificateId"], "^ASCA[A-Z2-7]{17}$")
        got = self.iam.get_server_certificate(ServerCertificateName="web")["ServerCertificate"]
        self.assertEqual(got["ServerCertificateMetadata"], made)
        self.assertEqual(got["CertificateBody"].strip(), self.certificate.strip())
        self.assertNotIn("PrivateKey", str(got))
        self.assertEqual(self.iam.list_server_certificates()["ServerCertificateMetadataList"], [made])
        self.empty(self.iam.tag_server_certificate(ServerCertificateName="web", Tags=[{"Key": "k", "Value": "v"}]))
        tags = self.iam.list_server_certificate_tags(ServerCertificateName="web")
        self.has(tags, "ResponseMetadata", Tags=[{"Key": "k", "Value": "v"}], IsTruncated=False)
        self.empty(self.iam.untag_server_certificate(ServerCertificateName="web", TagKeys=["k"]))
        self.empty(self.iam.update_server_certificate(ServerCertificateName="web", NewServerCertificateName="www"))
        self.empty(self.iam.delete_server_certificate(ServerCertificateName="www"))
        message = "The Server Certificate with name www cannot be found."
        self.unknown(self.iam.get_server_certificate, message, ServerCertificateName="www")
        _, other, _ = pem_pair()
        self.refused(
            "KeyPairMismatch",
            self.iam.upload_server_certificate,
            ServerCertificateName="x",
            CertificateBody=self.certificate,
            PrivateKey=other,
        )

    def test_service_specific_credentials(self):
        service = "codecommit.amazonaws.com"
        made = self.iam.create_service_specific_credential(UserName="ann", ServiceName=service)
        made = made["ServiceSpecificCredential"]
        self.has(
            made,
            "ServicePassword",
            "ServiceSpecificCredentialId",
            "CreateDate",
            UserName="ann",
            ServiceName=service,
            ServiceUserName="ann-at-123456789012",
            Status="Active",
        )
        same = {"UserName": "ann", "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
        self.assertRegex(made["ServiceSpecificCredentialId"], "^ACCA[A-Z2-7]{17}$")
        listed = self.iam.list_service_specific_credentials(UserName="ann", ServiceName=service)
        self.assertNotIn("ServicePassword", listed["ServiceSpecificCredentials"][0])
        reset = self.iam.reset_service_specific_credential(**same)["ServiceSpecificCredential"]
        self.assertNotEqual(reset["ServicePassword"], made["ServicePassword"])
        self.empty(self.iam.update_service_specific_credential(**same, Status="Inactive"))
        self.empty(self.iam.delete_service_specific_credential(**same))
        message = f"No such credential {made['ServiceSpecificCredentialId']} exists"
        self.unknown(self.iam.delete_service_specific_credential, message, **same)
        message = "No such service lambda.amazonaws.com is supported for Service Specific Credentials"
        self.unknown(
            self.iam.create_service_specific_credential, message, UserName="ann", ServiceName="lambda.amazonaws.com"
        )


class Report(AccountTest):
    def test_the_credential_report(self):
        self.assertFalse(self.refused("ReportNotPresent", self.iam.get_credential_report), "it has no message")
        self.iam.create_user(UserName="ann", Path="/x/")
        self.iam.create_login_profile(UserName="ann", Password=PASSWORD)
        self.iam.create_access_key(UserName="ann")
        first = self.iam.generate_credential_report()
        self.assertEqual(first["State"], "STARTED")
        for _ in range(50):
            if self.iam.generate_credential_report()["State"] == "COMPLETE":
                break
            time.sleep(0.1)
        got = self.iam.get_credential_report()
        self.assertEqual(got["ReportFormat"], "text/csv")
        self.recent(got["GeneratedTime"])
        rows = {row["user"]: row for row in csv.DictReader(got["Content"].decode().splitlines())}
        self.assertEqual(list(rows), ["<root_account>", "ann"])
        ann = rows["ann"]
        self.assertEqual((ann["arn"], ann["password_enabled"], ann["mfa_active"]), (arn("user/x/ann"), "true", "false"))
        self.assertEqual((ann["access_key_1_active"], ann["access_key_2_active"]), ("true", "false"))
        self.assertEqual(ann["access_key_1_last_used_date"], "N/A")
        self.assertRegex(ann["user_creation_time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)$")
        self.assertEqual(rows["<root_account>"]["password_enabled"], "not_supported")
