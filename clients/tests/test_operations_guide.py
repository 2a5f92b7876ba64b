"""What docs/operations.md names, held against the program, etcd and the workspace."""

import re
import subprocess
import urllib.request

import pytest

from drive import etcd
from drive.server import WORKSPACE

GUIDE = WORKSPACE / "docs" / "operations.md"
TEXT = GUIDE.read_text()
# What stands at the beginning of a command of etcd's own.
ETCD = ("etcd ", "etcdctl ")


def commands():
    """Every command of the guide, in one line each: those of blocks, and those in the text that have flags."""
    blocks = re.findall(r"^```(?:text|ini)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    lines = [line.removeprefix("ExecStart=/usr/local/bin/").strip() for line in lines]
    inline = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", TEXT, flags=re.DOTALL | re.MULTILINE))]
    return [line for line in lines + inline if " --" in line and not line.startswith(("ExecReload", "mv", "systemctl"))]


def flags_of(*command):
    shown = subprocess.run([*command, "--help"], check=True, capture_output=True, text=True, timeout=60)
    return set(re.findall(r"--[a-z][\w-]*", shown.stdout + shown.stderr))


def test_every_command_has_the_flags_that_it_is_given(binary):
    ours = [command for command in commands() if command.startswith("crossconnect ")]
    assert len(ours) >= 5
    for command in ours:
        words = command.split()[1:]
        name = [word for word in words[:2] if re.fullmatch(r"[a-z]+", word)]
        given = {word.split("=")[0] for word in words if word.startswith("--")}
        assert given and given <= flags_of(binary, *name), command


def test_every_flag_in_the_text_is_one_of_the_programs(binary):
    known = flags_of(binary, "serve") | flags_of(binary, "snapshot", "save") | flags_of(binary, "snapshot", "restore")
    known |= {"--quota-backend-bytes", "--max-txn-ops"}
    named = {flag.split("=")[0] for flag in re.findall(r"`(--[a-z][\w=-]*)[^`]*`", TEXT)}
    assert len(named) > 10 and named <= known


def test_every_flag_of_etcd_is_one_that_it_has():
    program = etcd.binary()
    if program is None:
        pytest.skip("there is no etcd on this machine; cargo xtask test fetches one where it can")
    [started] = [command for command in commands() if command.startswith("etcd ")]
    given = set(re.findall(r"--[a-z][\w-]*", started))
    assert {"--max-txn-ops", "--quota-backend-bytes", "--auto-compaction-retention"} <= given <= flags_of(program)


def test_every_setting_and_figure_is_there(instant, dx, start, request):
    readme = (WORKSPACE / "README.md").read_text()
    settings = set(re.findall(r"`(CROSSCONNECT_\w+)`", TEXT))
    assert settings and settings <= set(re.findall(r"`(CROSSCONNECT_\w+)`", readme))
    figures = set(re.findall(r"`(crossconnect_\w+)`", TEXT))
    rows = {line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `crossconnect_") and "(several nodes)" in line}
    alone = figures - rows - {"crossconnect_audit_writable"}
    assert len(rows) == 4 and len(alone) > 3
    # What is counted by operation is there once there was one.
    dx.describe_connections()
    assert alone <= exposed(instant)
    recording = start("--store", "memory:", "--audit", "audit")
    assert "crossconnect_audit_writable" in exposed(recording)
    if (program := etcd.binary()) is not None:
        member = etcd.Etcd(program)
        request.addfinalizer(member.stop)
        assert rows <= exposed(start("--store", member.place("guide")))


def exposed(server):
    """The figures that a server tells of, as they are queried."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    return set(re.findall(r"^(crossconnect_\w+)", text, re.MULTILINE))


def test_every_file_that_is_named_is_there():
    files = set(re.findall(r"`((?:crates|clients|docs|scenarios)/[\w./-]+)`", TEXT))
    links = {link for link in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", TEXT)}
    assert files and links
    assert [name for name in files if not (WORKSPACE / name).exists()] == []
    assert [name for name in links if not (GUIDE.parent / name).exists()] == []
