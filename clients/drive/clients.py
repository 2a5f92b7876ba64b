"""boto3 clients, and the environment in which other clients find the server."""

import json
import os

import boto3
import botocore.session
from botocore.config import Config

REGION = "us-east-1"
SECRET = "any secret"

# The names that botocore has for the protocols of the service.
PROTOCOLS = ["json", "smithy-rpc-v2-cbor"]


def client(url, account, service="directconnect", region=REGION, **config):
    """An unmodified boto3 client of `account`: an access key of twelve digits is the account."""
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=account,
        aws_secret_access_key=SECRET,
        config=Config(**config),
    )


def speaking(protocol, folder, url, account):
    """A client that knows of this protocol alone: botocore merges such a file into its own model."""
    extras = folder / "directconnect" / "2012-10-25" / "service-2.sdk-extras.json"
    extras.parent.mkdir(parents=True, exist_ok=True)
    extras.write_text(json.dumps({"version": 1.0, "merge": {"metadata": {"protocols": [protocol]}}}))
    session = botocore.session.Session()
    session.get_component("data_loader").search_paths.insert(0, str(folder))
    client = boto3.Session(botocore_session=session).client(
        "directconnect",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=account,
        aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    assert client.meta.service_model.resolved_protocol == protocol
    return client


def environment(url, account, region=REGION, **more):
    """The environment of a program that uses AWS: this server, this account, and nothing of the user's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_", "CROSSCONNECT_"))}
    return {
        **kept,
        "AWS_ENDPOINT_URL_DIRECT_CONNECT": url,
        "AWS_ENDPOINT_URL_STS": url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_PAGER": "",
        **more,
    }
