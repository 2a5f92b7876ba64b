"""The API's model, from the pinned botocore: its operations, and what their inputs may hold."""

from dataclasses import dataclass

import botocore.session
from botocore.model import Shape

SERVICE = botocore.session.Session().get_service_model("directconnect")
OPERATIONS = SERVICE.operation_names

# What the model leaves out because every AWS service may answer it.
GENERIC_ERRORS = {"SerializationException", "UnknownOperationException"}

# The one for input that no more fitting error is declared for.
CLIENT_ERROR = "DirectConnectClientException"


def operation(name):
    """botocore's model of an operation."""
    return SERVICE.operation_model(name)


def errors(name):
    """The names of the errors that an operation may answer."""
    return {shape.error_code for shape in operation(name).error_shapes} | GENERIC_ERRORS


def required_members(name):
    """The members that an operation's input must have."""
    shape = operation(name).input_shape
    return shape.required_members if shape else []


@dataclass(frozen=True)
class Place:
    """A place in an operation's input. A step of its path is a member's name, or a list element's index."""

    path: tuple
    shape: Shape
    required: bool

    @property
    def is_element(self):
        """Whether it is an element of a list."""
        return bool(self.path) and isinstance(self.path[-1], int)

    def __str__(self):
        return ".".join(map(str, self.path)) or "body"


def places(shape, value, path=(), required=True):
    """Every place that `value` has, the root first; of a list its first element stands for all."""
    yield Place(path, shape, required)
    if shape.type_name == "structure":
        for name in shape.members.keys() & value.keys():
            yield from places(shape.members[name], value[name], (*path, name), name in shape.required_members)
    elif shape.type_name == "list":
        yield from places(shape.member, value[0], (*path, 0))


def member_paths(shape, path=(), within=()):
    """Every member that a shape can have, as text; structures that contain themselves are walked once."""
    if shape.type_name == "structure" and shape.name not in within:
        for name, member in shape.members.items():
            yield ".".join((*path, name))
            yield from member_paths(member, (*path, name), (*within, shape.name))
    elif shape.type_name == "list":
        yield from member_paths(shape.member, path, within)


def get(value, path):
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


def put(value, path, new):
    """A copy with something else at a path."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


def without(value, path):
    """A copy without the member at a path."""
    outer, name = path[:-1], path[-1]
    return put(value, outer, {key: kept for key, kept in get(value, outer).items() if key != name})
