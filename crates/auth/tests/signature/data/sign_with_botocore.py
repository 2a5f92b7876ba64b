"""Writes botocore.txt and botocore_query.txt: requests as an installed botocore signs them.

    python3 sign_with_botocore.py header > botocore.txt
    python3 sign_with_botocore.py query > botocore_query.txt

Calls of the Direct Connect client are caught before they are sent; the rest are requests of our own that botocore's
signer signs, for paths, queries and headers that the client never sends.
"""

import datetime
import re
import sys
import uuid

import botocore
import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.session

NOW = datetime.datetime(2026, 1, 1, 0, 0, 7)
ID, SECRET, TOKEN = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "FwoGZXIvYXdzEJr//token+example=="
HEADER = f"""\
# Requests signed by botocore {botocore.__version__}. Written by sign_with_botocore.py.
# Each case is a line of facts, the head of the request, an empty line and the body. Bytes beyond
# printable ASCII, the backslash and a space at the end of a line are written \\xNN.
"""

uuid.uuid4 = lambda: uuid.UUID(int=7)
botocore.auth.get_current_datetime = lambda *_, **__: NOW


def escaped(data):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02x}" for b in data)


def write(name, request, region, service, token):
    facts = {"id": ID, "secret": SECRET, "token": token, "region": region, "service": service, "now": "20260101T000007Z"}
    print("@", name, "accepted", *(f"{key}={value}" for key, value in facts.items() if value))
    rest = request.url.split("://", 1)[1]
    host = rest.split("/", 1)[0].split("?", 1)[0]
    target = rest[len(host):]
    print(request.method, target if target.startswith("/") else "/" + target, "HTTP/1.1")
    if "host" not in {key.lower() for key in request.headers.keys()}:
        print(f"Host: {host}")
    for key, value in request.headers.items():
        value = escaped(value if isinstance(value, bytes) else value.encode())
        print(f"{key}: " + re.sub(" $", r"\\x20", value))
    print()
    body = request.body or b""
    print(escaped(body.encode() if isinstance(body, str) else body))


def call(name, operation, region="eu-west-1", token="", endpoint=None, **parameters):
    client = botocore.session.get_session().create_client(
        "directconnect", region, aws_access_key_id=ID, aws_secret_access_key=SECRET,
        aws_session_token=token or None, endpoint_url=endpoint,
        config=botocore.config.Config(retries={"max_attempts": 0}, user_agent="botocore"),
    )

    def caught(request, **_):
        write(name, request, region, "directconnect", token)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Empty())

    client.meta.events.register("before-send.directconnect", caught)
    try:
        getattr(client, operation)(**parameters)
    except Exception as error:  # The invented answer need not parse: the request is what counts.
        print(f"{name}: {error!r}", file=sys.stderr)


class Empty:
    def stream(self):
        yield b"{}"


def sign(name, method, url, headers=(), body=b"", region="us-east-1", service="directconnect", token=""):
    request = botocore.awsrequest.AWSRequest(method=method, url=url, data=body)
    for key, value in headers:
        request.headers.add_header(key, value)
    credentials = botocore.credentials.Credentials(ID, SECRET, token or None)
    botocore.auth.SigV4Auth(credentials, service, region).add_auth(request)
    write(name, request, region, service, token)


def presign(name, method, url, headers=(), region="us-east-1", service="sts", token=""):
    request = botocore.awsrequest.AWSRequest(method=method, url=url)
    for key, value in headers:
        request.headers.add_header(key, value)
    credentials = botocore.credentials.Credentials(ID, SECRET, token or None)
    botocore.auth.SigV4QueryAuth(credentials, service, region, expires=60).add_auth(request)
    write(name, request.prepare(), region, service, token)


print(HEADER)
if sys.argv[1] == "query":
    WHO = "https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
    presign("who", "GET", WHO)
    presign("who-with-token", "GET", WHO, token=TOKEN)
    presign("cluster", "GET", WHO, [("x-k8s-aws-id", "a cluster")], region="eu-west-1")
    presign("no-parameter", "POST", "http://localhost:8023/", service="directconnect")
    presign("spaces", "GET", "http://localhost:8023/a//b?x=a%20b&x=A&%7E=", service="directconnect")
    sys.exit()
call("describe", "describe_connections")
call("describe-by-id", "describe_connections", region="us-gov-west-1", connectionId="dxcon-ffabc123")
call("create-unicode", "create_connection", region="ap-southeast-2", location="EqDC2", bandwidth="1Gbps",
     connectionName="Köln \\ \"eins\" ሴ", tags=[{"key": "a", "value": ""}])
call("session-token", "describe_locations", token=TOKEN)
call("own-endpoint", "describe_lags", endpoint="http://127.0.0.1:8023")
call("endpoint-with-path", "describe_tags", endpoint="https://localhost:8443/gate/way", resourceArns=["arn:aws:x"])
call("other-region", "describe_virtual_gateways", region="cn-north-1", endpoint="http://[::1]:8023/")

BASE = "http://localhost:8023"
TYPE = [("Content-Type", "application/x-amz-json-1.1")]
CBOR = [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"), ("Accept", "application/cbor")]
sign("cbor", "POST", BASE + "/service/OvertureService/operation/DescribeConnections", CBOR, b"\xbf\xff")
sign("no-path", "GET", BASE)
sign("dot-segments", "GET", BASE + "/a/./b/../c//d/")
sign("dots-above-root", "GET", BASE + "/../../a")
sign("dots-at-end", "GET", BASE + "/a/b/..")
sign("one-dot-at-end", "GET", BASE + "/a/b/.")
sign("only-slashes", "GET", BASE + "///")
sign("escaped-path", "GET", BASE + "/a%20b/%7Ec/%2F/~d/e%C3%A9/@x:y")
sign("query-order", "GET", BASE + "/?b=2&a=1&B=3&a-b=4&ab=5")
sign("query-same-name", "GET", BASE + "/?a=2&a=10&a=1&a=")
sign("query-without-value", "GET", BASE + "/?lonely=&other=%20")
sign("query-escaped", "GET", BASE + "/?k%20e%3Dy=v%2Fa%26l~ue-._&%E1%88%B4=%C3%A9")
sign("spaced-values", "POST", BASE + "/", TYPE + [("X-Odd", "   a   b  \t c  "), ("X-Quoted", '"a   b"')], b"{}")
sign("repeated-header", "POST", BASE + "/", TYPE + [("X-Many", "b"), ("X-Many", "  a  a "), ("X-Many", "c,d")], b"{}")
sign("empty-value", "POST", BASE + "/", TYPE + [("X-Empty", "")], b"{}")
sign("many-headers", "POST", BASE + "/", [(f"X-Header-{n}", str(n)) for n in range(40)], b"{}")
sign("payload-header", "POST", BASE + "/",
     [("X-Amz-Content-SHA256", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")], b"{}")
sign("token-and-target", "POST", BASE + "/", TYPE + [("X-Amz-Target", "OvertureService.DescribeLags")], b"{}", token=TOKEN)
sign("sts", "POST", BASE + "/", [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
     b"Action=GetCallerIdentity&Version=2011-06-15", service="sts")
sign("large-body", "POST", BASE + "/", TYPE, b'{"a":"' + b"x" * 500 + b'"}')
sign("every-byte", "POST", BASE + "/", (), bytes(range(256)))
