"""The LAG walk with Terraform: every second plan is empty, and nothing is left after destroy.

One configuration holds both orders of creation, since each run of the provider takes seconds.
"""

import pytest

from drive import terraform
from drive.orders import connection, lag

pytestmark = pytest.mark.skipif(terraform.missing() is not None, reason=str(terraform.missing()))

LAG_FIRST = """
    resource "aws_dx_lag" "core" {
      name                  = "%(lag)s"
      connections_bandwidth = "10Gbps"
      location              = "EqDC2"
      tags                  = { team = "%(team)s" }
    }
    resource "aws_dx_connection" "member" {
      count         = 2
      name          = "member ${count.index}"
      bandwidth     = "10Gbps"
      location      = "EqDC2"
      provider_name = "Equinix, Inc."
      tags          = { team = "%(team)s" }
    }
    resource "aws_dx_connection_association" "member" {
      count         = 2
      connection_id = aws_dx_connection.member[count.index].id
      lag_id        = aws_dx_lag.core.id
    }
"""

CONNECTION_FIRST = """
    resource "aws_dx_connection" "encrypted" {
      name            = "encrypted"
      bandwidth       = "10Gbps"
      location        = "EqDC2"
      request_macsec  = true
      encryption_mode = "%(mode)s"
    }
    resource "aws_dx_connection" "plain" {
      count     = 2
      name      = "plain ${count.index}"
      bandwidth = "1Gbps"
      location  = "EqDC2"
    }
    resource "aws_dx_lag" "around" {
      name                  = "around"
      connections_bandwidth = "1Gbps"
      location              = "EqDC2"
      connection_id         = aws_dx_connection.plain[0].id
    }
    resource "aws_dx_connection_association" "second" {
      connection_id = aws_dx_connection.plain[1].id
      lag_id        = aws_dx_lag.around.id
    }
    data "aws_dx_location" "here" { location_code = "EqDC2" }
"""


OUTPUTS = """
    output "ids" {
      value = {
        core      = aws_dx_lag.core.id
        around    = aws_dx_lag.around.id
        member    = aws_dx_connection.member[0].id
        encrypted = aws_dx_connection.encrypted.id
      }
    }
    output "account" { value = aws_dx_connection.member[0].owner_account_id }
    output "speeds" { value = data.aws_dx_location.here.available_port_speeds }
"""

IMPORTS = """
    import {
      to = aws_dx_lag.core
      id = "%(core)s"
    }
    import {
      to = aws_dx_connection.member[0]
      id = "%(member)s"
    }
"""


def configuration(lag, team, mode, imports=""):
    return LAG_FIRST % {"lag": lag, "team": team} + CONNECTION_FIRST % {"mode": mode} + OUTPUTS + imports


def names(dx, identity):
    """The names of a LAG's members."""
    return sorted(one["connectionName"] for one in lag(dx, identity)["connections"])


def test_lags_and_connections_in_both_orders_of_creation(instant, dx, account, tmp_path):
    tf = terraform.Terraform(tmp_path, instant.url, account)
    tf.apply(configuration("core", "network", "should_encrypt"))
    ids = tf.outputs()["ids"]
    assert tf.outputs()["account"] == account
    assert tf.outputs()["speeds"] == ["1G", "10G", "100G", "400G"]
    assert names(dx, ids["core"]) == ["member 0", "member 1"]
    assert names(dx, ids["around"]) == ["plain 0", "plain 1"]
    assert connection(dx, ids["member"])["providerName"] == "Equinix, Inc."
    assert connection(dx, ids["encrypted"])["encryptionMode"] == "should_encrypt"

    # What Terraform has forgotten it takes over, and a new name, tag or mode makes nothing anew.
    tf.run("state", "rm", "aws_dx_lag.core", "aws_dx_connection.member[0]")
    tf.apply(configuration("renamed", "backbone", "no_encrypt", IMPORTS % ids))
    assert "2 imported, 0 added" in tf.applied and "0 destroyed" in tf.applied, tf.applied
    assert tf.outputs()["ids"] == ids
    assert (lag(dx, ids["core"])["lagName"], names(dx, ids["core"])) == ("renamed", ["member 0", "member 1"])
    for one in (lag(dx, ids["core"]), connection(dx, ids["member"])):
        assert one["tags"] == [{"key": "team", "value": "backbone"}]
    assert connection(dx, ids["encrypted"])["encryptionMode"] == "no_encrypt"

    tf.destroy()
    assert {one["connectionState"] for one in dx.describe_connections()["connections"]} == {"deleted"}
    assert {one["lagState"] for one in dx.describe_lags()["lags"]} == {"deleted"}


KEYS = """
    resource "aws_dx_connection" "port" {
      count          = 2
      name           = "port ${count.index}"
      bandwidth      = "10Gbps"
      location       = "EqDC2"
      request_macsec = true
    }
    resource "aws_dx_macsec_key_association" "pair" {
      count         = %(count)s
      connection_id = aws_dx_connection.port[0].id
      ckn           = format("%%064x", count.index + 171)
      cak           = format("%%064x", 205)
    }
    resource "aws_dx_macsec_key_association" "secret" {
      connection_id = aws_dx_connection.port[1].id
      secret_arn    = aws_dx_macsec_key_association.pair[0].secret_arn
    }
    output "ports" { value = aws_dx_connection.port[*].id }
    output "states" { value = aws_dx_macsec_key_association.pair[*].state }
    output "ckn" { value = aws_dx_macsec_key_association.secret.ckn }
"""


def test_macsec_keys_by_pair_and_by_secret(instant, dx, account, tmp_path):
    tf = terraform.Terraform(tmp_path, instant.url, account)
    tf.apply(KEYS % {"count": 2})
    first, second = tf.outputs()["ports"]
    assert tf.outputs()["states"] == ["associated"] * 2
    assert tf.outputs()["ckn"] == f"{171:064x}"
    seen = connection(dx, first)
    assert {key["ckn"] for key in seen["macSecKeys"]} == {f"{171:064x}", f"{172:064x}"}
    assert seen["portEncryptionStatus"] == connection(dx, second)["portEncryptionStatus"] == "Encryption Up"
    # One key is taken away; the others stay as they are.
    tf.apply(KEYS % {"count": 1})
    assert "0 added, 0 changed, 1 destroyed" in tf.applied, tf.applied
    assert [key["ckn"] for key in connection(dx, first)["macSecKeys"]] == [f"{171:064x}"]
    tf.destroy()
