"""The README's fenced blocks, section by section.

A block's first word is its language. `bash` blocks are run, in order, in one shell a section; a block with a second
word is the content of the file of that name; a `text` block is what the `bash` block before it prints, ids apart.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^```(\w*) ?(\S*)$")
HEADING = re.compile(r"^#+ (.*)$")
MARK = "--next-block-of-the-readme--"
IDENTITY = re.compile(r"\b(dx(?:con|lag))-[a-z0-9]{8}\b")


@dataclass
class Block:
    language: str
    file: str
    text: str


@dataclass
class Section:
    title: str
    blocks: list = field(default_factory=list)


def sections(path):
    """The README's sections, each with the blocks between its heading and the next."""
    found, open_block = [Section("")], None
    for line in Path(path).read_text().splitlines():
        fence, heading = FENCE.match(line), HEADING.match(line)
        if open_block is None and fence:
            open_block = Block(fence.group(1), fence.group(2), "")
        elif open_block is None and heading:
            found.append(Section(heading.group(1)))
        elif open_block is not None and line == "```":
            found[-1].blocks.append(open_block)
            open_block = None
        elif open_block is not None:
            open_block.text += line + "\n"
    assert open_block is None, "a fence is not closed"
    return found


def script(blocks, mark=MARK):
    """One shell script of the `bash` blocks; a line with `mark` begins what each prints."""
    begin = f"echo\necho {mark}\n" if mark else ""
    return "".join(begin + block.text for block in blocks if block.language == "bash")


def expectations(blocks):
    """For each `bash` block what it should print, or None where nothing is said."""
    expected = []
    for block in blocks:
        if block.language == "bash":
            expected.append(None)
        elif block.language == "text":
            assert expected and expected[-1] is None, "a text block follows the bash block that prints it"
            expected[-1] = block.text
    return expected


def printed(output):
    """What each `bash` block printed."""
    return output.split(f"{MARK}\n")[1:]


def alike(text):
    """A text without what differs from run to run: ids, and the width of gaps."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in IDENTITY.sub(r"\1-…", text).splitlines()]
    return [line for line in lines if line]

