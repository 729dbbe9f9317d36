"""Every setting and command is documented, and nothing is documented that does not exist."""

from __future__ import annotations

import re

import click
import pytest

from form_server.commands import _COMMANDS, handoff
from form_server.environment import PREFIX, Reader
from form_server.settings import _read
from outreach_kit.places import CHECKOUT
from outreach_kit.publish.arguments import make_parser
from tests.reference import PIECES, Piece
from tests.reference.commands import SIGNING

OPERATING = (CHECKOUT / "docs/operating.md").read_text(encoding="utf-8")
COMMANDS = (CHECKOUT / "docs/commands.md").read_text(encoding="utf-8")
PROSE = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operating.md", "docs/practice-folder.md",
         "docs/printing.md", "docs/advice.md", "docs/website.md", "docs/hosting.md", "docs/api.md",
         "docs/tutorial.md", "docs/commands.md", "docs/addresses.md", "docs/delivery.md", "docs/sealing.md",
         "docs/outreach.md", "docs/exports.md", "docs/jobs.md")  # fmt: skip


def known_settings() -> set[str]:
    reader = Reader({})
    _read(reader)
    return {name for name in reader._known if not name.endswith("_FILE")} | {
        f"{PREFIX}KEY_FILE",
        f"{PREFIX}MAIL_CA_FILE",
    }


def test_every_setting_is_told_in_the_table_of_settings() -> None:
    table = OPERATING.partition("\n## Settings\n")[2].partition("\n##")[0]
    first = "\n".join(re.findall(r"^\| (.+?) \| ..", table, re.MULTILINE))
    assert len(known_settings()) > 20
    assert set(re.findall(r"`(HANDOFF_[A-Z_]+)`", first)) == known_settings()


@pytest.mark.parametrize("document", PROSE)
def test_no_setting_is_documented_that_does_not_exist(document: str) -> None:
    text = (CHECKOUT / document).read_text(encoding="utf-8")
    named = {name.removesuffix("_FILE") for name in re.findall(r"HANDOFF_[A-Z_]*[A-Z]", text)}
    assert named <= {name.removesuffix("_FILE") for name in known_settings()}


@pytest.mark.parametrize("piece", PIECES, ids=lambda one: one.name)
def test_what_is_made_from_the_code_is_as_the_code_has_it(piece: Piece) -> None:
    assert piece.found() == piece.make(), "Run: python -m tests.reference"


def test_every_option_says_what_it_means() -> None:
    bare = re.findall(r"^\| `(--[^`]+)` \|\s*\|$", COMMANDS, re.MULTILINE)
    assert len(re.findall(r"^\| `--", COMMANDS, re.MULTILINE)) > 60
    assert bare == []


def test_what_opens_a_key_is_told_once() -> None:
    told = COMMANDS.partition("## Whose key it opens")[2]
    assert tuple(re.findall(r"^\| `(--[a-z-]+)", told, re.MULTILINE)) == SIGNING


def test_every_command_is_documented_and_answers_help() -> None:
    documented = set(re.findall(r"^\| `([a-z]+)` \|", OPERATING, re.MULTILINE))
    assert documented == set(_COMMANDS)


@pytest.mark.parametrize("document", PROSE)
def test_whatever_is_to_be_typed_can_be_typed(document: str) -> None:
    text = (CHECKOUT / document).read_text(encoding="utf-8").replace("\\\n", " ")
    for typed in re.findall(r"-m form_server ([a-z][^`\n#|]*)", text):
        unknown = set(re.findall(r"(?<!\S)--[a-z-]+", typed)) - options_of(typed.split())
        assert not unknown, (typed, unknown)
    for typed in re.findall(r"build\.py( [^`\n#|]*)", text):
        unknown = set(re.findall(r"(?<!\S)--[a-z-]+", typed)) - set(
            make_parser()._option_string_actions
        )
        assert not unknown, (typed, unknown)


def options_of(words: list[str]) -> set[str]:
    """Of the command that the words begin with, or of its part."""
    context = click.Context(handoff)
    command = handoff.get_command(context, words[0])
    assert command is not None, words
    if isinstance(command, click.Group) and len(words) > 1 and not words[1].startswith("--"):
        command = command.get_command(context, words[1])
        assert command is not None, words
    return {"--help", *(one for param in command.params for one in param.opts)}


@pytest.mark.parametrize("document", PROSE)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    path = CHECKOUT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target
