"""Whether answers are what the model promises."""

import base64
import binascii
import datetime

from drive import model
from drive.model_wire import CONTENT_TYPES

KINDS = {"string": str, "integer": int, "long": int, "boolean": bool, "list": list, "structure": dict}


def check(answer):
    """Asserts what holds of every answer. The members of an accepted one, as text."""
    assert answer.headers["content-type"] == CONTENT_TYPES[answer.protocol]
    assert answer.headers.get("smithy-protocol") == {"json": None, "cbor": "rpc-v2-cbor"}[answer.protocol]
    assert answer.headers["x-amzn-requestid"]
    if not answer.accepted:
        _check_refusal(answer)
        return set()
    problems, members = [], set()
    _walk(model.operation(answer.operation).output_shape, answer.document, (), answer.protocol, problems, members)
    assert not problems, problems
    return members


def _check_refusal(answer):
    assert answer.status == 400, answer
    document = answer.document
    assert document.keys() == {"__type", "message"}, document
    namespace, _, name = document["__type"].rpartition("#")
    assert bool(namespace) == (answer.protocol == "cbor"), document
    assert name in model.errors(answer.operation), document
    assert isinstance(document["message"], str) and document["message"].strip(), document
    error = answer.as_botocore_reads_it()["Error"]
    assert (error["Code"], error["Message"]) == answer.refusal, error


def _walk(shape, value, path, protocol, problems, members):
    """Notes what is otherwise than its shape. Lengths and ranges bind callers, not the service."""
    kind, place = shape.type_name, ".".join(map(str, path)) or "body"
    if not _fits(kind, value, protocol):
        problems.append(f"{place} is {value!r}, not {kind}")
    elif kind == "structure":
        problems += [f"{place} has {name}, which it must not" for name in value.keys() - shape.members.keys()]
        problems += [f"{place} lacks {name}" for name in shape.required_members if name not in value]
        for name in shape.members.keys() & value.keys():
            members.add(".".join(step for step in (*path, name) if isinstance(step, str)))
            _walk(shape.members[name], value[name], (*path, name), protocol, problems, members)
    elif kind == "list":
        for index, element in enumerate(value):
            _walk(shape.member, element, (*path, index), protocol, problems, members)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        problems.append(f"{place} is {value!r}, which is none of {shape.enum}")


def _fits(kind, value, protocol):
    if kind == "timestamp":
        return isinstance(value, datetime.datetime) if protocol == "cbor" else type(value) in (int, float)
    if kind == "blob":
        return isinstance(value, bytes) if protocol == "cbor" else _is_base64(value)
    return type(value) is KINDS[kind]


def _is_base64(value):
    try:
        return isinstance(value, str) and base64.b64decode(value, validate=True) is not None
    except binascii.Error:
        return False
