"""Sessions for whom a provider vouches for, through boto3: calls without a signature, with a token or an assertion."""

import base64
import datetime
import hashlib
import json
import os
import tempfile
import time

from botocore import UNSIGNED
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from kit import AccountTest, Served, allow, arn, document, pem_pair, saml_metadata, trust

ISSUER = "https://token.example.com"
SIGN_IN = "https://signin.aws.amazon.com/saml"
SAML_ISSUER = "https://idp.example.com/saml"
DSIG, C14N = "http://www.w3.org/2000/09/xmldsig#", "http://www.w3.org/2001/10/xml-exc-c14n#"
READ = document(allow("iam:ListUsers"))


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class WebIdentity(AccountTest):
    @classmethod
    def setUpClass(cls):
        cls.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = cls.key.public_key().public_numbers()
        modulus, exponent = (url64(n.to_bytes(size, "big")) for n, size in ((numbers.n, 256), (numbers.e, 3)))
        keys = {"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig", "n": modulus, "e": exponent}]}
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
            json.dump(keys, file)
        cls.addClassCleanup(os.unlink, file.name)
        cls.served = Served(options=["--issuer-keys", f"{ISSUER}={file.name}"])
        cls.addClassCleanup(cls.served.close)
        cls.iam, cls.sts = cls.served.client("iam"), cls.served.client("sts", signature_version=UNSIGNED)
        cls.iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=["app"])
        condition = {"StringEquals": {"token.example.com:aud": "app", "token.example.com:sub": "repo:example:main"}}
        policy = trust({"Federated": arn("oidc-provider/token.example.com")}, "sts:AssumeRoleWithWebIdentity", Condition=condition)
        cls.iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=policy)
        cls.iam.put_role_policy(RoleName="deploy", PolicyName="p", PolicyDocument=READ)

    def token(self, **claims):
        now = int(time.time())
        said = {"iss": ISSUER, "aud": "app", "sub": "repo:example:main", "iat": now, "exp": now + 300, **claims}
        parts = [{"alg": "RS256", "typ": "JWT", "kid": "k1"}, said]
        signed = ".".join(url64(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{url64(self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def given(self, token):
        return {"RoleArn": arn("role/deploy"), "RoleSessionName": "run-1", "WebIdentityToken": token}

    def test_a_token_opens_the_role(self):
        made = self.sts.assume_role_with_web_identity(**self.given(self.token()), DurationSeconds=900)
        self.assertEqual(made["AssumedRoleUser"]["Arn"], arn("assumed-role/deploy/run-1", "sts"))
        self.assertEqual(
            (made["SubjectFromWebIdentityToken"], made["Audience"], made["Provider"]),
            ("repo:example:main", "app", arn("oidc-provider/token.example.com")),
        )
        iam = self.served.client("iam", made["Credentials"])
        self.assertEqual(iam.list_users()["Users"], [])
        self.denied(iam.list_roles)

    def test_tokens_that_open_nothing(self):
        call = self.sts.assume_role_with_web_identity
        message = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
        self.denied(call, message, **self.given(self.token(sub="repo:example:other")))
        old = int(time.time()) - 3600
        self.refused("ExpiredTokenException", call, **self.given(self.token(iat=old, exp=old + 300)))
        for token in ["not.a.token", self.token(aud="another"), self.token(iss="https://other.example.com")]:
            self.refused("InvalidIdentityToken", call, **self.given(token))
        head, body, signature = self.token().split(".")
        forged = url64(json.dumps({**json.loads(base64.urlsafe_b64decode(body + "==")), "sub": "x"}).encode())
        self.refused("InvalidIdentityToken", call, **self.given(f"{head}.{forged}.{signature}"))


class Saml(AccountTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sts = cls.served.client("sts", signature_version=UNSIGNED)
        certificate, private, _ = pem_pair("idp.example.com")
        cls.key = serialization.load_pem_private_key(private.encode(), None)
        cls.provider = cls.iam.create_saml_provider(Name="corp", SAMLMetadataDocument=saml_metadata(certificate))["SAMLProviderArn"]
        condition = {"StringEquals": {"SAML:aud": SIGN_IN}}
        policy = trust({"Federated": cls.provider}, "sts:AssumeRoleWithSAML", Condition=condition)
        cls.iam.create_role(RoleName="sso", AssumeRolePolicyDocument=policy)
        cls.iam.put_role_policy(RoleName="sso", PolicyName="p", PolicyDocument=READ)

    def assertion(self, body):
        """A signed response. What is signed is written in canonical form to begin with (exclusive XML canonicalization)."""
        start, issuer, rest = body
        digest = base64.b64encode(hashlib.sha256((start + issuer + rest).encode()).digest()).decode()
        info = (
            f'<ds:SignedInfo xmlns:ds="{DSIG}"><ds:CanonicalizationMethod Algorithm="{C14N}"></ds:CanonicalizationMethod>'
            '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>'
            f'<ds:Reference URI="#_a"><ds:Transforms><ds:Transform Algorithm="{DSIG}enveloped-signature"></ds:Transform>'
            f'<ds:Transform Algorithm="{C14N}"></ds:Transform></ds:Transforms>'
            '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
            f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        )
        value = base64.b64encode(self.key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
        signature = f'<ds:Signature xmlns:ds="{DSIG}">{info}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>'
        response = (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0"><samlp:Status>'
            '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>'
            f"{start}{issuer}{signature}{rest}</samlp:Response>"
        )
        return base64.b64encode(response.encode()).decode()

    def said(self, audience=SIGN_IN, ends=300):
        now = datetime.datetime.now(datetime.timezone.utc)
        moment = lambda seconds: (now + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        attributes = "".join(
            f'<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/{name}"><saml:AttributeValue>{value}'
            "</saml:AttributeValue></saml:Attribute>"
            for name, value in [("Role", f"{arn('role/sso')},{self.provider}"), ("RoleSessionName", "ann@example.com")]
        )
        return (
            '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" '
            f'IssueInstant="{moment(-10)}" Version="2.0">',
            f"<saml:Issuer>{SAML_ISSUER}</saml:Issuer>",
            '<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ann</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'NotOnOrAfter="{moment(ends)}" Recipient="{SIGN_IN}"></saml:SubjectConfirmationData>'
            f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{moment(-3600)}" '
            f'NotOnOrAfter="{moment(ends)}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience>'
            "</saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>"
            f"{attributes}</saml:AttributeStatement></saml:Assertion>",
        )

    def given(self, assertion):
        return {"RoleArn": arn("role/sso"), "PrincipalArn": self.provider, "SAMLAssertion": assertion}

    def test_an_assertion_opens_the_role(self):
        made = self.sts.assume_role_with_saml(**self.given(self.assertion(self.said())))
        self.assertEqual(made["AssumedRoleUser"]["Arn"], arn("assumed-role/sso/ann@example.com", "sts"))
        self.assertEqual(
            (made["Subject"], made["SubjectType"], made["Issuer"], made["Audience"]),
            ("ann", "persistent", SAML_ISSUER, SIGN_IN),
        )
        qualifier = base64.b64encode(hashlib.sha1(f"{SAML_ISSUER}123456789012/corp".encode()).digest()).decode()
        self.assertEqual(made["NameQualifier"], qualifier)
        iam = self.served.client("iam", made["Credentials"])
        self.assertEqual(iam.list_users()["Users"], [])
        self.denied(iam.list_roles)

    def test_assertions_that_open_nothing(self):
        call = self.sts.assume_role_with_saml
        self.refused("ExpiredTokenException", call, **self.given(self.assertion(self.said(ends=-600))))
        start, issuer, rest = self.said()
        signed = base64.b64decode(self.assertion((start, issuer, rest))).decode()
        forged = base64.b64encode(signed.replace("ann@example.com", "bob@example.com").encode()).decode()
        self.refused("InvalidIdentityToken", call, **self.given(forged))
        unsigned = base64.b64encode(f"<r>{start}{issuer}{rest}</r>".encode()).decode()
        self.refused("InvalidIdentityToken", call, **self.given(unsigned))
