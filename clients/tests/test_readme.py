"""The README's own blocks, run as a reader would run them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drive import readme, terraform
from drive.server import WORKSPACE

README = WORKSPACE / "README.md"
SECTIONS = {section.title: section for section in readme.sections(README)}

# The address at which the README's reader finds the server.
DEFAULT = "http://127.0.0.1:8023"
PREPARATION = "Point a client at it"
HOSTED = "Partners and hosted connections"
KEYS = "Keys that are proven"
WALKS = ["With the AWS CLI", "With boto3", "With Terraform", "Virtual interfaces and gateways", HOSTED, KEYS]
CONTROLS = "The control API"
RECORD = "What is on record"
FLAGS = {CONTROLS: ["--clock", "manual"], RECORD: ["--audit", "on"], KEYS: ["--auth", "sigv4"]}
LIMIT_S = 150

needs_terraform = pytest.mark.skipif(terraform.missing() is not None, reason=str(terraform.missing()))


def of_tests(name):
    return pytest.param(name, marks=[needs_terraform] if "Terraform" in name else [])


def environment(home, *programs):
    """A reader's: the virtual environment's programs first, nothing set up for AWS."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_", "CROSSCONNECT_"))}
    path = os.pathsep.join(map(str, [Path(sys.executable).parent, *programs, kept["PATH"]]))
    return {
        **kept,
        "PATH": path,
        "HOME": str(home),
        "AWS_PAGER": "",
        **terraform.QUICK,
        # Where no registry can be reached, Terraform finds its provider in the mirror.
        "TF_CLI_ARGS_init": f"-plugin-dir={terraform.mirror()}",
    }


@pytest.mark.parametrize("title", [of_tests(title) for title in [*WALKS, CONTROLS, RECORD]])
def test_a_sections_blocks_do_what_it_says(start, binary, tmp_path, title):
    folder = tmp_path / "empty"
    folder.mkdir()
    server = start("--store", str(folder / "crossconnect-data"), *FLAGS.get(title, []))
    preparation, blocks = readme.script(SECTIONS[PREPARATION].blocks, mark=None), SECTIONS[title].blocks
    for block in blocks:
        if block.file:
            (folder / block.file).write_text(block.text.replace(DEFAULT, server.url))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", (preparation + readme.script(blocks)).replace(DEFAULT, server.url)],
        cwd=folder,
        env=environment(tmp_path, Path(binary).parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    expected, printed = readme.expectations(blocks), readme.printed(done.stdout)
    assert len(expected) == len(printed) > 0
    for wanted, was in zip(expected, printed, strict=True):
        if wanted is not None:
            assert readme.alike(was) == readme.alike(wanted)


def test_the_first_command_starts_the_server(start):
    [block] = [block for block in SECTIONS["Start it"].blocks if block.language == "bash"]
    words = block.text.split()
    assert words[:4] == ["cargo", "run", "--release", "--"] and words[4] == "serve"
    server = start(*words[5:])
    assert server.control("GET", "health")


def test_the_second_command_is_the_one_that_is_run():
    [block] = [block for block in SECTIONS["Test it"].blocks if block.language == "bash"]
    assert block.text.strip() == "cargo xtask test"
    assert block.text.strip() in (WORKSPACE / ".ci" / "run").read_text()


def test_every_block_is_run_or_shown_for_a_reason():
    tested = {PREPARATION, CONTROLS, RECORD, "Start it", "Test it", *WALKS}
    for section in SECTIONS.values():
        for block in section.blocks:
            assert section.title in tested or block.language not in {"bash", "python", "hcl"}, section.title
