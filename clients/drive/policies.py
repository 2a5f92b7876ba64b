"""The table of cases of IAM policies, read for another evaluator than ours."""

import json
from dataclasses import dataclass, field

from drive.server import WORKSPACE

TABLE = WORKSPACE / "crates/auth/tests/policy/cases.txt"


@dataclass
class Row:
    """One request, what we answer, and what moto is known to answer where that is something else."""

    line: int
    ours: str
    moto: str
    action: str
    resource: str
    has_values: bool


@dataclass
class Case:
    """The policies of one principal, and requests."""

    kind: str
    documents: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    refused: str | None = None


def read(text):
    """All cases of a table."""
    cases = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line in ("policy", "trust"):
            if not cases or cases[-1].rows or cases[-1].refused:
                cases.append(Case(line))
            cases[-1].documents.append("")
        elif line.startswith("  ") and not cases[-1].rows:
            cases[-1].documents[-1] += line.strip()
        elif line.startswith("! "):
            cases[-1].refused = line[2:]
        else:
            cases[-1].rows.append(row(number, line.split()))
    return cases


def row(number, words):
    """One request of the table."""
    verdict, words = words[0], words[1 if words[0] == "none" else 2 :]
    action, resource, *rest = words
    moto = rest[rest.index("moto") + 1] if "moto" in rest else verdict
    return Row(number, verdict, moto, action, resource, has_values=any("=" in word for word in rest))


def statements(case):
    """The statements of all its documents."""
    found = [json.loads(document)["Statement"] for document in case.documents]
    return [one for several in found for one in (several if isinstance(several, list) else [several])]
