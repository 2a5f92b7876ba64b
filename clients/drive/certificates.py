"""A certificate for the loopback, and an authority of the test's own that has signed it."""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, signing_key, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder(named(issuer), named(subject), key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - DAY).not_valid_after(now + DAY)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return builder.sign(signing_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def write(folder):
    """Writes `certificate.pem` and `key.pem`; the path of their authority."""
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    own = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    ca = certificate("ca", authority, "ca", authority, [x509.BasicConstraints(True, None), own, signs])
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    by = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    (folder / "ca.pem").write_bytes(ca)
    (folder / "certificate.pem").write_bytes(certificate("server", key, "ca", authority, [loopback, by]))
    (folder / "key.pem").touch(mode=0o600)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return folder / "ca.pem"


def secrets(folder):
    """What of the key in `key.pem` nobody may see, by what it is."""
    pem = (folder / "key.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, password=None)
    number = key.private_numbers().private_value.to_bytes(32, "big")
    lines = pem.decode().splitlines()[1:-1]
    return {"its number": number, **{f"line {at} of its file": line for at, line in enumerate(lines)}}
