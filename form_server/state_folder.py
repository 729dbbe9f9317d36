"""The folder of the state, made where it is wanted: for the server's account alone."""

from __future__ import annotations

from pathlib import Path

from outreach_kit.errors import MachineError


def make_state_folder(var: Path) -> None:
    """One that is there stays as it is. Raises MachineError where this account may make none."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(
            f"{var} cannot be made ({error.strerror}). Make it for this account, "
            f'sudo install -d -m 700 -o "$USER" {var}, or set HANDOFF_VAR to another folder.'
        ) from error
