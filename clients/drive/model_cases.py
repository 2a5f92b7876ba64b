"""What the model says of each place in an input, turned into requests that keep it by a hair, or break it by one."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import cbor2

from drive.model import CLIENT_ERROR, Place, get, places, put, without

UNREADABLE = "SerializationException"

# What may come of a case beside a refusal: the call is answered as the good one is, or a rule of the service decides.
AS_BEFORE = "as before"
DECIDED = "decided"

# Values of other types, by the type that they are not.
NOT = {
    "string": {"is a number": 1, "is a boolean": True, "is a list": [], "is a structure": {}},
    "integer": {
        "is text": "1", "is a boolean": True, "is a list": [], "is a structure": {}, "is a fraction": 1.5,
        "is over 32 bits": 2**31, "is under 32 bits": -(2**31) - 1, "is over 64 bits": 2**63, "is huge": 1e300,
    },
    "boolean": {"is text": "true", "is a number": 1, "is a list": [], "is a structure": {}},
    "list": {"is text": "x", "is a number": 1, "is a boolean": True, "is a structure": {}},
    "structure": {"is text": "x", "is a number": 1, "is a boolean": True, "is a list": []},
}
NOT["long"] = {what: value for what, value in NOT["integer"].items() if "32" not in what}

# The same, where only CBOR can say it.
NOT_IN_CBOR = {
    "string": {"is bytes": b"x", "is tagged": cbor2.CBORTag(1, 0), "is a float": 1.5},
    "integer": {
        "is bytes": b"\x01", "is tagged": cbor2.CBORTag(1, 0), "is infinite": math.inf, "is no number": math.nan,
    },
    "boolean": {"is bytes": b"\x01", "is tagged": cbor2.CBORTag(1, 0)},
    "list": {"is bytes": b"", "is tagged": cbor2.CBORTag(1, 0)},
    "structure": {"is bytes": b"", "is tagged": cbor2.CBORTag(1, 0)},
}
NOT_IN_CBOR["long"] = NOT_IN_CBOR["integer"]

# Text that a careless program trips over, where the model does not say what is allowed.
ODD_TEXT = {
    "is empty": "",
    "is blank": " ",
    "has a NUL": "a\0b",
    "is beyond the first plane": "\U0001d11e",
    "is right to left": "\u202eabc",
    "has quotes": '"\\\'{}[]<>&',
    "is long": "x" * 10_000,
}
# No pattern of the model allows this one.
FOREIGN = "\a"


@dataclass(frozen=True)
class Case:
    """One change of a good request, and what comes of it."""

    operation: str
    variant: int
    place: Place
    what: str
    change: Callable
    expected: str
    says: str = ""
    protocols: tuple = ("json", "cbor")

    def __str__(self):
        return f"{self.operation}{self.variant or ''}-{self.place}-{self.what.replace(' ', '_')}"


def cases(operation, variant, shape, good):
    """All cases of one good input. A good value may stand for what is known once the server runs."""
    for place in places(shape, good):
        for what, change, expected, *more in _changes(place, get(good, place.path)):
            yield Case(operation, variant, place, what, change, expected, *more)


def _changes(place, value):
    yield from _other_types(place)
    yield from _absence(place)
    match place.shape.type_name:
        case "structure":
            unknown = {"memberThatNobodyKnows": {"of": ["any", None, 1.5, True]}}
            yield "has an unknown member", _apply(place, lambda value: value | unknown), AS_BEFORE
        case "list":
            yield from _lengths(place, lambda value, length: value[:1] * length, "length")
        case "string" if place.shape.enum:
            yield "is an unknown value", _set(place, "NoSuchValue"), CLIENT_ERROR, "enum value set"
            # Whichever case it is not in.
            yield "is in another case", _set(place, value.swapcase()), CLIENT_ERROR, "enum value set"
        case "string":
            yield from _text(place)
        case "integer" | "long":
            yield from _lengths(place, lambda _, number: number, "value")
            yield "is negative", _set(place, -1), DECIDED
            yield "is 0", _set(place, 0), DECIDED
            yield "is the greatest of its type", _set(place, 2**31 - 1), DECIDED
            yield "is the least of its type", _set(place, -(2**31)), DECIDED
            yield "is a whole float", _apply(place, float), AS_BEFORE


def _other_types(place):
    for what, other in NOT[place.shape.type_name].items():
        yield what, _set(place, other), UNREADABLE
    for what, other in NOT_IN_CBOR[place.shape.type_name].items():
        yield what, _set(place, other), UNREADABLE, "", ("cbor",)


def _absence(place):
    if not place.path:
        yield "is null", _set(place, None), UNREADABLE
    elif place.is_element:
        yield "is null", _set(place, None), CLIENT_ERROR, "must not be null"
    elif place.required:
        yield "is absent", lambda value: without(value, place.path), CLIENT_ERROR, f"{place.path[-1]}' failed"
        yield "is null", _set(place, None), CLIENT_ERROR, f"{place.path[-1]}' failed"
    else:
        yield "is absent", lambda value: without(value, place.path), DECIDED
        yield "is null", _set(place, None), DECIDED


def _text(place):
    declared = place.shape.metadata
    yield from _lengths(place, lambda _, length: "x" * length, "length")
    if "pattern" in declared:
        yield "breaks its pattern", _apply(place, lambda value: value[:-1] + FOREIGN), CLIENT_ERROR, "pattern"
    if not declared.keys() & {"min", "max", "pattern"}:
        for what, text in ODD_TEXT.items():
            yield what, _set(place, text), DECIDED


def _lengths(place, make, measure):
    """Each bound, met and missed by one. What meets it may still break a pattern, or a rule of the service."""
    declared = place.shape.metadata
    for bound, step, name in (("min", -1, "least"), ("max", 1, "most")):
        limit = declared.get(bound)
        if limit is None:
            continue
        said = f"{measure} {'greater' if bound == 'min' else 'less'} than or equal to {limit}"
        yield f"is the {name}", _apply(place, lambda value, limit=limit: make(value, limit)), DECIDED
        if measure == "value" or limit + step >= 0:
            missed = _apply(place, lambda value, limit=limit + step: make(value, limit))
            yield f"misses the {name} by one", missed, CLIENT_ERROR, said


def _set(place, new):
    return lambda value: put(value, place.path, new)


def _apply(place, change):
    return lambda value: put(value, place.path, change(get(value, place.path)))
