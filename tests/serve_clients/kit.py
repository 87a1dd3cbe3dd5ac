"""What every client test shares: an account served by the real `tiam serve`, clients of it, refusals in AWS's words."""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import boto3
import botocore.loaders
import botocore.session
from botocore.config import Config

ACCOUNT = "123456789012"
REGION = "us-east-1"
# Operations that were called, and those that were answered, by service and name.
CALLED, ANSWERED = set(), set()
# Reading the service models is what takes a client long to make: once for all of them.
LOADER = botocore.loaders.create_loader()
# The HTTP status of errors; every other one is 400.
STATUS = {
    "AccessDenied": 403,
    "ConcurrentModification": 409,
    "DeleteConflict": 409,
    "EntityAlreadyExists": 409,
    "EntityTemporarilyUnmodifiable": 409,
    "ExpiredToken": 403,
    "FeatureDisabledException": 404,
    "FeatureEnabledException": 409,
    "InvalidAuthenticationCode": 403,
    "InvalidClientTokenId": 403,
    "LimitExceeded": 409,
    "OutboundWebIdentityFederationDisabledException": 403,
    "NoSuchEntity": 404,
    "ReportNotPresent": 410,
    "SignatureDoesNotMatch": 403,
}


def document(*statements):
    """A policy document as text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def trust(principal, action="sts:AssumeRole", **more):
    """A trust policy as text; a principal without a kind is one of AWS."""
    principal = principal if isinstance(principal, dict) else {"AWS": principal}
    return document({"Effect": "Allow", "Principal": principal, "Action": action, **more})


EC2 = trust({"Service": "ec2.amazonaws.com"})


def arn(resource, service="iam"):
    return f"arn:aws:{service}::{ACCOUNT}:{resource}"


def codes(seed, offset=0):
    """Two consecutive codes of a virtual MFA device, some steps from now (RFC 6238)."""
    secret = base64.b32decode(seed)

    def code(step):
        digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
        place = digest[-1] & 15
        return f"{(int.from_bytes(digest[place:place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"

    step = int(time.time()) // 30 + offset
    return code(step), code(step + 1)


def environment(**more):
    """The environment without anything that would lead a client to another account."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TIAM_"))}
    quiet = {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return {**inherited, **quiet, **more}


class Served:
    """A new, empty account behind `tiam serve`, until it is closed; in the store of another one, if it is given."""

    def __init__(self, account=ACCOUNT, beside=None, options=()):
        self.is_guest = beside is not None
        self.folder = beside.folder if beside else tempfile.mkdtemp(prefix="tiam-clients-")
        self.root_file = os.path.join(self.folder, f"root-credentials-{account}")
        homes = {f"XDG_{kind}_HOME": self.folder for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        command = [os.environ["TIAM"], "serve", "--store", os.path.join(self.folder, "store.db"), "--account", account]
        command += ["--root-credentials", self.root_file, "--listen", "127.0.0.1:0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(**homes))
        said = self.process.stdout.readline()
        self.url = re.search(r"http://\S+", said).group()
        with open(self.root_file, encoding="utf-8") as file:
            pairs = dict(line.split(" = ") for line in file.read().splitlines() if " = " in line)
        self.root = {"AccessKeyId": pairs["aws_access_key_id"], "SecretAccessKey": pairs["aws_secret_access_key"]}

    def close(self):
        """Ends the server as Ctrl-C does, and says whether it ended cleanly."""
        self.process.send_signal(signal.SIGINT)
        ended = self.process.wait(timeout=30)
        self.process.stdout.close()
        if not self.is_guest:
            shutil.rmtree(self.folder, ignore_errors=True)
        return ended == 0

    def client(self, service, keys=None, **config):
        """A boto3 client with the root user's keys, or others."""
        keys = keys or self.root
        core = botocore.session.Session()
        core.register_component("data_loader", LOADER)
        session = boto3.Session(
            keys["AccessKeyId"], keys["SecretAccessKey"], keys.get("SessionToken"), REGION, botocore_session=core
        )
        config = Config(retries={"total_max_attempts": 1}, **config)
        client = session.client(service, endpoint_url=self.url, config=config)
        client.meta.events.register("after-call", note)
        return client

    def keys_of(self, user, *statements):
        """A new user with an inline policy, and its access key."""
        iam = self.client("iam")
        iam.create_user(UserName=user)
        if statements:
            iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=document(*statements))
        return iam.create_access_key(UserName=user)["AccessKey"]

    def assume(self, keys, role, **given):
        """The credentials of a session of a role, given its ARN."""
        return self.client("sts", keys).assume_role(RoleArn=role, RoleSessionName="session", **given)["Credentials"]


def note(http_response, model, **_):
    """Remembers an operation that was called."""
    name = (model.service_model.service_name, model.name)
    CALLED.add(name)
    if http_response.status_code == 200:
        ANSWERED.add(name)


def pem_pair(name="www.example.com"):
    """A self-signed certificate and its key, in PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = x509.CertificateBuilder(
        who, who, key.public_key(), x509.random_serial_number(), now - datetime.timedelta(days=1), now + datetime.timedelta(days=90)
    ).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    ssh = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return made.public_bytes(serialization.Encoding.PEM).decode(), private.decode(), ssh.decode()


def saml_metadata(certificate, entity="https://idp.example.com/saml"):
    """The metadata document of a SAML identity provider."""
    body = "".join(certificate.strip().splitlines()[1:-1])
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">'
        '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
        f"<ds:X509Certificate>{body}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )


class AccountTest(unittest.TestCase):
    """Tests of one account: a server for the class, and clients with the root user's keys."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.served = Served()
        cls.addClassCleanup(cls.served.close)
        cls.iam, cls.sts = cls.served.client("iam"), cls.served.client("sts")

    def refused(self, code, call, message=None, **given):
        """Makes a call that must be refused, as the exception that botocore has for the code; the message."""
        client = call.__self__
        with self.assertRaises(client.exceptions.from_code(code)) as caught:
            call(**given)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code)
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], STATUS.get(code, 400), answer)
        self.assertRegex(answer["ResponseMetadata"]["RequestId"], "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")
        if message is not None:
            self.assertEqual(answer["Error"].get("Message"), message)
        return answer["Error"].get("Message")

    def denied(self, call, message=None, **given):
        """Makes a call that the caller may not make."""
        return self.refused("AccessDenied", call, message, **given)

    def unknown(self, call, message, **given):
        """Makes a call about something that is not there."""
        return self.refused("NoSuchEntity", call, message, **given)

    def empty(self, answer):
        """Holds that an answer says nothing but that it is one."""
        self.assertEqual(set(answer), {"ResponseMetadata"})

    def decisions(self, source, *asked, iam=None, context=None):
        """What the simulator decides of actions, each on a resource, with the context keys given as texts or lists."""
        iam, decided = iam or self.iam, []
        entries = [
            {
                "ContextKeyName": name,
                "ContextKeyType": "stringList" if isinstance(values, list) else "string",
                "ContextKeyValues": values if isinstance(values, list) else [values],
            }
            for name, values in (context or {}).items()
        ]
        for action, resource in asked:
            answer = iam.simulate_principal_policy(
                PolicySourceArn=source, ActionNames=[action], ResourceArns=[resource], ContextEntries=entries
            )
            decided += [result["EvalDecision"] for result in answer["EvaluationResults"]]
        return decided

    def recent(self, moment):
        """Holds that a moment is an aware datetime in whole seconds, of the last minutes."""
        self.assertIsInstance(moment, datetime.datetime)
        self.assertIsNotNone(moment.tzinfo)
        self.assertEqual(moment.microsecond, 0)
        age = datetime.datetime.now(datetime.timezone.utc) - moment
        self.assertLess(abs(age), datetime.timedelta(minutes=10))

    def has(self, found, *members, **values):
        """Holds that a structure has exactly these members, some with these values."""
        self.assertEqual(sorted(found), sorted([*members, *values]))
        for name, value in values.items():
            self.assertEqual(found[name], value, name)
        if "CreateDate" in found:
            self.recent(found["CreateDate"])
