"""What the README says in tables and lists, held against the program itself."""

import json
import re
import subprocess
import tomllib

from botocore.exceptions import ClientError

from drive import readme
from drive.clients import client
from drive.server import WORKSPACE

README = WORKSPACE / "README.md"
TEXT = README.read_text()
MILLIS = {"s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}


def section(title):
    """The text under a heading."""
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE).group(1)


def rows(title):
    """The cells of a section's table, head and rule apart."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


def millis(text):
    number, unit = re.fullmatch(r"(\d+) ?(\w+)", text).groups()
    return int(number) * MILLIS[unit]


def test_every_flag_has_its_row_and_every_row_its_flag(binary):
    offered = subprocess.run([binary, "serve", "--help"], check=True, capture_output=True, text=True, timeout=60).stdout
    flags = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", offered, re.MULTILINE)) - {"--help"}
    table = {flag.strip("`"): cells for flag, *cells in rows("Settings")}
    assert set(table) == flags
    for flag, (variable, in_file, default, _) in table.items():
        name = flag.removeprefix("--").replace("-", "_")
        assert variable == f"`CROSSCONNECT_{name.upper()}`"
        assert in_file.startswith(f"`{name}`") or (flag, in_file) == ("--config", "")
        [said] = re.findall(rf"^ +{flag}[ =\[].*?(?:\[default: (.*?)\])?$", offered, re.MULTILINE)
        if said.startswith("what the store has"):
            assert default == f"the store's, at first `{said.split()[-1]}`"
        elif said:
            assert default == (said if " " in said else f"`{said}`")


def test_the_settings_file_is_accepted(start, tmp_path):
    [block] = [block for block in next(s for s in readme.sections(README) if s.title == "Settings").blocks if block.file]
    (tmp_path / block.file).write_text(block.text)
    server = start("--store", "memory:", "--config", block.file)
    assert client(server.url, "AKIAEXAMPLE", "sts").get_caller_identity()["Account"] == "555555555555"


def test_delays_are_those_of_the_presets():
    known = tomllib.loads((WORKSPACE / "model" / "delays.toml").read_text())
    assert {name.strip("`") for name, *_ in rows("States over time")} == set(known)
    for name, *lengths in rows("States over time"):
        delay = known[name.strip("`")]
        assert [millis(length) for length in lengths] == [millis(delay[p]) for p in ("instant", "brisk", "realistic")]


def test_operations_are_those_that_are_built(dx, instant, account):
    careless = client(instant.url, account, parameter_validation=False)
    built = set()
    for name in careless.meta.service_model.operation_names:
        try:
            careless._make_api_call(name, {})
            built.add(name)
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] != "UnknownOperationException":
                built.add(name)
    listed = section("What is there, and what is not yet").split(", and STS")[0]
    assert set(re.findall(r"\b[A-Z][a-z]+[A-Z]\w+", listed)) == built


def test_the_control_api_is_the_one_that_is_described(instant):
    described = json.loads(json.dumps(instant.control("GET", "openapi.json")))["paths"]
    offered = {f"{verb.upper()} {path}" for path, verbs in described.items() for verb in verbs if verb != "parameters"}
    told = {call for cells in rows("The control API") for call in re.findall(r"`((?:GET|POST|PUT|DELETE) [^`]+)`", cells[0] + cells[1])}
    told = {re.sub(r"\{\w+\}", "{}", call) for call in told}
    prefix = "/_crossconnect/"
    offered = {re.sub(r"\{\w+\}", "{}", call.replace(prefix, "")) for call in offered}
    assert told == offered
