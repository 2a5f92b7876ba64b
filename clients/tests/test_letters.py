"""Letters of authorization, with boto3 in both protocols: rendered, looked at, and read back as text."""

import datetime
import re

import pytest

from drive import letter
from drive.orders import HERE, connection, lag, order, order_lag, refused

A4 = (595, 842)
WARNINGS = ["This document authorises nothing.", "AUTHORISES NOTHING", "Simulated: authorises nothing"]


def opened(content):
    """The letter, once it is one page with all of its ink on it, that says what it is not."""
    read = letter.read(content)
    assert (read.pages, read.size) == (1, A4)
    left, top, right, foot = read.ink
    assert left >= 50 and top >= 40 and right <= A4[0] - 50 and foot <= A4[1] - 25, read.ink
    for warning in WARNINGS:
        assert warning in read.text
    assert read.red > 2000, "the warning is red"
    return read


def words(moment):
    """A moment as letters spell it."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def test_the_letter_of_a_connection_says_who_where_which_port_and_until_when(us, account):
    c1 = order(us, name="to head office", bandwidth="10Gbps", providerName="Equinix, Inc.")
    answer = us.describe_loa(connectionId=c1)
    assert answer["loaContentType"] == "application/pdf"
    seen = connection(us, c1)
    issued = seen["loaIssueTime"].astimezone(datetime.timezone.utc)
    read = opened(answer["loaContent"])
    assert read.title == f"LOA-CFA of {c1}"
    [place] = [one for one in us.describe_locations()["locations"] if one["locationCode"] == HERE]
    for fact in (
        f"Account {account}", "Equinix, Inc.", place["locationName"], f"{HERE} · us-east-1", "to head office", c1,
        seen["awsDeviceV2"], "10 Gbps · 10GBASE-LR", words(issued), words(issued + datetime.timedelta(days=90)),
        "Rack", "Patch panel", "Ports",
    ):
        assert fact in read.text, read.text
    assert read.fonts == {"Helvetica", "Helvetica-Bold"}


def test_no_two_ports_are_patched_to_the_same_place(us):
    lags = [order_lag(us, f"g{number}", connections=4)[0] for number in range(2)]
    places = []
    for g1 in lags:
        lines = opened(us.describe_loa(connectionId=g1)["loaContent"]).text.splitlines()
        members = tuple(one["connectionId"] for one in lag(us, g1)["connections"])
        rows = [line.split(maxsplit=1) for line in lines if line.startswith(members)]
        assert [identity for identity, _ in rows] == list(members), lines
        places += [place for _, place in rows]
    assert all(re.fullmatch(r"\S+ R\d+ [A-D]\d+ \d+ and \d+", place) for place in places), places
    assert len(set(places)) == 8, places


def test_the_letter_of_a_lag_is_about_its_new_connections(manual, slow):
    g1, [first] = order_lag(slow)
    with refused(f"The LOA of {g1} is not available yet"):
        slow.describe_loa(connectionId=g1)
    manual.advance("PT48H")
    second = order(slow, lagId=g1)
    assert first in opened(slow.describe_loa(connectionId=g1)["loaContent"]).text
    manual.advance("PT24H")
    text = opened(slow.describe_loa(connectionId=g1)["loaContent"]).text
    assert second in text and first not in text
    manual.advance("PT48H")
    text = opened(slow.describe_loa(connectionId=g1)["loaContent"]).text
    assert second in text and first in text


def test_each_letter_has_dates_of_its_own(manual, slow):
    c1 = order(slow)
    with refused(f"The LOA of {c1} is not available yet: the connection is in state requested"):
        slow.describe_loa(connectionId=c1)
    assert "loaIssueTime" not in connection(slow, c1)
    manual.advance("PT24H")
    issued = []
    for _ in range(2):
        text = opened(slow.describe_loa(connectionId=c1)["loaContent"]).text
        issued.append(connection(slow, c1)["loaIssueTime"])
        assert words(issued[-1].astimezone(datetime.timezone.utc)) in text
        manual.advance("P91D")
    assert issued[1] - issued[0] == datetime.timedelta(days=91)


@pytest.mark.parametrize("name", ["W" * 255, "東京" * 127, "a name of many words " * 12, "\U0001d11e" * 255], ids=len)
def test_long_names_stay_on_the_page(us, name):
    c1 = order(us, name=name)
    opened(us.describe_loa(connectionId=c1, providerName=name)["loaContent"])
    g1, _ = order_lag(us, name=name, connections=4)
    opened(us.describe_loa(connectionId=g1, providerName=name)["loaContent"])


def test_what_the_type_lacks_is_written_as_code_points_and_said_to_be(us):
    c1 = order(us, name="Zürich – 東")
    content = us.describe_loa(connectionId=c1)["loaContent"]
    text = opened(content).text
    assert b"Z\xfcrich \x96 [U+6771]".hex().upper().encode() in content
    assert "[U+…] is a character that the type of this letter does not have, as its Unicode code point." in text
    # Whoever copies the name gets it whole.
    assert "Zürich – 東" in text
    plain = opened(us.describe_loa(connectionId=order(us))["loaContent"]).text
    assert "Unicode" not in plain


def test_the_older_call_wraps_the_same_letter(us):
    c1 = order(us)
    answer = us.describe_connection_loa(connectionId=c1, providerName="Somebody", loaContentType="application/pdf")
    assert "Somebody" in opened(answer["loa"]["loaContent"]).text
    with refused("enum value set: [application/pdf]"):
        us.describe_loa(connectionId=c1, loaContentType="text/html")
