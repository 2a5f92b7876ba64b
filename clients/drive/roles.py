"""Accounts whose people assume roles: one has the port, another what is on it, and a third the people."""

import json

PORT, INTERFACE, PEOPLE = "111111111111", "222222222222", "333333333333"
EXTERNAL_ID = "agreed-upon"

ACCOUNTS = f"""
[[account]]
id = "{PORT}"
[[account.role]]
name = "port"
trust = "trust_people.json"
policies = ["port.json"]
session_max = "2h"

[[account]]
id = "{INTERFACE}"
[[account.key]]
access_key_id = "AKIAROOT"
secret = "root's"
root = true
[[account.role]]
name = "interface"
trust = "trust_ann.json"
policies = ["interface.json"]

[[account]]
id = "{PEOPLE}"
[[account.user]]
name = "ann"
policies = ["assume.json"]
[[account.user.key]]
access_key_id = "AKIAANN"
secret = "ann's"
[[account.user]]
name = "bob"
[[account.user.key]]
access_key_id = "AKIABOB"
secret = "bob's"
[[account.role]]
name = "own"
trust = "trust_bob.json"
"""


def statement(effect="Allow", **elements):
    """A document of one statement."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, **elements}]})


def trusting(arn, **condition):
    """A trust policy."""
    elements = {"Principal": {"AWS": arn}, "Action": "sts:AssumeRole"}
    return statement(**elements, **({"Condition": condition} if condition else {}))


POLICIES = {
    "trust_people.json": trusting(f"arn:aws:iam::{PEOPLE}:root"),
    "trust_ann.json": trusting(
        f"arn:aws:iam::{PEOPLE}:user/ann", StringEquals={"sts:ExternalId": EXTERNAL_ID}
    ),
    "trust_bob.json": trusting(f"arn:aws:iam::{PEOPLE}:user/bob"),
    "port.json": statement(Action="directconnect:*", Resource="*"),
    "interface.json": statement(
        Action=["directconnect:Describe*", "directconnect:Confirm*", "directconnect:DeleteVirtualInterface"],
        Resource="*",
    ),
    "assume.json": statement(Action="sts:AssumeRole", Resource=[arn for arn in (
        f"arn:aws:iam::{PORT}:role/port", f"arn:aws:iam::{INTERFACE}:role/*"
    )]),
}


def arn(account, role):
    """The ARN of a role."""
    return f"arn:aws:iam::{account}:role/{role}"


def write(folder):
    """Writes the accounts and their policies; the arguments of a server that has them."""
    (folder / "accounts.toml").write_text(ACCOUNTS)
    for name, text in POLICIES.items():
        (folder / name).write_text(text)
    options = ("--auth", "sigv4", "--accounts", "accounts.toml", "--ec2-gateways", "trusted")
    return *options, "--lifecycle", "instant", "--store", "memory:", "--token-file", "token"
