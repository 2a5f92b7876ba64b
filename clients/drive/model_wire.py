"""Both protocols as bytes, over one connection that is kept open: what no client would send can be sent too."""

import base64
import http.client
import json
from dataclasses import dataclass

import cbor2
from botocore import parsers, serialize
from botocore.utils import parse_timestamp

from drive import model
from drive.clients import REGION

PROTOCOLS = ("json", "cbor")
BOTOCORE_NAMES = {"json": "json", "cbor": "smithy-rpc-v2-cbor"}
CONTENT_TYPES = {"json": "application/x-amz-json-1.1", "cbor": "application/cbor"}


@dataclass(frozen=True)
class Answer:
    """An answer as it came."""

    operation: str
    protocol: str
    status: int
    headers: dict
    body: bytes

    @property
    def document(self):
        """What the body says."""
        return json.loads(self.body) if self.protocol == "json" else cbor2.loads(self.body)

    @property
    def accepted(self):
        return self.status == 200

    @property
    def refusal(self):
        """The name and the text of an error."""
        document = self.document
        return document["__type"].rpartition("#")[2], document["message"]

    def as_botocore_reads_it(self):
        """The members that botocore's own parser finds."""
        factory = parsers.ResponseParserFactory()
        if self.protocol == "json":
            # As the body says it, once botocore has understood it; CBOR has types for moments and for bytes.
            factory.set_parser_defaults(
                timestamp_parser=lambda moment: parse_timestamp(moment).timestamp(),
                blob_parser=lambda text: base64.b64encode(base64.b64decode(text, validate=True)).decode(),
            )
        parser = factory.create_parser(BOTOCORE_NAMES[self.protocol])
        raw = {"status_code": self.status, "headers": self.headers, "body": self.body}
        return parser.parse(raw, model.operation(self.operation).output_shape)


class Wire:
    """The connection, and an account that speaks over it. In open mode any signature will do, but there must be one."""

    def __init__(self, url, account):
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
        scope = f"{account}/20260101/{REGION}/directconnect/aws4_request"
        signature = f"Credential={scope}, SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
        self.signed = {"authorization": f"AWS4-HMAC-SHA256 {signature}", "x-amz-date": "20260101T000000Z"}

    def close(self):
        self.connection.close()

    def send(self, protocol, operation, value):
        """Sends any value at all as an operation's input."""
        if protocol == "json":
            headers = {"x-amz-target": f"OvertureService.{operation}"}
            return self._exchange(protocol, operation, "/", headers, json.dumps(value).encode())
        path, headers = f"/service/OvertureService/operation/{operation}", {"smithy-protocol": "rpc-v2-cbor"}
        return self._exchange(protocol, operation, path, headers, cbor2.dumps(value))

    def send_as_botocore(self, protocol, operation, value):
        """Sends what botocore's own serializer makes of an input."""
        serializer = serialize.create_serializer(BOTOCORE_NAMES[protocol])
        request = serializer.serialize_to_request(value, model.operation(operation))
        headers = {name.lower(): text for name, text in request["headers"].items()}
        return self._exchange(protocol, operation, request["url_path"], headers, request["body"])

    def _exchange(self, protocol, operation, path, headers, body):
        headers = {"content-type": CONTENT_TYPES[protocol], **self.signed, **headers}
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        headers = {name.lower(): text for name, text in answer.getheaders()}
        return Answer(operation, protocol, answer.status, headers, answer.read())
