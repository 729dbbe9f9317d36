"""What can be typed: every option of build.py, every command of the server with its own."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterator
from typing import Final

import click

from form_server.commands import handoff
from outreach_kit.publish.arguments import STARTER_OPTIONS, make_parser
from outreach_kit.publish.starter import QUESTIONS

SIGNING: Final = ("--as", "--passphrase-file", "--sheet", "--sheet-file")
"""Options of whatever opens a key; told once, and named behind each command that takes them."""
_HEAD: Final = ("| option | what it means |", "|---|---|")


def build_options() -> str:
    """A table of the options, and one of the answers that `--new` would else ask for."""
    actions = [one for one in make_parser()._actions if one.dest not in {"help", *STARTER_OPTIONS}]
    rows = (f"| `{_typed(one)}` | {_shown(one.help)} |" for one in actions)
    answers = (f"| `--{one.key} TEXT` | {_shown(one.text)} |" for one in QUESTIONS)
    return "\n".join((*_HEAD, *rows, "", "Answers for `--new`:", "", *_HEAD, *answers))


def server_commands() -> str:
    """A section for each command, with its parts, in the order of the help."""
    context = click.Context(handoff)
    names = handoff.list_commands(context)
    return "\n".join(line for name in names for line in _section(context, name)).rstrip("\n")


def _section(context: click.Context, name: str) -> Iterator[str]:
    command = handoff.get_command(context, name)
    assert command is not None
    yield from (f"## {name}", "", _shown(command.help), "")
    if not isinstance(command, click.Group):
        yield from _call(name, command)
        return
    for part, one in command.commands.items():
        yield from (f"### {name} {part}", "", _shown(one.help), "")
        yield from _call(f"{name} {part}", one)


def _call(name: str, command: click.Command) -> Iterator[str]:
    """How it is typed, what its own words say about what it takes, and its options."""
    taken = [
        one.make_metavar(click.Context(command)) for one in command.params if _is_argument(one)
    ]
    yield from (f"    python -m form_server {' '.join((name, *taken))}", "")
    if told := inspect.getdoc(command.callback):
        yield from (" ".join(told.split()), "")
    options = [one for one in command.params if isinstance(one, click.Option)]
    signs = {opt for one in options for opt in one.opts} >= set(SIGNING)
    own = [one for one in options if not (signs and one.opts[0] in SIGNING)]
    if own:
        yield from (*_HEAD, *(f"| `{_flag(one)}` | {_option(one)} |" for one in own), "")
    if signs:
        yield from ("[Whose key it opens](#whose-key-it-opens) is asked, or given.", "")


def _is_argument(one: click.Parameter) -> bool:
    return isinstance(one, click.Argument)


def _typed(action: argparse.Action) -> str:
    (flag,) = action.option_strings
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    if action.nargs == 0:
        return flag
    return f"{flag} [{value}]" if action.nargs == "?" else f"{flag} {value}".replace("|", " or ")


def _flag(option: click.Option) -> str:
    if option.is_flag:
        return option.opts[0]
    kind = option.type
    if isinstance(kind, click.Choice):
        value = " or ".join(map(str, kind.choices))
    elif isinstance(kind, click.DateTime):
        value = "DAY"
    else:
        value = option.metavar or ("PATH" if isinstance(kind, click.Path) else "TEXT")
    return f"{option.opts[0]} {value}"


def _option(option: click.Option) -> str:
    told = _shown(option.help)
    if isinstance(option.type, click.Choice) and isinstance(option.default, str):
        told += f" `{option.default}` when left out." if told else ""
    if option.prompt and not told.startswith("Asked for"):
        told += " Asked for when left out."
    return told


def _shown(text: str | None) -> str:
    """As it stands in a table: a sentence, with what would end a cell or a paragraph taken out."""
    told = " ".join((text or "").split()).replace("|", "or")
    if not told:
        return ""
    told = told[0].upper() + told[1:]
    return told if told[-1] in ".?!:" else f"{told}."
