"""Real clients over TLS, which trust an authority of the test's own by AWS_CA_BUNDLE."""

import datetime
import ipaddress
import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import SSLError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from drive.clients import environment

AWS = Path(sys.executable).with_name("aws")
DAY = datetime.timedelta(days=1)
LIMIT_S = 60


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, signing_key, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder(named(issuer), named(subject), key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - DAY).not_valid_after(now + DAY)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return builder.sign(signing_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def bundle(tmp_path):
    """The authority of `certificate.pem` and `key.pem`, which lie beside it."""
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    own = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    ca = certificate("ca", authority, "ca", authority, [x509.BasicConstraints(True, None), own, signs])
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    by = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    (tmp_path / "ca.pem").write_bytes(ca)
    (tmp_path / "certificate.pem").write_bytes(certificate("server", key, "ca", authority, [loopback, by]))
    (tmp_path / "key.pem").touch(mode=0o600)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return tmp_path / "ca.pem"


@pytest.fixture
def server(start, bundle):
    return start("--store", "memory:", "--tls-certificate", "certificate.pem", "--tls-key", "key.pem")


def lags(server, account):
    session = boto3.Session(aws_access_key_id=account, aws_secret_access_key="any", region_name="us-east-1")
    config = Config(retries={"total_max_attempts": 1})
    return session.client("directconnect", endpoint_url=server.url, config=config).describe_lags()["lags"]


def test_boto3_trusts_the_bundle(server, bundle, account, monkeypatch):
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    with pytest.raises(SSLError):
        lags(server, account)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))
    assert lags(server, account) == []


def test_the_cli_trusts_the_bundle(server, bundle, account):
    def run(**more):
        return subprocess.run(
            [AWS, "directconnect", "describe-locations", "--output", "json"],
            env=environment(server.url, account) | {"AWS_MAX_ATTEMPTS": "1"} | more,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )

    refused = run()
    assert refused.returncode != 0 and "SSL" in refused.stderr, refused.stderr
    done = run(AWS_CA_BUNDLE=str(bundle))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["locations"]
