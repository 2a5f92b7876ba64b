"""The cases of IAM policies, asked of moto's evaluator as well, as far as it goes: no conditions, no NotResource."""

import pytest

from drive import policies

CASES = policies.read(policies.TABLE.read_text())


def moto_can(case):
    """Whether moto evaluates all that the case is about."""
    beyond = ("Condition", "NotResource", "Principal")
    return (
        case.refused is None
        and not any(row.has_values for row in case.rows)
        and not any(name in statement for statement in policies.statements(case) for name in beyond)
    )


COMMON = [case for case in CASES if moto_can(case)]


def asked_of_moto(documents, row):
    """What moto says of a request to the policies of one principal."""
    from moto.iam.access_control import IAMPolicy, PermissionResult

    results = [IAMPolicy(document).is_action_permitted(row.action, row.resource) for document in documents]
    if PermissionResult.DENIED in results:
        return "deny"
    return "allow" if PermissionResult.PERMITTED in results else "none"


@pytest.mark.parametrize("case", COMMON, ids=lambda case: f"line-{case.rows[0].line}")
def test_moto_says_the_same(case):
    for row in case.rows:
        assert asked_of_moto(case.documents, row) == row.moto, f"cases.txt:{row.line}"


def test_most_cases_of_actions_and_resources_are_asked():
    rows = [row for case in COMMON for row in case.rows]
    assert len(rows) >= 30 and {row.ours for row in rows} == {"allow", "deny", "none"}
    known_to_differ = [row for row in rows if row.moto != row.ours]
    assert len(known_to_differ) < len(rows) / 5
