"""Accounts, Regions and locations, with boto3."""

from botocore import UNSIGNED

from drive.clients import client
from drive.orders import order, order_lag, refused


def test_an_access_key_of_twelve_digits_is_the_account(instant, account):
    identity = client(instant.url, account, "sts").get_caller_identity()
    assert identity["Account"] == account
    assert account in identity["Arn"] and identity["UserId"]
    assert client(instant.url, "AKIAIOSFODNN7EXAMPLE", "sts").get_caller_identity()["Account"] == "123456789012"


def test_what_one_account_has_another_cannot_see(instant, dx, other_account):
    c1, (g1, _) = order(dx), order_lag(dx)
    other = client(instant.url, other_account)
    assert other.describe_connections()["connections"] == [] and other.describe_lags()["lags"] == []
    with refused(f"Could not find Connection with ID {c1}"):
        other.describe_connections(connectionId=c1)
    with refused(f"Could not find Connection with ID {c1}"):
        other.delete_connection(connectionId=c1)
    with refused(f"Could not find Lag with ID {g1}"):
        other.associate_connection_with_lag(connectionId=order(other), lagId=g1)


def test_what_one_region_has_another_has_not(instant, dx, account):
    c1 = order(dx)
    elsewhere = client(instant.url, account, region="eu-west-1")
    assert elsewhere.describe_connections()["connections"] == []
    with refused(f"Could not find Connection with ID {c1}"):
        elsewhere.delete_connection(connectionId=c1)


def test_locations_are_those_of_the_region(instant, dx, account):
    [ashburn] = [one for one in dx.describe_locations()["locations"] if one["locationCode"] == "EqDC2"]
    assert ashburn["locationName"] == "Equinix DC2/DC11, Ashburn, VA" and ashburn["region"] == "us-east-1"
    assert ashburn["availablePortSpeeds"] == ["1G", "10G", "100G", "400G"]
    assert ashburn["availableMacSecPortSpeeds"] == ["10G", "100G", "400G"]
    elsewhere = client(instant.url, account, region="eu-west-2").describe_locations()["locations"]
    assert elsewhere and {one["region"] for one in elsewhere} == {"eu-west-2"}


def test_a_request_without_signature_is_refused(instant):
    unsigned = client(instant.url, "123456789012", signature_version=UNSIGNED)
    with refused(code="MissingAuthenticationTokenException"):
        unsigned.describe_connections()
