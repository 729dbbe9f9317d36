"""The commands, each loaded when it is called: `--help` must not pay for migrations and channels."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

import click

from form_server.host_settings import LogFormat, wanted_format
from form_server.journal import about, keep_log
from outreach_kit.errors import HandoffError, MachineError, UsageError

_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": (
        "form_server.demo.command",
        "See everything work on this machine, with a real referral.",
    ),
    "init": ("form_server.commands.init", "Make the keys, the first user and the recovery sheet."),
    "serve": ("form_server.commands.serve", "Answer the web and deliver, until stopped."),
    "worker": (
        "form_server.commands.worker",
        "Deliver, beside web processes on the same PostgreSQL database.",
    ),
    "doctor": (
        "form_server.commands.doctor",
        "Say what is well, what is not, and what to do about it.",
    ),
    "user": (
        "form_server.commands.user",
        "Who can sign in: add, list, remove, invite, recover, second-step.",
    ),
    "inbox": (
        "form_server.commands.inbox",
        "Where referrals land: add, list, rotate, grant, ungrant.",
    ),
    "sheet": (
        "form_server.commands.sheet",
        "Make a new recovery sheet; the old one stops working.",
    ),
    "recipient": ("form_server.commands.recipient", "Whom notices go to: add, list, remove, test."),
    "source": ("form_server.commands.source", "Who refers, by the code on their sheets."),
    "handouts": (
        "form_server.commands.handouts",
        "Print the sheets of one office, of several or of all.",
    ),
    "today": (
        "form_server.commands.today",
        "Who waits for a call, what is owed, and whom to see this week.",
    ),
    "scorecard": (
        "form_server.commands.scorecard",
        "What came of each source in twelve months, and its tier.",
    ),
    "absence": ("form_server.commands.absence", "When somebody is away, and who covers."),
    "times": ("form_server.commands.times", "Times held for a first call, which the forms offer."),
    "backup": (
        "form_server.commands.backup",
        "Copy the state into one sealed file, while serving.",
    ),
    "restore": ("form_server.commands.restore", "Bring a backup back into an empty state."),
    "export": ("form_server.commands.export", "Take copies: the figures, or all referrals."),
    "release": ("form_server.commands.release", "Decide about what a restore keeps on hold."),
    "move": ("form_server.commands.move", "Move a SQLite state into PostgreSQL."),
    "migrate": ("form_server.commands.migrate", "Bring the store to this version's tables."),
}


_log = logging.getLogger(__name__)


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in _COMMANDS:
            return None
        command = importlib.import_module(_COMMANDS[name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 - each module has one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(cls=LazyGroup)
def handoff() -> None:
    """Catch referrals, forward them, lose none; the therapist's private desk.

    Settings come from the environment, each with the prefix HANDOFF_.
    """


def cli() -> int:
    """Run the command line; a person's mistake is one clean line, a bug shows its traceback."""
    log_format = wanted_format(os.environ)
    keep_log(log_format, _process(sys.argv))
    try:
        handoff.main(prog_name="python -m form_server", standalone_mode=False)
    except click.exceptions.Abort:
        print("Stopped.", file=sys.stderr)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except HandoffError as error:
        if log_format is LogFormat.JSON:
            _log.error("%s", error, extra=about("refused"))
        else:
            print(f"form_server: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 3 if isinstance(error, MachineError) else 1
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    return 0


def _process(arguments: Sequence[str]) -> str:
    """Which of the commands this process is, as its log names it."""
    return next((one for one in arguments[1:] if one in _COMMANDS), "command")
