"""Moving connections into, between and out of LAGs, with boto3."""

from drive.orders import ELSEWHERE, connection, lag, order, order_lag, refused


def test_a_connection_moves_into_a_lag(dx):
    g1, [first] = order_lag(dx)
    c1 = order(dx)
    moved = dx.associate_connection_with_lag(connectionId=c1, lagId=g1)
    assert (moved["connectionId"], moved["lagId"], moved["connectionName"]) == (c1, g1, "c1")
    assert {one["connectionId"] for one in lag(dx, g1)["connections"]} == {first, c1}
    assert lag(dx, g1)["numberOfConnections"] == 2
    assert connection(dx, c1)["connectionState"] == "available"


def test_it_is_interrupted_while_it_moves(manual, slow):
    g1, _ = order_lag(slow)
    c1 = order(slow)
    manual.advance("PT25H")
    assert slow.associate_connection_with_lag(connectionId=c1, lagId=g1)["connectionState"] == "down"
    for change in (slow.associate_connection_with_lag, slow.disassociate_connection_from_lag):
        with refused(f"Connection {c1} is in a transitioning state."):
            change(connectionId=c1, lagId=g1)
    assert lag(slow, g1)["lagState"] == "available"
    manual.advance("PT20S")
    assert connection(slow, c1)["connectionState"] == "available"


def test_a_port_that_is_only_requested_moves_to_the_device_of_the_lag(slow, manual):
    c1 = order(slow)
    g1, _ = order_lag(slow, connections=4)
    with refused("at most 4 are allowed"):
        slow.associate_connection_with_lag(connectionId=c1, lagId=g1)
    g2, _ = order_lag(slow, "g2")
    assert slow.associate_connection_with_lag(connectionId=c1, lagId=g2)["connectionState"] == "requested"
    manual.advance("PT25H")
    assert connection(slow, c1)["awsDeviceV2"] == lag(slow, g2)["awsDeviceV2"]


def test_a_member_moves_from_one_lag_to_another(dx):
    left, [member, _] = order_lag(dx, "left", connections=2)
    joined, _ = order_lag(dx, "joined")
    assert dx.associate_connection_with_lag(connectionId=member, lagId=joined)["lagId"] == joined
    assert (lag(dx, left)["numberOfConnections"], lag(dx, joined)["numberOfConnections"]) == (1, 2)


def test_the_lag_that_is_left_keeps_its_minimum_links(dx):
    left, [member, _] = order_lag(dx, "left", connections=2)
    joined, _ = order_lag(dx, "joined")
    dx.update_lag(lagId=left, minimumLinks=2)
    with refused(f"Connection {member} cannot leave {left}", "minimumLinks is 2"):
        dx.associate_connection_with_lag(connectionId=member, lagId=joined)
    with refused("minimumLinks is 2"):
        dx.disassociate_connection_from_lag(connectionId=member, lagId=left)
    with refused("minimumLinks is 2"):
        dx.delete_connection(connectionId=member)
    assert connection(dx, member)["lagId"] == left


def test_the_last_member_may_be_taken_out(dx):
    g1, [member] = order_lag(dx)
    dx.update_lag(lagId=g1, minimumLinks=1)
    alone = dx.disassociate_connection_from_lag(connectionId=member, lagId=g1)
    assert alone["connectionId"] == member and "lagId" not in alone
    assert lag(dx, g1)["connections"] == []
    assert "lagId" not in connection(dx, member)


def test_what_does_not_fit_is_refused_and_nothing_changes(dx):
    g1, [first] = order_lag(dx)
    c1 = order(dx)
    for location, bandwidth, part in [(ELSEWHERE, "1Gbps", f"is at {ELSEWHERE}"), ("EqDC2", "10Gbps", "of 10Gbps")]:
        other = order(dx, location=location, bandwidth=bandwidth)
        with refused(part, other, g1):
            dx.associate_connection_with_lag(connectionId=other, lagId=g1)
        assert "lagId" not in connection(dx, other)
    with refused(f"Connection {first} is already a member of {g1}"):
        dx.associate_connection_with_lag(connectionId=first, lagId=g1)
    with refused("Could not find Connection with ID dxcon-ffffffff"):
        dx.associate_connection_with_lag(connectionId="dxcon-ffffffff", lagId="dxlag-ffffffff")
    with refused("Could not find Lag with ID dxlag-ffffffff"):
        dx.associate_connection_with_lag(connectionId=c1, lagId="dxlag-ffffffff")
    assert lag(dx, g1)["numberOfConnections"] == 1


def test_macsec_is_requested_alike(dx):
    g1, _ = order_lag(dx, connectionsBandwidth="10Gbps", requestMACSec=True)
    c1 = order(dx, bandwidth="10Gbps")
    with refused(f"Connection {c1} and lag should be requested MacSec at the same time"):
        dx.associate_connection_with_lag(connectionId=c1, lagId=g1)


def test_what_is_not_a_member_cannot_leave(dx):
    g1, _ = order_lag(dx)
    c1 = order(dx)
    with refused(f"Connection {c1} is not a member of {g1}"):
        dx.disassociate_connection_from_lag(connectionId=c1, lagId=g1)
    with refused("Connection does not exist"):
        dx.disassociate_connection_from_lag(connectionId="dxcon-ffffffff", lagId=g1)
    with refused("Lag does not exist"):
        dx.disassociate_connection_from_lag(connectionId=c1, lagId="dxlag-ffffffff")


def test_a_dry_run_answers_and_changes_nothing(manual, slow):
    g1, _ = order_lag(slow)
    c1 = order(slow)
    manual.advance("PT25H")
    slow.meta.events.register("before-sign.*", lambda request, **_: request.headers.add_header("x-crossconnect-dry-run", "true"))
    answer = slow.associate_connection_with_lag(connectionId=c1, lagId=g1)
    assert (answer["connectionState"], answer["lagId"]) == ("down", g1)
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-crossconnect-interrupts"] == c1
    assert "lagId" not in connection(slow, c1)
