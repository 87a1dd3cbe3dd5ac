"""Makes the users of the benchmark and signs the requests that wrk then replays, within the five minutes for which they are good.

Usage: sign.py URL PREFIX NAME. Writes PREFIX.reads, PREFIX.mixed and PREFIX.writes: whole requests, each after its length.
"""

import sys
from urllib.parse import urlencode, urlparse

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"},
  {"Effect": "Allow", "Action": ["iam:TagUser", "iam:CreateUser"], "Resource": "arn:aws:iam::*:user/*"},
  {"Effect": "Deny", "Action": "iam:*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"}}}]}"""


def main(url, prefix, name):
    given = {} if name == "tiam" else {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    iam = boto3.client("iam", endpoint_url=url, region_name="us-east-1", **given)
    for number in range(100):
        iam.create_user(UserName=f"user{number}", Tags=[{"Key": "team", "Value": "red"}])
    iam.put_user_policy(UserName="user0", PolicyName="p", PolicyDocument=POLICY)
    key = iam.create_access_key(UserName="user0")["AccessKey"]
    signer = SigV4Auth(Credentials(key["AccessKeyId"], key["SecretAccessKey"]), "iam", "us-east-1")

    def signed(**form):
        body = urlencode({"Version": "2010-05-08", **form})
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "Host": urlparse(url).netloc}
        request = AWSRequest("POST", url + "/", data=body, headers=headers)
        signer.add_auth(request)
        head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        return f"POST / HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"

    def read(number):
        return signed(Action="GetUser", UserName=f"user{number % 100}")

    def write(number):
        tag = {"Tags.member.1.Key": "n", "Tags.member.1.Value": str(number)}
        return signed(Action="TagUser", UserName=f"user{number % 100}", **tag)

    for kind, requests in {
        "reads": [read(number) for number in range(200)],
        "mixed": [write(number) if number % 10 == 9 else read(number) for number in range(400)],
        "writes": [write(number) for number in range(200)],
    }.items():
        with open(f"{prefix}.{kind}", "w", newline="") as file:
            file.write("".join(f"{len(request)}\n{request}" for request in requests))


main(*sys.argv[1:])
