"""Writes aws.txt and aws_query.txt from AWS's signing test suite, as the crate aws-sigv4 ships it.

    python3 convert_aws.py aws-signing-test-suite/v4 header > aws.txt
    python3 convert_aws.py aws-signing-test-suite/v4 query > aws_query.txt

Some cases are treated apart. What is signed without normalising the path (only S3 does that) must be refused where
normalising changes the path, and so must a session token that is added without being signed (only IoT does that).
double-url-encode has no secret that would reproduce its signature, and is left out. double-encode-path has no context
of its own; its key is the one that the crate's tests use, and it is not signed in the query.
"""

import json
import pathlib
import sys

HEADER = """\
# Requests signed by AWS's signing test suite (https://github.com/awslabs/aws-c-auth, tests/aws-signing-test-suite), as
# shipped with the crate aws-sigv4. Copyright Amazon.com, Inc. or its affiliates. SPDX-License-Identifier: Apache-2.0
# Written by convert_aws.py. Each case is a line of facts, the head of the request, an empty line and the body.
"""
TEST_KEY = {"access_key_id": "ANOTREAL", "secret_access_key": "notrealrnrELgWzOk3IfjzDKtFBhDby"}
TEST_CONTEXT = {"credentials": TEST_KEY, "region": "us-east-1", "service": "service", "timestamp": "2015-08-30T12:36:00Z"}
REFUSED = {
    "get-relative-unnormalized",
    "get-relative-relative-unnormalized",
    "get-slash-dot-slash-unnormalized",
    "get-slash-pointless-dot-unnormalized",
    "get-slash-unnormalized",
    "get-slashes-unnormalized",
    "post-sts-header-after",
}


def case(folder):
    context_file = folder / "context.json"
    context = json.loads(context_file.read_text()) if context_file.exists() else TEST_CONTEXT
    key = context["credentials"]
    facts = {
        "id": key["access_key_id"],
        "secret": key["secret_access_key"],
        "token": key.get("token", ""),
        "region": context["region"],
        "service": context["service"],
        "now": context["timestamp"].replace("-", "").replace(":", ""),
    }
    expected = "refused" if folder.name in REFUSED else "accepted"
    print("@", folder.name, expected, *(f"{name}={value}" for name, value in facts.items() if value))
    head, _, body = (folder / f"{sys.argv[2]}-signed-request.txt").read_text().partition("\n\n")
    print(head.rstrip("\n"))
    print()
    print(body.rstrip("\n"))


print(HEADER)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if folder.name != "double-url-encode" and (folder / f"{sys.argv[2]}-signed-request.txt").exists():
        case(folder)
