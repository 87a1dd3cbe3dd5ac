"""The User Guide's command lines, through the aws CLI of PyPI: output and exit status."""

import base64
import contextlib
import csv
import io
import json
import os
import subprocess
import sys
import unittest.mock

import awscli.clidriver
from kit import EC2, REGION, AccountTest, allow, arn, codes, document, environment, pem_pair, saml_metadata, trust

TRUST = "Test-Role-Trust-Policy.json"
# The loader of the first command, for all of them.
LOADERS = []
# The exit status of a command that the service refused.
REFUSED = 255


def driver():
    """The command, with what it has read of the service models already."""
    made = awscli.clidriver.create_clidriver()
    if not LOADERS:
        LOADERS.append(made.session.get_component("data_loader"))
    made.session.register_component("data_loader", LOADERS[0])
    return made


class Cli(AccountTest):
    """Runs commands in this process, as `aws` itself does, without starting an interpreter each time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.use(cls.served.root)

    @classmethod
    def use(cls, keys):
        """Takes other credentials from now on."""
        cls.environment = environment(
            AWS_ACCESS_KEY_ID=keys["AccessKeyId"],
            AWS_SECRET_ACCESS_KEY=keys["SecretAccessKey"],
            AWS_ENDPOINT_URL=cls.served.url,
            AWS_DEFAULT_REGION=REGION,
            # Where awscli, when it is imported, says that its own data is.
            AWS_DATA_PATH=os.environ["AWS_DATA_PATH"],
            **({"AWS_SESSION_TOKEN": keys["SessionToken"]} if "SessionToken" in keys else {}),
        )

    @classmethod
    def file(cls, name, text):
        """A file beside the store, as `file://` names it."""
        path = os.path.join(cls.served.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return f"file://{path}"

    def run_aws(self, *words):
        """The exit status of a command, and what it said and complained."""
        said, complained = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.ExitStack() as stack:
            stack.enter_context(unittest.mock.patch.dict(os.environ, self.environment, clear=True))
            stack.enter_context(contextlib.redirect_stdout(said))
            stack.enter_context(contextlib.redirect_stderr(complained))
            status = driver().main(list(words))
        said.flush()
        return status, said.buffer.getvalue().decode(), complained.getvalue()

    def text(self, line, *more):
        """What a command says that goes well; `more` are words with spaces in them."""
        status, said, complained = self.run_aws(*line.split(), *more)
        self.assertEqual((status, complained), (0, ""), line)
        return said.rstrip("\n")

    def aws(self, line, *more):
        """The JSON that a command answers."""
        said = self.text(line, *more)
        return json.loads(said) if said else None

    def silent(self, line, *more):
        """Runs a command that has nothing to say."""
        self.assertEqual(self.text(line, *more), "", line)

    def fails(self, message, line, *more):
        """Runs a command that is refused."""
        status, said, complained = self.run_aws(*line.split(), *more)
        self.assertEqual((status, said), (REFUSED, ""), complained)
        self.assertIn(message, complained)


class Identities(Cli):
    def test_users_and_groups(self):
        made = self.aws("iam create-user --user-name Bob --tags Key=Dept,Value=Eng")["User"]
        self.assertEqual((made["Arn"], made["Tags"]), (arn("user/Bob"), [{"Key": "Dept", "Value": "Eng"}]))
        self.assertRegex(made["CreateDate"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)$")
        self.silent("iam wait user-exists --user-name Bob")
        named = self.text("iam list-users --output text --query", "Users[?starts_with(UserName, 'B')].UserName")
        self.assertEqual(named, "Bob")
        self.assertEqual(self.aws("iam get-user --user-name Bob --query User.Path"), "/")
        self.aws("iam create-group --group-name Admins")
        self.silent("iam add-user-to-group --user-name Bob --group-name Admins")
        admin = "arn:aws:iam::aws:policy/AdministratorAccess"
        self.silent(f"iam attach-group-policy --policy-arn {admin} --group-name Admins")
        attached = {"AttachedPolicies": [{"PolicyName": "AdministratorAccess", "PolicyArn": admin}]}
        self.assertEqual(self.aws("iam list-attached-group-policies --group-name Admins"), attached)
        self.assertEqual(self.aws("iam list-groups-for-user --user-name Bob")["Groups"][0]["GroupName"], "Admins")
        self.assertEqual(self.aws("iam get-group --group-name Admins")["Users"][0]["UserName"], "Bob")
        self.silent("iam update-user --user-name Bob --new-user-name Robert")
        self.silent("iam tag-user --user-name Robert --tags", '{"Key": "a", "Value": "b c"}')
        tags = self.aws("iam list-user-tags --user-name Robert")["Tags"]
        self.assertIn({"Key": "a", "Value": "b c"}, tags)
        self.silent("iam untag-user --user-name Robert --tag-keys a Dept")
        self.fails(
            "An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name Bob cannot be found.",
            "iam get-user --user-name Bob",
        )
        self.fails("DeleteConflict", "iam delete-user --user-name Robert")
        self.silent("iam remove-user-from-group --user-name Robert --group-name Admins")
        self.silent("iam delete-user --user-name Robert")

    def test_listings_are_cut_and_taken_up_again(self):
        for number in range(4):
            self.aws(f"iam create-group --group-name G{number} --path /cut/")
        first = self.aws("iam list-groups --path-prefix /cut/ --max-items 3 --page-size 2")
        self.assertEqual([group["GroupName"] for group in first["Groups"]], ["G0", "G1", "G2"])
        token = first["NextToken"]
        rest = self.aws(f"iam list-groups --path-prefix /cut/ --starting-token {token}")
        self.assertEqual([group["GroupName"] for group in rest["Groups"]], ["G3"])
        self.assertNotIn("NextToken", rest)
        table = self.text("iam list-groups --path-prefix /cut/ --query Groups[].GroupName --output text")
        self.assertEqual(table.split(), ["G0", "G1", "G2", "G3"])

    def test_roles_and_sessions(self):
        self.aws("iam create-user --user-name David")
        trusting = self.file(TRUST, trust(arn("user/David")))
        role = self.aws("iam create-role --role-name Test-Role --assume-role-policy-document", trusting)["Role"]
        self.assertEqual(role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"AWS": arn("user/David")})
        self.silent("iam wait role-exists --role-name Test-Role")
        read = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
        self.silent(f"iam attach-role-policy --policy-arn {read} --role-name Test-Role")
        self.silent("iam update-role --role-name Test-Role --max-session-duration 43200")
        self.silent("iam update-assume-role-policy --role-name Test-Role --policy-document", trusting)
        keys = self.aws("iam create-access-key --user-name David")["AccessKey"]
        root = self.served.root
        try:
            self.use(keys)
            assumed = self.aws(f"sts assume-role --role-arn {arn('role/Test-Role')} --role-session-name David-ProdUpdate")
            self.assertEqual(assumed["AssumedRoleUser"]["Arn"], arn("assumed-role/Test-Role/David-ProdUpdate", "sts"))
            self.fails("AccessDenied", "iam list-roles")
            self.use(assumed["Credentials"])
            self.assertEqual(self.text("iam list-roles --query Roles[].RoleName --output text"), "Test-Role")
            self.fails("AccessDenied", "iam create-user --user-name Nobody")
            identity = self.aws("sts get-caller-identity")
            self.assertEqual(identity["Arn"], assumed["AssumedRoleUser"]["Arn"])
            self.use({**keys, "SecretAccessKey": "0" * 40})
            self.fails("SignatureDoesNotMatch", "sts get-caller-identity")
        finally:
            self.use(root)
        self.aws("iam create-instance-profile --instance-profile-name Webserver")
        self.silent("iam wait instance-profile-exists --instance-profile-name Webserver")
        self.silent("iam add-role-to-instance-profile --role-name Test-Role --instance-profile-name Webserver")
        profile = self.aws("iam get-instance-profile --instance-profile-name Webserver")["InstanceProfile"]
        self.assertEqual(profile["Roles"][0]["RoleName"], "Test-Role")
        linked = self.aws("iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com")["Role"]
        self.assertEqual(linked["RoleName"], "AWSServiceRoleForAutoScaling")
        task = self.text(
            "iam delete-service-linked-role --role-name AWSServiceRoleForAutoScaling --query DeletionTaskId --output text"
        )
        status = self.aws(f"iam get-service-linked-role-deletion-status --deletion-task-id {task}")
        self.assertEqual(status["Status"], "SUCCEEDED")


class Policies(Cli):
    def test_managed_policies(self):
        policy = self.file("policy.json", document(allow("s3:GetObject")))
        made = self.aws("iam create-policy --policy-name my-policy --policy-document", policy)["Policy"]
        self.assertEqual((made["Arn"], made["DefaultVersionId"]), (arn("policy/my-policy"), "v1"))
        self.silent(f"iam wait policy-exists --policy-arn {made['Arn']}")
        newer = self.file("newer.json", document(allow("s3:*")))
        version = self.aws(
            f"iam create-policy-version --policy-arn {made['Arn']} --set-as-default --policy-document", newer
        )
        self.assertEqual(version["PolicyVersion"]["VersionId"], "v2")
        got = self.aws(f"iam get-policy-version --policy-arn {made['Arn']} --version-id v2")["PolicyVersion"]
        self.assertEqual(got["Document"]["Statement"][0]["Action"], "s3:*")
        listed = self.aws("iam list-policies --scope Local --query", "Policies[?PolicyName=='my-policy'].Arn")
        self.assertEqual(listed, [made["Arn"]])
        self.aws("iam create-user --user-name Alice")
        self.silent(f"iam attach-user-policy --policy-arn {made['Arn']} --user-name Alice")
        self.assertEqual(
            self.text("iam list-attached-user-policies --user-name Alice --output text"),
            f"ATTACHEDPOLICIES\t{made['Arn']}\tmy-policy",
        )
        entities = self.aws(f"iam list-entities-for-policy --policy-arn {made['Arn']}")
        self.assertEqual(entities["PolicyUsers"][0]["UserName"], "Alice")
        self.silent(f"iam put-user-permissions-boundary --user-name Alice --permissions-boundary {made['Arn']}")
        boundary = self.aws("iam get-user --user-name Alice")["User"]["PermissionsBoundary"]
        self.assertEqual(boundary["PermissionsBoundaryArn"], made["Arn"])
        self.silent("iam delete-user-permissions-boundary --user-name Alice")
        self.silent("iam put-user-policy --user-name Alice --policy-name Inline --policy-document", policy)
        inline = self.aws("iam get-user-policy --user-name Alice --policy-name Inline")
        self.assertEqual(inline["PolicyDocument"]["Version"], "2012-10-17")
        self.fails("MalformedPolicyDocument", "iam create-policy --policy-name bad --policy-document", "{}")

    def test_simulation(self):
        self.aws("iam create-user --user-name alejandro")
        policy = document(allow("codecommit:ListRepositories"))
        self.silent("iam put-user-policy --user-name alejandro --policy-name p --policy-document", policy)
        source = f"--policy-source-arn {arn('user/alejandro')}"
        decided = self.aws(f"iam simulate-principal-policy {source} --action-names codecommit:ListRepositories s3:GetObject")
        decisions = [result["EvalDecision"] for result in decided["EvaluationResults"]]
        self.assertEqual(decisions, ["allowed", "implicitDeny"])
        condition = {"DateGreaterThan": {"aws:CurrentTime": "2018-08-16T12:00:00Z"}}
        policy = document(allow("dynamodb:*", Condition=condition))
        line = "iam simulate-custom-policy --action-names dynamodb:CreateBackup --context-entries"
        entry = "ContextKeyName='aws:CurrentTime',ContextKeyValues='2019-04-25T11:00:00Z',ContextKeyType=date"
        decided = self.aws(line, entry, "--policy-input-list", policy)
        self.assertEqual(decided["EvaluationResults"][0]["EvalDecision"], "allowed")
        keys = self.aws("iam get-context-keys-for-custom-policy --policy-input-list", policy)
        self.assertEqual(keys, {"ContextKeyNames": ["aws:CurrentTime"]})

    def test_access_advice(self):
        self.aws("iam create-user --user-name seen")
        self.silent("iam put-user-policy --user-name seen --policy-name p --policy-document", document(allow("s3:*")))
        job = self.text(
            f"iam generate-service-last-accessed-details --arn {arn('user/seen')} --query JobId --output text"
        )
        got = self.aws(f"iam get-service-last-accessed-details --job-id {job}")
        self.assertEqual(got["JobStatus"], "COMPLETED")
        self.assertEqual([service["ServiceNamespace"] for service in got["ServicesLastAccessed"]], ["s3"])
        granting = f"iam list-policies-granting-service-access --arn {arn('user/seen')} --service-namespaces s3"
        self.assertEqual(self.aws(granting)["PoliciesGrantingServiceAccess"][0]["Policies"][0]["PolicyName"], "p")


class Credentials(Cli):
    def test_keys_and_passwords(self):
        self.aws("iam create-user --user-name Bob")
        key = self.aws("iam create-access-key --user-name Bob")["AccessKey"]["AccessKeyId"]
        self.silent(f"iam update-access-key --access-key-id {key} --status Inactive --user-name Bob")
        listed = self.aws("iam list-access-keys --user-name Bob")["AccessKeyMetadata"]
        self.assertEqual([(found["AccessKeyId"], found["Status"]) for found in listed], [(key, "Inactive")])
        used = self.aws(f"iam get-access-key-last-used --access-key-id {key}")
        self.assertEqual(used["AccessKeyLastUsed"], {"ServiceName": "N/A", "Region": "N/A"})
        self.silent(f"iam delete-access-key --access-key-id {key} --user-name Bob")
        made = self.aws(
            "iam create-login-profile --user-name Bob --password-reset-required --password", "My!User1Login8P@ssword"
        )
        self.assertTrue(made["LoginProfile"]["PasswordResetRequired"])
        self.silent("iam update-login-profile --user-name Bob --no-password-reset-required")
        self.fails("PasswordPolicyViolation", "iam update-login-profile --user-name Bob --password short")
        self.silent(
            "iam update-account-password-policy --minimum-password-length 8 --require-numbers --max-password-age 90 "
            "--allow-users-to-change-password"
        )
        policy = self.aws("iam get-account-password-policy")["PasswordPolicy"]
        self.assertTrue(policy["RequireNumbers"] and policy["ExpirePasswords"] and not policy["RequireSymbols"])
        self.silent("iam delete-account-password-policy")
        self.silent("iam delete-login-profile --user-name Bob")

    def test_mfa_devices(self):
        self.aws("iam create-user --user-name Ann")
        image = os.path.join(self.served.folder, "QRCode.png")
        made = self.aws(
            "iam create-virtual-mfa-device --virtual-mfa-device-name BobsMFADevice --bootstrap-method QRCodePNG "
            f"--outfile {image}"
        )
        self.assertEqual(made, {"VirtualMFADevice": {"SerialNumber": arn("mfa/BobsMFADevice")}})
        with open(image, "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")
        seed_file = os.path.join(self.served.folder, "seed")
        serial = self.text(
            "iam create-virtual-mfa-device --virtual-mfa-device-name Anns --bootstrap-method Base32StringSeed "
            f"--outfile {seed_file} --query VirtualMFADevice.SerialNumber --output text"
        )
        with open(seed_file, encoding="ascii") as file:
            seed = file.read()
        first, second = codes(seed, -1)
        device = f"--user-name Ann --serial-number {serial}"
        wrong = f"iam enable-mfa-device {device} --authentication-code1 {second} --authentication-code2 {first}"
        self.fails("InvalidAuthenticationCode", wrong)
        self.silent(f"iam enable-mfa-device {device} --authentication-code1 {first} --authentication-code2 {second}")
        self.assertEqual(self.aws("iam list-mfa-devices --user-name Ann")["MFADevices"][0]["SerialNumber"], serial)
        listed = self.aws("iam list-virtual-mfa-devices --assignment-status Unassigned")["VirtualMFADevices"]
        self.assertEqual([found["SerialNumber"] for found in listed], [arn("mfa/BobsMFADevice")])
        keys = self.aws("iam create-access-key --user-name Ann")["AccessKey"]
        only_with = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        policy = document(allow("iam:ListUsers", Condition=only_with))
        self.silent("iam put-user-policy --user-name Ann --policy-name p --policy-document", policy)
        try:
            self.use(keys)
            self.fails("AccessDenied", "iam list-users")
            code = codes(seed, 1)[0]
            session = self.aws(
                f"sts get-session-token --duration-seconds 900 --serial-number {serial} --token-code {code}"
            )
            self.use(session["Credentials"])
            self.assertIn("Ann", self.text("iam list-users --query Users[].UserName --output text"))
        finally:
            self.use(self.served.root)
        first, second = codes(seed, 4)
        self.silent(f"iam resync-mfa-device {device} --authentication-code1 {first} --authentication-code2 {second}")
        self.silent(f"iam deactivate-mfa-device {device}")
        self.silent(f"iam delete-virtual-mfa-device --serial-number {serial}")

    def test_certificates_and_ssh_keys(self):
        self.aws("iam create-user --user-name Carl")
        certificate, private, ssh = pem_pair()
        body, key = self.file("certificate.pem", certificate), self.file("key.pem", private)
        made = self.aws(
            "iam upload-server-certificate --server-certificate-name web --certificate-body", body, "--private-key", key
        )
        self.assertEqual(made["ServerCertificateMetadata"]["Arn"], arn("server-certificate/web"))
        got = self.aws("iam get-server-certificate --server-certificate-name web")["ServerCertificate"]
        self.assertEqual(got["CertificateBody"].strip(), certificate.strip())
        made = self.aws("iam upload-signing-certificate --user-name Carl --certificate-body", body)["Certificate"]
        self.assertEqual(made["Status"], "Active")
        self.silent(
            f"iam update-signing-certificate --user-name Carl --status Inactive --certificate-id {made['CertificateId']}"
        )
        made = self.aws("iam upload-ssh-public-key --user-name Carl --ssh-public-key-body", ssh)["SSHPublicKey"]
        got = self.aws(
            f"iam get-ssh-public-key --user-name Carl --encoding PEM --ssh-public-key-id {made['SSHPublicKeyId']}"
        )
        self.assertTrue(got["SSHPublicKey"]["SSHPublicKeyBody"].startswith("-----BEGIN PUBLIC KEY-----"))
        service = self.aws(
            "iam create-service-specific-credential --user-name Carl --service-name codecommit.amazonaws.com"
        )
        self.assertEqual(service["ServiceSpecificCredential"]["ServiceUserName"], "Carl-at-123456789012")

    def test_the_credential_report(self):
        self.fails("ReportNotPresent", "iam get-credential-report")
        self.assertEqual(self.aws("iam generate-credential-report")["State"], "STARTED")
        self.assertEqual(self.aws("iam generate-credential-report"), {"State": "COMPLETE"})
        content = self.text("iam get-credential-report --output text --query Content")
        rows = list(csv.DictReader(base64.b64decode(content).decode().splitlines()))
        self.assertEqual((rows[0]["user"], rows[0]["arn"]), ("<root_account>", arn("root")))


class Account(Cli):
    def test_the_account(self):
        self.silent("iam create-account-alias --account-alias examplecorp")
        self.assertEqual(self.aws("iam list-account-aliases"), {"AccountAliases": ["examplecorp"]})
        self.silent("iam delete-account-alias --account-alias examplecorp")
        summary = self.aws("iam get-account-summary")["SummaryMap"]
        self.assertEqual((summary["Users"], summary["UsersQuota"]), (0, 5000))
        details = self.aws("iam get-account-authorization-details --filter User Role")
        self.assertEqual(sorted(details), ["GroupDetailList", "Policies", "RoleDetailList", "UserDetailList"])
        identity = {"UserId": "123456789012", "Account": "123456789012", "Arn": arn("root")}
        self.assertEqual(self.aws("sts get-caller-identity"), identity)
        self.assertEqual(self.aws(f"sts get-access-key-info --access-key-id {self.served.root['AccessKeyId']}"), {"Account": "123456789012"})
        self.assertIn("Credentials", self.aws("sts get-session-token"))
        self.assertEqual(self.aws("sts get-federation-token --name Bob")["FederatedUser"]["Arn"], arn("federated-user/Bob", "sts"))

    def test_providers(self):
        text = json.dumps(
            {"Url": "https://server.example.com", "ClientIDList": ["example-application-ID"], "ThumbprintList": ["c3768084dfb3d2b68b7897bf5f565da8eEXAMPLE"[:40]]}
        )
        made = self.aws("iam create-open-id-connect-provider --cli-input-json", self.file("oidc.json", text))
        provider = arn("oidc-provider/server.example.com")
        self.assertEqual(made, {"OpenIDConnectProviderArn": provider})
        self.assertEqual(
            self.aws("iam list-open-id-connect-providers"), {"OpenIDConnectProviderList": [{"Arn": provider}]}
        )
        self.silent(f"iam delete-open-id-connect-provider --open-id-connect-provider-arn {provider}")
        metadata = self.file("SAMLMetaData.xml", saml_metadata(pem_pair()[0]))
        made = self.aws("iam create-saml-provider --name MySAMLProvider --saml-metadata-document", metadata)
        self.assertEqual(made, {"SAMLProviderArn": arn("saml-provider/MySAMLProvider")})
        self.silent(f"iam delete-saml-provider --saml-provider-arn {made['SAMLProviderArn']}")

    def test_the_command_itself(self):
        """Once as a program of its own, with the credentials that the server wrote."""
        folder = os.path.dirname(sys.executable)
        environ = environment(
            AWS_ENDPOINT_URL=self.served.url, AWS_REGION=REGION, AWS_DEFAULT_REGION=REGION
        ) | {"AWS_SHARED_CREDENTIALS_FILE": self.served.root_file}
        command = [os.path.join(folder, "aws"), "sts", "get-caller-identity", "--output", "text"]
        outcome = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual(outcome.stdout.split(), ["123456789012", arn("root"), "123456789012"])
        command[1:3] = ["iam", "get-role", "--role-name", "none"]
        outcome = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        self.assertEqual((outcome.returncode, outcome.stdout), (REFUSED, ""))
        self.assertIn("(NoSuchEntity) when calling the GetRole operation", outcome.stderr)
